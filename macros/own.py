"""What the company's folder holds beside its pages, and what the build says of it: words, measures, templates, theme.

Each is read where it is used (``calculators`` has words and measures, `templates`, `theme`); here is what it stands in
the place of, and every mistake in it, with file and line. Nothing is in the place of something by chance or in silence.
"""

import re
import string
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from calculators import CALCULATORS
from calculators import measures as dictionary
from calculators.engine.asks.settings import Settings
from calculators.engine.shows import text
from calculators.engine.shows.text import Language, base
from macros import layers, theme
from macros.checks import ENTRIES, nearest
from macros.examples import in_language
from macros.templates import model

KNOWN = (
    *("playbook.yml", "docs", "calculators", "text", "templates", "theme"),
    *("glossary.toml", "quiz.toml", "measures.toml"),
)
"""What a company's folder is read for; other names that nobody reads are told, but for notes and hidden files."""
SITE_WORDS = ("name", "description", "language")
"""What the site is called, what search engines say of it, and what its language is called in the switcher."""


def mistakes(navigation: Mapping[Language, Mapping[str, str]]) -> list[str]:
    """Return what is wrong in the company's folder but for its pages, a sentence each, behind file and line.

    ``navigation`` is what the groups of the navigation are called, by language and by their names in mkdocs.yml.
    """
    if not layers.COMPANY.is_dir():
        return []
    found = [*_unreadable()]
    for language, groups in navigation.items():
        known = words(language, {**groups, **{name: name for name in groups.values()}})
        for path in text.word_files(language):
            if (read := _read(path)) is not None:
                found += [f"{_at(path, key)}: {sentence}" for key, sentence in _words_wrong(read, known)]
    measures = layers.COMPANY / "measures.toml"
    found += [f"{_at(measures, name)}: {name}: {said}" for name, said in dictionary.WRONG.items() if name]
    for name in model.own_templates():
        path = layers.COMPANY / "templates" / f"{name}.toml"
        try:
            for language in navigation:
                for filled in (False, True):
                    model.read(name, language, Settings(), filled=filled)
        except Exception as error:
            found.append(f"{layers.called(path)}: no template can be made of it: {type(error).__name__}: {error}")
    path = theme.folder() / "theme.toml"
    found += [f"{_at(path, f'colours.{token}')}: {token} {said}{_near(token)}" for token, said in theme.wrong()]
    return found


def _near(token: str) -> str:
    return "" if token in theme.TOKENS else f"{nearest(token, theme.TOKENS)}; there are: {', '.join(theme.TOKENS)}"


def unread() -> list[str]:
    """Return what lies in the company's folder and is read by nobody, a sentence each."""
    if not layers.COMPANY.is_dir():
        return []
    return [
        f"{layers.called(path)} is read by nobody{nearest(path.name, KNOWN)}"
        for path in sorted(layers.COMPANY.iterdir())
        if path.name not in KNOWN and path.suffix in ("", ".yml", ".yaml", ".toml") and path.name[0] not in "._"
        if path.stem.upper() != path.stem  # README, LICENSE, Makefile is one more
        if path.name not in ("Makefile",)
    ]


def replaced(languages: Sequence[Language]) -> list[str]:
    """Return what the company's folder stands in the place of, or adds, a sentence each; pages tell `layers`."""
    found = []
    for name, (table, _) in ENTRIES.items():
        if read := _read(layers.COMPANY / name):
            ours = {entry["id"] for entry in layers.our_entries(name, table)}
            found.append(_said(layers.COMPANY / name, [entry.get("id", "") for entry in read.get(table, [])], ours))
    for language in languages:
        for path in text.word_files(language):
            if read := _read(path):
                found.append(f"{layers.called(path)} has words in the place of ours: {', '.join(_keys(read))}")
    if read := _read(layers.COMPANY / "measures.toml"):
        ours = set(tomllib.loads((layers.OURS.parent / "calculators/measures.toml").read_text(encoding="utf-8")))
        found.append(_said(layers.COMPANY / "measures.toml", list(read), ours))
    if own := model.own_templates():
        ours = {path.stem for path in model.FOLDER.glob("*.toml")}
        found.append(_said(layers.COMPANY / "templates", list(own), ours))
    if theme.files() or theme.styles():
        shown = sorted({*theme.files(), *theme.styles()})
        found.append(f"{layers.called(theme.folder())} gives the site {', '.join(shown)}")
    return found


def _said(path: Path, names: Sequence[str], ours: Collection[str]) -> str:
    replaced, added = [name for name in names if name in ours], [name for name in names if name not in ours]
    parts = [f"replaces {', '.join(replaced)}"] if replaced else []
    parts += [f"adds {', '.join(added)}"] if added else []
    return f"{layers.called(path)} {' and '.join(parts) or 'is empty'}"


def words(language: Language, groups: Mapping[str, str]) -> dict[str, Any]:
    """Return every word of ours that a company can put its own in the place of, by topic and key."""
    shared = {path.name.split(".")[0] for path in text.SHARED.glob("*.toml")}
    language = base(language)
    found: dict[str, Any] = {}
    for topic in sorted({*CALCULATORS, *shared}):
        try:
            found[topic] = text.ours(topic, language)
        except KeyError:
            continue
    folder = Path(__file__).parent
    for topic in ("handbook", "pictures"):
        read = tomllib.loads((folder / f"{topic}.toml").read_text(encoding="utf-8"))
        found[topic] = in_language(read, language)
    return {**found, "navigation": dict(groups), "site": dict.fromkeys(SITE_WORDS, "")}


def _words_wrong(own: Mapping[str, Any], ours: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, str]]:
    """Yield the key of each word that is in the place of none, or has places that ours has not; and what is wrong."""
    for key, word in own.items():
        place = f"{at}.{key}".lstrip(".")
        if key not in ours:
            yield place, f"{place} is no word of ours{nearest(key, [str(known) for known in ours], 0)}"
        elif isinstance(ours[key], Mapping) and isinstance(word, Mapping):
            yield from _words_wrong(word, ours[key], place)
        elif type(word) is not type(ours[key]):
            yield (
                place,
                f"{place} is {'a group of words' if isinstance(ours[key], Mapping) else 'a single word'} in ours",
            )
        elif isinstance(word, str) and ours[key] and (more := _places(word) - _places(ours[key])):
            there = ", ".join(sorted(_places(ours[key]))) or "none"
            yield place, f"{place} has the place {', '.join(sorted(more))}; ours has: {there}"


def _places(word: str) -> set[str]:
    try:
        return {f"{{{name}}}" for _, name, _, _ in string.Formatter().parse(word) if name is not None}
    except ValueError:
        return {"{"}


def _keys(read: Mapping[str, Any], at: str = "") -> Iterator[str]:
    for key, word in read.items():
        place = f"{at}.{key}".lstrip(".")
        if isinstance(word, Mapping):
            yield from _keys(word, place)
        else:
            yield place


def _files() -> Iterator[Path]:
    for pattern in ("*.toml", "text/**/*.toml", "templates/*.toml", "theme/*.toml"):
        yield from sorted(layers.COMPANY.glob(pattern))


def _unreadable() -> Iterator[str]:
    for path in _files():
        try:
            tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            line = found[1] if (found := re.search(r"line (\d+)", str(error))) else "1"
            yield f"{layers.called(path)}:{line}: this is not TOML: {error}"


def _read(path: Path) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None


def _at(path: Path, key: str) -> str:
    """Return file and line of a key, or of the nearest group around it."""
    lines = lines_of(path.read_text(encoding="utf-8"))
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return f"{layers.called(path)}:{lines.get(key, 1)}"


def lines_of(written: str) -> dict[str, int]:
    """Return the line of each key and each table of a TOML file, by their names from the top.

    >>> lines_of('[handbook.footer]\\nowner = "Answers"\\n[site]\\n"a b".c = 1')
    {'handbook.footer': 1, 'handbook.footer.owner': 2, 'site': 3, 'site.a b.c': 4}
    """
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(written.splitlines(), 1):
        if header := re.match(r"\s*\[+([^\]]+)\]+", line):
            table = re.sub(r"[\"']", "", header[1]).strip()
            found.setdefault(table, number)
        elif key := re.match(r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*=", line):
            name = re.sub(r"[\"']", "", key[1])
            found.setdefault(f"{table}.{name}".lstrip("."), number)
    return found
