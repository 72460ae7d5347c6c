"""What a spreadsheet would take for a formula in a text, and the mark in front that keeps it one: written, and read.

A CSV says nothing of its separator: some programs split it at semicolons, tabs, bars or what else their user names, in
the midst of what we wrote as one cell. So a text gets its single quote wherever such a piece of it would begin. Any
quotes that stand there already get one more, and the reader takes one away. Behind a blank, which is in every text,
only what computes or calls something gets one: an equals sign, and a function's or another program's name.
"""

import re
import unicodedata
from typing import Final

_STARTS: Final = "=+\\-@＝＋－＠﹦﹢﹣﹫"
_SEPARATORS: Final = ";,|^~:\t\r\n"
_BEGINS = re.compile(rf"(^|[{re.escape(_SEPARATORS)}])([ \u3000\xa0\"']*+)(?=[{_STARTS}])")
_BEHIND_BLANK = re.compile(rf"( )([\"']*+)(?=[=＝﹦]\S|[{_STARTS}][^\W\d][\w.]*+[(|!])")
_PIECES = {
    "": re.compile(r".*+", re.DOTALL).match,
    **{sign: re.compile(rf"[^{sign}\r\n]*+").match for sign in _SEPARATORS},
}
"""What a cell holds from its beginning, and from behind each separator that splits it: other separators do not then."""
_NUMERIC = re.compile(r"[+-]?[0-9]++(?:\.[0-9]++)?%?\s*+", re.ASCII).fullmatch


def _begins_with_control(text: str) -> bool:
    start = text.lstrip(" \u3000\xa0")[:1]
    return bool(start) and unicodedata.category(start) == "Cc"


def disarmed(text: str) -> str:
    """Return a text with a single quote before whatever would be a formula; plain numbers stay as they are.

    >>> [disarmed(text) for text in ("=1+1", "-5.00", "a;=1+1", "'=1", "Acme, -5%", "a - b", "+0|x")]
    ["'=1+1", '-5.00', "a;'=1+1", "''=1", 'Acme, -5%', 'a - b', "'+0|x"]
    """

    def put(found: re.Match[str]) -> str:
        piece = _PIECES[found[1]](text, found.end())
        # Where another separator than ours splits, the last piece goes on with the next cell, whatever that is.
        is_apart = piece and (found[1] in ("", ",") or piece.end() < len(text))
        if not found[2].strip() and piece and is_apart and _NUMERIC(piece[0]):
            return found[0]
        return f"{found[1]}'{found[2]}"

    made = _BEHIND_BLANK.sub(r"\1'\2", _BEGINS.sub(put, text))
    return f"'{made}" if _begins_with_control(made.lstrip("'")) else made


def armed(text: str) -> str:
    """Return a text as it was before `disarmed`; what others disarm is read so too.

    >>> [armed(text) for text in ("'=1+1", "a;'=1+1", "''=1", "O'Neill")]
    ['=1+1', 'a;=1+1', "'=1", "O'Neill"]
    """
    if text.startswith("'") and _begins_with_control(text.lstrip("'")):
        text = text[1:]
    if "'" not in text:
        return text
    for behind in (_BEHIND_BLANK, _BEGINS):
        text = behind.sub(lambda found: found[1] + found[2].removeprefix("'"), text)
    return text
