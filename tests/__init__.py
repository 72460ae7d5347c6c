"""Tests by topic; the browser harness is in `browser`, what files share in `conftest`."""
