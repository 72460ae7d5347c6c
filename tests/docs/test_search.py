"""People find a page by the words of their trade: what is typed leads to the right page among the first three.

The search runs without a browser (``tests/searching``); what the page makes of its results is in
``tests/macros/test_site``.
"""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.searching import FIRST, astray, searched

ALSO = tomllib.loads((ROOT / "docs/synonyms.toml").read_text(encoding="utf-8"))["also"]
LANGUAGES = ("zh", "en")
HAN = re.compile(r"[\u4e00-\u9fff]")
HALF_TYPED = 0.7
"""How much of a name has been typed when it must be found."""
TITLE_WORDS = {"zh": re.compile(r"[\u4e00-\u9fff]{2,}"), "en": re.compile(r"[A-Za-z]{4,}")}
SAYING_NOTHING = {"About", "Only", "Which", "Your", "from", "into", "other", "this", "your"}
"""Words of English titles that nobody looks for, and the index has not."""

TASKS = {
    "zh": [
        ("下季度指标", "calculators/goal_breakdown"),
        ("业绩指标", "calculators/goal_breakdown"),
        ("quota", "calculators/goal_breakdown"),
        ("A类客户", "calculators/abc_tiers"),
        ("三级穿透", "stage-2/quarter-goal"),
        ("MEDDICC", "stage-2/grading-standard"),
        ("太贵了怎么回", "stage-2/objection-drills"),
        ("客户说太贵怎么办", "stage-2/objection-drills"),
        ("三录三查", "stage-2/records-and-reviews"),
        ("NRR", "stage-4/tracks"),
        ("末位淘汰", "stage-4/nine-box"),
        ("试用期", "paths/new-hire"),
        ("我周一入职", "paths/new-hire"),
        ("五线谱", "stage-3/five-lines"),
        ("离职交接", "daily-work/tools"),
        ("从用友导出", "daily-work/exports"),
        ("周会怎么开", "daily-work/meetings"),
        ("撞单", "selling/process"),
        ("销售预测", "selling/pipeline"),
        ("提成方案", "selling/quota-and-pay"),
        ("提成怎么算", "selling/quota-and-pay"),
        ("催款", "selling/cash"),
        ("战卡", "selling/won-and-lost"),
        ("续签", "selling/renewal"),
        ("续约", "selling/renewal"),
        ("续约率怎么提高", "selling/renewal"),
        ("没有预算", "selling/objections"),
        ("客户总说考虑考虑", "stage-2/objection-drills"),
        ("已读不回怎么办", "stage-2/objection-drills"),
        ("甲方压价", "selling/objections"),
        ("决策人找不到", "selling/process"),
        ("围标", "selling/process"),
        ("单子拖单", "selling/pipeline"),
        ("底薪提成比例", "selling/quota-and-pay"),
        ("逾期三个月", "selling/cash"),
        ("客户不续费", "selling/renewal"),
        ("师傅带徒弟有什么好处", "stage-2/mentoring"),
        ("流失率怎么算", "measures"),
        ("老板自己签单", "paths/founder"),
        ("客户提需求要不要做", "stage-1/false-needs"),
    ],
    "en": [
        ("quota", "calculators/goal_breakdown"),
        ("next quarter's quota", "calculators/goal_breakdown"),
        ("how do I set next quarter's quota?", "calculators/goal_breakdown"),
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
        ("forcast", "selling/pipeline"),
        ("comp plan", "selling/quota-and-pay"),
        ("commision", "selling/quota-and-pay"),
        ("dunning", "selling/cash"),
        ("battle card", "selling/won-and-lost"),
        ("renewal", "selling/renewal"),
        ("renewals", "selling/renewal"),
        ("kickback", "selling/objections"),
        ("they went dark", "stage-2/objection-drills"),
        ("let me think about it", "stage-2/objection-drills"),
        ("who is the decision maker", "selling/process"),
        ("deal desk", "selling/process"),
        ("stalled deals", "selling/pipeline"),
        ("SPIFF", "selling/quota-and-pay"),
        ("customer won't pay", "selling/cash"),
        ("customer wants to cancel", "selling/renewal"),
        ("why do customers leave", "selling/renewal"),
        ("churn rate", "measures"),
        ("founder does all the selling", "paths/founder"),
        ("roadmap requests", "stage-1/false-needs"),
        ("layoffs", "stage-4/nine-box"),
    ],
}


def names(language: str) -> list[tuple[str, str]]:
    """Return what pages are also called, each with its page."""
    return [(name, entry["page"].removesuffix(".md")) for entry in ALSO for name in entry[language]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_with_other_names_is_there_once(language: str) -> None:
    """Each page of the list exists, is listed once, and no word leads to two pages."""
    pages = [entry["page"] for entry in ALSO]
    assert len(pages) == len(set(pages))
    assert all((ROOT / "docs" / language / page).is_file() for page in pages)
    words = [name.casefold() for name, _ in names(language)]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(("folder", "language"), [("", "zh"), ("en", "en")])
def test_the_index_has_them(folder: str, language: str, site: Path) -> None:
    """The names are in the index of their language, each beside its page, and are no text that words are found in."""
    index = json.loads((site / folder / "search/search_index.json").read_text(encoding="utf-8"))
    found = {entry["location"]: entry for entry in index["docs"] if "also" in entry}
    assert {location: entry["also"] for location, entry in found.items()} == {
        f"{entry['page'].removesuffix('.md')}.html#also": entry[language] for entry in ALSO
    }
    assert {entry["title"] + entry["text"] for entry in found.values()} == {""}


@pytest.mark.parametrize("language", LANGUAGES)
def test_tasks_find_their_page(language: str, site: Path) -> None:
    """Typed as a reader of the trade types it, the page is among the first three."""
    assert astray(site, language, TASKS[language]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_finds_its_page(language: str, site: Path) -> None:
    """Whole, and in a question or among the words that people put around it, of which each name has one kind."""
    around = {
        "zh": ("怎么{}", "{}是什么？", "我们公司的{}"),
        "en": ("what is {}?", "how do we do {}", "our {}"),
    }[language]
    tasks = [
        (form.format(name), page)
        for at, (name, page) in enumerate(names(language))
        for form in ("{}", around[at % len(around)])
    ]
    assert astray(site, language, tasks) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_half_typed_finds_its_page(language: str, site: Path) -> None:
    """A Chinese name without its last character, an English one without its last letters."""
    tasks = []
    for name, page in names(language):
        least, typed = (4, name[:-1]) if HAN.search(name) else (8, name[: -max(1, int(len(name) * (1 - HALF_TYPED)))])
        if len(name) >= least:
            tasks.append((typed.rstrip(), page))
    assert len(tasks) > 100
    assert astray(site, language, tasks) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_of_the_hand_finds_its_page(language: str, site: Path) -> None:
    """Two letters exchanged inside a long word, one left out of it, a Chinese character that is another."""
    tasks = []
    for name, page in names(language):
        if HAN.search(name):
            tasks += [(f"{name[:2]}魑{name[3:]}", page)] if len(name) > 3 else []
            continue
        for word in (word for word in re.findall(r"[a-z]{7,}", name)):
            exchanged = word[:3] + word[4] + word[3] + word[5:]
            tasks += [(name.replace(word, slip), page) for slip in (exchanged, word[:4] + word[5:])]
    assert len(tasks) > 100
    assert astray(site, language, tasks) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_hides_a_page_that_is_called_after_a_word(language: str, site: Path) -> None:
    """A name that has a common word does not take it: a page with the word in its title is among the first."""
    index = json.loads((site / ("" if language == "zh" else "en") / "search/search_index.json").read_text("utf-8"))
    titles = {
        entry["location"].removesuffix(".html"): set(
            TITLE_WORDS[language].findall(entry["title"].replace("\u200b", " "))
        )
        for entry in index["docs"]
        if "#" not in entry["location"]
    }
    words = sorted(set().union(*titles.values()) - SAYING_NOTHING)
    found = zip(words, searched(site, language, words), strict=True)
    hidden = [word for word, pages in found if not any(word in titles[page] for page in pages[:FIRST])]
    assert len(words) > 50
    assert hidden == []


SYSTEMS = {
    "季度目标拆解模板": "stage-1/quarter-goal",
    "销售行为观察清单": "stage-1/observation-checklist",
    "种子客户培育法": "stage-1/seed-customers",
    "伪需求陷阱": "stage-1/false-needs",
    "季度目标三级穿透法": "stage-2/quarter-goal",
    "客户分级标准": "stage-2/grading-standard",
    "每日演练话术模板": "stage-2/objection-drills",
    "师徒带教积分制": "stage-2/mentoring",
    "销售行为三录三查机制": "stage-2/records-and-reviews",
    "ABC客户管理模型": "stage-2/abc-policy",
    "销售目标五线谱模型": "stage-3/five-lines",
    "销售日报四要素模板": "stage-3/daily-report",
    "数据驾驶舱搭建": "stage-3/cockpit",
    "客户健康度诊断卡": "stage-3/health-card",
    "双轨制目标体系": "stage-4/tracks",
    "销售铁军三力模型": "stage-4/three-powers",
    "人才九宫格评估工具": "stage-4/nine-box",
    "客户价值裂变三阶梯": "stage-4/customer-value",
    "客户顾问委员会": "stage-4/advisory-board",
}
"""What the source calls its systems."""


def test_every_system_is_found_under_the_name_that_the_source_gives_it(site: Path) -> None:
    """Whole, and while its last character is still to be typed."""
    tasks = [(typed, page) for name, page in SYSTEMS.items() for typed in (name, name[:-1])]
    assert astray(site, "zh", tasks) == []


ASKED = {
    "zh": [
        ("客户流失预警", "stage-3/health-card", 3),
        ("师徒带教", "stage-2/mentoring", 1),
        ("报价", "paths/new-hire", 3),
        ("伪需求", "stage-1/false-needs", 3),
        ("顾问委员会", "stage-4/advisory-board", 3),
        ("九宫", "stage-4/nine-box", 3),
        ("第一天做什么", "paths/new-hire", 1),
        ("隐私", "make-it-yours/privacy", 1),
        ("数据会上传吗", "make-it-yours/privacy", 3),
        ("怎么改公司名字", "make-it-yours/settings", 3),
        ("客户说太贵", "stage-2/objection-drills", 1),
        ("目标分解", "calculators/goal_breakdown", 1),
        ("第一个月做什么", "paths/new-hire", 2),
        ("有问题找谁", "paths/new-hire", 1),
        ("什么是ABC客户？", "calculators/abc_tiers", 1),
        ("模板在哪里下载", "templates/index", 1),
        ("佣金是什么", "glossary", 1),  # the pages say 提成
        ("师傅的奖励怎么算", "calculators/solo_signing", 1),
        ("是什么意思", "make-it-yours/privacy", 1),  # a title's words are looked for where they are all there is
    ],
    "en": [
        ("what do I do in my first month", "paths/new-hire", 3),
        ("whom do I ask?", "paths/new-hire", 3),
        ("what is an ABC customer", "calculators/abc_tiers", 3),
        ("how are commissions meant", "stage-2/mentoring", 3),
        ("where is the template", "templates/index", 3),
    ],
}
"""What is asked, the page that answers it, and among how many of the first it is."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_from_the_middle_of_sentences_and_questions_find_their_practice(language: str, site: Path) -> None:
    """Begun ones too; words that every question has, and no index, lead to no page that only begins like them."""
    found = searched(site, language, [asked for asked, _, _ in ASKED[language]])
    assert [
        (asked, page, pages[:most])
        for (asked, page, most), pages in zip(ASKED[language], found, strict=True)
        if page not in pages[:most]
    ] == []


FORMS = [
    ("mentors", "stage-2/mentoring"),
    ("recorded", "stage-2/records-and-reviews"),
    ("objecting", "stage-2/objection-drills"),
    ("renewing", "stage-3/health-card"),
    ("quoting", "glossary"),  # the pages say offer; a quote is what a customer said
    ("quoti", "glossary"),
    ("grad", "stage-2/grading-standard"),
    ("salespersons", "glossary"),  # the pages say rep, and new hire
    ("newcomers", "glossary"),
    ("onboarding", "paths/new-hire"),
    ("first day", "paths/new-hire"),
    ("privacy", "make-it-yours/privacy"),
    ("is my data uploaded", "make-it-yours/privacy"),
    ("churn", "stage-3/health-card"),
    ("templates download", "templates/index"),
    ("target by month", "calculators/goal_breakdown"),
]


def test_english_words_find_other_forms_of_themselves(site: Path) -> None:
    """What is typed finds words of the same stem, and goes on finding while it is being typed."""
    found = searched(site, "en", [typed for typed, _ in FORMS])
    assert [(typed, page) for (typed, page), pages in zip(FORMS, found, strict=True) if page not in pages] == []
