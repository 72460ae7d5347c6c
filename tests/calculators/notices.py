"""What calculators say, held as tables: inputs, and every notice that they bring, in order, with its values.

The table of a calculator is in its folder (``test_notices.py``), and `Table` checks it. It is asked through the bridge,
as the browser asks, so that what is read of a list is in it too.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import Any, get_args

from calculators import CALCULATORS
from calculators.bridge import Bridge
from calculators.engine.answers.result import ValueKind
from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Language, Text
from calculators.work import Work

MISTAKE = "mistake"
"""The level of what is said of an input that is refused; its section is the field or table at fault."""


@dataclass(frozen=True)
class Said:
    """A notice: where it stands, its code without the calculator's name, its values; and its sentences."""

    section: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    level: str = "note"
    zh: str = ""
    en: str = ""


@dataclass(frozen=True)
class Case:
    """Inputs, everything that is said of them, and figures: the value of each, and beside it what its words name.

    ``lists`` has the rows of tables of the result.
    """

    name: str
    says: Sequence[Said]
    values: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Any] = field(default_factory=dict)
    figures: Mapping[str, object] = field(default_factory=dict)
    lists: Mapping[str, Sequence[tuple[object, ...]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Heard:
    """What the calculator said: notices (section, code, level, values), figures, and rows of tables."""

    said: list[tuple[str, str, str, Any]]
    figures: Mapping[str, object] = field(default_factory=dict)
    lists: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """The cases of one calculator.

    ``groups`` are tables of its words that hold notices, beside those at their top. ``unsaid`` are words there that
    are none, or that the calculator cannot be made to say, each with the reason.
    """

    calculator: str
    cases: Sequence[Case]
    groups: Sequence[str] = ()
    unsaid: Mapping[str, str] = field(default_factory=dict)

    def check(self, case: Case) -> None:
        """Hold what a case says against the calculator: notices with their values in order, figures, sentences."""
        heard = self.heard(case)
        assert heard.said == [(one.section, one.code, one.level, _plain(one.params)) for one in case.says]
        assert {name: heard.figures[name] for name in case.figures} == _plain(case.figures)
        assert {name: heard.lists[name] for name in case.lists} == _plain(case.lists)
        for one, (*_, params) in zip(case.says, heard.said, strict=True):
            for language, sentence in zip(LANGUAGES, (one.zh, one.en), strict=True):
                if sentence:
                    assert self._sentence(one.code, params, language) == sentence

    def complete(self) -> None:
        """Hold that every notice, figure and sentence with values in it is in the table, and that every field has a
        group with a name.
        """
        said = {one.code for case in self.cases for one in case.says}
        codes = dict(self._codes())
        assert said - {code for code in said if "." in code and code not in codes} == codes.keys() - self.unsaid.keys()
        spelt = {one.code for case in self.cases for one in case.says if one.zh and one.en}
        valued = {one.code for case in self.cases for one in case.says if one.params}
        assert {code for code in valued & codes.keys() if any(map(_places, codes[code]))} <= spelt
        work = Work(Settings(), {"calculator": self.calculator, "language": "en"})
        groups = {group.name for group in work.declaration.groups}
        assert {one.group for one in work.declaration.fields} <= groups
        assert all(work.wording.has(f"group.{name}.label") for name in groups)
        figures = {name for case in self.cases for name, value in case.figures.items() if _value(value) is not None}
        assert figures >= self._words().get("figure", {}).keys()

    def _words(self) -> dict[str, Any]:
        paths = CALCULATORS[self.calculator].folder.glob("words*.en.toml")
        files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in paths]
        return {key: value for words in files for key, value in words.items()}

    def _codes(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the code of every notice there are words for, with its sentences in English."""
        nodes = [("", self._words())]
        for group in self.groups:
            node: Any = self._words()
            for part in group.split("."):
                node = node[part]
            nodes.append((f"{group}.", node))
        for prefix, node in nodes:
            for key, words in node.items():
                if isinstance(words, str):
                    yield prefix + key, [words]
                elif words.keys() <= {"one", "other"}:
                    yield prefix + key, list(words.values())

    def heard(self, case: Case) -> Heard:
        """Return what the calculator says, after printing it all in both languages: a missing word raises KeyError."""
        bridge = Bridge()
        request = {"calculator": self.calculator, "values": case.values, "tables": case.tables}
        for language in LANGUAGES:
            json.loads(bridge.reply(json.dumps({**request, "language": language})))
        try:
            result = Work(Settings(), {**request, "language": "en"}).result
        except InvalidInputs as invalid:
            return Heard([(one.field, self._own(one.code), MISTAKE, _plain(one.params)) for one in invalid.errors])
        kinds = {one.kind for one in result.figures} | {one.kind for table in result.tables for one in table.columns}
        assert kinds <= set(get_args(ValueKind))
        return Heard(
            [
                (section.name, self._own(notice.code), notice.level, _plain(notice.params))
                for section in result.sections
                for notice in section.notices
            ],
            {one.name: _plain((one.value, one.params) if one.params else one.value) for one in result.figures},
            {one.name: _plain(list(one.rows())) for one in result.tables},
        )

    def _own(self, code: str) -> str:
        return code.removeprefix(f"{self.calculator}.")

    def _sentence(self, code: str, params: Any, language: Language) -> str:
        text = Text(language, Settings())
        own = f"{self.calculator}.{code}"
        return text(own if text.has(own) else code, **params)


def _places(sentence: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(sentence) if name]


def _value(figure: object) -> object:
    return figure[0] if isinstance(figure, tuple) else figure


def _plain(value: object) -> Any:
    """Return a value with its sequences as lists: whether one is a tuple is no matter to anybody who reads it."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
