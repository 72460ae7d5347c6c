"""Which places of its table a WebAssembly module gives to the functions that it exports: a fact of the file.

Emscripten asks of a function whether it has a place already, and gives it one if not. In Safari's engine a function
that a module exports and the same one in the table are two objects, so that it finds none, and every address after
comes out different from a snapshot's. There a page takes from the table what has a place
(docs/assets/javascripts/slots.js).
Not here: that, and any other section of such files.
"""

_EXPORTS, _ELEMENTS = 7, 9
_FUNCTION = 0
_CONSTANT = 0x41  # i32.const
_MAGIC = b"\0asm\x01\0\0\0"


class _Reader:
    def __init__(self, content: bytes, at: int = 0) -> None:
        self.content = content
        self.at = at

    def byte(self) -> int:
        self.at += 1
        return self.content[self.at - 1]

    def number(self) -> int:
        """Return the next number, as WebAssembly writes them: LEB128, seven bits a byte."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:  # noqa: PLR2004 - the eighth bit: there is more
                return value

    def text(self) -> str:
        length = self.number()
        self.at += length
        return self.content[self.at - length : self.at].decode()


def slots(content: bytes) -> dict[str, int]:
    """Return the place of each exported function that has one, counted from the first of the module.

    Pyodide's own module begins at 1; a library learns its beginning when it is linked, so for one it is 0. Raises
    ValueError at anything but a module whose table is filled when it begins.
    """
    if not content.startswith(_MAGIC):
        raise ValueError("it is no WebAssembly module")
    reader = _Reader(content, len(_MAGIC))
    functions: dict[str, int] = {}
    places: dict[int, int] = {}
    while reader.at < len(content):
        section, size = reader.byte(), reader.number()
        end = reader.at + size
        if section == _EXPORTS:
            for _ in range(reader.number()):
                name, kind, index = reader.text(), reader.byte(), reader.number()
                if kind == _FUNCTION:
                    functions[name] = index
        elif section == _ELEMENTS:
            for _ in range(reader.number()):
                if reader.number() != 0:
                    raise ValueError("its table is not filled by plain active segments")
                constant, value = reader.byte() == _CONSTANT, reader.number()
                start = value if constant else 0  # else it is the global in which a library finds its beginning
                reader.byte()  # the end of that expression
                for place in range(reader.number()):
                    places.setdefault(reader.number(), start + place)
        reader.at = end
    return {name: places[index] for name, index in functions.items() if index in places}
