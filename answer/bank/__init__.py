"""Existing question banks (题库): read from files as people keep them, each key judged by the clauses."""
