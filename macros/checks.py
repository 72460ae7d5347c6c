"""What a build finds wrong, all of it at once and each with file and line: in the sources, and in the built pages.

Sources are read before anything is made, so that a writer does not wait for what the files alone tell. A built site is
read before it takes the place of the last one. What a practice page consists of is in `anatomy`, and how the company's
pages lie over ours in `layers`.
"""

import datetime
import os
import posixpath
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from html import unescape
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from macros import layers
from macros.anatomy import FRONT_MATTER, front_matter_lines, overdue
from macros.layers import OURS, called, front_matter_of, named, source
from macros.said import say
from macros.shown import STAGES, Shown

KNOWN = (
    *FRONT_MATTER,
    *("kind", "omitted", "asks", "bring", "get", "after", "replaces", "unwritten"),  # ours
    *("hide", "search", "icon", "status", "subtitle", "tags", "template"),  # MkDocs' and Material's
)
"""What the front matter of a page may say."""
ENTRIES: Mapping[str, tuple[str, frozenset[str]]] = {
    "glossary.toml": ("term", frozenset({"id", "measure", "page"})),
    "quiz.toml": ("question", frozenset({"id", "roles", "stage", "page"})),
}
"""What an entry may say beside its words, by file."""
_IN_LANGUAGES = ("", "_also", "_not", "_text")

NUMBER = r"(?<![\d.])\d(?:[\d.,]*\d)?"
TYPED = re.compile(
    rf"""{NUMBER}\s*[%％] | [¥￥$€£]\s*\d | {NUMBER}\s*(?:元|万|亿|yuan|dollars|CNY|RMB)
    | 百分之 | (?<!第)[二三四五六七八九]成|一成(?!不变|立|功|长|员|熟)
    | {NUMBER}\s*(?:人|名|位|家|个客户)
    | (?:[二三四五六七八九]十|十[一二三四五六七八九]|[百千]|几十)[一二三四五六七八九十]*
      (?:人|名|位|家|个(?:人|客户|销售))
    | {NUMBER}\s*(?:people|persons?|customers?|salespeople|reps|hires|newcomers|employees|staff|prospects
      |mentors?|mentees?|trainees)\b
    | \b(?:eleven|twelve|twenty|thirty|forty|fifty|hundreds?)\s(?:people|customers|salespeople|reps|prospects)\b
    | \b(?:percent|per\ cent)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""A percentage, an amount of money or a head count. Numbers up to ten in words ("see three customers") are prose."""
TYPED_ON_PURPOSE = {
    "100%": "the whole",
    "100 %": "the whole",
    "95%": "the level of Wilson's interval, by convention",
    "percent": "the word, for a sign or a column",
    "per cent": "the word: as against percentage points",
}
_HEADING = re.compile(r"^(#{1,6}) +(.*?)(?: *\{[^}]*?#([\w:.-]+)[^}]*\})? *$")
_LOADS = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object|link)\b[^>]*?\s(?:src|href|data|poster|srcset)=["']?"""
    r"""((?:https?:)?//[^"'\s>]+) | !\[[^\]]*\]\(\s*<?((?:https?:)?//[^)\s>]+)"""
    r""" | (?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s]+)""",
    re.VERBOSE | re.IGNORECASE,
)


# --- the sources -------------------------------------------------------------------------------------


def in_sources(pages: Collection[str], what: Shown) -> list[str]:
    """Return what is wrong in the files of the pages (``zh/about.md``) that a company shows, and around them."""
    unread = unreadable(pages)
    found = [f"{named(page)}: {mistake}" for page, mistake in unread.items()]
    readable = [page for page in sorted(pages) if page not in unread]
    read = set()
    for page in readable:
        if source(page) not in read:  # which fills up a language that lacks the page
            found += [f"{called(source(page))}:{line}: {sentence}" for line, sentence in _of_page(page)]
        read.add(source(page))
        own, _, name = page.partition("/")
        found += [
            say("checks.no_counterpart", page=named(page), language=language)
            for language in what.languages
            if own in what.languages and f"{language}/{name}" not in pages
        ]
    found += _unlike(readable, what)
    found += _of_entries(what)
    found += _of_styles()
    return found


def unreadable(pages: Collection[str]) -> dict[str, str]:
    """Return what is wrong with the front matter of each page where it cannot be read."""
    found = {}
    for page in sorted(pages):
        try:
            front_matter_of(page)
        except ValueError as mistake:
            found[page] = str(mistake)
    return found


def _of_page(page: str) -> Iterator[tuple[int, str]]:
    """Yield line and sentence of each mistake of a page that can be read."""
    text = source(page).read_text(encoding="utf-8-sig")
    lines = front_matter_lines(text)
    meta = front_matter_of(page)
    for key in meta:
        if key not in KNOWN:
            yield lines.get(key, 1), say("checks.no_key", key=key, nearest=nearest(str(key), KNOWN))
    if "stage" in meta and meta["stage"] not in (*STAGES, "all"):
        yield lines.get("stage", 1), say("checks.stage", stage=meta["stage"])
    if os.environ.get("PLAYBOOK_OVERDUE") == "stop" and overdue(meta, datetime.date.today()):
        yield lines.get("next_review", 1), say("checks.overdue", day=meta["next_review"])
    for line, address in loaded(text):
        yield line, say("checks.from_elsewhere", address=address)
    if source(page).is_relative_to(OURS):
        for line, figure in typed(text):
            yield line, say("checks.typed", figure=figure)


def nearest(name: str, known: Collection[str], like: float = 0.6) -> str:
    """Return which of the known names is meant, as the end of a sentence; nothing where none is as ``like`` it.

    >>> nearest("xyz", ["title", "description"])
    ''
    """
    near = get_close_matches(name, known, 1, like)
    return say("checks.nearest", near=near[0]) if near else ""


def prose(text: str) -> Iterator[str]:
    """Yield a page's lines without what macros print and without code, which shows ways of writing numbers.

    They are as many as the page's own.
    """

    def blank(found: re.Match[str]) -> str:
        return "§" + "\n" * found[0].count("\n")

    yield from re.sub(r"\{\{.*?\}\}", blank, _without_code(text), flags=re.DOTALL).splitlines()


def _without_code(text: str) -> str:
    """Return a text with nothing where it has code, in as many lines."""
    return re.sub(r"```.*?```|`[^`\n]*`", lambda code: "\n" * code[0].count("\n"), text, flags=re.DOTALL)


def typed(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and words of each figure that stands in a text and not behind a name.

    >>> list(typed("Ask.\\n\\nSee 12 customers of {{ example.all }}, 100%."))
    [(3, '12 customers')]
    """
    for number, line in enumerate(prose(text), 1):
        for found in TYPED.finditer(line):
            if found[0].strip().lower() not in TYPED_ON_PURPOSE:
                yield number, found[0].strip()


def loaded(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and address of each thing that a page or a style would load from another origin.

    >>> list(loaded('<a href="https://example.com">e</a>\\n![](https://example.com/a.png)'))
    [(2, 'https://example.com/a.png')]
    """
    for number, line in enumerate(_without_code(text).splitlines(), 1):
        for found in _LOADS.finditer(line):
            yield number, next(filter(None, found.groups()))


def _of_styles() -> Iterator[str]:
    for folder in (layers.OWN, layers.COMPANY / "theme"):
        for path in sorted([*folder.rglob("*.css"), *folder.rglob("*.svg")]):
            for line, address in loaded(path.read_text(encoding="utf-8-sig")):
                yield f"{called(path)}:{line}: {say('checks.style_from_elsewhere', address=address)}"


def headings(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield line, level and explicit id of each heading of a page; an empty id where it has none.

    >>> list(headings("## Steps {#steps}\\n```\\n# not this\\n```\\n### More"))
    [(1, 2, 'steps'), (5, 3, '')]
    """
    without_code = re.sub(r"^( *)(```|~~~).*?^\1\2", lambda code: "\n" * code[0].count("\n"), text, flags=re.M | re.S)
    for number, line in enumerate(without_code.splitlines(), 1):
        if found := _HEADING.match(re.sub(r"^\s*-\s+(?=#)", "", line)):
            yield number, len(found[1]), found[3] or ""


def _unlike(pages: Collection[str], what: Shown) -> Iterator[str]:
    """Yield where a page's headings differ from those of the same page in the first language."""
    first = what.languages[0]
    for page in sorted(pages):
        language, _, name = page.partition("/")
        if language == first or language not in what.languages or f"{first}/{name}" not in pages:
            continue
        own, others = (
            [one for one in headings(source(of).read_text(encoding="utf-8-sig")) if one[2] or one[1] > 1]
            for of in (page, f"{first}/{name}")
        )
        for here, there in zip_longest(own, others):
            if (here or (0, 0, None))[2] != (there or (0, 0, None))[2]:
                line = here[0] if here else len(source(page).read_text(encoding="utf-8-sig").splitlines())
                said, meant = (f"{{#{one[2]}}}" if one and one[2] else say("checks.no_id") for one in (here, there))
                other = named(f"{first}/{name}")
                counterpart = f"{other}:{there[0]}" if there else say("checks.ends", page=other)
                unlike = say("checks.unlike", said=said, counterpart=counterpart, meant=meant)
                yield f"{named(page)}:{line}: {unlike}"
                break


def _of_entries(what: Shown) -> Iterator[str]:
    """Yield what is wrong in the lists that lead to pages: a page that is none, a key that nothing reads."""
    pages = {page.partition("/")[2] for page in layers.pages()}
    for path, table, keys in _lists():
        written = path.read_text(encoding="utf-8-sig")
        at = _Lines(written)
        for entry in tomllib.loads(written).get(table, []) if table else [*tomllib.loads(written).values()]:
            for key in entry if keys else ():
                allowed = keys | {
                    f"{language}{end}" for language in (*what.languages, "zh", "en") for end in _IN_LANGUAGES
                }
                if key not in allowed:
                    line = at.of(f"{key}", entry)
                    unknown = say("checks.entry_key", key=key, file=path.name, nearest=nearest(key, allowed))
                    yield f"{called(path)}:{line}: {unknown}"
            for target in [entry["page"]] if "page" in entry else entry.get("pages", []):
                page = target.partition("#")[0]
                if page not in pages:
                    line = at.of(target, entry)
                    yield f"{called(path)}:{line}: {say('checks.no_page', page=page, nearest=nearest(page, pages))}"


def _lists() -> Iterator[tuple[Path, str, frozenset[str]]]:
    """Yield each file whose entries lead to pages, ours and the company's, its table, and what an entry may say."""
    for name, (table, keys) in ENTRIES.items():
        yield from (
            (path, table, keys) for path in (*layers.files_of_ours(name), layers.COMPANY / name) if path.is_file()
        )
    yield OURS / "synonyms.toml", "also", frozenset()
    for path in (OURS.parent / "calculators/measures.toml", layers.COMPANY / "measures.toml"):
        if path.is_file():
            yield path, "", frozenset()


class _Lines:
    """Where in a file something is written, below the entry that it belongs to."""

    def __init__(self, written: str) -> None:
        self.lines = written.splitlines()

    def of(self, text: str, entry: Mapping[str, Any]) -> int:
        begin = 0
        if "id" in entry:
            begin = next((at for at, line in enumerate(self.lines) if f'"{entry["id"]}"' in line), 0)
        return next((at for at, line in enumerate(self.lines[begin:], begin + 1) if text in line), begin + 1)


# --- the built site ------------------------------------------------------------------------------------

_TAG = re.compile(r"<(a|link|script|img|iframe|source|video|audio|embed|object)\b([^>]*)>", re.IGNORECASE)
_ADDRESS = re.compile(r"""\s(href|src|data|poster)=(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_ID = re.compile(r"""\s(?:id|name)=(?:"([^"]*)"|([^\s>"']+))""")
_NOT_SHOWN = re.compile(r"<!--.*?-->|(<script\b[^>]*>).*?</script>|(<style\b[^>]*>).*?</style>", re.DOTALL)


def in_site(site: Path) -> list[str]:
    """Return what is wrong in the pages of a built site: links that lead nowhere, and what comes from elsewhere."""
    pages = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}

    @cache
    def text(page: str) -> str:
        return _NOT_SHOWN.sub(lambda found: found[1] or found[2] or "", pages[page].read_text(encoding="utf-8"))

    @cache
    def ids(page: str) -> frozenset[str]:
        return frozenset(unescape(one or other) for one, other in _ID.findall(text(page)))

    there: dict[str, bool] = {}
    found: dict[str, None] = {}
    for page in pages:
        if page == "404.html":
            continue
        for tag, attributes in _TAG.findall(text(page)):
            if re.search(r"\srel=.?(?:canonical|alternate)\b", attributes):  # which name addresses, and load nothing
                continue
            for name, *values in _ADDRESS.findall(attributes):
                address = unescape(next(filter(None, values), ""))
                if tag.lower() == "a" and name.lower() != "href":
                    continue
                parts = urlsplit(address)
                if parts.scheme or parts.netloc:
                    if tag.lower() != "a" and parts.scheme not in ("data", "blob"):
                        found[say("checks.loads", page=page, address=address)] = None
                    continue
                target = posixpath.normpath(
                    posixpath.join(posixpath.dirname(page), unquote(parts.path) or posixpath.basename(page))
                )
                if target not in there:
                    there[target] = (site / target).is_file() or (site / target / "index.html").is_file()
                fragment = unquote(parts.fragment)
                if not there[target]:
                    found[say("checks.leads_nowhere", place=_written(page, address), address=address)] = None
                elif tag.lower() == "a" and fragment and target in pages and fragment not in ids(target):
                    place = _written(page, address)
                    found[say("checks.no_anchor", place=place, page=target, anchor=fragment)] = None
    return list(found)


def _written(page: str, address: str) -> str:
    """Return where a link of a built page is written: a page's source or a list with its line, else the page."""
    tail = posixpath.basename(urlsplit(address).path).replace(".html", ".md") + (
        "#" + urlsplit(address).fragment
    ).rstrip("#")
    name = page.replace(".html", ".md")
    language, _, below = name.partition("/")
    sources = [of for of in (name, f"zh/{name}", f"en/{name}", f"{language}/{below}") if source(of).is_file()]
    written = [(named(of), source(of)) for of in sources] + [(called(path), path) for path, _, _ in _lists()]
    for said, path in written:
        for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
            if tail and re.search(rf"(?<![\w.-]){re.escape(tail)}", line):  # c.md is no part of demo_rubric.md
                return f"{said}:{number}"
    return page
