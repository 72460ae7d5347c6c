"""Tests of one calculator."""
