"""The tables that a calculator asks for: which columns, of what, and what stands in for them.

By which headings a column is known is in ``headings.toml``, of the calculator or of all (``engine/reads``).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from calculators.engine.asks.former import Former


@dataclass(frozen=True)
class ColumnSpec:
    """A declared column: its name is also the key of the headings that it is known by (``headings.toml``).

    A ``choice`` is one of ``options``, each with the spellings by which it is known: the first in Chinese, the
    second in English. A ``percent`` column of parts ``of_a_whole`` has nothing beyond 100%. Numbers in a column of
    ``relative`` sizes, such as weights, may have percent signs throughout. A column of ``people`` holds their
    names, which pseudonyms can take the place of; ``nobody`` are words, in small letters, that may stand in it and
    name no single person. A column of an ``event`` has the day of it, and a blank where it has not happened: where
    the column is not there, nobody knows, and it is asked. Of money that is wanted ``by_period`` the amounts are
    kept where a list has a column for each month or quarter. A column of ``free`` texts is read by people alone. A
    column of ``customers`` holds their names, which are hidden only where a result is shown to others.
    """

    name: str
    kind: Literal["text", "money", "number", "percent", "date", "choice"]
    required: bool = True
    options: Mapping[str, Sequence[str]] = field(default_factory=dict)
    of_a_whole: bool = False
    relative: bool = False
    people: bool = False
    nobody: Collection[str] = ()
    by_period: bool = False
    free: bool = False
    customers: bool = False
    event: bool = False


@dataclass(frozen=True)
class TableSpec:
    """A declared table; ``name`` is the field that its mistakes are reported under.

    One that is not ``required`` may be absent; its calculator then gets None for it. Rows ``from_result`` come
    from acting on a result (a cell locked, a person moved), so that having some is no list of the reader's own.
    ``formerly`` is what the table was called before. ``most`` is how many rows can be computed in a browser within ten
    seconds, where that is fewer than can be read.
    """

    name: str
    columns: tuple[ColumnSpec, ...]
    required: bool = True
    from_result: bool = False
    most: int | None = None
    formerly: Former | None = None
