"""Where a page comes from: the company's own pages, laid over ours like one folder over another.

A page in ``docs/`` of the company's folder has our page's name and says in its front matter ``replaces:`` with the
mark of the page of ours that it was copied from; or it is new, and says ``after:`` which page it stands in the
navigation. Nothing is replaced by chance, and whoever wrote a page is told when ours has changed since. Terms and
questions of its own are in ``glossary.toml`` and ``quiz.toml`` of that folder, as ours in ``docs``.
"""

import datetime
import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import calculators
from calculators.engine.shows.text import LANGUAGES, base, spoken
from macros.anatomy import front_matter, overdue
from macros.said import say

OURS = Path(__file__).resolve().parent.parent / "docs"
COMPANY = calculators.COMPANY
OWN = COMPANY / "docs"
TEXTS = (".md", ".toml", ".yml", ".css", ".csv", ".py", ".svg")


def source(src_uri: str) -> Path:
    """Return the file of a page or of another thing under ``docs``: the company's where it has one, else ours.

    A page that one of the company's own languages lacks is that of the language it is made from.
    """
    own = OWN / src_uri
    language, _, page = src_uri.partition("/")
    if not own.is_file() and language in spoken(COMPANY)[len(LANGUAGES) :]:
        return source(f"{base(language)}/{page}")
    return own if own.is_file() else OURS / src_uri


def front_matter_of(src_uri: str) -> dict[str, Any]:
    """Return what a page's front matter says. Raises ValueError, with the line, where it cannot be read."""
    return front_matter(source(src_uri).read_text(encoding="utf-8-sig"))


def called(path: Path) -> str:
    """Return what a file, the company's or ours, is called in a sentence: by its place below that of both."""
    top = COMPANY.parent if path.is_relative_to(COMPANY) else OURS.parent
    return path.relative_to(top).as_posix()


def own_pages() -> Iterator[str]:
    """Yield the company's own pages by what they are called in the site (``zh/stage-1/seed-customers.md``)."""
    for path in sorted(OWN.rglob("*.md")):
        yield path.relative_to(OWN).as_posix()


def pages() -> list[str]:
    """Return every page of the site, ours and the company's, by what it is called there."""
    ours = (path.relative_to(OURS).as_posix() for path in OURS.glob("*/**/*.md"))
    return sorted({*ours, *own_pages()})


def translates(page: str) -> str:
    """Return the page of ours that one in a language of the company's own is in that language; empty for others."""
    language, _, name = page.partition("/")
    if language not in spoken(COMPANY)[len(LANGUAGES) :]:
        return ""
    original = f"{base(language)}/{name}"
    return original if (OURS / original).is_file() else ""


def own_files() -> Iterator[str]:
    """Yield everything of the company's that is published: its pages, and its pictures beside them."""
    for path in sorted(OWN.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield path.relative_to(OWN).as_posix()


def entries(name: str, kind: str) -> list[dict[str, Any]]:
    """Return the entries of the glossary or the quiz: ours, the company's of the same id in their place, its others.

    Ours are in one file, or by topic in a folder of that name; the company's are in one file.
    """
    known = our_entries(name, kind)
    by_id = {entry["id"]: entry for entry in _entries(COMPANY / name, kind)}
    return [by_id.pop(entry["id"], entry) for entry in known] + list(by_id.values())


def files_of_ours(name: str) -> list[Path]:
    """Return the files that have our entries of the glossary or the quiz."""
    ours = OURS / name
    return [ours] if ours.is_file() else sorted(ours.with_suffix("").glob("*.toml"))


def our_entries(name: str, kind: str) -> list[dict[str, Any]]:
    """Return our entries of the glossary or the quiz, whatever a company has."""
    return [entry for path in files_of_ours(name) for entry in _entries(path, kind)]


def _entries(path: Path, kind: str) -> list[dict[str, Any]]:
    read = tomllib.loads(path.read_text(encoding="utf-8-sig")) if path.is_file() else {}
    found: list[dict[str, Any]] = read.get(kind, [])
    return found


def mark(src_uri: str) -> str:
    """Return the mark by which a page of ours is known again: it is another as soon as the page is."""
    text = (OURS / src_uri).read_text(encoding="utf-8-sig")  # the same however git has written the lines
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def copied(src_uri: str) -> str:
    """Return a page of ours as a company starts its own from it: the same, and marked as its replacement.

    Raises ValueError where we have no such page.
    """
    page = OURS / src_uri
    if not page.is_file():
        raise ValueError(say("layers.no_original", page=src_uri))
    text = page.read_text(encoding="utf-8-sig")
    line = f"replaces: {mark(src_uri)}\n"
    return text.replace("---\n", f"---\n{line}", 1) if text.startswith("---\n") else f"---\n{line}---\n\n{text}"


def not_text() -> list[str]:
    """Return each file of the company's that is no UTF-8, with the line from which on: nothing else can read it."""
    found = []
    for path in sorted(COMPANY.rglob("*")) if COMPANY.is_dir() else ():
        if path.suffix in TEXTS and path.is_file() and not any(part.startswith(".") for part in path.parts):
            try:
                path.read_text(encoding="utf-8-sig")
            except UnicodeDecodeError as error:
                line = error.object[: error.start].count(b"\n") + 1
                found.append(f"{called(path)}:{line}: {say('layers.not_utf8')}")
    return found


def mistakes() -> list[str]:
    """Return what is wrong with how the company's pages lie over ours, a sentence each."""
    if found := not_text():
        return found
    languages = spoken(COMPANY)
    for page in own_pages():
        if page.partition("/")[0] not in languages:
            found.append(say("layers.no_language", page=named(page), languages=[f"docs/{one}" for one in LANGUAGES]))
            continue
        try:
            meta = front_matter_of(page)
        except ValueError as mistake:
            found.append(f"{named(page)}: {mistake}")
            continue
        ours = (OURS / page).is_file()
        if translates(page):  # and says with `replaces`, if it wants to, of which state
            continue
        if ours and "replaces" not in meta:
            found.append(say("layers.has_our_name", page=named(page), mark=mark(page)))
        elif "replaces" in meta and not ours:
            found.append(say("layers.replaces_none", page=named(page)))
        elif not ours and not str(meta.get("after", "")).strip():
            found.append(say("layers.no_place", page=named(page)))
    return found


def outdated(page: str) -> str:
    """Return what to do with a page of the company's whose original has changed since the copy; nothing for others."""
    original = translates(page) or page
    said = front_matter_of(page).get("replaces")
    if not ((OWN / page).is_file() and (OURS / original).is_file()) or (said is None and original != page):
        return ""
    if str(said) == mark(original):
        return ""
    return say("layers.changed", page=named(page), original=original, mark=mark(original))


class Due(NamedTuple):
    """A page that somebody is to look at: its name, why, who answers for it (empty: nobody), and what to do."""

    page: str
    why: Literal["unwritten", "overdue", "outdated"]
    owner: str
    sentence: str


def due(page: str, today: datetime.date) -> Iterator[Due]:
    """Yield why a page is to be looked at, if it is."""
    meta = front_matter_of(page)
    owner = str(meta.get("owner", ""))
    if meta.get("unwritten"):
        yield Due(page, "unwritten", owner, say("layers.unwritten", page=named(page)))
    if overdue(meta, today):
        yield Due(page, "overdue", owner, say("layers.overdue", page=named(page), day=meta["next_review"]))
    if sentence := outdated(page):
        yield Due(page, "outdated", owner, sentence)


def replaced() -> list[str]:
    """Return the pages of ours that the company's stand in for."""
    return [page for page in own_pages() if (OURS / page).is_file()]


def with_own_pages(nav: Sequence[Any]) -> list[Any]:
    """Return the navigation of mkdocs.yml with the company's new pages in it, each after the page it names.

    Raises ValueError for a page that comes after none that is there.
    """
    placed: list[Any] = list(nav)
    waiting = {
        page.partition("/")[2]: str(front_matter_of(page)["after"]).removesuffix(".md") + ".md"
        for page in own_pages()
        if not (OURS / page).is_file() and "after" in front_matter_of(page)
    }
    while waiting:
        before = len(waiting)
        for page, after in list(waiting.items()):
            if _put_after(placed, after, page):
                del waiting[page]
        if len(waiting) == before:
            page, after = next(iter(waiting.items()))
            raise ValueError(say("layers.after_none", page=named(page), after=after))
    return placed


def _put_after(items: list[Any], after: str, page: str) -> bool:
    """Put a page behind another, in whichever group of the navigation that is; say whether it is there."""
    for place, item in enumerate(items):
        inner = list(item.values()) if isinstance(item, dict) else [item]
        if after in inner:
            items.insert(place + 1, page)
            return True
        if any(isinstance(group, list) and _put_after(group, after, page) for group in inner):
            return True
    return False


def path_in_repository(page: str) -> str:
    """Return where the file that a page is read from is in the company's repository: a clone of ours, or its folder.

    Empty for a page of ours where the repository is the folder alone.
    """
    read, company, ours = source(page).resolve(), COMPANY.resolve(), OURS.parent
    top = ours if company.is_relative_to(ours) else company
    return read.relative_to(top).as_posix() if read.is_relative_to(top) else ""


def named(page: str) -> str:
    """Return what a page is called in a sentence: by the folder that it is read from."""
    return f"{COMPANY.name}/docs/{page}" if (OWN / page).is_file() or not (OURS / page).is_file() else f"docs/{page}"
