"""Names compared: which stand there several times, and which differ only in how they are written."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Final, TypeVar

from calculators.engine.asks.limits import MAX_HEADING

_NOT_WORD = re.compile(r"[\W_]+")
# Cyrillic and Greek letters that cannot be told from Latin ones, in capitals or in small letters.
LOOKS: Final = str.maketrans("авекмнорстухіјѕԁһӏαβεζηικμνορτυχ", "abekmhopctyxijsdhlabezhikmnoptyx")


def bare_name(name: str) -> str:
    """A name without width, case, spaces and punctuation, letters of other scripts as the Latin ones they look like."""
    folded = name.casefold() if name.isascii() else unicodedata.normalize("NFKC", name).casefold().translate(LOOKS)
    return _NOT_WORD.sub("", folded)


_Name = TypeVar("_Name", str, int)


def more_than_once(names: Iterable[_Name]) -> list[_Name]:
    """Names that are there several times, each once and in order.

    >>> more_than_once(["b", "a", "b", "c", "a"])
    ['a', 'b']
    """
    return sorted(name for name, count in Counter(names).items() if count > 1)


def possibly_same(names: Iterable[str]) -> list[list[str]]:
    """Names that differ only by width, case, spaces and punctuation: likely one customer, written twice.

    Each group in the order of the names; names that are exactly equal are one name. What is as long as no name is not
    looked at: some letters are eighteen once they are made plain.

    >>> possibly_same(["甲（上海）公司", "乙", "甲(上海) 公司"])
    [['甲（上海）公司', '甲(上海) 公司']]
    """
    groups: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        if len(name) <= MAX_HEADING and (bare := bare_name(name)):
            groups.setdefault(bare, []).append(name)
    return [group for group in groups.values() if len(group) > 1]
