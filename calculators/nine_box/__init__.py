"""The talent grid (人才九宫格): who stands in which of nine boxes, and what people then decided about it.

Here is what is asked for. Where one person stands is found in ``placing.py``, what a calibration meeting decided in
``decisions.py``, and what is shown of it all in ``sections.py``; words are in ``words.*.toml``.

Source of the model: stage four, "人才九宫格评估工具": performance upwards, output of methods to the right; stars
about 20%, the low-low box at most 5%, the rest left open. The cut-offs, six of the nine boxes and the name of the
low-low box are ours. Nobody is ever moved to fit a share.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from calculators.engine.answers.result import Result, cutoff
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.fields import PRIVACY, Declaration, Field, Group, Seek
from calculators.engine.asks.former import Former
from calculators.engine.asks.settings import BASIS_POINTS, Settings
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.tables import Reading
from calculators.engine.shows.text import LANGUAGES, Text, words_of
from calculators.method import METHOD
from calculators.nine_box import sections
from calculators.nine_box.decisions import Team, decide
from calculators.nine_box.placing import AXES, TRAYS, Axis, Rules, place
from calculators.nine_box.settings import BOXES, NineBoxModel

EXAMPLE_DAY = datetime.date(2026, 9, 30)
MOST_PEOPLE = 20_000
"""Each person is held against exact cut-offs: in a browser about half a millisecond each."""
MEASURED = (
    ColumnSpec("attainment", "percent", required=False),
    ColumnSpec("actual", "money", required=False),
    ColumnSpec("target", "money", required=False),
    ColumnSpec("output", "number", required=False),
    ColumnSpec("output_count", "number", required=False),
    ColumnSpec("quality", "percent", required=False),
    ColumnSpec("start", "date", required=False),
    ColumnSpec("service_months", "number", required=False),
)
"""What says where somebody stands, today and in an earlier list."""


SETTINGS = NineBoxModel


@dataclass(frozen=True)
class Inputs:
    """A list of people, the rules to place them by, and what was decided about single ones.

    ``people``, ``moves`` and ``earlier`` have a row for each row of the file, with the columns of `declare`, the
    earlier decision first; ``moves`` is None where nothing was decided, ``earlier`` without a list of the last time,
    which was ``cycle`` months before.
    """

    people: pd.DataFrame
    moves: pd.DataFrame | None
    rules: Rules
    earlier: pd.DataFrame | None = None
    cycle: int = METHOD["nine_box_cycle"].value

    @classmethod
    def read(cls, values: Mapping[str, Any], tables: Mapping[str, Reading | None]) -> "Inputs":
        """Build the inputs from parsed fields and tables; raises InvalidInputs when cut-offs do not rise."""
        cutoffs: dict[Axis, tuple[Fraction, Fraction]] = {}
        errors = []
        kind = values["cutoffs"]
        for axis in AXES:
            names = [f"percentile_{end}" if kind == "percentile" else f"{axis}_{end}" for end in ("low", "high")]
            scale = 100 if kind == "fixed" and axis == "output" else BASIS_POINTS
            low, high = (Fraction(values[name], scale) for name in names)
            cutoffs[axis] = cutoff(low), cutoff(high)
            if low >= high:
                errors += [InputError(name, "nine_box.cutoffs_do_not_rise") for name in names]
        if errors:
            raise InvalidInputs(list({error.field: error for error in errors}.values()))
        people, moves, earlier = (tables[name] for name in ("people", "moves", "earlier"))
        assert people is not None  # it is a required table
        rules = Rules(
            kind,
            cutoffs,
            cutoff(Fraction(values["borderline"], BASIS_POINTS)),
            values["months"],
            values["as_of"],
            Fraction(values["full_output"], 100),
        )
        moved, before = (None if table is None else table.frame for table in (moves, earlier))
        return cls(people.frame, moved, rules, before, values["cycle"])


def declare(settings: Settings) -> Declaration:
    """Return what the calculator asks for; the company's settings are the defaults."""
    model, places = settings.section(NineBoxModel), spellings(settings)
    boxes = {box: places[box] for box in BOXES}
    ends = ("low", "high")
    fixed, by_rank = ({"cutoffs": (one,)} for one in ("fixed", "percentile"))
    return Declaration(
        fields=(
            Field(
                "cutoffs",
                "choice",
                "cutoffs",
                "fixed",
                options=("fixed", "percentile"),
                formerly=Former("cutting"),
            ),
            *(
                Field(f"performance_{end}", "percent", "fixed_cutoffs", line, 0, 10 * BASIS_POINTS, matters=fixed)
                for end, line in zip(ends, model.performance, strict=True)
            ),
            *(
                Field(f"output_{end}", "hundredths", "fixed_cutoffs", line, 0, BASIS_POINTS, matters=fixed)
                for end, line in zip(ends, model.output, strict=True)
            ),
            *(
                Field(f"percentile_{end}", "percent", "percentile_cutoffs", line, 0, BASIS_POINTS, matters=by_rank)
                for end, line in zip(ends, model.percentiles, strict=True)
            ),
            Field("borderline", "percent", "care", model.borderline, 0, 2_000, formerly=Former("near")),
            Field("months", "whole", "care", model.months, 0, 60),
            Field("as_of", "date", "care", EXAMPLE_DAY, 2000, 2100, today="day"),
            Field("full_output", "hundredths", "care", model.full_output, 100, 1_000_000),
            Field("cycle", "whole", "care", METHOD["nine_box_cycle"].value, 1, 60),
            *PRIVACY,
        ),
        groups=(
            Group("cutoffs"),
            Group("fixed_cutoffs", folded=True, columns=4),
            Group("percentile_cutoffs", folded=True, columns=2),
            Group("care", folded=True, columns=2),
            Group("privacy", columns=2),
        ),
        tables=(
            TableSpec(
                "people",
                (
                    ColumnSpec("person", "text", people=True),
                    *MEASURED,
                    ColumnSpec("manager", "text", required=False, people=True),
                    ColumnSpec("team", "text", required=False),
                    ColumnSpec("region", "text", required=False),
                    ColumnSpec("rater", "text", required=False, people=True),
                ),
                most=MOST_PEOPLE,
            ),
            TableSpec(
                "earlier",
                (
                    ColumnSpec("person", "text", people=True),
                    ColumnSpec("box_then", "choice", required=False, options=places),
                    *MEASURED,
                ),
                required=False,
                most=MOST_PEOPLE,
            ),
            TableSpec(
                "moves",
                (
                    ColumnSpec("person", "text", people=True),
                    ColumnSpec("moved_from", "choice", required=False, options=boxes),
                    ColumnSpec("moved_to", "choice", options=boxes),
                    ColumnSpec("decided_by", "text", required=False, people=True),
                    ColumnSpec("why", "text", required=False, free=True),
                    ColumnSpec("decided_on", "date", required=False),
                ),
                required=False,
                from_result=True,
            ),
        ),
        people=True,
        seeks=(
            Seek("performance_high", "star"),
            Seek("output_high", "star"),
            Seek("performance_low", "improvement"),
            Seek("output_low", "improvement"),
            Seek("borderline", "borderline"),
        ),
    )


def spellings(settings: Settings) -> dict[str, tuple[str, ...]]:
    """Return what each box and tray may be called in a table: its own id, the company's names for it, and ours.

    Where the company gives one box another's name of ours, its own use is meant.
    """
    company = {box: [Text(language, settings)(sections.called(box)) for language in LANGUAGES] for box in BOXES}
    ours = {box: [words_of("nine_box", language)["box"][box]["name"] for language in LANGUAGES] for box in BOXES}
    taken = {name for names in company.values() for name in names}
    boxes = {box: (*company[box], box, *(name for name in ours[box] if name not in taken)) for box in BOXES}
    trays = {tray: [words_of("nine_box", language)["tray"][tray]["name"] for language in LANGUAGES] for tray in TRAYS}
    return boxes | {tray: (*names, tray) for tray, names in trays.items()}


def calculate(inputs: Inputs) -> Result:
    """Place the people and apply what was decided."""
    people, noted = place(inputs.people, inputs.rules)
    team = Team(people, inputs.rules, decide(people, inputs.moves))
    return Result(
        (
            sections.grid(team),
            sections.reading(team, noted),
            sections.distribution(team),
            sections.calibration(team),
            sections.review(team),
            *sections.movement(team, inputs.earlier, inputs.cycle),
            sections.borderline(team),
            sections.everybody(team),
            sections.groups(team),
        )
    )
