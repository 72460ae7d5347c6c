"""What a company leaves out is out everywhere: pages, navigation, cards, links in prose, lists; and what cannot be."""

import re
from pathlib import Path

import pytest
from markdown import Markdown

from calculators.configuration import Misconfigured, company_settings
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES
from macros.handbook import Handbook
from macros.shown import Shown, Unlinked, shown
from tests.macros.company import company_in

LESS = "company: {en: Acme}\nleave_out:\n  - stage-4\n  - stage-2/grading-standard\n  - calculators/goal_breakdown\n"


def of(tmp_path: Path, written: str) -> Shown:
    """Return what a company with this playbook.yml shows."""
    with company_in(tmp_path, {"playbook.yml": written}):
        return shown()


def test_a_stage_takes_its_pages_its_calculators_and_its_templates_with_it(tmp_path: Path) -> None:
    """So does a calculator its page, wherever that is; everything else stays."""
    what = of(tmp_path, LESS + "  - calculators/self_check\n")
    gone = ("stages/stage-4", "stage-4/nine-box", "calculators/nine_box", "templates/advisory_board")
    assert not any(map(what.has, (*gone, "stage-2/grading-standard", "calculators/goal_breakdown")))
    assert not what.has("self-check/quarterly.md#steps")
    assert what.calculators == {"goal_breakdown", "nine_box", "tracks", "self_check"}
    assert what.templates == {"nine_box", "tracks", "three_powers", "advisory_board", "joint_plan"}
    assert all(map(what.has, ("index", "stages/stage-3", "calculators/abc_tiers.html", "templates/cockpit")))


def test_a_folder_or_a_template_can_be_left_out(tmp_path: Path) -> None:
    """All pages of the folder go, and of a template on paper its page."""
    what = of(tmp_path, "leave_out: [make-it-yours, templates/cockpit]\n")
    assert not what.has("make-it-yours/settings.md")
    assert not what.has("templates/cockpit")
    assert what.templates == {"cockpit"}


def test_navigation_has_no_empty_group(tmp_path: Path) -> None:
    """A group of which all is left out is gone; what stays keeps its order."""
    nav = ["index.md", {"Four": ["stages/stage-4.md", "stage-4/tracks.md"]}, {"More": ["about.md", {"T": "source.md"}]}]
    assert of(tmp_path, LESS).navigation(nav) == ["index.md", {"More": ["about.md", {"T": "source.md"}]}]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("stage-5", "leave_out: “stage-5” leaves out nothing. Did you mean stage-"),
        ("calculators/nine_boxes", "leave_out: “calculators/nine_boxes” leaves out nothing. Did you mean calculators/nine_box?"),  # noqa: E501 - a mistake a line
        ("glosary", "leave_out: “glosary” leaves out nothing. Did you mean glossary?"),
        ("index", "leave_out: “index” cannot be left out"),
        ("fr", "leave_out: “fr” leaves out nothing"),
    ],
)  # fmt: skip
def test_a_name_that_leaves_out_nothing_is_refused(name: str, sentence: str, tmp_path: Path) -> None:
    """With file and line and the nearest that would; so is what a site cannot be without."""
    with pytest.raises(Misconfigured) as caught:
        of(tmp_path, f"leave_out:\n  - glossary\n  - {name}\n")
    (said,) = caught.value.sentences("en")
    assert f"company/playbook.yml:3: {sentence}" in said


def test_both_languages_cannot_be_left_out(tmp_path: Path) -> None:
    """The second is refused."""
    with pytest.raises(Misconfigured, match="cannot_leave_out"):
        of(tmp_path, "leave_out: [zh, en]\n")


def test_a_language_that_is_left_out_needs_no_name(tmp_path: Path) -> None:
    """One language is at the root, and the company's name in it is enough."""
    with company_in(tmp_path, {"playbook.yml": LESS + "  - zh\n"}) as company:
        what = shown()
        assert what.languages == ("en",)
        assert (what.folder("en"), Shown().folder("en"), Shown().folder("zh")) == ("", "en/", "")
        assert company_settings(tmp_path / "none.yml", company).company["en"] == "Acme"


def test_links_in_prose_keep_their_words_and_cards_go(tmp_path: Path) -> None:
    """Whatever way the link is written; a link to the anchor of a card that is gone is one to what is left out."""
    what = of(tmp_path, LESS)
    extension = Unlinked(what)
    extension.page = "paths/manager.md"
    convert = Markdown(extensions=["attr_list", "md_in_html", extension]).convert
    page = """
See [the *box*](../stage-4/nine-box.md#steps), [that][ref], [grading](../stages/stage-2.md#grading),
[three](../stages/stage-3.md).

[ref]: ../calculators/nine_box.md

<div class="grid cards" markdown>

-   ### [Gone](../stage-4/tracks.md) {#gone}

    Words.

-   ### [Here](../stage-3/cockpit.md) {#here}

    Words.

</div>
"""
    html = convert(page)
    assert re.findall('href="([^"]+)"', html) == ["../stages/stage-3.md", "../stage-3/cockpit.md"]
    assert "the <em>box</em>" in html
    assert ("Gone" in html, "Here" in html) == (False, True)
    printed = '<a class="x" href="../calculators/nine_box.html#a">Nine</a> <a href="../glossary.html">G</a>'
    assert what.without_links(printed, "paths/manager.html", "zh") == 'Nine <a href="../glossary.html">G</a>'

    elsewhere = '<a href="../../en/calculators/nine_box.html">Nine</a>'
    assert what.without_links(elsewhere, "en/paths/manager.html", "en") == "Nine"


def test_a_section_about_a_stage_goes_with_it(tmp_path: Path) -> None:
    """By its id, with all below it and no more; questions from it are not asked, and its lines are not told."""
    with company_in(tmp_path, {"playbook.yml": "leave_out: [stage-2]\n"}):
        what = shown()
        extension = Unlinked(what)
        extension.page = "paths/founder.md"
        page = (
            "# Two {#stage-2}\n\n## One {#stage-1}\n\nA\n\n## Two {#stage-2}\n\nB\n\n### More\n\nC\n\n## Three\n\nD\n"
        )
        html = Markdown(extensions=["attr_list", extension]).convert(page)
        assert re.sub("<[^>]*>|\n", "", html) == "TwoOneAThreeD"
        assert not what.has("paths/founder.md#stage-2")
        assert what.has("paths/founder.md#stage-1")
        assert not [
            one for one in what.speaks_of() if re.match(r"docs/(zh|en)/paths/founder\.md:(2[7-9]|3[0-5])\b", one)
        ]
        assert not [
            one for one in Handbook("en", Settings())._asked() if one.page.startswith("paths/founder.md#stage-2")
        ]


def test_the_build_says_which_lines_speak_of_what_is_left_out(tmp_path: Path) -> None:
    """With file and line, for the company to put them differently; of pages that are in the site alone."""
    with company_in(tmp_path, {"playbook.yml": LESS + "  - zh\n"}):
        said = list(shown().speaks_of())
    assert any(
        re.fullmatch(r"docs/en/paths/new-hire\.md:\d+ speaks of stage-2/grading-standard\.md, which .*", one)
        for one in said
    )
    assert not any("docs/zh" in one or "docs/en/stage-4" in one for one in said)


@pytest.mark.parametrize(
    ("left_out", "count", "read"),
    [
        ("[]", ("四个阶段", "four stages"), ("四个阶段：一、二、三、四", "the stages, one, two, three and four")),
        ("[stage-4]", ("三个阶段", "three stages"), ("三个阶段：一、二、三", "the stages, one, two and three")),
        ("[stage-1, stage-3]", ("两个阶段", "two stages"), ("两个阶段：二、四", "the stages, two and four")),
        ("[stage-1, stage-2, stage-4]", ("一个阶段", "one stage"), ("第三阶段", "stage three")),
    ],
)
def test_sentences_count_and_name_the_stages_that_are_shown(
    left_out: str, count: tuple[str, str], read: tuple[str, str], tmp_path: Path
) -> None:
    """In both languages, with a link to each; the test asks up to those, and no further."""
    with company_in(tmp_path, {"playbook.yml": f"leave_out: {left_out}\n"}):
        for at, language in enumerate(LANGUAGES):
            handbook = Handbook(language, Settings())
            assert handbook.stage_count() == count[at]
            links = handbook.stages_to_read(root="")
            assert re.sub("<[^>]*>", "", links) == read[at]
            stages = shown().has_stages
            assert re.findall(r"stages/stage-(\d)\.html", links) == [str(stage) for stage in stages]
            quiz = handbook.quiz(stage=None, root="", fill=str)
            choice = re.search(r'<select name="stage">(.*?)</select>', quiz)
            assert choice
            assert re.findall(r'value="(\d)"', choice[1]) == [str(stage) for stage in stages]
            assert choice[1].count(" selected") == 1


def test_a_line_that_names_a_stage_left_out_is_told(tmp_path: Path) -> None:
    """By its name alone, too, and beside others; a link is told once."""
    page = "---\ntitle: T\nafter: about\n---\n\n"
    zh = page + "第四阶段。\n第二、四阶段。\n第一至三阶段。\n[第四阶段](../stages/stage-4.md)\n"
    en = page + "At stage four.\nStages two and four.\nStages 1 and 3.\nStage fourteen.\n"
    with company_in(
        tmp_path, {"playbook.yml": "leave_out: [stage-4]\n", "docs/zh/ours/a.md": zh, "docs/en/ours/a.md": en}
    ):
        said = [one for one in shown().speaks_of() if "company/docs" in one]
    assert [one.partition(" speaks of ")[0].rpartition("/")[0] for one in said].count("company/docs/zh/ours") == 3
    assert [int(one.partition(" ")[0].rpartition(":")[2]) for one in said] == [6, 7, 6, 7, 9]


def test_lists_that_macros_print_follow(tmp_path: Path) -> None:
    """The map, the quiz, the templates, the glossary's and the dictionary's links."""
    with company_in(tmp_path, {"playbook.yml": LESS}):
        handbook = Handbook("en", Settings())
        assert re.findall(r"stages/stage-\d", handbook.picture("stage_map", root="")) == [
            f"stages/stage-{n}" for n in (1, 2, 3)
        ]
        printed = (
            handbook.quiz(stage=None, root="", fill=str) + handbook.templates(root="") + handbook.glossary(root="")
        )
        printed += handbook.dictionary(root="") + handbook.template("nine_box", root="")
    for gone in ("stage-4/", "stage-2/grading-standard", "calculators/goal_breakdown", "nine_box", "advisory_board"):
        assert gone not in printed
    assert "stage-3/" in printed
