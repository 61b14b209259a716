"""The web page (网页): thin routes that ask the base and render templates; no script is needed to use it."""
