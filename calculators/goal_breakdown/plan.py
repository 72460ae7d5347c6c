"""The target over months and people, worked out once: exact shares, and whole numbers in units of the step.

What is asked is in ``inputs.py``; how the plan is read, level by level, in the modules that make sections of it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from functools import cached_property
from math import ceil

from calculators.apportion import largest_remainder
from calculators.engine.arithmetic.allocation import ImpossibleError, Locks, Shares, by_team, exact_shares
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.settings import BASIS_POINTS
from calculators.goal_breakdown.capacity import Rep, Team
from calculators.goal_breakdown.inputs import Inputs
from calculators.goal_breakdown.months import Month

NOBODY = "(–)"
"""The name of the row that takes a month's number where nobody is there to carry it."""


class Plan:
    """The target over months and people.

    ``people`` are rows in the order that decides on ties, the place of a leaver after the leaver; ``shown`` has them
    as they are to be read. Under pseudonyms these are two orders: a list in the order of hidden names would tell them
    to whoever has the staff list.
    """

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.days = inputs.span.days
        self.months = inputs.span.months
        if not any(month.weight for month in self.months):
            raise InvalidInputs([InputError("last", "goal_breakdown.no_working_days")])
        self.team = Team(
            inputs.people,
            self.months,
            self.days,
            inputs.ramp,
            inputs.attrition,
            inputs.replace_leavers,
            inputs.recruiting,
            inputs.as_of,
        )
        if not any(map(any, self.team.weights)):
            raise InvalidInputs([InputError("people", "goal_breakdown.nobody_there")])
        self.people: list[Rep] = []
        self.weights: list[list[int]] = []
        for person, row in zip(inputs.people, self.team.weights, strict=True):
            self.people.append(person)
            self.weights.append(row)
            if inputs.vacancies == "open" and (left := self._left_by(person)):
                self.people.append(left)
                self.weights.append(self.team.weights_of(left))
        rows = self.team.weights if inputs.months_by == "team" else self.weights
        self.unmanned = [at for at in range(len(self.months)) if not any(row[at] for row in rows)]
        self.shown = sorted(range(len(self.people)), key=self._as_read)
        if inputs.months_by == "calendar" and self.unmanned:
            self.shown.append(len(self.people))
            self.people.append(Rep(NOBODY, vacant=True))
            self.weights.append([int(at in self.unmanned) for at in range(len(self.months))])
        self.teams = [(person.region, person.team) for person in self.people]
        if not any(self.month_weights):  # those who are there are so in months without any weight
            raise InvalidInputs([InputError("people", "goal_breakdown.nobody_there")])
        self.totals = self._levels()
        self.company_locks, cells, of_people = self._locks()
        self.locks = Locks(cells, self._months_locked_at(self.totals[2]), of_people)
        self.shares = self._shares()
        self.quarters = [month.quarter for month in self.months]
        regions = [region for region, _ in self.teams]
        self.grid = self.shares.rounded(self.teams, self.quarters, regions)

    def _left_by(self, person: Rep) -> Rep | None:
        """Return the place that somebody leaves within the span, which takes what they would have gone on to carry."""
        span = self.inputs.span
        if person.last is None or not span.first <= person.last < span.last:
            return None
        return replace(person, name=f"({person.name})", start=person.last + timedelta(days=1), last=None, vacant=True)

    def _as_read(self, row: int) -> tuple[int, str, str, str, bool]:
        """Return what rows are read in the order of: the list's own, with the place of a leaver after them.

        A list under pseudonyms has no order of its own, and is read by region, team and name.
        """
        person = self.people[row]
        name = self.people[row - 1].name if person.vacant else person.name
        return person.place, person.region, person.team, name, person.vacant

    def _levels(self) -> tuple[int, int, int]:
        """Return the company's number, the managers' and the reps', in units of the step, rounded up."""
        inputs = self.inputs
        company = inputs.target // inputs.step
        managers = ceil(Fraction(company * (BASIS_POINTS + inputs.over_manager), BASIS_POINTS))
        return company, managers, ceil(Fraction(managers * (BASIS_POINTS + inputs.over_rep), BASIS_POINTS))

    @cached_property
    def month_weights(self) -> list[Fraction]:
        """What each month weighs: as the inputs say, and times the people who are there if so chosen."""
        weights = [month.weight for month in self.months]
        if self.inputs.months_by == "team":
            for at, month in enumerate(self.months):
                there = self.team.full_days(month)
                weights[at] *= Fraction(sum(row[at] for row in self.team.weights), there) if there else 0
        return weights

    def _locks(self) -> tuple[dict[int, int], dict[tuple[int, int], int], dict[int, int]]:
        """Return what is locked in units: months of the company, cells of people, and people's totals."""
        rows = {person.name: at for at, person in enumerate(self.people) if not person.vacant}
        columns = {month.name: at for at, month in enumerate(self.months)}
        of_months, cells, of_people = {}, {}, {}
        for lock in self.inputs.locks:
            if lock.amount is None:
                continue
            units, rest = divmod(lock.amount, self.inputs.step)
            if rest:
                params = {"row": lock.row, "amount": lock.amount, "step": self.step_label}
                raise InvalidInputs([InputError("locked", "goal_breakdown.locked_not_a_multiple", params)])
            if not lock.person:
                of_months[columns[lock.month]] = units
            elif lock.month:
                cells[rows[lock.person], columns[lock.month]] = units
            else:
                of_people[rows[lock.person]] = units
        return of_months, cells, of_people

    def _shares(self) -> Shares:
        locked, company = sum(self.company_locks.values()), self.totals[0]
        try:
            if locked > company:  # said in the company's own numbers, not in the reps' above them
                raise ImpossibleError("months", locked, company, months=sorted(self.company_locks))
            return exact_shares(self.totals[2], self.month_weights, self.weights, self.locks)
        except ImpossibleError as impossible:
            raise InvalidInputs([self._refusal(impossible)]) from None

    @property
    def step_label(self) -> str:
        """The name of what amounts are rounded to, as the key of a text."""
        return f"goal_breakdown.field.step.options.{self.inputs.step_name}.label"

    def _refusal(self, impossible: ImpossibleError) -> InputError:
        params = {
            "people": [self.people[row].name for row in sorted(impossible.people, key=self.shown.index)],
            "months": [self.months[column].name for column in impossible.months],
            "needed": self.inputs.step * impossible.needed,
            "room": self.inputs.step * impossible.room,
        }
        reason = impossible.reason
        if reason == "no_room_others" and not impossible.people:
            reason = "no_room_rest"
        return InputError("locked", f"goal_breakdown.impossible_{self.inputs.kind}.{reason}", params)

    def amount(self, units: int) -> int:
        """Return a number of units of the step as held, or in deals."""
        return units * self.inputs.step

    def exactly(self, units: Fraction) -> Fraction:
        """Return a number of units that is not rounded in currency units, or in deals."""
        return units * self.inputs.step / (self.inputs.minor_units if self.inputs.kind == "money" else 1)

    def _months_locked_at(self, level: int) -> dict[int, int]:
        """Return what the months that the company has locked come to at a level above it, of this total."""
        locked = list(self.company_locks.values())
        if not any(locked):
            return dict(self.company_locks)
        scaled = largest_remainder(ceil(Fraction(sum(locked) * level, self.totals[0])), locked)
        return dict(zip(self.company_locks, scaled, strict=True))

    # --- the levels ----------------------------------------------------------------------------------

    @cached_property
    def company_shares(self) -> Shares:
        """The company's exact number by month, in one row: as the reps' months are, but for those that are locked."""
        columns = [Fraction(sum(column)) for column in zip(*self.shares.numerators, strict=True)]
        return exact_shares(self.totals[0], columns, [[1] * len(columns)], Locks(months=self.company_locks))

    @cached_property
    def company_months(self) -> list[int]:
        """The company's number by month, in units."""
        company, managers, reps = self.totals
        if company == reps:
            return self.rep_months
        if company == managers:
            return [sum(column) for column in zip(*self.manager_grid, strict=True)]
        return self.company_shares.rounded([0], [0] * len(self.months))[0]

    @cached_property
    def rep_months(self) -> list[int]:
        """What the reps' numbers come to by month, in units."""
        return [sum(column) for column in zip(*self.grid, strict=True)]

    @cached_property
    def team_names(self) -> list[tuple[str, str]]:
        """The teams with their regions, in the order of the people."""
        return list(dict.fromkeys(self.teams))

    @cached_property
    def region_names(self) -> list[str]:
        """The regions, in the order of the people."""
        return list(dict.fromkeys(region for region, _ in self.team_names))

    @cached_property
    def manager_grid(self) -> list[list[int]]:
        """The managers' numbers by team and month, in units."""
        _, managers, reps = self.totals
        if managers == reps:
            return self.team_sums
        teams = by_team(self.teams, self.shares.numerators)
        columns = [Fraction(sum(column)) for column in zip(*teams, strict=True)]
        shares = exact_shares(managers, columns, teams, Locks(months=self._months_locked_at(managers)))
        return shares.rounded(self.team_names, self.quarters, [region for region, _ in self.team_names])

    @cached_property
    def region_grid(self) -> list[list[int]]:
        """The managers' numbers by region and month, in units."""
        return by_team([region for region, _ in self.team_names], self.manager_grid)

    @cached_property
    def team_sums(self) -> list[list[int]]:
        """What the reps' numbers come to by team and month, in units."""
        return by_team(self.teams, self.grid)

    def numbers_of(self, name: str) -> Sequence[int]:
        """Return the number by month, in units, of a person, a team, a region, or of the company."""
        if not name:
            return self.company_months
        for person, row in zip(self.people, self.grid, strict=True):
            if person.name == name:
                return row
        teams = [row for (_, team), row in zip(self.team_names, self.manager_grid, strict=True) if team == name]
        if teams:
            return [sum(column) for column in zip(*teams, strict=True)]
        return self.region_grid[self.region_names.index(name)]

    # --- what people can carry -----------------------------------------------------------------------

    @property
    def full(self) -> Fraction:
        """What a full person is expected to bring in an average month, as held or in deals."""
        return self.inputs.full * self.inputs.attainment / BASIS_POINTS

    @cached_property
    def carried(self) -> list[Fraction]:
        """What the team is expected to bring in each month, as held or in deals."""
        return [
            people * month.full * self.full for people, month in zip(self.team.productive, self.months, strict=True)
        ]

    def capacity_of(self, row: int) -> Fraction:
        """Return what one person can bring over the span, as held or in deals: all that is asked, if they stay."""
        if self.people[row].vacant:
            return Fraction(0)
        parts = zip(self.team.full_people(self.weights[row]), self.months, strict=True)
        return self.inputs.full * sum((people * month.full for people, month in parts), Fraction(0))

    # --- words ---------------------------------------------------------------------------------------

    @property
    def assumed_years(self) -> list[int]:
        """The years whose working days are assumed: of months, or of weeks and presence where months are given."""
        span = self.inputs.span
        return [year for year in range(span.first.year, span.last.year + 1) if span.calendar.assumed(year)]

    def label(self, month: Month) -> str:
        """Return what stands over a month's column: with an asterisk where its days are assumed."""
        return f"{month.name}*" if month.basis == "assumed" else month.name
