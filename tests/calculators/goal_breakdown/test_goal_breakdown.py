"""Goal breakdown through its one door: published cases, what must always hold, mistakes, and the workbook."""

import io
import json
import random
import shutil
import subprocess
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators import goal_breakdown
from calculators.bridge import Bridge
from calculators.engine.answers.result import Result
from calculators.engine.asks.settings import Settings
from calculators.engine.reads.typed import parse
from calculators.engine.shows.text import LANGUAGES
from calculators.work import Work
from tests.calculators.goal_breakdown.plans import plan

ONE = [["姓名"], ["甲"]]


def request(
    values: dict[str, str] | None = None, language: str = "zh", /, **tables: list[list[str]] | None
) -> dict[str, Any]:
    """Return a request with a team of one, unless another is given."""
    given = {"people": ONE, **tables}
    rows = {name: table for name, table in given.items() if table is not None}
    return {"id": 1, "calculator": "goal_breakdown", "language": language, "values": values or {}, "tables": rows}


def ask(
    values: dict[str, str] | None = None, language: str = "zh", /, **tables: list[list[str]] | None
) -> dict[str, Any]:
    """Return the reply."""
    reply: dict[str, Any] = json.loads(Bridge().reply(json.dumps(request(values, language, **tables))))
    return reply


def answer(values: dict[str, str] | None = None, /, **tables: list[list[str]] | None) -> dict[str, Any]:
    """Return figures and tables of a request that has no mistake."""
    reply = ask(values, **tables)
    assert reply["ok"], reply.get("errors")
    result: dict[str, Any] = reply["result"]
    return result


def column(result: dict[str, Any], table: str, name: str) -> list[Any]:
    """Return one column of a table."""
    return [row[name] for row in result["tables"][table]]


def codes(result: dict[str, Any]) -> set[str]:
    """Return the notices, by the last part of their codes."""
    return {notice["code"].removeprefix("goal_breakdown.") for notice in result["notices"]}


DEALS = {"measure": "deals", "first": "2026-01-01", "last": "2026-03-31"}
EQUAL_DAYS = [["月份", "工作日"], ["1月", "10"], ["2月", "10"], ["3月", "10"]]


def test_a_hundred_over_10_locked_20_and_30_gives_20_20_60() -> None:
    """The rest after what is locked goes by the others' weights, not by what is locked."""
    days = [["月份", "工作日"], ["2026-01", "10"], ["2026-02", "25"], ["2026-03", "30"]]
    locked = [["姓名", "月份", "锁定为"], ["公司", "2026-02", "20"]]
    result = answer({**DEALS, "deals": "100"}, days=days, locked=locked)
    assert column(result, "months", "company") == [20, 20, 60]
    assert result["figures"]["locks_kept"] == 1


def test_two_deals_over_an_equal_three_by_three_are_spread_over_months_and_people() -> None:
    """Level by level they would all fall into one month."""
    result = answer({**DEALS, "deals": "2"}, days=EQUAL_DAYS, people=[["姓名"], ["甲"], ["乙"], ["丙"]])
    assert column(result, "months", "company") == [1, 1, 0]
    assert sorted(column(result, "people", "total")) == [0, 1, 1]


def test_balinski_and_youngs_states_by_weight() -> None:
    """Balinski and Young 1975, "The quota method of apportionment": Hamilton's 51, 44, 2, 2, 1 of 100 seats."""
    people = [
        ["姓名", "权重"],
        *(list(pair) for pair in zip("ABCDE", ("51.17", "44", "1.62", "1.61", "1.6"), strict=True)),
    ]
    result = answer({**DEALS, "last": "2026-01-31", "deals": "100"}, people=people)
    assert column(result, "people", "total") == [51, 44, 2, 2, 1]


def test_an_announced_year_is_not_assumed_and_a_later_one_says_so_wherever_it_counts() -> None:
    """Months carry an asterisk everywhere; the page says each sentence once, the result says it of each section."""
    announced = answer({"first": "2026-01-01", "last": "2026-12-31"})
    assert not {code for code in codes(announced) if code.startswith("assumed_days")}
    assert column(announced, "months", "basis") == ["goal_breakdown.basis.announced"] * 12
    reply = ask({"first": "2027-01-01", "last": "2027-12-31"})
    assert column(reply["result"], "months", "basis") == ["goal_breakdown.basis.assumed"] * 12
    said = [notice["code"] for notice in reply["result"]["notices"] if "assumed_days" in notice["code"]]
    assert said == ["goal_breakdown.assumed_days", *["goal_breakdown.assumed_days_too"] * 8]
    for code in set(said):
        assert reply["html"].count(f'data-code="{code}"') == 1
    for section in reply["html"].split('data-section="')[1:]:
        assert ("2027-03*" in section) == (section.split('"')[0] in {"teams", "people", "weeks", "capacity"})


def test_the_end_of_the_known_lunar_calendar_still_answers() -> None:
    """2099 is the last year that the form takes, and its holidays are assumed."""
    assert answer({"first": "2099-01-01", "last": "2099-12-31"})["figures"]["working_days"] == 248


def test_days_can_be_given_by_week_by_own_days_and_pasted() -> None:
    """A plain week, further days off and on, and days by month, which stand instead of the others."""
    plain = answer(
        {**DEALS, "week": "weekdays", "days_off": "2026-01-05 至 2026-01-06\n2026-01-07", "days_on": "2026-1-10"}
    )
    assert column(plain, "months", "days") == [20, 20, 22]
    given_days = answer(DEALS, days=[["月份", "工作日"], ["Feb 2026", "12.5"]])
    assert column(given_days, "months", "days") == [21, 12.5, 22]
    assert column(given_days, "months", "basis")[1] == "goal_breakdown.basis.given"


def test_given_days_of_an_assumed_year_do_not_hide_that_weeks_and_presence_are_assumed() -> None:
    """Pasted working days settle the months; how they fall into weeks still rests on the assumption."""
    result = answer({"first": "2027-01-01", "last": "2027-01-31"}, days=[["月份", "工作日"], ["2027-01", "20"]])
    assert column(result, "months", "basis") == ["goal_breakdown.basis.given"]
    assert "assumed_days" in codes(result)


@pytest.mark.parametrize("season", ["1 2 3 1 1 1 1 1 1 1 1 1", "１，２，３，１、１、１；１；１／１／１　１　１"])
def test_seasons_weigh_months_beside_their_days(season: str) -> None:
    """Twice the season is twice the number, days being equal; a Chinese keyboard's digits and commas are understood."""
    assert column(answer({**DEALS, "deals": "60", "season": season}, days=EQUAL_DAYS), "months", "company") == [
        10,
        20,
        30,
    ]


def test_weeks_across_months_stand_in_both_and_add_up() -> None:
    """January 2026 ends on a Saturday: that week is one row in each month, and both have the whole week beside them."""
    result = answer({**DEALS, "deals": "1000"})
    weeks = result["tables"]["weeks"]
    cut = [row for row in weeks if row["whole_week"] is not None]
    assert {(row["week"], row["month"]) for row in cut} == {
        *(("2026-W05", "2026-01"), ("2026-W05", "2026-02")),
        *(("2026-W09", "2026-02"), ("2026-W09", "2026-03")),
    }
    for row in cut:
        assert row["whole_week"] == sum(other["company"] for other in cut if other["week"] == row["week"])
    for month, number in zip(("2026-01", "2026-02", "2026-03"), column(result, "months", "company"), strict=True):
        assert sum(row["company"] for row in weeks if row["month"] == month) == number


def test_weeks_can_be_those_of_a_person_a_team_or_a_region() -> None:
    """They add up to that one's months, and the company's weeks still reconcile."""
    people = [["姓名", "团队", "区域"], ["甲", "一", "东"], ["乙", "一", "东"], ["丙", "二", "西"]]
    for name, number in (("甲", 100), ("一", 200), ("西", 100), ("", 300)):
        result = answer({**DEALS, "deals": "300", "weeks_of": name}, people=people)
        assert sum(column(result, "weeks", "company")) == number
        assert result["figures"]["difference"] == 0
    assert ask({"weeks_of": "谁"})["errors"][0]["code"] == "goal_breakdown.no_such_name"


def test_start_leave_absence_and_ramp_shape_a_persons_months() -> None:
    """Weight × days there × ramp: half a month, the ramp from the month of the start on, none when away."""
    people = [
        ["姓名", "入职日期", "离职日期"],
        ["老员工", "", ""],
        ["新人", "2026-02-01", ""],
        ["离开", "", "2026-01-31"],
    ]
    absences = [["姓名", "开始", "结束"], ["老员工", "2026-03-01", "2026-03-15"]]
    values = {**DEALS, "week": "weekdays", "deals": "6000", "ramp": "50", "vacancies": "spread"}
    result = answer(values, people=people, absences=absences, days=EQUAL_DAYS)
    grid = {row["person"]: row for row in result["tables"]["people"]}
    assert [grid["离开"][month] for month in ("2026-01", "2026-02", "2026-03")] == [1000, 0, 0]
    assert [grid["新人"][month] for month in ("2026-01", "2026-02")] == [0, 667]
    assert grid["老员工"]["2026-02"] == 1333
    assert grid["老员工"]["2026-03"] == round(2000 * Fraction(12, 12 + 22))


def test_a_ramp_is_said_in_percent_with_its_decimals() -> None:
    """A third is 33.33%, and not 3333/100%."""
    values = {**DEALS, "ramp": "33.33, 66.667, 100"}
    result = answer(values, people=[["姓名", "入职日期"], ["新人", "2026-02-01"]])
    (ramp,) = (notice["params"]["ramp"] for notice in result["notices"] if notice["code"].endswith("rule_ramp"))
    assert ramp == ["33.33%", "66.67%", "100%"]


def test_a_month_with_nobody_there_has_a_row_of_its_own() -> None:
    """Its number is not carried by anybody, and does not slip into other months."""
    result = answer({**DEALS, "deals": "300"}, days=EQUAL_DAYS, people=[["姓名", "入职日期"], ["甲", "2026-02-01"]])
    nobody = next(row for row in result["tables"]["people"] if row["person"] == goal_breakdown.NOBODY)
    assert (nobody["2026-01"], nobody["total"]) == (100, 100)
    assert "unmanned" in codes(result)
    by_team = answer(
        {**DEALS, "deals": "300", "months_by": "team"}, people=[["姓名", "入职日期"], ["甲", "2026-02-01"]]
    )
    assert column(by_team, "months", "company")[0] == 0
    assert "unmanned_skipped" in codes(by_team)


def test_levels_stand_apart_and_a_locked_company_month_stays_at_its_own_level() -> None:
    """Over-assignment rounds up; managers and reps have numbers above the company's, which is not blended with them."""
    values = {**DEALS, "deals": "240", "over_manager": "5", "over_rep": "10"}
    locked = [["姓名", "月份", "锁定为"], ["公司", "2月", "40"]]
    result = answer(values, people=[["姓名", "团队"], ["甲", "一"], ["乙", "二"]], locked=locked)
    assert column(result, "levels", "total") == [240, 252, 278]
    assert column(result, "months", "company")[1] == 40
    assert [sum(column(result, "months", name)) for name in ("company", "managers", "reps")] == [240, 252, 278]
    assert sum(column(result, "teams", "total")) == 252
    assert result["figures"]["difference"] == 0


def test_capacity_says_the_gap_and_how_many_hires_close_it() -> None:
    """One full person at 10 a month against 100 over three months; a hire on 1 February with a ramp of 50 brings 15."""
    values = {**DEALS, "deals": "100", "full_deals": "10", "attrition": "0", "ramp": "50", "recruiting": "31"}
    result = answer({**values, "as_of": "2026-01-01"})
    figures = result["figures"]
    assert (figures["capacity"], figures["gap"], figures["hires"]) == (30, 70, 5)
    assert column(result, "hires", "hires") == [3, 5, 14]
    assert column(result, "hires", "decide_by")[1] == "2026-01-01"
    assert column(result, "capacity", "gap_so_far")[-1] == 70


def test_a_part_of_a_month_carries_a_part_of_its_capacity() -> None:
    """Half of February's working days, half of what a full person brings in a month; a hire of 15 February ramps on
    from then, so that 10 of March's 22 weekdays are still of the first month.
    """
    values = {**DEALS, "deals": "100", "full_deals": "10", "attrition": "0", "week": "weekdays"}
    result = answer({**values, "first": "2026-02-15", "last": "2026-03-31"})
    assert column(result, "capacity", "capacity") == [5, 10]
    assert column(result, "hires", "full_months") == [pytest.approx(1 / 8 + (10 * 0.25 + 12 * 0.5) / 22), 0.25]


def test_attrition_leaves_less_capacity_month_by_month() -> None:
    """At 12% a year half a percent is gone by the middle of the first month, and what covers it is only shown."""
    result = answer({**DEALS, "deals": "100", "full_deals": "10", "attrition": "12"})
    assert column(result, "capacity", "productive") == [0.995, 0.985, 0.975]
    assert result["figures"]["over_assigned"] == 0
    assert 0 < result["figures"]["attrition_cover"] < 0.03


def test_the_funnel_needs_the_companys_deals() -> None:
    """Money is turned into deals by the average deal size, rounded up, and 14 deals need 35, 70, 200 and 2,000."""
    steps = [["环节", "转化率"], ["线索", "10%"], ["商机", "35%"], ["方案", "50%"], ["报价", "40%"]]
    values = {"target": "1350万", "deal_size": "100万", "first": "2026-01-01", "last": "2026-12-31"}
    result = answer(values, steps=steps)
    assert column(result, "funnel_steps", "needed") == [2000, 200, 70, 35]
    assert result["figures"]["funnel_deals"] == 14
    without = answer({**values, "deal_size": ""}, steps=steps)
    assert "no_deal_size" in codes(without)


PEOPLE = [
    ["姓名", "团队", "权重", "入职日期"],
    ["甲", "一", "1", ""],
    ["乙", "一", "0.7", "2026-02-10"],
    ["丙", "二", "1.3", ""],
]


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_every_number_that_says_why_stands_in_a_table_beside_it(seed: int) -> None:
    """Whatever is locked, another month among it: of the months' table, the people's, or the locked cells'."""
    chance = random.Random(seed)
    raw = plan(chance, 1)
    names = [row[0] for row in raw["tables"]["people"][1:]]
    head, *rows = raw["tables"].get("locked", [["姓名", "月份", "锁定为"]])
    asked = [[name, month, ""] for name in names[:4] for month in ("2026-12", "2026-11") if [name, month] not in rows]
    kept = [row for row in rows if [row[0], "2026-12"] not in [one[:2] for one in asked] or row[1] != "12月"]
    month = ["公司", "2026-12", chance.choice(["3", "1"])]
    raw["tables"]["locked"] = [head, *[row for row in kept if row[0] != "公司"], month, *asked]
    reply = json.loads(Bridge().reply(json.dumps(raw)))
    if not reply["ok"]:
        return
    inputs = asked_of(raw)
    result = goal_breakdown.calculate(inputs)
    tables = {table.name: table for table in result.tables}
    months, people, locked = tables["months"], tables["people"], tables["locked"]
    reps = months.column("reps") if "reps" in {one.name for one in months.columns} else months.column("company")
    of_month = dict(zip(months.column("month"), zip(months.column("share"), reps, strict=True), strict=True))
    cells_locked = [dict(zip(locked.shape, row, strict=True)) for row in locked.rows()]
    # The table has people and months as the list wrote them: 12月, or a calendar month for a period of 4-4-5 weeks.
    meant = {lock.written: (lock.person, lock.month) for lock in inputs.locks}
    line_of = {meant[str(row["person"]), str(row["month"])]: row for row in cells_locked}
    settled = {of for of, row in line_of.items() if row["number"] is not None}
    for notice in (one for one in result.notices if one.code.endswith(".shared")):
        said: Mapping[str, Any] = notice.params
        share, number = of_month[said["month"]]
        assert (said["month_share"], said["month_number"]) == (share, number)
        cells = dict(zip(people.column("person"), people.column(str(said["month"])), strict=True))
        assert said["number"] == cells[said["person"]]
        assert said["locked"] == sum(cells[name] for name in cells if settled & {(name, said["month"]), (name, "")})
        line = line_of[said["person"], said["month"]]
        assert (said["rest"], said["exact"]) == (line["rest"], line["exact"])
        assert said["rest"] * said["share"] == said["exact"]


def test_why_a_number_names_the_share_that_the_months_have() -> None:
    """A year of which April is locked at a tenth of its share: the others' shares are those of the table, not of the
    weights that nothing is locked by.
    """
    locked = [["姓名", "月份", "锁定为"], ["公司", "2026-04", "1200000"], ["甲", "2026-05", ""]]
    values = {"first": "2026-04-01", "last": "2026-06-30", "target": "12000000"}
    result = answer(values, locked=locked, people=[["姓名"], ["甲"], ["乙"]])
    assert column(result, "months", "share")[0] == 0.1
    (said,) = [notice["params"] for notice in result["notices"] if notice["code"].endswith("why_money.shared")]
    assert said["month_share"] == column(result, "months", "share")[1]
    assert said["month_number"] == column(result, "months", "company")[1]


MISTAKES: dict[str, tuple[dict[str, str], dict[str, list[list[str]]], str]] = {
    "not_a_multiple": ({"target": "100.50"}, {}, "target"),
    "span_reversed": ({"first": "2027-06-01", "last": "2027-01-01"}, {}, "last"),
    "span_too_long": ({"first": "2027-01-01", "last": "2031-01-01"}, {}, "last"),
    "not_a_season": ({"season": "1 2 3"}, {}, "season"),
    "not_numbers": ({"ramp": "25, 半"}, {}, "ramp"),
    "not_a_ramp": ({"ramp": "25, 120"}, {}, "ramp"),
    "ramp_of_fractions": ({"ramp": "0.25, 0.5, 1"}, {}, "ramp"),
    "not_days": ({"days_off": "2027-13-01"}, {}, "days_off"),
    "same_name": ({}, {"people": [["姓名"], ["甲"], ["甲"]]}, "people"),
    "left_before_start": (
        {},
        {"people": [["姓名", "入职日期", "离职日期"], ["甲", "2027-05-01", "2027-04-01"]]},
        "people",
    ),
    "nobody_there": ({}, {"people": [["姓名", "入职日期"], ["甲", "2030-01-01"]]}, "people"),
    "no_such_person": ({}, {"locked": [["姓名", "月份", "锁定为"], ["谁", "2027-03", "1"]]}, "locked"),
    "no_such_month": ({}, {"locked": [["姓名", "月份", "锁定为"], ["甲", "三月份", "1"]]}, "locked"),
    "locks_the_target": ({}, {"locked": [["姓名", "月份", "锁定为"], ["公司", "", "1"]]}, "locked"),
    "locked_twice": (
        {},
        {"locked": [["姓名", "月份", "锁定为"], ["甲", "3月", "1"], ["甲", "2027-03", "2"]]},
        "locked",
    ),
    "locked_not_a_multiple": ({}, {"locked": [["姓名", "月份", "锁定为"], ["甲", "3月", "1.50"]]}, "locked"),
    "not_a_span": ({}, {"absences": [["姓名", "开始", "结束"], ["甲", "2027-03-02", "2027-03-01"]]}, "absences"),
    "no_working_days": ({"season": "0 1 0 0 0 0 0 0 0 0 0 0", "last": "2027-01-31"}, {}, "last"),
    "impossible_money.months": ({}, {"locked": [["姓名", "月份", "锁定为"], ["公司", "3月", "2000万"]]}, "locked"),
    "impossible_money.people": (
        {"target": "100"},
        {"people": PEOPLE, "locked": [["姓名", "月份", "锁定为"], ["甲", "", "80"], ["丙", "3月", "40"]]},
        "locked",
    ),
    "impossible_money.month": (
        {"target": "100"},
        {"people": PEOPLE, "locked": [["姓名", "月份", "锁定为"], ["公司", "3月", "10"], ["丙", "3月", "40"]]},
        "locked",
    ),
    "impossible_money.person": (
        {"target": "100"},
        {"people": PEOPLE, "locked": [["姓名", "月份", "锁定为"], ["丙", "", "10"], ["丙", "3月", "40"]]},
        "locked",
    ),
    "impossible_money.absent": (
        {"first": "2026-01-01", "last": "2026-12-31"},
        {"people": PEOPLE, "locked": [["姓名", "月份", "锁定为"], ["乙", "1月", "40"]]},
        "locked",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_is_named_at_its_field_with_a_sentence(code: str, language: str) -> None:
    """Every refusal has its field and its own sentence, with nothing left unfilled."""
    values, tables, field = MISTAKES[code]
    reply = ask(values, language, **tables)
    assert not reply["ok"]
    assert (field, f"goal_breakdown.{code}") in {(error["field"], error["code"]) for error in reply["errors"]}
    for error in reply["errors"]:
        assert "{" not in error["message"]


def test_a_locked_total_that_the_only_person_cannot_keep_is_refused_with_who_has_no_room() -> None:
    """One person must carry all of the target; locked below it, the rest has nowhere to go."""
    reply = ask({"target": "100"}, locked=[["姓名", "月份", "锁定为"], ["甲", "", "90"]])
    assert [error["code"] for error in reply["errors"]] == ["goal_breakdown.impossible_money.no_room_rest"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_locked_cells_downloaded_lock_no_more_when_put_in_again(language: str) -> None:
    """A cell that was chosen to know why has a number beside it, and is not locked at that."""
    locked = [["person", "month", "locked at"], ["甲", "2027-03", "5"], ["甲", "2027-05", ""]]
    asked = request({"target": "120"}, language, locked=locked)
    before = json.loads(Bridge().reply(json.dumps(asked)))["result"]
    content = Bridge().download(json.dumps({**asked, "download": "csv", "table": "locked"}))[2]
    again = {**asked, "tables": {**asked["tables"], "locked": {"file": "f", "name": "locked.csv"}}}
    after = json.loads(Bridge().reply(json.dumps(again), {"f": content}))["result"]
    assert [row["number"] for row in before["tables"]["locked"]] == [500, None]
    assert before["tables"] == after["tables"]


def test_cells_outside_the_span_are_not_used_and_said() -> None:
    """A reader who changes the span of a plan, or of the worked example, is not stopped by what was locked in it."""
    result = answer(
        {"first": "2026-01-01", "last": "2026-03-31"}, locked=[["姓名", "月份", "锁定为"], ["甲", "2027-03", "5"]]
    )
    assert "locked_outside" in codes(result)
    for values in ({"first": "2026-03-02", "last": "2026-03-02"}, {"measure": "deals"}, {"target": "1"}):
        raw = {"id": 1, "calculator": "goal_breakdown", "language": "en", "values": values}
        assert json.loads(Bridge().reply(json.dumps(raw)))["ok"], values


def test_a_team_that_is_there_only_in_months_without_weight_is_told_so() -> None:
    """By team, months with nobody get nothing; when no others have a weight, nobody carries the target."""
    people = [["姓名", "入职日期", "离职日期"], ["甲", "2026-02-01", "2026-02-28"]]
    season = "1 0 1 1 1 1 1 1 1 1 1 1"
    reply = ask({**DEALS, "months_by": "team", "season": season}, people=people)
    assert [error["code"] for error in reply["errors"]] == ["goal_breakdown.nobody_there"]


def asked_of(raw: dict[str, Any]) -> goal_breakdown.Inputs:
    """Return what a request asks of the calculator."""
    work = Work(Settings(), raw)
    return goal_breakdown.Inputs.read(parse(work.declaration, raw["values"]), work.readings)


def computed(raw: dict[str, Any]) -> Result:
    """Return the result as data, whole, without its pages."""
    return goal_breakdown.calculate(asked_of(raw))


@settings(max_examples=60)
@given(st.integers(0, 10**6))
def test_every_sum_reconciles_and_the_order_of_rows_changes_nothing(seed: int) -> None:
    """For any team, calendar, ramp and locked numbers: all differences are 0, locks kept, permutations equal."""
    chance = random.Random(seed)
    raw = plan(chance, 1)
    reply = json.loads(Bridge().reply(json.dumps(raw)))
    if not reply["ok"]:
        allowed = ("impossible_", "nobody_there", "no_working_days", "no_season")
        codes_ = [error["code"].removeprefix("goal_breakdown.") for error in reply["errors"]]
        assert all(code.startswith(allowed) for code in codes_), reply["errors"]
        return
    result = computed(raw)
    figures = {figure.name: figure for figure in result.figures}
    assert figures["difference"].value == 0
    assert figures["locks_kept"].value == figures["locks_kept"].params["count"]
    assert figures["weeks_of_months"].value == figures["weeks_of_months"].params["months"]
    tables = {table.name: table for table in result.tables}
    people = tables["people"]
    for grid in (people, tables.get("people_quarters", people)):
        parts = [grid.column(column.name) for column in grid.columns if column.label]
        assert [sum(row) for row in zip(*parts, strict=True)] == grid.column("total") == people.column("total")
    of_months = [*(column.name for column in people.columns if column.label), "total"]
    if raw["values"]["over_manager"] == raw["values"]["over_rep"] == "0":
        for name in of_months:
            assert sum(people.column(name)) == sum(tables["teams"].column(name))
    if "regions" in tables:
        for name in of_months:
            regions = dict.fromkeys(tables["teams"].column("region"), 0)
            for region, number in zip(*(tables["teams"].column(column) for column in ("region", name)), strict=True):
                regions[region] += number
            shown = zip(*(tables["regions"].column(column) for column in ("region", name)), strict=True)
            assert {region.replace(goal_breakdown.NOBODY, ""): number for region, number in shown} == regions
    for name in ("load", "load_teams", "load_regions"):
        if name in tables:
            assert sum(tables[name].column("quota")) == sum(people.column("total"))
    shuffled = [
        raw["tables"]["people"][0],
        *chance.sample(raw["tables"]["people"][1:], len(raw["tables"]["people"]) - 1),
    ]
    again = computed({**raw, "tables": {**raw["tables"], "people": shuffled}})
    assert in_no_order(again.as_json()) == in_no_order(result.as_json())


def in_no_order(value: Any) -> Any:
    """Return a result without the order in which its lists are read, which is that of the reader's own list."""
    if isinstance(value, dict):
        return {key: in_no_order(inner) for key, inner in value.items()}
    return sorted(map(in_no_order, value), key=repr) if isinstance(value, list) else value


def test_people_are_read_in_the_order_of_the_readers_own_list() -> None:
    """Neither by team nor by name; the place of somebody who leaves follows them. Numbers are those of any order."""
    rows = [["姓名", "团队", "离职日期"], ["周", "二队", ""], ["安", "一队", "2027-06-30"], ["林", "二队", ""]]
    request = {"calculator": "goal_breakdown", "language": "zh", "tables": {"people": {"rows": rows}}}
    found = json.loads(Bridge().reply(json.dumps(request)))["result"]["tables"]["people"]
    assert [row["person"] for row in found] == ["周", "安", "(安)", "林"]
    hidden = {**request, "values": {"pseudonyms": "yes", "secret_word": "BCDF-GHJK-MNPQ"}}
    told = [row["person"] for row in json.loads(Bridge().reply(json.dumps(hidden)))["result"]["tables"]["people"]]
    turned = {**hidden, "tables": {"people": {"rows": [rows[0], *rows[:0:-1]]}}}
    again = [row["person"] for row in json.loads(Bridge().reply(json.dumps(turned)))["result"]["tables"]["people"]]
    assert told == again  # an order of their own would tell who is who


def computed_by_libreoffice(content: bytes, folder: Path) -> openpyxl.Workbook:
    """Return a workbook after LibreOffice has computed its formulas, of which it is given no values."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    openpyxl.load_workbook(io.BytesIO(content)).save(folder / "plan.xlsx")  # openpyxl writes formulas without values
    profile = f"-env:UserInstallation=file://{folder}/profile"
    convert = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "computed")]
    subprocess.run([*convert, str(folder / "plan.xlsx")], check=True, capture_output=True, timeout=300)
    return openpyxl.load_workbook(folder / "computed" / "plan.xlsx", data_only=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbooks_totals_are_formulas_that_compute_to_the_same_numbers(language: str, tmp_path: Path) -> None:
    """LibreOffice computes every formula and gets the value that is stored with it, which is what the page shows."""
    asked = {"id": 1, "calculator": "goal_breakdown", "language": language, "download": "xlsx"}
    content = Bridge().download(json.dumps(asked))[2]
    stored = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    anew = computed_by_libreoffice(content, tmp_path)
    found = 0
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            values = [book[sheet.title][cell.coordinate].value for book in (stored, anew)]
            assert values[0] == pytest.approx(values[1], abs=0.001), (sheet.title, cell.coordinate, cell.value)
            found += 1
    assert found > 40
    title = {"zh": "每人每月目标", "en": "People by month"}[language]
    assert list(anew[title].iter_rows(values_only=True))[-1][-1] == 12_000_000


def test_a_changed_cell_changes_the_workbooks_totals(tmp_path: Path) -> None:
    """Totals follow when somebody goes on planning in the workbook."""
    asked = {"id": 1, "calculator": "goal_breakdown", "language": "en", "download": "xlsx"}
    book = openpyxl.load_workbook(io.BytesIO(Bridge().download(json.dumps(asked))[2]))
    sheet = book["People by month"]
    sheet["D2"] = sheet["D2"].value + 1000
    changed = io.BytesIO()
    book.save(changed)
    anew = computed_by_libreoffice(changed.getvalue(), tmp_path)["People by month"]
    assert list(anew.iter_rows(values_only=True))[-1][-1] == 12_001_000
