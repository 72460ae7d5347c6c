"""README's promise: a folder, a page in each language and a line in `nav` are a calculator, everywhere.

Its example is built as it stands there, in a copy of the checkout; beside it one in a company's own folder, which has a
section of the settings. What comes with either is looked for in the one site that is built of both.
"""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from calculators.engine.shows.text import LANGUAGES
from macros import layers
from macros.walkthrough import files
from tests.browser import URL, Guard
from tests.conftest import build, copy_checkout, seeing
from tests.journey import figure, paste, settled

INDEX = "      - calculators/index.md\n"
OWN = {
    "calculators/rebates/__init__.py": '''
"""Rebates agreed, against the company's limit: a calculator of a company's own."""

from dataclasses import dataclass

from calculators.engine.answers.result import Figure, Result, Section
from calculators.engine.asks import settings
from calculators.engine.asks.fields import Declaration, Field, Group
from calculators.engine.asks.tables import ColumnSpec, TableSpec


@dataclass(frozen=True)
class Limit(settings.Section):
    KEY = "rebates"
    limit: int = 10

    @classmethod
    def read(cls, reader, place, raw):
        given = reader.mapping(place, raw, ("limit",))
        return cls(reader.whole(f"{place}.limit", given.get("limit", cls.limit), 1, 99))

    def as_mapping(self):
        return {"limit": self.limit}


SETTINGS = Limit


def declare(settings):
    limit = Field("limit", "whole", "rule", settings.section(Limit).limit, 1, 99)
    return Declaration((limit,), (Group("rule"),), (TableSpec("rebates", (ColumnSpec("rebate", "number"),)),))


def calculate(inputs):
    over = sum(rebate > inputs.limit for rebate in inputs.rebates.frame["rebate"])
    return Result((Section("rebates", (Figure("over", "count", over),)),))
''',
    **{
        f"calculators/rebates/words.{language}.toml": f"""
group.rule.label = "{rule}"
field.limit.label = "{limit}"
setting.limit = "{limit}"
table_input.rebates.label = "{rebates}"
section.rebates.label = "{rebates}"
figure.over.label = "{over}"
column.rebate = "{rebate}"
"""
        for language, rule, limit, rebates, over, rebate in (
            ("zh", "规则", "上限", "返利清单", "超过上限", "返利"),
            ("en", "Rule", "Limit", "Rebates agreed", "Beyond the limit", "Rebate"),
        )
    },
    "calculators/rebates/headings.toml": '[rebate]\nzh = ["返利"]\nen = ["kickback"]\n',
    "calculators/rebates/examples/rebates.zh.csv": "返利\n40\n50\n",
    "calculators/rebates/examples/rebates.en.csv": "Kickback\n40\n50\n",
}
OWN |= {
    f"docs/{language}/stage-1/products.md": f"---\ntitle: {title}\ndescription: {title}\n"
    f"after: stage-1/seed-customers\n---\n\n![{title}](../../assets/images/ours.svg)\n"
    for language, title in (("zh", "我们的产品"), ("en", "What we sell"))
} | {"docs/assets/images/ours.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'}
REPLACED = "about.md"
PAGES = {"zh": ("返利上限", "看清哪些返利超过了上限"), "en": ("Rebates", "See which rebates are beyond the limit")}
PASTED = {
    "zh": "项目\t原价\t实际价\n甲\t100\t90\n乙\t300\t150",
    "en": "Opportunity\tFull price\tNet price\nAda\t100\t90\nBo\t300\t150",
}
COUNTED = {"zh": "2 单，一共让出 ¥160", "en": "2 deals, ¥160 given away"}
"""A tenth of 100 and half of 300: 40% of 400."""


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the checkout with both calculators, built."""
    root = copy_checkout(tmp_path_factory.mktemp("extended") / "checkout")
    shown = {file.name: file.text for file in files()}
    configuration = (root / "mkdocs.yml").read_text(encoding="utf-8")
    lines = shown.pop("mkdocs.yml") + "      - calculators/rebates.md\n"
    for before, after in ((INDEX, INDEX + lines), ("    unit: 1 ", "    rebates: {limit: 45}\n    unit: 1 ")):
        assert configuration.count(before) == 1
        configuration = configuration.replace(before, after)
    pages = {
        f"docs/{language}/calculators/rebates.md": f"---\ntitle: {title}\ndescription: {description}\n---\n\n"
        '{{ calculator("rebates") }}\n'
        for language, (title, description) in PAGES.items()
    }
    own = {f"company/{name}": text for name, text in OWN.items()} | {
        f"company/docs/{language}/{REPLACED}": f"{layers.copied(f'{language}/{REPLACED}')}\n\nOur own last line.\n"
        for language in LANGUAGES
    }
    for name, text in {"mkdocs.yml": configuration, **shown, **own, **pages}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    ended = build(root / "site", folder=root)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "There is no snapshot" not in ended.stderr
    return root


def run(root: Path, *arguments: str) -> str:
    """Return what the command line of a checkout prints."""
    command = [sys.executable, "-m", "calculators", *arguments]
    ended = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def html(root: Path, language: str, name: str) -> str:
    """Return a page of the built site."""
    return (root / "site" / ("" if language == "zh" else language) / name).read_text(encoding="utf-8")


def test_the_command_line_knows_it(extended: Path, tmp_path: Path) -> None:
    """A file is read by its headings, and computed with the company's settings."""
    deals = tmp_path / "deals.tsv"
    deals.write_text(PASTED["en"], encoding="utf-8")
    reply = json.loads(run(extended, "discounts", str(deals), "--json", "--lang", "en"))
    assert reply["result"]["figures"] | {"discount": 0.4, "beyond": 1} == reply["result"]["figures"]
    assert json.loads(run(extended, "rebates", "--json"))["result"]["figures"]["over"] == 1


def test_a_companys_folder_may_be_elsewhere(extended: Path, tmp_path: Path) -> None:
    """PLAYBOOK_COMPANY names it, and what is in it is known as if it stood in the checkout."""
    elsewhere = tmp_path / "ours"
    (extended / "company").rename(elsewhere)
    try:
        environment = {**os.environ, "PLAYBOOK_COMPANY": str(elsewhere)}
        command = [sys.executable, "-m", "calculators", "rebates"]
        ended = subprocess.run(
            command, cwd=extended, env=environment, capture_output=True, encoding="utf-8", check=False
        )
    finally:
        elsewhere.rename(extended / "company")
    assert ended.stdout.splitlines()[0] == "over\t1", ended.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_companys_pages_are_laid_over_ours(extended: Path, language: str) -> None:
    """A page of ours is replaced, a new one stands in the navigation where it says, a picture is there for both."""
    assert "Our own last line." in html(extended, language, REPLACED.replace(".md", ".html"))
    title = {"zh": "我们的产品", "en": "What we sell"}[language]
    page = html(extended, language, "stage-1/products.html")
    assert f"<title>{title}" in page
    navigation = html(extended, language, "stage-1/seed-customers.html").partition("<nav")[2]
    assert navigation.index("seed-customers.html") < navigation.index("products.html") < navigation.index("false-needs")
    (address,) = re.findall(r'<img alt="[^"]*" src="([^"]*ours.svg)"', page)
    folder = (extended / "site" / ("" if language == "zh" else language)) / "stage-1"
    assert (folder / address).resolve().is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_lead_to_it_and_offer_what_comes_with_it(extended: Path, language: str) -> None:
    """Cards, the calculators' index in navigation's order, its example computed at build, templates to fill in."""
    home, index = (html(extended, language, name) for name in ("index.html", "calculators/index.html"))
    for name, title in (
        ("discounts", {"zh": "折扣代价", "en": "What discounts cost"}[language]),
        ("rebates", PAGES[language][0]),
    ):
        assert title in home
        assert f'<h2 id="{name}"><a href="{name}.html">{title}</a>' in index
        assert title in html(extended, language, f"calculators/{name}.html").partition("</title>")[0]
    assert index.index('id="discounts"') < index.index('id="rebates"') < index.index('id="goal-breakdown"')
    assert {"zh": "一共让出 ¥40,000", "en": "¥40,000 given away"}[language] in html(
        extended, language, "calculators/discounts.html"
    )
    for table, rows in (("discounts-deals", 4), ("rebates-rebates", 3)):
        for kind, filled in (("empty", 1), ("filled", rows)):
            content = (extended / f"site/assets/templates/{table}-{kind}.{language}.xlsx").read_bytes()
            assert openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].max_row == filled


def test_the_whole_of_it_is_shown_to_those_who_add_one(extended: Path) -> None:
    """Both languages' pages on extending the playbook print the files, the macro among them as it is written."""
    for language in LANGUAGES:
        page = html(extended, language, "make-it-yours/extend.html")
        assert all(file.name in page for file in files())
        assert "{{ calculator(" in page.replace("&quot;", '"').replace('<span class="p">', "").replace("</span>", "")


@pytest.fixture(scope="module")
def opened(extended: Path, playwright: Playwright) -> Iterator[Browser]:
    """Yield a Chromium that sees the extended site and nothing else."""
    with seeing(extended / "site", playwright) as chromium:
        yield chromium


@pytest.fixture
def visit(opened: Browser, guard: Guard) -> Iterator[Page]:
    """Yield a guarded page of the extended site."""
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
