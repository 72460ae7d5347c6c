"""Tests of what calculators answer with."""
