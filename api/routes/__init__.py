"""The routes of the service (接口), each thin: read the request, ask the base, tell what it says."""
