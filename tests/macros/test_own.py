"""The company's words, measures, templates and theme: what each replaces, and what is told of mistakes."""

import os
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment
from markdown import Markdown

from calculators import measures
from calculators.configuration import Misconfigured, company_settings
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import words_of
from macros import languages, layers, own, site, theme
from macros.handbook import Handbook, words
from macros.runtime.bundle import pack_company
from macros.shown import shown
from tests.conftest import ROOT
from tests.macros.company import company_in

NAVIGATION = {"zh": {"参考": "参考"}, "en": {"参考": "Reference"}}


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("text/en.toml", '[handbook.footer]\nownr = "A"\n', "2: handbook.footer.ownr is no word of ours; did you mean owner?"),  # noqa: E501 - a mistake a line
        ("text/en/more.toml", '[navigation]\n"Referense" = "A"\n', "2: navigation.Referense is no word of ours; did you mean Reference?"),  # noqa: E501 - a mistake a line
        ("text/zh.toml", '[common]\nand_more = "还有 {cont} 个"\n', "2: common.and_more has the place {cont}; ours has: {count}"),  # noqa: E501 - a mistake a line
        ("text/zh.toml", "[handbook]\nfooter = 1\n", "2: handbook.footer is a group of words in ours"),
        ("text/zh.toml", "a = [", "1: this is not TOML"),
        ("measures.toml", '[own]\ntopic = "pipeline"\nunit = "share"\nbetter = "higher"\n', "1: own: zh is missing"),
        ("measures.toml", '[win_rate]\nbeter = "higher"\n', "1: win_rate: beter is nothing that an entry says"),
        ("stages.toml", '[demmo]\nstate = "open"\n', "1: demmo: zh is missing"),
        ("stages.toml", '[demo]\nstate = "shut"\n', "1: demo: state is “shut”; write open, won or lost"),
        ("stages.toml", '[demo]\nleave_out = true\n', "1: demo: leave_out is nothing that an entry says"),
        ("stages.toml", '[poc]\nstate = "open"\nzh = {name = "验证", evidence = "过"}\nen = {name = "poc", evidence = "b"}\n', "1: poc: after is “-”"),  # noqa: E501 - a mistake a line
        ("stages.toml", "demo = 1\n", "1: demo: demo should be a group of words"),
        ("playbook.yaml", "currency: EUR\n", " is read by nobody; call it playbook.yml"),
        ("playbook.toml", 'currency = "EUR"\n', " is read by nobody; call it playbook.yml"),
        ("text/english.toml", "", " has words of no language; its name is that of one, like en.toml"),
        ("calculators/rebates/notes.md", "", "has no declare and is no calculator"),
        ("theme/logo.bmp", "", " is no image that a page shows; have one of .gif, .ico"),
        ("theme/theme.toml", '[colors]\naccent = "#aa0000"\n', "1: colors is no table of this file; did you mean colours?"),  # noqa: E501 - a mistake a line
        ("glossary.toml", '[[terms]]\nid = "a"\n', "1: terms is no table of this file; did you mean term?"),
        ("glossary.toml", '[[term]]\nid = "a"\nzh = "甲"\nzh_text = "乙"\nen_text = "b"\n', "2: a lacks en"),
        ("quiz.toml", '[[question]]\nid = "alone"\nstage = 1\npage = "about.md"\nzh = {}\n', "2: alone lacks en"),
        ("glossary.toml", 2 * '[[term]]\nid = "twin"\nzh = "甲"\nen = "a"\nzh_text = "乙"\nen_text = "b"\n', "8: twin stands twice"),  # noqa: E501 - a mistake a line
        ("theme/theme.toml", '[colours]\nacent = "#aa0000"\n', "2: acent is no token; did you mean accent?"),
        ("theme/theme.toml", '[colours]\naccent = "red"\n', "2: accent is “red”; write a colour like #0f6a78"),
        ("theme/theme.toml", '[colours]\ntext = "#000"\n', "2: text is to be said for both"),
        ("templates/mine.toml", "stage = 1\n", " no template can be made of it: KeyError: 'sheet'"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_company_s_folder_is_told(name: str, text: str, sentence: str, tmp_path: Path) -> None:
    """With file and line, and the nearest name that would mean something."""
    with company_in(tmp_path, {name: text}):
        (said,) = own.mistakes(NAVIGATION)  # type: ignore[arg-type]  # a literal
    place = name.partition("/notes")[0]
    assert said.startswith(
        (f"company/{place}:{sentence}", f"company/{place}{sentence}", f"company/{place} {sentence}")
    ), said


def test_a_companys_stages_of_a_deal_stand_everywhere(tmp_path: Path) -> None:
    """Called and proved as the company has it, new ones behind those that they follow: page, workbook and settings."""
    own_stages = """
[demo]
zh = {name = "方案汇报"}
en = {evidence = "the board has seen it"}
[pilot]
state = "open"
after = "poc"
zh = {name = "试点", evidence = "试点报告"}
en = {name = "pilot", evidence = "a report"}
[poc]
state = "open"
after = "demo"
zh = {name = "验证", evidence = "验证通过"}
en = {name = "proof of concept", evidence = "it works"}
"""
    script = (
        "from macros.handbook import Handbook; from calculators.engine.asks.settings import Settings, declared; "
        "from macros.templates.model import read; from calculators.stages import STAGES; import re; "
        "print(*STAGES); page = Handbook('en', Settings()).stages(); "
        "print('Proof of concept' in page, 'the board has seen it' in page, 'Demo' in page); "
        "lists = read('deal_review', 'zh', Settings(), filled=True).sheets[-1].blocks; "
        "print([row.cells['name'].value for block in lists for row in block.rows]); "
        "from macros.templates.workbook import evaluate; "
        "[evaluate(read(name, lang, Settings(), filled=filled)) for name in "
        "('deal_review', 'lost_deals', 'order_decisions', 'prospect_archive') for lang in ('zh', 'en') "
        "for filled in (True, False)]; "
        "print('poc' in declared()['extra.playbook.goals.funnel'].params['keys'])"
    )
    (tmp_path / "stages.toml").write_text(own_stages, encoding="utf-8")
    given = {**os.environ, "PLAYBOOK_COMPANY": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=given, capture_output=True, encoding="utf-8", check=False
    )
    lines = ended.stdout.splitlines()
    assert lines[:1] == ["lead opportunity demo poc pilot trial offer contract won lost"], ended.stderr
    assert lines[1] == "True True True"
    assert "'方案汇报', '验证', '试点'" in lines[2]
    assert lines[3] == "True"


def test_every_file_is_read_whatever_editor_has_saved_it(tmp_path: Path) -> None:
    """With the mark that Windows' editor puts first; one in another encoding is told, with the line, before others."""
    page = "---\ntitle: 价格\nafter: about\n---\n\n## 价格 {#prices}\n"
    files = {
        "playbook.yml": "\ufeffcurrency: EUR\n",
        "text/en.toml": '\ufeff[handbook.footer]\nowner = "A"\n',
        "glossary.toml": '\ufeff[[term]]\nid = "a"\nzh = "甲"\nen = "a"\nzh_text = "乙"\nen_text = "b"\n',
        "docs/zh/ours/prices.md": "\ufeff" + page,
        "docs/stage-1/lost.md": page,
    }
    with company_in(tmp_path, files) as company:
        assert company_settings(tmp_path / "none.yml", company).currency == "EUR"
        assert own.mistakes(NAVIGATION) == []  # type: ignore[arg-type]  # a literal
        assert words("en")["footer"]["owner"] == "A"
        assert [one["id"] for one in layers.entries("glossary.toml", "term")][-1] == "a"
        assert layers.mistakes() == [
            "company/docs/stage-1/lost.md is in no language's folder; put it into one of docs/zh, docs/en"
        ]
        (company / "docs/zh/ours/prices.md").write_bytes(page.encode("gbk"))
        assert layers.mistakes() == [
            "company/docs/zh/ours/prices.md:2: this is not UTF-8 from here on; save it as UTF-8 in your editor"
        ]
        (company / "playbook.yml").write_bytes("# 公司\ncurrency: EUR\n".encode("gbk"))
        with pytest.raises(Misconfigured) as told:
            company_settings(tmp_path / "none.yml", company)
        assert told.value.sentences("en")[0].endswith(
            "company/playbook.yml:1: The file is not in UTF-8 from this line on. Save it as UTF-8 in your editor."
        )


def test_a_name_that_nobody_reads_is_told(tmp_path: Path) -> None:
    """Notes and hidden files are the company's own affair."""
    with company_in(tmp_path, {"glosary.toml": "", "README.md": "", ".hidden": "", "glossary.toml": ""}):
        assert own.unread() == ["company/glosary.toml is read by nobody; did you mean glossary.toml?"]


def test_words_and_measures_of_ones_own_are_everywhere(tmp_path: Path) -> None:
    """In the calculators, in the handbook and in the browser; one of ours says only what is different."""
    files = {
        "text/en.toml": '[handbook.footer]\nowner = "Answers for it"\n[common]\nlist_separator = " / "\n',
        "measures.toml": '[win_rate]\nen.name = "hit rate"\n',
    }
    with company_in(tmp_path, files) as company:
        words.cache_clear()
        assert words("en")["footer"]["owner"] == "Answers for it"
        assert words("zh")["footer"]["owner"] == "负责人"
        assert words_of("common", "en")["list_separator"] == " / "
        found = measures._read()[0]["win_rate"]
        assert (found.en.name, found.zh.name) == ("hit rate", measures.MEASURES["win_rate"].zh.name)
        assert own.mistakes(NAVIGATION) == []  # type: ignore[arg-type]  # a literal
        assert own.replaced(["zh", "en"]) == [
            "company/text/en.toml has words in the place of ours: handbook.footer.owner, common.list_separator",
            "company/measures.toml replaces win_rate",
        ]
        assert {name for name, _ in pack_company(company)} == {"company/measures.toml", "company/text/en.toml"}
    words.cache_clear()


def test_colours_win_by_day_and_by_night(tmp_path: Path) -> None:
    """Over our tokens and over the theme's own, which stand on the page's body; paper is as by day."""
    files = {"theme/theme.toml": '[colours]\naccent = {light = "#111111", dark = "#eeeeee"}\n', "theme/logo.png": ""}
    with company_in(tmp_path, files | {"theme/own.css": ""}):
        day, night, paper = theme.colours().split("[data-md-color-scheme")[1:]
        assert (theme.image("logo"), theme.image("favicon")) == ("assets/theme/logo.png", "")
        assert theme.styles() == ["assets/theme/colours.css", "assets/theme/own.css"]
    for style, colour in ((day, "#111111"), (night, "#eeeeee"), (paper, "#111111")):
        assert f"--pb-accent: {colour};" in style
        assert f"--md-accent-fg-color: {colour};" in style
    assert night.startswith("=slate]")


def test_a_third_language_is_told_what_it_lacks(tmp_path: Path) -> None:
    """Page by page and word by word; what is there is not missing."""
    files = {
        "docs/ja/stage-1/seed-customers.md": "---\ntitle: 種\nreplaces: x\n---\n",
        "text/ja.toml": '[site]\nlanguage = "日本語"\n[handbook.footer]\nowner = "担当"\n',
    }
    with company_in(tmp_path, files):
        what = shown()
        assert languages.added(what) == ("ja",)
        lacks = languages.lacks("ja", what, NAVIGATION["en"])  # type: ignore[arg-type]  # no language of ours
    assert "company/docs/ja/about.md is missing: the page that docs/en/about.md is" in lacks
    assert "company/text/ja.toml: handbook.footer.reviewed is missing: “Last reviewed”" in lacks
    assert "company/text/ja.toml: navigation.Reference is missing: “Reference”" in lacks
    assert not [one for one in lacks if "docs/ja/stage-1/seed" in one or "footer.owner " in one or ": site." in one]


def test_a_third_language_is_made_from_one_of_ours(tmp_path: Path) -> None:
    """Its words are its own where it has them, and those of the language it is made from."""
    with company_in(tmp_path, {"text/zh-TW.toml": '[common]\nlist_separator = "，"\n'}):
        assert words_of("common", "zh-TW")["list_separator"] == "，"  # type: ignore[arg-type]  # no language of ours
        assert words_of("page", "zh-TW") == words_of("page", "zh")  # type: ignore[arg-type]


EVIL = "\"'&</title><img src=x onerror=a>{{ 7 }}[l](javascript:a)`c`|*s*_u_&lt;b> {#x}"


class _Shown(HTMLParser):
    """Gathers what a page shows, and the names of its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags = "", set[str]()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - what the parser calls
        """Note an element."""
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text += data


def test_whatever_a_company_calls_a_measure_is_a_text_in_the_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name heads an entry that is made as Markdown."""
    one = measures.MEASURES["win_rate"]
    evil = replace(one, en=replace(one.en, name=EVIL, numerator=EVIL, note=EVIL))
    monkeypatch.setattr("macros.handbook.MEASURES", {"win_rate": evil})
    shown = _Shown(Markdown(extensions=["attr_list", "toc"]).convert(Handbook("en", Settings()).dictionary(root="")))
    assert shown.text.count(EVIL) >= 2
    assert "img" not in shown.tags


def test_whatever_pages_and_their_groups_are_called_is_a_text_in_the_theme() -> None:
    """In navigation, in the head and where tags are stripped; what was escaped is not written out as markup again."""
    group = SimpleNamespace(title=EVIL)
    pages = [SimpleNamespace(title=EVIL, meta={"title": EVIL, "description": EVIL}, ancestors=[group]) for _ in "12"]
    files = SimpleNamespace(documentation_pages=lambda: [SimpleNamespace(page=page) for page in pages])
    env = Environment()
    site._write_names_as_text(env, None, files)  # type: ignore[arg-type]  # what it looks at
    template = '{{ t }}<p title="{{ t }}">{{ t | striptags }}{{ t | e }}'
    for name in (group.title, pages[0].title, pages[1].meta["title"], pages[1].meta["description"]):
        shown = _Shown(env.from_string(template).render(t=name))
        assert (shown.text.count(EVIL), shown.tags) == (3, {"p"})
