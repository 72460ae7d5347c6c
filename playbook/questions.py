"""The questions that a company's playbook begins with: what is asked, what may be answered, and what comes of it.

Asking at the terminal and reading a file of answers are alike but for who is told of a mistake. The words are in
``questions.toml``. Not here: what is written with the answers (`beginnings`).
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.settings import ROLES, Settings
from calculators.engine.shows.text import LANGUAGES, Language, Text

STAGES = (1, 2, 3, 4)
TIERS = ("A", "B", "C")
_COMMA, _SEMICOLON = re.compile(r"[,，、\n]"), re.compile(r"[;；\n]")


class NotAnAnswer(ValueError):  # noqa: N818 - the name states what was written
    """Something that a question does not take; ``str()`` of it is a sentence in the asker's language."""


@lru_cache
def words() -> Mapping[str, Any]:
    """Return everything that is asked and said, as the file has it."""
    return tomllib.loads(Path(__file__).with_name("questions.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Answers:
    """What was answered, by the questions' names."""

    languages: tuple[Language, ...]
    settings: Settings
    stages: tuple[int, ...]
    products: tuple[str, ...]
    systems: tuple[str, ...]
    owners: Mapping[str, str]
    """Who answers for the pages about the ``offer``, the ``market`` and the ``work``: a role or a name."""


@dataclass(frozen=True)
class _Question:
    """A question: how a text answers it, and which settings the answer gives, as playbook.yml has them."""

    name: str
    read: Callable[["Asker", str], Any]
    default: str = ""
    sets: Callable[[Any], Mapping[str, Any]] | None = None


class Asker:
    """Reads answers in one language, each checked at once; its `answers` are there when all have been read."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._values: dict[str, Any] = {}

    def say(self, topic: str, which: str, /, **params: object) -> str:
        """Return what is asked or said."""
        return str(words()[topic][which][self.language]).format(**params)

    def wrong(self, name: str, /, **params: object) -> NotAnAnswer:
        """Return why something is no answer."""
        return NotAnAnswer(self.say("wrong", name, **params))

    def default(self, name: str) -> str:
        """Return the answer that Enter gives."""
        own = words()["default"][self.language]
        return str(own.get(name, _BY_NAME[name].default))

    def question(self, name: str) -> str:
        """Return a question as it is asked."""
        return self.say("ask", name, roles=", ".join(ROLES))

    @property
    def in_both(self) -> bool:
        """Whether both languages were chosen, so that a name is said in both."""
        return len(self._values.get("languages", LANGUAGES)) == len(LANGUAGES)

    def asks(self, name: str) -> bool:
        """Say whether a question is one for the languages that were chosen: a name in another is not asked for."""
        others = [language for language in LANGUAGES if language not in self._values.get("languages", LANGUAGES)]
        return name not in [f"company_{language}" for language in others]

    def answer(self, name: str, text: str) -> None:
        """Take an answer as it is written, empty for the default. Raises NotAnAnswer."""
        question = _BY_NAME[name]
        value = question.read(self, text.strip() or self.default(name))
        if question.sets:
            self._check(question.sets(value))
        self._values[name] = value

    def _check(self, given: Mapping[str, Any]) -> None:
        try:
            Settings.from_mapping(given)
        except InvalidInputs as invalid:
            text = Text(self.language, Settings())
            params = [{**one.params, "place": one.field.removeprefix("extra.playbook.")} for one in invalid.errors]
            said = (text(one.code, **own) for one, own in zip(invalid.errors, params, strict=True))
            raise NotAnAnswer(" ".join(said)) from None

    def answers(self) -> Answers:
        """Return everything answered; what was not asked has its default."""
        for name in QUESTIONS:
            if name not in self._values and self.asks(name):
                self.answer(name, "")
        values: dict[str, Any] = self._values
        given: dict[str, Any] = {}
        for name, value in values.items():
            sets = _BY_NAME[name].sets
            given = _joined(given, sets(value)) if sets else given
        names = {language: values.get(f"company_{language}") for language in LANGUAGES}
        company = {language: name or next(filter(None, names.values())) for language, name in names.items()}
        return Answers(
            languages=values["languages"],
            settings=Settings.from_mapping({**given, "company": company}),
            stages=values["stages"],
            products=values["products"],
            systems=values["systems"],
            owners={part: values[f"owner_{part}"] for part in ("offer", "market", "work")},
        )


def _joined(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: _joined(one[key], value) if key in one and isinstance(value, Mapping) else value
        for key, value in {**one, **other}.items()
    }


def read_file(path: Path, asker: Asker) -> list[str]:
    """Take the answers of a TOML file, by the questions' names; return a sentence for each mistake, with its place.

    Lists may be lists or texts with commas. What the file leaves out has its default.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as mistake:
        return [f"{path}: {mistake}"]
    found = []
    for name, value in given.items():
        try:
            if name not in _BY_NAME:
                raise asker.wrong("unknown", value=name, allowed=", ".join(QUESTIONS))
            asker.answer(name, _as_text(value, asker))
        except NotAnAnswer as mistake:
            found.append(f"{path}: {name}: {mistake}")
    return found


def _as_text(value: Any, asker: Asker) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key} = {inner}" for key, inner in value.items())
    if isinstance(value, list):
        if any(isinstance(one, list | Mapping) for one in value):
            raise asker.wrong("table", value=value)
        return ", ".join(map(str, value))
    return str(value)


# --- how a text is read ------------------------------------------------------------------------------


def _name(asker: Asker, text: str) -> str:
    if not text:
        raise asker.wrong("empty")
    return text


def _code(_: Asker, text: str) -> str:
    return text.upper()


def _whole(asker: Asker, text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        raise asker.wrong("number", value=text)
    return int(text)


def _small(_: Asker, text: str) -> str:
    return text.lower()


def _parts(text: str, between: re.Pattern[str] = _COMMA) -> Iterator[str]:
    return filter(None, (part.strip() for part in between.split(text)))


def _list(_: Asker, text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_parts(text)))


def _languages(asker: Asker, text: str) -> tuple[Language, ...]:
    choices: Mapping[str, tuple[Language, ...]] = {"both": LANGUAGES, "zh": ("zh",), "en": ("en",)}
    if text.lower() not in choices:
        raise asker.wrong("one_of", value=text, allowed=", ".join(choices))
    return choices[text.lower()]


def _stages(asker: Asker, text: str) -> tuple[int, ...]:
    found = set(_parts(text.replace(" ", ",")))
    if not found or not found <= set(map(str, STAGES)):
        raise asker.wrong("stages", value=text)
    return tuple(stage for stage in STAGES if str(stage) in found)


def _three(asker: Asker, text: str) -> tuple[int | float, ...]:
    found = list(_parts(re.sub(r"[%/ ]+", ",", text)))
    if len(found) != len(TIERS) or not all(re.fullmatch(r"\d{1,6}(\.\d+)?", one) for one in found):
        raise asker.wrong("three_numbers", value=text)
    return tuple(float(one) if "." in one else int(one) for one in found)


def _roles(asker: Asker, text: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for part in _parts(text, _SEMICOLON):
        said = re.fullmatch(r"(\w+)\s*[=：:]\s*(.+?)(?:\s*/\s*(.+))?", part)
        if not said or said[1] not in ROLES or (said[3] is None and asker.in_both):
            raise asker.wrong("role", value=part)
        found[said[1]] = {"zh": said[2], "en": said[3] or said[2]}
    return found


def _of_tiers(values: Iterable[Any]) -> dict[str, Any]:
    return dict(zip(TIERS, values, strict=True))


_ABC = Settings().as_mapping()["abc"]


def _ours(shares: str) -> str:
    return ", ".join(map(str, _ABC[shares].values()))


_ALL = (
    _Question("languages", _languages, "both"),
    _Question("company_zh", _name),
    _Question("company_en", _name),
    _Question("currency", _code, sets=lambda value: {"currency": value}),
    _Question("unit", _whole, "1", lambda value: {"unit": value}),
    _Question("year_starts", _whole, "1", lambda value: {"calendar": {"year_starts": value}}),
    _Question("week", _small, sets=lambda value: {"calendar": {"week": value}}),
    _Question("days_off", _list, "", lambda value: {"calendar": {"days_off": value}}),
    _Question("stages", _stages, "1, 2, 3, 4"),
    _Question("customers", _three, _ours("customers"), lambda value: {"abc": {"customers": _of_tiers(value)}}),
    _Question("revenue", _three, _ours("revenue"), lambda value: {"abc": {"revenue": _of_tiers(value)}}),
    _Question(
        "contacts",
        _three,
        ", ".join(str(of_tier["times"]) for of_tier in _ABC["service"].values()),
        lambda value: {"abc": {"service": {tier: {"times": times} for tier, times in _of_tiers(value).items()}}},
    ),
    _Question("products", _list),
    _Question("systems", _list),
    _Question("roles", _roles, "", lambda value: {"roles": value}),
    _Question("owner_offer", _name, "head_of_sales"),
    _Question("owner_market", _name, "manager"),
    _Question("owner_work", _name, "sales_operations"),
)
_BY_NAME = {question.name: question for question in _ALL}
QUESTIONS = tuple(_BY_NAME)
"""Their names, in the order of asking; a file of answers has them as its keys."""
