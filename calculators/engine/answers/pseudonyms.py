"""Pseudonyms in the place of people's names, before anything is computed: what never saw a name cannot show one.

A pseudonym is five letters and digits, drawn from a secret word and the name. So it depends on neither the order of
rows nor who else is in the list. Who has the list of names and not the word has to guess the word, and each guess takes
`ROUNDS` rounds: a word that the page has drawn is beyond guessing, a word from a dictionary is not. It is a mask and no
anonymity: figures stay exact, and who knows them knows the person (`reveals.py`).

Texts about people are left out, unless the reader wants them: then names in them are found in all the ways that
`_Writings` knows, and in no others.
"""

import hashlib
import hmac
import re
import secrets
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from itertools import permutations
from pathlib import Path
from typing import Any, Final

import pandas as pd

from calculators.engine.asks.currencies import decimals
from calculators.engine.asks.errors import Sentence
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.names import LOOKS, possibly_same
from calculators.engine.reads.number_style import clearly
from calculators.engine.reads.questions import Question
from calculators.engine.reads.rows import Problem
from calculators.engine.reads.sources import Remark
from calculators.engine.reads.tables import Reading

LETTERS = "BCDFGHJKMNPQRTVWXY"
"""A pseudonym begins with one of these, so that no spreadsheet takes it for a number; no vowels, so no words."""
SIGNS = LETTERS + "23456789"
LENGTH = 5
ROUNDS = 300_000
"""Of PBKDF2 with HMAC-SHA256: about a second in a page, once for each word; far less in a program made for it."""
_SALT = b"sales-playbook pseudonyms"
"""The same everywhere: under one word a person has one pseudonym, whichever the calculator and the computer."""
WORD_GROUPS, WORD_GROUP = 3, 4
"""A word that is drawn has 12 of 26 signs, 56 bits."""
HIDDEN = "•••"
"""Stands for what a file says outside its columns of names, where nobody can tell whether it names anyone."""

_LONGEST_WRITTEN = 1_200
"""More digits than a cell can write, with a power of ten of three digits."""
_TELLING = frozenset({"cell", "cells", "header", "headers", "others", "sheet", "sheets", "name", "value"})
"""Parameters of sentences that quote the file."""


def drawn_word() -> str:
    """Return a new secret word, of signs that are not taken for one another (docs/assets/javascripts/people.js has
    the page's).

    >>> [len(group) for group in drawn_word().split("-")]
    [4, 4, 4]
    """
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(WORD_GROUP)) for _ in range(WORD_GROUPS))


@lru_cache(maxsize=16)
def _key(word: str) -> bytes:
    """Return PBKDF2-HMAC-SHA256 of a word (RFC 8018, one block); the browser's Python has none of its own."""
    password = unicodedata.normalize("NFKC", word).strip().encode("utf-8", "surrogatepass")
    if hasattr(hashlib, "pbkdf2_hmac"):
        return hashlib.pbkdf2_hmac("sha256", password, _SALT, ROUNDS)
    return stretched(password, _SALT, ROUNDS)


def stretched(password: bytes, salt: bytes, rounds: int) -> bytes:
    """Return what `hashlib.pbkdf2_hmac` does with SHA-256.

    >>> stretched(b"passwd", b"salt", 1).hex()[:16]  # RFC 7914, section 11
    '55ac046e56e3089f'
    """
    block = hmac.digest(password, salt + b"\0\0\0\1", "sha256")
    key = int.from_bytes(block, "big")
    for _ in range(rounds - 1):
        block = hmac.digest(password, block, "sha256")
        key ^= int.from_bytes(block, "big")
    return key.to_bytes(32, "big")


def pseudonym(name: str, word: str, length: int = LENGTH) -> str:
    """Return the pseudonym of one name.

    >>> pseudonym("林默", "词") == pseudonym("林默", "词"), pseudonym("林默", "词") == pseudonym("林默", "秘密")
    (True, False)
    """
    number = int.from_bytes(hmac.digest(_key(word), name.encode("utf-8", "surrogatepass"), "sha256"), "big")
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
        self._writings = _Writings(self.of)

    @classmethod
    def of_tables(
        cls, tables: Iterable[tuple[TableSpec, Reading]], word: str, *, customers: bool = False
    ) -> "Disguise":
        """Return the pseudonyms of everybody in the columns of people's names, and of ``customers`` if wanted."""
        return cls(
            (
                name
                for spec, reading in tables
                for column in spec.columns
                if column.people or (customers and column.customers)
                for name in reading.frame[column.name].tolist()
                if name.casefold() not in column.nobody
            ),
            word,
        )

    def prose(self, text: str) -> str:
        """Return a text with every known name in it replaced, longer names first."""
        return self._writings.replaced(text)

    def _labels(self, texts: Collection[str]) -> dict[str, str]:
        """Return texts that tell things apart, teams and regions, with nobody named and as different as before."""
        made: dict[str, str] = {}
        times: Counter[str] = Counter()
        for text in sorted(set(texts)):
            masked = self.prose(text)
            times[masked] += 1
            made[text] = masked if times[masked] == 1 else f"{masked} {times[masked]}"
        return made

    def text(self, text: str) -> str:
        """Return what may be a name or a text about people with nobody named."""
        return self.of.get(text) or self.prose(text)

    def reading(self, spec: TableSpec, reading: Reading, *, texts: bool) -> Reading:
        """Return a table without names: pseudonyms in its columns and labels, nothing quoted from elsewhere in it.

        Of free ``texts`` there is only that they are there, unless they are wanted.
        """
        frame = reading.frame.copy()
        masked: set[tuple[str, str]] = set()
        for column in spec.columns:
            if column.kind == "text":
                written: list[str] = frame[column.name].tolist()
                if column.people or column.customers:
                    made = [self.of.get(text, text) for text in written]
                elif column.free:
                    made = [self.prose(text) if texts else HIDDEN if text else "" for text in written]
                else:
                    labels = self._labels(written)
                    made = [labels[text] for text in written]
                masked.update(zip(written, made, strict=True))
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


class _Writings:
    """The ways in which names are written in a text, and what stands for each.

    Case, accents, full or half width, letters that look alike in other scripts, and whatever is no letter between
    the parts do not matter (``anna-lee``, ``林 默``, ``ANNALEE``); parts may be in any order (``Lee, Anna``) and some
    may be left out. A part alone is found if it has two Chinese or three other letters (``Anna``; ``青山`` of
    ``何青山``), and a shorter one with a title or as people call one another (``林总``, ``老林``, ``Mr Li``); so
    is a part with the initials of the others (``A. Lee``), and a spelling in Latin letters beside a Chinese name. Where
    several have it, nobody is named. Other scripts than Chinese are found as whole words only. Nicknames, initials
    alone, a single Chinese letter and a spelling that stands on its own (``Lin Mo`` for ``林默``) are not found.
    """

    def __init__(self, of: Mapping[str, str]) -> None:
        self._of: dict[str, str] = {}
        parts: dict[str, set[str]] = {}
        called: dict[tuple[str, bool], set[str]] = {}
        for name, made in of.items():
            words = _words(name)
            for written in _writings(words):
                self._of.setdefault(written, made)
            for part in _parts(words):
                parts.setdefault(part, set()).add(made)
            for by in _called(words):
                called.setdefault(by, set()).add(made)
        for (letters, given), all_made in called.items():
            for part in _addressed(letters, given=given):
                parts.setdefault(part, set()).update(all_made)
        for part, all_made in parts.items():
            self._of.setdefault(part, all_made.pop() if len(all_made) == 1 else HIDDEN)
        self._exactly = of
        self._lengths = sorted({len(written) for written in self._of}, reverse=True)

    def replaced(self, text: str) -> str:
        """Return a text with pseudonyms in the place of names."""
        if not text or not self._of:
            return text
        letters, places = _letters(text)
        found: list[tuple[int, int, str]] = []
        at = done = 0
        while at < len(letters):
            length = next((length for length in self._lengths if self._is_at(text, letters, places, at, length)), 0)
            if length:
                start, end = places[at], places[at + length - 1] + 1
                stands = self._exactly.get(text[start:end]) or self._of[letters[at : at + length]]
                if _is_chinese(letters[at : at + length]):
                    found += ((*place, stands) for place in _spelt_beside(text, start, end, length) if place[0] >= done)
                found.append((start, end, stands))
                done = end
            at += length or 1
        made, done = [], 0
        for start, end, stands in sorted(found):
            if start >= done:
                made += [text[done:start], stands]
                done = end
        return "".join([*made, text[done:]])

    def _is_at(self, text: str, letters: str, places: list[int], at: int, length: int) -> bool:
        found = letters[at : at + length]
        return len(found) == length and found in self._of and _is_whole(text, places[at], places[at + length - 1] + 1)


def _letters(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of a text, however they are written, and the place of each in it."""
    found = [(letter, place) for place, sign in enumerate(text) for letter in _plain(sign) if letter.isalnum()]
    return "".join(letter for letter, _ in found), [place for _, place in found]


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", _plain(name))


def _plain(text: str) -> str:
    """Return a text without capitals, widths and accents, letters of other scripts as the Latin ones they look like."""
    signs = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in signs if not unicodedata.combining(sign)).casefold().translate(LOOKS)


MOST_PARTS = 4
"""Names of more parts are looked for as they are, and backwards."""
_SHORTEST = 3
"""Letters of a part that is found alone; of Chinese ones two are enough."""

_CALLED: Final = tomllib.loads(Path(__file__).with_name("called.toml").read_text(encoding="utf-8"))


def _writings(words: Sequence[str]) -> list[str]:
    if sum(map(len, words)) < 2:  # noqa: PLR2004 - a single letter is in every text
        return []
    orders = permutations(words) if len(words) <= MOST_PARTS else (words, words[::-1])
    return ["".join(order) for order in orders]


def _parts(words: Sequence[str]) -> list[str]:
    if len(words) == 1 and _is_chinese(words[0]):
        return [words[0][-2:]] if len(words[0]) > 2 else []  # noqa: PLR2004 - the family name comes first
    alone = [word for word in words if len(word) >= (2 if _is_chinese(word) else _SHORTEST)]
    if not 1 < len(words) <= MOST_PARTS:
        return alone
    several = ("".join(some) for size in range(2, len(words)) for some in permutations(words, size))
    return [*alone, *(some for some in several if len(some) > _SHORTEST), *_with_initials(words)]


def _with_initials(words: Sequence[str]) -> Iterator[str]:
    """Yield each part with the initials of the others before or behind it, of all of them or of one."""
    for at, word in enumerate(words):
        others = [other[0] for place, other in enumerate(words) if place != at]
        if len(word) < _SHORTEST or not all(one.isascii() for one in words):
            continue
        for initials in {"".join(others), *others}:
            yield initials + word
            yield word + initials


def _called(words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield what may stand with a title, and whether it is a given name, which stands with none that is formal."""
    if len(words) == 1 and _is_chinese(words[0]):
        (name,) = words
        if len(name) > 1:
            yield name[: 2 if name[:2] in _CALLED["double"] and len(name) > 2 else 1], False  # noqa: PLR2004 - letters
            yield name[-1], True
    else:
        for word in words:
            if len(word) < _SHORTEST:
                yield word, False


def _addressed(letters: str, *, given: bool) -> Iterator[str]:
    """Yield how somebody is addressed by a part of a name."""
    if not _is_chinese(letters) and len(letters) > 1:
        yield from (title + letters for title in _CALLED["titles_before"])
    if _is_chinese(letters) or len(letters) > 1:
        after = _CALLED["after"] if given else [*_CALLED["titles"], *_CALLED["after"]]
        made = [*(letters + one for one in after), *(one + letters for one in _CALLED["before"])]
        yield from (one for one in made if one not in _CALLED["ordinary"])


def _is_chinese(text: str) -> bool:
    return all("\u3400" <= letter <= "\u9fff" or letter >= "\U00020000" for letter in text)


_LATIN: Final = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_BESIDE = re.compile(rf"[\s()（）\[\]【】/|,，、·:：-]{{0,3}}((?:[{_LATIN}]++[ '’-]?){{1,4}})").match
"""Words in Latin letters behind a name; in a text that is turned round, those before it."""
_LONGEST_SPELLING: Final = 40
_SYLLABLE: Final = (
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    "(?:[iu]?ang|[iu]?ong|eng|ing|i?ao|[iu]?an|[iu]?[aeo]|uai|[aeu]i|[aeiuv]n|er|ou|iu|[uv]e|[iuv])"
)
_SYLLABLES = {count: re.compile(rf"(?:{_SYLLABLE}){{{count}}}").fullmatch for count in range(1, 7)}


def _spelt_beside(text: str, start: int, end: int, length: int) -> Iterator[tuple[int, int]]:
    """Yield where a Chinese name of so many letters, which stands there, is spelt in Latin ones next to it."""
    before = _BESIDE(text[max(0, start - _LONGEST_SPELLING) : start][::-1])
    behind = _BESIDE(text[end : end + _LONGEST_SPELLING])
    beside = [(before, start - before.end())] if before else []
    beside += [(behind, end + behind.start(1))] if behind else []
    for spelt, first in beside:
        words = text[first : first + len(spelt[1])]
        for place, over in _spellings(words, length):
            if words[place].isupper() or re.search(r"[()（）\[\]【】/|]", spelt[0]):
                yield first + place, first + over
                break


def _spellings(words: str, length: int) -> Iterator[tuple[int, int]]:
    """Yield where so many syllables are in some words, from their beginning or to their end."""
    ends = [word.span() for word in re.finditer(f"[{_LATIN}]+", words)]
    spans = [(ends[0][0], end) for _, end in ends[::-1]] + [(start, ends[-1][1]) for start, _ in ends]
    is_spelt = _SYLLABLES.get(length)
    for start, end in spans:
        if is_spelt and is_spelt(re.sub("[^a-z]", "", _plain(words[start:end]))):
            yield start, end


def _is_whole(text: str, start: int, end: int) -> bool:
    """Say whether what is found is no piece of a longer word; Chinese has no spaces to tell."""

    def joins(inner: str, outer: str) -> bool:
        return inner.isalnum() and outer.isalnum() and not _is_chinese(inner) and not _is_chinese(outer)

    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before and joins(text[start], before)) and not (after and joins(text[end - 1], after))


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
