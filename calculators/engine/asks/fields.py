"""What a calculator asks for: its fields with bounds and defaults, and the tables beside them.

A bound is declared once; reading what was typed (``engine/reads/typed.py``), the form's attributes and the sentences
take it from here. The fields' names and explanations are among the calculator's words, their HTML is in
``engine/shows/form.py``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, Literal, Self

from calculators.engine.asks.currencies import decimals
from calculators.engine.asks.former import Former
from calculators.engine.asks.tables import TableSpec

FieldKind = Literal["choice", "percent", "whole", "hundredths", "money", "date", "switch", "line", "text"]
NUMBERS: tuple[FieldKind, ...] = ("percent", "whole", "hundredths", "money")
"""Kinds in which a number is typed."""
DECIMAL_PLACES: Mapping[str, int] = {"percent": 2, "hundredths": 2, "whole": 0}
"""Of numbers; an amount has those of the company's currency."""
ON, OFF = "yes", "no"
"""What stands in the form for a switch."""
FILLED = "*"
"""Among the values with which another field matters: whatever is filled in."""
UNREADABLE = "?"
"""What a page sends for a number or date that its browser cannot read, and so does not tell."""


@dataclass(frozen=True)
class Field:
    """One thing to fill in.

    ``kind`` is ``choice`` (one of ``options``), ``percent`` (held in basis points: 2000 is 20%),
    ``whole`` (a whole number), ``hundredths`` (a number with two decimals, held times 100), ``money``
    (whole smallest units of the company's currency), ``date`` (a ``datetime.date``), ``switch`` (a bool), ``line`` or
    ``text`` (a line or several lines of text, at most ``maximum`` characters).
    Bounds are in the unit in which the value is held; those of a date are years. ``group`` is the name of the `Group`
    that it stands in.

    A field with an ``example`` takes the reader's own data, as a table does: the worked example is computed with
    it, and is over as soon as the reader gives another value than the ``default``.

    An ``optional`` field may be left empty and is None then. A ``today`` date is the reader's own ``day`` as soon as
    there are data of the reader's own, or the end of the ``quarter`` that has last gone by; ``default`` is the worked
    example's. A line of ``people`` may name somebody, whom a pseudonym can take the place of. A ``secret`` line is
    covered unless the reader looks at it. ``formerly`` is what the field was called before.

    A field that ``matters`` only beside certain values of others names these with those, as they stand in the form
    (`FILLED` is any). Beside other values it is idle: the form does not show it, or says why it is not used, it is
    computed with its default, and no mistake in it is one.
    """

    name: str
    kind: FieldKind
    group: str
    default: Any
    minimum: int = 0
    maximum: int = 0
    options: tuple[str, ...] = ()
    optional: bool = False
    today: Literal["", "day", "quarter"] = ""
    example: Any = None
    people: bool = False
    secret: bool = False
    formerly: Former | None = None
    matters: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Group:
    """Fields that stand together, in rows of ``columns`` where there is room.

    A folded group is shown when the reader opens it. One that is ``first`` stands above the tables.
    """

    name: str
    folded: bool = False
    columns: int = 1
    first: bool = False


@dataclass(frozen=True)
class AddsUp:
    """Fields whose values must add up to ``total`` (shares of a whole)."""

    fields: tuple[str, ...]
    total: int


def _one(_values: Mapping[str, Any]) -> int:
    return 1


@dataclass(frozen=True)
class Seek:
    """A question asked backwards: which value of ``field``, a number, brings ``figure`` to a value.

    ``step`` says of the other fields' values, as held, in what steps the field may be changed.
    """

    field: str
    figure: str
    step: Callable[[Mapping[str, Any]], int] = _one


@dataclass(frozen=True)
class Declaration:
    """Everything a calculator asks for, and what may be asked of it backwards (``seeks``).

    One that asks about ``people`` has the fields of `PRIVACY`, is not kept anywhere unless the reader says so, and
    can be made to forget. A device keeps all of it, or of some only the tables named in ``kept``.
    """

    fields: tuple[Field, ...]
    groups: tuple[Group, ...] = ()
    tables: tuple[TableSpec, ...] = ()
    sums: tuple[AddsUp, ...] = ()
    people: bool = False
    kept: tuple[str, ...] = ()
    seeks: tuple[Seek, ...] = ()

    def idle(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Return the fields that do not matter beside ``values`` as held, each with the field that makes it so.

        A field that hangs on an idle one is idle too.

        >>> by = Field("by", "choice", "rule", "money", options=("money", "deals"))
        >>> declaration = Declaration((by, Field("deals", "whole", "rule", 9, matters={"by": ("deals",)})))
        >>> declaration.idle({"by": "money", "deals": 9}), declaration.idle({"by": "deals", "deals": 9})
        ({'deals': 'by'}, {})
        """
        found: dict[str, str] = {}
        known = {one.name: one for one in self.fields}

        def is_idle(one: Field) -> bool:
            for name, wanted in one.matters.items():
                value, other = values[name], known[name]
                stands = (ON if value else OFF) if other.kind == "switch" else "" if value is None else str(value)
                if is_idle(other) or not (stands in wanted or (FILLED in wanted and stands)):
                    found[one.name] = name
                    return True
            return False

        for one in self.fields:
            is_idle(one)
        return found


class Inputs(SimpleNamespace):
    """What a calculator is given, by the names that it declares.

    Fields have their values as held, tables are as read (``Reading``: ``inputs.customers.frame`` has the rows), None
    where absent. A calculator whose inputs are more than that has an ``Inputs`` of its own, with the same ``read``.
    """

    @classmethod
    def read(cls, values: Mapping[str, Any], tables: Mapping[str, Any]) -> Self:
        """Return the inputs of fields as held and tables as read."""
        return cls(**values, **tables)


PRIVACY = (
    Field("pseudonyms", "switch", "privacy", False),
    Field("secret_word", "line", "privacy", "", maximum=40, secret=True),
    Field("free_texts", "switch", "privacy", False, matters={"pseudonyms": (ON,)}),
)
"""What a calculator about people asks beside its own: whether names are shown, what pseudonyms are drawn with, and
whether free texts, which may tell who it is, stand beside them.
"""


def shown(field: Field, value: Any, currency: str) -> str:
    """Return a value as it stands in the form of a company with this currency; `parse` reads it back.

    >>> shown(Field("a", "percent", "shares", 2000, 0, 10000), 1250, "CNY")
    '12.5'
    >>> [shown(Field("a", "money", "target", 0, 0, 10**13), 10**12 + 5, code) for code in ("CNY", "JPY", "KWD")]
    ['10,000,000,000.05', '1,000,000,000,005', '1,000,000,000.005']
    """
    if value is None:
        return ""
    if field.kind == "switch":
        return ON if value else OFF
    if field.kind not in NUMBERS:
        return str(value)
    places = decimals(currency) if field.kind == "money" else DECIMAL_PLACES[field.kind]
    text = f"{Decimal(value).scaleb(-places):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
