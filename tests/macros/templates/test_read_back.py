"""The handbook's filled workbooks are read by the calculators that they are for."""

import json
from typing import Any

import pytest

from calculators.bridge import Bridge
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Language
from calculators.method import METHOD
from macros import templates


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_handbooks_filled_templates_are_read_by_the_calculators(language: Language) -> None:
    """From the sheet that has the table and not the first, with the sums that the workbook's own formulas make."""
    workbooks = templates.files(Settings())
    attachments = {
        name: workbooks[templates.address(name, "filled", language)]
        for name in ("mentor_points", "prospect_archive", "five_lines", "tracks")
    }

    def figures(calculator: str, table: str, name: str, **values: str) -> dict[str, Any]:
        tables = {table: {"file": name, "name": f"{name}.xlsx"}}
        request = {"id": 1, "calculator": calculator, "language": language, "values": values, "tables": tables}
        answer = json.loads(Bridge().reply(json.dumps(request), attachments))
        assert answer["ok"], answer["errors"]
        assert answer["result"]["figures"]["rows_unused"] == 0
        found: dict[str, Any] = answer["result"]["figures"]
        return found

    assert figures("solo_signing", "newcomers", "mentor_points")["total_money"] == 462_000
    archive = figures("first_customers", "archive", "prospect_archive", start="2018-09-03")
    assert (archive["archived"], archive["graded"]) == (6, 1)
    assert figures("five_lines", "measures", "five_lines")["measures"] == METHOD["line_measures"].value
    assert figures("tracks", "initiatives", "tracks")["rows_used"] == 5
