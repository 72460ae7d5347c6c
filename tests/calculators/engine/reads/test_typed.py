"""What is typed into a box is read as a cell of a list is, or refused with its reason."""

import pytest

from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.fields import NUMBERS, Declaration, Field, FieldKind, shown
from calculators.engine.reads.typed import figure_typed, parse

WRITTEN = {
    "1,200,000": 1_200_000,
    "120万": 1_200_000,
    "１２０": 120,
    "1.2m": 1_200_000,
    "0.012亿": 1_200_000,
    "1.2k": 1_200,
    "1'200": 1_200,
    "1 200": 1_200,
    " 7 ": 7,
    "1,20": "separators",
    "12,5": "separators",
    "1.234.567": "separators",
    "5 件": "number",
    "abc": "number",
    "-": "number",
    "NaN": "number",
    "100²": "number",
    "": "empty",
    "9" * 20: "out_of_bounds",
}


def read(kind: FieldKind, text: object) -> int:
    """Return what a box of a kind is read as, in whole numbers of what is typed."""
    field = Field("a", kind, "g", 0, 0, 10**13)
    held = parse(Declaration((field,)), {"a": text})["a"]
    return int(held) // (1 if kind == "whole" else 100)


@pytest.mark.parametrize("kind", NUMBERS)
@pytest.mark.parametrize(("text", "meant"), WRITTEN.items())
def test_a_number_is_read_as_lists_write_it(kind: FieldKind, text: str, meant: int | str) -> None:
    """Separators, units, full-width digits; what has several readings or is no number is refused by its reason."""
    if isinstance(meant, int):
        assert read(kind, text) == meant
        return
    with pytest.raises(InvalidInputs) as refused:
        read(kind, text)
    (error,) = refused.value.errors
    names = {"number": {"fields.not_an_amount", "fields.not_a_number"}}
    assert error.code in names.get(meant, {f"fields.{meant}"})


@pytest.mark.parametrize("text", ["¥5", "5元", "5万元", "5 USD"])
def test_only_an_amount_has_a_currency_beside_it(text: str) -> None:
    """A number of deals in yuan is a slip."""
    with pytest.raises(InvalidInputs):
        read("whole", text)


def test_a_percent_sign_belongs_to_percentages() -> None:
    """With or without it, full-width too."""
    assert [read("percent", text) for text in ("12%", "１２％", "12")] == [12, 12, 12]
    with pytest.raises(InvalidInputs):
        read("whole", "12%")


@pytest.mark.parametrize("kind", NUMBERS)
def test_what_the_form_shows_is_read_back(kind: FieldKind) -> None:
    """Thousands are parted there, and the number is the same."""
    field = Field("a", kind, "g", 0, 0, 10**13)
    for held in (0, 7, 1_234, 12_345_678, 10**12):
        assert parse(Declaration((field,)), {"a": shown(field, held, "CNY")})["a"] == held
    assert "," in shown(field, 12_345_678, "CNY")


def test_a_goal_is_typed_in_the_same_way() -> None:
    """Whatever a figure is to come to."""
    assert figure_typed("count", "1.2万", "CNY") == 12_000
    assert figure_typed("money", "1,200,000", "CNY") == 120_000_000
    assert figure_typed("number", "１．５", "CNY") * 2 == 3
    with pytest.raises(InvalidInputs):
        figure_typed("count", "1,20", "CNY")
