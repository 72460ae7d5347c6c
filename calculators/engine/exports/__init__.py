"""Files that a reader takes away: CSV, XLSX, plans."""
