"""Tests of five_lines."""
