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
from calculators.engine.shows.text import LANGUAGES, Language, side
from macros.layers import entries
from macros.said import say

ROLES = ("new_hire", "mentor", "manager", "head_of_sales", "founder")
"""Who is tested, as the paths have them."""
COUNT = 10
"""How many are drawn at a time."""
PASS_MARK = 80
"""From how many of a hundred a test is passed: our start, as the path's eight of ten."""
PRINTED = 12
"""How many stand on the page where no script draws."""
FIRST_MONTH = 2
"""Up to which stage a new hire is asked in the first month."""
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
        said, stage, page = side(entry, language), entry["stage"], entry["page"]
        sides = [entry[one] for one in LANGUAGES if one in entry]
        shapes = {tuple(len(one.get(key, ())) for key in ("right", "wrong", "points")) for one in sides}
        asked, answer = said["question"], said["answer"]
    except KeyError as missing:
        raise ValueError(say("quiz.lacks", id=entry.get("id", "?"), key=missing)) from None
    roles = tuple(
        entry.get("roles", ("new_hire", "mentor") if stage <= FOR_NEW_HIRES else ("head_of_sales", "founder"))
    )
    right, wrong, points = (tuple(said.get(key, ())) for key in ("right", "wrong", "points"))
    found = {
        say("quiz.roles", roles=ROLES): set(roles) <= set(ROLES) and roles,
        say("quiz.stage"): stage in range(5),
        say("quiz.sides"): len(shapes) == 1,
        say("quiz.choices"): bool(right) == bool(wrong),
        say("quiz.points"): not (right and points),
    }
    for rule, holds in found.items():
        if not holds:
            raise ValueError(say("quiz.rule", id=entry["id"], rule=rule))
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
    fitting = [one for one in asked if "new_hire" in one.roles and one.stage <= FIRST_MONTH]
    return sorted(fitting, key=lambda one: hashlib.sha256(one.id.encode()).digest())[:PRINTED]


@dataclass(frozen=True)
class OnPage:
    """How questions stand on a page: the words around them, where a page of the handbook is, figures for macros.

    ``place`` gives a page's address and title, ``fill`` puts figures into the macros of a text.
    """

    word: Mapping[str, str]
    place: Callable[[str], tuple[str, str]]
    fill: Callable[[str], str]

    def folded(self, asked: Sequence[Question]) -> Markup:
        """Return questions with their choices, each with its answer and the page it comes from folded away."""
        return tag("ol", [self._folded(one) for one in asked], class_="pb-quiz")

    def _folded(self, one: Question) -> Markup:
        href, title = self.place(one.page)
        letters = " ".join(chr(ord("A") + place) for place in one.right)
        return tag(
            "li",
            tag("p", self._filled(one.question)),
            tag("ol", [tag("li", self._filled(choice)) for choice in one.choices], type="A") if one.choices else None,
            tag(
                "details",
                tag("summary", self.word["answer"]),
                tag("p", tag("strong", letters), " " if letters else None, self._filled(one.answer)),
                tag("ul", [tag("li", self._filled(point)) for point in one.points]) if one.points else None,
                tag("p", self.word["page"], " ", tag("a", title, href=href), class_="pb-quiz-page"),
            ),
        )

    def test(self, asked: Sequence[Question], roles: Mapping[str, str], up_to: Mapping[int, str]) -> Markup:
        """Return the test: who is tested, ``up_to`` which stage, and all questions for the script to draw from.

        A few stand there where no script runs.
        """
        word = self.word
        first = max((stage for stage in up_to if stage <= FIRST_MONTH), default=min(up_to))
        stages = [tag("option", said, value=stage, selected=stage == first) for stage, said in up_to.items()]
        setup = tag(
            "form",
            tag(
                "label",
                tag("span", word["role"]),
                tag("select", [tag("option", roles[role], value=role) for role in ROLES], name="role"),
            ),
            tag("label", tag("span", word["stages"]), tag("select", stages, name="stage")),
            tag("button", word["draw"].format(count=COUNT), type="submit", class_="pb-button pb-primary"),
            tag("button", word["again"], type="button", class_="pb-button", data_action="again"),
            tag(
                "p",
                tag("span"),
                tag("button", word["go_on"], type="button", class_="pb-button pb-primary", data_action="go-on"),
                tag("button", word["discard"], type="button", class_="pb-button", data_action="discard"),
                class_="pb-test-unfinished",
                data_unfinished=True,
                hidden=True,
            ),
            tag("small", word["kept"], data_kept=word["kept"], data_lost=word["lost"], data_damaged=word["damaged"]),
            class_="pb-test-setup",
            data_needs_script=True,
            data_setup=True,
        )
        fixed = printed_set(asked)
        return tag(
            "section",
            setup,
            tag("form", class_="pb-test-paper", data_paper=True, hidden=True),
            tag("div", tag("p", word["fixed"].format(count=len(fixed))), self.folded(fixed), data_fixed=True),
            class_="pb-test",
            data_test=json.dumps([self._data(one) for one in asked], ensure_ascii=False, separators=(",", ":")),
            data_words=json.dumps(dict(word), ensure_ascii=False),
            data_count=COUNT,
            data_pass=PASS_MARK,
            aria_label=word["label"],
        )

    def _data(self, one: Question) -> dict[str, object]:
        """Return a question as the script has it: texts without markup."""
        href, title = self.place(one.page)
        return {
            "id": one.id,
            "roles": one.roles,
            "stage": one.stage,
            "question": self._plain(one.question),
            "choices": [self._plain(choice) for choice in one.choices],
            "right": one.right,
            "points": [self._plain(point) for point in one.points],
            "answer": self._plain(one.answer),
            "page": href,
            "title": title,
        }

    def _filled(self, text: str) -> Markup:
        return Markup(self.fill(text))

    def _plain(self, text: str) -> str:
        return unescape(re.sub(r"<[^>]*>", "", self.fill(text)))
