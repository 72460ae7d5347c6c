"""Every calculator for companies of other currencies: no hundredths, thousandths, a sign that many share.

What one writing means is held in ``engine/asks/test_currencies``, how lists are read in ``engine/reads``; pages,
workbooks and a site are in ``tests/macros``.
"""

import csv
import io
import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import openpyxl
import pytest

from calculators import CALCULATORS
from calculators.bridge import Bridge
from calculators.engine.asks.currencies import CURRENCIES, decimals, minor_units, name_in_headings
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Language
from calculators.work import Work

COMPANIES = ("USD", "EUR", "JPY", "KWD", "CLP")


def settings(currency: str) -> Settings:
    """Return the settings of a company that differs from ours by its currency alone."""
    return Settings.from_mapping({"currency": currency})


def cells(calculator: str, currency: str) -> Iterator[tuple[object, str, Any]]:
    """Yield every figure and every cell of a worked example: where it is, its kind, its value in currency units."""
    found = Work(settings(currency), {"calculator": calculator, "language": "en"}).result
    shown = [(figure.name, figure.kind, figure.value) for figure in found.figures]
    shown += [
        ((table.name, at, column.name), column.kind, value)  # type: ignore[misc]  # names of figures are plain
        for table in found.tables
        for at, row in enumerate(table.rows())
        for column, value in zip(table.columns, row, strict=True)
    ]
    one = minor_units(currency)
    yield from (
        (place, kind, Fraction(value, one) if kind == "money" and isinstance(value, int) else value)
        for place, kind, value in shown
    )


@pytest.mark.parametrize("calculator", CALCULATORS)
@pytest.mark.parametrize("currency", COMPANIES)
def test_the_same_amounts_give_the_same_figures_in_any_currency(calculator: str, currency: str) -> None:
    """An amount counts in currency units, whatever its smallest unit: amounts differ by less than one of the coarser,
    everything else not at all.
    """
    coarser = Fraction(1, min(minor_units(currency), minor_units("CNY")))
    others = list(cells(calculator, "CNY"))
    for (place, kind, value), (_, _, other) in zip(cells(calculator, currency), others, strict=True):
        if kind == "money" and value is not None:
            assert abs(value - other) < coarser, place
        else:
            assert value == other, place


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("calculator", CALCULATORS)
@pytest.mark.parametrize("currency", COMPANIES)
def test_a_worked_example_names_the_companys_currency_and_no_other(
    calculator: str, currency: str, language: Language
) -> None:
    """Form, result, charts and filled-in templates; the yuan is in none of them."""
    request = {"calculator": calculator, "language": language}
    reply = json.loads(Bridge(settings(currency)).reply(json.dumps(request)))
    assert reply["ok"], reply.get("errors")
    said = json.dumps([reply["html"], reply["charts"], reply["inputs"]], ensure_ascii=False)
    work = Work(settings(currency), request)
    for file in work.templates():
        book = openpyxl.load_workbook(io.BytesIO(file.content))
        said += "".join(str(cell.value) for sheet in book for row in sheet for cell in row)
    said = said.replace(name_in_headings(currency, "zh"), "")
    assert not [word for word in ("CNY", "¥", "￥", "人民币", "万元", "(元)", "（元）") if word in said]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("currency", CURRENCIES)
def test_the_lists_of_the_worked_examples_are_read_in_every_currency(currency: str, language: Language) -> None:
    """No row is left out, no heading is in another currency, and a unit in front of the currency's name is known."""
    for calculator, units in (("abc_tiers", 1), ("nine_box", 10_000 if language == "zh" else 1_000), ("self_check", 1)):
        work = Work(settings(currency), {"calculator": calculator, "language": language})
        for name, reading in work.readings.items():
            assert reading is None or not [problem for problem in reading.problems if "currency" in problem.code], name
            there = (
                {} if reading is None else {c: u for c, u in reading.units.items() if reading.mapping[c] is not None}
            )
            assert all(unit == units for unit in there.values()), (name, there)


@pytest.mark.parametrize(("currency", "written"), [("JPY", "1200"), ("CNY", "1200.50"), ("KWD", "1200.505")])
def test_amounts_leave_as_they_came(currency: str, written: str) -> None:
    """In a CSV and a workbook with all decimals of the currency; what is finer is rounded and said."""
    request: dict[str, Any] = {
        "calculator": "abc_tiers",
        "language": "en",
        "tables": {"customers": {"rows": [["Customer", "Revenue"], ["Acme", written], ["Birch", f"{written}0001"]]}},
    }
    if not decimals(currency):
        request["tables"]["customers"]["rows"][2][1] = f"{written}.4"
    bridge = Bridge(settings(currency))
    reply = json.loads(bridge.reply(json.dumps(request)))
    held = int(Fraction(written) * minor_units(currency))
    assert reply["result"]["figures"]["revenue"] == 2 * held
    assert "tables.rounded" in [notice["code"] for notice in reply["result"]["notices"]]
    _, _, content = bridge.download(json.dumps({**request, "download": "csv", "table": "ranking"}))
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [line["Revenue"] for line in lines] == [written, written]
    _, _, content = bridge.download(json.dumps({**request, "download": "xlsx"}))
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = [
        (cell.value, cell.number_format)
        for sheet in book
        for row in sheet
        for cell in row
        if cell.value == float(written)
    ]
    assert found
    places = decimals(currency)
    assert {number_format for _, number_format in found} == {f"#,##0.{'0' * places}" if places else "#,##0"}


@pytest.mark.parametrize(("currency", "typed", "code"), [("JPY", "1.5", "too_fine"), ("KWD", "1.2345", "too_fine")])
def test_a_field_takes_no_more_decimals_than_the_currency_has(currency: str, typed: str, code: str) -> None:
    """The sentence says how many it has."""
    request = {"calculator": "tracks", "language": "en", "values": {"target": typed}}
    reply = json.loads(Bridge(settings(currency)).reply(json.dumps(request)))
    assert [(error["code"], error["params"]["places"]) for error in reply["errors"]] == [
        (f"fields.{code}", decimals(currency))
    ]


def test_the_largest_amounts_of_any_currency_are_summed_exactly() -> None:
    """Thousandths fit as hundredths do: what is beyond the limit is left out and named, never wrapped."""
    for currency in ("JPY", "CNY", "KWD"):
        most = 10**15 // minor_units(currency)
        rows = [["Customer", "Revenue"], ["a", str(most)], ["b", str(most)], ["c", str(most + 1)]]
        request = {"calculator": "abc_tiers", "language": "en", "tables": {"customers": {"rows": rows}}}
        found = json.loads(Bridge(settings(currency)).reply(json.dumps(request)))["result"]
        assert found["figures"]["revenue"] == 2 * 10**15
        assert found["figures"]["rows_unused"] == 1
