"""The one door: requests and replies, fields and their mistakes, settings, plans, downloads, the command line."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators import CALCULATORS
from calculators.bridge import Bridge, reply
from calculators.engine.answers.result import PAGE_ROWS
from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.fields import shown
from calculators.engine.asks.settings import Settings
from calculators.engine.exports import downloads
from calculators.engine.reads.sources import Rows
from calculators.engine.reads.tables import outline
from calculators.engine.shows.form import UNUSED_SHOWN
from calculators.engine.shows.text import DASH, LANGUAGES, SHARED, Language, Text, words_of
from calculators.engine.shows.wording import Wording
from calculators.stage_finder import SYMPTOMS
from tests.conftest import NO_COMPANY, ROOT
from tests.table_files import openpyxl_file

ROWS_READ = ("rows_read", "rows_used", "rows_unused")
ROWS = [["客户", "收入"], ["甲", "500"], ["乙", "300"], ["丙", "200"]]


def ask(bridge: Bridge | None = None, attachments: dict[str, bytes] | None = None, **request: Any) -> dict[str, Any]:
    """Return the reply to a request for ABC tiers."""
    request = {"id": 7, "calculator": "abc_tiers", "language": "en", **request}
    answer: dict[str, Any] = json.loads((bridge or Bridge()).reply(json.dumps(request), attachments))
    return answer


def download(attachments: dict[str, bytes] | None = None, **request: Any) -> bytes:
    """Return the bytes of a download."""
    request = {"id": 7, "calculator": "abc_tiers", "language": "zh", **request}
    return Bridge().download(json.dumps(request), attachments)[2]


# --- requests and replies --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, one in CALCULATORS.items() if one.declare(Settings()).tables])
def test_a_list_of_ones_own_is_never_computed_with_the_examples(name: str) -> None:
    """Where only an optional list is given, the lists that it goes with are asked for, in both languages."""
    tables = CALCULATORS[name].declare(Settings()).tables
    required = {table.name for table in tables if table.required}
    for table in tables:
        if table.required or table.from_result:
            continue
        for language in LANGUAGES:
            words = Wording(name, Text(language, Settings())).words
            header = [words(f"column.{column.name}") for column in table.columns]
            given = {table.name: {"rows": [header, ["?"] * len(header)]}}
            answer = json.loads(reply(json.dumps({"calculator": name, "language": language, "tables": given})))
            errors = answer.get("errors", ())
            needed = {error["field"]: error for error in errors if error["code"] == "common.list_needed"}
            assert needed.keys() == required
            assert all(words(f"table_input.{field}.label") in error["message"] for field, error in needed.items())


def test_a_reply_has_what_the_contract_names() -> None:
    """id, ok, result with figures, tables, notices and verdict, html, charts: outsiders rely on these names."""
    answer = ask(tables={"customers": ROWS})
    assert (answer["id"], answer["ok"]) == (7, True)
    assert set(answer["result"]) == {"figures", "tables", "notices", "verdict"}
    assert answer["result"]["figures"]["revenue"] == 100_000
    assert answer["result"]["tables"]["ranking"][0]["customer"] == "甲"
    assert 'data-figure="revenue"' in answer["html"]
    assert "series" in answer["charts"]["pareto"]


def test_a_table_is_taken_as_rows_text_dictionaries_or_file() -> None:
    """Every way of handing a table over gives the same figures, rows and notices."""
    text = "\n".join("\t".join(row) for row in ROWS)
    dictionaries = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]
    file = {"file": "f", "name": "a.csv"}
    forms: list[Any] = [ROWS, text, {"rows": ROWS}, {"text": text}, dictionaries, file]
    content = {"f": text.replace("\t", ",").encode()}
    results = [ask(tables={"customers": form}, attachments=content)["result"] for form in forms]
    assert all(one == results[0] for one in results)


def test_without_a_table_the_worked_example_is_computed_and_said_to_be_one() -> None:
    """The reply to an empty request is what the page prints at build."""
    answer = ask()
    assert answer["result"]["figures"]["customers"] == 28
    assert "common.example" in [notice["code"] for notice in answer["result"]["notices"]]
    assert "common.example" not in [notice["code"] for notice in ask(tables={"customers": ROWS})["result"]["notices"]]


def test_the_module_answers_with_our_defaults() -> None:
    """``calculators.bridge.reply`` is the door for those without settings of their own."""
    assert json.loads(reply(json.dumps({"id": 1, "calculator": "abc_tiers", "language": "zh"})))["ok"]


def test_an_unknown_calculator_or_language_is_a_bug_of_the_caller() -> None:
    """No reader can ask for these, so they raise."""
    with pytest.raises(ValueError, match="there is no calculator"):
        ask(calculator="abc")
    with pytest.raises(ValueError, match="there is no calculator"):
        ask(language="fr")


def test_a_list_that_is_refused_says_which_of_its_rows_were_not_used() -> None:
    """Weights that make 90% since the row with the other ten could not be read."""
    rows = [["measure", "target", "actual", "weight"], ["a", "1", "1", "90%"], ["b", "1", "1", "ten"]]
    errors = ask(calculator="five_lines", tables={"measures": rows})["errors"]
    assert [error["code"] for error in errors] == ["five_lines.not_hundred", "common.rows_unused"]
    assert all(words in errors[1]["message"] for words in ("Row 3", "“ten” is not a number"))
    hidden = ask(
        calculator="goal_breakdown",
        values={"pseudonyms": "yes", "secret_word": "word"},
        tables={
            "people": "name\tstart date\nAda\t\nBo\tAda's",
            "absences": "name\tfrom\tto\nBo\t2027-03-01\t2027-03-02",
        },
    )
    assert [error["field"] for error in hidden["errors"]] == ["absences", "people"]
    assert "Ada" not in str(hidden["errors"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_many_mistakes_of_one_list_a_page_is_said_and_how_many_more(language: Language) -> None:
    """A list of another team has as many mistakes as rows; the page would stand still under all of them."""
    locked = [["person", "month", "amount"], *([f"nobody {at}", "2027-03", "1"] for at in range(1_234))]
    answer = ask(calculator="goal_breakdown", language=language, values={}, tables={"locked": locked})
    *first, last = answer["errors"]
    assert [error["params"]["row"] for error in first] == list(range(2, PAGE_ROWS + 2))
    assert (last["field"], last["code"], last["params"]) == ("locked", "common.more_mistakes", {"count": 1_134})
    assert "1,134" in last["message"]
    assert answer["html"].count("<li>") == PAGE_ROWS + 1


def test_a_long_table_is_given_a_hundred_rows_at_a_time() -> None:
    """The reply has one page; another is asked for by number, and one beyond the end is the last."""
    rows = [["customer", "revenue"], *([f"c{at:03}", str(1000 - at)] for at in range(250))]
    pages = {page: ask(tables={"customers": rows}, pages={"ranking": page}) for page in (1, 3, 9)}
    ranking = {page: answer["result"]["tables"]["ranking"] for page, answer in pages.items()}
    assert [len(ranking[page]) for page in (1, 3, 9)] == [100, 50, 50]
    assert ranking[3][0]["customer"] == "c200"
    assert ranking[9] == ranking[3]


@pytest.mark.parametrize(
    ("calculator", "values", "tables"),
    [
        ("abc_tiers", {}, {"customers": ROWS[:2]}),
        (
            "goal_breakdown",
            {"measure": "deals", "deals": "1", "first": "2027-01-01", "last": "2027-01-31"},
            {"people": "name\nAda", "steps": "Step,Conversion,Cycle\nlead,50%,1"},
        ),
        ("first_customers", {}, {"archive": "prospect\nAcorn", "weeks": "week,prospects\n1,2"}),
        ("solo_signing", {}, {"newcomers": "name,started\nAda,2026-01-01", "drills": "name,scenario\nAda,price"}),
        ("tracks", {"people": "1"}, {}),
        ("efficiency_alert", {"deals": "1"}, {}),
        ("stage_finder", dict.fromkeys(SYMPTOMS, "no") | {"in_heads": "yes"}, {}),
    ],
)
def test_one_of_something_has_no_plural_in_english(
    calculator: str, values: dict[str, str], tables: dict[str, Any]
) -> None:
    """A list of one customer, a span of one month, a team of one."""
    answer = ask(calculator=calculator, values=values, tables=tables)
    things = "customers|months|weeks|days|teams|rows|cells|deals|lines|people|prospects|scenarios|symptoms"
    assert re.findall(rf"(?<![\d.,])1 (?:{things})\b", answer["html"]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_at_all_is_a_dash_in_a_sentence(language: Language) -> None:
    """Where nobody can take what is left over, there is no empty bracket."""
    assert Text(language, Settings()).listed([]) == DASH


def test_names_cannot_become_markup() -> None:
    """A customer called like an element is shown, not run."""
    answer = ask(tables={"customers": [["customer", "revenue"], ["<img src=x onerror=alert(1)>", "5"]]})
    assert "<img" not in answer["html"]
    assert "&lt;img" in answer["html"]


def test_all_mistakes_come_at_once_each_with_its_field_and_sentence() -> None:
    """Fields and tables are both checked before anything is said."""
    values = {"count_share_a": "x", "working_days": "0", "driver": "luck", "nonsense": "1"}
    answer = ask(values=values, tables={"customers": "nothing"})
    assert not answer["ok"]
    assert {error["field"] for error in answer["errors"]} == {*values, "customers"}
    assert all(error["message"] and not re.search("[一-鿿]", error["message"]) for error in answer["errors"])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "fields.empty"),
        ("x", "fields.not_a_number"),
        ("20,5", "fields.separators"),
        ("nan", "fields.not_a_number"),
        ("101", "fields.out_of_bounds"),
        ("-1", "fields.out_of_bounds"),
        ("12.345", "fields.too_fine"),
        ("30", "fields.wrong_sum"),
    ],
)
def test_each_mistake_in_a_share_has_its_own_sentence(typed: str, code: str) -> None:
    """Empty, no number, a comma that may part anything, out of bounds, too fine, and a sum that is not 100%."""
    answer = ask(values={"count_share_a": typed})
    assert answer["errors"][0]["code"] == code


@pytest.mark.parametrize("typed", ["15", "15%", "１５", "15.0", " 15 ", 15, 15.0])
def test_shares_are_understood_as_people_type_them(typed: object) -> None:
    """Full-width digits, percent signs, spaces and plain numbers are all 15%."""
    answer = ask(values={"count_share_a": typed, "count_share_b": "35"})
    assert answer["values"]["count_share_a"] == "15"


# --- plans and downloads ---------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.text(max_size=8), st.integers(-(10**6), 10**9)), min_size=1, max_size=12))
def test_a_plan_opens_as_it_was_saved(pairs: list[tuple[str, int]]) -> None:
    """Whatever was computed is computed again from its plan; a list that cannot be read is in none."""
    rows = [["customer", "revenue"], *([name, str(fen)] for name, fen in pairs)]
    request: dict[str, Any] = {"values": {"driver": "revenue", "at_cutoff": "exclude"}, "tables": {"customers": rows}}
    before = ask(**request)
    try:
        plan = download(download="plan", **request)
    except InvalidInputs:
        assert not before["ok"]
        return
    after = ask(attachments={"p": plan}, plan="p", values=None)
    assert after.get("result") == before.get("result")
    assert after.get("values") == before.get("values")


def saved_and_opened(options: dict[str, Any], content: bytes, **request: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the result with a file, and that of its plan."""
    request = {"tables": {"customers": {"file": "f", "name": "f", **options}}, **request}
    plan = download({"f": content}, download="plan", **request)
    return ask(attachments={"f": content}, **request)["result"], ask(attachments={"p": plan}, plan="p")["result"]


def test_a_row_that_a_comma_has_cut_is_not_used_from_a_plan_either() -> None:
    """1,234 without quotes is not ¥1 once the plan is opened again."""
    before, after = saved_and_opened({}, b"customer,revenue\na,500\nb,1,234\n")
    assert before["tables"]["rows_unused"] == after["tables"]["rows_unused"]
    assert before["figures"] == after["figures"]
    assert after["figures"]["rows_unused"] == 1


def test_a_plan_has_what_merged_cells_of_a_workbook_say() -> None:
    """An owner who stands beside two customers once is still the owner of both."""
    rows: list[list[object]] = [["客户", "负责人", "收入"], ["甲", "赵", 500], ["乙", None, 300], ["丙", "钱", 200]]
    content = openpyxl_file({"客户": rows}, lambda book: book.worksheets[0].merge_cells("B2:B3"))
    before, after = saved_and_opened({}, content)
    assert [row["owner"] for row in before["tables"]["ranking"]] == ["赵", "赵", "钱"]
    assert before["tables"] == after["tables"]


def test_a_plans_table_can_be_read_in_another_unit() -> None:
    """Choosing how to read it does not put the worked example in its place."""
    plan = download(download="plan", tables={"customers": {"rows": ROWS, "columns": {"region": None}}})
    answer = ask(attachments={"p": plan}, plan="p", tables={"customers": {"unit": "10000"}})
    assert answer["result"]["figures"]["revenue"] == 100_000 * 10_000


def test_what_is_set_beside_a_plan_changes_nothing_else_of_it() -> None:
    """``plan.json --set period=2027`` on the command line keeps the rule that the plan is computed by."""
    values = {"driver": "revenue", "at_cutoff": "carry"}
    plan = download(download="plan", tables={"customers": ROWS}, values=values)
    answer = ask(attachments={"p": plan}, plan="p", values={"period": "2027"})
    assert {name: answer["values"][name] for name in (*values, "period")} == {**values, "period": "2027"}


def test_rows_to_edit_come_with_how_they_are_read() -> None:
    """The unit and the columns that the reader chose still hold after a cell was edited."""
    chosen = {"unit": 10_000, "columns": {"revenue": 2, "customer": 0}, "answers": {"totals": "count"}}
    content = {"f": b"customer,a,b\nx,1,2\n"}
    answer = ask(attachments=content, tables={"customers": {"file": "f", **chosen}}, rows_of="customers")
    assert answer["rows"] == [["customer", "a", "b"], ["x", "1", "2"]]
    assert answer["reading"] == {**chosen, "aligned": False, "delimiter": ",", "sheet": None}


def test_a_plan_keeps_what_was_typed_mistakes_included() -> None:
    """Work that is not right yet can be put away, and comes back with the same mistake."""
    plan = download(download="plan", values={"count_share_a": "abc"}, tables={"customers": ROWS})
    answer = ask(attachments={"p": plan}, plan="p", values=None)
    assert [(error["field"], error["code"]) for error in answer["errors"]] == [("count_share_a", "fields.not_a_number")]
    assert answer["values"]["count_share_a"] == "abc"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\x00", "common.plan.not_a_plan"),
        (b"[1]", "common.plan.not_a_plan"),
        (b'{"format": "sales-playbook-plan", "version": 2}', "common.plan.other_version"),
        (b'{"format": "sales-playbook-plan", "version": 1, "calculator": "x"}', "common.plan.other_calculator"),
        (b'{"format": "sales-playbook-plan", "version": 1, "calculator": "abc_tiers"}', "common.plan.missing_key"),
    ],
)
def test_a_file_that_is_no_plan_of_this_calculator_is_refused(content: bytes, code: str) -> None:
    """Each kind of wrong file has its sentence."""
    answer = ask(attachments={"p": content}, plan="p", values=None)
    assert [(error["field"], error["code"]) for error in answer["errors"]] == [("plan", code)]


def test_downloads_keep_numbers_numbers_and_texts_texts() -> None:
    """A customer called =1+1 stays a text in CSV and XLSX, and negative amounts stay numbers."""
    table = {"customers": [["客户", "收入"], ["=1+1", "500"], ["乙", "-300"]]}
    csv = download(download="csv", table="ranking", tables=table).decode("utf-8-sig")
    assert "'=1+1" in csv
    weeks = download(calculator="first_customers", download="csv", table="by_week").decode("utf-8-sig")
    assert "\r\n1,2018-09-03,2018-09-09," in weeks  # a day as any spreadsheet reads it
    outside = download(download="csv", table="outside", tables=table).decode("utf-8-sig")
    assert "-300.00" in outside
    book = openpyxl.load_workbook(io.BytesIO(download(download="xlsx", tables=table)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(cell.value == "=1+1" for cell in cells)
    assert any(cell.value == -300 for cell in cells)
    figures = {row[1].value: row[2] for row in book.worksheets[0].iter_rows(min_row=2)}
    assert (figures["参与分级的客户"].value, figures["净收入合计"].value) == (1, 200)
    assert (figures["A 级贡献收入"].value, figures["A 级贡献收入"].number_format) == (1, "0.00%")


# --- settings --------------------------------------------------------------------------------------------


def test_the_companys_shares_are_the_defaults_everywhere() -> None:
    """A company with 15/35/50 sees them in the form, the result and the reply."""
    settings = Settings.from_mapping({"abc": {"customers": {"A": 15, "B": 35, "C": 50}}, "currency": "USD"})
    answer = ask(Bridge(json.dumps(settings.as_mapping())), tables={"customers": ROWS})
    assert answer["values"]["count_share_a"] == "15"
    assert "$1,000" in answer["html"]


@pytest.mark.parametrize(
    ("raw", "place", "code"),
    [
        ({"colour": 1}, "extra.playbook.colour", "settings.unknown_key"),
        ({"abc": 5}, "extra.playbook.abc", "settings.not_a_mapping"),
        ({"unit": 7}, "extra.playbook.unit", "settings.not_taken"),
        ({"prefetch": "no"}, "extra.playbook.prefetch", "settings.not_taken"),
        ({"currency": "yuan"}, "extra.playbook.currency", "settings.not_taken"),
        ({"company": {"zh": "", "en": "A"}}, "extra.playbook.company.zh", "settings.not_taken"),
        ({"abc": {"customers": {"A": 20, "B": 30}}}, "extra.playbook.abc.customers.C", "settings.missing_share"),
        ({"abc": {"revenue": {"A": 60, "B": 30, "C": 11}}}, "extra.playbook.abc.revenue", "settings.not_hundred"),
        (
            {"abc": {"revenue": {"A": "60%", "B": 30, "C": 10}}},
            "extra.playbook.abc.revenue.A",
            "settings.not_taken",
        ),
        ({"abc": {"working_days_per_quarter": 0}}, "extra.playbook.abc.working_days_per_quarter", "settings.not_taken"),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_write(raw: dict[str, Any], place: str, code: str) -> None:
    """Wrong keys, types and sums are each reported at their place, in both languages."""
    with pytest.raises(InvalidInputs) as caught:
        Settings.from_mapping(raw)
    assert [(error.field, error.code) for error in caught.value.errors] == [(place, code)]


# --- words -----------------------------------------------------------------------------------------------


def flat(words: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """Return texts by their whole key, plurals as one."""
    result: dict[str, str] = {}
    for key, value in words.items():
        if isinstance(value, dict) and set(value) != {"one", "other"}:
            result |= flat(value, f"{prefix}{key}.")
        else:
            result[f"{prefix}{key}"] = value["other"] if isinstance(value, dict) else value
    return result


TOPICS = sorted({*CALCULATORS, *(path.name.split(".")[0] for path in SHARED.glob("*.toml"))})


@pytest.mark.parametrize("topic", TOPICS)
def test_every_sentence_exists_in_both_languages_with_the_same_values(topic: str) -> None:
    """No text lacks its twin, and both fill in the same parameters (some names are only in one script)."""
    chinese, english = (flat(words_of(topic, language)) for language in LANGUAGES)
    only_here = {"common.scale.wan", "common.scale.yi", "common.scale.k", "common.scale.m", "common.scale.bn"}
    only_here |= {"common.unit_suffix.u10000", "common.unit_suffix.u100000000"}  # 万 and 亿, which English has not
    assert {f"{topic}.{key}" for key in chinese.keys() ^ english.keys()} <= only_here
    for key in chinese.keys() & english.keys():
        free = {"zh", "en", "money_unit"}  # amounts have a unit in Chinese where English needs none
        places = [set(re.findall(r"\{(\w+)", text)) - free for text in (chinese[key], english[key])]
        assert places[0] == places[1], key


@pytest.mark.parametrize(
    ("language", "line", "named"),
    [
        ("zh", "3 行，未采用 0 行 对上 2 列 2 列没对上", "没对上的列：电话、备注。要用就在上面选。"),
        ("en", "3 rows, 0 not used 2 columns matched 2 not matched", "Columns not matched: 电话, 备注. To use one"),
    ],
)
def test_the_line_of_a_list_counts_the_columns_that_nothing_was_read_from(language: str, line: str, named: str) -> None:
    """They are named where columns are chosen; of months that were added up none is among them."""

    def seen(csv: str, **how: object) -> str:
        tables = {"customers": {"file": "f", **how}}
        request = {"calculator": "abc_tiers", "language": language, "tables": tables}
        reply = json.loads(Bridge().reply(json.dumps(request), {"f": csv.encode()}))
        assert reply["ok"]
        return re.sub(r"(?:<[^>]*>|\s)+", " ", reply["inputs"]["customers"])

    found = seen("Customer,Revenue,电话,备注\n甲,100,1,x\n乙,90,2,y\n丙,10,3,z\n")
    assert line in found
    assert named in found
    months = "Customer,Revenue 2026-01,Revenue 2026-02\n甲,100,1\n乙,90,2\n丙,10,3\n"
    assert not re.search("没对上|not matched", seen(months))
    latest = seen(months, answers={"periods.revenue": "latest"})
    assert re.search("1 (?:列没对上|not matched)", latest)  # and the sum of both is no column of the list


def test_every_code_in_the_source_has_its_sentence() -> None:
    """A key written in Python exists in the text files."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "calculators").rglob("*.py"))
    keys = {f"{topic}.{key}" for topic in TOPICS for key in flat(words_of(topic, "zh"))}
    named = set(re.findall(rf'"((?:{"|".join(TOPICS)})\.[a-z0-9_.]+)"', source))
    assert named
    assert not {name for name in named if name not in keys and not any(key.startswith(f"{name}.") for key in keys)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("calculator", CALCULATORS)
def test_no_two_parts_of_a_result_are_called_the_same(calculator: str, language: Language) -> None:
    """Who hears a page goes to a table by its name, and a workbook's sheets are told apart by them."""
    words = words_of(calculator, language)
    for part in ("section", "table", "chart"):
        labels = [said["label"] for said in words.get(part, {}).values() if "label" in said]
        assert len(set(labels)) == len(labels), (part, sorted(labels))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("calculator", CALCULATORS)
def test_the_headings_of_every_template_are_understood(calculator: str, language: Language) -> None:
    """Each column of a table that is filled in under our own headings is taken for what it is."""
    wording = Wording(calculator, Text(language, Settings()))
    for table in CALCULATORS[calculator].declare(Settings()).tables:
        header = [wording.words(f"column.{column.name}") for column in table.columns]
        mapping = outline(Rows.of([header, ["x"] * len(header)]), table).mapping
        assert mapping == {column.name: at for at, column in enumerate(table.columns)}, table.name


def test_rows_of_several_tables_are_told_apart() -> None:
    """Every unused row is in one list with the name of its table, and the counts are of all tables."""
    tables = {
        "newcomers": "新人\t入职日期\t首次独立签单日期\n甲\t2026-01-01\t\n合计\t\t\n",
        "drills": "新人\t场景\n甲\t太贵\n\t太贵\n",
    }
    request = {"id": 1, "calculator": "solo_signing", "language": "zh", "values": {}, "tables": tables}
    result = json.loads(Bridge().reply(json.dumps(request)))["result"]
    assert [result["figures"][f"rows_{what}"] for what in ("read", "used", "unused")] == [4, 2, 2]
    assert [(row["list"], row["row"]) for row in result["tables"]["rows_unused"]] == [
        ("新人名单", 3),
        ("异议演练记录（可选）", 3),
    ]
    assert [row["rows_used"] for row in result["tables"]["lists"]] == [1, 1]


def unfilled(calculator: str, language: Language) -> list[tuple[str, dict[str, Any], bytes]]:
    """Return every optional table of a calculator as a header alone: pasted, and as our own template left empty."""
    wording = Wording(calculator, Text(language, Settings()))
    found: list[tuple[str, dict[str, Any], bytes]] = []
    for table in CALCULATORS[calculator].declare(Settings()).tables:
        if table.required:
            continue
        pasted = "\t".join(wording.words(f"column.{column.name}") for column in table.columns)
        found.append((table.name, {"text": pasted}, b""))
        workbook = downloads.template(wording, table, "empty", []).content
        found.append((table.name, {"file": "f", "name": "template.xlsx"}, workbook))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("calculator", CALCULATORS)
def test_an_optional_list_of_a_header_alone_is_absent_and_said_to_be(calculator: str, language: Language) -> None:
    """Whether pasted or a template dropped as it came, it is computed as without the list, and the reader is told."""
    fields = CALCULATORS[calculator].declare(Settings()).fields
    values = {field.name: shown(field, field.example, "CNY") for field in fields if field.example is not None}
    for table, source, content in unfilled(calculator, language):
        request = {"id": 1, "calculator": calculator, "language": language, "values": values}
        absent = json.loads(Bridge().reply(json.dumps({**request, "tables": {table: {"text": " "}}})))
        reply = json.loads(Bridge().reply(json.dumps({**request, "tables": {table: source}}), {"f": content}))
        assert reply["ok"], (table, reply["errors"])
        assert reply["result"]["figures"] == {**dict.fromkeys(ROWS_READ, 0), **absent["result"]["figures"]}, table
        told = [notice for notice in reply["result"]["notices"] if notice["code"] == "common.header_only"]
        label = Wording(calculator, Text(language, Settings())).words(f"table_input.{table}.label")
        assert [notice["params"]["list"] for notice in told] == [label]
        assert "common.header_only" not in json.dumps(absent["result"]["notices"])


def test_a_required_list_of_a_header_alone_is_a_mistake() -> None:
    """Nothing can be computed without it, and the sentence says what is missing."""
    for header in ("客户,收入", [["客户", "收入"]]):
        assert [error["code"] for error in ask(tables={"customers": header})["errors"]] == ["tables.no_rows"]


def test_a_single_row_without_a_header_is_no_header() -> None:
    """Pasted, saved in a plan and opened again, somebody's only absence is still there."""
    tables = {"people": "姓名\t团队\n林默\t甲\n", "absences": "林默\t2027-03-01\t2027-03-05"}
    request = {"id": 1, "calculator": "goal_breakdown", "language": "zh", "values": {}, "tables": tables}
    first = json.loads(Bridge().reply(json.dumps(request)))
    plan = Bridge().download(json.dumps({**request, "download": "plan"}))[2]
    again = {**request, "values": None, "tables": {}, "plan": "p"}
    assert json.loads(Bridge().reply(json.dumps(again), {"p": plan}))["result"] == first["result"]


# --- the command line ------------------------------------------------------------------------------------


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in the checkout."""
    command = [sys.executable, "-m", "calculators", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **NO_COMPANY}, capture_output=True, encoding="utf-8", check=False
    )


def test_the_command_prints_the_reply_that_the_browser_would_get(tmp_path: Path) -> None:
    """With the settings of mkdocs.yml, values and language as given."""
    file = tmp_path / "customers.csv"
    file.write_text("\n".join(",".join(row) for row in ROWS), encoding="gb18030")
    ended = run("abc_tiers", str(file), "--json", "--set", "driver=revenue", "--lang", "en")
    assert ended.returncode == 0, ended.stderr
    request = {"id": 1, "calculator": "abc_tiers", "language": "en", "values": {"driver": "revenue"}}
    request["tables"] = {"customers": {"file": "file", "name": "customers.csv"}}
    attachments = {"file": file.read_bytes()}
    assert json.loads(ended.stdout) == json.loads(Bridge().reply(json.dumps(request), attachments))


def test_the_command_says_what_is_wrong_and_fails(tmp_path: Path) -> None:
    """A bad file is exit status 1 with a sentence, a bad command 2."""
    file = tmp_path / "empty.csv"
    file.write_bytes(b"")
    ended = run("abc_tiers", str(file), "--lang", "en")
    assert ended.returncode == 1
    assert "empty.csv" in ended.stderr
    assert run("abc_tiers", "missing.csv").returncode == 2
    assert run("abc_tiers", "--set", "driver").returncode == 2


@pytest.mark.parametrize(("language", "said"), [("zh", "第 3 行："), ("en", "Row 3:")])
def test_the_line_of_a_list_opens_to_the_rows_that_are_not_used(language: str, said: str) -> None:
    """Which and why, beside the count; of very many the first, and where the others are."""
    rows = [["客户", "收入"], ["甲", "5"], ["乙", "不知道"], *([f"c{at}", f"x{at}"] for at in range(40))]
    request = {"calculator": "abc_tiers", "language": language, "tables": {"customers": {"rows": rows}}}
    view = json.loads(Bridge().reply(json.dumps(request)))["inputs"]["customers"]
    listed = view[view.index('<details class="pb-unused">') :]
    assert f"<li><b>{said}</b>" in listed
    assert "不知道" in listed
    assert listed.count("<li>") == UNUSED_SHOWN
    assert listed.count("<p>") == 1
    few = json.loads(Bridge().reply(json.dumps({**request, "tables": {"customers": {"rows": rows[:2]}}})))
    assert "pb-unused" not in few["inputs"]["customers"]
