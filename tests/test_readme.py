"""README's promise: a folder, a page in each language and a line in `nav` are a calculator, everywhere.

Its example is built as it stands there, in the company's site (`own_site`); beside it one in the company's own folder,
which has a section of the settings. What comes with either is looked for there.
"""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from calculators.engine.shows.text import LANGUAGES
from macros.walkthrough import files
from tests.browser import URL, Guard
from tests.conftest import ROOT, seeing
from tests.journey import figure, paste, settled
from tests.own_company import ADDED, REBATES

PASTED = {
    "zh": "项目\t原价\t实际价\n甲\t100\t90\n乙\t300\t150",
    "en": "Opportunity\tFull price\tNet price\nAda\t100\t90\nBo\t300\t150",
}
COUNTED = {"zh": "2 单，一共让出 ¥160", "en": "2 deals, ¥160 given away"}
"""A tenth of 100 and half of 300: 40% of 400."""


def run(root: Path, *arguments: str, **environment: str) -> str:
    """Return what the command line of a checkout prints."""
    command = [sys.executable, "-m", "calculators", *arguments]
    given = {**os.environ, **environment}
    ended = subprocess.run(command, cwd=root, env=given, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def html(site: Path, language: str, name: str) -> str:
    """Return a page of the built site."""
    return (site / ("" if language == "zh" else language) / name).read_text(encoding="utf-8")


def test_the_command_line_knows_it(own_site: Path, tmp_path: Path) -> None:
    """A file is read by its headings, and computed with the company's settings."""
    checkout = own_site.parent / "checkout"
    deals = tmp_path / "deals.tsv"
    deals.write_text(PASTED["en"], encoding="utf-8")
    reply = json.loads(run(checkout, "discounts", str(deals), "--json", "--lang", "en"))
    assert reply["result"]["figures"] | {"discount": 0.4, "beyond": 1} == reply["result"]["figures"]
    assert json.loads(run(checkout, "rebates", "--json"))["result"]["figures"]["over"] == 1


def test_a_companys_folder_may_be_elsewhere(own_site: Path, tmp_path: Path) -> None:
    """PLAYBOOK_COMPANY names it, and what is in it is known as if it stood in the checkout."""
    elsewhere = shutil.copytree(own_site.parent / "checkout/company", tmp_path / "ours")
    assert run(ROOT, "rebates", PLAYBOOK_COMPANY=str(elsewhere)).splitlines()[0] == "over\t1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_companys_pages_are_laid_over_ours(own_site: Path, language: str) -> None:
    """A new one stands in the navigation where it says, and its picture is there for both languages."""
    page = html(own_site, language, "stage-1/catalogue.html")
    assert f"<title>{ADDED[language]}" in page
    navigation = html(own_site, language, "stage-1/seed-customers.html").partition("<nav")[2]
    assert (
        navigation.index("seed-customers.html") < navigation.index("catalogue.html") < navigation.index("false-needs")
    )
    (address,) = re.findall(r'<img alt="[^"]*" src="([^"]*ours.svg)"', page)
    folder = (own_site / ("" if language == "zh" else language)) / "stage-1"
    assert (folder / address).resolve().is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_lead_to_it_and_offer_what_comes_with_it(own_site: Path, language: str) -> None:
    """Cards, the calculators' index in navigation's order, its example computed at build, templates to fill in."""
    home, index = (html(own_site, language, name) for name in ("index.html", "calculators/index.html"))
    for name, title in (
        ("discounts", {"zh": "折扣代价", "en": "What discounts cost"}[language]),
        ("rebates", REBATES[language][0]),
    ):
        assert title in home
        assert f'<h2 id="{name}"><a href="{name}.html">{title}</a>' in index
        assert title in html(own_site, language, f"calculators/{name}.html").partition("</title>")[0]
    assert index.index('id="discounts"') < index.index('id="rebates"') < index.index('id="goal-breakdown"')
    assert {"zh": "一共让出 ¥40,000", "en": "¥40,000 given away"}[language] in html(
        own_site, language, "calculators/discounts.html"
    )
    for table, rows in (("discounts-deals", 4), ("rebates-rebates", 3)):
        for kind, filled in (("empty", 1), ("filled", rows)):
            content = (own_site / f"assets/templates/{table}-{kind}.{language}.xlsx").read_bytes()
            assert openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].max_row == filled


def test_the_whole_of_it_is_shown_to_those_who_add_one(own_site: Path) -> None:
    """Both languages' pages on extending the playbook print the files, the macro among them as it is written."""
    for language in LANGUAGES:
        page = html(own_site, language, "make-it-yours/extend.html")
        assert all(file.name in page for file in files())
        assert "{{ calculator(" in page.replace("&quot;", '"').replace('<span class="p">', "").replace("</span>", "")


@pytest.fixture(scope="module")
def opened(own_site: Path, playwright: Playwright) -> Iterator[Browser]:
    """Yield a Chromium that sees the company's site and nothing else."""
    with seeing(own_site, playwright) as chromium:
        yield chromium


@pytest.fixture
def visit(opened: Browser, guard: Guard) -> Iterator[Page]:
    """Yield a guarded page of the company's site."""
    context = opened.new_context()
    guard.watch(context)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_python_in_the_page_computes_it(visit: Page, language: str) -> None:
    """From the snapshot: a pasted list is read by its headings, and answered in the page's language."""
    prefix = "" if language == "zh" else f"{language}/"
    visit.goto(f"{URL}{prefix}calculators/discounts.html")
    calculator = visit.locator("[data-calculator]")
    paste(calculator, "deals", PASTED[language])
    settled(calculator)
    expect(figure(calculator, "discount")).to_have_text("40.0%")
    expect(calculator.locator("[data-result]")).to_contain_text(COUNTED[language])
    visit.goto(f"{URL}{prefix}calculators/rebates.html")
    paste(visit.locator("[data-calculator]"), "rebates", {"zh": "返利", "en": "Kickback"}[language] + "\n46\n45\n80")
    settled(visit.locator("[data-calculator]"))
    expect(figure(visit.locator("[data-calculator]"), "over")).to_have_text("2")
