"""The cells of a sheet before they are text: values in their places, as calamine reads them, and marks beside them.

Here live calamine's ways and limits. What XLSX says beside the values is in ``xlsx``, what else can be opened in
``workbook``, which makes text of all of it.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from calculators.engine.asks.errors import Unusable
from calculators.engine.asks.limits import (
    LARGE_TEXT,
    MAX_FORMAT,
    MAX_HEIGHT,
    MAX_TIMES,
    MAX_UNPACKED,
    MAX_WIDTH,
    UNPACKED_FREELY,
)
from calculators.engine.reads.number_formats import PLAIN, Shown, shown
from calculators.engine.reads.questions import Unanswered

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Place = tuple[int, int]
"""Row and column, from 0."""
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0 and inclusive."""
BeforeLong = Callable[[], object]
"""What is called before anything that takes a browser more than about ten seconds; it may raise Unusable or Unanswered.
"""


class BrokenWorkbook(ValueError):  # noqa: N818 - the name states the finding
    """The file claims to be a workbook and cannot be read as one."""


class TooMuch(Unusable):
    """The workbook goes beyond a limit."""


class UnpacksTooLarge(TooMuch):
    """The workbook's parts would unpack to more than MAX_UNPACKED, or than there is memory for."""

    def __init__(self) -> None:
        super().__init__("tables.unpacks_too_large", limit=MAX_UNPACKED >> 20)


class Encrypted(ValueError):  # noqa: N818 - the name states the finding
    """The workbook opens with a password only."""


@dataclass(frozen=True)
class Look:
    """How a cell looks, as far as it matters to us."""

    shown: Shown = PLAIN
    bold: bool = False
    indent: int = 0


PLAIN_LOOK: Final = Look()
_PERCENT_FORMATS: Final = frozenset({9, 10})
_CURRENCY_FORMATS: Final = frozenset({5, 6, 7, 8, 42, 44})
_FIRST_OWN_FORMAT: Final = 164
_LONGEST_SHOWN: Final = 20


def look_of(number: int, code: str | None, *, bold: bool, indent: int) -> Look:
    """Return the look that a style gives: by the number of its format, and its code where the workbook has it.

    Below 164 are the formats that every Excel has; the currency formats among them show whatever the reader's own
    Windows is set to. The file has the sign of where it was made; without a code that is the standard's, ``$``.
    Raises TooMuch for a code that Excel itself could not have.
    """
    if code is None:
        signs = (("$", "", False),) if number in _CURRENCY_FORMATS else ()
        return Look(Shown(number in _PERCENT_FORMATS, signs=signs, everywhere=bool(signs)), bold, indent)
    if len(code) > MAX_FORMAT:
        raise TooMuch("tables.format_too_long", format=code[:_LONGEST_SHOWN], length=len(code), limit=MAX_FORMAT)
    looks = shown(code)
    everywhere = number < _FIRST_OWN_FORMAT and bool(looks.signs)
    return Look(Shown(looks.percent, looks.scaled, looks.signs, everywhere), bold, indent)


@dataclass
class Cells:
    """One sheet as it is stored. Whatever a kind of workbook does not tell is empty."""

    rows: list[list[object]]
    """Values up to the last of each row; ``""`` or None where there is none."""
    shown: dict[Shown, list[Place]] = field(default_factory=dict)
    """Where numbers may stand that are shown otherwise than plainly."""
    bold: set[Place] = field(default_factory=set)
    indent: dict[Place, int] = field(default_factory=dict)
    outline: dict[int, int] = field(default_factory=dict)
    """Levels of rows that are grouped below others."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    unvalued: dict[Place, str] = field(default_factory=dict)
    """Formulas whose results the file does not hold."""
    formats_lost: bool = False
    """Whether the file's styles are damaged, so that some cells may be shown otherwise than plainly."""

    def mark(self, place: Place, look: Look) -> None:
        """Note how a cell looks."""
        if look.shown != PLAIN:
            self.shown.setdefault(look.shown, []).append(place)
        if look.bold:
            self.bold.add(place)
        if look.indent:
            self.indent[place] = look.indent

    def write(self, found: Iterable[tuple[Place, object]]) -> None:
        """Put values into their places, where rows may not reach so far."""
        for (row, column), value in found:
            if row >= len(self.rows):
                self.rows += [[] for _ in range(row + 1 - len(self.rows))]
            line = self.rows[row]
            line.extend([""] * (column + 1 - len(line)))
            line[column] = value

    def spread(self, rows: Sequence[int], columns: Sequence[int]) -> "Cells":
        """Return cells that stand side by side in their places: which row and column each is."""

        def place(at: Place) -> Place:
            return rows[at[0]], columns[at[1]]

        wide = Cells([], hidden_columns=self.hidden_columns, merged=self.merged, formats_lost=self.formats_lost)
        for row, line in enumerate(self.rows):
            wide.write(((rows[row], columns[at]), value) for at, value in enumerate(line) if value != "")
        wide.shown = {shown: list(map(place, places)) for shown, places in self.shown.items()}
        wide.bold = set(map(place, self.bold))
        wide.indent = {place(at): level for at, level in self.indent.items()}
        wide.outline = {rows[row]: level for row, level in self.outline.items()}
        wide.hidden_rows = {rows[row] for row in self.hidden_rows}
        wide.unvalued = {place(at): formula for at, formula in self.unvalued.items()}
        return wide


@contextmanager
def reading() -> Iterator[None]:
    """Turn whatever is raised over a damaged file into what is said of it."""
    try:
        yield
    except MemoryError:
        raise UnpacksTooLarge from None
    except (Unusable, Unanswered, BrokenWorkbook, Encrypted, ImportError):  # the last is no matter of the file
        raise
    except BaseException as error:  # where calamine panics it raises no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        if type(error).__name__ == "PasswordError":
            raise Encrypted from None
        raise BrokenWorkbook(str(error)) from error


def unpacked(archive: zipfile.ZipFile, size: int) -> int:
    """Return how many bytes the parts of a package of a ``size`` say they unpack to. Raises TooMuch."""
    whole = sum(part.file_size for part in archive.infolist())
    if whole > MAX_UNPACKED:
        raise UnpacksTooLarge
    if whole > max(UNPACKED_FREELY, MAX_TIMES * size):
        raise TooMuch("tables.packed_too_tight", size=whole >> 20, limit=MAX_TIMES)
    return whole


def check_text(length: int, before_long: BeforeLong) -> None:
    """Raise TooMuch, or ask, where the texts of a sheet come to so many characters, written out in every cell that has
    one: a file may hold a text once that a hundred thousand cells say.
    """
    if length > MAX_UNPACKED:
        raise UnpacksTooLarge
    if length > LARGE_TEXT:
        before_long()


def opened(content: bytes) -> "CalamineWorkbook":
    """Open a workbook of any kind. Raises what calamine does; call it within `reading`."""
    # Not with the module: a page fetches calamine when the first workbook comes.
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    return CalamineWorkbook.from_object(io.BytesIO(content))


def tables_of(book: "CalamineWorkbook") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the sheets that can hold a table, and those of them that are hidden."""
    sheets = [one for one in book.sheets_metadata if str(one.typ).endswith(".WorkSheet")]
    hidden = [one.name for one in sheets if not str(one.visible).endswith(".Visible")]
    return tuple(one.name for one in sheets), tuple(hidden)


def values(book: "CalamineWorkbook", name: str) -> list[list[object]]:
    """Return a sheet's values in their places; what is blank is ``""``."""
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None:
        return []
    top, left = sheet.start
    found: list[list[object]] = [[] for _ in range(top)]
    # Not skip_empty_area=False, which counts places in 32 bits.
    compact: list[list[object]] = sheet.to_python()  # type: ignore[assignment]  # a list of lists of less
    found.extend([*[""] * left, *row] for row in compact) if left else found.extend(compact)
    return found


def row_of(rows: Sequence[Sequence[object]], at: int) -> tuple[object, ...]:
    """Return the values of a row up to its last; nothing where it is blank, or nothing is below it."""
    row = list(rows[at]) if any(map(any, rows[at + 1 :])) else []
    while row and row[-1] in ("", None):
        row.pop()
    return tuple(row)


_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})").fullmatch


def place_of(reference: str) -> Place:
    """Where ``B3`` is. Raises BrokenWorkbook where no sheet has such a place.

    >>> place_of("B3"), place_of("XFD1")
    ((2, 1), (0, 16383))
    """
    found = _REFERENCE(reference)
    place = (int(found[2]) - 1, column_of(found[1])) if found else (-1, -1)
    if not (0 <= place[0] < MAX_HEIGHT and 0 <= place[1] < MAX_WIDTH):
        raise BrokenWorkbook(reference)
    return place


def column_of(letters: str) -> int:
    """Return the place of a column among columns.

    >>> column_of("A"), column_of("AA")
    (0, 26)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def letters_of(column: int) -> str:
    """Return what a column is called.

    >>> letters_of(0), letters_of(26), letters_of(16383)
    ('A', 'AA', 'XFD')
    """
    letters, number = "", column + 1
    while number:
        number, last = divmod(number - 1, 26)
        letters = chr(65 + last) + letters
    return letters
