"""The dictionary of measures and the stages of a deal: whole in both languages, and the only place for their words."""

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Language, Text
from calculators.measures import MEASURES, Measure, MeasureWords, measure
from calculators.stages import STAGES
from calculators.work import example_list
from tests.conftest import ROOT

DOCS = ROOT / "docs"
EXAMPLES = ROOT / "calculators"
WORKBOOKS = ROOT / "macros" / "templates"


def words(one: Measure, language: Language) -> MeasureWords:
    """Return a measure in a language."""
    return one.zh if language == "zh" else one.en


def names(language: Language) -> set[str]:
    """Return every name of the dictionary in a language, as pages may write it."""
    return {
        name.lower() for one in MEASURES.values() for name in (words(one, language).name, *words(one, language).also)
    }


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_is_told_whole_in_both_languages(name: str) -> None:
    """Name, formula, period and what is left out; a quotient where it is a share; a place in the source, or none."""
    one = MEASURES[name]
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
    assert re.fullmatch(r"([0-5](\.\d)*)?", one.place)
    assert one.unit in {"share", "count", "money", "days", "ratio", "points"}
    assert one.better in {"higher", "lower", "neither"}
    for language in LANGUAGES:
        said = words(one, language)
        assert said.name, language
        assert said.formula, language
        assert said.period, language
        assert said.left_out, language
    assert bool(one.zh.denominator) == bool(one.en.denominator)
    assert bool(one.zh.note) == bool(one.en.note)


def test_no_two_measures_have_one_name() -> None:
    """A name means one number."""
    for language in LANGUAGES:
        said = [words(one, language).name.lower() for one in MEASURES.values()]
        assert len(set(said)) == len(said)


@pytest.mark.parametrize("name", MEASURES)
def test_the_pages_of_a_measure_are_there(name: str) -> None:
    """Where it is explained and used exists in both languages."""
    assert MEASURES[name].pages
    for page in MEASURES[name].pages:
        for language in LANGUAGES:
            assert (DOCS / language / page).is_file(), page


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_name_measures_by_id_and_are_listed_with_them(language: Language) -> None:
    """A page's table of measures is the dictionary's: no formula is typed, and each measure knows the page."""
    for path in sorted((DOCS / language).rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        page = path.relative_to(DOCS / language).as_posix()
        named = [
            name for call in re.findall(r"\{\{ measures\((.*?)\) \}\}", text) for name in re.findall(r'"(\w+)"', call)
        ]
        assert [name for name in named if page not in measure(name).pages] == [], page
        if page.startswith(("stage-", "selling/")):
            part = text.split("{#measure}")[1].split("\n## ")[0]
            assert named, page
            assert "\n|" not in part, page


def test_a_measure_that_the_dictionary_does_not_have_is_named() -> None:
    """Whoever asks for it is told where measures are."""
    with pytest.raises(ValueError, match="no measure 'renewals'"):
        measure("renewals")


@pytest.mark.parametrize("language", LANGUAGES)
def test_calculators_take_names_and_formulas_from_the_dictionary(language: Language) -> None:
    """A label that names a measure has its name; one in a sentence has no capital."""
    text = Text(language, Settings())
    assert text("nine_box.figure.star_share.label") == words(MEASURES["star_share"], language).title
    needed = text("tracks.figure.net_retention.help", recurring=0, opening=0)
    assert words(MEASURES["net_retention"], language).formula in needed
    assert words(MEASURES["attrition"], language).name in text("goal_breakdown.field.attrition.label")


def typed(node: Any) -> Iterator[dict[str, str]]:
    """Yield every text that a template types in both languages."""
    if isinstance(node, dict):
        if set(node) == {"zh", "en"} and isinstance(node["zh"], str):
            yield node
        else:
            for inner in node.values():
                yield from typed(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from typed(inner)


@pytest.mark.parametrize("path", sorted(WORKBOOKS.glob("*.toml")), ids=lambda path: path.stem)
def test_no_template_types_the_name_of_a_measure(path: Path) -> None:
    """Headings and rows that name one do so by id, so that workbook and dictionary cannot part."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    data.pop("example", None)
    by_hand = [
        text["zh"]
        for text in typed(data)
        for language in LANGUAGES
        if re.sub(r"[（(].*", "", text[language]).strip().lower() in names(language)
    ]
    assert by_hand == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_five_lines_examples_name_measures_of_the_dictionary(language: Language) -> None:
    """The calculator's list starts with the twelve measures, each by its key, and is read by the dictionary's names."""
    path = EXAMPLES / "five_lines" / "examples" / f"measures.{language}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    keys = [row[1].removeprefix("{measure:").removesuffix("}") for row in rows]
    assert [f"{{measure:{key}}}" for key in keys] == [row[1] for row in rows]
    read = example_list(path, language, "CNY").content.decode("utf-8-sig").splitlines()[1:]
    assert [line.split(",")[1] for line in read] == [getattr(measure(key), language).title for key in keys]


NO_MEASURE: dict[Language, dict[str, tuple[str, ...]]] = {
    "zh": {
        "in general, or a chance": ("比率", "频率", "概率"),
        "an item of the health card": ("增长率",),
        "of a bank, or a rule of the company's own, in the page on law": ("行利率", "品限额"),
        "money or a part that is added up, and divided by nothing": (
            *(
                "金额",
                "总额",
                "净额",
                "余额",
                "差额",
                "超额",
                "全额",
                "份额",
                "名额",
                "订单额",
                "合同额",
                "销售额",
                "到账额",
            ),
            *("成交额", "回款额", "增购额"),
        ),
        "columns of one table, which says of what they are shares": (
            *(
                "各级占比",
                "户数占比",
                "家数占比",
                "客户占比",
                "累计占比",
                "两组占比",
                "参照占比",
                "计划占比",
                "实际占比",
            ),
            *("资源占比", "个人占比", "头部占比", "风险占比"),
        ),
        "the source's word for a team's cycle, which it does not define": ("签约周期",),
        "how long something takes, without a median over deals": ("复购周期", "平均周期", "缩短周期", "环节周期"),
        "said of one thing and not of a period": ("人均单量",),
        "money spent, or said to be": ("每天成本", "服务成本", "提成成本", "说服成本"),
    },
    "en": {
        "what a contract says, or a chance": ("commission rate", "unchanged rate"),
        "the source's word for a team's cycle, which it does not define": ("signing cycle",),
        "one value of a measure, or its mean": (
            *("expected attrition", "annual churn", "mean cycle", "shortest cycle", "last score", "lowest score"),
            *("mean score", "healthy score", "falling productivity", "less churn", "weighted attainment"),
            *("stated attainment", "expected attainment"),
        ),
        "points that are given, and added up to a measure": (
            "output score",
            "musical score",
            "qualification score",
            "kpi score",
            "test score",
        ),
        "said of one thing and not of a period": (
            *("row per customer", "row per person", "sheet per visit", "number per person"),
            "crm conversion",
        ),
    },
}
"""Words that look like a measure's and are none, by the reason."""
SMALL_WORDS = {
    "a", "after", "an", "and", "are", "as", "at", "before", "better", "bring", "by", "cover", "each", "for", "how",
    "in", "is", "it", "its", "keeps", "lifts", "low", "no", "not", "of", "on", "once", "one", "or", "out", "person",
    "said", "saw", "see", "side", "so", "that", "the", "their", "third", "to", "two", "when", "whether", "which",
    "whose", "with", "you", "your",
    "nor", "neither", "have", "any", "true", "while", "never",
}  # fmt: skip
"""Words before a head by which it is no compound."""


def everything_read(language: Language) -> Iterator[tuple[str, str]]:
    """Yield what readers see of pages, workbooks and calculators in a language, with the file it is in."""
    paths = [
        *(DOCS / language).rglob("*.md"),
        *EXAMPLES.glob(f"*/words*.{language}.toml"),
        *EXAMPLES.glob(f"*/examples/*.{language}.csv"),
    ]
    for path in paths:
        yield path.name, path.read_text(encoding="utf-8")
    for path in WORKBOOKS.glob("*.toml"):
        for text in typed(tomllib.loads(path.read_text(encoding="utf-8"))):
            yield path.name, text[language]


COMPOUND: dict[Language, str] = {
    "zh": r"[\u4e00-\u9fff]{2}率|[\u4e00-\u9fff][^\W的和与把按个出下新如时数](?:额|占比|周期|成本)"
    r"|(?:户均|单均|人均)(?!个人)[\u4e00-\u9fff]{2}",
    "en": r"(?<![\w’'-])([a-z][a-z’'-]*) (?:rate|ratio|coverage|attainment|retention|conversion|penetration"
    r"|utili[sz]ation|productivity"
    r"|churn|attrition|turnover|cycle|score|index|uptake|per (?:head|rep|person|customer|deal|visit|hire))"
    r"s?\b",
}
"""A word for a rate, a ratio, a share, an amount a head, with what comes before it and says of what."""


def unknown_measures(text: str, language: Language) -> set[str]:
    """Return the words of a text that name a measure which neither the dictionary has nor the list above."""
    known = tuple(names(language))
    none = tuple(word for words in NO_MEASURE[language].values() for word in words)
    found = set()
    for match in re.finditer(COMPOUND[language], re.sub(r"\{.*?\}\}?|`.*?`|\]\(.*?\)", "", text).lower()):
        word = match[0].removesuffix("s").replace("’", "'") if language == "en" else match[0]
        small = language == "en" and (match[1] in SMALL_WORDS or match[1].endswith(("’s", "s’", "'s", "s'")))
        # 签单率 of 独立签单率; lead conversion rate, which ends with the measure's name
        named = any(name.endswith(word) or (" " in name and word.endswith(name)) for name in known)
        if not (small or named or any(word == one or (word.endswith(one) and language == "zh") for one in none)):
            found.add(word)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_that_is_named_in_prose_is_in_the_dictionary(language: Language) -> None:
    """A compound that names one is a measure's name or its end, or is listed as none with the reason."""
    read = list(everything_read(language))
    assert {(file, word) for file, text in read for word in unknown_measures(text, language)} == set()


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("zh", "看每周的电话接通率，再看获客成本。", {"接通率", "获客成本"}),
        ("zh", "户均收入和人均签约比上季度高，开票额也是。", {"户均收入", "人均签约", "开票额"}),
        ("zh", "大单占比、交付周期", {"大单占比", "交付周期"}),
        ("zh", "独立签单率、续约率和商机覆盖率；金额和总额", set()),
        (
            "en",
            "Mind the quick ratio, seat utilisation and revenue per head.",
            {"quick ratio", "seat utilisation", "revenue per head"},
        ),
        (
            "en",
            "Their show-up rates, calls per rep, territory coverage",
            {"show-up rate", "calls per rep", "territory coverage"},
        ),
        ("en", "The win rate, pipeline coverage and net revenue retention; the score, a rate", set()),
    ],
)
def test_a_measure_that_nobody_defined_is_found(language: Language, text: str, words: set[str]) -> None:
    """Whatever it is called, in either language; what the dictionary has and what is no compound is let through."""
    assert unknown_measures(text, language) == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_listed_as_no_measure_is_said_somewhere(language: Language) -> None:
    """An exception that nothing needs any more goes."""
    said = " ".join(text for _, text in everything_read(language)).lower().replace("’", "'")
    assert [word for words in NO_MEASURE[language].values() for word in words if word not in said] == []


# --- stages of a deal ----------------------------------------------------------------------------------


def test_stages_run_from_open_to_won_or_lost_with_evidence_for_each() -> None:
    """Open ones first, then the ends; each says in both languages what must be there."""
    states = [stage.state for stage in STAGES.values()]
    assert states == ["open"] * (len(states) - 2) + ["won", "lost"]
    assert all(said.name and said.evidence for stage in STAGES.values() for said in (stage.zh, stage.en))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_funnel_example_goes_through_stages_of_a_deal(language: Language) -> None:
    """The goal breakdown's steps are stages, in their order."""
    path = EXAMPLES / "goal_breakdown" / "examples" / f"steps.{language}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        steps = [row[0].lower() for row in list(csv.reader(file))[1:]]
    order = [(stage.zh if language == "zh" else stage.en).name for stage in STAGES.values()]
    assert steps == sorted(steps, key=order.index)


@pytest.mark.parametrize("path", sorted(WORKBOOKS.glob("*.toml")), ids=lambda path: path.stem)
def test_no_workbook_has_a_list_of_stages_of_its_own(path: Path) -> None:
    """Where a deal stands, was lost or was decided is chosen from the one list, by the stages' ids."""
    lists = tomllib.loads(path.read_text(encoding="utf-8")).get("lists", {})
    for name, one in lists.items():
        if name in {"stage", "stages", "step", "steps"}:
            assert set(one) == {"title", "stages"}, name
            assert set(one["stages"]) <= set(STAGES), name
