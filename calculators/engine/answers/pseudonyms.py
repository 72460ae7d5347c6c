"""Pseudonyms in the place of people's names, before anything is computed: what never saw a name cannot show one.

A pseudonym is five letters and digits, drawn from SHA-256 of a secret word and the name. So it depends on neither
the order of rows nor who else is in the list, and who does not know the word cannot find it out by computing the
pseudonyms of a list of names. It is a mask and no anonymity: figures stay exact, and who knows them knows the person.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import pandas as pd

from calculators.engine.asks.currencies import decimals
from calculators.engine.asks.errors import Sentence
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.number_style import clearly
from calculators.engine.reads.questions import Question
from calculators.engine.reads.sources import Remark
from calculators.engine.reads.tables import Problem, Reading, possibly_same

LETTERS = "BCDFGHJKMNPQRTVWXY"
"""A pseudonym begins with one of these, so that no spreadsheet takes it for a number; no vowels, so no words."""
SIGNS = LETTERS + "23456789"
LENGTH = 5
HIDDEN = "•••"
"""Stands for what a file says outside its columns of names, where nobody can tell whether it names anyone."""

_LONGEST_WRITTEN = 1_200
"""More digits than a cell can write, with a power of ten of three digits."""
_TELLING = frozenset({"cell", "cells", "header", "headers", "others", "sheet", "sheets", "name", "value"})
"""Parameters of sentences that quote the file."""


def pseudonym(name: str, word: str, length: int = LENGTH) -> str:
    """Return the pseudonym of one name.

    >>> pseudonym("林默", "") == pseudonym("林默", ""), pseudonym("林默", "") == pseudonym("林默", "秘密")
    (True, False)
    """
    number = int.from_bytes(hashlib.sha256(f"{word}\0{name}".encode()).digest(), "big")
    number, first = divmod(number, len(LETTERS))
    signs = [LETTERS[first]]
    for _ in range(length - 1):
        number, sign = divmod(number, len(SIGNS))
        signs.append(SIGNS[sign])
    return "".join(signs)


class Disguise:
    """The pseudonyms of everybody named in some tables.

    Two names that would get the same one get longer ones.
    """

    def __init__(self, names: Iterable[str], word: str) -> None:
        self.of: dict[str, str] = {}
        length, left = LENGTH, sorted({name for name in names if name})
        while left:
            drawn = {name: pseudonym(name, word, length) for name in left}
            times = Counter(drawn.values())
            self.of |= {name: made for name, made in drawn.items() if times[made] == 1}
            left = [name for name in left if times[drawn[name]] > 1]
            length += 1
        self.names = {made: name for name, made in self.of.items()}
        """The name behind each pseudonym."""
        long = sorted((name for name in self.of if len(name) > 1), key=lambda name: (-len(name), name))
        self._any_name = re.compile("|".join(map(_in_a_text, long)))

    @classmethod
    def of_tables(cls, tables: Iterable[tuple[TableSpec, Reading]], word: str) -> "Disguise":
        """Return the pseudonyms of everybody in the columns of names."""
        return cls(
            (
                name
                for spec, reading in tables
                for column in spec.columns
                if column.people
                for name in reading.frame[column.name].tolist()
                if name.casefold() not in column.nobody
            ),
            word,
        )

    def prose(self, text: str) -> str:
        """Return a text with every known name in it replaced, longer names first."""
        return self._any_name.sub(lambda found: self.of[found[0]], text) if text and self._any_name.pattern else text

    def text(self, text: str) -> str:
        """Return what may be a name or a text about people with nobody named."""
        return self.of.get(text) or self.prose(text)

    def reading(self, spec: TableSpec, reading: Reading) -> Reading:
        """Return a table without names: pseudonyms in its columns and texts, nothing quoted from elsewhere in it."""
        frame = reading.frame.copy()
        masked: set[tuple[str, str]] = set()
        for column in spec.columns:
            if column.kind == "text":
                texts: list[str] = frame[column.name].tolist()
                made = [self.of.get(text, text) if column.people else self.prose(text) for text in texts]
                masked.update(zip(texts, made, strict=True))
                frame[column.name] = pd.Series(made, dtype=object)
        return replace(
            reading,
            frame=frame,
            problems=tuple(_hidden_problem(problem) for problem in reading.problems),
            remarks=tuple(Remark(remark.code, self._hidden_remark(remark)) for remark in reading.remarks),
            headers=(),
            sheets=(),
            sheet=None,
            preview=(),
            questions=tuple(map(hidden_question, reading.questions)),
            order={made: at for at, (_, made) in enumerate(sorted(masked), 1)},
        )

    def _hidden_remark(self, remark: Remark) -> Mapping[str, object]:
        if remark.code == SAME_PEOPLE:
            groups = remark.params["groups"]
            assert isinstance(groups, list)  # as `same_people` made it
            return {
                **remark.params,
                "names": [" = ".join(self.of[name] for name in group) for group in groups],
                "groups": [],
            }
        return hidden(remark.params)

    def rows(self, spec: TableSpec, reading: Reading, headers: Mapping[str, str]) -> list[list[str]]:
        """Return a disguised reading as rows to be read again, with the ``headers`` of its columns.

        Only what the calculator uses is in them: other columns, titles and rows that were not used may name people.
        A list of people is sorted, since a place in it may tell who it is; where rows come from acting on a result, or
        are steps of a funnel, their order means something.
        """
        columns = [column for column in spec.columns if reading.mapping.get(column.name) is not None]
        lists = [_texts(column, reading) for column in columns]
        body = [list(cells) for cells in zip(*lists, strict=True)]
        of_people = any(column.people for column in columns) and not spec.from_result
        return [[headers[column.name] for column in columns], *(sorted(body) if of_people else body)]


def _in_a_text(name: str) -> str:
    """Return a pattern that finds a name; one in Latin letters only as a word of its own."""
    return rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" if name.isascii() else re.escape(name)


def _texts(column: ColumnSpec, reading: Reading) -> list[str]:
    """Return a column as it may be written in a file."""
    frame = reading.frame
    values = frame[column.name].tolist()
    if column.kind in ("text", "choice"):
        return values
    known = frame[f"{column.name}_known"].tolist()
    places = decimals(reading.currency)

    def write(value: Any) -> str:
        if column.kind == "date":
            return str(value)
        if column.kind == "money":
            return f"{Decimal(value).scaleb(-places):f}"
        return f"{_exact_text(100 * value)}%" if column.kind == "percent" else _exact_text(value)

    return [write(value) if is_known else "" for value, is_known in zip(values, known, strict=True)]


def _exact_text(value: Fraction) -> str:
    """Return a number with all the decimals that were written."""
    with localcontext() as context:
        context.prec = _LONGEST_WRITTEN
        return clearly(f"{Decimal(value.numerator) / value.denominator:f}")


SAME_PEOPLE = "common.people.possibly_same"


def same_people(spec: TableSpec, reading: Reading) -> list[Remark]:
    """Return a remark on names that may be one person's, written twice."""
    found = []
    for column in spec.columns:
        groups = possibly_same(reading.frame[column.name].tolist()) if column.people else []
        if groups:
            names = [" = ".join(group) for group in groups]
            found.append(Remark(SAME_PEOPLE, {"count": len(groups), "names": names, "groups": groups}))
    return found


def hidden(params: Mapping[str, object]) -> dict[str, Any]:
    """Return a sentence's parameters with everything that quotes a file hidden, in sentences within it too."""
    return {name: _hide(value) if name in _TELLING else _hide_within(value) for name, value in params.items()}


def hidden_question(question: Question) -> Question:
    """Return a question about a table with everything that quotes a file hidden."""
    options = {name: _hide_sentence(sentence) for name, sentence in question.options.items()}
    return replace(question, sentence=_hide_sentence(question.sentence), options=options)


def _hide(value: object) -> object:
    return [HIDDEN] if isinstance(value, list | tuple) else HIDDEN


def _hide_within(value: object) -> object:
    if isinstance(value, Sentence):
        return _hide_sentence(value)
    if isinstance(value, list):
        return [_hide_within(item) for item in value]
    return value


def _hide_sentence(sentence: Sentence) -> Sentence:
    return replace(sentence, params=hidden(sentence.params))


def _hidden_problem(problem: Problem) -> Problem:
    return replace(problem, params=hidden(problem.params), cell=HIDDEN if problem.cell else "")
