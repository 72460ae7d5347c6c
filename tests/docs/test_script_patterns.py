"""Regular expressions in the page's scripts: none takes more than in proportion to what it is given.

Those of Python are attacked in ``tests/calculators/test_patterns.py``.
"""

import json
from pathlib import Path

from macros.runtime.node import run_script
from tests.conftest import ROOT

ATTACK = ROOT / "tests/patterns.mjs"


def attacked(*scripts: Path) -> tuple[int, list[str]]:
    """Return how many patterns scripts have, and which of them are slow."""
    found = json.loads(run_script(ATTACK, *map(str, scripts)))
    return found["count"], [f"{one['file']}: {one['pattern']}: {one['text']}" for one in found["slow"]]


def test_no_pattern_of_a_script_takes_more_than_in_proportion() -> None:
    """Whatever is typed, pasted, opened or kept."""
    count, slow = attacked(*sorted((ROOT / "docs/assets/javascripts").rglob("*.js")), ROOT / "overrides/arrival.js")
    assert slow == []
    assert count > 40


def test_the_attack_finds_patterns_that_are_slow(tmp_path: Path) -> None:
    """By the square, with and without something after it."""
    script = tmp_path / "script.js"
    script.write_text(
        r"const a = /\s*\n\s*/g, b = /^(\D*?)([\d,]+)(\D*)$/; c.replace(/<[^>]*>/g, ''); d.test(/[a-z]+/)", "utf-8"
    )
    count, slow = attacked(script)
    assert count == 4
    assert len(slow) == 3
