"""The pages (网页路由), each thin: read the form, ask the base, fill in a template."""
