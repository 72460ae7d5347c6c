"""Tests of how it looks to a reader."""
