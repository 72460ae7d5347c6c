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

from calculators import CALCULATORS, measures, overlay, stages
from calculators.configuration import OWN_FILE
from calculators.engine.asks.settings import Settings
from calculators.engine.shows import text
from calculators.engine.shows.text import Language, base
from macros import layers, theme
from macros.checks import ENTRIES, nearest
from macros.examples import in_language
from macros.said import say
from macros.templates import model, workbook

KNOWN = (
    *("playbook.yml", "docs", "calculators", "text", "templates", "theme"),
    *("glossary.toml", "quiz.toml", "measures.toml", "stages.toml"),
)
"""What a company's folder is read for; other names that nobody reads are told, but for notes and hidden files."""
LISTS = ("measures.toml", "stages.toml")
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
    for topic, all_wrong in (("measures", measures.WRONG), ("stages", stages.WRONG)):
        path = layers.COMPANY / f"{topic}.toml"
        found += [
            f"{_at(path, name)}: {say(f'entries.{wrong.what}', name=name, key=wrong.key)}"
            for name, wrong in all_wrong.items()
        ]
    for name in model.own_templates():
        path = layers.COMPANY / "templates" / f"{name}.toml"
        try:
            for language in navigation:
                for filled in (False, True):
                    template = model.read(name, language, Settings(), filled=filled)
                    if not model.data_of(name).get("page"):
                        workbook.make(template, company="")
        except Exception as error:
            reason = error if type(error) is ValueError else f"{type(error).__name__}: {error}"
            said = say("own.template", error=reason)
            found.append(f"{layers.called(path)}: {said}")
    found += [*_unmeant(), *_entries_wrong(list(navigation))]
    path = theme.folder() / "theme.toml"
    found += [f"{_at(path, f'colours.{token}')}: {said}" for token, said in theme.wrong()]
    return found


def _unmeant() -> Iterator[str]:
    """Yield what has a name or a place by which nobody reads it, and was certainly meant to be read."""
    top = layers.COMPANY
    for path in sorted(top.glob("playbook.*")):
        if path.name != OWN_FILE:
            yield say("own.not_the_name", path=layers.called(path), name=OWN_FILE)
    for path in sorted((top / "text").glob("*")) if (top / "text").is_dir() else ():
        if not path.name.startswith(".") and path.name.removesuffix(".toml") not in text.spoken(top):
            yield say("own.no_text", path=layers.called(path))
    for path in sorted((top / "calculators").glob("*")) if (top / "calculators").is_dir() else ():
        if path.is_dir() and path.name not in CALCULATORS and path.name[0] not in "._":
            yield say("own.no_calculator", path=layers.called(path))
    for path in sorted(theme.folder().glob("*")) if theme.folder().is_dir() else ():
        if path.stem in ("logo", "favicon") and path.suffix.lower() not in theme.IMAGES:
            yield say("own.no_image", path=layers.called(path), kinds=sorted(theme.IMAGES))
    tables = {"theme/theme.toml": "colours"} | {name: table for name, (table, _) in ENTRIES.items()}
    for name, known in tables.items():
        for table in _read(top / name) or {}:
            if table != known:
                said = say("own.no_table", table=table, nearest=nearest(table, [known], 0))
                yield f"{_at(top / name, table)}: {said}"


def _entries_wrong(languages: Sequence[Language]) -> Iterator[str]:
    """Yield which of the company's own terms and questions are no such entry, or stand twice."""
    sides = list(dict.fromkeys(map(base, languages)))
    for name, (table, _) in ENTRIES.items():
        path, seen = layers.COMPANY / name, set()
        for entry in (_read(path) or {}).get(table, []):
            needs = ["id", "stage", "page", *sides] if table == "question" else ["id"]
            if table == "term" and "measure" not in entry:
                needs += [*sides, *(f"{side}_text" for side in sides)]
            called = str(entry.get("id", table))
            wrong = [say("own.entry_lacks", id=called, key=key) for key in needs if key not in entry]
            wrong += [say("own.entry_twice", id=called)] if called in seen else []
            seen.add(called)
            yield from (f"{layers.called(path)}:{_line_of(path, entry)}: {said}" for said in wrong)


def _line_of(path: Path, entry: Mapping[str, Any]) -> int:
    """Return the line of the first thing that an entry says; the last such line, since entries may begin alike."""
    said = str(next(iter(entry.values()), ""))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return max((number for number, line in enumerate(lines, 1) if said and said in line), default=1)


def unread() -> list[str]:
    """Return what lies in the company's folder and is read by nobody, a sentence each."""
    if not layers.COMPANY.is_dir():
        return []
    return [
        say("own.unread", path=layers.called(path), nearest=nearest(path.name, KNOWN))
        for path in sorted(layers.COMPANY.iterdir())
        if path.name not in KNOWN and path.suffix in ("", ".yml", ".yaml", ".toml") and path.name[0] not in "._"
        if path.stem != "playbook"  # which the build stops at
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
                found.append(say("own.words", path=layers.called(path), keys=list(_keys(read))))
    for name in LISTS:
        if read := _read(layers.COMPANY / name):
            found.append(_said(layers.COMPANY / name, list(read), overlay.ours(name)))
    if own := model.own_templates():
        ours = {path.stem for path in model.FOLDER.glob("*.toml")}
        found.append(_said(layers.COMPANY / "templates", list(own), ours))
    if theme.files() or theme.styles():
        shown = sorted({*theme.files(), *theme.styles()})
        found.append(say("own.theme", path=layers.called(theme.folder()), names=shown))
    return found


def _said(path: Path, names: Sequence[str], ours: Collection[str]) -> str:
    replaced, added = [name for name in names if name in ours], [name for name in names if name not in ours]
    where = layers.called(path)
    if replaced and added:
        return say("own.replaces_and_adds", path=where, names=replaced, more=added)
    if not names:
        return say("own.is_empty", path=where)
    return say("own.replaces", path=where, names=replaced) if replaced else say("own.adds", path=where, names=added)


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
        read = tomllib.loads((folder / f"{topic}.toml").read_text(encoding="utf-8-sig"))
        found[topic] = in_language(read, language)
    return {**found, "navigation": dict(groups), "site": dict.fromkeys(SITE_WORDS, "")}


def _words_wrong(own: Mapping[str, Any], ours: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, str]]:
    """Yield the key of each word that is in the place of none, or has places that ours has not; and what is wrong."""
    for key, word in own.items():
        place = f"{at}.{key}".lstrip(".")
        if key not in ours:
            near = nearest(key, [str(known) for known in ours], 0)
            yield place, say("own.no_word", place=place, nearest=near)
        elif isinstance(ours[key], Mapping) and isinstance(word, Mapping):
            yield from _words_wrong(word, ours[key], place)
        elif type(word) is not type(ours[key]):
            if isinstance(ours[key], Mapping):
                yield place, say("own.not_a_group", place=place)
            else:
                yield place, say("own.not_a_list" if isinstance(ours[key], list) else "own.not_a_word", place=place)
        elif isinstance(word, str) and ours[key] and (more := _places(word) - _places(ours[key])):
            there = sorted(_places(ours[key])) or say("own.none")
            yield place, say("own.places", place=place, more=sorted(more), there=there)


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
            tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            line = found[1] if (found := re.search(r"line (\d+)", str(error))) else "1"
            yield f"{layers.called(path)}:{line}: {say('own.not_toml', error=error)}"


def _read(path: Path) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig")) if path.is_file() else None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None


def _at(path: Path, key: str) -> str:
    """Return file and line of a key, or of the nearest group around it."""
    lines = lines_of(path.read_text(encoding="utf-8-sig"))
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
