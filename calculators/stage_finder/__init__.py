"""Which stage are we in (我们在哪个阶段): by what hurts, not by a number that has no unit.

The source numbers its stages 0 to 1, 1 to 10, 10 to 100 and 100 to 1000 and never says of what. So this asks
what is counted, shows the stage that the bare numbers give, and decides by symptoms: each "yes" points to one
stage. The symptoms and their places in the source are in ``symptoms.toml``, words are in ``words.*.toml``.

How symptoms are weighed is ours: a stage needs three quarters of all that point anywhere; otherwise the company is
between the lowest and the highest stage pointed to. How sure that is follows from how likely as much agreement is if
the same number of symptoms were named at random.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import comb, prod
from pathlib import Path
from typing import Literal

from calculators.engine.answers.result import Chart, Figure, Notice, Result, Section, Series, Table, beside, columns
from calculators.engine.arithmetic.chances import ERROR
from calculators.engine.asks.fields import Declaration, Field, Group, Inputs

STAGES = (1, 2, 3, 4)
ENDS: Mapping[int, tuple[int, int]] = {1: (0, 1), 2: (1, 10), 3: (10, 100), 4: (100, 1000)}
"""The source's numbers of each stage, both included, so that 1, 10 and 100 belong to two."""
AGREEMENT = Fraction(3, 4)
"""Ours: the share of pointing symptoms that must agree, and of all symptoms that must be answered to be sure."""
LIKELY = 2 * ERROR
"""Ours: above this chance of as much agreement by luck, a stage is a hint at most; at `ERROR` or below it is sure."""
LEAST_ANSWERED = Fraction(1, 2)
"""Ours: with fewer symptoms answered there is no finding."""
COUNTED = ("unstated", "customers", "sellers", "revenue")

EXAMPLE: Mapping[str, str] = {
    "newcomers_fail": "yes",
    "in_heads": "yes",
    "all_alike": "yes",
    "churn_surprises": "yes",
    "core_slows": "unknown",
}
"""The answers of the worked example, an invented company; to every other symptom it says no."""


@dataclass(frozen=True)
class Symptom:
    """A symptom: the stage that a yes points to, and its place in the source."""

    stage: int
    place: str


SYMPTOMS: Mapping[str, Symptom] = {
    name: Symptom(**symptom)
    for name, symptom in tomllib.loads(Path(__file__).with_name("symptoms.toml").read_text(encoding="utf-8")).items()
}


def declare() -> Declaration:
    """Return what the calculator asks for."""
    return Declaration(
        fields=(
            *(
                Field(
                    name,
                    "choice",
                    f"stage_{symptom.stage}",
                    "unknown",
                    options=("yes", "no", "unknown"),
                    example=EXAMPLE.get(name, "no"),
                )
                for name, symptom in SYMPTOMS.items()
            ),
            Field("counted", "choice", "size", "unstated", options=COUNTED, example="customers"),
            Field("count", "whole", "size", None, 0, 10_000_000, optional=True, example=46),
        ),
        groups=(*(Group(f"stage_{stage}") for stage in STAGES), Group("size")),
    )


FindingKind = Literal["stage", "between", "too_few", "none"]
Sureness = Literal["sure", "likely", "hint"]


@dataclass(frozen=True)
class Finding:
    """What the symptoms say: one stage (``low`` is ``high``), between two, or nothing."""

    kind: FindingKind
    low: int | None
    high: int | None
    sureness: Sureness | None
    votes: Mapping[int, int]
    answered: int

    @property
    def agreement(self) -> Fraction | None:
        """Return the share of pointing symptoms that point to the strongest stage."""
        pointing = sum(self.votes.values())
        return Fraction(max(self.votes.values()), pointing) if pointing else None

    @property
    def by_chance(self) -> Fraction | None:
        """Return how likely as many would agree, were that many symptoms named at random; None without any."""
        pointing = sum(self.votes.values())
        return agreement_by_chance(pointing, max(self.votes.values())) if pointing else None


def agreement_by_chance(pointing: int, agreeing: int) -> Fraction:
    """Return the chance that of so many symptoms named at random so many or more point to one stage.

    >>> [agreement_by_chance(*votes) for votes in ((1, 1), (2, 2), (3, 3), (4, 3))]
    [Fraction(1, 1), Fraction(2, 11), Fraction(1, 55), Fraction(4, 55)]
    """
    of = Counter(symptom.stage for symptom in SYMPTOMS.values())
    ways = sum(
        prod(comb(of[stage], votes) for stage, votes in zip(STAGES, named, strict=True))
        for named in product(*(range(of[stage] + 1) for stage in STAGES))
        if sum(named) == pointing and max(named) >= agreeing
    )
    return Fraction(ways, comb(len(SYMPTOMS), pointing))


def find(answers: Mapping[str, str]) -> Finding:
    """Weigh the symptoms.

    >>> find({name: "yes" if symptom.stage == 2 else "no" for name, symptom in SYMPTOMS.items()}).low
    2
    """
    answered = sum(answer != "unknown" for answer in answers.values())
    yes = Counter(SYMPTOMS[name].stage for name, answer in answers.items() if answer == "yes")
    votes = {stage: yes[stage] for stage in STAGES}
    pointed = [stage for stage in STAGES if votes[stage]]
    if Fraction(answered, len(SYMPTOMS)) < LEAST_ANSWERED:
        return Finding("too_few", None, None, None, votes, answered)
    if not pointed:
        return Finding("none", None, None, None, votes, answered)
    strongest = max(pointed, key=lambda stage: votes[stage])
    total = sum(votes.values())
    if Fraction(votes[strongest], total) < AGREEMENT:
        return Finding("between", pointed[0], pointed[-1], None, votes, answered)
    chance = agreement_by_chance(total, votes[strongest])
    sureness: Sureness = "likely" if chance <= LIKELY else "hint"
    if chance <= ERROR and Fraction(answered, len(SYMPTOMS)) >= AGREEMENT:
        sureness = "sure"
    return Finding("stage", strongest, strongest, sureness, votes, answered)


def by_number(count: int) -> tuple[int, ...]:
    """Return the stages whose numbers a count lies in, by the source's headings; none above 1000.

    >>> by_number(5), by_number(10), by_number(2000)
    ((2,), (2, 3), ())
    """
    return tuple(stage for stage, (low, high) in ENDS.items() if low <= count <= high)


def calculate(inputs: Inputs) -> Result:
    """Find the stage, and say which symptom points where."""
    answers = {name: getattr(inputs, name) for name in SYMPTOMS}
    finding = find(answers)
    return Result((_finding(answers, finding), _symptoms(answers, finding), _number(inputs, finding), _next(finding)))


def _finding(answers: Mapping[str, str], finding: Finding) -> Section:
    """Return the stage, how sure it is, and what to make of it."""
    which = {
        "stage": f"stage_{finding.low}",
        "between": f"between_{finding.low}_{finding.high}",
        "too_few": "too_few",
        "none": "none",
    }[finding.kind]
    figures = (
        Figure("stage", "key", f"stage_finder.finding.{which}"),
        Figure("sureness", "key", finding.sureness and f"stage_finder.sureness.{finding.sureness}"),
        Figure("agreement", "share", beside(finding.agreement, AGREEMENT)),
        Figure(
            "by_chance", "share", beside(finding.by_chance, ERROR, LIKELY), {"pointing": sum(finding.votes.values())}
        ),
        Figure("answered", "count", finding.answered, {"all": len(SYMPTOMS)}),
    )
    notices = [Notice(f"stage_finder.meaning.{which if finding.kind == 'stage' else finding.kind}")]
    for stage, votes in finding.votes.items():
        stray = finding.kind == "between" or (finding.kind == "stage" and stage != finding.low)
        if votes and stray:
            names = [f"stage_finder.field.{name}.label" for name in _pointing(answers, stage)]
            params = {"count": votes, "stage": f"stage_finder.stage.{stage}", "names": names}
            notices.append(Notice("stage_finder.points_to", params, "caution"))
    params = {"agreement": AGREEMENT, "all": len(SYMPTOMS), "least": LEAST_ANSWERED, "sure": ERROR, "likely": LIKELY}
    notices.append(Notice("stage_finder.weighing", params, "assumed"))
    return Section("finding", figures, notices=tuple(notices))


def _pointing(answers: Mapping[str, str], stage: int) -> list[str]:
    return [name for name, symptom in SYMPTOMS.items() if symptom.stage == stage and answers[name] == "yes"]


def _symptoms(answers: Mapping[str, str], finding: Finding) -> Section:
    """Return which symptom points where, those that do first."""
    order = sorted(SYMPTOMS, key=lambda name: (answers[name] != "yes", SYMPTOMS[name].stage))
    rows = [
        {
            "symptom": f"stage_finder.field.{name}.label",
            "answer": f"stage_finder.answer.{answers[name]}",
            "points_to": f"stage_finder.stage.{SYMPTOMS[name].stage}" if answers[name] == "yes" else None,
            "place": f"stage_finder.place.{name}",
        }
        for name in order
    ]
    table = Table("symptoms", columns("symptom:key answer:key points_to:key place:key"), rows, prose=True)
    chart = Chart(
        "votes",
        "counts",
        [f"stage_finder.finding.stage_{stage}" for stage in STAGES],
        (Series("", "count", [finding.votes[stage] for stage in STAGES]),),
        {"pointing": sum(finding.votes.values())},
        keyed=True,
    )
    return Section("symptoms", charts=(chart,), tables=(table,))


def _number(inputs: Inputs, finding: Finding) -> Section:
    """Return what the source's bare numbers say, beside what the symptoms say."""
    if inputs.count is None:
        return Section("number", notices=(Notice("stage_finder.no_number"),))
    stages = by_number(inputs.count)
    counted = f"stage_finder.field.counted.options.{inputs.counted}.label"
    which = "_".join(map(str, stages)) or "beyond"
    figures = (Figure("by_number", "key", f"stage_finder.by_number.{which}", {"counted": counted}),)
    notices = [Notice("stage_finder.literal", {"counted": counted, "number": inputs.count})]
    if inputs.counted == "unstated":
        notices.append(Notice("stage_finder.counted_unstated", level="caution"))
    if finding.kind == "stage" and finding.low not in stages:
        notices.append(Notice("stage_finder.disagree", {"stage": f"stage_finder.stage.{finding.low}"}, "caution"))
    return Section("number", figures, notices=tuple(notices))


def _next(finding: Finding) -> Section:
    """Return the pages to read next: the stages found, the earlier first, and the self-check."""
    stages = sorted({stage for stage in (finding.low, finding.high) if stage}) or STAGES[:2]
    pages = [*(f"stages/stage-{stage}" for stage in stages), "self-check/quarterly"]
    return Section("next", tables=(Table("next", columns("page:page"), [{"page": page} for page in pages]),))
