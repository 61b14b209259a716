"""Danggui (党规): a knowledge base over Chinese party regulations and county rules; every answer quotes its clauses."""
