"""How much of a period has gone by the end of a day, and so how much of a target that adds up is due by then.

By the calendar alone, by working days (with a season's weights, if there are any), or by a season's weights alone. How
years are cut and which days are worked is in ``engine/arithmetic``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal, get_args

from calculators.engine.answers.result import Notice
from calculators.engine.arithmetic.fiscal import MONTHS, WEEKS_OF, Fiscal, FiscalMonth
from calculators.engine.arithmetic.working_days import FIRST_ANNOUNCED, LAST_ANNOUNCED, LAST_DAY, WEEKS, Calendar
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.fields import Field
from calculators.engine.asks.settings import WEEK_STARTS, WorkingYear
from calculators.engine.reads.typed import NotTypedError, days_typed, numbers_typed

Pace = Literal["whole", "even", "days", "own"]
PACES: tuple[Pace, ...] = get_args(Pace)
"""The whole target whatever the day; even over the days, over working days, over a season's weights alone."""
PERIODS: Mapping[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""For how many months of the fiscal year targets are."""
_BY_WORKING_DAYS: Mapping[str, tuple[Pace, ...]] = {"pace": ("days", "own")}


def fields(year: WorkingYear) -> tuple[Field, ...]:
    """Return what is asked of time; the day is the worked example's, and the reader's own as soon as there is one."""
    return (
        Field("pace", "choice", "time", "whole", options=PACES),
        Field("as_of", "date", "time", date(2024, 12, 31), FIRST_ANNOUNCED, LAST_DAY.year, today="day"),
        Field("period", "choice", "time", "quarter", options=tuple(PERIODS)),
        Field("season", "line", "time", "", maximum=200, matters=_BY_WORKING_DAYS),
        Field("week", "choice", "time", year.week, options=WEEKS, matters=_BY_WORKING_DAYS),
        Field("year_cut", "choice", "time", year.year_cut, options=("months", *WEEKS_OF)),
        Field("year_starts", "whole", "time", year.year_starts, 1, MONTHS),
        Field(
            "week_starts",
            "choice",
            "time",
            year.week_starts,
            options=tuple(WEEK_STARTS),
            matters={"year_cut": tuple(WEEKS_OF)},
        ),
        Field("days_off", "text", "time", "\n".join(year.days_off), maximum=4_000, matters=_BY_WORKING_DAYS),
        Field("days_on", "text", "time", "\n".join(year.days_on), maximum=4_000, matters=_BY_WORKING_DAYS),
    )


@dataclass(frozen=True)
class Period:
    """The months of a fiscal year that a day lies in, as many as targets are for, and the ``calendar`` of its days."""

    months: tuple[FiscalMonth, ...]
    as_of: date
    pace: Pace
    season: tuple[Fraction, ...]
    calendar: Calendar

    @property
    def first(self) -> date:
        """Its first day."""
        return self.months[0].first

    @property
    def last(self) -> date:
        """Its last day."""
        return self.months[-1].last

    @property
    def name(self) -> str:
        """What it is called by its fiscal year: 2024-12, 2024 Q4, 2024 H2, 2024."""
        first = self.months[0]
        names = {1: first.name, 3: first.quarter, 6: f"{first.year.name} H{first.number // 6 + 1}"}
        return names.get(len(self.months), first.year.name)

    @property
    def gone(self) -> Fraction:
        """How much of it has gone by the end of the day; 0 where its months weigh nothing at all."""
        parts = [self._part(month) for month in self.months]
        whole = sum((weight for weight, _ in parts), Fraction(0))
        return sum((weight * gone for weight, gone in parts), Fraction(0)) / whole if whole else Fraction(0)

    def _part(self, month: FiscalMonth) -> tuple[Fraction, Fraction]:
        """Return what a month weighs, and how much of it has gone."""
        until = min(self.as_of, month.last)
        days = (month.last - month.first).days + 1
        gone = Fraction(max(0, (until - month.first).days + 1), days)
        if self.pace == "even":
            return Fraction(days), gone
        worked = self.calendar.between(month.first, month.last)
        if worked.worked:
            gone = Fraction(worked.count(month.first, until), len(worked.worked))
        season = self.season[(month.first + (month.last - month.first) / 2).month - 1] if self.season else Fraction(1)
        return (season if self.pace == "own" else season * len(worked.worked)), gone


def period(values: Mapping[str, Any]) -> Period:
    """Return the period that the form names; raises InvalidInputs for days and weights that are none."""
    errors: list[InputError] = []
    season: tuple[Fraction, ...] = ()
    try:
        season = tuple(numbers_typed(values["season"]))
    except NotTypedError as mistake:
        errors.append(InputError("season", f"five_lines.{mistake.code}", {"cell": mistake.cell}))
    else:
        if season and (len(season) != MONTHS or not any(season)):
            errors.append(InputError("season", "five_lines.not_a_season", {"count": len(season)}))
        elif not season and values["pace"] == "own":
            errors.append(InputError("season", "five_lines.no_season"))
    own_days = {name: _days(name, values[name], errors) for name in ("days_off", "days_on")}
    if errors:
        raise InvalidInputs(errors)
    fiscal = Fiscal(values["year_cut"], values["year_starts"], WEEK_STARTS[values["week_starts"]])
    as_of = values["as_of"]
    (now,) = fiscal.between(as_of, as_of)
    length = PERIODS[values["period"]]
    first = (now.number - 1) // length * length
    months = fiscal.months(now.year.year)[first : first + length]
    calendar = Calendar(values["week"], own_days["days_off"], own_days["days_on"])
    found = Period(months, as_of, values["pace"], season, calendar)
    if found.pace != "whole" and not found.gone:
        params = {"date": as_of, "first": found.first, "last": found.last}
        raise InvalidInputs([InputError("as_of", "five_lines.nothing_due", params)])
    return found


def _days(name: str, text: str, errors: list[InputError]) -> frozenset[date]:
    found: set[date] = set()
    for line in filter(None, (line.strip() for line in text.splitlines())):
        try:
            found.update(days_typed(line))
        except NotTypedError as mistake:
            errors.append(InputError(name, f"five_lines.{mistake.code}", {"line": mistake.cell}))
    return frozenset(found)


def said_of(found: Period, adding_up: list[str], assumed: list[str]) -> list[Notice]:
    """Say by which day and calendar targets are counted, which they are, and of which that is our assumption."""
    if found.pace == "whole":
        return []
    by = "days_own" if found.pace == "days" and found.season else found.pace
    params = {"date": found.as_of, "first": found.first, "last": found.last, "share": found.gone}
    notices = [
        Notice(
            "five_lines.to_date",
            {**params, "by": f"five_lines.by.{by}", "names": adding_up, "count": len(adding_up)},
            "assumed",
        )
    ]
    if assumed:
        notices.append(Notice("five_lines.adds_up_assumed", {"names": assumed, "count": len(assumed)}, "assumed"))
    years = sorted({year for year in (found.first.year, found.last.year) if found.calendar.assumed(year)})
    if years and found.pace != "even":
        notices.append(Notice("five_lines.assumed_days", {"years": years, "known": LAST_ANNOUNCED}, "assumed"))
    return notices
