"""Stage four's tracks: target, budget and people split over the existing market, the growth market and experiments.

From totals and shares to whole smallest units and whole people for each track, and on to the initiatives of a track;
what existing customers must add to what churn and contraction leave of their recurring revenue. Words are in
``words.*.toml``.

Source: stage four, "双轨制目标体系". Its title counts two tracks and its list has three, each with a measure of its
own: the lifetime value of existing customers, the share of new business, the share of resources that go into
experiments. We read three tracks, of which two carry a target and the third resources, and show what two make.
The shares are ours: the source states none.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import lcm
from typing import Any

import pandas as pd

from calculators.apportion import largest_remainder
from calculators.engine.answers.result import (
    Chart,
    Figure,
    Notice,
    Result,
    Section,
    Series,
    Table,
    beside,
    columns,
    cutoff,
)
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.fields import FILLED, AddsUp, Declaration, Field, Group, Inputs, Seek
from calculators.engine.asks.former import Former
from calculators.engine.asks.settings import BASIS_POINTS, Settings
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.amounts import LARGEST
from calculators.engine.reads.names import more_than_once
from calculators.method import METHOD

TRACKS: Mapping[str, tuple[str, ...]] = {
    "existing": ("存量", "老客", "续约", "续费", "existing", "current", "installed", "renew"),
    "growth": ("增量", "新市场", "新业务", "growth", "new"),
    "experiments": ("创新", "实验", "试验", "experiment", "innovation", "pilot"),
}
"""The tracks and the words by which the table of initiatives names them."""
_NAMED = re.compile("|".join(f"(?P<{track}>{'|'.join(words)})" for track, words in TRACKS.items()))
SPLITS = ("target", "resource")
"""What has shares of its own: budget and people are split alike."""
SPLIT = ("target", "budget", "people")
TARGET_SHARES = {"existing": 7_000, "growth": 3_000, "experiments": 0}
RESOURCE_SHARES = {"existing": 7_000, "growth": 2_000, "experiments": 1_000}
"""Ours. 70/20/10 of resources: Nagji, Tuff, "Managing Your Innovation Portfolio", Harvard Business Review 2012."""


def _lost_without_renewal(renewal: Any) -> Mapping[str, str]:
    """Say a renewal rate, in percent, as churn without contraction; what is no number stays, to be refused."""
    written = str(renewal).strip().removesuffix("%")
    try:
        return {"churn": str(100 - Decimal(written)) if written else "", "contraction": "0"}
    except InvalidOperation:
        return {"churn": written}


def declare(settings: Settings) -> Declaration:
    """Return what the calculator asks for."""
    one, known = settings.minor_units, {"opening": (FILLED,)}
    defaults = {"target": TARGET_SHARES, "resource": RESOURCE_SHARES}
    names = {split: tuple(f"{split}_{track}" for track in TRACKS) for split in SPLITS}
    return Declaration(
        fields=(
            Field("target", "money", "totals", 100_000_000 * one, 0, LARGEST),
            Field("budget", "money", "totals", 15_000_000 * one, 0, LARGEST),
            Field("people", "whole", "totals", 95, 0, 1_000_000),
            *(
                Field(name, "percent", f"{split}_shares", defaults[split][track], 0, BASIS_POINTS)
                for split in SPLITS
                for track, name in zip(TRACKS, names[split], strict=True)
            ),
            Field("opening", "money", "existing", 65_000_000 * one, 0, LARGEST, optional=True, formerly=Former("base")),
            Field("one_off", "money", "existing", 0, 0, LARGEST, matters=known),
            Field(
                "churn",
                "percent",
                "existing",
                900,
                0,
                BASIS_POINTS,
                optional=True,
                formerly=Former("renewal", said_today=_lost_without_renewal),
                matters=known,
            ),
            Field("contraction", "percent", "existing", 300, 0, BASIS_POINTS, optional=True, matters=known),
        ),
        groups=(
            Group("totals", columns=3),
            Group("target_shares", columns=3),
            Group("resource_shares", columns=3),
            Group("existing", columns=2),
        ),
        tables=(
            TableSpec(
                "initiatives",
                (
                    ColumnSpec("track", "text"),
                    ColumnSpec("initiative", "text"),
                    ColumnSpec("initiative_weight", "number", required=False, relative=True),
                ),
                required=False,
            ),
        ),
        sums=tuple(AddsUp(names[split], BASIS_POINTS) for split in SPLITS),
        seeks=(
            Seek("target", "to_add"),
            Seek("target", "net_retention"),
            Seek("target_existing", "to_add"),
            Seek("target_existing", "new_business"),
            Seek("churn", "to_add"),
            Seek("churn", "gross_retention"),
            Seek("opening", "to_add"),
            Seek("opening", "net_retention"),
        ),
    )


@dataclass(frozen=True)
class Split:
    """What a track has: its part of the target and of the budget as held, and of the people."""

    target: int
    budget: int
    people: int


def split(totals: Split, target_weights: Sequence[int], resource_weights: Sequence[int]) -> list[Split]:
    """Split each total by weights, whole and summing exactly; nothing is given out where all weights are zero.

    >>> split(Split(100, 10, 7), [70, 30, 0], [70, 20, 10])
    [Split(target=70, budget=7, people=5), Split(target=30, budget=2, people=1), Split(target=0, budget=1, people=1)]
    """
    parts = (
        largest_remainder(totals.target, target_weights),
        largest_remainder(totals.budget, resource_weights),
        largest_remainder(totals.people, resource_weights),
    )
    return [Split(*part) for part in zip(*parts, strict=True)]


def calculate(inputs: Inputs) -> Result:
    """Split everything; raises InvalidInputs for initiatives of a track that nobody knows or without weight, for more
    lost than there is at the opening, and for more one-off revenue than the existing market's target.
    """
    totals = Split(inputs.target, inputs.budget, inputs.people)
    weights = ([getattr(inputs, f"{name}_{track}") for track in TRACKS] for name in SPLITS)
    parts = dict(zip(TRACKS, split(totals, *weights), strict=True))
    sections = [_tracks(inputs, totals, parts), _existing(inputs, parts["existing"].target)]
    if inputs.initiatives is not None:
        sections.append(_initiatives(inputs.initiatives.frame, parts))
    return Result(tuple(sections))


def _share(part: int, total: int) -> Fraction | None:
    return Fraction(part, total) if total else None


def _tracks(inputs: Inputs, totals: Split, parts: Mapping[str, Split]) -> Section:
    rows = [
        {
            "track": f"tracks.track.{track}",
            "target": part.target,
            "target_share": _share(part.target, totals.target),
            "budget": part.budget,
            "budget_share": _share(part.budget, totals.budget),
            "people": part.people,
        }
        for track, part in parts.items()
    ]
    outside = Split(*(getattr(parts["growth"], name) + getattr(parts["experiments"], name) for name in SPLIT))
    figures = (
        Figure("existing_target", "money", parts["existing"].target),
        Figure("new_business", "share", _share(parts["growth"].target, totals.target)),
        Figure("experiment_share", "share", _share(parts["experiments"].budget, totals.budget)),
        Figure("two_tracks", "money", outside.target, {"budget": outside.budget, "people": outside.people}),
    )
    named, listed = METHOD["tracks_named"].value, METHOD["tracks_listed"].value
    notices = [
        Notice("tracks.reading", {"named": named, "listed": listed}),
        Notice("tracks.exact", {"target": totals.target, "budget": totals.budget, "people": totals.people}),
    ]
    if parts["experiments"].target:
        notices.append(Notice("tracks.experiments_have_target", {"target": parts["experiments"].target}, "caution"))
    if inputs.people and not parts["experiments"].people and inputs.resource_experiments:
        share = cutoff(Fraction(inputs.resource_experiments, BASIS_POINTS))
        notices.append(Notice("tracks.nobody_for_experiments", {"share": share, "people": inputs.people}, "caution"))
    chart = Chart(
        "tracks",
        "bars",
        [f"tracks.track.{track}" for track in TRACKS],
        (
            Series("tracks.column.target_share", "share", [row["target_share"] for row in rows]),
            Series("tracks.column.budget_share", "share", [row["budget_share"] for row in rows]),
        ),
        {
            "experiments": _share(parts["experiments"].budget, totals.budget),
            "growth": _share(parts["growth"].target, totals.target),
        },
        keyed=True,
    )
    table = Table(
        "tracks",
        columns("track:key target:money target_share:share budget:money budget_share:share people:count"),
        rows,
        totals=SPLIT,
    )
    return Section("tracks", figures, (chart,), (table,), tuple(notices))


def _existing(inputs: Inputs, target: int) -> Section:
    """Say what existing customers must bring on top of what stays of their recurring revenue.

    Gross and net revenue retention are those of the SaaS Metrics Standards Board: what is lost to churn and
    contraction, and what expansion adds, over recurring revenue at the opening.
    """
    if inputs.opening is None or inputs.churn is None or inputs.contraction is None:
        return Section("existing", notices=(Notice("tracks.no_opening"),))
    recurring = target - inputs.one_off
    errors = []
    if recurring < 0:
        errors.append(InputError("one_off", "tracks.one_off_beyond_target", {"target": target}))
    if (kept_share := BASIS_POINTS - inputs.churn - inputs.contraction) < 0:
        errors += [InputError(name, "tracks.more_lost_than_all") for name in ("churn", "contraction")]
    if errors:
        raise InvalidInputs(errors)
    opening = inputs.opening
    kept = opening * kept_share // BASIS_POINTS
    lost = (inputs.churn, inputs.contraction)
    churned, contracted = largest_remainder(opening - kept, lost) if any(lost) else (0, 0)
    expansion = max(0, recurring - kept)
    notices = []
    if recurring <= kept:
        notices.append(Notice("tracks.renewals_suffice", {"over": kept - recurring}, "caution"))
    gross = cutoff(Fraction(kept_share, BASIS_POINTS))
    figures = (
        Figure("kept", "money", kept, {"opening": opening, "gross": gross}),
        Figure("to_add", "money", expansion, {"share": _share(expansion, opening)}),
        Figure("gross_retention", "share", gross),
        Figure(
            "net_retention",
            "share",
            beside(_share(recurring, opening), gross, 1),
            {"recurring": recurring, "opening": opening},
        ),
    )
    steps = {"opening": opening, "churn": -churned, "contraction": -contracted, "expansion": expansion}
    steps["closing"] = sum(steps.values())
    rows = [
        {"step": f"tracks.step.{step}", "amount": amount, "of_opening": beside(_share(amount, opening), gross, 1)}
        for step, amount in steps.items()
    ]
    table = Table("retention", columns("step:key amount:money of_opening:share"), rows)
    return Section("existing", figures, tables=(table,), notices=tuple(notices))


def track_of(written: str) -> str | None:
    """Return which track is meant, None where none is named, or more than one.

    >>> track_of("存量市场"), track_of("Growth market"), track_of("其他")
    ('existing', 'growth', None)
    """
    # From the left, so that 创新业务 does not name 新业务, nor a renewal something new.
    named = {found.lastgroup for found in _NAMED.finditer(written.casefold())}
    return named.pop() if len(named) == 1 else None


def _initiatives(frame: pd.DataFrame, parts: Mapping[str, Split]) -> Section:
    errors = []
    by_track: dict[str, list[tuple[str, Fraction]]] = {track: [] for track in TRACKS}
    unweighted = not frame["initiative_weight_known"].any()
    for row in frame.to_dict("records"):
        place = {"row": int(row["row"]), "initiative": row["initiative"]}
        track = track_of(row["track"])
        weight = Fraction(1) if unweighted else Fraction(row["initiative_weight"])
        if track is None:
            errors.append(InputError("initiatives", "tracks.unknown_track", {**place, "cell": row["track"]}))
        elif weight < 0 or not (unweighted or row["initiative_weight_known"]):
            errors.append(InputError("initiatives", "tracks.no_weight", place))
        else:
            by_track[track].append((row["initiative"], weight))
    for track, found in by_track.items():
        if found and not any(weight for _, weight in found):
            errors.append(InputError("initiatives", "tracks.all_zero", {"track": f"tracks.track.{track}"}))
    if errors:
        raise InvalidInputs(errors)
    rows = []
    notices = [Notice("tracks.equal_weights", level="assumed")] if unweighted else []
    for track, found in by_track.items():
        if not found:
            notices.append(Notice("tracks.no_initiative", {"track": f"tracks.track.{track}"}, "caution"))
            continue
        if repeated := more_than_once(name for name, _ in found):
            said = {"track": f"tracks.track.{track}", "names": repeated, "count": len(repeated)}
            notices.append(Notice("tracks.repeated", said, "caution"))
        # The greater weight first, then by name: the order of rows decides nothing.
        found.sort(key=lambda pair: (-pair[1], pair[0]))
        finest = lcm(*(weight.denominator for _, weight in found))
        weights = [int(weight * finest) for _, weight in found]
        whole = sum(weight for _, weight in found)
        for (name, weight), part in zip(found, split(parts[track], weights, weights), strict=True):
            rows.append(
                {
                    "track": f"tracks.track.{track}",
                    "initiative": name,
                    "share": weight / whole,
                    "target": part.target,
                    "budget": part.budget,
                    "people": part.people,
                }
            )
    table = Table(
        "initiatives",
        columns("track:key initiative:text share:share target:money budget:money people:count"),
        rows,
        detail=True,
        totals=SPLIT,
    )
    return Section("initiatives", tables=(table,), notices=tuple(notices))
