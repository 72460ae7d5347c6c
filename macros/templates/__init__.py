"""The templates to download or to print: which there are, and what the build and the pages get of them.

A template is one file of data, ``<id>.toml``, from which both languages, the empty and the filled version are made
(``model.py``): workbooks for what is really a table (``workbook.py``), forms on a page of their own for the rest
(``paper.py``). The tables that a calculator asks for are not here; they come with the calculator.
"""

import json
from functools import lru_cache
from typing import Final, Literal

from calculators.engine.asks.settings import Settings
from calculators.engine.shows.markup import Markup, tag
from calculators.engine.shows.text import LANGUAGES, Language, side
from macros.said import say
from macros.templates import paper, workbook
from macros.templates.model import Value, data_of, own_templates, read, words

Medium = Literal["workbook", "page"]

_OURS: Final[dict[str, Medium]] = {
    "prospect_archive": "workbook",
    "observation_checklist": "page",
    "shadowing_sheet": "workbook",
    "cocreation_log": "workbook",
    "feedback_session": "page",
    "customer_grading": "workbook",
    "objection_scenarios": "page",
    "drill_plan": "page",
    "mentor_points": "workbook",
    "call_review": "page",
    "demo_rubric": "page",
    "meetings": "page",
    "order_decisions": "workbook",
    "lost_deals": "workbook",
    "executive_visit": "page",
    "needs_survey": "page",
    "service_package": "page",
    "account_handover": "workbook",
    "mutual_plan": "workbook",
    "receivables": "workbook",
    "pay_plan": "workbook",
    "five_lines": "workbook",
    "daily_report": "page",
    "cockpit": "page",
    "funnel": "workbook",
    "health_card": "workbook",
    "deal_review": "workbook",
    "win_loss": "workbook",
    "renewal_calendar": "workbook",
    "tracks": "workbook",
    "three_powers": "workbook",
    "nine_box": "workbook",
    "joint_plan": "page",
    "advisory_board": "page",
    "self_check": "workbook",
}
TEMPLATES: Final[dict[str, Medium]] = _OURS | {
    name: "page" if (name in _OURS and _OURS[name] == "page") or data_of(name).get("page") else "workbook"
    for name in own_templates()
}
"""Every template, ours in the order of the method, then the company's; and whether it is a workbook or a page."""
FOLDER: Final = "assets/workbooks"
KINDS: Final = ("empty", "filled")


def address(name: str, kind: str, language: Language) -> str:
    """Return where a workbook is in the site."""
    return f"{FOLDER}/{name}-{kind}.{language}.xlsx"


def files(
    settings: Settings, languages: tuple[Language, ...] = LANGUAGES, left_out: frozenset[str] = frozenset()
) -> dict[str, bytes]:
    """Return every workbook but those left out, empty and filled in, in the languages, by its address in the site.

    Made once for all saves of ``mkdocs serve``; the hook in ``site.py`` imports us anew when our sources change.
    """
    return dict(_files(json.dumps(settings.as_mapping(), sort_keys=True), languages, left_out))


@lru_cache
def _files(settings_written: str, languages: tuple[Language, ...], left_out: frozenset[str]) -> dict[str, bytes]:
    settings = Settings.from_mapping(json.loads(settings_written))
    return {
        address(name, kind, language): _workbook(name, kind, language, settings)
        for name, form in TEMPLATES.items()
        if form == "workbook" and name not in left_out
        for language in languages
        for kind in KINDS
    }


def _workbook(name: str, kind: str, language: Language, settings: Settings) -> bytes:
    template = read(name, language, settings, filled=kind == "filled")
    return workbook.make(template, company=side(settings.company, language))


def links(name: str, language: Language, *, root: str, pages: str, titled: bool = True) -> Markup:
    """Return the links to a template: to both workbooks, or to its page.

    ``root`` leads to the top of the site and ``pages`` to that of the language's pages. With ``titled`` its name stands
    before them.
    """
    said = words("links", language)
    if TEMPLATES[name] == "page":
        made = [tag("a", said["page"], href=f"{pages}templates/{name}.html", class_="pb-download")]
    else:
        made = [
            tag(
                "a",
                said[kind],
                href=f"{root}{address(name, kind, language)}",
                class_="pb-download",
                download=True,
            )
            for kind in KINDS
        ]
    title = tag("strong", side(data_of(name)["title"], language)) if titled else None
    return tag("span", title, made, class_="pb-downloads")


def page(name: str, language: Language, settings: Settings) -> str:
    """Return the Markdown of a printable template's page below its title: what for, how, empty, filled."""
    said = words("paper", language)
    empty, filled = (read(name, language, settings, filled=filled) for filled in (False, True))
    company = side(settings.company, language)
    steps = "\n".join(f"{place}. {step}" for place, step in enumerate(empty.steps, 1))
    return "\n\n".join(
        [
            f"{empty.purpose}\n{{ .pb-lead }}",
            f"## {said['how']} {{#how-to}}",
            steps,
            f"## {said['empty_heading']} {{#empty}}",
            paper.form(empty, company=company),
            f"## {said['filled_heading']} {{#filled}}",
            paper.form(filled, company=company),
        ]
    )


def index(
    language: Language, settings: Settings, *, root: str, pages: str, left_out: frozenset[str] = frozenset()
) -> Markup:
    """Return a table of all templates but those left out by stage, each with what it is for and its links."""
    said = words("links", language)
    head = tag("thead", tag("tr", [tag("th", said[key], scope="col") for key in ("name", "purpose", "get")]))
    templates = [read(name, language, settings, filled=False) for name in TEMPLATES if name not in left_out]
    groups = []
    for stage in (1, 2, 3, 4, 0):
        rows = [
            tag(
                "tr",
                tag("th", template.title, scope="row"),
                tag("td", template.purpose),
                tag("td", links(template.id, language, root=root, pages=pages, titled=False)),
            )
            for template in templates
            if template.stage == stage
        ]
        title = tag("tr", tag("th", said[f"stage_{stage}"], colspan=3, scope="rowgroup"))
        groups += [tag("tbody", title, rows)] if rows else []
    return tag("div", tag("table", head, groups, class_="pb-templates"), class_="pb-sideways")


def rows(name: str, block: str, language: Language, settings: Settings) -> list[dict[str, Value]]:
    """Return what is fixed in a block of an empty template, a dict a row with its ``id``, for pages that explain it.

    Percentages are fractions of one. Raises ValueError when the template has no such block.
    """
    for found in read(name, language, settings, filled=False).blocks():
        if found.id == block:
            return [{"id": row.id, **{id_: cell.value for id_, cell in row.cells.items()}} for row in found.rows]
    raise ValueError(say("templates.row_of", template=name, block=block))
