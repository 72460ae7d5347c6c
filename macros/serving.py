"""Some pages again: what ``mkdocs serve`` builds after a save, where it can tell which pages are concerned.

They are those whose text was saved; where what a page says of itself has changed, those that list pages too; of the
glossary those that have a word of the entry, of the test's questions and of the exports those that print them. The rest
of the last build stays, search and the navigation of other pages among it. Any other change builds all; that is the
hook's (`site`).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from macros import layers
from macros.anatomy import front_matter

OF_ITSELF = {
    *("title", "description", "owner", "audience", "reviewed", "next_review", "omitted"),
    *("asks", "bring", "get", "unwritten", "replaces"),
}
"""What of a page's front matter is read by itself and by pages that list it; what else changes has all built."""
LISTS = r"\{\{ *(?:cards|calculators|own_work|templates|dictionary|quiz|company_pages|progress)\("
"""The macros that print what other pages say of themselves."""
PRINTS = {"quiz": r"\{\{ *(?:quiz|progress)\(", "exports": r"\{\{ *exports\("}
"""By the name of a file or folder in ``docs``, the macros that print what is in it."""
GLOSSARY = "glossary.toml"


@dataclass
class Built:
    """What one language was last built of."""

    env: Environment
    files: Files
    navigation: Any
    """As the macros plugin has it for pages."""
    nav: Navigation | None = None


class Serving:
    """The last build of all languages, and when each of the sources was written."""

    def __init__(self) -> None:
        self.languages: dict[str, Built] = {}
        self.config: MkDocsConfig | None = None
        self.written: dict[Path, int] = {}
        self.said: dict[Path, dict[str, Any] | None] = {}
        self.terms: dict[Path, dict[str, Any]] = {}

    def begins(self, config: MkDocsConfig) -> None:
        """Note what is built now, and from what."""
        self.languages, self.config = {}, config
        self.written = dict(self._sources())
        self.said = {path: _front_matter(path) for path in self.written if path.suffix == ".md"}
        self.terms = {path: _terms(path) for path in self.written if path.name == GLOSSARY}

    def again(self) -> list[str]:
        """Build the pages again that are concerned, and return them; nothing where that would not do."""
        now = dict(self._sources())
        changed = [path for path in {*now, *self.written} if now.get(path) != self.written.get(path)]
        concerned = [self._concerned(path) for path in changed]
        if self.config is None or not all(concerned):
            return []
        self._note(changed, now)
        pages = list({page.file.src_uri: page for of in concerned for page in of}.values())
        for page in pages:
            self._build(self.config, page)
        return [page.file.src_uri for page in pages]

    def _note(self, changed: list[Path], now: dict[Path, int]) -> None:
        """Note what the files that have changed say now."""
        self.written = now
        for path in changed:
            if path.suffix == ".md":
                self.said[path] = _front_matter(path)
            elif path.name == GLOSSARY:
                self.terms[path] = _terms(path)

    def _concerned(self, path: Path) -> list[Page]:
        """Return the pages that a change of a file shows in; none where all are to be built."""
        if not path.is_file():
            return []
        if path.suffix == ".md":
            return self._of_page(path)
        if path.name == GLOSSARY and path in self.terms:
            words = _words_that_differ(self.terms[path], _terms(path))
            return [
                page
                for page in self._all()
                if words and (words & _words_in(page, words) or re.search(r"\{\{ *glossary\(", _text(page)))
            ]
        below = next((of for of in (layers.OURS, layers.COMPANY) if path.is_relative_to(of.resolve())), None)
        name = path.relative_to(below.resolve()).parts[0].removesuffix(".toml") if below else ""
        return [page for page in self._all() if name in PRINTS and re.search(PRINTS[name], _text(page))]

    def _of_page(self, path: Path) -> list[Page]:
        pages, before, now = self._pages(path), self.said.get(path), _front_matter(path)
        if before == now:
            return pages
        if before is None or now is None:
            return []
        differ = {key for key in {*before, *now} if before.get(key) != now.get(key)}
        if not differ <= OF_ITSELF:
            return []
        languages = {page.file.src_uri.partition("/")[0] for page in pages}
        listing = [
            page
            for page in self._all()
            if page.file.src_uri.partition("/")[0] in languages and re.search(LISTS, _text(page))
        ]
        return pages and [*pages, *listing]

    def _all(self) -> Iterator[Page]:
        """Yield every page of every language."""
        for built in self.languages.values():
            yield from (file.page for file in built.files.documentation_pages() if file.page)

    def _sources(self) -> Iterator[tuple[Path, int]]:
        """Yield every file that is watched, and when it was written."""
        if self.config is None:
            return
        for watched in (self.config.docs_dir, self.config.config_file_path, *self.config.watch):
            top = Path(watched)
            for path in top.rglob("*") if top.is_dir() else [top]:
                if path.is_file() and "__pycache__" not in path.parts:
                    yield path.resolve(), path.stat().st_mtime_ns

    def _pages(self, path: Path) -> list[Page]:
        """Return the pages made of a file, one a language; none of other files, nor where it is new or gone."""
        if path not in self.said or not path.is_file():
            return []
        return [page for page in self._all() if Path(str(page.file.abs_src_path)).resolve() == path]

    def _build(self, config: MkDocsConfig, page: Page) -> None:
        """Build a page as a build of its language would, from within that of the first."""
        language = page.file.src_uri.partition("/")[0]
        built = self.languages[language]
        i18n: Any = config.plugins["i18n"]
        macros: Any = config.plugins["macros"]
        i18n.current_language, i18n.building = language, True
        try:
            config = config.plugins.on_config(config)
            assert built.nav is not None
            config.plugins.on_nav(built.nav, config=config, files=built.files)
            macros.variables["navigation"] = built.navigation
            _populate_page(page, config, built.files)
            _build_page(page, config, built.files.documentation_pages(), built.nav, built.env)
        finally:
            i18n.building = False


last = Serving()
"""The last build of this ``mkdocs serve``."""


def _front_matter(path: Path) -> dict[str, Any] | None:
    try:
        return front_matter(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _text(page: Page) -> str:
    return Path(str(page.file.abs_src_path)).read_text(encoding="utf-8")


def _terms(path: Path) -> dict[str, Any]:
    """Return the entries of a glossary by their ids; none where it cannot be read, which the build tells."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
    return {str(entry.get("id")): entry for entry in read.get("term", [])}


def _words_that_differ(before: Mapping[str, Any], now: Mapping[str, Any]) -> set[str]:
    """Return how the terms are spelt, before and now, that are not as they were; none where a measure is among them.

    >>> before, now = {"a": {"en": "Lead", "en_text": "x"}}, {"a": {"en": "Lead", "en_also": ["Enquiry"]}}
    >>> sorted(_words_that_differ(before, now))
    ['enquiry', 'lead']
    """
    differ = [key for key in {*before, *now} if before.get(key) != now.get(key)]
    entries = [of[key] for key in differ for of in (before, now) if key in of]
    if any("measure" in entry for entry in entries):
        return set()
    said = [value for entry in entries for key, value in entry.items() if not key.endswith("_text")]
    return {str(one).lower() for value in said for one in (value if isinstance(value, list) else [value])}


def _words_in(page: Page, words: set[str]) -> set[str]:
    """Return the words that a built page has, wherever in it."""
    text = " ".join((page.content or "").lower().split())
    return {word for word in words if word in text}
