"""Archives: several files as one, compressed with Zstandard, which makes them small and unpacks in a moment.

Here: the format. Not here: what goes into an archive (`bundle`, `snapshot`), and reading it again (boot.js and
snapshot.js in docs/assets/javascripts, `restored.py` in the browser's Python).
"""

import io
import json
import struct
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import zstandard

FRAME = 16 << 20
"""Bytes that are compressed together: what has arrived is unpacked while the rest is under way."""
_SKIPPABLE = 0x184D2A50  # the magic number of a frame that unpackers pass over: RFC 8878, section 3.1.2
# Level 19 looks as far back as the frame goes. Beyond it, three times the time saves one thousandth.
_PARAMETERS = zstandard.ZstdCompressionParameters.from_level(
    19, window_log=FRAME.bit_length() - 1, write_content_size=True, write_checksum=True
)


def compress(*contents: bytes) -> bytes:
    """Zstandard frames as any unpacker reads them, each with its checksum; the same bytes from the same contents.

    Each content begins a frame of its own.

    Before them, in a frame that unpackers pass over, stands how long each is, packed and unpacked (uint32,
    little-endian): a page can so unpack each as soon as it is there.

    >>> struct.unpack_from("<4I", compress(b"sales " * 1000))
    (407710288, 8, 28, 6000)
    """
    parts = [content[at : at + FRAME] for content in contents for at in range(0, len(content), FRAME)]
    with ThreadPoolExecutor() as pool:  # the compressor lets other threads run
        frames = list(pool.map(lambda part: _compressor().compress(part), parts))
    lengths = [length for frame, part in zip(frames, parts, strict=True) for length in (len(frame), len(part))]
    table = struct.pack(f"<{len(lengths)}I", *lengths)
    return struct.pack("<2I", _SKIPPABLE, len(table)) + table + b"".join(frames)


def _compressor() -> zstandard.ZstdCompressor:
    return zstandard.ZstdCompressor(compression_params=_PARAMETERS)


def decompress(archive: bytes) -> bytes:
    """What was compressed.

    >>> decompress(compress(b"sales"))
    b'sales'
    """
    with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(archive), read_across_frames=True) as reader:
        return reader.read()


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files as one, not yet compressed.

    In it: the length of an index as uint32 (little-endian), the index as JSON [[name, size], …] (bytes),
    and the contents in its order.

    >>> pack([("a.py", b"A=1"), ("b.py", b"")])[4:]
    b'[["a.py", 3], ["b.py", 0]]A=1'
    """
    listed = list(files)
    index = json.dumps([[name, len(content)] for name, content in listed]).encode()
    return struct.pack("<I", len(index)) + index + b"".join(content for _, content in listed)
