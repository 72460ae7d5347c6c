"""What pages and workbooks invent and compute, for companies of other currencies; a site in dinars: ``test_site``."""

import io
import zipfile

import pytest

from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Text
from macros import templates
from macros.examples import example
from macros.formats import Formats
from tests.conftest import ROOT

COMPANIES = ("USD", "JPY", "KWD")
"""One with hundredths as the yuan has them, one without, one with thousandths."""


@pytest.mark.parametrize("currency", COMPANIES)
def test_every_page_s_example_is_computed_in_the_companys_currency(currency: str) -> None:
    """Figures that pages print as amounts can be printed, a yen without hundredths too."""
    settings = Settings.from_mapping({"currency": currency})
    for language in LANGUAGES:
        money = Formats(Text(language, settings)).money
        for path in sorted((ROOT / "docs" / language).rglob("*.md")):
            page = path.relative_to(ROOT / "docs" / language).with_suffix("").as_posix()
            found = example(page, language, settings)
            printed = [name for name in vars(found) if f"example.{name} | money" in path.read_text(encoding="utf-8")]
            assert all(money(getattr(found, name)) for name in printed), page


@pytest.mark.parametrize("currency", COMPANIES)
def test_every_workbook_is_in_the_companys_currency(currency: str) -> None:
    """Whatever is in it, computed or printed with it, names it, and never the yuan; a dinar has thousandths."""
    thousandths = False
    for name, content in templates.files(Settings.from_mapping({"currency": currency})).items():
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            written = "".join(parts.read(part).decode() for part in parts.namelist() if part.startswith("xl/"))
        assert not [word for word in ("CNY", "（元）", "(元)", "万元") if word in written], name
        thousandths |= "#,##0.000" in written
    assert thousandths == (currency == "KWD")


def test_an_examples_hundredths_are_rounded_where_a_currency_has_none() -> None:
    """107.5 yuan a day are 108 yen; finer than hundredths is a mistake of the example in any currency."""
    said = {code: Formats(Text("en", Settings.from_mapping({"currency": code}))) for code in ("CNY", "JPY", "KWD")}
    assert {code: write.money(107.5) for code, write in said.items()} == {
        "CNY": "¥107.50",
        "JPY": "JPY 108",
        "KWD": "KWD 107.500",
    }
    for write in said.values():
        with pytest.raises(ValueError, match="no whole hundredth"):
            write.money(107.505)
