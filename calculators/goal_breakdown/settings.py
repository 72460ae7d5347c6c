"""How a company plans: ``goals`` of its playbook.yml. What the goal breakdown and its funnel start from.

The year, its working days and holidays are the whole company's, ``calendar`` there (``engine/asks/settings.py``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, NamedTuple

from calculators.engine.arithmetic.fiscal import MONTHS, Cut, Fiscal
from calculators.engine.asks.settings import WEEK_STARTS, Reader, Section, WorkingYear, unscaled
from calculators.goal_breakdown.months import CAPACITIES, SPREADS
from calculators.stages import STAGES, stage_words

HAS = date(2027, 3, 1)
"""When somebody new starts in the example, whom a new hire's path tells of."""
LONGEST_RAMP = 36
LONGEST_STEP = 3_660
"""Days, as the funnel takes them."""
LARGEST_AMOUNT = 10**11
"""Currency units: 100 billion yuan."""
HEADS = {"zh": "环节,转化率,周期", "en": "Step,Conversion,Cycle days"}
"""How the funnel's list is headed, as the worked example heads it."""


class Passing(NamedTuple):
    """What comes of a stage of the funnel: the share that goes on (basis points), and how many days that takes."""

    conversion: int
    days: int


@dataclass(frozen=True)
class Goals(Section):
    """The company's planning: by what a target goes over months, what a full person carries, and its funnel.

    ``season`` has a weight for each calendar month, or none; ``ramp`` percents of a full person in the first months.
    ``full`` is what a full person carries in a month, and ``deal_size`` a deal, in currency units; ``attrition`` and
    ``attainment`` are in basis points, ``recruiting`` in days. ``funnel`` has open stages of a deal by their ids.
    """

    spread: str = "days"
    season: tuple[int | float, ...] = ()
    ramp: tuple[int | float, ...] = (25, 50, 75)
    attrition: int = 1_000
    attainment: int = 10_000
    capacity_by: str = "even"
    full: int = 130_000
    recruiting: int = 60
    deal_size: int = 50_000
    funnel: Mapping[str, Passing] = field(default_factory=dict)

    KEY: ClassVar = "goals"

    @classmethod
    def read(cls, reader: Reader, place: str, raw: object) -> "Goals":
        """Read ``extra.playbook.goals``; a season that is given is gone by, unless the company says otherwise."""
        default = cls()
        given = reader.mapping(place, raw, tuple(cls.__dataclass_fields__))
        season = reader.numbers(f"{place}.season", given.get("season", default.season), 1_000, exactly=MONTHS)
        by_default = "own" if season else default.spread
        spread = reader.one_of(f"{place}.spread", given.get("spread", by_default), SPREADS)
        if spread == "own" and not any(season):
            reader.wrong(f"{place}.spread", "no_season")
        return cls(
            spread=spread,
            season=season,
            ramp=reader.numbers(f"{place}.ramp", given.get("ramp", default.ramp), 100, most=LONGEST_RAMP),
            attrition=reader.hundredths(f"{place}.attrition", given.get("attrition", unscaled(default.attrition)), 90),
            attainment=reader.hundredths(
                f"{place}.attainment", given.get("attainment", unscaled(default.attainment)), 200, least=1
            ),
            capacity_by=reader.one_of(
                f"{place}.capacity_by", given.get("capacity_by", default.capacity_by), CAPACITIES
            ),
            full=reader.whole(f"{place}.full", given.get("full", default.full), 0, LARGEST_AMOUNT),
            recruiting=reader.whole(f"{place}.recruiting", given.get("recruiting", default.recruiting), 0, 730),
            deal_size=reader.whole(f"{place}.deal_size", given.get("deal_size", default.deal_size), 1, LARGEST_AMOUNT),
            funnel=_read_funnel(reader, f"{place}.funnel", given.get("funnel")),
        )

    def as_mapping(self) -> dict[str, Any]:
        """Return it as playbook.yml has it."""
        return {
            "spread": self.spread,
            "season": list(self.season),
            "ramp": list(self.ramp),
            "attrition": unscaled(self.attrition),
            "attainment": unscaled(self.attainment),
            "capacity_by": self.capacity_by,
            "full": self.full,
            "recruiting": self.recruiting,
            "deal_size": self.deal_size,
            "funnel": {
                stage: {"conversion": unscaled(step.conversion), "days": step.days}
                for stage, step in self.funnel.items()
            },
        }

    def own_lists(self) -> Mapping[str, Mapping[str, str]]:
        """Return the company's funnel in the place of the example's, in the order in which a deal goes."""
        if not self.funnel:
            return {}
        rows = {name: self.funnel[name] for name in STAGES if name in self.funnel}
        return {
            "steps": {
                language: "\n".join(
                    [
                        head,
                        *(
                            f'"{stage_words(name, language).title}",{unscaled(step.conversion)}%,{step.days}'
                            for name, step in rows.items()
                        ),
                        "",
                    ]
                )
                for language, head in HEADS.items()
            }
        }


def fiscal_year(year: WorkingYear) -> Fiscal:
    """Return how the company's years are cut."""
    cut: Cut = year.year_cut  # type: ignore[assignment]  # as it is read there
    return Fiscal(cut, year.year_starts, WEEK_STARTS[year.week_starts])


def year_of_goals(year: WorkingYear) -> tuple[date, date]:
    """Return first and last day of the fiscal year that the example plans: the one that has March 2027.

    >>> [f"{day}" for day in year_of_goals(WorkingYear())]
    ['2027-01-01', '2027-12-31']
    >>> [f"{day}" for day in year_of_goals(WorkingYear(year_starts=7))]
    ['2026-07-01', '2027-06-30']
    """
    months = fiscal_year(year).months(HAS.year if year.year_starts <= HAS.month else HAS.year - 1)
    return months[0].first, months[-1].last


def _read_funnel(reader: Reader, place: str, raw: object) -> dict[str, Passing]:
    steps = tuple(name for name, stage in STAGES.items() if stage.state == "open")
    found = {}
    for name, said in reader.mapping(place, raw, steps).items():
        at = f"{place}.{name}"
        given = reader.mapping(at, said, ("conversion", "days"))
        found[name] = Passing(
            reader.hundredths(f"{at}.conversion", given.get("conversion"), 100, least=1),
            reader.whole(f"{at}.days", given.get("days"), 0, LONGEST_STEP),
        )
    return {name: step for name, step in found.items() if name in steps}
