"""The HTTP service and web page (服务)."""
