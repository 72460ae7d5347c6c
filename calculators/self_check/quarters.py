"""The self-check quarter by quarter: reading what was kept, and what changed since.

A quarter that is kept is a row of text in a table of the reader's, so that it goes into plan files and downloads
like any other. Nothing here knows forms or results.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from calculators.engine.reads.chinese_numbers import counted
from calculators.engine.shows.text import rounded
from calculators.self_check.answers import QUESTIONS, Answer, Question, State, state

MEASURES = ("top_share", "passed_share", "warned_share", "median_days")
"""The measure of each question, and the days of warning; shares are fractions of one."""

_ANSWERS: Mapping[str, Answer] = {
    **dict.fromkeys(("yes", "y", "是", "能", "true", "1"), "yes"),
    **dict.fromkeys(("no", "n", "否", "不是", "不能", "false", "0"), "no"),
    **dict.fromkeys(("", "unknown", "not sure", "?", "-", "–", "—", "不清楚", "不知道", "未知", "说不准"), "unknown"),
}
FOUNDING = "1"
UNSTATED = "unstated"
_QUARTERS = 4


@dataclass(frozen=True, order=True)
class Quarter:
    """A calendar quarter."""

    year: int
    number: int

    def __str__(self) -> str:
        """Return it as it is kept."""
        return f"{self.year}Q{self.number}"

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """Return the quarter of a day.

        >>> str(Quarter.of(date(2026, 11, 25)))
        '2026Q4'
        """
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def read(cls, text: str) -> "Quarter | None":
        """Return the quarter that is written, None where none is.

        >>> [str(Quarter.read(text)) for text in ("2026Q3", "2026年第三季度", "Q1 2027", "26/3")]
        ['2026Q3', '2026Q3', '2027Q1', 'None']
        """
        year = re.search(r"(?<![0-9])(20[0-9]{2})(?![0-9])", text, re.ASCII)
        if year is None:
            return None
        rest = text[: year.start()] + " " + text[year.end() :]
        found = re.findall(r"[0-9]+|[一二三四]", rest)
        if len(found) != 1 or len(found[0]) != 1 or not 1 <= counted(found[0]) <= _QUARTERS:
            return None
        return cls(int(year[1]), counted(found[0]))


@dataclass(frozen=True)
class Check:
    """One quarter's self-check: the reader's stage, the answers, and the measures where they were computed."""

    quarter: Quarter
    stage: str
    answers: Mapping[Question, Answer]
    measures: Mapping[str, Fraction | None]


@dataclass(frozen=True)
class History:
    """The checks that were kept, oldest first, and what of the table could not be used.

    ``written`` is how the table has each quarter: people write ``2026年第三季度``, too.
    """

    checks: tuple[Check, ...]
    written: Mapping[str, str] = field(default_factory=dict)
    no_quarter: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    no_answer: tuple[str, ...] = ()


def read(frame: pd.DataFrame | None) -> History:
    """Read the kept quarters; of two rows for one quarter the lower counts."""
    if frame is None:
        return History(())
    checks: dict[Quarter, Check] = {}
    written: dict[str, str] = {}
    no_quarter, repeated, no_answer = [], [], []
    rows: list[Mapping[str, Any]] = frame.to_dict("records")  # type: ignore[assignment]  # columns are named by texts
    for row in rows:
        quarter = Quarter.read(row["quarter"])
        if quarter is None:
            no_quarter.append(row["quarter"])
            continue
        if quarter in checks:
            repeated.append(str(quarter))
        answers: dict[Question, Answer] = {}
        for question in QUESTIONS:
            answer = row[question].strip().lower()
            if answer not in _ANSWERS:
                no_answer.append(f"{quarter}: {row[question]}")
            answers[question] = _ANSWERS.get(answer, "unknown")
        measures = {name: row[name] if row[f"{name}_known"] else None for name in MEASURES}
        written[str(quarter)] = row["quarter"]
        checks[quarter] = Check(quarter, _stage(row["stage"]), answers, measures)
    ordered = tuple(checks[quarter] for quarter in sorted(checks))
    return History(ordered, written, tuple(no_quarter), tuple(dict.fromkeys(repeated)), tuple(no_answer))


def _stage(text: str) -> str:
    """Return the stage that is written, ``unstated`` where none is."""
    found = re.search("[1-4一二三四]", text)
    return str(counted(found[0])) if found else UNSTATED


def as_row(check: Check) -> dict[str, str]:
    """Return a check as a row of text by column, answers as their own names; `read` reads it back."""
    row = {"quarter": str(check.quarter), "stage": "" if check.stage == UNSTATED else check.stage}
    row |= {question: check.answers[question] for question in QUESTIONS}
    for name in MEASURES:
        value = check.measures[name]
        unit, sign = (1, "") if name == "median_days" else (100, "%")
        if value is None:
            row[name] = ""
        else:
            _, whole, decimals = rounded(value * unit, 2)
            row[name] = f"{whole}.{decimals}{sign}"
    return row


Turn = Literal["better", "worse", "same", "now_known", "no_longer_known"]


@dataclass(frozen=True)
class Change:
    """What became of one question's answer since the check before."""

    question: Question
    before: Answer
    now: Answer
    turn: Turn


def changes(before: Mapping[Question, Answer], now: Mapping[Question, Answer]) -> Sequence[Change]:
    """Return the change of each answer, in the order of the questions."""
    return [
        Change(
            question,
            before[question],
            now[question],
            _turn(state(question, before[question]), state(question, now[question])),
        )
        for question in QUESTIONS
    ]


def _turn(before: State, now: State) -> Turn:
    if before == now:
        return "same"
    if now == "unknown":
        return "no_longer_known"
    if before == "unknown":
        return "now_known"
    return "better" if now == "healthy" else "worse"
