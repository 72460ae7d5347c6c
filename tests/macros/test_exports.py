"""Lists out of other systems: what pages say a calculator finds is what it finds, and it finds nothing wrong."""

from html import escape

import pytest

from calculators import CALCULATORS
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Language, Text
from calculators.engine.shows.wording import Wording
from macros.exports import TAKEN, found_by_itself
from macros.handbook import Handbook
from macros.layers import entries

SETTINGS = Settings()
SYSTEMS = {system["id"]: system for system in entries("exports.toml", "system")}


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_system_s_columns_are_found_for_what_they_are(name: str) -> None:
    """A calculator finds each column that it wants of a system's list by itself, and takes none for another."""
    columns = SYSTEMS[name]["columns"]
    for calculator, table_name, meant in TAKEN:
        table = next(one for one in CALCULATORS[calculator].declare(SETTINGS).tables if one.name == table_name)
        wanted = {column: heading for heading, ours in columns.items() if (column := meant.get(ours))}
        assert found_by_itself(table, list(columns), Text("en", SETTINGS)) == wanted, calculator


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_system_says_where_its_list_is_and_as_of_when(language: Language) -> None:
    """Each has a heading with an anchor, the way to the list, its columns, and the day as of which that is known."""
    said = Handbook(language, SETTINGS).exports()
    for name, system in SYSTEMS.items():
        assert f"### {system['name'][language]} {{#{name}}}" in said
        assert system["menu"][language] in said
        assert str(system["as_of"]) in said
        assert all(f">{heading}</th>" in said for heading in system["columns"])
        assert {"customer", "revenue"} <= set(system["columns"].values())


def test_a_calculator_s_columns_are_listed_from_its_declaration() -> None:
    """Every column of a list, with the headings it is known by; lists that come of acting on a result are none."""
    said = Handbook("en", SETTINGS).columns("nine_box", "goal_breakdown")
    for calculator in ("nine_box", "goal_breakdown"):
        for table in CALCULATORS[calculator].declare(SETTINGS).tables:
            named = escape(Wording(calculator, Text("en", SETTINGS)).field_name(table.name))
            assert (f">{named}</th>" in said) is not table.from_result
    assert "date hired" in said
