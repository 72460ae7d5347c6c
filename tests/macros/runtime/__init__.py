"""The browser's Python: fetched, packed, started."""
