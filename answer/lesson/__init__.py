"""What a trainer takes from regulations (课): duties with their periods, terms, the outline of a lesson."""
