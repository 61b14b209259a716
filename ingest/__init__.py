"""Files to editions: readers, structure, metadata, references, report (入库)."""
