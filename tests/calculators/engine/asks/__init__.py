"""Tests of what calculators ask for."""
