"""Reading lists and what is typed."""
