"""How each kind of field is filled in."""

import re
from datetime import date
from typing import Any, get_args

import pytest

from calculators.engine.asks.fields import Field, FieldKind
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import Text
from calculators.engine.shows.widgets import RADIOS_AT_MOST, Widget
from calculators.engine.shows.wording import Wording

KINDS: dict[FieldKind, Any] = {
    "choice": "a",
    "percent": 1_250,
    "whole": 12,
    "hundredths": 1_250,
    "money": 1_250,
    "date": date(2026, 9, 30),
    "switch": True,
    "line": "<b>",
    "text": "<b>",
}


class _Names(Wording):
    """Words that are their own keys, so that any field has a name."""

    def words(self, path: str, **_params: object) -> str:
        return path

    def has(self, path: str) -> bool:
        return not path.endswith(".help")


def markup(field: Field, value: Any) -> str:
    """Return a field as it stands in the form."""
    return Widget(_Names("abc_tiers", Text("en", Settings())), field, value).markup()


@pytest.mark.parametrize("kind", get_args(FieldKind))
def test_every_kind_has_a_widget_that_says_its_name_and_value(kind: FieldKind) -> None:
    """Its value can be sent back, its mistake has a place that is told with it, and no text is taken for HTML."""
    html = markup(Field("x", kind, "g", None, 0, 10_000, options=("a", "b")), KINDS[kind])
    assert "field.x.label" in html
    assert 'name="x"' in html
    assert 'aria-describedby="abc_tiers-x-error"' in html
    assert '<p id="abc_tiers-x-error"' in html
    assert "<b><" not in html
    shown = {"percent": "12.5", "hundredths": "12.5", "money": "12.5", "whole": "12", "date": "2026-09-30"}
    if kind in shown:
        assert f'value="{shown[kind]}"' in html


def test_few_choices_stand_side_by_side_and_many_in_a_list() -> None:
    """What is chosen is marked in either."""
    for count, name in ((RADIOS_AT_MOST, "checked"), (RADIOS_AT_MOST + 1, "selected")):
        options = tuple("abcdefgh"[:count])
        html = markup(Field("x", "choice", "g", "a", options=options), "b")
        assert re.findall(rf'value="(\w)" {name}', html) == ["b"]
