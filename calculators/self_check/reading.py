"""Which three pages to read after a self-check. The pages themselves are listed in ``reading.toml``."""

import tomllib
from collections.abc import Mapping
from itertools import islice, zip_longest
from pathlib import Path

from calculators.self_check.answers import QUESTIONS, Answer, Question, state

PAGES = 3

_READING: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("reading.toml").read_text(encoding="utf-8")
)


def pages(answers: Mapping[Question, Answer], stage: str) -> list[tuple[str, str]]:
    """Return the pages to read, and of each what it is for: a question, or ``done`` for what comes next.

    First what mends the unhealthy answers, one page of each in turn; then what the unknown ones need; then the
    reader's stage. A reader in stage one is not sent to share out what a founder rightly does alone.
    """
    founding = stage == "1"
    chosen: dict[str, str] = {}
    for wanted in ("unhealthy", "unknown"):
        questions = [
            question
            for question in QUESTIONS
            if state(question, answers[question]) == wanted and not (founding and question == "reliance")
        ]
        for row in zip_longest(*(_READING[question][stage] for question in questions)):
            for question, page in zip(questions, row, strict=True):
                if page is not None:
                    chosen.setdefault(page, question)
    for page in _READING["done"][stage]:
        chosen.setdefault(page, "done")
    return list(islice(chosen.items(), PAGES))
