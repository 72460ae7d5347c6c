"""Tests of first_customers."""
