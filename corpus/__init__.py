"""What a regulation is: model, numerals, citations, titles, store, validity (规范库)."""
