"""The currencies of the world: what they are called, how small their smallest unit is, and what people write for them.

The table is ``currencies.toml``. An amount is held as a whole number of the smallest unit of the company's currency
(fen, cents, whole yen, thousandths of a dinar): how many of them make one, `minor_units` says, and nothing else. Which
currency a sign, a code or a name stands for, in a cell, a heading or a number format, `currency_meant` says. Reading
amounts is in ``engine/reads``, writing them in ``engine/shows``.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_TABLE: Final[Mapping[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_DECIMALS: Final = 2  # of a currency whose row names none

READ_AS_WORDS: Final = frozenset({
    "ALL", "AMD", "BAM", "BOB", "COP", "CUP", "GEL", "LAK", "MAD", "MOP", "NAD", "PEN", "RON", "SDG", "SOS", "TOP",
    "TRY",
})  # fmt: skip
"""Codes that are words or names too: they are codes in capitals only."""


@dataclass(frozen=True)
class Currency:
    """A currency of ISO 4217: its names, and the ``decimals`` of its smallest unit."""

    code: str
    zh: str
    en: str
    decimals: int = _DECIMALS
    also: tuple[str, ...] = ()


CURRENCIES: Final[Mapping[str, Currency]] = {
    code: Currency(code, **{**row, "also": tuple(row.get("also", ()))}) for code, row in _TABLE["currencies"].items()
}
"""Every currency in use, by its code."""


def decimals(code: str) -> int:
    """Return how many decimals an amount in a currency has.

    >>> [decimals(code) for code in ("CNY", "JPY", "KWD")]
    [2, 0, 3]
    """
    return CURRENCIES[code].decimals


def minor_units(code: str) -> int:
    """Return how many of its smallest unit, in which amounts are held, make one of a currency.

    >>> [minor_units(code) for code in ("CNY", "JPY", "KWD")]
    [100, 1, 1000]
    """
    return int(10 ** decimals(code))


def name_in_headings(code: str, language: str) -> str:
    """Return what a heading of amounts calls a currency: its Chinese name, 元 for the yuan; in English its code.

    >>> name_in_headings("CNY", "zh"), name_in_headings("JPY", "zh"), name_in_headings("JPY", "en")
    ('元', '日元', 'JPY')
    """
    if language != "zh":
        return code
    return "元" if code == "CNY" else CURRENCIES[code].zh


def folded(written: str) -> str:
    """Return a writing as the table has it: half width, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", written).lower().split())


def _sharing(kind: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every shared writing with the codes it may mean, the first one first; an empty one where none is."""
    for row in _TABLE["shared"][kind]:
        members = {
            code
            for code, currency in CURRENCIES.items()
            if currency.en.rpartition(" ")[2].lower() in row.get("ends", ()) or code in row.get("codes", ())
        }
        first = row.get("first", "")
        for written in row["written"]:
            yield folded(written), (first, *sorted(members - {first}))


_EXACT: Final[Mapping[str, str]] = {
    folded(written): code
    for code, currency in CURRENCIES.items()
    for written in (code, currency.zh, currency.en, *currency.also)
}
_LOOSE: Final = dict(_sharing("loose"))
_SHARED: Final = {**_LOOSE, **dict(_sharing("sharing"))}
_OWN: Final[Mapping[str, frozenset[str]]] = {code: frozenset(written) for code, written in _TABLE["own"].items()}

NAMING: Final = frozenset(_EXACT) | (frozenset(_SHARED) - frozenset(_LOOSE))
"""Writings that name a currency inside a longer text, folded."""
BESIDE_NUMBERS: Final = NAMING | frozenset(_LOOSE) | frozenset[str]().union(*_OWN.values())
"""Writings that may stand beside a number, folded; not all mean a currency to every company."""


def currency_meant(written: str, own: str, locale: str = "") -> str | None:
    """Return the code of the currency that a sign, code or name means where amounts are in ``own``; None for none.

    A writing that several currencies share means the company's own where that is one of them (``$`` is every dollar's
    and peso's, ``¥`` the yen's too), else the best known; where none is, the writing itself is returned. ``locale`` is
    the language that a spreadsheet's number format gives to a sign, as the file has it (``[$$-1009]``): a shared sign
    then means that country's currency.

    >>> [currency_meant("$", own) for own in ("CNY", "CAD", "CLP")], currency_meant("US$", "CAD")
    (['USD', 'CAD', 'CLP'], 'USD')
    >>> currency_meant("¥", "CNY", "411"), currency_meant("Pesos", "EUR"), currency_meant("件", "CNY")
    ('JPY', 'pesos', None)
    """
    text = folded(written)
    if text in _OWN.get(own, ()):
        return own
    exact = _EXACT.get(text)
    if exact in READ_AS_WORDS and text.upper() == exact and not written.strip().isupper():
        return None
    may_be = _SHARED.get(text)
    if may_be is None:
        return exact
    there = _currency_of(locale)
    if there and (of_there := next((code for code in may_be if code.startswith(there)), None)):
        return of_there
    return own if own in (exact, *may_be) else exact or may_be[0] or text


def _currency_of(locale: str) -> str:
    """Return how the code of the currency begins where a language of a spreadsheet is spoken; empty if it is unknown,
    and of American English, which spreadsheets write where nobody has chosen a language.

    >>> _currency_of("1009"), _currency_of("1000804"), _currency_of("en-GB"), _currency_of("en-US"), _currency_of("")
    ('CAD', 'CNY', 'GB', '', '')
    """
    try:
        return str(_TABLE["locales"].get(f"{int(locale, 16) & 0xFFFF:04X}", "")) if locale else ""
    except ValueError:  # by name; the codes of currencies begin with their country's
        return "" if locale.lower() == "en-us" else locale.rpartition("-")[2].upper()


def currencies_among(writings: Iterable[str], own: str) -> frozenset[str]:
    """Return the currencies that several writings name together; a code or a name says more than a sign that is shared.

    >>> [sorted(currencies_among(written, "USD")) for written in (["$", "CLP"], ["$"], ["$", "件"], ["USD", "人民币"])]
    [['CLP'], ['USD'], ['USD'], ['CNY', 'USD']]
    """
    exact: set[str] = set()
    shared: set[str] = set()
    for written in writings:
        if meant := currency_meant(written, own):
            (shared if folded(written) in _SHARED else exact).add(meant)
    return frozenset(exact or shared)


def currency_among(writings: Iterable[str], own: str) -> str | None:
    """Return the currency that several writings name together, the company's own where it is among several."""
    found = currencies_among(writings, own)
    return own if own in found else min(found, default=None)


def at_home(code: str) -> frozenset[str]:
    """Return what is written for a currency where amounts are in it, and means other things elsewhere, folded."""
    return _OWN.get(code, frozenset())


def counts_in_yuan(code: str) -> bool:
    """Whether a bare 元 may mean a currency: in Chinese, dollars, yen, won and the euro are 元 too.

    >>> [counts_in_yuan(code) for code in ("CNY", "USD", "TWD", "GBP", "KWD")]
    [True, True, True, False, False]
    """
    currency = CURRENCIES[code]
    return any(name.endswith(("元", "圆")) for name in (currency.zh, *currency.also))


def pattern(writings: Iterable[str]) -> str:
    """Return a regular expression for any of some texts, longest first: a tree, so that hundreds cost what a few do.

    >>> pattern(["kr", "kr.", "usd"])
    '(?:kr(?:\\\\.)?|usd)'
    """
    tree: dict[str, Any] = {}
    for writing in sorted(writings):
        branch = tree
        for character in writing:
            branch = branch.setdefault(character, {})
        branch[""] = {}
    return _grown(tree)


def _grown(branch: Mapping[str, Any]) -> str:
    grown = [re.escape(character) + _grown(below) for character, below in branch.items() if character]
    if not grown:
        return ""
    if len(grown) == 1 and "" not in branch:
        return grown[0]
    return f"(?:{'|'.join(grown)}){'?' if '' in branch else ''}"
