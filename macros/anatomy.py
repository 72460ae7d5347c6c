"""What a page consists of: its front matter and its title, and the parts that a reader finds on each practice page.

Checked at every build; what a page leaves out it declares, with the reason, in ``omitted`` of its front matter.
"""

import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import yaml
from mkdocs.utils.meta import YAML_RE

from macros.said import say

PARTS = ("when", "steps", "example", "tools", "mistakes", "measure", "questions", "source", "this-week")
"""The ids of a practice page's parts, in their order; the last is what its reader does about it."""
MOST_STEPS = 7
FRONT_MATTER = ("title", "description", "stage", "audience", "owner", "reviewed", "next_review")


def front_matter(source: str) -> dict[str, Any]:
    """Return what a page's front matter says; empty for a page without one.

    MkDocs by itself prints front matter that it cannot read as the page's text. Raises ValueError with the line and
    what is wrong there.

    >>> front_matter("---\\ntitle: Objections: six of them\\n---\\n")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ValueError: …
    """
    if not re.match(r"-{3}[ \t]*\n", source):
        return {}
    found = YAML_RE.match(source)
    if found is None:
        raise ValueError(say("anatomy.front_matter_unended"))
    try:
        said = yaml.safe_load(found[1])
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise ValueError(say("anatomy.front_matter_wrong", line=line, problem=error.problem)) from None
    if not isinstance(said, dict):
        raise ValueError(say("anatomy.front_matter_no_list"))
    return said


def front_matter_lines(source: str) -> dict[str, int]:
    """Return the line of each name that a page's front matter says, counted in the page's file.

    >>> front_matter_lines("---\\ntitle: Objections\\nstage: 2\\n---\\n")
    {'title': 2, 'stage': 3}
    """
    found = YAML_RE.match(source)
    root = yaml.compose(found[1], Loader=yaml.SafeLoader) if found else None
    if not isinstance(root, yaml.MappingNode):
        return {}
    return {str(key.value): key.start_mark.line + 2 for key, _ in root.value}


def titled(markdown: str, title: object, src_uri: str) -> str:
    """Return a page's Markdown below a heading made of its title, unless it has a heading of its own.

    The heading's id is the name of the file, of its folder for an index. Raises ValueError where there is neither.

    >>> titled("Words.", "Seed customers", "en/stage-1/seed-customers.md")
    '# Seed customers {#seed-customers}\\n\\nWords.'
    """
    outside_code = re.sub(r"^( *)(```|~~~).*?^\1\2", "", markdown, flags=re.MULTILINE | re.DOTALL)
    if re.search(r"^# ", outside_code, re.MULTILINE):
        return markdown
    if not title:
        raise ValueError(say("anatomy.no_title"))
    path = PurePosixPath(src_uri)
    name = path.parent.name if path.stem == "index" else path.stem
    return f"# {title} {{#{name.replace('_', '-')}}}\n\n{markdown}"


def mistakes(meta: Mapping[str, Any], headings: Collection[str], content: str, roles: Collection[str]) -> list[str]:
    """Return what is wrong with a page, for its writer; nothing for pages without a ``kind``.

    ``headings`` are the ids of its headings in their order, ``content`` its HTML.

    >>> len(mistakes({"kind": "practise"}, [], "", []))
    1
    """
    kind = meta.get("kind")
    if kind is None:
        return []
    if kind != "practice":
        return [say("anatomy.kind", kind=kind)]
    found = [*_in_front_matter(meta, roles), *_in_parts(meta.get("omitted", {}), headings)]
    steps = re.search(r'<h2 id="steps">.*?<ol>(.*?)</ol>', content, re.DOTALL)
    if "steps" in headings and not steps:
        found.append(say("anatomy.steps_no_list"))
    elif steps and steps[1].count("<li>") > MOST_STEPS:
        found.append(say("anatomy.many_steps", most=MOST_STEPS))
    if "this-week" in headings and "task-list-item" not in content.partition('<h2 id="this-week">')[2]:
        found.append(say("anatomy.no_tasks"))
    if 'class="pb-lead"' not in content:
        found.append(say("anatomy.no_lead"))
    return found


def _in_front_matter(meta: Mapping[str, Any], roles: Collection[str]) -> Iterator[str]:
    yield from (say("anatomy.lacks", key=key) for key in FRONT_MATTER if key not in meta)
    dates = [meta.get("reviewed"), meta.get("next_review")]
    if not all(isinstance(date, datetime.date) for date in dates):
        yield say("anatomy.not_dates")
    elif dates[1] <= dates[0]:  # type: ignore[operator]  # both are dates
        yield say("anatomy.not_after")
    audience = meta.get("audience")
    if not isinstance(audience, list) or not set(audience) <= set(roles):
        yield say("anatomy.audience", audience=audience, roles=roles)


def _in_parts(omitted: Mapping[str, str], headings: Collection[str]) -> Iterator[str]:
    for part, reason in omitted.items():
        if part not in PARTS:
            yield say("anatomy.omitted_none", part=part, parts=PARTS)
        if part in headings:
            yield say("anatomy.omitted_there", part=part)
        if not reason:
            yield say("anatomy.omitted_why", part=part)
    for part in PARTS:
        if part not in headings and part not in omitted:
            yield say("anatomy.no_part", part=part)
    shown = [part for part in headings if part in PARTS]
    if shown != [part for part in PARTS if part in shown]:
        yield say("anatomy.order", shown=shown, parts=PARTS)


def overdue(meta: Mapping[str, Any], today: datetime.date) -> bool:
    """Say whether a page's next review is past.

    >>> overdue({"next_review": datetime.date(2027, 5, 25)}, datetime.date(2027, 5, 26))
    True
    """
    due = meta.get("next_review")
    return isinstance(due, datetime.date) and due < today
