"""What handbook pages print besides calculators: figures of the method and of a page's example, links, lists to tick.

One `Handbook` per language. What a practice page must consist of is in `anatomy.py`, drawings are in `pictures.py`.
"""

import datetime
import json
import os
import posixpath
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

from jinja2 import Undefined

from calculators import CALCULATORS
from calculators.engine.asks.settings import Changes, Roles, Settings
from calculators.engine.shows.markup import Markup, in_markdown, join, tag
from calculators.engine.shows.text import DASH, Language, Text, base, company_words, number, replaced, side
from calculators.engine.shows.wording import Wording
from calculators.measures import MEASURES, Measure, measure
from calculators.method import METHOD
from calculators.stages import STAGES, stage_words
from macros import exports, questions, templates
from macros.examples import Given, example
from macros.examples.stage_3 import alert_by_chance
from macros.formats import Formats
from macros.glossary import anchor, page_of_terms, terms, words_of
from macros.layers import due, front_matter_of, named, own_pages, path_in_repository, source
from macros.pages import TEMPLATE_FOLDER, literal
from macros.pictures import picture
from macros.progress import progress
from macros.said import say
from macros.shown import PRINTS_CALCULATOR, shown
from macros.templates.model import data_of


@lru_cache
def words(language: Language) -> dict[str, dict[str, str]]:
    """Return the handbook's words of one language."""
    topics = tomllib.loads(Path(__file__).with_name("handbook.toml").read_text(encoding="utf-8"))
    ours = {topic: {key: side(both, language) for key, both in entries.items()} for topic, entries in topics.items()}
    own: dict[str, dict[str, str]] = replaced(ours, company_words(language).get("handbook"))
    return own


def printed(value: Any) -> Any:
    """Return what a page prints: anything but a macro that nobody has called, which would stand there as an object."""
    if callable(value) and not isinstance(value, Undefined):
        raise ValueError(say("names.uncalled", value=repr(value)))
    return value


def as_of() -> datetime.date:
    """Return the day that the site is built as of: SOURCE_DATE_EPOCH's, or today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date() if epoch else datetime.date.today()


def page_name(src_uri: str) -> str:
    """Return what a page is called in both languages.

    >>> page_name("zh/stage-1/seed-customers.md")
    'stage-1/seed-customers'
    """
    return src_uri.split("/", 1)[1].removesuffix(".md")


@cache
def _alert_by_chance(deals: int, language: Language, settings_written: str) -> str:
    settings = Settings.from_mapping(json.loads(settings_written))
    return alert_by_chance(deals, Given("stage-3/cockpit", language, settings))


class Handbook:
    """The handbook in one language, with one company's figures."""

    def __init__(self, language: Language, settings: Settings) -> None:
        self.language = language
        self.text = Text(language, settings)
        self.words = words(language)
        called = settings.section(Roles).names
        self.roles = self.words["roles"] | {role: names[base(language)] for role, names in called.items()}
        self.shown = shown()

    # --- figures -------------------------------------------------------------------------------------

    def figure(self, name: str) -> Markup:
        """Return a figure of the method as it stands in a sentence; what is claimed without evidence is marked."""
        if name not in METHOD:
            raise ValueError(say("names.figure", name=name))
        figure = METHOD[name]
        shown = f"{number(figure.value)}%" if figure.unit == "percent" else number(figure.value)
        if not figure.claim:
            return Markup(shown)
        return tag("span", shown, class_="pb-claimed", title=self.words["claim"]["title"])

    def example(self, page: str) -> SimpleNamespace:
        """Return the worked example of a page: what is invented for it, and what is computed from that."""
        return example(page, self.language, self.text.settings)

    def filters(self) -> dict[str, Callable[..., str]]:
        """Return what pages may put after a ``|``."""
        return Formats(self.text).filters()

    def figures(self, origin: Literal["source", "ours"]) -> Markup:
        """Return a table of the method's figures of one origin: what, how much, of which kind, where in the source."""
        word = self.words["figures"]
        rows = [
            tag(
                "tr",
                tag("td", getattr(figure, base(self.language))),
                tag("td", self.figure(name), class_="pb-number"),
                tag("td", word[figure.kind]),
                tag("td", self._place(figure.place)),
            )
            for name, figure in METHOD.items()
            if figure.origin == origin
        ]
        heads = [tag("th", word[key], scope="col") for key in ("what", "figure", "kind", "place")]
        return tag("table", tag("thead", tag("tr", heads)), tag("tbody", rows))

    def _place(self, place: str) -> str:
        """Return where in the source a figure stands, in words; a dash where it has no place there."""
        if not place:
            return DASH
        word = self.words["place"]
        stage, *within = place.split(".")
        parts = zip(("duty", "item", "point"), within, strict=False)
        named = [word[f"stage_{stage}"], *(word[part].format(number=number) for part, number in parts)]
        return word["between"].join(named)

    def alert_by_chance(self, deals: int) -> str:
        """Return the share of weeks in which the method's productivity alert fires although nothing has changed."""
        return _alert_by_chance(deals, self.language, json.dumps(self.text.settings.as_mapping(), sort_keys=True))

    def picture(self, name: str, *, root: str) -> Markup:
        """Return a picture with its caption; ``root`` leads from the page to the top of the site."""
        pages, stages = self._pages(root), self.shown.stages
        return picture(name, self.language, self.text.settings, pages=pages, left_out=stages)

    # --- ways on ---------------------------------------------------------------------------------------

    def cards(self, folder: str, pages: Sequence[str], *, root: str) -> Markup:
        """Return a card for each page of a folder but its index, with its title and purpose; empty without pages.

        ``pages`` are the files of the language in the order of the navigation.
        """
        cards = []
        for src_uri in pages:
            name = page_name(src_uri)
            if name.rpartition("/")[0] != folder or name.endswith("/index"):
                continue
            meta = _front_matter(src_uri, "title", "description")
            link = tag("a", meta["title"], href=f"{self._pages(root)}{name}.html")
            cards.append(tag("li", tag("h3", link), tag("p", meta["description"])))
        return tag("ul", cards, class_="pb-cards", data_cards=folder) if cards else Markup("")

    def calculators(self, pages: Sequence[str], page: str) -> str:
        """Return, in Markdown for a ``page``, an entry for each page about a calculator.

        That is one that prints it, and no practice page. Those beside the page come first, then those elsewhere, all
        in the order of ``pages``, the files of the language as navigation has them. An entry has what the front matter
        says: ``stage`` (a number, or ``all``), ``asks`` (else the description), ``bring`` and ``get``.
        """
        word, entries = self.words["calculators"], []
        folder = page_name(page).rpartition("/")[0]
        for src_uri in sorted(pages, key=lambda src_uri: page_name(src_uri).rpartition("/")[0] != folder):
            prints = PRINTS_CALCULATOR(source(src_uri).read_text(encoding="utf-8"))
            meta = _front_matter(src_uri, "title", "description") if prints else {}
            if not prints or meta.get("kind") == "practice":
                continue
            way, anchor = posixpath.relpath(page_name(src_uri), folder), prints[1].replace("_", "-")
            parts = (
                self._stage(meta["stage"], folder) if "stage" in meta else "",
                f"## [{in_markdown(meta['title'])}]({way}.md) {{#{anchor}}}",
                in_markdown(meta.get("asks", meta["description"])),
                *(f"{word[key]}{in_markdown(meta[key])}" for key in ("bring", "get") if key in meta),
            )
            entries.append("-   " + "\n\n    ".join(filter(None, parts)))
        return '<div class="grid cards pb-stages" markdown>\n\n' + "\n\n".join(entries) + "\n\n</div>"

    def _stage(self, stage: int | str, folder: str) -> str:
        """Return in Markdown which stage a page is for, with a link to it; ``all`` are those that are for every one."""
        named = self.words["calculators"]["every_stage"]
        if stage != "all":
            named = f"[{self._place(str(stage)).capitalize()}]({posixpath.relpath(f'stages/stage-{stage}', folder)}.md)"
        return f'<span class="pb-step">{named}</span>'

    # --- tools ---------------------------------------------------------------------------------------

    def template(self, name: str, *, root: str) -> Markup:
        """Return links to a template, or to a calculator's first table where none is called so, empty and filled in.

        ``root`` leads from the page to the top of the site.
        """
        if name in templates.TEMPLATES:
            if name in self.shown.templates:
                return tag("span", side(data_of(name)["title"], self.language))
            return templates.links(name, self.language, root=root, pages=self._pages(root))
        if name not in CALCULATORS:
            raise ValueError(say("names.template", name=name, known=[*templates.TEMPLATES, *CALCULATORS]))
        table = CALCULATORS[name].declare(self.text.settings).tables[0]
        wording = Wording(name, self.text)
        if name in self.shown.calculators:
            return tag("span", wording.field_name(table.name))
        links = [
            tag(
                "a",
                self.words["template"][kind],
                href=f"{root}{TEMPLATE_FOLDER}/{wording.template_name(table, kind)}",
                class_="pb-download",
                download=True,
            )
            for kind in ("empty", "filled")
        ]
        return tag("span", links, class_="pb-downloads")

    def templates(self, *, root: str) -> Markup:
        """Return a table of all templates by stage; ``root`` leads from the page to the top of the site."""
        settings, pages, left_out = self.text.settings, self._pages(root), self.shown.templates
        return templates.index(self.language, settings, root=root, pages=pages, left_out=left_out)

    def experience(self) -> Markup:
        """Return the line that marks what follows as our experience, without evidence."""
        return tag("p", self.words["experience"]["said"], class_="pb-experience")

    def checklist(self, name: str) -> Markup:
        """Return the head of the task list that follows: what is done of it, printing, clearing (site scripts fill it).

        Ticks are kept on the device by ``name`` and the place in the list, the same in both languages.
        """
        word = self.words["checklist"]
        return tag(
            "div",
            tag("span", word["done"], data_done=word["done"], role="status"),
            tag("progress", value="0", aria_hidden="true"),
            tag("button", word["print"], type="button", data_action="print"),
            tag(
                "button",
                word["clear"],
                type="button",
                disabled=True,
                data_action="clear",
                data_clear=word["clear"],
                data_undo=word["undo"],
            ),
            tag("small", word["kept"], data_kept=word["kept"], data_lost=word["lost"], data_damaged=word["damaged"]),
            class_="pb-checklist",
            data_checklist=name,
        )

    def glossary(self, *, root: str) -> Markup:
        """Return every term of the field with its meaning."""
        listed = [
            term if term.page and self.shown.has(term.page) else replace(term, page=None)
            for term in terms(self.language)
        ]
        return page_of_terms(listed, self.language, self._pages(root), self.words["glossary"]["more"])

    def measures(self, names: Sequence[str], values: Mapping[str, Any], *, root: str) -> Markup:
        """Return a table of measures: their names and formulas, and what the page's example comes to.

        ``values`` are those of the example, by measure, exact: a share as a fraction of one, or as a pair of what is
        divided by what, which is shown too. Without one of any of them there is no such column.
        """
        word = self.words["measures"]
        shown = any(name in values for name in names)
        rows = []
        for name in names:
            said = words_of(measure(name), self.language)
            link = tag("a", said.title, href=f"{self._pages(root)}measures.html#{anchor(name)}")
            value = tag("td", self._value(name, values[name]), class_="pb-number") if shown else None
            rows.append(tag("tr", tag("th", link, scope="row"), tag("td", said.formula), value))
        heads = [tag("th", word[key], scope="col") for key in ("measure", "formula", *(("example",) if shown else ()))]
        table = tag("table", tag("thead", tag("tr", heads)), tag("tbody", rows), class_="pb-measures")
        return tag("div", table, class_="pb-scroll")

    def _value(self, name: str, value: Any) -> str:
        """Return what an example's measure comes to, written as its unit is."""
        write = Formats(self.text)
        if isinstance(value, tuple):
            part, whole = (write.count(count) for count in value)
            return self.words["measures"]["of"].format(
                share=self._value(name, value[0] / value[1]), part=part, whole=whole
            )
        unit = measure(name).unit
        if unit == "days":
            return self.words["measures"]["days"].format(count=write.count(value))
        formats: dict[str, Callable[[Any], str]] = {"share": write.percent, "count": write.count, "money": write.money}
        return formats.get(unit, write.decimal)(value)

    def stages(self) -> Markup:
        """Return the stages of a deal in order, with what must be there to leave each."""
        word = self.words["stages"]
        said = [stage_words(name, self.language) for name in STAGES]
        rows = [tag("tr", tag("th", one.title, scope="row"), tag("td", one.evidence)) for one in said]
        heads = tag("thead", tag("tr", [tag("th", word[key], scope="col") for key in ("stage", "evidence")]))
        return tag("div", tag("table", heads, tag("tbody", rows), class_="pb-measures"), class_="pb-scroll")

    def stage_count(self) -> str:
        """Return how many stages the playbook has, as a sentence says it."""
        return self.words["counted"][f"stages_{len(self.shown.has_stages)}"]

    def stages_to_read(self, *, root: str) -> Markup:
        """Return the stages that the playbook has as a sentence names them, each with its page."""
        word, shown = self.words["counted"], self.shown.has_stages
        links = [
            tag("a", word[f"number_{stage}"], href=f"{self._pages(root)}stages/stage-{stage}.html") for stage in shown
        ]
        named = join([part for link in links[:-1] for part in (link, word["between"])][:-1])
        alone = len(links) == 1
        whole = links[0] if alone else join([named, word["last"], links[-1]])
        before, after = word["read_one" if alone else "read"].split("{stages}")
        return join([before.format(count=self.stage_count()), whole, after])

    def columns(self, *calculators: str) -> Markup:
        """Return what lists some calculators ask for: their columns, and by which headings each is known."""
        said = []
        for name in calculators:
            table = exports.wanted(name, self.text, self.words["exports"])
            said.append(tag("details", tag("summary", exports.title(name, self.language)), table))
        return join(said)

    def exports(self) -> str:
        """Return in Markdown how lists are got out of other systems, a heading a system."""
        return exports.systems(self.text, self.words["exports"])

    def slides(self) -> Markup:
        """Return what starts, turns and ends the slides of a page, its parts of class ``pb-slide``."""
        word = self.words["slides"]
        turning = [
            tag("button", word[key], type="button", class_="md-button", data_action=key)
            for key in ("back", "next", "end")
        ]
        return tag(
            "div",
            tag("button", word["present"], type="button", class_="md-button md-button--primary", data_action="present"),
            tag("span", turning, tag("output", data_count=True), class_="pb-slides-turn"),
            hidden=True,
            class_="pb-slides",
            data_slides=True,
        )

    def dictionary(self, *, root: str) -> str:
        """Return the dictionary of measures as Markdown: a heading a topic, and one a measure, which search finds."""
        word = self.words["measures"]
        field = tag("input", type="search", placeholder=word["find_example"])
        find = tag("p", tag("label", word["find"], field), tag("output"), hidden=True, data_find_measure=True)
        parts: list[str] = [find]
        for topic, title in self.words["measure_topics"].items():
            parts.append(f"## {title} {{#{topic}}}")
            for name, one in MEASURES.items():
                if one.topic == topic:
                    called = in_markdown(words_of(one, self.language).title)
                    parts += [f"### {called} {{#{anchor(name)}}}", self._entry(one, root)]
        return "\n\n".join(parts)

    def _entry(self, one: Measure, root: str) -> Markup:
        """Return what the dictionary says of a measure."""
        word = self.words["measures"]
        said, other = (one.zh, one.en) if base(self.language) == "zh" else (one.en, one.zh)
        pages = [
            tag(
                "a",
                word["calculator" if page.startswith("calculators/") else "page"].format(
                    title=_front_matter(f"{self.language}/{page.partition('#')[0]}", "title")["title"]
                ),
                href=f"{self._pages(root)}{page.replace('.md', '.html')}",
            )
            for page in filter(self.shown.has, one.pages)
        ]
        source = f"{self._place(one.place)}" if one.place else word["ours"]
        entries = {
            word["formula"]: tag("strong", said.formula),
            word["period"]: said.period,
            word["left_out"]: said.left_out,
            word["read"]: f"{word[f'unit_{one.unit}']}{word['between']}{word[f'better_{one.better}']}",
            word["source"]: source,
            word["note"]: said.note,
            word["pages"]: join([part for page in pages for part in (page, Markup(word["between"]))][:-1]),
        }
        also = word["between"].join((other.name, *said.also))
        return tag(
            "div",
            tag("p", also, class_="pb-measure__also"),
            tag("dl", [tag("div", tag("dt", name), tag("dd", text)) for name, text in entries.items() if text]),
            class_="pb-measure",
        )

    def quiz(self, *, stage: int | None, root: str, fill: Callable[[str], str]) -> Markup:
        """Return the test, drawn from all questions; or those of one stage, each with its answer folded away.

        ``fill`` puts figures into the macros of a text.
        """
        word = self.words["quiz"]
        asked = self._asked()

        def place(page: str) -> tuple[str, str]:
            name, _, anchor = page.partition("#")
            src_uri = f"{self.language}/{name}"
            if not source(src_uri).is_file():
                raise ValueError(say("quiz.no_page", page=name))
            href = f"{self._pages(root)}{name.removesuffix('.md')}.html{'#' if anchor else ''}{anchor}"
            return href, _front_matter(src_uri, "title")["title"]

        on_page = questions.OnPage(word, place, fill)
        if stage is not None:
            return on_page.folded([one for one in asked if one.stage == stage])
        return on_page.test(asked, self.roles, self._tested())

    def _tested(self) -> dict[int, str]:
        """Return up to which stages the test can be taken, as the choice says it: those that the playbook has."""
        word, number, shown = self.words["quiz"], self.words["counted"], self.shown.has_stages
        if not self.shown.stages:
            return {stage: word[f"stages_{stage}"] for stage in shown}
        up_to = {stage: word["stages_shown"].format(stage=number[f"number_{stage}"]) for stage in shown[:-1]}
        return up_to | {shown[-1]: word["stages_all"]}

    def _asked(self) -> list[questions.Question]:
        """Return the test's questions but those about what is left out."""
        asked = questions.questions(self.language, self.words["quiz"]["whole"])
        return [one for one in asked if self.shown.has(one.page)]

    def progress(self, part: Literal["mine", "team"], *, root: str) -> Markup:
        """Return the part where a new hire makes a code of their progress, or the one where a manager reads many."""
        return progress(part, self.language, self.words, {one.id: one for one in self._asked()}, self._pages(root))

    def _pages(self, root: str) -> str:
        """Return the way to the top of the language's pages."""
        return root + self.shown.folder(self.language)

    # --- the foot of a page --------------------------------------------------------------------------

    def footer(self, meta: Mapping[str, Any]) -> Markup:
        """Return who answers for a page and when it is reviewed, from its front matter; nothing without an owner."""
        if "owner" not in meta:
            return Markup("")
        word = self.words["footer"]
        entries: dict[str, object] = {}
        if "audience" in meta:
            entries[word["audience"]] = self.text.listed(self.roles.get(role, role) for role in meta["audience"])
        entries[word["owner"]] = self.roles.get(meta["owner"], meta["owner"])
        for key, marks in (("reviewed", {}), ("next_review", {"data_next_review": True})):
            if key in meta:  # a page that is not written yet has neither
                entries[word[key]] = tag("time", meta[key], datetime=str(meta[key]), **marks)
        return tag(
            "footer",
            tag("p", word["overdue"], class_="pb-overdue", data_overdue=True, hidden=True),
            tag("dl", [tag("div", tag("dt", name), tag("dd", value)) for name, value in entries.items()]),
            class_="pb-about-page",
            aria_label=word["label"],
        )

    def change(self, src_uri: str, title: str, owner: str) -> Markup:
        """Return the ways to get a page changed: its file in the company's repository, and a suggestion to write.

        What is suggested becomes a file or a mail on the reader's device (docs/assets/javascripts/suggest.js).
        """
        word, changes = self.words["change"], self.text.settings.section(Changes)
        path = path_in_repository(src_uri)
        edits = changes.edits(path) if path else ""
        fields = [
            tag("label", word[name], tag("textarea", "", data_part=name, rows=rows))
            for name, rows in (("now", "3"), ("instead", "5"), ("why", "2"))
        ]
        said = {
            word["page"]: f"{title} ({self.language})",
            word["file"]: path or named(src_uri),
            word["owner"]: self.roles.get(owner, owner),
        }
        return tag(
            "div",
            tag("a", word["edit"], href=edits, class_="pb-edit") if edits else None,
            tag(
                "details",
                tag("summary", word["suggest"]),
                tag("p", word["help"]),
                fields,
                tag(
                    "p",
                    tag("button", word["save"], type="button", class_="pb-button pb-primary", data_action="save"),
                    tag("a", word["mail"], href="mailto:", class_="pb-button", data_action="mail"),
                    class_="pb-actions",
                ),
                tag("p", "", role="status", data_saved=word["saved"], data_empty=word["empty"]),
                data_suggest=page_name(src_uri),
                data_said=json.dumps({name: text for name, text in said.items() if text}, ensure_ascii=False),
                data_subject=word["subject"].format(title=title),
                data_version=word["version"],
                data_mail=changes.mail,
            ),
            class_="pb-change",
        )

    def not_written(self, meta: Mapping[str, Any]) -> str:
        """Return, in Markdown, that a page is not written yet and who writes it; empty for one that is."""
        if not meta.get("unwritten"):
            return ""
        word, owner = self.words["own"], str(meta.get("owner", "?"))
        said = word["note_help"].format(owner=literal(self.roles.get(owner, owner)))
        return f'!!! warning "{word["note"]}"\n    {said}\n\n'

    def own_work(self, today: datetime.date, *, root: str) -> Markup:
        """Return which of the company's own pages of the language are to be looked at, and by whom; empty for none."""
        found = [one for page in own_pages() if page.startswith(f"{self.language}/") for one in due(page, today)]
        lines = []
        for why in ("unwritten", "overdue", "outdated"):
            pages = [
                join(
                    [
                        tag(
                            "a",
                            _front_matter(one.page, "title")["title"],
                            href=f"{self._pages(root)}{page_name(one.page)}.html",
                        ),
                        self.words["own"]["owner"].format(owner=self.roles.get(one.owner, one.owner)),
                    ]
                )
                for one in found
                if one.why == why
            ]
            if pages:
                said = self.words["own"][why if len(pages) > 1 else f"{why}_one"]
                between = Markup(self.text("common.list_separator"))
                before, after = said.format(count=len(pages), pages="\0").split("\0")
                lines.append(tag("p", before, join([part for page in pages for part in (page, between)][:-1]), after))
        return tag("div", lines, class_="pb-own") if lines else Markup("")


def _front_matter(src_uri: str, *keys: str) -> dict[str, Any]:
    """Return what a page's front matter says; ValueError names the page and what is wrong or missing there."""
    try:
        meta = front_matter_of(src_uri)
    except ValueError as error:
        raise ValueError(f"docs/{src_uri}: {error}") from None
    for key in keys:
        if key not in meta:
            raise ValueError(say("names.no_key", page=src_uri, key=key))
    return meta
