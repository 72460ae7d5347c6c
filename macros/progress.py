"""The page on which progress is sent and looked at: what its script has to know of the lists to tick and the test.

Codes are made, read and compared in the browser (``docs/assets/javascripts/progress.js``); nothing of them is known
here.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Literal

from calculators.engine.shows.markup import Markup, tag
from calculators.engine.shows.text import Language
from macros.layers import source
from macros.questions import PASS_MARK, Question

PATH = "paths/new-hire.md"
_LISTS = re.compile(r'\{\{ *checklist\("(new-hire-day-(\d+))"\) *\}\}(.*?)(?=\{\{ *checklist\(|\Z)', re.DOTALL)
_TICK = re.compile(r"^- \[[ x]\] ", re.MULTILINE)


def lists(language: Language, called: str) -> list[dict[str, Any]]:
    """Return the lists of the new hire's path, ours or the company's: name, last day, number of ticks, and title."""
    text = source(f"{language}/{PATH}").read_text(encoding="utf-8")
    return [
        {"name": name, "day": int(day), "count": len(_TICK.findall(ticks)), "title": called.format(day=int(day))}
        for name, day, ticks in _LISTS.findall(text)
    ]


def progress(
    part: Literal["mine", "team"],
    language: Language,
    words: Mapping[str, Mapping[str, str]],
    asked: Mapping[str, Question],
    pages: str,
) -> Markup:
    """Return the part where a new hire makes a code, or the one where a manager reads many.

    ``asked`` are the test's questions by id, ``pages`` leads from the page to the top of the language's pages.
    """
    word = words["progress"]
    known = {id_: (one.question, f"{pages}{_address(one.page)}") for id_, one in asked.items()}
    return tag(
        "section",
        tag("noscript", tag("p", word["no_script"], class_="pb-note")),
        _mine(word) if part == "mine" else _team(word),
        class_="pb-progress",
        data_progress=part,
        data_lists=json.dumps(lists(language, words["calendar"]["day"]), ensure_ascii=False),
        data_questions=json.dumps(known, ensure_ascii=False) if part == "team" else None,
        data_words=json.dumps(dict(word), ensure_ascii=False),
        data_pass=PASS_MARK,
        aria_label=word[part],
    )


def _mine(word: Mapping[str, str]) -> Markup:
    return tag(
        "form",
        tag("label", tag("span", word["name"]), tag("input", name="name", maxlength=60, autocomplete="off")),
        tag("label", tag("span", word["started"]), tag("input", type="date", name="started", required=True)),
        tag("button", word["make"], type="submit", class_="pb-button pb-primary"),
        tag("button", word["clear"], type="button", class_="pb-button", data_action="clear-mine"),
        tag("p", role="status", data_said=True),
        tag("div", data_code=True, hidden=True),
        class_="pb-test-setup",
        data_needs_script=True,
    )


def _team(word: Mapping[str, str]) -> Markup:
    return tag(
        "form",
        tag("label", tag("span", word["paste"]), tag("textarea", name="codes", rows=4, spellcheck="false")),
        tag("label", tag("span", word["files"]), tag("input", type="file", name="files", multiple=True, accept=".txt")),
        tag("button", word["add"], type="submit", class_="pb-button pb-primary"),
        tag("label", tag("span", word["as_of"]), tag("input", type="date", name="as_of", required=True)),
        tag("label", tag("input", type="checkbox", name="keep"), word["keep"], class_="pb-test-choice"),
        tag("button", word["csv"], type="button", class_="pb-button", data_action="csv", disabled=True),
        tag("button", word["forget"], type="button", class_="pb-button", data_action="forget-progress"),
        tag("div", role="status", data_said=True),
        tag("div", data_overview=True),
        class_="pb-test-setup",
        data_needs_script=True,
    )


def _address(page: str) -> str:
    name, _, anchor = page.partition("#")
    return f"{name.removesuffix('.md')}.html{'#' if anchor else ''}{anchor}"
