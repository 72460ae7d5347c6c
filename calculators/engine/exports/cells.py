"""What cells hold beyond text, and tables as texts: CSV that Excel shows rightly, and cells to be pasted; no formulas.

No byte is taken from a clock or a random number, so that the same table is the same file at build and in the
browser. Workbooks are written by ``sheets``; which tables are written, and the words in them, is for ``downloads``.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from calculators.engine.reads.formulas import disarmed


@dataclass(frozen=True)
class Typed:
    """A cell of a workbook with a kind of its own, as columns have one."""

    kind: str
    value: object


@dataclass(frozen=True)
class Formula:
    """A cell of a kind that a spreadsheet computes: ``SUM(B2:B9)``, and the value that it has already."""

    kind: str
    text: str
    value: object


def write_csv(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A table as CSV: UTF-8 with a BOM, CRLF, quotes where they are needed.

    A text that a spreadsheet would take for a formula (beginning with ``= + - @``, also full-width, with a
    control character, or with those behind spaces), or a part of it behind any separator, gets a single quote in
    front; texts that are plain numbers stay as they are.

    >>> write_csv(["客户", "收入"], [["=1+1", "-5.00"]]).decode("utf-8-sig")
    "客户,收入\\r\\n'=1+1,-5.00\\r\\n"
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([disarmed(cell) for cell in row] for row in (headers, *rows))
    return out.getvalue().encode("utf-8-sig", "replace")


def write_cells(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A table as a spreadsheet takes it when it is pasted: cells by tabs, lines by line feeds, texts as in `write_csv`.

    >>> write_cells(["客户", "收入"], [["=1+1\\n", "-5.00"]]).decode()
    "客户\\t收入\\n'=1+1\\t-5.00\\n"
    """
    lines = ("\t".join(" ".join(disarmed(cell).split()) for cell in row) for row in (headers, *rows))
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
