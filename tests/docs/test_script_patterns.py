"""Regular expressions in the page's scripts: none takes more than in proportion to what it is given.

Those of Python are attacked in ``tests/calculators/test_patterns.py``.
"""

import json
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

NODE = str(Path(sys.executable).with_name("node"))
ATTACK = str(ROOT / "tests/patterns.mjs")


def attacked(*scripts: Path) -> tuple[int, list[str]]:
    """Return how many patterns scripts have, and which of them are slow."""
    ended = subprocess.run([NODE, ATTACK, *map(str, scripts)], capture_output=True, encoding="utf-8", check=True)
    found = json.loads(ended.stdout)
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
