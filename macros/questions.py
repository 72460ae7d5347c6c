"""The test's questions, ours and the company's: what each must have, and how a page prints them for its script.

They are in ``docs/quiz``, a file a topic. Drawing, scoring and what comes again are in
``docs/assets/javascripts/quiz.js``.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from calculators.engine.shows.markup import Markup, tag
from calculators.engine.shows.text import LANGUAGES, Language
from macros.layers import entries

ROLES = ("new_hire", "mentor", "manager", "head_of_sales", "founder")
"""Who is tested, as the paths have them."""
COUNT = 10
"""How many are drawn at a time."""
PASS_MARK = 80
"""From how many of a hundred a test is passed: our start, as the path's eight of ten."""
PRINTED = 12
"""How many stand on the page where no script draws."""
FOR_NEW_HIRES = 3
"""Up to which stage a company's question that names no role is one for new hires."""


@dataclass(frozen=True)
class Question:
    """One question in one language.

    ``right`` are places in ``choices``. One to be answered in free words has none, and ``points`` to tick against the
    model ``answer``; for the others that explains what is right, and why.
    """

    id: str
    roles: tuple[str, ...]
    stage: int
    page: str
    question: str
    answer: str
    choices: tuple[str, ...]
    right: tuple[int, ...]
    points: tuple[str, ...]


def questions(language: Language, whole: str) -> list[Question]:
    """Return all questions in one language, the company's among them.

    A company's question may have no more than question and answer; ``whole`` is then the one point to tick. Raises
    ValueError with the question's id where something is missing or differs between the languages.
    """
    return [_question(entry, language, whole) for entry in entries("quiz.toml", "question")]


def _question(entry: Mapping[str, Any], language: Language, whole: str) -> Question:
    try:
        shapes = {tuple(len(entry[one].get(key, ())) for key in ("right", "wrong", "points")) for one in LANGUAGES}
        said, stage, page = entry[language], entry["stage"], entry["page"]
        asked, answer = said["question"], said["answer"]
    except KeyError as missing:
        raise ValueError(f"quiz.toml: {entry.get('id', '?')} lacks {missing}") from None
    roles = tuple(entry.get("roles", ("new_hire", "mentor") if stage <= FOR_NEW_HIRES else ("head_of_sales", "founder")))
    right, wrong, points = (tuple(said.get(key, ())) for key in ("right", "wrong", "points"))
    found = {
        f"roles are some of {', '.join(ROLES)}": set(roles) <= set(ROLES) and roles,
        "the stage is 1 to 4, or 0 for the whole": stage in range(5),
        "both languages have as many right and wrong choices and points": len(shapes) == 1,
        "there are right and wrong choices, or none": bool(right) == bool(wrong),
        "one with choices has no points": not (right and points),
    }
    for rule, holds in found.items():
        if not holds:
            raise ValueError(f"quiz.toml: {entry['id']}: {rule}")
    given = right + wrong
    order = sorted(range(len(given)), key=lambda place: hashlib.sha256(f"{entry['id']} {place}".encode()).digest())
    return Question(
        id=entry["id"],
        roles=roles,
        stage=stage,
        page=page,
        question=asked,
        answer=answer,
        choices=tuple(given[place] for place in order),
        right=tuple(at for at, place in enumerate(order) if place < len(right)),
        points=points or (() if given else (whole,)),
    )


def printed_set(asked: Sequence[Question]) -> list[Question]:
    """Return those that a page prints where no script draws: of a new hire's first month, a mix that stays the same."""
    fitting = [one for one in asked if "new_hire" in one.roles and one.stage <= 2]
    return sorted(fitting, key=lambda one: hashlib.sha256(one.id.encode()).digest())[:PRINTED]


def folded(
    asked: Sequence[Question], word: Mapping[str, str], link: Callable[[str], Markup], fill: Callable[[str], str]
) -> Markup:
    """Return questions with their choices, each with its answer folded away, and the page that it comes from."""
    items = []
    for one in asked:
        letters = " ".join(chr(ord("A") + place) for place in one.right)
        items.append(
            tag(
                "li",
                tag("p", Markup(fill(one.question))),
                tag("ol", [tag("li", Markup(fill(choice))) for choice in one.choices], type="A") if one.choices else "",
                tag(
                    "details",
                    tag("summary", word["answer"]),
                    tag("p", tag("strong", letters), " " if letters else "", Markup(fill(one.answer))),
                    tag("ul", [tag("li", Markup(fill(point))) for point in one.points]) if one.points else "",
                    tag("p", word["page"], " ", link(one.page), class_="pb-quiz-page"),
                ),
            )
        )
    return tag("ol", items, class_="pb-quiz")


def test(
    asked: Sequence[Question],
    word: Mapping[str, str],
    roles: Mapping[str, str],
    link: Callable[[str], tuple[str, str]],
    fill: Callable[[str], str],
    fixed: Markup,
) -> Markup:
    """Return the test: who is tested, up to which stage, and all questions for the script to draw from.

    ``link`` gives a page's address and title; ``fixed`` stands there where no script runs.
    """

    def plain(text: str) -> str:
        return unescape(re.sub(r"<[^>]*>", "", fill(text)))

    data = [
        {
            "id": one.id,
            "roles": one.roles,
            "stage": one.stage,
            "question": plain(one.question),
            "choices": [plain(choice) for choice in one.choices],
            "right": one.right,
            "points": [plain(point) for point in one.points],
            "answer": plain(one.answer),
            "page": link(one.page)[0],
            "title": link(one.page)[1],
        }
        for one in asked
    ]
    role_options = [tag("option", roles[role], value=role) for role in ROLES]
    stage_options = [tag("option", word[f"stages_{stage}"], value=stage, selected=stage == 2) for stage in range(1, 5)]
    setup = tag(
        "form",
        tag("label", tag("span", word["role"]), tag("select", role_options, name="role")),
        tag("label", tag("span", word["stages"]), tag("select", stage_options, name="stage")),
        tag("button", word["draw"].format(count=COUNT), type="submit", class_="pb-button pb-primary"),
        tag("button", word["again"], type="button", class_="pb-button", data_action="again"),
        tag("small", word["kept"], data_kept=word["kept"], data_lost=word["lost"]),
        class_="pb-test-setup",
        data_setup=True,
        hidden=True,
    )
    return tag(
        "section",
        setup,
        tag("form", class_="pb-test-paper", data_paper=True, hidden=True),
        tag("div", tag("p", word["fixed"].format(count=PRINTED)), fixed, data_fixed=True),
        class_="pb-test",
        data_test=json.dumps(data, ensure_ascii=False, separators=(",", ":")),
        data_words=json.dumps(dict(word), ensure_ascii=False),
        data_count=COUNT,
        data_pass=PASS_MARK,
        aria_label=word["label"],
    )


