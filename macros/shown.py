"""What of the playbook a company shows: all but what ``leave_out`` of its playbook.yml names, and in which languages.

A stage takes with it its pages, its calculators, its templates and its questions. Navigation, cards, lists, search and
downloads follow by themselves; in prose a link to what is left out becomes its own words, and the build says where, for
the company to put it differently. Not here: how the company's pages lie over ours (`layers`).
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from calculators import CALCULATORS
from calculators.configuration import Misconfigured, Mistake, site_choices
from calculators.engine.asks.errors import InputError
from calculators.engine.shows.text import LANGUAGES, Language, base, spoken
from macros import layers
from macros.said import say
from macros.templates import TEMPLATES
from macros.templates.model import data_of

HOME = "index"
STAGES = (1, 2, 3, 4)
PRINTS_CALCULATOR = re.compile(r"\{\{ *calculator\([\"'](\w+)[\"']\) *\}\}").search
_LINKED = re.compile(r"\]\(([^)\s#]+\.md)((?:#[^)\s]*)?)")
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")
_NAMES: Mapping[str, Mapping[int, re.Pattern[str]]] = {
    "zh": {
        stage: re.compile(f"第[一二三四、和至]*{name}[、和至一二三四]*阶段") for stage, name in enumerate("一二三四", 1)
    },
    "en": {
        stage: re.compile(rf"\bstages? (?:\w+(?:, | and | to ))*(?:{name}|{stage})\b", re.IGNORECASE)
        for stage, name in enumerate(("one", "two", "three", "four"), 1)
    },
}
"""How a sentence names each stage."""
_HEADING = re.compile(r"^(#{2,6}) (?:.*\{[^}]*#stage-(\d)\b[^}]*\})?")
"""A heading; one of a section about a stage says so by its id."""
_CARD = re.compile(r"^-\s+#{2,6} \[[^\]]*\]\(([^)\s#]+\.md)[^)]*\) \{#([\w-]+)\}", re.MULTILINE)
_ANCHOR = re.compile(r'<a\b[^>]*?\shref="([^"#:]+\.html)(?:#[^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """What is in the site; ``left_out`` are names of pages, as all languages have them.

    The first of the ``languages`` is at the root of the site. ``cards`` are the page and the anchor of each card that
    leads to a page left out, and of each section about a stage left out (``{#stage-4}``): these go with it.
    """

    languages: tuple[Language, ...] = LANGUAGES
    left_out: frozenset[str] = frozenset()
    stages: frozenset[int] = frozenset()
    calculators: frozenset[str] = frozenset()
    templates: frozenset[str] = frozenset()
    cards: frozenset[tuple[str, str]] = frozenset()

    @property
    def has_stages(self) -> tuple[int, ...]:
        """The stages that are shown; all of them where a company shows none, whose pages may speak of them still."""
        return tuple(stage for stage in STAGES if stage not in self.stages) or STAGES

    def has(self, address: str) -> bool:
        """Say whether a page is in the site; by its name, its file or its address, with an anchor or without."""
        path, _, anchor = address.partition("#")
        name = path.removesuffix(".md").removesuffix(".html")
        return name not in self.left_out and (name, anchor) not in self.cards

    def folder(self, language: Language) -> str:
        """Return where a language's pages begin in the site: nothing for the first, else a folder with its slash."""
        return "" if language == self.languages[0] else f"{language}/"

    def navigation(self, nav: Sequence[Any]) -> list[Any]:
        """Return a navigation without what is left out, and without groups that have nothing more in them."""
        kept: list[Any] = []
        for item in nav:
            if isinstance(item, str):
                kept += [item] if self.has(item) else []
                continue
            for title, inner in item.items():
                left = self.navigation(inner) if isinstance(inner, list) else inner if self.has(str(inner)) else None
                kept += [{title: left}] if left else []
        return kept

    def speaks_of(self) -> Iterator[str]:
        """Yield where pages speak of what is left out: ``docs/…:12``, and of what.

        That is by links, of which only the words remain, and by the name of a stage.
        """
        for page in layers.pages() if self.left_out else ():
            language, _, name = page.partition("/")
            if language not in self.languages or not self.has(name):
                continue
            gone = 0  # the level of the heading of a section that goes
            for number, line in enumerate(layers.source(page).read_text(encoding="utf-8-sig").splitlines(), 1):
                if (head := _HEADING.match(line)) and (not gone or len(head[1]) <= gone):
                    gone = len(head[1]) if head[2] and int(head[2]) in self.stages else 0
                for stage in () if gone else self._stages_named(line, base(language)):
                    yield say("layers.speaks_of", place=f"{layers.named(page)}:{number}", page=f"stage-{stage}")
                for target, anchor in () if gone else _LINKED.findall(line):
                    if not self.has(_resolved(name, target) + anchor) and not _CARD.match(line):
                        place = f"{layers.named(page)}:{number}"
                        yield say("layers.speaks_of", place=place, page=_resolved(name, target))

    def _stages_named(self, line: str, language: Language) -> list[int]:
        """Return the stages left out that a line names beside its links."""
        said = _LINK.sub("", line)
        return [stage for stage in sorted(self.stages) if _NAMES[language][stage].search(said)]

    def without_links(self, html: str, address: str, language: Language) -> str:
        """Return a page's HTML with only the words of the links that its macros have made to what is left out.

        ``address`` is that of the page in the site.
        """

        def kept(found: re.Match[str]) -> str:
            leads_to = _resolved(address, unescape(found[1])).removeprefix(self.folder(language))
            return found[0] if self.has(leads_to) else found[2]

        return _ANCHOR.sub(kept, html) if self.left_out else html


def _resolved(page: str, link: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), link))


def shown() -> Shown:
    """Return what the company shows. Raises Misconfigured for a name that leaves out nothing, or for too much."""
    own = layers.COMPANY / "playbook.yml"
    languages = spoken(layers.COMPANY)
    return _shown(layers.COMPANY, own.read_text(encoding="utf-8-sig"), languages) if own.is_file() else Shown(languages)


def forget() -> None:
    """Have pages read afresh: which stage each is of may have changed since."""
    _shown.cache_clear()


@lru_cache(maxsize=4)
def _shown(company: Path, _written: str, spoken: tuple[Language, ...]) -> Shown:
    lines = site_choices(company).leave_out
    if not lines:
        return Shown(spoken)
    pages = {page.partition("/")[2].removesuffix(".md") for page in layers.pages()}
    about = _pages_about_calculators()
    left_out: set[str] = set()
    stages: set[int] = set()
    calculators: set[str] = set()
    templates: set[str] = set()
    wrong: list[Mistake] = []
    languages = list(spoken)
    for line in lines:
        name = line.value.removesuffix(".md").strip("/")
        known = len(left_out) + len(stages) + len(calculators) + len(templates)
        below = {page for page in pages if page.startswith(f"{name}/")}
        calculator, template = name.removeprefix("calculators/"), name.removeprefix("templates/")
        if name in languages and len(languages) > 1:
            languages.remove(name)
            continue
        if name in spoken or name == HOME:
            wrong.append(Mistake(line.where, InputError("leave_out", "settings.cannot_leave_out", {"value": name})))
            continue
        if (stage := re.fullmatch(r"stage-(\d)", name)) and int(stage[1]) in STAGES:
            stages.add(int(stage[1]))
            left_out |= {f"stages/{name}"} & pages
        if name.startswith("calculators/") and calculator in CALCULATORS:
            calculators.add(calculator)
            left_out |= about.get(calculator, set())
        if name.startswith("templates/") and template in TEMPLATES:
            templates.add(template)
        left_out |= below | ({name} & pages)
        if known == len(left_out) + len(stages) + len(calculators) + len(templates) and name not in left_out:
            wrong.append(_nothing(line.value, line.where, pages))
    if wrong:
        raise Misconfigured(wrong)
    left_out |= {name for name in pages if _stage_of(name) in stages}
    templates |= {name for name in TEMPLATES if data_of(name)["stage"] in stages or f"templates/{name}" in left_out}
    left_out |= {f"templates/{name}" for name in templates} & pages
    calculators |= {name for name, of in about.items() if of <= left_out}
    return Shown(
        tuple(languages),
        frozenset(left_out),
        frozenset(stages),
        frozenset(calculators),
        frozenset(templates),
        frozenset((*_cards(left_out), *_sections(stages))),
    )


def _nothing(name: str, where: str, pages: Iterable[str]) -> Mistake:
    """Return the mistake of a name that leaves out nothing, with the nearest that would leave out something."""
    could = [
        *LANGUAGES,
        *(f"stage-{stage}" for stage in STAGES),
        *(f"calculators/{calculator}" for calculator in CALCULATORS),
        *(f"templates/{template}" for template in TEMPLATES),
        *sorted({page for page in pages if page != HOME} | {page.partition("/")[0] for page in pages if "/" in page}),
    ]
    near = get_close_matches(name, could, 1, 0) or could[:1]
    return Mistake(where, InputError("leave_out", "settings.leaves_out_nothing", {"value": name, "nearest": near[0]}))


def _stage_of(page: str) -> object:
    """Return the stage that a page is of, as its front matter says."""
    for language in LANGUAGES:
        if layers.source(f"{language}/{page}.md").is_file():
            try:
                return layers.front_matter_of(f"{language}/{page}.md").get("stage")
            except ValueError:  # which the build tells by itself
                return None
    return None


def _pages_about_calculators() -> dict[str, set[str]]:
    """Return the pages about each calculator: those that print it, and are no practice."""
    found: dict[str, set[str]] = {}
    for page in layers.pages():
        text = layers.source(page).read_text(encoding="utf-8-sig")
        if (prints := PRINTS_CALCULATOR(text)) and not re.search(r"^kind: practice", text, re.MULTILINE):
            found.setdefault(prints[1], set()).add(page.partition("/")[2].removesuffix(".md"))
    return found


def _cards(left_out: set[str]) -> Iterator[tuple[str, str]]:
    """Yield page and anchor of each card that leads to a page left out."""
    for page in layers.pages():
        name = page.partition("/")[2].removesuffix(".md")
        for target, anchor in _CARD.findall(layers.source(page).read_text(encoding="utf-8-sig")):
            if _resolved(name, target).removesuffix(".md") in left_out:
                yield name, anchor


def _sections(stages: set[int]) -> Iterator[tuple[str, str]]:
    """Yield page and anchor of each section about a stage left out."""
    for page in layers.pages() if stages else ():
        for line in layers.source(page).read_text(encoding="utf-8-sig").splitlines():
            if (head := _HEADING.match(line)) and head[2] and int(head[2]) in stages:
                yield page.partition("/")[2].removesuffix(".md"), f"stage-{head[2]}"


class Unlinked(Extension):
    """Leaves of each link to what is left out its words, and nothing of a card that is all about it.

    ``page`` is the page that is converted, below those of its language; MkDocs' extensions are not told.
    """

    def __init__(self, of: Shown) -> None:
        """Take what is shown."""
        super().__init__()
        self.shown = of
        self.page = ""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Work after links have become elements, and before MkDocs looks where they lead."""
        md.treeprocessors.register(_Unlinker(md, self), "left-out", 7.5)  # headings have their ids at 8


class _Unlinker(Treeprocessor):
    def __init__(self, md: Markdown, extension: Unlinked) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        """Take out what leads nowhere, and sections about a stage left out."""
        gone = {f"stage-{stage}" for stage in self.extension.shown.stages}
        level = 0
        for child in list(root):
            if re.fullmatch("h[1-6]", child.tag):
                own = int(child.tag[1])
                if not level or own <= level:
                    level = own if own > 1 and child.get("id") in gone else 0
            if level:
                root.remove(child)
        for parent in list(root.iter()):
            for child in list(parent):
                if child.tag == "li" and (heading := child.find("*")) is not None and heading.tag in {"h2", "h3", "h4"}:
                    links = list(heading.iter("a"))
                    if links and not any(map(self._leads, links)):
                        parent.remove(child)
        for link in list(root.iter("a")):
            if not self._leads(link):
                link.tag = "span"
                link.attrib.clear()

    def _leads(self, link: Element) -> bool:
        href = link.get("href", "")
        if ":" in href or href.startswith(("/", "#")) or ".md" not in href:
            return True
        return self.extension.shown.has(_resolved(self.extension.page, href))
