"""One page again: what ``mkdocs serve`` builds after a save that changes nothing but the text of pages.

The rest of the last build stays: navigation, what other pages say of this one (they read its front matter, and that is
as it was), search. Any other change builds all; that is the hook's (`site`).
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from macros.anatomy import front_matter


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

    def begins(self, config: MkDocsConfig) -> None:
        """Note what is built now, and from what."""
        self.languages, self.config = {}, config
        self.written = dict(self._sources())
        self.said = {path: _front_matter(path) for path in self.written if path.suffix == ".md"}

    def again(self) -> list[str]:
        """Build the pages again that have changed, and return them; nothing where that would not do."""
        now = dict(self._sources())
        changed = [path for path in {*now, *self.written} if now.get(path) != self.written.get(path)]
        made = [self._pages(path) for path in changed]
        if self.config is None or not all(made) or any(_front_matter(path) != self.said[path] for path in changed):
            return []
        self.written = now
        pages = [page for of in made for page in of]
        for page in pages:
            self._build(self.config, page)
        return [page.file.src_uri for page in pages]

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
        pages = [file.page for built in self.languages.values() for file in built.files.documentation_pages()]
        return [page for page in pages if page and Path(str(page.file.abs_src_path)).resolve() == path]

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


def timed(start: float) -> str:
    """Return how long ago something was, in seconds.

    >>> timed(time.monotonic())
    '0.0 s'
    """
    return f"{time.monotonic() - start:.1f} s"
