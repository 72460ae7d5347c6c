"""Pages that name a law say as of which day they know it, and come up for review; the build stops on those past it."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from calculators.engine.shows.text import LANGUAGES
from tests.conftest import ROOT

NAMES_A_LAW = re.compile(
    r"《[^》]*法》|指导案例|(?:Labor Contract|Tendering and Bidding|Anti-Unfair Competition) Law|\bPIPL\b|Guiding Case"
    r"|\bGDPR\b|U\.S\.C\.|Directive \(?\d|指令 \(?\d"
)
AS_OF = {"zh": "{0.year} 年 {0.month} 月 {0.day} 日", "en": "as of {0.day} {0:%B} {0.year}"}
PAGES = [
    page
    for language in LANGUAGES
    for page in sorted((ROOT / "docs" / language).rglob("*.md"))
    if NAMES_A_LAW.search(page.read_text(encoding="utf-8"))
]


def test_the_same_pages_name_laws_in_both_languages() -> None:
    """What is law on one page is law on its twin."""
    chinese, english = (
        {page.relative_to(ROOT / "docs" / language) for page in PAGES if language in page.parts}
        for language in LANGUAGES
    )
    assert chinese == english


@pytest.mark.parametrize("page", PAGES, ids=lambda page: "/".join(page.parts[-3:]))
def test_law_is_as_of_the_day_of_the_last_review(page: Path) -> None:
    """The day in the text is the day of the review, so that whoever moves the one has read the other."""
    text = page.read_text(encoding="utf-8")
    meta = yaml.safe_load(text.split("---")[1])
    language = page.relative_to(ROOT / "docs").parts[0]
    assert isinstance(meta["next_review"], date)
    assert meta["next_review"] > meta["reviewed"]
    assert AS_OF[language].format(meta["reviewed"]) in text
