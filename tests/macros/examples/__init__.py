"""The worked examples of the pages."""
