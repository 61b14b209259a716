"""Data sets, metrics and floors (评测)."""
