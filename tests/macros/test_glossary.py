"""Tooltips: the glossary's terms and the dictionary's measures, on words in the sense meant and on no others."""

import html
import re
from collections import Counter
from pathlib import Path

import pytest
from markdown import Markdown

from calculators.engine.shows.text import LANGUAGES, Language
from macros.glossary import Term, Tooltips, measures_alone, terms
from tests.macros.test_handbook import PREFIXES

OTHER_SENSES: dict[Language, dict[str, list[str]]] = {
    "en": {
        "coverage": ["key-city coverage", "every measure's coverage"],
        "lead": ["team lead", "leading measure", "leading account", "cohort lead regions"],
        "quota": ["fill quotas", "by quota"],
        "solo-signing": ["mentees who close alone"],
        "churn": ["drop-off"],
        "sales-cycle": ["signing cycle"],
        "false-alarm-rate": ["false alarms you can live with", "cause false alarms", "add false alarms"],
        "promises-kept": ["promises kept to A", "look at promises kept"],
        "steps-suggestions-answered": ["suggestions answered within one working day"],
        "predictions-true": ["the predictions that came true"],
        "objections-passed": ["All six objections passed"],
        "gross-margin": ["gross margin a year"],
    },
    "zh": {
        "coverage": ["重点城市覆盖率", "验证期覆盖率"],
        "objection": ["有异议的人"],
        "offer": ["各自的价格、报价"],
        "churn": ["环节流失", "本环节流失"],
        "churn-rate": ["环节流失率", "本环节流失率"],
        "sales-cycle": ["签约周期"],
        "renewal-rate": ["A 级续约率", "续约率（按金额）"],
        "solo-signing": ["徒弟独立签单率"],
        "prospects-on-file": ["潜在客户档案"],
        "step-conversion": ["触达转商机率"],
        "promises-kept": ["服务兑现率", "发展兑现率", "投入兑现率", "看兑现率和续约率"],
    },
}
"""Phrases in which a word of a term means something else, by the term's anchor: no tooltip of it may stand there."""


def marked(text: str, *found: Term) -> list[str]:
    """Return what the tooltips mark in a Markdown text."""
    converted = Markdown(extensions=[Tooltips(found, "{name}: {meaning}")]).convert(text)
    return re.findall(r"<abbr title=\"[^\"]*\">([^<]*)</abbr>", converted)


LEAD = Term("lead", "lead", "线索", ("lead",), "a person or company", None, ("team lead",))
COVERAGE = Term("coverage", "coverage", "覆盖率", ("coverage",), "pipeline over target", None)
CITIES = Term("cities", "key-city coverage", "重点城市覆盖率", ("key-city coverage",), "cities", None)


def test_a_word_in_another_sense_is_left_alone() -> None:
    """The phrase is passed over, across a line break too, and the next use in the right sense is marked."""
    assert marked("Ask the team lead. Every lead counts.", LEAD) == ["lead"]
    assert marked("Ask the team\nleads of engineering.", LEAD) == []


def test_the_longest_name_wins() -> None:
    """A measure whose name contains another's is the one that is marked."""
    assert marked("Key-city coverage, and then coverage.", COVERAGE, CITIES) == ["Key-city coverage", "coverage"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_spelling_and_no_anchor_stands_for_two_things(language: Language) -> None:
    """Neither among terms and measures, nor as a phrase that is left alone."""
    found = [*terms(language), *measures_alone(language)]
    spellings = Counter(spelling.lower() for term in found for spelling in (*term.spellings, *term.other_sense))
    assert [spelling for spelling, times in spellings.items() if times > 1] == []
    assert [anchor for anchor, times in Counter(term.id for term in found).items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tooltip_in_the_site_stands_on_its_word_in_the_sense_meant(site: Path, language: Language) -> None:
    """On every built page, no tooltip stands inside a phrase in which its word means something else."""
    found_terms = [*terms(language), *measures_alone(language)]
    bracket = "（" if language == "zh" else " ("
    prefix, wrong, seen = PREFIXES[language], [], 0
    for page in sorted((site / prefix).rglob("*.html")):
        name = page.relative_to(site).as_posix()
        if name.startswith("en/") != (language == "en"):
            continue
        for title, word, before, after in tooltips(page.read_text(encoding="utf-8")):
            seen += 1
            term = next(term for term in found_terms if title.startswith(f"{term.name}{bracket}{term.other_name}"))
            around = f"{before}{word}{after}".lower()
            place = len(before)
            for phrase in (*term.other_sense, *OTHER_SENSES[language].get(term.id, [])):
                for found in re.finditer(re.escape(phrase.lower()), around):
                    if found.start() <= place < found.end():
                        wrong.append((name, term.id, phrase))
    assert wrong == []
    assert seen > 100


def tooltips(page: str) -> list[tuple[str, str, str, str]]:
    """Return title and word of each tooltip, with what is read before and after it."""
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", "", page, flags=re.DOTALL)
    found = []
    for match in re.finditer(r'<abbr title="([^"]*)">([^<]*)</abbr>', page):
        before = plain(page[max(0, match.start() - 400) : match.start()].partition(">")[2])
        after = plain(page[match.end() : match.end() + 400].rpartition("<")[0])
        found.append((html.unescape(match[1]), html.unescape(match[2]), before[-80:], after[:80]))
    return found


def plain(markup: str) -> str:
    """Return what of some HTML is read, words one space apart."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", "", markup)))
