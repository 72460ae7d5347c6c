"""People find a page by the words of their trade: what is typed leads to the right page among the first three."""

import json
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import URL
from tests.conftest import ROOT
from tests.macros.test_site import results_of

ALSO = tomllib.loads((ROOT / "docs/synonyms.toml").read_text(encoding="utf-8"))["also"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_with_other_names_is_there_once(language: str) -> None:
    """Each page of the list exists, is listed once, and no word leads to two pages."""
    pages = [entry["page"] for entry in ALSO]
    assert len(pages) == len(set(pages))
    assert all((ROOT / "docs" / language / page).is_file() for page in pages)
    words = [word.casefold() for entry in ALSO for word in entry[language]]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(("folder", "language"), [("", "zh"), ("en", "en")])
def test_the_index_has_them(folder: str, language: str, site: Path) -> None:
    """The words are in the index of their language, as a section of their page, and in no other."""
    index = json.loads((site / folder / "search/search_index.json").read_text(encoding="utf-8"))
    found = {entry["location"]: entry["title"] for entry in index["docs"] if entry["location"].endswith("#also")}
    assert len(found) == len(ALSO)
    for entry in ALSO:
        title = found[f"{entry['page'].removesuffix('.md')}.html#also"]
        assert all(word in title for word in entry[language])


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("下季度指标", "calculators/goal_breakdown"),
        ("业绩指标", "calculators/goal_breakdown"),
        ("quota", "calculators/goal_breakdown"),
        ("A类客户", "calculators/abc_tiers"),
        ("三级穿透", "stage-2/quarter-goal"),
        ("MEDDICC", "stage-2/grading-standard"),
        ("太贵了怎么回", "stage-2/objection-drills"),
        ("三录三查", "stage-2/records-and-reviews"),
        ("NRR", "stage-4/tracks"),
        ("末位淘汰", "stage-4/nine-box"),
        ("试用期", "paths/new-hire"),
        ("五线谱", "stage-3/five-lines"),
        ("离职交接", "daily-work/tools"),
        ("从用友导出", "daily-work/exports"),
        ("周会怎么开", "daily-work/meetings"),
        ("撞单", "selling/process"),
        ("销售预测", "selling/pipeline"),
        ("提成方案", "selling/quota-and-pay"),
        ("催款", "selling/cash"),
        ("战卡", "selling/won-and-lost"),
        ("续签", "selling/renewal"),
        ("没有预算", "selling/objections"),
    ],
)
def test_chinese_tasks_find_their_page(typed: str, where: str, page: Page) -> None:
    """Typed as a Chinese reader of the trade types it, the page is among the first three."""
    page.goto(f"{URL}about.html")
    found = list(dict.fromkeys(link.split("?")[0].split("#")[0] for link in results_of(page, typed)))
    assert f"{URL}{where}.html" in found[:3]


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("quota", "calculators/goal_breakdown"),
        ("next quarter's quota", "calculators/goal_breakdown"),
        ("key accounts", "calculators/abc_tiers"),
        ("my A customers", "calculators/abc_tiers"),
        ("commission", "stage-2/mentoring"),
        ("MEDDICC", "stage-2/grading-standard"),
        ("too expensive", "stage-2/objection-drills"),
        ("call recording", "stage-2/records-and-reviews"),
        ("NRR", "stage-4/tracks"),
        ("I start Monday", "paths/new-hire"),
        ("health score", "stage-3/health-card"),
        ("forced ranking", "stage-4/nine-box"),
        ("export from Salesforce", "daily-work/exports"),
        ("weekly sales meeting", "daily-work/meetings"),
        ("rules of engagement", "selling/process"),
        ("sales forecast", "selling/pipeline"),
        ("comp plan", "selling/quota-and-pay"),
        ("dunning", "selling/cash"),
        ("battle card", "selling/won-and-lost"),
        ("renewal playbook", "selling/renewal"),
        ("kickback", "selling/objections"),
    ],
)
def test_english_tasks_find_their_page(typed: str, where: str, page: Page) -> None:
    """Typed as an English reader of the trade types it, the page is among the first three."""
    page.goto(f"{URL}en/about.html")
    found = list(dict.fromkeys(link.split("?")[0].split("#")[0] for link in results_of(page, typed)))
    assert f"{URL}en/{where}.html" in found[:3]
