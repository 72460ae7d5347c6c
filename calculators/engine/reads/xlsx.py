"""An XLSX workbook: its parts by whatever names they have, and what it says beside the values of its cells.

calamine reads the values (``cells``). It keeps to the usual names of parts and gives up a whole sheet over one odd
cell, and it tells nothing of formats, formulas, hidden rows and errors: these are found here, in the sheet's own XML,
and what calamine cannot read is handed to it in a plainer copy. What a value is as text is for ``workbook``.
"""

import contextlib
import html
import io
import posixpath
import pyexpat
import re
import string
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Final, cast
from xml.etree import ElementTree

from calculators.engine.asks.limits import (
    LARGE_ODD_SHEET,
    LARGE_ROWS,
    LARGE_TEXT,
    MAX_AREA,
    MAX_HEIGHT,
    MAX_MERGES,
    MAX_NESTED_XML,
    MAX_PART,
    MAX_WIDTH,
)
from calculators.engine.reads.cells import (
    PLAIN_LOOK,
    Area,
    BeforeLong,
    BrokenWorkbook,
    Cells,
    Look,
    Place,
    TooMuch,
    UnpacksTooLarge,
    check_text,
    column_of,
    letters_of,
    look_of,
    opened,
    place_of,
    reading,
    unpacked,
    values,
)

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_YES: Final = frozenset({"1", "true", "on"})
_SPARSE: Final = 8  # places for each cell from which on a sheet is mostly holes
_SMALL: Final = 8_000_000  # places that are no burden, filled or not
_FEW: Final = 50  # styles that are looked for one by one
_BEGINNING: Final = 1 << 15  # bytes of a sheet in which its headings are looked for


class Parts:
    """The parts of a package by name: in any case, with whichever slashes. Raises TooMuch."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self.unpacked = unpacked(self._archive, len(content))
        self.names = {_bare(part.filename): part for part in self._archive.infolist()}

    def read(self, name: str) -> bytes | None:
        """Return a part's content; None where there is no such part."""
        part = self.names.get(_bare(name))
        return None if part is None else self._archive.read(part)

    def begin(self, name: str, length: int) -> bytes:
        """Return a part up to so many bytes; nothing where there is no such part."""
        part = self.names.get(_bare(name))
        if part is None:
            return b""
        with self._archive.open(part) as opened_part:
            return opened_part.read(length)

    def tree(self, name: str) -> ElementTree.Element:
        """Return a small part as XML, an empty element where there is no such part."""
        content = self.read(name)
        if content is not None and len(content) > MAX_PART:
            raise BrokenWorkbook(f"{name} is large")
        return ElementTree.Element("none") if content is None else _tree_of(content, name)

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to: by id, the kind of relation and the other part's name."""
        folder, file = posixpath.split(name)
        found = {}
        for relation in self.tree(f"{folder}/_rels/{file}.rels"):
            at = _attributes(relation)
            target = at.get("Target", "").replace("\\", "/")
            kind = at.get("Type", "").rpartition("/")[2]
            found[at.get("Id", "")] = kind, _bare(posixpath.normpath(posixpath.join("/", folder, target)))
        return found


class _Shallow(ElementTree.TreeBuilder):
    """Builds a tree that is not too deep: what goes through one goes as deep itself."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._depth = name, 0
        self.root = ElementTree.Element("none")
        """The first element, with all that was there before an end or a fault."""

    def start(self, tag: str, attrs: dict[str, str], /) -> ElementTree.Element:
        """Begin an element."""
        self._depth += 1
        if self._depth > MAX_NESTED_XML:
            raise TooMuch("tables.too_deep", part=self._name, limit=MAX_NESTED_XML)
        element = super().start(tag, attrs)
        if self.root.tag == "none":
            self.root = element
        return element

    def end(self, tag: str, /) -> ElementTree.Element:
        """End it."""
        self._depth -= 1
        return super().end(tag)


def _tree_of(content: bytes, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(content, ElementTree.XMLParser(target=_Shallow(name)))


def _bare(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _attributes(element: ElementTree.Element) -> dict[str, str]:
    """Return attributes without namespaces, of which there are two variants."""
    return {_local(name): value for name, value in element.attrib.items()}


def _children(parent: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (child for child in parent if _local(child.tag) == name)


def _under(parent: ElementTree.Element, *names: str) -> list[ElementTree.Element]:
    found = [parent]
    for name in names:
        found = [child for one in found for child in _children(one, name)]
    return found


class Xlsx:
    """An XLSX workbook, opened. Raises BrokenWorkbook or UnpacksTooLarge, here and in ``cells``, and there what
    ``before_long`` does.
    """

    def __init__(self, content: bytes, before_long: BeforeLong) -> None:
        self._content = content
        self._before_long = before_long
        with reading():
            self._parts = Parts(content)
            whole = self._parts.related("")
            named = [name for kind, name in whole.values() if kind == "officeDocument" and name in self._parts.names]
            named += [name for name in self._parts.names if posixpath.basename(name) == "workbook.xml"]
            if not named:
                raise BrokenWorkbook("no workbook")
            self._name = named[0]
            tree = self._parts.tree(self._name)
            related = self._parts.related(self._name)
            self._styles = self._part_of(related, "styles")
            self._strings = self._part_of(related, "sharedStrings")
            properties = [_attributes(one) for one in _under(tree, "workbookPr")]
            self.from_1904 = any(one.get("date1904", "").lower() in _YES for one in properties)
            computing = [_attributes(one) for one in _under(tree, "calcPr")]
            self._to_be_computed = any(one.get("fullCalcOnLoad", "").lower() in _YES for one in computing)
            self._sheets: dict[str, str] = {}
            """Names of sheets that can hold a table, and their parts."""
            hidden, done = [], set()
            for number, sheet in enumerate(_under(tree, "sheets", "sheet"), 1):
                at = _attributes(sheet)
                folder = posixpath.dirname(self._name)
                kind, part = related.get(
                    at.get("id", ""), ("worksheet", _bare(f"{folder}/worksheets/sheet{number}.xml"))
                )
                if kind == "worksheet" and part not in done:
                    done.add(part)
                    self._sheets[at["name"]] = part
                    if at.get("state", "visible") != "visible":
                        hidden.append(at["name"])
            self.names, self.hidden = tuple(self._sheets), tuple(hidden)

    def _part_of(self, related: Mapping[str, tuple[str, str]], kind: str) -> str:
        usual = _bare(f"{posixpath.dirname(self._name)}/{kind}.xml")
        return next((name for one, name in related.values() if one == kind), usual)

    @cached_property
    def _book(self) -> "CalamineWorkbook | None":
        """The file in calamine's hands; None where it keeps its parts elsewhere than calamine looks for them."""
        usual = {"xl/workbook.xml", "xl/styles.xml", "xl/sharedstrings.xml"}
        if not {self._name, self._styles, self._strings} <= usual:
            return None
        # A part that says it is smaller than it is would be unpacked without end; here it is found out.
        for name in (self._name, self._strings):
            self._parts.read(name)
        if self.styles_broken:
            return None
        try:
            with reading():
                return opened(self._content)
        except BrokenWorkbook:
            return None

    @cached_property
    def _lengths(self) -> list[int]:
        """How long the texts are that cells share, with all that is said of each."""
        return list(map(len, _ENDS_OF_TEXTS(self._parts.read(self._strings) or b"")))

    def row(self, name: str, at: int) -> tuple[object, ...]:
        """Return what a row says, texts that cells share as their numbers; nothing of one far below the beginning, or
        below which there is nothing.
        """
        with reading():
            cells = _Plainer(self._parts.begin(self._sheets[name], _BEGINNING), final=False).cells
            said = tuple((cell.place[1], cell.kind, cell.value) for cell in cells if cell.place[0] == at)
            return said if any(cell.place[0] > at for cell in cells) else ()

    def cells(self, name: str) -> Cells:
        """Return the cells of a sheet."""
        with reading():
            data = self._parts.read(self._sheets[name])
            if data is None:
                raise BrokenWorkbook(f"no part for {name}")
            if (merges := data.count(b"mergeCell ")) > MAX_MERGES:
                raise TooMuch("tables.too_many_merges", sheet=name, count=merges, limit=MAX_MERGES)
            sheet = _Sheet.of(data)
            plain = data.replace(b"\0", b"") if b"\0" in data[:1_000] else data  # of UTF-16
            if has_more_rows(plain, LARGE_ROWS) or (not sheet and len(data) > LARGE_ODD_SHEET):
                self._before_long()
            check_text(shared_text(plain, self._lengths), self._before_long)
            if sheet and not sheet.is_sparse() and self._book:
                try:
                    with reading():
                        return self._marked(values(self._book, name), sheet)
                except BrokenWorkbook:
                    pass  # one odd cell is enough for calamine to give up
            plain, rows, columns = _Plainer(data).written()
            if len(rows) * len(columns) > MAX_AREA:
                raise UnpacksTooLarge
            cells = self._marked(values(opened(self._package(plain)), "x"), _Sheet(plain))
            return cells.spread(rows, columns)

    def _marked(self, rows: list[list[object]], sheet: "_Sheet") -> Cells:
        """Return the values with all that the sheet's XML says of them."""
        cells = Cells(rows, merged=sheet.merged(), hidden_columns=sheet.hidden_columns())
        cells.formats_lost = self.styles_broken
        cells.hidden_rows, cells.outline = sheet.rows()
        telling = {number: look for number, look in enumerate(self._looks) if look != PLAIN_LOOK}
        for number, place in sheet.styled(telling):
            cells.mark(place, telling[number])
        cells.write(sheet.errors())
        formulas = list(sheet.formulas())
        # Writers that do not compute may write 0 for all, and that everything is to be computed when it is opened.
        computed = not self._to_be_computed or any(value not in (None, b"0") for _, _, value in formulas)
        cells.unvalued = {place: text for place, text, value in formulas if value is None or not computed}
        cells.write(cells.unvalued.items())
        cells.write(sheet.long_numbers())
        return cells

    @cached_property
    def _style_sheet(self) -> tuple[ElementTree.Element, bool]:
        """The styles, as far as they can be read: cells without them are cells still. And whether some are lost."""
        tree = _Shallow(self._styles)
        try:
            content = self._parts.read(self._styles)
            parser = ElementTree.XMLParser(target=tree)
            if content is not None and len(content) > MAX_PART:
                return tree.root, True
            parser.feed(b"<none/>" if content is None else content)
            parser.close()
        except (ElementTree.ParseError, zipfile.BadZipFile, zlib.error):
            return tree.root, True
        return tree.root, False

    @property
    def styles_broken(self) -> bool:
        """Whether what cells look like is lost, or some of it."""
        return self._style_sheet[1]

    @cached_property
    def _looks(self) -> Sequence[Look]:
        """What each number of a style in cells means."""
        tree = self._style_sheet[0]
        codes = {
            _number(at.get("numFmtId", "")): at.get("formatCode", "")
            for at in map(_attributes, _under(tree, "numFmts", "numFmt"))
        }
        bold = [
            any(_attributes(one).get("val", "1").lower() in _YES for one in _children(font, "b"))
            for font in _under(tree, "fonts", "font")
        ]
        looks = []
        for one in _under(tree, "cellXfs", "xf"):
            at = _attributes(one)
            number, font = _number(at.get("numFmtId", "")), _number(at.get("fontId", ""))
            indents = [_number(_attributes(alignment).get("indent", "")) for alignment in _children(one, "alignment")]
            is_bold = 0 <= font < len(bold) and bold[font]
            looks.append(look_of(number, codes.get(number), bold=is_bold, indent=max(*indents, 0, 0)))
        return looks

    def _package(self, sheet: bytes) -> bytes:
        """Return the smallest workbook that has this sheet, with everything where calamine looks for it."""
        relations = "http://schemas.openxmlformats.org/package/2006/relationships"
        office = _OFFICE
        tree = self._style_sheet[0]
        formats = "".join(
            f'<numFmt numFmtId="{escape(at.get("numFmtId", ""))}" formatCode="{escape(at.get("formatCode", ""))}"/>'
            for at in map(_attributes, _under(tree, "numFmts", "numFmt"))
        )
        styles = "".join(
            f'<xf numFmtId="{escape(_attributes(one).get("numFmtId", "0"))}"/>' for one in _under(tree, "cellXfs", "xf")
        )
        parts: dict[str, bytes | str | None] = {
            "_rels/.rels": f'<Relationships xmlns="{relations}">'
            f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{office}">'
            f'<workbookPr date1904="{int(self.from_1904)}"/>'
            '<sheets><sheet name="x" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}">'
            f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts>{formats}</numFmts>'
            f"<cellXfs>{styles}</cellXfs></styleSheet>",
            "xl/sharedStrings.xml": self._parts.read(self._strings),
            "xl/worksheets/sheet1.xml": sheet,
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in parts.items():
                if content is not None:
                    archive.writestr(name, content)
        return out.getvalue()


_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return -1


# --- A sheet's own XML -----------------------------------------------------------------------------

_ROW = re.compile(rb"<(?:\w++:)?row[\s>]").search
_FILLED = re.compile(rb"<(?:\w++:)?(?:[vt](?:\s[^<>]*+)?>(?=[^<])|f[\s/>])").search
_ENDS_OF_TEXTS = re.compile(rb"</(?:\w++:)?si>").split
_SHARED = re.compile(rb"""["']s["'][^<>]{0,200}+>\s*+<[^<>]{0,200}+>\s*+([0-9]{1,7}+)""").findall
_MAYBE_SHARED = re.compile(rb">\s*+(?:([0-9]{1,7}+)\s*+<|[^<>&]*+&)").finditer


def shared_text(data: bytes, lengths: Sequence[int]) -> int:
    """Return how much text the cells of a sheet have of what they share, written out: more at the most, never less."""
    longest = max(lengths, default=0)
    said = data.count(b'"s"') + data.count(b"'s'")
    if b"&" not in data:  # else nothing need be written as it is meant
        if longest * said <= LARGE_TEXT:
            return 0
        found = _SHARED(data)
        if len(found) == said:
            return sum(lengths[int(at)] for at in found if int(at) < len(lengths))
    elif longest * data.count(b"<") <= LARGE_TEXT:
        return 0
    indexes = (found[1] for found in _MAYBE_SHARED(data))
    return sum(longest if at is None else lengths[int(at)] for at in indexes if at is None or int(at) < len(lengths))


def has_more_rows(data: bytes, limit: int) -> bool:
    """Whether more rows than so many have something in them, in whatever XML a sheet is.

    They are counted: what a sheet says of its own size is a claim, and blank rows are none.
    """
    at = 0
    for _ in range(limit + 1):
        if not (row := _ROW(data, at)) or not (value := _FILLED(data, row.end())):
            return False
        at = value.end()
    return True


class _Sheet:
    """A sheet's XML in UTF-8, in which every row and cell begins with its reference, as most writers have it.

    What matters is looked for as bytes: most of a sheet says nothing beside its values, and every tag that Python sees
    costs time. All of it is in proportion to the sheet's length.
    """

    def __init__(self, data: bytes, prefix: bytes = b"") -> None:
        self._data = data
        self._prefix = prefix
        self._begin = max(data.find(b"<%ssheetData" % prefix), 0)
        end = data.rfind(b"</%ssheetData" % prefix)
        self._end = end if end >= 0 else len(data)
        self._cell = re.compile(rb'<%sc r="([A-Za-z]++[0-9]++)"[^<>]*+>' % prefix)

    @classmethod
    def of(cls, data: bytes) -> "_Sheet | None":
        """Take a sheet as it is; None where its XML is of another make."""
        head = data[:1000].removeprefix(b"\xef\xbb\xbf")
        root = re.search(rb"<(?:(\w+):)?worksheet[\s>]", head)
        encoding = re.match(rb"<\?xml[^>]*encoding=[\"']([\w-]+)", head)
        if not root or (encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii")):
            return None
        sheet = cls(data, root[1] + b":" if root[1] else b"")
        return None if b"<!" in data or not (sheet._all_begin(b"c") and sheet._all_begin(b"row")) else sheet

    def _all_begin(self, name: bytes) -> bool:
        tag = b"<%s%s" % (self._prefix, name)
        begun = self._data.count(tag + b' r="', self._begin, self._end)
        return begun == self._data.count(tag, self._begin, self._end)

    def is_sparse(self) -> bool:
        """Whether most of what lies between the outermost cells is empty, and too much of it."""
        data, begin, end = self._data, self._begin, self._end
        cells = data.count(b"<%sc " % self._prefix, begin, end)
        most = max(_SMALL, _SPARSE * cells)
        rows = re.compile(rb'<%srow r="([0-9]+)"' % self._prefix).findall(data, begin, end)
        height = max(map(int, rows), default=0)
        if max(height, 10**5) * 26 <= most:
            # Cells say themselves where they are, and need not agree with their row: of those beyond Z, or of a number
            # with more digits than the last row's, there must be none.
            digits = max(len(str(height)), 5) + 1
            far = re.compile(rb' r="(?:[A-Za-z]{2,}[0-9]|[A-Za-z][0-9]{%d})' % digits).search(data, begin, end)
            if not far:
                return False
        letters: set[bytes] = set()
        numbers: set[bytes] = set()
        for cell in self._cell.finditer(data, begin, end):
            reference = cell[1]
            letters.add(reference.rstrip(b"0123456789"))
            numbers.add(reference.lstrip(_LETTERS))
        height = max(height, max(map(int, numbers), default=0))
        width = max((column_of(one.decode()) + 1 for one in letters), default=0)
        return height > MAX_HEIGHT or height * width > most

    def _cells(self, needle: bytes) -> Iterator[re.Match[bytes]]:
        """Yield the tag of each cell that has the needle, a pattern, among its attributes."""
        for hit in re.compile(needle).finditer(self._data, self._begin, self._end):
            cell = self._cell.match(self._data, self._data.rfind(b"<", max(hit.start() - _LONGEST_TAG, 0), hit.start()))
            if cell and hit.end() <= cell.end():  # else it is in a text, or in another tag
                yield cell

    def styled(self, telling: Mapping[int, object]) -> Iterator[tuple[int, Place]]:
        """Yield number of style and place of each cell that has one of these styles."""
        style = re.compile(rb""" s=["']([0-9]+)["']""")
        few = b"|".join(b"%d" % number for number in telling) if len(telling) <= _FEW else b"[0-9]+"
        # A cell that names none has the first.
        for cell in self._cell.finditer(self._data, self._begin, self._end) if 0 in telling else ():
            if b" s=" not in cell[0]:
                yield 0, _place(cell)
        for cell in self._cells(rb""" s=["'](?:%s)["']""" % few) if telling else ():
            if (number := int(cast(re.Match[bytes], style.search(cell[0]))[1])) in telling:
                yield number, _place(cell)

    def errors(self) -> Iterator[tuple[Place, str]]:
        """Yield Excel's errors, which calamine gives as blanks."""
        for cell in self._cells(rb""" t=["']e["']"""):
            yield _place(cell), html.unescape((self._value(cell) or b"").decode("utf-8", "replace"))

    def formulas(self) -> Iterator[tuple[Place, str, bytes | None]]:
        """Yield place and text of each formula, and its result: None where there is none.

        The result of an empty text is nothing, but its element is there.
        """
        data = self._data
        for formula in re.compile(rb"<%sf(?=[\s/>])[^<>]*+>" % self._prefix).finditer(data, self._begin, self._end):
            cell = self._cell.match(data, self._cell_before(formula.start(), _LONGEST_TAG))
            if cell is None or b"inlineStr" in cell[0]:
                continue
            value = self._value(cell)
            if not value and (value is None or not re.search(rb""" t=["']str["']""", cell[0])):
                value = None
            text = b"" if formula[0].endswith(b"/>") else data[formula.end() : data.find(b"<", formula.end())]
            yield _place(cell), f"={html.unescape(text.decode('utf-8', 'replace')) or '…'}", value

    def long_numbers(self) -> Iterator[tuple[Place, str]]:
        """Yield whole numbers with more digits than Excel keeps of one."""
        value = re.compile(rb"v>(-?[0-9]{16,}+)<")
        for found in value.finditer(self._data, self._begin, self._end):
            cell = self._cell.match(self._data, self._cell_before(found.start(), _LONGEST_FORMULA))
            if cell and not re.search(rb""" t=["'][^n]""", cell[0]):
                yield _place(cell), found[1].decode()

    def _cell_before(self, place: int, within: int) -> int:
        """Return where the tag of a cell begins that is not farther before a place; there is none at the data's end."""
        at = self._data.rfind(b"<%sc " % self._prefix, max(place - within, 0), place)
        return at if at >= 0 else len(self._data)

    def _value(self, cell: re.Match[bytes]) -> bytes | None:
        """Return what stands in a cell's element for its value, not yet unescaped; None where there is none."""
        if cell[0].endswith(b"/>"):
            return None
        data = self._data
        following = data.find(b"<%sc " % self._prefix, cell.end())
        end = data.find(b"</%sc>" % self._prefix, cell.end(), following if following >= 0 else len(data))
        at = data.find(b"<%sv" % self._prefix, cell.end(), end)
        begin = data.find(b">", at) + 1
        return None if at < 0 else b"" if data[begin - 2 : begin] == b"/>" else data[begin : data.find(b"<", begin)]

    def rows(self) -> tuple[set[int], dict[int, int]]:
        """Return the rows that are hidden, and the levels of those grouped below others."""
        hidden, levels = set(), {}
        if b"hidden=" in self._data or b"outlineLevel=" in self._data:
            tags = re.compile(rb'<%srow r="([0-9]++)"([^<>]*+)>' % self._prefix)
            for row in tags.finditer(self._data, self._begin, self._end):
                if _HIDDEN(row[2]):
                    hidden.add(int(row[1]) - 1)
                if level := _OUTLINE(row[2]):
                    levels[int(row[1]) - 1] = int(level[1])
        return hidden, levels

    def hidden_columns(self) -> set[int]:
        """Return the columns that are hidden."""
        found: set[int] = set()
        for column in re.compile(rb"<%scol\s[^<>]*+>" % self._prefix).finditer(self._data, 0, self._begin):
            span = dict(re.findall(rb"""\b(min|max)=["']([0-9]{1,5})["']""", column[0]))
            if _HIDDEN(column[0]) and len(span) == len(("min", "max")):
                found.update(range(int(span[b"min"]) - 1, min(int(span[b"max"]), MAX_WIDTH)))
        return found

    def merged(self) -> list[Area]:
        """Return the merged areas."""
        tags = re.compile(rb"""<%smergeCell\s[^<>]*?\bref=["']([$A-Z0-9]+):([$A-Z0-9]+)["']""" % self._prefix)
        found = []
        for area in tags.finditer(self._data, self._end):
            with contextlib.suppress(BrokenWorkbook):  # an area that is nowhere merges nothing
                found.append((*place_of(area[1].decode()), *place_of(area[2].decode())))
        return found


_LONGEST_TAG: Final = 1_000  # bytes of a cell's tag, up to its formula
_LONGEST_FORMULA: Final = 60_000  # bytes of a cell up to its value; Excel takes 8,192 characters
_LETTERS: Final = string.ascii_letters.encode()
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true|on)["']""").search
_OUTLINE = re.compile(rb"""\boutlineLevel=["']([1-9])["']""").search


def _place(cell: re.Match[bytes]) -> Place:
    return place_of(cell[1].decode())


# --- A plainer copy of it --------------------------------------------------------------------------


@dataclass
class _Cell:
    """A cell as its XML has it: its type, its style, formula and value; None where an element is missing."""

    place: Place
    kind: str
    style: str
    formula: str | None = None
    value: str | None = None

    def written(self, reference: str) -> str:
        """Return its XML at another place, so that calamine can read it: whatever cannot be a number is a text."""
        kind, value = self.kind, self.value
        # Not "e" for errors, of which calamine does not know the newer ones.
        known = ("", "n", "s", "b", "d", "str")
        if kind not in known or (kind in ("", "n") and value and not _FLOAT(value)):
            kind = "str"
        content = "" if self.formula is None else f"<f>{escape(self.formula)}</f>"
        content += "" if value is None else f"<v>{escape(value)}</v>"
        style = f' s="{self.style}"' if self.style.isdecimal() else ""
        return f'<c r="{reference}"{style} t="{kind or "n"}">{content}</c>'


_FLOAT = re.compile(r"\s*+[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[Ee][+-]?[0-9]++)?\s*+", re.ASCII).fullmatch


class _Plainer:
    """Reads any XML that is a sheet's, and writes its filled cells side by side."""

    def __init__(self, data: bytes, *, final: bool = True) -> None:
        self.cells: list[_Cell] = []
        self.rows: dict[int, str] = {}
        """Rows that are hidden or grouped, and the attributes that say so."""
        self.around = {"cols": "", "mergeCells": ""}
        self._row = self._column = -1
        self._cell: _Cell | None = None
        self._into: str | None = None
        self._aside = 0
        parser = pyexpat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data, final)

    def _start(self, name: str, at: dict[str, str]) -> None:
        match _local(name):
            case "row":
                self._row = int(at["r"]) - 1 if "r" in at else self._row + 1
                self._column = -1
                marks = "".join(f' {one}="{escape(at[one])}"' for one in ("hidden", "outlineLevel") if one in at)
                if marks:
                    self.rows[self._row] = marks
            case "c":
                place = place_of(at["r"]) if "r" in at else place_of(f"{letters_of(self._column + 1)}{self._row + 1}")
                self._column = place[1]
                self._cell = _Cell(place, at.get("t", ""), at.get("s", ""))
            case "f" | "v" as part if self._cell:
                self._into = "formula" if part == "f" else "value"
                setattr(self._cell, self._into, "")
            case "t" if self._cell and not self._aside:
                self._into = "value"
                self._cell.value = self._cell.value or ""
            case "rPh":
                self._aside += 1
            case "col":
                self._keep("cols", "col", at)
            case "mergeCell":
                self._keep("mergeCells", "mergeCell", at)

    def _keep(self, around: str, name: str, at: dict[str, str]) -> None:
        attributes = "".join(f' {key}="{escape(value)}"' for key, value in at.items() if "}" not in key)
        self.around[around] += f"<{name}{attributes}/>"

    def _end(self, name: str) -> None:
        match _local(name):
            case "c" if self._cell:
                if self._cell.value or self._cell.formula is not None:
                    self.cells.append(self._cell)
                self._cell = None
            case "f" | "v" | "t":
                self._into = None
            case "rPh":
                self._aside -= 1

    def _text(self, text: str) -> None:
        if self._into and self._cell:
            setattr(self._cell, self._into, getattr(self._cell, self._into) + text)

    def written(self) -> tuple[bytes, list[int], list[int]]:
        """Return the XML, and which rows and columns of the sheet stand side by side in it."""
        rows = sorted({cell.place[0] for cell in self.cells})
        columns = sorted({cell.place[1] for cell in self.cells})
        letters = {column: letters_of(at) for at, column in enumerate(columns)}
        lines: dict[int, list[str]] = {row: [] for row in rows}
        numbers = {row: at for at, row in enumerate(rows, 1)}
        for cell in sorted(self.cells, key=lambda cell: cell.place):
            row, column = cell.place
            lines[row].append(cell.written(f"{letters[column]}{numbers[row]}"))
        parts = [f'<worksheet xmlns="{_MAIN}"><cols>{self.around["cols"]}</cols><sheetData>']
        parts += (
            f'<row r="{numbers[row]}"{self.rows.get(row, "")}>{"".join(line)}</row>' for row, line in lines.items()
        )
        parts.append(f"</sheetData><mergeCells>{self.around['mergeCells']}</mergeCells></worksheet>")
        return "".join(parts).encode("utf-8", "replace"), rows, columns
