"""The handbook's pages: what each must have, the same in both languages, one set of figures, everything within reach.

The site's frame is in ``test_site``, its pictures and what readers do on pages in ``test_handbook_pages``.
"""

import datetime
import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import unescape
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, StrictUndefined, UndefinedError
from mkdocs.utils.meta import get_data

import calculators
from calculators.engine.asks.settings import BASIS_POINTS, Settings
from calculators.engine.shows.text import LANGUAGES, Language
from calculators.method import METHOD
from macros.anatomy import PARTS, mistakes, overdue
from macros.checks import TYPED, typed
from macros.glossary import Term, Tooltips, terms
from macros.handbook import Handbook, page_name, printed, words
from macros.layers import entries
from macros.templates import TEMPLATES as TEMPLATES_BY_FORM
from macros.templates.model import data_of
from tests.conftest import ROOT, build
from tests.own_company import OVERDUE, neglect

DOCS = ROOT / "docs"
PREFIXES: dict[Language, str] = {"zh": "", "en": "en/"}
"""Where a language's pages begin in the site."""
QUESTIONS = entries("quiz.toml", "question")


def markdown(language: str) -> dict[str, Path]:
    """Return the pages of a language by what they are called in both."""
    files = sorted((DOCS / language).rglob("*.md"))
    return {page_name(file.relative_to(DOCS).as_posix()): file for file in files}


PAGES = sorted(markdown("zh"))
SELLING = [name for name in PAGES if name.startswith("selling/")]
PRACTICES = [name for name in PAGES if re.match(r"stage-\d/", name)] + SELLING


@cache
def source(name: str, language: str) -> str:
    """Return a page's Markdown."""
    return markdown(language)[name].read_text(encoding="utf-8")


def meta(name: str, language: str) -> dict[str, Any]:
    """Return a page's front matter."""
    return dict(get_data(source(name, language))[1])


# --- both languages ----------------------------------------------------------------------------------


def expressions(text: str) -> set[str]:
    """Return the figures and macros of a text, each as it is written."""
    return set(re.findall(r"\{\{(.*?)\}\}", text, re.DOTALL))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_prints_the_same_figures_in_both_languages(name: str) -> None:
    """The Chinese and the English page have the same figures, in the same formats, and the same macros."""
    chinese, english = (expressions(source(name, language)) for language in LANGUAGES)
    assert chinese == english


def _texts(said: dict[str, Any]) -> Iterator[str]:
    """Yield the texts of a question in one language, choices and points one by one."""
    for text in said.values():
        yield from [text] if isinstance(text, str) else text


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question["id"]))
def test_a_question_prints_the_same_figures_in_both_languages(question: dict[str, Any]) -> None:
    """So do question and answer of the quiz."""
    chinese, english = (expressions(" ".join(_texts(question[language]))) for language in LANGUAGES)
    assert chinese == english


# --- prose -------------------------------------------------------------------------------------------

FIGURE = r"[a-z_]+(?:\.[A-Za-z_]+)*(?: \| (?:percent|money|count|decimal|listed)(?:\(\d\))?)?"
"""A name, and the format in which it is printed."""
CALL = r'[a-z_]+\((?:(?:"[^"]*"|\d+)(?:, (?!\)))?)*\)'
"""A macro with what is written in the page as its arguments."""
PROSE = re.compile(rf"\{{\{{ (?:{FIGURE}|{CALL}) \}}\}}")


def computed(text: str) -> list[str]:
    """Return what a text has of Jinja besides names of figures and calls of macros."""
    return re.findall(r"\{\{.*?\}\}|\{%.*?%\}|\{##.*?##\}", PROSE.sub("", text), re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_prose(name: str, language: Language) -> None:
    """A page names figures and calls macros; it neither computes, nor compares, nor loops (macros/examples does)."""
    assert computed(source(name, language)) == []


@pytest.mark.parametrize(
    "file", ["glossary.toml", "ninety-days.toml", *sorted((DOCS / "quiz").glob("*.toml"))], ids=str
)
def test_data_for_pages_are_prose_too(file: str | Path) -> None:
    """What stands in the texts of glossary, calendar and questions is printed as it would be in a page."""
    assert computed((DOCS / file).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "{% set total = 3 %}",
        "{{ example.signed / example.hired }}",
        "{{ (example.signed) | percent }}",
        "{{ example.rows[0] }}",
        "{{ example.share | round | percent }}",
        "{{ example.names | join }}",
        "{{ example.names | length }}",
        "{{ 'A' if example.high else 'B' }}",
        "{{ example.a > example.b }}",
        "{{ quiz(example.stage) }}",
        "{{ alert_by_chance(10) | percent }}",
        "{{ example.names.upper() }}",
        '{{ "A" ~ example.a }}',
    ],
)
def test_what_a_page_would_compute_is_found(text: str) -> None:
    """Arithmetic, comparison, conditions, loops, places in lists, and filters that do more than format a figure."""
    assert computed(f"Before. {text} after.") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "{{ example.first.budget }}",
        "{{ playbook.abc.customers.A }}",
        "{{ example.score | decimal(2) }}",
        "{{ quiz() }}",
        "{{ quiz(2) }}",
        '{{ figure("star_share") }}',
    ],
)
def test_what_a_page_prints_is_let_through(text: str) -> None:
    """A figure by its name, in a format, and a macro."""
    assert computed(text) == []


# --- titles ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_s_title_is_typed_once(name: str, language: Language, site: Path) -> None:
    """It stands in the front matter and is printed as the one h1; a heading of the page's own says something else."""
    title = meta(name, language)["title"]
    own = re.findall(r"^# (.*?)(?: \{#.*\})?$", re.sub(r"```.*?```", "", source(name, language), flags=re.DOTALL), re.M)
    assert title not in own
    html = (site / f"{PREFIXES[language]}{name}.html").read_text(encoding="utf-8")
    headings = re.findall(r'<h1 id="([a-z0-9-]+)">(.*?)<a class="headerlink"', html)
    assert [unescape(text) for _, text in headings] == (own or [title])
    if not own:
        assert headings[0][0] == re.sub(r"/index$", "", name).rpartition("/")[2].replace("_", "-")


def test_a_printable_template_is_called_alike_on_its_page_and_in_lists() -> None:
    """The page's title is the template's."""
    for name, form in TEMPLATES_BY_FORM.items():
        for language in LANGUAGES if form == "page" else ():
            assert meta(f"templates/{name}", language)["title"] == data_of(name)["title"][language]


@pytest.mark.parametrize("name", PRACTICES)
def test_a_practice_is_answered_for_alike_in_both_languages(name: str) -> None:
    """Stage, audience, owner, review dates and what is left out are the same."""
    chinese, english = (meta(name, language) for language in LANGUAGES)
    for key in ("kind", "stage", "audience", "owner", "reviewed", "next_review"):
        assert chinese[key] == english[key], key
    assert chinese.get("omitted", {}).keys() == english.get("omitted", {}).keys()


# --- what a page says once, and ends in ---------------------------------------------------------------

DONE_IN_A_WEEK = [name for name in PAGES if re.match(r"(?:stage-\d|stages|selling|daily-work|story)/", name)]
"""Pages that a reader works by."""
LEADS_ON = {"index": "how-to", "paths/new-hire": "day-90"}
"""Pages that end in another part: the first page's says where to go for what, the path's last list is its end."""
CHECKLIST = re.compile(r"\{\{ checklist\(\"([a-z0-9-]+)\"\) \}\}\n\n((?:- \[ \] .+\n)+)")


def last_part(name: str, language: Language) -> tuple[str, str]:
    """Return the id and the text of a page's last part."""
    parts = re.split(r"\n## .*\{#([a-z0-9-]+)\}\n", source(name, language))
    return parts[-2], parts[-1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DONE_IN_A_WEEK)
def test_a_page_to_work_by_ends_in_what_to_do_this_week(name: str, language: Language) -> None:
    """Its last part is a list to tick, of three to five things."""
    part, text = last_part(name, language)
    assert part == "this-week"
    listed = CHECKLIST.search(text)
    assert listed
    assert 3 <= listed[2].count("- [ ] ") <= 5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in PAGES if name not in DONE_IN_A_WEEK])
def test_every_other_page_ends_in_a_task_too(name: str, language: Language) -> None:
    """What to do next, in one to three steps that lead somewhere; in a list to tick; or where to go for what."""
    part, text = last_part(name, language)
    if part == "next":
        steps = re.findall(r"^\d\. .+$", text, re.MULTILINE)
        assert 1 <= len(steps) <= 3
        assert any("](" in step for step in steps)
    else:
        assert part == LEADS_ON.get(name, "this-month")
        assert CHECKLIST.search(text) or all("](" in item for item in re.findall(r"^- .+$", text, re.MULTILINE))


@pytest.mark.parametrize("name", PAGES)
def test_the_tasks_a_page_ends_in_lead_to_the_same_places_in_both_languages(name: str) -> None:
    """As many, in the same order, each with the same links: a tick is kept by its place."""
    chinese, english = (
        [re.findall(r"\]\(([^)]*)\)", item) for item in re.findall(r"^(?:- \[ \]|\d\.) .+$", text, re.MULTILINE)]
        for _, text in (last_part(name, language) for language in LANGUAGES)
    )
    assert chinese == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_lists_keep_their_ticks_under_one_name(language: Language) -> None:
    """The ticks of one page are not another's, and only those of the new hire's path are a new hire's progress."""
    lists = [
        (listed, name) for name in PAGES for listed in re.findall(r"checklist\(\"([^\"]+)\"\)", source(name, language))
    ]
    assert [listed for listed, times in Counter(listed for listed, _ in lists).items() if times > 1] == []
    assert {name for listed, name in lists if listed.startswith("new-hire-day-")} == {"paths/new-hire"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_what_usually_goes_wrong_is_marked_as_experience(name: str, language: Language) -> None:
    """Mistakes and traps are ours and counted by nobody: each such part says so before it begins."""
    parts = re.findall(r"^## .*\{#(?:mistakes|traps)\}\n\n(.*)$", source(name, language), re.MULTILINE)
    assert set(parts) <= {"{{ experience() }}"}


SENTENCE: dict[Language, str] = {"zh": r"[^。！？\n|]{16,}[。！？]", "en": r"[^.!?\n|]{50,}[.!?]"}
"""A sentence long enough that nobody writes it twice on purpose."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_no_sentence_stands_twice_on_a_page(name: str, language: Language) -> None:
    """What a page has said it does not say again word for word."""
    text = re.sub(r"```.*?```", "", source(name, language).partition("\n---\n")[2], flags=re.DOTALL)
    said = Counter(sentence.strip() for sentence in re.findall(SENTENCE[language], text))
    assert [sentence for sentence, times in said.items() if times > 1] == []


# --- anatomy -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PRACTICES)
def test_every_page_in_a_stage_is_a_practice(name: str, language: Language) -> None:
    """The pages in a stage's folder are of that stage and of the kind whose anatomy the build checks.

    Those on selling are of that kind too, and of the stage in which a company first needs them.
    """
    assert meta(name, language)["kind"] == "practice"
    assert meta(name, language)["stage"] in (range(1, 5) if name in SELLING else (int(name[len("stage-")]),))


def whole_practice() -> dict[str, Any]:
    """Return the front matter of a practice page without a mistake."""
    return {
        "title": "T",
        "description": "D",
        "kind": "practice",
        "stage": 1,
        "audience": ["founder"],
        "owner": "founder",
        "reviewed": datetime.date(2026, 11, 25),
        "next_review": datetime.date(2027, 5, 25),
    }


LEAD = (
    '<p class="pb-lead">L</p><h2 id="steps">S</h2><ol>\n<li>One</li>\n</ol>'
    '<h2 id="this-week">W</h2><ul><li class="task-list-item">Two</li></ul>'
)
WITHOUT_SOURCE = tuple(part for part in PARTS if part != "source")


def test_a_whole_practice_page_has_no_mistakes() -> None:
    """Front matter, purpose and every part in order: nothing to say; a page that is no practice is left alone."""
    assert mistakes(whole_practice(), PARTS, LEAD, ["founder"]) == []
    assert mistakes({"title": "T"}, [], "", []) == []


@pytest.mark.parametrize(
    ("change", "headings", "content", "said"),
    [
        ({"owner": None}, PARTS, LEAD, "front matter lacks owner"),
        ({"kind": "page"}, PARTS, LEAD, "kind is 'page'"),
        ({"reviewed": "soon"}, PARTS, LEAD, "dates like 2027-05-25"),
        ({"next_review": datetime.date(2026, 11, 25)}, PARTS, LEAD, "next_review is not after reviewed"),
        ({"audience": ["everyone"]}, PARTS, LEAD, "write a list of these: founder"),
        ({}, WITHOUT_SOURCE, LEAD, "has no part {#source} and does not declare it"),
        ({}, PARTS[:-1], LEAD, "has no part {#this-week} and does not declare it"),
        ({}, PARTS, LEAD.replace("task-list-item", "item"), "has nothing to tick under {#this-week}"),
        ({"omitted": {"source": "of our own making"}}, PARTS, LEAD, "source is declared as omitted and stands in"),
        ({"omitted": {"sources": "x"}}, PARTS, LEAD, "omitted names 'sources'"),
        ({"omitted": {"source": ""}}, WITHOUT_SOURCE, LEAD, "omitted gives no reason for source"),
        ({}, (*PARTS[1:], PARTS[0]), LEAD, "parts stand in the order"),
        ({}, PARTS, LEAD.replace("pb-lead", "lead"), "has no line of purpose"),
        ({}, PARTS, LEAD.replace("ol>", "ul>"), "steps are no numbered list"),
        ({}, PARTS, LEAD.replace("<li>One</li>", "<li>One</li>" * 8), "has more than 7 steps"),
    ],
)
def test_what_a_practice_page_lacks_is_said(
    change: dict[str, Any], headings: tuple[str, ...], content: str, said: str
) -> None:
    """Each way of being incomplete is named."""
    page = {key: value for key, value in {**whole_practice(), **change}.items() if value is not None}
    found = mistakes(page, headings, content, ["founder"])
    assert [sentence for sentence in found if said in sentence]


def test_an_incomplete_practice_page_stops_the_build(checkout: Path) -> None:
    """A part that is neither there nor declared as left out fails the strict build, with each page's name."""
    for name in PRACTICES[:2]:
        for page in (checkout / "docs").glob(f"*/{name}.md"):
            page.write_text(page.read_text(encoding="utf-8").replace("{#measure}", "{#measures}"), encoding="utf-8")
    ended = build(checkout / "site", folder=checkout)
    assert ended.returncode != 0
    for name in PRACTICES[:2]:
        assert f"docs/zh/{name}.md has no part {{#measure}}" in ended.stderr


# --- one set of figures ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_no_percentage_amount_or_head_count_is_typed_by_hand(name: str, language: Language) -> None:
    """Each comes from the method, the company's settings or the page's example, so that a change is seen everywhere."""
    assert list(typed(source(name, language))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_quiz_and_the_glossary_type_no_figures_either(language: Language) -> None:
    """Their figures come from macros too."""
    texts = [text for question in QUESTIONS for text in _texts(question[language])]
    texts += [term.meaning for term in terms(language)]
    assert [found for text in texts for found in typed(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "涨了 35%",
        "占百分之三",
        "销售占三成",
        "每单 3 万",
        "¥6,000",
        "带 5 名新人",
        "约二十家客户",
        "12 customers",
        "5 per cent",
        "fifty people",
    ],
)
def test_a_figure_typed_by_hand_is_found(text: str) -> None:
    """The search for them knows both languages' ways of writing one."""
    assert TYPED.search(text)


COMPANYS_OWN = {"executive_visits_a_quarter": r"service\.A\.times", "need_surveys_a_month": r"service\.B\.times"}
"""Figures of the source that a company sets for itself, by what pages print in their place."""


@pytest.mark.parametrize("name", [name for name, figure in METHOD.items() if figure.origin == "source"])
def test_every_figure_of_the_source_stands_in_the_handbook(name: str) -> None:
    """Nobody has to open the source again for a figure."""
    printed = re.compile(rf"""figure\("{name}"\)|{COMPANYS_OWN.get(name, "$^")}""")
    assert [page for page in PAGES if printed.search(source(page, "zh"))]


def test_weights_sum_to_the_whole() -> None:
    """The weights of every rubric sum to 100%: those of the method and of calculators."""
    checked = 0
    grouped: dict[str, int] = Counter()
    for name, figure in METHOD.items():
        if "_weight_" in name:
            grouped[name.split("_weight_")[0]] += figure.value
    assert set(grouped.values()) == {100}
    for found in walk_packages(calculators.__path__, "calculators."):
        for name, value in vars(import_module(found.name)).items():
            if name.endswith("WEIGHTS") and isinstance(value, dict):
                checked += 1
                assert sum(value.values()) == BASIS_POINTS, (found.name, name)
    assert checked


def test_a_company_that_changes_its_tiers_sees_it_everywhere(own_site: Path) -> None:
    """With 15/35/50 customers in mkdocs.yml, pages, pictures and the calculator's defaults say 15%, 35% and 50%."""
    settings = Settings.from_mapping({"abc": {"customers": {"A": 15, "B": 35, "C": 50}}})
    for language, prefix in PREFIXES.items():
        form = (own_site / prefix / "calculators/abc_tiers.html").read_text(encoding="utf-8")
        fields = re.findall(r"<input[^>]*>", form)
        for tier, share in (("a", 15), ("b", 35), ("c", 50)):
            assert [field for field in fields if f'"count_share_{tier}"' in field and f'value="{share}"' in field]
        policy = (own_site / prefix / "stage-2/abc-policy.html").read_text(encoding="utf-8")
        assert re.search(r"<td[^>]*>15%</td>\s*<td[^>]*>35%</td>\s*<td[^>]*>50%</td>", policy)
        for row in Handbook(language, settings).example("stage-2/abc-policy").ranking:
            cells = (re.escape(cell).replace(r"\*\*", "(?:</?strong>)") for cell in row)
            assert re.search(r"\s*".join(rf"<td[^>]*>{cell}</td>" for cell in cells), policy), row
    assert "B 35%" in Handbook("en", settings).picture("tier_pyramid", root="")


def test_a_figure_is_printed_whatever_python_has_by_its_name() -> None:
    """Names are those of figures alone; what is unknown, or a macro that is not called, is an error."""
    jinja = Environment(undefined=StrictUndefined, finalize=printed)
    values = {"example": SimpleNamespace(copy=1, count=2), "figure": print}
    assert jinja.from_string("{{ example.copy }}{{ example.count }}").render(values) == "12"
    with pytest.raises(ValueError, match="a macro is printed by calling it"):
        jinja.from_string("{{ figure }}").render(values)
    with pytest.raises(UndefinedError):
        jinja.from_string("{{ example.items }}").render(values)


def test_a_claim_without_evidence_is_marked() -> None:
    """What the source says happened is marked as its claim; an aim that it sets is not."""
    handbook = Handbook("en", Settings())
    assert "The source&#x27;s claim, without evidence" in handbook.figure("renewal_gain")
    assert "title" not in handbook.figure("solo_signing_rate")
    with pytest.raises(ValueError, match="no figure 'renewal'"):
        handbook.figure("renewal")


# --- within reach ------------------------------------------------------------------------------------


def test_a_page_that_cannot_be_offered_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A card needs title and description; the mistake names the page that lacks one, not the page with the cards."""
    monkeypatch.setattr("macros.layers.OURS", tmp_path)
    page = tmp_path / "en/calculators/referrals.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: Referrals\n---\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"docs/en/calculators/referrals\.md has no description"):
        Handbook("en", Settings()).cards("calculators", ["en/calculators/referrals.md"], root="")


def test_pages_about_calculators_are_listed_from_their_front_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those beside the list first, all in navigation's order; a practice page that prints one is no page about it."""
    monkeypatch.setattr("macros.layers.OURS", tmp_path)
    printed = '---\n\n{{ calculator("nine_box") }}\n'
    for name, text in {
        "self-check/ours": f"title: Ours\ndescription: Only this\n{printed}",
        "calculators/grid": "title: Grid\ndescription: Unused\nstage: 4\nasks: Who?\nbring: names.\nget: a grid.\n"
        + printed,
        "stage-4/grid": f"title: Practice\ndescription: How\nkind: practice\n{printed}",
        "calculators/notes": "title: Notes\ndescription: No calculator\n---\n",
        "calculators/all": f"title: All\ndescription: Every\nstage: all\n{printed}",
    }.items():
        page = tmp_path / f"en/{name}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"---\n{text}", encoding="utf-8")
    pages = [f"en/{name}.md" for name in ("self-check/ours", "calculators/grid", "stage-4/grid", "calculators/notes")]
    handbook = Handbook("en", Settings())
    listed = handbook.calculators([*pages, "en/calculators/all.md"], "en/calculators/index.md")
    assert [line.strip("- ") for line in listed.splitlines()[1:-1] if line] == [
        '<span class="pb-step">[Stage four](../stages/stage-4.md)</span>',
        "## [Grid](grid.md) {#nine-box}",
        "Who?",
        "**You bring:** names.",
        "**You get:** a grid.",
        '<span class="pb-step">Every stage</span>',
        "## [All](all.md) {#nine-box}",
        "Every",
        "## [Ours](../self-check/ours.md) {#nine-box}",
        "Only this",
    ]


def links(site: Path, name: str) -> set[str]:
    """Return the pages that a page's own text leads to."""
    html = (site / f"{name}.html").read_text(encoding="utf-8")
    article = re.search(r"<article.*?</article>", html, re.DOTALL)
    assert article
    found = set()
    for href in re.findall(r'<a [^>]*?href="([^"#]+\.html)', article[0]):
        path = os.path.normpath(os.path.join(os.path.dirname(name), href))  # noqa: PTH118, PTH120 - an address
        found.add(path.removesuffix(".html"))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_two_clicks_from_home(site: Path, language: Language) -> None:
    """Home leads to it, or to a page that does, in the text and without the navigation."""
    prefix = PREFIXES[language]
    near = links(site, f"{prefix}index")
    reached = near | {there for page in near if (site / f"{page}.html").is_file() for there in links(site, page)}
    assert sorted({f"{prefix}{name}" for name in PAGES} - reached - {f"{prefix}index"}) == []


ITEMS = {
    "stage one: core proposition": ("stages/stage-1", "stage-1", "核心命题", "core of it"),
    "stage one: the founder's dilemma": ("stages/stage-1", "dilemma", "教育科技", "education"),
    "stage one: the quarter's goal template": ("stage-1/quarter-goal", "steps", "付费客户", "paying"),
    "stage one: case of the extra hours": ("stage-1/quarter-goal", "source", "加班", "stayed late"),
    "stage one: the founder's observation checklist": ("stage-1/observation-checklist", "steps", "原词", "words"),
    "stage one: growing seed customers": ("stage-1/seed-customers", "steps", "共创群", "group"),
    "stage one: the false-needs trap": ("stage-1/false-needs", "source", "工具类", "app"),
    "stage two: core proposition": ("stages/stage-2", "stage-2", "核心命题", "core of it"),
    "stage two: three levels of a quarter's goal": ("stage-2/quarter-goal", "steps", "独立签单", "alone"),
    "stage two: grading customers": ("stage-2/grading-standard", "standard", "决策链", "decision"),
    "stage two: six objection scenarios": ("stage-2/objection-drills", "scenes", "异议", "objection"),
    "stage two: mentor points": ("stage-2/mentoring", "points", "首单", "first deal"),
    "stage two: recordings and reviews, six parts": ("stage-2/records-and-reviews", "six", "录屏", "screen"),
    "stage two: notice and consent": ("stage-2/records-and-reviews", "notice", "个人信息", "consent"),
    "stage two: tiers with a service policy each": ("stage-2/abc-policy", "service", "自助", "self-service"),
    "stage two: the lesson of the missing tiers": ("stage-2/abc-policy", "source", "续约率", "renewal"),
    "stage three: core proposition": ("stages/stage-3", "stage-3", "核心命题", "core of it"),
    "stage three: five lines, twelve measures": ("stage-3/five-lines", "example", "增购率", "psell"),
    "stage three: the daily report's four parts": ("stage-3/daily-report", "steps", "障碍", "obstacle"),
    "stage three: the cockpit": ("stage-3/cockpit", "steps", "每月", "month"),
    "stage three: the alert that fires by chance": ("stage-3/cockpit", "alert", "42%", "42%"),
    "stage three: the health card": ("stage-3/health-card", "steps", "活跃度", "ctivity"),
    "stage three: the health dashboard case": ("stage-3/health-card", "source", "仪表盘", "dashboard"),
    "stage four: core proposition": ("stages/stage-4", "stage-4", "核心命题", "core of it"),
    "stage four: the tracks": ("stage-4/tracks", "steps", "存量", "xisting"),
    "stage four: the three powers": ("stage-4/three-powers", "steps", "复制力", "teach"),
    "stage four: the nine-box": ("stage-4/nine-box", "steps", "方法", "method"),
    "stage four: three steps of customer value": ("stage-4/customer-value", "steps", "共建", "build"),
    "stage four: the advisory board case": ("stage-4/advisory-board", "source", "150%", "150%"),
    "the quarterly self-check": ("self-check/quarterly", "check", "自检", "self-check"),
    "the self-check's rule": ("source", "self-check", "我们的读法", "Our reading"),
    "which stage you are in": ("self-check/which-stage", "find", "阶段", "stage"),
    "20/30/50 against 60/30/10": ("source", "abc", "60%", "60%"),
    "three tracks called two": ("source", "tracks", "我们的读法", "Our reading"),
    "the nine-box unspecified": ("source", "nine-box", "我们的读法", "Our reading"),
    "one month wanted, three claimed": ("source", "warning", "我们的读法", "Our reading"),
    "the missing units of 0-1 to 1000": ("source", "units", "我们的读法", "Our reading"),
    "the founder's dilemma worked through": ("story/month-3", "balance", "说不准", "cannot be told"),
    "the tools a team lives in": ("daily-work/tools", "archive", "同意", "agree"),
    "lists out of other systems": ("daily-work/exports", "salesforce", "Opportunity Owner", "Opportunity Owner"),
    "forms for meetings and visits": ("daily-work/meetings", "executive", "拜访", "visit"),
    "steps before and after": ("daily-work/meetings", "shadowing", "审批", "approval"),
    "the first thirty days of the playbook": ("daily-work/rollout", "fill-in", "先填", "fill in"),
    "kickoff slides": ("daily-work/kickoff", "three", "三样", "three things"),
    "path of a new hire": ("paths/new-hire", "day-90", "独立", "independent"),
    "path of a mentor": ("paths/mentor", "mentor", "师傅", "mentor"),
    "path of a first-line manager": ("paths/manager", "manager", "主管", "manager"),
    "path of a head of sales": ("paths/head-of-sales", "head-of-sales", "负责人", "sales"),
    "path of a founder": ("paths/founder", "founder", "创始人", "founder"),
    "selling: ideal customer": ("selling/process", "customer", "理想客户", "ideal customer"),
    "selling: roles at the customer": ("selling/process", "roles", "推动人", "hampion"),
    "selling: evidence of a stage": ("selling/process", "stages", "证据", "vidence"),
    "selling: question bank": ("selling/process", "discovery", "问题库", "question bank"),
    "selling: MEDDICC mapped to the three criteria": ("selling/process", "qualify", "MEDDICC", "MEDDICC"),
    "selling: discount authority": ("selling/process", "negotiation", "授权", "authority"),
    "selling: tenders": ("selling/process", "tender", "招标投标法", "Tendering"),
    "selling: handover": ("selling/process", "handover", "交接单", "andover"),
    "selling: whose account it is": ("selling/process", "accounts", "撞", "egister"),
    "selling: commit, best case, pipeline": ("selling/pipeline", "categories", "冲刺", "est case"),
    "selling: into the dashboard": ("selling/pipeline", "dashboard", "延期率", "slippage"),
    "selling: fair quotas": ("selling/quota-and-pay", "fair", "轻重", "eight"),
    "selling: the mentor's share inside the plan": ("selling/quota-and-pay", "mentor", "带教奖励", "entor"),
    "selling: terms of payment": ("selling/cash", "terms", "质保金", "etention"),
    "selling: the way of a contract": ("selling/cash", "contract", "红线", "edlines"),
    "selling: when commission is paid": ("selling/cash", "commission", "到账", "ommission"),
    "selling: battle cards": ("selling/won-and-lost", "cards", "战卡", "attle card"),
    "selling: save plays": ("selling/renewal", "save", "挽回", "leave"),
    "selling: tiers B and C without surveys": ("selling/renewal", "b-and-c", "信号", "signal"),
    "selling: the objection of a kickback": ("selling/objections", "kickback", "反不正当竞争法", "Anti-Unfair"),
    "selling: procurement's discount": ("selling/objections", "procurement", "采购", "rocurement"),
    "the quiz": ("paths/quiz", "quiz", "答案", "answer"),
    "the glossary": ("glossary", "glossary", "术语", "terms"),
    "make it yours: the company's figures": (
        "make-it-yours/settings",
        "settings",
        "company/playbook.yml",
        "company/playbook.yml",
    ),
    "make it yours: a page, a calculator, an owner": ("make-it-yours/extend", "owner", "owner", "owner"),
    "make it yours: publishing": ("make-it-yours/publish", "nginx", "IIS", "IIS"),
    "make it yours: the privacy promise": ("make-it-yours/privacy", "shared-host", "主机名", "host"),
    "make it yours: reviews": ("make-it-yours/reviews", "stop", "PLAYBOOK_OVERDUE", "PLAYBOOK_OVERDUE"),
}
"""What the handbook must hold: its page, the part of it, and a word that stands there in each language."""


@pytest.mark.parametrize("item", ITEMS)
def test_every_item_is_on_its_page(item: str, site: Path) -> None:
    """Each thing that the source has, and that its readers need, is where the navigation of two clicks leads."""
    name, anchor, *said = ITEMS[item]
    for word, prefix in zip(said, PREFIXES.values(), strict=True):
        html = (site / f"{prefix}{name}.html").read_text(encoding="utf-8")
        article = re.search(r"<article.*</article>", html, re.DOTALL)
        assert article
        assert f'id="{anchor}"' in article[0]
        assert word in re.sub(r"<[^>]*>", "", article[0]), word


TEMPLATES = (
    "prospect_archive",
    "observation_checklist",
    "customer_grading",
    "objection_scenarios",
    "drill_plan",
    "mentor_points",
    "call_review",
    "order_decisions",
    "lost_deals",
    "mutual_plan",
    "receivables",
    "pay_plan",
    "five_lines",
    "daily_report",
    "cockpit",
    "health_card",
    "deal_review",
    "win_loss",
    "renewal_calendar",
    "tracks",
    "three_powers",
    "nine_box",
    "advisory_board",
    "self_check",
    "shadowing_sheet",
    "cocreation_log",
    "feedback_session",
    "demo_rubric",
    "meetings",
    "executive_visit",
    "needs_survey",
    "service_package",
    "account_handover",
    "funnel",
    "joint_plan",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_is_offered_empty_and_filled(site: Path, language: Language) -> None:
    """The page of templates, one click from home, has each of them: a workbook of both kinds or a page to print."""
    html = (site / PREFIXES[language] / "templates/index.html").read_text(encoding="utf-8")
    for name in TEMPLATES:
        workbooks = {kind for kind in ("empty", "filled") if f"{name}-{kind}.{language}.xlsx" in html}
        assert workbooks == {"empty", "filled"} or f'href="{name}.html"' in html, name


# --- glossary ----------------------------------------------------------------------------------------


def marked(text: str, *found: Term) -> list[str]:
    """Return what the tooltips mark in a Markdown text."""
    from markdown import Markdown  # noqa: PLC0415 - only these tests need it

    html = Markdown(extensions=[Tooltips(found, "{name}: {meaning}")]).convert(text)
    return re.findall(r"<abbr title=\"[^\"]*\">([^<]*)</abbr>", html)


RENEWAL = Term("renewal-rate", "续约率", "renewal rate", ("续约率",), "到期续签的比例", None)
CHURN = Term("churn", "churn", "流失", ("churn", "churn rate"), "customers who leave", None)


def test_a_term_is_marked_where_it_is_first_used() -> None:
    """The first use in running text is marked, inside a Chinese sentence too, but no heading, link or code."""
    assert marked("# 续约率\n\n[续约率](x.html)，`续约率`。\n\n老客续约率下降，续约率要分开算。", RENEWAL) == ["续约率"]


def test_an_english_term_is_a_word_of_its_own() -> None:
    """Plurals and capitals are marked, parts of other words are not, and the longest spelling wins."""
    assert marked("Churning butter. The Churn rate.", CHURN) == ["Churn rate"]
    assert marked("Two churns a year.", CHURN) == ["churns"]


def test_the_glossary_is_whole_in_both_languages() -> None:
    """Every term has an ASCII anchor of its own, names and meanings in both languages, and no spelling stands twice."""
    listed = entries("glossary.toml", "term")
    anchors = [entry["id"] for entry in listed]
    assert len(set(anchors)) == len(anchors)
    for entry in listed:
        assert re.fullmatch("[a-z][a-z0-9-]*", entry["id"])
        said = {"measure"} if "measure" in entry else {"zh", "en", "zh_text", "en_text"}
        assert all(entry[key].strip() for key in said), entry["id"]
        assert said == {"measure"} or "measure" not in entry
    for language in LANGUAGES:
        spellings = [spelling.lower() for term in terms(language) for spelling in term.spellings]
        assert [spelling for spelling, times in Counter(spellings).items() if times > 1] == []


def test_pages_show_the_glossary_as_tooltips(site: Path) -> None:
    """Pages of both languages have tooltips, and their glossary pages list every term."""
    for language, prefix in PREFIXES.items():
        page = (site / f"{prefix}glossary.html").read_text(encoding="utf-8")
        assert all(f'<dt id="{term.id}">' in page for term in terms(language))
        tooltips = {
            title
            for name in PAGES
            for title in re.findall(
                r'<abbr title="([^"]*)', (site / f"{prefix}{name}.html").read_text(encoding="utf-8")
            )
        }
        assert tooltips


# --- reviews -----------------------------------------------------------------------------------------


def test_the_build_can_stop_at_overdue_pages(checkout: Path, own_site: Path) -> None:
    """With PLAYBOOK_OVERDUE=stop the build fails and names the pages past their review; otherwise it does not."""
    assert "2020-07-01" in (own_site / f"{OVERDUE}.html").read_text(encoding="utf-8")
    neglect(checkout)
    ended = build(checkout / "site", folder=checkout, PLAYBOOK_OVERDUE="stop")
    assert ended.returncode != 0
    for language in LANGUAGES:
        assert re.search(rf"docs/{language}/{OVERDUE}\.md:\d+: was due for review on 2020-07-01", ended.stderr)


def test_a_page_is_overdue_from_the_day_after() -> None:
    """On the day of its review a page is not overdue yet; a page without one never is."""
    due = {"next_review": datetime.date(2027, 5, 25)}
    assert [overdue(due, datetime.date(2027, 5, day)) for day in (24, 25, 26)] == [False, False, True]
    assert not overdue({}, datetime.date(2027, 5, 26))


def test_the_foot_of_a_page_names_its_owner_and_reviews(site: Path) -> None:
    """Every practice page says for whom it is, who answers for it, and both dates."""
    for language, prefix in PREFIXES.items():
        for name in PRACTICES:
            html = (site / f"{prefix}{name}.html").read_text(encoding="utf-8")
            given = meta(name, language)
            owner = words(language)["roles"].get(given["owner"], given["owner"])
            assert f"<dd>{owner}</dd>" in html, name
            assert f'datetime="{given["next_review"]}"' in html
