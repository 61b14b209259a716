"""Provisions to chunks to ranked provisions (检索)."""
