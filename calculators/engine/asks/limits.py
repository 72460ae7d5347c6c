"""How much is read: the limits of every input, in one place. What goes beyond one is refused in a sentence.

They keep any input below ten seconds and a gigabyte in a browser, unless the reader was asked; those that Excel has
itself are Excel's. The sentences are in the words' files, and name the file, the sheet or the cell.
"""

from typing import Final

MAX_BYTES: Final = 50 << 20
"""The largest file read, and the longest paste in characters; the page checks before it sends one."""
MAX_PLAN_BYTES: Final = 100 << 20
"""The largest plan: a list of 50 MB has each cell in quotation marks on a line of its own there."""
MAX_SCENARIOS: Final = 8
"""Scenarios that a plan keeps."""
COMPARED: Final = range(2, 5)
"""How many scenarios stand side by side."""
MAX_SCENARIO_NAME: Final = 40
"""Characters of a scenario's name."""
MAX_ROWS: Final = 1_000_000
MAX_COLUMNS: Final = 200
"""Columns with something in them."""
MAX_CELL: Final = 32_767
"""Characters of a cell, in Excel too."""
MAX_MARKS: Final = 30
"""Accents and the like on one letter, as Unicode's stream-safe text has them (UAX #15)."""
MAX_HEADING: Final = 1_000
"""Characters of a heading. A cell that is longer is a text, and looked at as no amount, date or heading."""

MAX_WIDTH: Final = 16_384
MAX_HEIGHT: Final = 1_048_576
"""Columns and rows of a sheet, in Excel too: no cell, merged area or stated dimension goes beyond."""
MAX_AREA: Final = 50_000_000
"""Places that calamine may be made to hold, filled or not: it keeps all between the outermost cells, and ends the
whole program where memory does not suffice.
"""
MAX_SHEETS: Final = 1_000
"""Sheets of a workbook that can hold a table."""
MAX_MERGES: Final = 100_000
"""Merged areas of a sheet."""
MAX_FORMAT: Final = 255
"""Characters of a number format, in Excel too."""
MAX_NESTED_XML: Final = 64
"""Elements of a workbook within one another; a dozen is usual."""
MAX_PART: Final = 16 << 20
"""Bytes of a workbook's part that is read as a tree: a list of its sheets, its styles."""
MAX_UNPACKED: Final = 400 << 20
"""Bytes that a workbook's parts may unpack to: a million rows of ten columns."""
MAX_TIMES: Final = 200
"""How many times its own size a workbook may unpack to, where that is more than UNPACKED_FREELY; a list of equal rows
unpacks to a hundred times.
"""
UNPACKED_FREELY: Final = 20 << 20

LARGE_TEXT: Final = 25 << 20
LARGE_ROWS: Final = 300_000
LARGE_WORKBOOK: Final = 150 << 20
LARGE_ODD_SHEET: Final = 20 << 20
LARGE_OPEN_DOCUMENT: Final = 30 << 20
LARGE_BINARY: Final = 10 << 20
LARGE_REPEATED: Final = 1_000_000
LARGE_AREA: Final = 16_000_000
"""Bytes of a text and rows of any table, and bytes of a workbook unpacked, from which on reading takes a browser more
than about ten seconds: the reader is asked first. calamine alone reads a usual .xlsx; a sheet of it in another XML than
Excel's, an .ods and an .xls or .xlsb are gone through in Python, too. An .ods may say of a cell how often it is
repeated: these are such places. The last are those between the outermost cells, filled or not.
"""

MAX_NESTED_JSON: Final = 16
"""Lists and objects of a plan within one another; with scenarios it has seven."""
