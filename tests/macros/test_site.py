"""The built site and its frame: languages, switcher, search, links, and how the build stops at a mistake.

Calculators are tested in files of their own.
"""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from playwright.sync_api import Page, expect

from macros.assets import imported, published_assets
from macros.runtime.vendor import read_lock
from macros.walkthrough import files
from tests.browser import URL
from tests.conftest import ROOT, build

DEEP = "stages/stage-2.html"


class Document(HTMLParser):
    """The ids, heading ids, links and fetched addresses of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.headings: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.languages: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what matters of one tag."""
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        if tag == "html" or "data-calculator" in given:
            self.languages.add(given.get("lang", given.get("data-language", "")))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(given.get("id", ""))
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "link" or "src" in given:
            self.fetched.append(given.get("href", given.get("src", "")))


def pages(site: Path) -> dict[str, Document]:
    """Return the pages of a built site by their path."""
    return {
        path.relative_to(site).as_posix(): Document(path)
        for path in sorted(site.rglob("*.html"))
        if path.name != "404.html"
    }


# --- the files ---------------------------------------------------------------------------------------


def test_both_languages_have_the_same_pages_and_heading_ids(site: Path) -> None:
    """Every Chinese page has an English one of the same name with the same ASCII heading ids in the same order."""
    documents = pages(site)
    chinese = {path: page.headings for path, page in documents.items() if not path.startswith("en/")}
    english = {path.removeprefix("en/"): page.headings for path, page in documents.items() if path.startswith("en/")}
    assert chinese == english
    assert all(re.fullmatch("[a-z][a-z0-9_-]*", i) for ids in chinese.values() for i in ids if i)


def test_pages_and_their_calculators_speak_the_language_of_their_folder(site: Path) -> None:
    """A page under en/ is marked as English throughout, its calculator too, and every other page as Chinese."""
    for path, page in pages(site).items():
        assert page.languages == {"en" if path.startswith("en/") else "zh"}, path


def test_every_internal_link_leads_somewhere(site: Path) -> None:
    """Every link of every page leads to a file of the site, and its fragment to an id there."""
    documents = pages(site)
    broken = []
    for path, page in documents.items():
        for link in page.links:
            target = urlsplit(urljoin(f"{URL}{path}", link))
            if target.netloc != urlsplit(URL).netloc:
                continue
            name = unquote(f"{target.scheme}://{target.netloc}{target.path}").removeprefix(URL) or "index.html"
            fragment = unquote(target.fragment)
            ids = documents[name].ids if name in documents else {fragment}
            if not (site / name).is_file() or (fragment and fragment not in ids):
                broken.append(f"{path}: {link}")
    assert broken == []


def test_no_page_shows_what_python_is_made_of(site: Path) -> None:
    """A figure of a page's example is printed, and not a function that happens to be called alike."""
    found = re.compile(r" object at 0x|&lt;(?:built-in|bound) method|<(?:built-in|bound) method")
    assert [path for path in sorted(site.rglob("*.html")) if found.search(path.read_text(encoding="utf-8"))] == []


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    """No page or stylesheet names a script, style, font or image of another origin, and no script imports one."""
    outside = re.compile(r"^(https?:)?//")
    found = [f"{path}: {url}" for path, page in pages(site).items() for url in page.fetched if outside.match(url)]
    for path in site.rglob("*.css"):
        urls = re.findall(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')]+)", path.read_text(encoding="utf-8"))
        found += [f"{path.name}: {url}" for url in urls]
    for path in (site / "assets").glob("playbook-*/**/*.js"):
        imports = re.findall(r"(?:from|import\(?)\s*[\"']((?:https?:)?//[^\"']+)", path.read_text(encoding="utf-8"))
        found += [f"{path.name}: {url}" for url in imports]
    assert found == []


def test_each_language_has_a_search_index_of_its_own(site: Path) -> None:
    """The Chinese index has no English page, the English one no Chinese page, and neither is empty."""
    chinese = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    english = json.loads((site / "en/search/search_index.json").read_text(encoding="utf-8"))["docs"]
    assert {entry["location"].split("#")[0] for entry in chinese} == {
        entry["location"].split("#")[0] for entry in english
    }
    assert not any(entry["location"].startswith("en/") for entry in chinese + english)
    assert any("创始人" in entry["text"] for entry in chinese)
    assert not any("创始人" in entry["text"] for entry in english)


def test_configuration_is_plain_yaml() -> None:
    """mkdocs.yml can be read by any YAML reader, without Python tags."""
    assert yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["extra"]["playbook"]


# --- mistakes ----------------------------------------------------------------------------------------


def at_the_end(checkout: Path, template: str) -> int:
    """Put a template at the end of a page and return its line."""
    page = checkout / "docs/zh/about.md"
    page.write_text(f"{page.read_text('utf-8').rstrip()}\n\n{template}\n", encoding="utf-8")
    return page.read_text("utf-8").count("\n")


def test_an_unknown_macro_stops_the_build_with_page_and_line(checkout: Path) -> None:
    """A macro that does not exist ends the build and is reported by page and line, front matter counted."""
    line = at_the_end(checkout, "{{ no_such_macro() }}")
    ended = build(checkout / "site", folder=checkout)
    assert ended.returncode != 0
    assert f"docs/zh/about.md, line {line}: UndefinedError: 'no_such_macro' is undefined" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_broken_template_syntax_stops_the_build_with_page_and_line(checkout: Path) -> None:
    """A template that cannot be parsed is reported by page and line too."""
    line = at_the_end(checkout, "{% if %}")
    ended = build(checkout / "site", folder=checkout)
    assert ended.returncode != 0
    assert f"docs/zh/about.md, line {line}: TemplateSyntaxError" in ended.stderr


def test_shares_that_do_not_sum_to_100_stop_the_build_with_what_to_write(checkout: Path) -> None:
    """Wrong figures in extra.playbook end the build with a sentence in the builder's language, without a traceback."""
    configuration = checkout / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    changed = re.sub(r"(abc:.*?customers: \{A: )20", r"\g<1>25", text, count=1, flags=re.DOTALL)
    assert changed != text
    configuration.write_text(changed, encoding="utf-8")
    for language, sentence in {
        "zh": ": extra.playbook.abc.customers 中 A、B、C 合计为 105，应该正好等于 100。",
        "en": ": The shares of A, B, C in extra.playbook.abc.customers add up to 105; they must make exactly 100.",
    }.items():
        ended = build(checkout / "site", folder=checkout, PLAYBOOK_LANG=language)
        assert ended.returncode != 0
        assert sentence in ended.stderr
        assert "Traceback" not in ended.stderr


def test_settings_that_are_left_out_keep_their_defaults(own_site: Path, site: Path) -> None:
    """A company that sets little gets its name in the header, and pages that our defaults give for all the rest.

    One that wants no prefetching has pages that name nothing to prefetch.
    """
    page, usual = ((folder / "en" / DEEP).read_text(encoding="utf-8") for folder in (own_site, site))
    assert "Company A · Sales Playbook" in page
    assert ["pb-prefetch" in text for text in (page, usual)] == [False, True]
    cells = [
        {
            path: re.findall("<td.*</td>", (folder / path).read_text(encoding="utf-8"))
            for path in pages(site)
            if not re.search("abc|settings|ninety-days", path)  # which say what was set, or lead to the company's own
        }
        for folder in (own_site, site)
    ]
    assert cells[0] == cells[1]


def test_a_company_that_counts_in_dinars_gets_its_site_in_a_third_language_too(checkout: Path) -> None:
    """The strict build ends, no form or example of a calculator speaks of yuan, and what Japanese lacks is English.

    Of fewer pages, so that it takes less time; examples/test_currencies.py computes what they all print in dinars.
    """
    about = (checkout / "docs/en/about.md").read_text(encoding="utf-8")
    files = {
        "playbook.yml": "currency: KWD\nfallback: {ja: en}\n"
        "leave_out: [selling, story, paths, templates, make-it-yours]\n",
        "text/ja.toml": '[site]\nlanguage = "日本語"\nname = "営業手帳"\n',
        "docs/ja/about.md": about.replace("title: About this playbook", "title: この手帳について"),
    }
    for name, written in files.items():
        path = checkout / "company" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written, encoding="utf-8")
    ended = build(checkout / "site", folder=checkout)
    assert ended.returncode == 0, ended.stdout + ended.stderr

    def page(address: str) -> str:
        return (checkout / "site" / address).read_text(encoding="utf-8")

    for name in ("abc_tiers", "goal_breakdown", "nine_box", "tracks"):
        for prefix, own in (("", "科威特第纳尔"), ("en/", "KWD"), ("ja/", "KWD")):
            said = re.sub("<[^>]*>", "", page(f"{prefix}calculators/{name}.html"))
            assert own in said
            assert not [word for word in ("CNY", "(元)", "（元）", "¥1") if word in said], (name, prefix)
    english, japanese = (
        {one.partition("/")[2] for one in pages(checkout / "site") if one.startswith(of)} for of in ("en/", "ja/")
    )
    assert english == japanese
    assert "この手帳について" in page("ja/about.html")
    assert "営業手帳" in page("ja/daily-work/exports.html")
    assert 'lang="ja"' in page("ja/index.html")
    assert "日本語" in page("en/index.html")


def test_a_page_in_one_language_only_stops_the_build(checkout: Path) -> None:
    """Each page that the other language lacks is named, and the strict build fails."""
    (checkout / "docs/zh/only.md").write_text("# 单独 {#only}\n", encoding="utf-8")
    (checkout / "docs/en/alone.md").write_text("# Alone {#alone}\n", encoding="utf-8")
    ended = build(checkout / "site", folder=checkout)
    assert ended.returncode != 0
    assert "docs/zh/only.md has no counterpart in docs/en" in ended.stderr
    assert "docs/en/alone.md has no counterpart in docs/zh" in ended.stderr


WATCHED = """
import sys
from pathlib import Path
from types import SimpleNamespace
from mkdocs.config import load_config
from macros import site

site._make_runtime = lambda settings: SimpleNamespace(manifest="", libraries={}, files={})
config = load_config("mkdocs.yml")
site._prepare(config)
own = Path("company/calculators")
print(str(own.parent.resolve()) in config.watch, "calculators.discounts" in sys.modules)
(own / "discounts/words.zh.toml").write_text("# another word", encoding="utf-8")
site._forget_changed_modules()
print("calculators.discounts" in sys.modules)
"""


def test_a_companys_own_calculators_are_watched_as_ours_are(checkout: Path) -> None:
    """``mkdocs serve`` builds again after a save there, from what is saved."""
    for file in files():
        if file.name.startswith("calculators/"):
            place = checkout / "company" / file.name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(file.text, encoding="utf-8")
    command = [sys.executable, "-c", WATCHED]
    ended = subprocess.run(command, cwd=checkout, capture_output=True, encoding="utf-8", check=False)
    assert ended.stdout.split() == ["True", "True", "False"], ended.stderr


# --- in the browser ----------------------------------------------------------------------------------


def test_the_address_is_as_insecure_as_an_intranet(page: Page) -> None:
    """The tests run where browsers withhold what they withhold on an intranet's plain HTTP."""
    page.goto(URL)
    assert page.evaluate("window.isSecureContext") is False
    assert page.evaluate("typeof crypto.subtle") == "undefined"


def mark(page: Page) -> None:
    """Leave a mark in the page that a full load would wipe out."""
    page.evaluate("window.stillHere = true")


@pytest.mark.parametrize(("here", "there"), [("", "en/"), ("en/", "")])
def test_the_switcher_stays_on_the_same_page(page: Page, here: str, there: str) -> None:
    """From a deep page under a sub-path the switcher leads to the same page in the other language, and back."""
    page.goto(f"{URL}{here}{DEEP}")
    page.locator("[data-language-switch]").click()
    page.wait_for_url(f"{URL}{there}{DEEP}")
    page.locator("[data-language-switch]").click()
    page.wait_for_url(f"{URL}{here}{DEEP}")


@pytest.mark.parametrize(("here", "there"), [("", "en/"), ("en/", "")])
def test_the_switcher_follows_instant_navigation(page: Page, here: str, there: str) -> None:
    """After moving to another page without a reload, the switcher leads to that page; so it does after going back."""
    page.goto(f"{URL}{here}{DEEP}")
    mark(page)
    page.locator(f'.md-tabs__link[href$="{here}glossary.html"]').first.click()
    page.wait_for_url(f"{URL}{here}glossary.html")
    switcher = page.locator("[data-language-switch]")
    expect(switcher).to_have_attribute("href", f"{URL}{there}glossary.html")
    assert page.evaluate("window.stillHere") is True
    page.go_back()
    expect(switcher).to_have_attribute("href", f"{URL}{there}{DEEP}")
    page.go_forward()
    expect(switcher).to_have_attribute("href", f"{URL}{there}glossary.html")
    assert page.evaluate("window.stillHere") is True
    switcher.click()
    page.wait_for_url(f"{URL}{there}glossary.html")
    assert page.locator("html").get_attribute("lang") == ("en" if there else "zh")


def test_a_link_to_a_heading_of_another_page_scrolls_there(page: Page) -> None:
    """Instant navigation keeps the fragment of a link and shows the heading it names."""
    page.goto(URL)
    mark(page)
    page.evaluate(
        """() => {
            const link = document.createElement("a");
            link.href = "stages/stage-2.html#abc";
            link.id = "to-abc";
            link.textContent = "ABC";
            document.querySelector("article").prepend(link);
        }"""
    )
    page.locator("#to-abc").click()
    page.wait_for_url(f"{URL}{DEEP}#abc")
    expect(page.locator("h2#abc, h3#abc")).to_be_in_viewport()
    assert page.evaluate("window.stillHere") is True


def results_of(page: Page, words: str) -> list[str]:
    """Search for words, put in without a key as by a paste or a picked candidate, and return where results lead."""
    page.locator(".md-search__input").fill(words)
    links = page.locator(".md-search-result__link")
    expect(links.first).to_be_visible()
    return [str(url) for url in links.evaluate_all("links => links.map(link => link.href)")]


@pytest.mark.parametrize(
    ("query", "where", "marked"),
    [
        ("拜访", "stage-1/quarter-goal.html", ["拜访"]),
        ("随机还原", "stage-2/records-and-reviews.html", ["随机", "还原"]),
        ("还原，录音", "stage-2/records-and-reviews.html", ["还原", "录音"]),
        ("B级客户", "calculators/abc_tiers.html", ["B", "客户"]),
        ("九宫", "stages/stage-4.html", ["九宫格"]),
        ("ABC魑魅", "calculators/abc_tiers.html", ["ABC"]),
    ],
)
def test_chinese_search_finds_words_from_the_middle_of_a_sentence(
    page: Page, query: str, where: str, marked: list[str]
) -> None:
    """Chinese words that stand inside a sentence are found as words, begun ones and those beside other letters too.

    Only Chinese pages are offered.
    """
    page.goto(f"{URL}about.html")
    found = results_of(page, query)
    assert any(link.startswith(f"{URL}{where}") for link in found)
    assert not any("/en/" in link for link in found)
    marks = set(page.locator(".md-search-result mark").all_inner_texts())
    assert set(marked) <= marks


def test_english_search_finds_english_pages_only(page: Page) -> None:
    """The English search offers English pages only, for a word that Chinese pages have too, and knows plurals."""
    page.goto(f"{URL}en/about.html")
    assert all("/en/" in link for link in results_of(page, "ABC"))
    page.reload()
    assert any(f"/en/{DEEP}" in link for link in results_of(page, "tiers"))


def test_a_search_result_opens_in_place(page: Page) -> None:
    """A search result leads to its page without a reload."""
    page.goto(f"{URL}en/about.html")
    mark(page)
    results_of(page, "tier")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(re.compile(r"/en/.*\.html\?h="))
    assert page.evaluate("window.stillHere") is True


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("", ["当前跟随系统，点击改为浅色", "当前为浅色，点击改为深色", "当前为深色，点击改为跟随系统"]),
        (
            "en/",
            ["Following the system; switch to light", "Light; switch to dark", "Dark; switch to following the system"],
        ),
    ],
)
def test_light_and_dark_can_be_chosen_and_last(page: Page, path: str, titles: list[str]) -> None:
    """The toggle goes from the system's choice to light to dark in the reader's words, and is kept across languages."""
    page.goto(f"{URL}{path}")
    for title in titles[:2]:
        page.locator(f'[data-md-component="palette"] input[aria-label="{title}"] + label').click()
    expect(page.locator(f'[data-md-component="palette"] input[aria-label="{titles[2]}"] + label')).to_be_visible()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator("[data-language-switch]").click()
    page.wait_for_load_state()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_the_about_pages_name_what_is_published_of_others(site: Path) -> None:
    """Every project whose files run in the browser stands there with version and licence, in both languages."""
    shipped = [file for file in read_lock().files if file.part != "build"]
    assert shipped
    for address in ("about.html", "en/about.html"):
        page = (site / address).read_text(encoding="utf-8")
        for file in shipped:
            assert f"<td>{file.project}</td>\n<td>{file.version}</td>" in page
            assert file.licence in page


class _Printed(HTMLParser):
    """What a page prints of a text: as text, and in which attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.attributes: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - of any element
        self.attributes += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize(("language", "name"), [("", '"<甲&公司'), ("en/", "</script><b>\"&'`{{ 7 }}|*Company A")])
def test_a_companys_name_is_shown_as_it_is_whatever_is_in_it(language: str, name: str, own_site: Path) -> None:
    """In the title, the header and its attributes of every page, and where a page names it: never as markup."""
    folder = own_site / language
    for path in sorted(folder.rglob("*.html")):
        if language == "" and path.relative_to(folder).parts[0] == "en":
            continue
        page = path.read_text(encoding="utf-8")
        assert name not in page, path
        if path.name == "404.html":
            continue  # it stands alone, and names nobody
        printed = _Printed(page)
        assert any(name in text for text in printed.texts), path
        assert any(value.startswith(f"{name} · ") for value in printed.attributes), path
    settings = (folder / "make-it-yours/settings.html").read_text(encoding="utf-8")
    assert any(text.strip() == name or name in text for text in _Printed(settings).texts)


SCRIPTS = ROOT / "docs/assets/javascripts"
LATER = re.compile(r'(?:\bpart\(|: )"([\w-]+\.js)"')
"""How our scripts name one that a page loads later (parts.js)."""


def own_scripts(page: Path) -> set[str]:
    """Return the names of our scripts that a page's head and foot ask for."""
    fetched = [urlsplit(url).path for url in Document(page).fetched]
    return {Path(url).name for url in fetched if "/javascripts/" in url and "playbook-" in url and url.endswith(".js")}


@pytest.mark.parametrize(
    ("page", "kilobytes"), [("about.html", 45), ("paths/quiz.html", 65), ("calculators/abc_tiers.html", 135)]
)
def test_a_page_asks_for_what_it_needs_at_first(page: str, kilobytes: int, site: Path) -> None:
    """What works with something is asked for where that stands, and nothing by any page that is for later."""
    asked = own_scripts(site / page)
    later = {name for script in SCRIPTS.glob("*.js") for name in LATER.findall(script.read_text("utf-8"))}
    expected = {"calculators/abc_tiers.html": {"calculators.js", "recent.js"}, "paths/quiz.html": {"quiz-page.js"}}
    assert asked & later == expected.get(page, set())
    (published,) = site.glob("assets/playbook-*/javascripts")
    assert sum((published / name).stat().st_size for name in asked) < kilobytes * 1000


def test_of_scripts_and_styles_comments_alone_are_not_published() -> None:
    """A line is as it is in the repository, or empty; what looks like a comment in a text of several lines stays."""
    for name, content in published_assets(ROOT / "docs"):
        source = (ROOT / "docs/assets" / name).read_text("utf-8").splitlines()
        lines = content.decode().splitlines()
        assert len(lines) == len(source), name
        left_out = [line for line, known in zip(lines, source, strict=True) if line != known]
        assert not any(left_out), name
        for at, (line, known) in enumerate(zip(lines, source, strict=True)):
            if line != known:
                assert known.lstrip().startswith(("//", "/*", "*")) or name.endswith(".css"), (name, known)
                assert "\n".join(lines[:at]).count("`") % 2 == 0, (name, known)


def test_every_script_that_comes_later_is_there_and_needed() -> None:
    """What pages load at first or later is all that there is, but for the workers' and the old browsers'."""
    first = {"site.js", "playbook.js", "handbook.js", "suggest.js", "unavailable.js", "worker.js", "search.js"}
    named = {name for script in SCRIPTS.glob("*.js") for name in LATER.findall(script.read_text("utf-8"))}
    found = first | named | {one for name in first | named for one in imported(SCRIPTS / name)}
    assert found == {path.name for path in SCRIPTS.glob("*.js")}


def test_whatever_is_pressed_in_a_calculator_is_done(site: Path) -> None:
    """Each action on a page is named by a script that is there from the start, or by parts.js as another's."""
    parts = (SCRIPTS / "parts.js").read_text("utf-8")
    by_action = dict(re.findall(r'^  "?([\w-]+)"?: "([\w-]+\.js)",$', parts.partition("BY_ACTION")[2], re.MULTILINE))
    from_start = ["calculators.js", *imported(SCRIPTS / "calculators.js")]
    registered = {
        action: path.name
        for path in SCRIPTS.glob("*.js")
        for action in re.findall(r'^register\("([\w-]+)"', path.read_text("utf-8"), re.MULTILINE)
    }
    for page in (site / "calculators").glob("*.html"):
        body = page.read_text("utf-8").partition("data-calculator=")[2].partition("</section>\n</article>")[0]
        for action in set(re.findall(r'<button\b[^>]*\sdata-action="([\w-]+)"', body)) & registered.keys():
            assert registered[action] in from_start or by_action.get(action) == registered[action], action
