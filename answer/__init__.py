"""Ranked provisions to cited answers (问答)."""
