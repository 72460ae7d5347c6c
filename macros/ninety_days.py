"""A new hire's ninety days (``docs/ninety-days.toml``): the tables of the page, and its entries for a calendar file.

The quota and the activities that it takes are worked out in ``macros/examples/paths.py``; which day an entry falls on
is known in the browser, from the day on which somebody starts (``docs/assets/javascripts/calendar.js``).
"""

import json
import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from calculators.engine.shows.markup import Markup, tag
from calculators.engine.shows.text import Language, side
from macros.layers import OURS, front_matter_of, source

FIRST_WEEK = 5
"""Days of the first week, all of them working days."""
LINES = {
    "reading": "reading",
    "practice": "practice",
    "customers": "customers",
    "product": "products",
    "one_to_one": "one_to_one",
}
"""What is said of each week, in this order, and the word that names it."""
_TO = "\u2060–\u2060"
"""Between two hours, which stay on one line."""
ACTIVITIES = ("leads", "opportunities", "proposals")
"""What is counted, each the first step towards the next."""


@lru_cache
def calendar() -> dict[str, Any]:
    """Return the data as they stand in the file."""
    return tomllib.loads((OURS / "ninety-days.toml").read_text(encoding="utf-8"))


def weights(activity: str) -> list[int]:
    """Return how the weeks weigh against one another for an activity, in their order."""
    return [week["shares"][activity] for week in calendar()["week"]]


def company_pages(language: Language, word: Mapping[str, str], roles: Mapping[str, str]) -> str:
    """Return as a Markdown table what the company writes itself: what, who, and whether it is there."""
    rows = []
    for one in calendar()["company"]:
        cells = (
            _named(one, language),
            side(one, language)["what"],
            _owner(one, language, roles),
            _state(one, language, word),
        )
        rows.append(f"| {' | '.join(cells)} |")
    head = f"| {word['what']} | {word['about']} | {word['who']} | {word['state']} |\n|---|---|---|---|"
    return "\n".join([head, *rows])


def first_week(language: Language, word: Mapping[str, str]) -> str:
    """Return the first week as Markdown, a heading and a table a day; what the company still has to write is marked."""
    pages = {one["id"]: one for one in calendar()["company"]}
    parts = []
    for day in range(1, FIRST_WEEK + 1):
        rows = [f"| {word['hours']} | {word['kind']} | {word['do']} |", "|---|---|---|"]
        for hour in calendar()["hour"]:
            if hour["day"] == day:
                needs = pages.get(hour.get("company", ""))
                text = f"{side(hour, language)} {_note(needs, language, word)}" if needs else side(hour, language)
                rows.append(f"| {hour['from']}{_TO}{hour['to']} | {word[hour['kind']]} | {text} |")
        parts += [f"### {word['day'].format(day=day)} {{#day-{day}}}", "\n".join(rows)]
    return "\n\n".join(parts)


def weeks(language: Language, word: Mapping[str, str]) -> str:
    """Return weeks 2 to 13 as Markdown, a heading and a table a week."""
    parts = []
    for week in calendar()["week"]:
        said = side(week, language)
        rows = [f"| {word['kind']} | {word['do']} |", "|---|---|"]
        rows += [f"| {word[name]} | {said[line]} |" for line, name in LINES.items()]
        if "gate" in week:
            rows.append(f"| {word['gate']} | {word['gate_of'].format(day=week['gate'])} |")
        heading = word["week"].format(week=week["week"], focus=said["focus"], **_days(week["week"]))
        parts += [f"### {heading} {{#week-{week['week']}}}", "\n".join(rows)]
    return "\n\n".join(parts)


def download(language: Language, word: Mapping[str, str]) -> Markup:
    """Return the form that makes a calendar file from the day of the start; it is shown where scripts run."""
    entries: list[dict[str, Any]] = [
        {"day": hour["day"], "from": hour["from"], "to": hour["to"], "title": _plain(side(hour, language))}
        for hour in calendar()["hour"]
    ]
    for week in calendar()["week"]:
        title = word["event_week"].format(week=week["week"], focus=side(week, language)["focus"])
        entries.append({"week": week["week"], "title": title})
        if "gate" in week:
            entries.append({"day": week["gate"], "title": word["event_gate"].format(day=week["gate"])})
    return tag(
        "form",
        tag("label", tag("span", word["start"]), tag("input", type="date", name="start", required=True)),
        tag("button", word["save"], type="submit", class_="pb-button pb-primary"),
        tag("button", word["print"], type="button", class_="pb-button", data_action="print"),
        tag("small", word["save_help"], data_said=word["saved"], role="status"),
        class_="pb-test-setup",
        data_needs_script=True,
        data_calendar=json.dumps(entries, ensure_ascii=False, separators=(",", ":")),
        data_file=word["file"],
    )


def _days(week: int) -> dict[str, int]:
    return {"first": 7 * week - 6, "last": min(7 * week, 90)}


def _there(page: Mapping[str, Any], language: Language) -> str | None:
    """Return what a page of the company's is like: ``written``, ``unwritten``, or None where it has none."""
    src_uri = f"{language}/{page['page']}.md"
    if not source(src_uri).is_file():
        return None
    return "unwritten" if front_matter_of(src_uri).get("unwritten") else "written"


def _named(page: Mapping[str, Any], language: Language) -> str:
    name: str = side(page, language)["name"]
    return f"[{name}](../{page['page']}.md)" if _there(page, language) else name


def _owner(page: Mapping[str, Any], language: Language, roles: Mapping[str, str]) -> str:
    found = front_matter_of(f"{language}/{page['page']}.md").get("owner") if _there(page, language) else None
    owner = str(found or page["owner"])
    return roles.get(owner, owner)


def _state(page: Mapping[str, Any], language: Language, word: Mapping[str, str]) -> str:
    return word[_there(page, language) or "missing"]


def _note(page: Mapping[str, Any], language: Language, word: Mapping[str, str]) -> str:
    key = "needs" if _there(page, language) == "written" else "needs_open"
    return word[key].format(page=_named(page, language), state=_state(page, language, word))


def _plain(text: str) -> str:
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
