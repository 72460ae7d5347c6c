"""Tests of solo_signing."""
