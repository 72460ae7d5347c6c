"""Every word a reader sees: looked up where it is written, filled with formatted values.

A key is a topic and the path inside its files. A calculator is a topic, and its words are in its folder
(``words.zh.toml``, ``words.en.toml``); what all share is in ``words/`` beside this (``words/tables.zh.toml``). A
large topic may have several pairs (``words.funnel.zh.toml``). A company may put its own words in the place of ours:
in ``text/zh.toml`` of its folder, or in any file of ``text/zh/``, by the same keys; and some by its settings
(`Settings.own_words`). Formats of numbers, money and dates live here too, and nowhere else.
Nothing here knows HTML: what comes out is plain text.
"""

import datetime
import re
import string
import tomllib
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from calculators import CALCULATORS, COMPANY
from calculators.engine.answers.result import Beside
from calculators.engine.arithmetic.chances import ERROR
from calculators.engine.asks.currencies import decimals, name_in_headings
from calculators.engine.asks.errors import Sentence
from calculators.engine.asks.settings import Settings
from calculators.measures import measure
from calculators.overlay import laid_over

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
"""Our own languages. A company's folder may have more (`spoken`)."""

SHARED = Path(__file__).parent / "words"
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Z]{2}|-[A-Z][a-z]{3})?")
DASH = "–"
RARE = Fraction(1, 1_000)
CHANCE_PLACES = 6
LISTED = 8
"""Names that a sentence gives of many; how many more there are it says."""
FINEST = 12
"""Decimals in which a cut-off is looked for in full; a third has no end."""
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
IN_LARGER_UNITS = 2
"""Decimals of an amount in thousands, 万 or millions."""
SHOWN_IN: Mapping[Language, Mapping[int, int]] = {"zh": {}, "en": {10_000: 1_000, 100_000_000: 1_000_000}}
"""Units that a language has no word for, and those in which it says such amounts."""
SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$", "TWD": "NT$", "SGD": "S$"}


@lru_cache
def _topic(name: str, language: Language) -> Mapping[str, Any]:
    """Return every text of a topic, with the company's own among them. KeyError when there is none of the name."""
    own_words = company_words(language).get(name)
    if language not in LANGUAGES:
        of_base: dict[str, Any] = replaced(_topic(name, base(language)), own_words)
        return of_base
    filled: dict[str, Any] = _with_measures(replaced(ours(name, language), own_words), language)
    return filled


@lru_cache
def ours(name: str, language: Language) -> Mapping[str, Any]:
    """Return our own texts of a topic, as they stand in its files. KeyError when there is none of the name."""
    own = CALCULATORS.get(name)
    files = own.folder.glob(f"words*.{language}.toml") if own else SHARED.glob(f"{name}.*{language}.toml")
    words: dict[str, Any] = {}
    for path in sorted(files):
        _lay_over(words, tomllib.loads(path.read_text(encoding="utf-8-sig")))
    if not words:
        raise KeyError(f"there are no texts of {name!r} in {language}")
    return words


def base(language: str) -> Language:
    """Return which of our languages another is made from: what it lacks, and how it writes numbers and dates.

    >>> base("ja"), base("zh-TW")
    ('en', 'zh')
    """
    return "zh" if language.startswith("zh") else "en"


def side(both: Mapping[str, Any], language: str) -> Any:
    """Return that of a thing that is said in several languages; in a language without, as its base says it."""
    return both[language] if language in both else both[base(language)]


def spoken(company: Path = COMPANY) -> tuple[Language, ...]:
    """Return our languages, and after them those that the company's folder has pages or words in."""
    names = {path.name.removesuffix(".toml") for of in ("docs", "text") for path in (company / of).glob("*")}
    added = sorted(name for name in names if _LANGUAGE.fullmatch(name) and name not in LANGUAGES)
    return (*LANGUAGES, *cast(list[Language], added))


@lru_cache
def company_words(language: Language) -> Mapping[str, Any]:
    """Return the company's own words of a language by topic, as its files have them; what cannot be read is left out.

    The build tells what cannot be read, and what is in the place of nothing.
    """
    words: dict[str, Any] = {}
    for path in word_files(language):
        try:
            words = laid_over(words, tomllib.loads(path.read_text(encoding="utf-8-sig")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            continue
    return words


def word_files(language: str) -> list[Path]:
    """Return the files of the company's own words of a language."""
    folder = COMPANY / "text"
    return [
        path for path in (folder / f"{language}.toml", *sorted((folder / language).glob("*.toml"))) if path.is_file()
    ]


def replaced(ours: Any, own: Any) -> Any:
    """Return words with the company's own in the place of those that it has; what is in the place of none is no word.

    >>> replaced({"a": "A", "b": {"c": "C", "d": "D"}}, {"b": {"d": "own", "e": "none"}})
    {'a': 'A', 'b': {'c': 'C', 'd': 'own'}}
    """
    if isinstance(ours, Mapping):
        given = own if isinstance(own, Mapping) else {}
        return {key: replaced(inner, given.get(key)) for key, inner in ours.items()}
    return own if type(own) is type(ours) else ours


def _with_measures(said: Any, language: Language) -> Any:
    """Return texts with the dictionary's names and formulas in them: ``{measure:win_rate}``, ``{defines:win_rate}``."""
    if isinstance(said, Mapping):
        return {key: _with_measures(inner, language) for key, inner in said.items()}
    if isinstance(said, list):
        return [_with_measures(inner, language) for inner in said]
    if not isinstance(said, str):
        return said

    def put(found: re.Match[str]) -> str:
        words = measure(found[2]).zh if base(language) == "zh" else measure(found[2]).en
        if found[1] == "defines":
            return words.formula
        return words.name if found.start() else words.title

    return re.sub(r"\{(measure|defines):(\w+)\}", put, said)


def _lay_over(below: dict[str, Any], above: Mapping[str, Any]) -> None:
    for key, value in above.items():
        if isinstance(value, Mapping) and isinstance(below.get(key), dict):
            _lay_over(below[key], value)
        elif key in below:
            raise ValueError(f"two files of one topic have a text {key!r}")
        else:
            below[key] = value


def words_of(topic: str, language: Language) -> dict[str, Any]:
    """Return all texts of a topic as they stand (for the page's scripts)."""
    return dict(_topic(topic, language))


def rounded(value: int | Fraction, places: int) -> tuple[str, str, str]:
    """Return sign, whole part and ``places`` decimals of a value, halves rounded away from zero.

    >>> rounded(Fraction(2, 3), 2)
    ('', '0', '67')
    >>> rounded(Fraction(-1, 2), 0)
    ('-', '1', '')
    """
    units = (2 * abs(value.numerator) * 10**places + value.denominator) // (2 * value.denominator)
    whole, decimals = divmod(units, 10**places)
    return ("-" if value < 0 and units else ""), str(whole), f"{decimals:0{places}d}" if places else ""


def number(value: int | Fraction, places: int = 0) -> str:
    """Return a number with thousands separators and a fixed number of decimals.

    >>> number(1234567), number(Fraction(1234567, 1000), 1)
    ('1,234,567', '1,234.6')
    """
    sign, whole, decimals = rounded(value, places)
    return f"{sign}{int(whole):,}{'.' + decimals if decimals else ''}"


def percent(value: int | Fraction, places: int = 1) -> str:
    """Return a fraction as a percentage with one decimal, so that columns line up, or more beside a cut-off.

    >>> percent(Fraction(1, 5)), percent(Fraction(2, 3))
    ('20.0%', '66.7%')
    """
    return f"{number(value * 100, places_of(value, places, 100))}%"


def places_beside(value: int | Fraction, cut: int | Fraction, places: int) -> int:
    """Return the decimals with which a number is printed beside a cut-off: more than ``places`` where these hide on
    which side of it the number is; the cut-off itself has all that it has.

    >>> places_beside(Fraction("99.96"), 100, 1), places_beside(Fraction(100), 100, 1), places_beside(90, 100, 1)
    (2, 1, 1)
    >>> places_beside(Fraction("33.33"), Fraction("33.33"), 1)
    2
    """
    if value == cut:
        return next((more for more in range(places, FINEST) if (value * 10**more).denominator == 1), places)
    while True:
        sign, whole, decimals = rounded(value, places)
        printed = Fraction(f"{sign}{whole}.{decimals or 0}")
        if (printed > cut) == (value > cut) and printed != cut:
            return places
        places += 1


def places_of(value: int | Fraction, places: int, scale: int | Fraction = 1) -> int:
    """Return the decimals with which ``scale`` times a number is printed: ``places``, or more beside its cut-offs."""
    if not isinstance(value, Beside):
        return places
    return max([places, *(places_beside(value * scale, cut * scale, places) for cut in value.cuts)])


def trimmed(shown: str) -> str:
    """Return a formatted number without the zeros at its end, as it stands in a sentence.

    >>> trimmed("20.0%"), trimmed("5.60"), trimmed("100")
    ('20%', '5.6', '100')
    """
    digits, sign = (shown[:-1], "%") if shown.endswith("%") else (shown, "")
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits) + sign


def smallest_unit(currency: str, language: Language) -> str:
    """Return what the smallest amount in a currency is called; in Chinese to follow a character, with the space due.

    >>> smallest_unit("CNY", "zh"), smallest_unit("USD", "en"), smallest_unit("KWD", "en"), smallest_unit("JPY", "zh")
    ('分', '0.01 USD', '0.001 KWD', ' 1 日元')
    """
    language = base(language)
    if (currency, language) == ("CNY", "zh"):
        return "分"
    places, space = decimals(currency), " " if language == "zh" else ""
    return f"{space}{number(Fraction(1, 10**places), places)} {name_in_headings(currency, language)}"


class Text:
    """The sentences of one language for one company.

    Calling it with a key and parameters gives the sentence. Places in a sentence carry a format:
    ``{n:count}``, ``{x:money}`` (as held), ``{x:percent}`` (a fraction), ``{x:chance}`` (how likely luck makes
    something), ``{x:number}`` (at most four decimals), ``{x:date}`` (a calendar day), ``{x:list}`` (a list of names),
    ``{x:all}`` (one however long), ``{x:key}`` and ``{x:keys}`` (other texts by key), ``{x:said}`` (another sentence,
    see `Sentence`), ``{n:s}`` (the plural's s after an English word); a plain ``{x}`` is put in as it is.
    ``{money_unit}`` and ``{smallest_unit}`` are what the company's currency and the smallest amount in it are called in
    any sentence.
    """

    def __init__(self, language: Language, settings: Settings) -> None:
        if language not in spoken():
            raise ValueError(f"language is {language!r}, and there are only {', '.join(spoken())}")
        self.language = language
        self.settings = settings
        self._own = settings.own_words(base(language))
        self._found: dict[str, Any] = {}
        self._formatter = _Formatter(self)
        self._symbol = SYMBOLS.get(settings.currency, f"{settings.currency} ")
        self._common = {
            "money_unit": name_in_headings(settings.currency, base(language)),
            "smallest_unit": smallest_unit(settings.currency, language),
        }
        self._unit = SHOWN_IN[base(language)].get(settings.unit, settings.unit)
        self._suffix = self(f"common.unit_suffix.u{self._unit}")

    def _find(self, key: str) -> Any:
        """Return what the files have at a key; None where they have nothing. A reply asks often, and for few."""
        try:
            return self._found[key]
        except KeyError:
            pass
        topic, *path = key.split(".")
        try:
            node: Any = _topic(topic, self.language)
        except KeyError:
            node = None
        for part in path:
            node = node.get(part) if isinstance(node, Mapping) else None
        self._found[key] = node
        return node

    def has(self, key: str) -> bool:
        """Say whether a text exists (helps that not every field has)."""
        return self._find(key) is not None

    def __call__(self, key: str, **params: object) -> str:
        """Return the sentence of a key; KeyError names one that no file has, and the file that it belongs in."""
        if key in self._own:
            return self._own[key]
        node = self._find(key)
        if node is None:
            topic = key.partition(".")[0]
            folder = f"{topic}/words" if topic in CALCULATORS else f"engine/shows/words/{topic}"
            raise KeyError(f"no text {key!r}: it belongs in calculators/{folder}.{self.language}.toml")
        if isinstance(node, Mapping):
            node = node["one" if params.get("count") == 1 and "one" in node else "other"]
        sentence = str(node)
        has_places = "{" in sentence or "}" in sentence
        return self._formatter.vformat(sentence, (), self._common | params) if has_places else sentence

    def said(self, sentence: Sentence) -> str:
        """Return a sentence that is data."""
        return self(sentence.code, **sentence.params)

    def money(self, held: int | Fraction, places: int | None = None) -> str:
        """Return an amount in the company's currency and unit; whole amounts without decimals.

        ``places`` sets the decimals, so that a column lines up.
        """
        value = Fraction(held, self.settings.minor_units * self._unit)
        if places is None:
            places = self.money_places([held])
        places = places_of(held, places, Fraction(1, self.settings.minor_units * self._unit))
        sign, whole, decimals = rounded(value, places)
        minus = "−" if sign else ""
        return f"{minus}{self._symbol}{int(whole):,}{'.' + decimals if decimals else ''}{self._suffix}"

    def money_places(self, amounts: Iterable[int | Fraction]) -> int:
        """Return the decimals with which amounts line up: none where all are whole, else those of the currency, two
        where they are shown in a larger unit.
        """
        per_unit = self.settings.minor_units * self._unit
        if all(held % per_unit == 0 for held in amounts):
            return 0
        return decimals(self.settings.currency) if self._unit == 1 else IN_LARGER_UNITS

    @staticmethod
    def chance(value: int | Fraction) -> str:
        """Return how likely chance makes something, to as many decimals as show on which side of `ERROR` it lies.

        What is less likely than `RARE` is only said to be so: no chance is none.

        >>> [Text.chance(one) for one in (Fraction(1, 5), Fraction(5004, 100_000), ERROR, Fraction(1, 10**7), 0)]
        ['20%', '5.004%', '5%', '<0.1%', '<0.1%']
        """
        if value < RARE:
            return f"<{percent(RARE)}"
        places = 1
        while value != ERROR and places < CHANCE_PLACES and number(value * 100, places) == number(ERROR * 100, places):
            places += 1
        return trimmed(f"{number(value * 100, places)}%")

    def date(self, day: datetime.date) -> str:
        """Return a calendar day: 2026年3月1日, 1 March 2026."""
        if base(self.language) == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def listed(self, names: Iterable[object]) -> str:
        """Return names in a row, the first of them (`LISTED`) and how many more there are."""
        items = [str(name) for name in names]
        shown = self("common.list_separator").join(items[:LISTED]) or DASH
        if len(items) > LISTED:
            shown += self("common.and_more", count=len(items) - LISTED)
        return shown


class _Formatter(string.Formatter):
    """Fills the places of a sentence by the formats named in `Text`."""

    def __init__(self, text: Text) -> None:
        self.formats: Mapping[str, Callable[[Any], str]] = {
            "": str,
            "count": number,
            "money": text.money,
            "percent": lambda share: trimmed(percent(share)),
            "chance": text.chance,
            "number": lambda exact: trimmed(number(exact, places_of(exact, 4))),
            "date": text.date,
            "list": text.listed,
            "all": lambda names: text("common.list_separator").join(map(str, names)),
            "key": text,
            "keys": lambda keys: text.listed(map(text, keys)),
            "said": text.said,
            "s": lambda count: "" if count == 1 else "s",
        }

    def format_field(self, value: Any, format_spec: str) -> str:
        return DASH if value is None else self.formats[format_spec](value)
