"""Scenarios side by side: figures with differences, what differs in what was put in, one scale, one workbook; plans."""

import io
import json
from typing import Any

import openpyxl
import pytest

from calculators import CALCULATORS
from calculators.bridge import Bridge
from calculators.engine.asks.limits import MAX_SCENARIO_NAME, MAX_SCENARIOS
from calculators.engine.exports import downloads
from calculators.engine.shows.text import LANGUAGES

BASE = {"name": "基准"}
STRONGER = {"name": "人均更高", "values": {"full": "150000", "attainment": "95"}}
FISCAL = {"name": "4-4-5", "values": {"year_cut": "445"}}
PEOPLE = [["姓名", "入职日期"], ["陈一诺", "2026-01-01"], ["方子墨", "2026-02-01"]]


def asked(*scenarios: dict[str, Any], calculator: str = "goal_breakdown", **more: Any) -> dict[str, Any]:
    """Return the reply to a comparison."""
    request = {"id": 1, "calculator": calculator, "language": "zh", "compare": scenarios, **more}
    answer: dict[str, Any] = json.loads(Bridge().reply(json.dumps(request)))
    return answer


def alone(**values: str) -> dict[str, Any]:
    """Return the reply of one scenario by itself."""
    request = {"calculator": "goal_breakdown", "language": "zh", "values": values}
    answer: dict[str, Any] = json.loads(Bridge().reply(json.dumps(request)))
    return answer


def test_every_figure_is_the_scenarios_own_and_differences_are_to_the_first() -> None:
    """What stands side by side is what each gives alone; the difference is theirs, to the fen."""
    answer = asked(BASE, STRONGER, FISCAL)
    assert answer["ok"]
    figures = answer["comparison"]["figures"]
    each = [alone(), alone(full="150000", attainment="95"), alone(year_cut="445")]
    for name, figure in figures.items():
        assert figure["values"] == [one["result"]["figures"].get(name) for one in each]
    gaps = [one["result"]["figures"]["gap"] for one in each]
    assert figures["gap"]["differences"] == [None, gaps[1] - gaps[0], gaps[2] - gaps[0]]
    assert figures["hires"]["values"] == [2, 1, 2]
    assert figures["expected"]["values"] == [None, 1_140_000_000, None]
    assert figures["expected"]["differences"] == [None, None, None]
    for one in each:
        assert one["result"]["verdict"]["sentence"] in answer["html"]


def test_only_inputs_that_differ_are_shown_as_the_form_calls_them() -> None:
    """A choice in words, amounts with their currency, a list by its name and rows; what is alike is left out."""
    answer = asked(BASE, STRONGER, FISCAL)
    assert answer["comparison"]["inputs"] == {
        "一年怎么分月": ["自然月", "自然月", "4-4-5"],
        "预计达成率": ["100%", "95%", "100%"],
        "一个成熟销售每月能签多少": ["130,000 CNY", "150,000 CNY", "130,000 CNY"],
    }
    one, other = ({"people": {"rows": [*PEOPLE, row], "name": "名单"}} for row in (["甲乙丙", ""], ["丁戊己", ""]))
    lists = asked({**BASE, "tables": one}, {**STRONGER, "tables": other})
    assert "<td>名单，3 行</td><td>名单，3 行（内容不同）</td>" in lists["html"]
    assert "输入完全相同" in asked(BASE, {"name": "还是它"})["html"]


def test_charts_stand_on_one_scale() -> None:
    """Every axis has the same ends in every scenario, and money the same unit."""
    answer = asked(BASE, {"name": "十倍", "values": {"target": "120000000"}})
    first, second = (answer["charts"][f"months-{at}"] for at in range(2))
    assert first["yAxis"] == second["yAxis"]
    bars = max(number for one in (first, second) for number in one["series"][0]["data"])
    assert first["yAxis"]["max"] >= bars > first["yAxis"]["max"] / 5
    assert first["series"][0]["data"] == pytest.approx(
        [number / 10 for number in second["series"][0]["data"]], abs=0.01
    )


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_any_calculator_can_be_compared_in_both_languages(calculator: str) -> None:
    """Two scenarios of any calculator have a page and a workbook."""
    request = {"calculator": calculator, "compare": [{"name": "a"}, {"name": "b"}]}
    for language in LANGUAGES:
        answer = json.loads(Bridge().reply(json.dumps({**request, "language": language})))
        assert answer["ok"]
        for charts in (key.rpartition("-")[0] for key in answer["charts"]):
            assert answer["charts"][f"{charts}-0"] == answer["charts"][f"{charts}-1"]
        file = Bridge().download(json.dumps({**request, "language": language, "download": "comparison"}))
        assert openpyxl.load_workbook(io.BytesIO(file[2])).worksheets[0].max_row > 1


def test_the_workbook_has_values_differences_as_formulas_and_inputs() -> None:
    """Numbers stay numbers, a difference is the cell less the first scenario's and has its value, names are text."""
    request = {"calculator": "goal_breakdown", "language": "zh", "compare": [BASE, STRONGER, {"name": "=1+1"}]}
    name, _, content = Bridge().download(json.dumps({**request, "download": "comparison"}))
    assert name == "goal_breakdown-3-scenarios.xlsx"
    computed, written = (openpyxl.load_workbook(io.BytesIO(content), data_only=only) for only in (True, False))
    assert computed.sheetnames[:2] == ["指标", "不同的输入"]
    heads, *rows = computed["指标"].iter_rows(values_only=True)
    assert heads == ("部分", "指标", "基准", "人均更高", "与“基准”的差", "=1+1", "与“基准”的差")
    assert rows[0][0] == "结论"
    assert str(rows[0][2]).startswith("团队能承担目标的 86%")
    at, gap = next((at, row) for at, row in enumerate(rows, 2) if row[1] == "缺口")
    assert gap[2:5] == (1_675_756, 683_040, -992_716)
    assert written["指标"].cell(at, 5).value == f"=D{at}-C{at}"
    assert [row[0] for row in computed["不同的输入"].iter_rows(min_row=2, values_only=True)] == [
        "预计达成率",
        "一个成熟销售每月能签多少",
    ]


def test_the_workbook_has_every_table_of_every_scenario_and_what_differs() -> None:
    """Lines by scenario, then each that differs: numbers as formulas, words as both, what only one has by its name; a
    table that is alike in all is there once.
    """
    by_revenue = {"name": "=按收入", "values": {"driver": "revenue"}}
    request = {"calculator": "abc_tiers", "language": "zh", "compare": [BASE, by_revenue], "download": "comparison"}
    content = Bridge().download(json.dumps(request))[2]
    computed, written = (openpyxl.load_workbook(io.BytesIO(content), data_only=only) for only in (True, False))
    alone = openpyxl.load_workbook(
        io.BytesIO(Bridge().download(json.dumps({**request, "values": {}, "download": "xlsx"}))[2])
    )
    assert set(alone.sheetnames[2:]) <= set(computed.sheetnames)
    ranking = computed["客户排名与级别"]
    names = [row[0] for row in ranking.iter_rows(min_row=2, values_only=True)]
    count = alone["客户排名与级别"].max_row - 1
    assert names[: 2 * count] == ["基准"] * count + ["=按收入"] * count
    assert set(names[2 * count :]) == {"“=按收入”减“基准”"}
    at = next(row for row in range(2 * count + 2, ranking.max_row + 1) if ranking.cell(row, 3).value == "锦帆水产")
    assert any(cell.value in ("B → C", "C → B") for cell in ranking[at])
    places = [row for row in range(2, 2 * count + 2) if ranking.cell(row, 3).value == "锦帆水产"]
    assert written["客户排名与级别"].cell(at, 2).value == f"=B{places[1]}-B{places[0]}"
    alike = [row[0] for row in computed["不参与分级的客户"].iter_rows(min_row=2, values_only=True)]
    assert alike == ["各情景相同"] * 2
    moved = {row[0] for row in computed["级别变了、新来和走了的客户"].iter_rows(min_row=2, values_only=True)}
    assert {"只有“=按收入”有", "只有“基准”有"} <= moved


def test_of_a_very_long_table_only_what_differs_is_in_the_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so, and each line that differs is there of both, with its difference."""
    monkeypatch.setattr(downloads, "LONG_TABLE", 10)
    others = {"name": "按收入", "values": {"driver": "revenue"}}
    request = {"calculator": "abc_tiers", "language": "zh", "compare": [BASE, others], "download": "comparison"}
    content = Bridge().download(json.dumps(request))[2]
    sheet = openpyxl.load_workbook(io.BytesIO(content))["客户排名与级别"]
    first, *rows = sheet.iter_rows(min_row=2, values_only=True)
    assert str(first[0]).startswith("超过 10 行")
    names = [row[0] for row in rows]
    assert 0 < names.count("基准") == names.count("按收入") == names.count("“按收入”减“基准”") <= 10
    moved = {row[2] for row in rows if row[0] == "基准"}
    assert moved == {row[2] for row in rows if row[0] == "按收入"}


def test_scenarios_in_money_and_in_deals_stand_in_one_workbook() -> None:
    """What is counted in another way has no difference, and both stand there by their scenarios."""
    others = [{"name": "单", "values": {"measure": "deals"}}, FISCAL]
    request = {"calculator": "goal_breakdown", "language": "en", "compare": [BASE, *others], "download": "comparison"}
    book = openpyxl.load_workbook(io.BytesIO(Bridge().download(json.dumps(request))[2]))
    heads, *rows = book.worksheets[3].iter_rows(values_only=True)
    assert heads[0] == "Scenario"
    assert {row[0] for row in rows} >= {"基准", "单", "4-4-5"}
    assert "12000000 → 240" not in {cell for row in rows for cell in row}


@pytest.mark.parametrize(
    ("scenarios", "code"),
    [
        ([BASE], "common.scenario.not_so_many"),
        ([{"name": str(at)} for at in range(5)], "common.scenario.not_so_many"),
        ([BASE, BASE], "common.scenario.name_taken"),
        ([BASE, {"name": " "}], "common.scenario.no_name"),
        ([BASE, {"name": "长" * (MAX_SCENARIO_NAME + 1)}], "common.scenario.no_name"),
        ([BASE, {"name": "错", "values": {"target": "x"}}], "common.scenario.mistake"),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_sentence(scenarios: list[dict[str, Any]], code: str) -> None:
    """Too few, too many, names that are none or taken, and a scenario with a mistake, by its name."""
    answer = asked(*scenarios)
    assert not answer["ok"]
    assert [error["code"] for error in answer["errors"]] == [code]
    if code.endswith("mistake"):
        assert answer["errors"][0]["message"].startswith("“错”算不出来：")


def plan(*scenarios: dict[str, Any], **values: str) -> dict[str, Any]:
    """Return the plan of a work with scenarios."""
    request = {"calculator": "goal_breakdown", "language": "zh", "values": values, "download": "plan"}
    tables = {"people": {"rows": PEOPLE}}
    content = Bridge().download(json.dumps({**request, "tables": tables, "scenarios": scenarios}))[2]
    saved: dict[str, Any] = json.loads(content)
    return saved


def opened(saved: dict[str, Any], **request: Any) -> dict[str, Any]:
    """Return the reply to a plan that is opened."""
    asks = {"calculator": "goal_breakdown", "language": "zh", "plan": "p", **request}
    answer: dict[str, Any] = json.loads(Bridge().reply(json.dumps(asks), {"p": json.dumps(saved).encode()}))
    return answer


def test_a_plan_keeps_scenarios_with_their_lists_and_one_without_opens() -> None:
    """A list that is the work's own is in the file once; each scenario comes back as it was; older plans have none."""
    more = [*PEOPLE, ["丁戊己", ""]]
    shared = {"name": "同一份", "values": {"target": "6000000"}, "tables": {"people": {"rows": PEOPLE}}}
    own = {"name": "另一份", "tables": {"people": {"rows": more}}}
    saved = plan(shared, own, target="5000000")
    assert [(one["name"], list(one["tables"]), one["shares"]) for one in saved["scenarios"]] == [
        ("同一份", [], ["people"]),
        ("另一份", ["people"], []),
    ]
    answer = opened(saved)
    assert [(one["name"], one["values"]["target"]) for one in answer["scenarios"]] == [
        ("同一份", "6000000"),
        ("另一份", "12,000,000"),
    ]
    both = [{"name": name, "plan": "p", "scenario": name} for name in ("同一份", "另一份")]
    assert opened(saved, compare=both)["comparison"]["figures"]["headcount"]["values"] == [2, 3]
    older = {key: value for key, value in saved.items() if key != "scenarios"}
    assert opened(older)["ok"]
    assert opened(older)["scenarios"] == []
    assert "scenarios" not in plan(target="5000000")


@pytest.mark.parametrize(
    "scenarios",
    [
        {"name": "x"},
        [{"values": {}}],
        [{"name": ""}],
        [{"name": "x"}, {"name": "x"}],
        [{"name": "x", "colour": "red"}],
        [{"name": "x", "values": {"target": [1]}}],
        [{"name": "x", "shares": "people"}],
        [{"name": "x"}, 5],
        [{"name": str(at)} for at in range(MAX_SCENARIOS + 1)],
    ],
)
def test_damaged_scenarios_are_refused_by_their_place(scenarios: Any) -> None:
    """Anybody may have changed the file; the sentence names where it is wrong."""
    answer = opened({**plan(), "scenarios": scenarios})
    assert not answer["ok"]
    (error,) = answer["errors"]
    assert error["field"] == "plan"
    assert error["code"] in ("common.plan.wrong_shape", "common.plan.unknown_key")
    assert "scenarios" in error["message"]


def test_pseudonyms_are_of_every_scenario() -> None:
    """A scenario kept while names were shown shows none now: not compared, not in a plan, not in its own name."""
    hidden = {"pseudonyms": "yes", "secret_word": "BCDF-GHJK-MNPQ"}
    scenario = {"name": "没有陈一诺", "values": {"pseudonyms": "no"}, "tables": {"people": {"rows": PEOPLE}}}
    again = {**scenario, "name": "方子墨多带人", "values": {"over_rep": "10"}}
    compared = asked(scenario, again, values=hidden, tables={"people": {"rows": PEOPLE}})
    assert compared["ok"]
    for text in (
        json.dumps(compared, ensure_ascii=False),
        json.dumps(plan(scenario, again, **hidden), ensure_ascii=False),
    ):
        assert "陈一诺" not in text
        assert "方子墨" not in text
