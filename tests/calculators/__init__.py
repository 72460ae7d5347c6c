"""The calculators: what each answers, what they share, and that both Pythons agree."""

import pytest

pytest.register_assert_rewrite("tests.calculators.notices", "tests.calculators.replies")
