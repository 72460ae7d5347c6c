"""Of which year days, weeks and quarters are that are written without one: what else a table says of it.

A column of years, the years of other days in the same column, the heading or a line above. ``date_columns`` asks.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from calculators.engine.reads.layout import Layout

_YEAR = re.compile(r"(?:fy|cy)?\s?((?:19|20)[0-9]{2})(?:年度?)?(?:\.0)?", re.ASCII | re.IGNORECASE).fullmatch
# No day of some month, such as that on which a file was made.
_NAMED = re.compile(r"(?<![0-9./-])((?:19|20)[0-9]{2})(?![0-9]|\s?[-/.年]\s?[0-9]{1,2}\s?[-/.月])")
_SAMPLE: Final = 200


@dataclass(frozen=True)
class YearEvidence:
    """A table, one of its columns of dates, and the days in it that are written with a year."""

    layout: Layout
    column: int
    dated: Collection[date]

    def years(self, rows: Sequence[int]) -> list[int | None] | None:
        """Return the year of each of some rows, by what speaks loudest; None where nothing tells."""
        by_row = self._column_of_years()
        if by_row is not None:
            return [by_row[row] for row in rows]
        for found in ({day.year for day in self.dated}, self._named([self.layout.headers[self.column]]), self._above()):
            if len(found) == 1:
                return [*found] * len(rows)
            if found:
                return None
        return None

    def _above(self) -> set[int]:
        return self._named([cell for row in self.layout.grid.rows[: self.layout.header or 0] for cell in row])

    @staticmethod
    def _named(texts: Sequence[str]) -> set[int]:
        return {int(year) for text in texts for year in _NAMED.findall(text)}

    def _column_of_years(self) -> list[int | None] | None:
        rows = self.layout.columns.rows
        for at in range(self.layout.columns.width):
            sample = [row[at].strip() for row in rows[:_SAMPLE] if at < len(row) and row[at].strip()]
            if at != self.column and sample and all(map(_YEAR, sample)):
                found = (_YEAR(row[at].strip()) if at < len(row) else None for row in rows)
                return [int(year[1]) if year else None for year in found]
        return None
