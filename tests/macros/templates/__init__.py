"""Workbooks and forms to download."""
