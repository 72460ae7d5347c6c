"""Which places of the table a WebAssembly module's exported functions have."""

import json
from pathlib import Path

import pytest

from calculators.engine.asks.settings import Settings
from macros.pages import bundle
from macros.runtime import archive
from macros.runtime.slots import slots

MAGIC = b"\0asm\x01\0\0\0"
NOTHING = b"\x01\x04\x01\x60\0\0"  # the type of functions that take and give nothing
THREE = b"\x03\x04\x03\0\0\0"  # functions of it
TABLE = b"\x04\x04\x01\x70\0\x09"
EXPORTS = b"\x07\x0d\x03\x01a\0\0\x01b\0\x01\x01t\x01\0"  # two functions, and the table
CODE = b"\x0a\x0a\x03\x02\0\x0b\x02\0\x0b\x02\0\x0b"
FROM_FIVE = b"\x09\x08\x01\0\x41\x05\x0b\x02\x02\x01"  # at 5 the third function, at 6 the second


def test_a_function_has_the_place_that_the_file_gives_it() -> None:
    """Counted from where the elements begin; what has no place, and what is no function, is not named."""
    assert slots(MAGIC + NOTHING + THREE + TABLE + EXPORTS + FROM_FIVE + CODE) == {"b": 6}


def test_a_library_counts_from_its_own_beginning() -> None:
    """It learns only when it is linked where that is: from a global, here the second one imported."""
    assert slots(MAGIC + EXPORTS + b"\x09\x08\x01\0\x23\x01\x0b\x02\x02\x01") == {"b": 1}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<!doctype html>"])
def test_what_is_no_module_is_refused(content: bytes) -> None:
    """An empty file, an archive and a page are none."""
    with pytest.raises(ValueError, match="no WebAssembly"):
        slots(content)


def test_a_table_that_is_filled_in_another_way_is_refused() -> None:
    """Passive and declared elements tell no place: a wrong one would let Python call a wrong function."""
    with pytest.raises(ValueError, match="plain active segments"):
        slots(MAGIC + b"\x09\x05\x01\x01\0\x01\x00")


def test_of_what_python_links_only_its_own_module_has_such_functions() -> None:
    """So what a page gets of it is enough to restore the snapshot in Safari's engine."""
    made = bundle(Settings())
    manifest = json.loads(Path(made.files[made.manifest]).read_text("utf-8"))

    def content(entry: dict[str, str]) -> bytes:
        return archive.decompress(made.files[entry["name"]].read_bytes())

    places = json.loads(content(manifest["slots"]))
    assert places == slots(content(manifest["start"]["wasm"]))
    assert places
    packed = content(manifest["start"]["libraries"])
    offset = 4 + int.from_bytes(packed[:4], "little")
    for name, size in json.loads(packed[4:offset]):
        assert slots(packed[offset : offset + size]) == {}, name
        offset += size
