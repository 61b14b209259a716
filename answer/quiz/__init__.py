"""Quizzes whose every key is a span of a clause (试题)."""
