"""The compliance check (合规审查): a document read against the clauses of a base, finding by finding."""
