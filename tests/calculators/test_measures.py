"""The dictionary of measures and the stages of a deal: whole in both languages, and the only place for their words."""

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Language, Text
from calculators.measures import MEASURES, Measure, MeasureWords, measure
from calculators.stages import STAGES
from tests.conftest import ROOT

DOCS = ROOT / "docs"
EXAMPLES = ROOT / "calculators"
WORKBOOKS = ROOT / "macros" / "templates"


def words(one: Measure, language: Language) -> MeasureWords:
    """Return a measure in a language."""
    return one.zh if language == "zh" else one.en


def names(language: Language) -> set[str]:
    """Return every name of the dictionary in a language, as pages may write it."""
    return {
        name.lower() for one in MEASURES.values() for name in (words(one, language).name, *words(one, language).also)
    }


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_is_told_whole_in_both_languages(name: str) -> None:
    """Name, formula, period and what is left out; a quotient where it is a share; a place in the source, or none."""
    one = MEASURES[name]
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
    assert re.fullmatch(r"([0-5](\.\d)*)?", one.place)
    assert one.unit in {"share", "count", "money", "days", "ratio", "points"}
    assert one.better in {"higher", "lower", "neither"}
    for language in LANGUAGES:
        said = words(one, language)
        assert said.name, language
        assert said.formula, language
        assert said.period, language
        assert said.left_out, language
    assert bool(one.zh.denominator) == bool(one.en.denominator)
    assert bool(one.zh.note) == bool(one.en.note)


def test_no_two_measures_have_one_name() -> None:
    """A name means one number."""
    for language in LANGUAGES:
        said = [words(one, language).name.lower() for one in MEASURES.values()]
        assert len(set(said)) == len(said)


@pytest.mark.parametrize("name", MEASURES)
def test_the_pages_of_a_measure_are_there(name: str) -> None:
    """Where it is explained and used exists in both languages."""
    assert MEASURES[name].pages
    for page in MEASURES[name].pages:
        for language in LANGUAGES:
            assert (DOCS / language / page).is_file(), page


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_name_measures_by_id_and_are_listed_with_them(language: Language) -> None:
    """A page's table of measures is the dictionary's: no formula is typed, and each measure knows the page."""
    for path in sorted((DOCS / language).rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        page = path.relative_to(DOCS / language).as_posix()
        named = [
            name for call in re.findall(r"\{\{ measures\((.*?)\) \}\}", text) for name in re.findall(r'"(\w+)"', call)
        ]
        assert [name for name in named if page not in measure(name).pages] == [], page
        if page.startswith("stage-"):
            part = text.split("{#measure}")[1].split("\n## ")[0]
            assert named, page
            assert "\n|" not in part, page


def test_a_measure_that_the_dictionary_does_not_have_is_named() -> None:
    """Whoever asks for it is told where measures are."""
    with pytest.raises(ValueError, match="no measure 'renewals'"):
        measure("renewals")


@pytest.mark.parametrize("language", LANGUAGES)
def test_calculators_take_names_and_formulas_from_the_dictionary(language: Language) -> None:
    """A label that names a measure has its name; one in a sentence has no capital."""
    text = Text(language, Settings())
    assert text("nine_box.figure.star_share.label") == words(MEASURES["star_share"], language).title
    needed = text("tracks.figure.net_retention.help", recurring=0, opening=0)
    assert words(MEASURES["net_retention"], language).formula in needed
    assert words(MEASURES["attrition"], language).name in text("goal_breakdown.field.attrition.label")


def typed(node: Any) -> Iterator[dict[str, str]]:
    """Yield every text that a template types in both languages."""
    if isinstance(node, dict):
        if set(node) == {"zh", "en"} and isinstance(node["zh"], str):
            yield node
        else:
            for inner in node.values():
                yield from typed(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from typed(inner)


@pytest.mark.parametrize("path", sorted(WORKBOOKS.glob("*.toml")), ids=lambda path: path.stem)
def test_no_template_types_the_name_of_a_measure(path: Path) -> None:
    """Headings and rows that name one do so by id, so that workbook and dictionary cannot part."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    data.pop("example", None)
    by_hand = [
        text["zh"]
        for text in typed(data)
        for language in LANGUAGES
        if re.sub(r"[（(].*", "", text[language]).strip().lower() in names(language)
    ]
    assert by_hand == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_five_lines_examples_name_measures_of_the_dictionary(language: Language) -> None:
    """The calculator's list starts with the twelve measures, each by a name that the dictionary knows."""
    path = EXAMPLES / "five_lines" / "examples" / f"measures.{language}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert [row[1] for row in rows if row[1].lower() not in names(language)] == []


NO_MEASURE: dict[Language, set[str]] = {
    "zh": {"比率", "频率", "概率", "增长率"},
    "en": {"commission rate", "unchanged rate"},
}
"""Words for a rate that are no measure: in general, a chance, an item of the health card, and what a contract says."""
SMALL_WORDS = {"a", "an", "the", "that", "no", "its", "their", "your", "better", "one", "or", "you", "person", "third"}


def everything_read(language: Language) -> Iterator[tuple[str, str]]:
    """Yield what readers see of pages, workbooks and calculators in a language, with the file it is in."""
    paths = [
        *(DOCS / language).rglob("*.md"),
        *EXAMPLES.glob(f"*/words*.{language}.toml"),
        *EXAMPLES.glob(f"*/examples/*.{language}.csv"),
    ]
    for path in paths:
        yield path.name, path.read_text(encoding="utf-8")
    for path in WORKBOOKS.glob("*.toml"):
        for text in typed(tomllib.loads(path.read_text(encoding="utf-8"))):
            yield path.name, text[language]


RATE: dict[Language, str] = {"zh": r"[\u4e00-\u9fff]{2}率", "en": r"([a-z-]+) rates?\b"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rate_that_is_named_is_in_the_dictionary(language: Language) -> None:
    """A word for a rate is a measure's name or its end (签单率 of 独立签单率), or is listed as none."""
    known = tuple(names(language))
    unknown = set()
    for file, text in everything_read(language):
        for found in re.finditer(RATE[language], re.sub(r"\{\{.*?\}\}|`.*?`", "", text).lower()):
            word = found[0].removesuffix("s") if language == "en" else found[0]
            listed = any(word.endswith(ending) for ending in NO_MEASURE[language])
            small = language == "en" and found[1] in SMALL_WORDS
            if not (listed or small or any(name.endswith(word) for name in known)):
                unknown.add((file, word))
    assert unknown == set()


# --- stages of a deal ----------------------------------------------------------------------------------


def test_stages_run_from_open_to_won_or_lost_with_evidence_for_each() -> None:
    """Open ones first, then the ends; each says in both languages what must be there."""
    states = [stage.state for stage in STAGES.values()]
    assert states == ["open"] * (len(states) - 2) + ["won", "lost"]
    assert all(said.name and said.evidence for stage in STAGES.values() for said in (stage.zh, stage.en))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_funnel_example_goes_through_stages_of_a_deal(language: Language) -> None:
    """The goal breakdown's steps are stages, in their order."""
    path = EXAMPLES / "goal_breakdown" / "examples" / f"steps.{language}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        steps = [row[0].lower() for row in list(csv.reader(file))[1:]]
    order = [(stage.zh if language == "zh" else stage.en).name for stage in STAGES.values()]
    assert steps == sorted(steps, key=order.index)
