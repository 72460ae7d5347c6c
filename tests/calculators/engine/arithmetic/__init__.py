"""Arithmetic that calculators share."""
