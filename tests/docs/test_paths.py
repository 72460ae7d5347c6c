"""The paths by role: what is ticked, alike in both languages, and what ends each part.

How ticks are kept and printed is tested in the browser, in ``test_handbook_pages``.
"""

import re
from pathlib import Path

import pytest

from calculators.engine.shows.text import LANGUAGES, Language
from tests.conftest import ROOT

BESIDE = {"quiz", "ninety-days", "progress"}
"""Pages beside the paths that have nothing to tick."""
PATHS = sorted(page.stem for page in (ROOT / "docs/zh/paths").glob("*.md") if page.stem not in BESIDE)
EXIT: dict[Language, tuple[str, ...]] = {"zh": ("**过关标准**", "**验收标志**"), "en": ("**It is done when** ",)}
"""How the last thing to tick of each part begins."""


def parts(path: str, language: Language) -> dict[str, list[str]]:
    """Return the things to tick of each list of a path, by the list's name."""
    text = Path(ROOT / "docs" / language / "paths" / f"{path}.md").read_text(encoding="utf-8")
    lists = re.split(r'\{\{ checklist\("([\w-]+)"\) \}\}', text)[1:]
    return {
        name: re.findall(r"^- \[ \] (.*)$", following.split("\n## ")[0], re.MULTILINE)
        for name, following in zip(lists[::2], lists[1::2], strict=True)
    }


@pytest.mark.parametrize("path", PATHS)
def test_ticks_mean_the_same_in_both_languages(path: str) -> None:
    """A tick is kept by its list and its place there, so both languages have the same lists of the same length."""
    chinese, english = (parts(path, language) for language in LANGUAGES)
    assert {name: len(ticks) for name, ticks in chinese.items()} == {
        name: len(ticks) for name, ticks in english.items()
    }
    assert list(chinese) == list(english)


@pytest.mark.parametrize("path", PATHS)
def test_a_tick_leads_to_the_same_pages_in_both_languages(path: str) -> None:
    """What stands in the same place is the same thing to do: it links to the same pages."""
    links = [
        [re.findall(r"\]\(([^)]*)\)", tick) for ticks in parts(path, language).values() for tick in ticks]
        for language in LANGUAGES
    ]
    assert links[0] == links[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_every_part_of_a_path_ends_with_something_to_see(path: str, language: Language) -> None:
    """The last thing to tick says what ends the part; there is none before it."""
    lists = parts(path, language)
    assert lists
    for name, ticks in lists.items():
        assert [tick.startswith(EXIT[language]) for tick in ticks] == [False] * (len(ticks) - 1) + [True], name


def test_no_two_lists_share_their_ticks() -> None:
    """Each list has a name of its own, since ticks are kept by it."""
    names = [name for path in PATHS for name in parts(path, "zh")]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_new_hire_has_five_parts_to_sign(language: Language) -> None:
    """Day 1, 7, 30, 60 and 90."""
    assert list(parts("new-hire", language)) == [f"new-hire-day-{day}" for day in (1, 7, 30, 60, 90)]
