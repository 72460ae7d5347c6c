"""The field's terms: one list, printed as a page and shown, with the measures, as tooltips where pages use them.

The terms are in docs/glossary.toml; those that are measures take name and meaning from the dictionary
(calculators/measures.toml), whose other names get tooltips too. A term is marked where a page first uses it in running
text: each time would be noise, and headings and links have their own job. Where a word means something else, its
phrase is listed with the term and left alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from mkdocs.config.defaults import MkDocsConfig

from calculators.engine.shows.markup import Markup, tag
from calculators.engine.shows.text import Language, base
from calculators.measures import MEASURES, Measure, MeasureWords, measure
from macros.layers import entries

LEFT_ALONE = frozenset({"a", "abbr", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "script", "style", "button"})


@dataclass(frozen=True)
class Term:
    """A term: its anchor on the glossary page, its names in both languages, and what it means in one of them.

    ``spellings`` are the ways in which pages of that language write it, ``page`` is where it is explained, and
    ``other_sense`` are phrases in which one of the spellings means something else.
    """

    id: str
    name: str
    other_name: str
    spellings: tuple[str, ...]
    meaning: str
    page: str | None
    other_sense: tuple[str, ...] = ()


def words_of(one: Measure, language: Language) -> MeasureWords:
    """Return a measure in the words of a language."""
    return one.zh if base(language) == "zh" else one.en


def anchor(name: str) -> str:
    """Return where the dictionary's page has a measure.

    >>> anchor("win_rate")
    'win-rate'
    """
    return name.replace("_", "-")


def _term_of(name: str, language: Language, *, id_: str) -> Term:
    """Return a measure as a term: its formula, and how to read it."""
    one = measure(name)
    words, other = words_of(one, language), words_of(one, "en" if base(language) == "zh" else "zh")
    meaning = f"{words.formula}。{words.note}" if base(language) == "zh" else f"{words.formula}. {words.note}".strip()
    page = f"measures.md#{anchor(name)}"
    return Term(id_, words.name, other.name, (words.name, *words.also), meaning[0].upper() + meaning[1:], page)


def _read() -> list[dict[str, Any]]:
    return entries("glossary.toml", "term")


def _term(entry: dict[str, Any], language: Language) -> Term:
    if "measure" in entry:
        return _term_of(entry["measure"], language, id_=entry["id"])
    language = language if language in entry else base(language)
    return Term(
        id=entry["id"],
        name=entry[language],
        other_name=entry["en" if base(language) == "zh" else "zh"],
        spellings=(entry[language], *entry.get(f"{language}_also", [])),
        meaning=entry[f"{language}_text"],
        page=entry.get("page"),
        other_sense=tuple(entry.get(f"{language}_not", [])),
    )


def terms(language: Language) -> list[Term]:
    """Return the terms in a language's own order: Chinese by pronunciation, English by the alphabet."""
    found = [_term(entry, language) for entry in _read()]
    return sorted(found, key=lambda term: _order(term.name, language))


def measures_alone(language: Language) -> list[Term]:
    """Return the measures that the glossary does not list, as terms for tooltips."""
    listed = {entry.get("measure") for entry in _read()}
    return [_term_of(name, language, id_=anchor(name)) for name in MEASURES if name not in listed]


def _order(name: str, language: Language) -> bytes:
    # GB 2312, which GB 18030 contains, orders its common characters by pinyin.
    return name.lower().encode("gb18030" if base(language) == "zh" else "utf-8")


def page_of_terms(found: Iterable[Term], language: Language, root: str, more: str) -> Markup:
    """Return the glossary as a list of definitions; ``root`` leads to the top of the language's pages."""
    other = "en" if base(language) == "zh" else "zh"
    return tag(
        "dl",
        [
            (
                tag("dt", term.name, tag("span", term.other_name, lang=other), id=term.id),
                tag(
                    "dd",
                    term.meaning,
                    term.page and (" ", tag("a", more, href=root + term.page.replace(".md", ".html"))),
                ),
            )
            for term in found
        ],
        class_="pb-glossary",
    )


class Tooltips(Extension):
    """Marks each term where a page first uses it."""

    def __init__(self, found: Iterable[Term], title: str) -> None:
        """Take the terms, and how a tooltip words one: a form with the places name, other_name and meaning."""
        super().__init__()
        self.title = title
        found = list(found)
        self.meanings: dict[str, Term | None] = {_plain(phrase): None for term in found for phrase in term.other_sense}
        self.meanings |= {_plain(spelling): term for term in found for spelling in term.spellings}

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Put the tooltips in after everything else has become elements."""
        md.treeprocessors.register(_Marker(md, self.meanings, self.title), "glossary", 6)


class _Marker(Treeprocessor):
    def __init__(self, md: Markdown, meanings: dict[str, Term | None], title: str) -> None:
        """Take what each spelling means; None is a phrase in which a term's word means something else."""
        super().__init__(md)
        self.title = title
        self.meanings = meanings
        self.marked: set[str] = set()
        spellings = sorted(meanings, key=len, reverse=True)
        # A Chinese word stands inside a sentence without spaces; a Latin one is a word of its own, in the plural too.
        self.pattern = re.compile("|".join(map(_spelling, spellings)), re.IGNORECASE)

    def run(self, root: Element) -> None:
        """Mark the terms of a page, in the order in which it is read."""
        self.marked.clear()
        if self.meanings:
            self._mark(root)

    def _mark(self, element: Element) -> None:
        if element.tag in LEFT_ALONE:
            return
        children = list(element)
        self._split(element, element, element.text, 0)
        for child in children:
            self._mark(child)
            self._split(element, child, child.tail, list(element).index(child) + 1)

    def _split(self, parent: Element, holder: Element, text: str | None, place: int) -> None:
        """Break the text that begins ``parent`` or follows ``holder`` at the terms that are new to the page."""
        if not text or isinstance(text, AtomicString):
            return
        pieces = list(self._pieces(text))
        if len(pieces) == 1:
            return
        if holder is parent:
            parent.text = pieces[0]
        else:
            holder.tail = pieces[0]
        for offset, (word, tail) in enumerate(zip(pieces[1::2], pieces[2::2], strict=True)):
            term = self._term(word)
            assert term is not None  # only what is one was cut out
            abbreviation = Element("abbr", {"title": self.title.format_map(vars(term))})
            abbreviation.text = AtomicString(word)
            abbreviation.tail = tail
            parent.insert(place + offset, abbreviation)

    def _pieces(self, text: str) -> Iterator[str]:
        """Yield text and new terms in turn, beginning and ending with text."""
        begin = 0
        for match in self.pattern.finditer(text):
            term = self._term(match[0])
            if term is not None and term.id not in self.marked:
                self.marked.add(term.id)
                yield text[begin : match.start()]
                yield match[0]
                begin = match.end()
        yield text[begin:]

    def _term(self, word: str) -> Term | None:
        plain = _plain(word)
        return self.meanings[plain if plain in self.meanings else plain.removesuffix("s")]


def _plain(spelling: str) -> str:
    """Return a spelling without capitals, its words one space apart: in Markdown a line may break between them."""
    return " ".join(spelling.lower().split())


def _spelling(spelling: str) -> str:
    escaped = re.escape(spelling).replace(r"\ ", r"\s+")
    if not spelling.isascii():
        return escaped
    return rf"(?<![A-Za-z]){escaped}s?(?![A-Za-z])"


def install(config: MkDocsConfig, language: Language, title: str) -> None:
    """Let MkDocs' pages of a language show its terms, instead of those of the language before."""
    config.markdown_extensions = [
        *(extension for extension in config.markdown_extensions if not isinstance(extension, Tooltips)),
        Tooltips([*terms(language), *measures_alone(language)], title),  # type: ignore[list-item]  # Markdown takes names and extensions alike
    ]
