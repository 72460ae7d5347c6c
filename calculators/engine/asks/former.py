"""What was called something else before, and goes on being understood by that name.

Plans that readers have saved, commands and settings that companies have written have former names in them. Whatever
is asked for says beside itself what it was called; it is put right once, where it comes in.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Former:
    """A former name, and in ``options`` what a choice had then, each with what it is called now.

    Where today's names say it in another way, ``said_today`` gives from the former value what is given now, by name.
    """

    name: str
    options: Mapping[str, str] = field(default_factory=dict, hash=False)
    said_today: Callable[[Any], Mapping[str, Any]] | None = field(default=None, hash=False)


class Named(Protocol):
    """What has a name and may have had another: a field, a table, a key of the settings."""

    @property
    def name(self) -> str:
        """Return today's name."""

    @property
    def formerly(self) -> Former | None:
        """Return what it was called, if anything."""


@dataclass(frozen=True)
class Key:
    """A key of a mapping in the settings."""

    name: str
    formerly: Former | None = None


def by_todays_names(given: Mapping[str, Any], declared: Iterable[Named]) -> dict[str, Any]:
    """Return what is given, by today's names; a name that never was one stays, to be refused.

    Where both names are given the former is meant: somebody has written it, over a default laid below.

    >>> keys = (Key("borderline", Former("near", {"wide": "broad"})), Key("months"))
    >>> by_todays_names({"near": "wide", "borderline": "narrow", "moon": 1}, keys)
    {'borderline': 'broad', 'moon': 1}
    """
    result = dict(given)
    for one in declared:
        former = one.formerly
        if former is not None and former.name in result:
            raw = result.pop(former.name)
            if former.said_today is not None:
                result |= former.said_today(raw)
                continue
            result[one.name] = former.options.get(raw, raw) if isinstance(raw, str) else raw
    return result
