"""What a build finds wrong by itself: in the sources with file and line, in the built pages before publishing."""

from pathlib import Path

import pytest

from macros import checks, layers
from macros.shown import Shown
from tests.macros.company import company_in

GOOD = "---\ntitle: T\nafter: about\n---\n\n## Steps {#steps}\n"


def found(tmp_path: Path, files: dict[str, str]) -> list[str]:
    """Return what is wrong with a company's files, of all pages that the site would have."""
    with company_in(tmp_path, files):
        return checks.in_sources(layers.pages(), Shown())


def test_our_own_sources_have_no_mistake(tmp_path: Path) -> None:
    """Every page, in both languages, and every list."""
    assert found(tmp_path, {}) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("---\ntitle: T\nafter: about\nstage: 9\n---\n", "4: stage is 9; write 1, 2, 3, 4 or all"),
        ("---\ntitle: T\nafter: about\ndescripton: D\n---\n", "4: descripton is nothing that a page's front matter says; did you mean description?"),  # noqa: E501 - a mistake a line
        (GOOD + '\n<script src="https://cdn.example/x.js"></script>\n', "8: https://cdn.example/x.js would be loaded from elsewhere"),  # noqa: E501 - a mistake a line
        (GOOD + "\n![](https://cdn.example/x.png)\n", "8: https://cdn.example/x.png would be loaded from elsewhere"),
        (GOOD.replace("#steps", "#step"), "6: the heading has {#step} where company/docs/zh/x.md:6 has {#steps}; ids are the same"),  # noqa: E501 - a mistake a line
        ("---\ntitle: [\n---\n", " front matter, line 3: "),
    ],
)  # fmt: skip
def test_a_mistake_in_a_page_is_told_with_its_line(text: str, sentence: str, tmp_path: Path) -> None:
    """Unknown names, a stage that is none, what comes from elsewhere, headings that differ between languages."""
    said = found(tmp_path, {"docs/zh/x.md": GOOD, "docs/en/x.md": text})
    assert any(one.startswith(f"company/docs/en/x.md:{sentence}") for one in said), said


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """A page that a language lacks, a target that is none, a key that nothing reads: each with file and line."""
    glossary = '[[term]]\nid = "spiff"\nzh = "奖"\nen = "spiff"\nzh_text = "奖"\nen_text = "a prize"\npage = "stage-1/seed-customer.md"\nenn = 1\n'  # noqa: E501 - a mistake a line
    style = ".a { background: url(https://cdn.example/a.png) }\n"
    said = found(tmp_path, {"docs/zh/x.md": GOOD, "glossary.toml": glossary, "theme/own.css": style})
    assert said == [
        "company/docs/zh/x.md has no counterpart in docs/en",
        "company/glossary.toml:8: enn is nothing that glossary.toml says; did you mean en?",
        "company/glossary.toml:7: stage-1/seed-customer.md is no page; did you mean stage-1/seed-customers.md?",
        "company/theme/own.css:1: https://cdn.example/a.png would be loaded from elsewhere; put the file beside it",
    ]


def test_typed_figures_are_told_of_our_pages_and_are_the_company_s_own_in_its(tmp_path: Path) -> None:
    """A company's prices are its own; ours come by name."""
    page = GOOD + "\nIt costs ¥6,000 for 12 customers.\n"
    assert found(tmp_path, {"docs/zh/x.md": page, "docs/en/x.md": page}) == []
    assert list(checks.typed(page)) == [(8, "¥6"), (8, "12 customers")]


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ('<a href="b.html#there">', ""),
        ('<a href=c.html>', "a.html leads to c.html, which is not there"),
        ('<a href="b.html#gone">', "a.html leads to b.html, which has no #gone"),
        ('<a href="#here"><p id="there">', "a.html leads to a.html, which has no #here"),
        ('<img src="assets/x.png">', "a.html leads to assets/x.png, which is not there"),
        ('<script src="//cdn.example/x.js"></script>', "a.html loads //cdn.example/x.js from elsewhere"),
        ('<a href="https://example.com/">', ""),
        ('<!-- <a href="c.html"> --><script>"<a href=c.html>"</script>', ""),
    ],
)  # fmt: skip
def test_a_built_site_is_read_before_it_is_published(html: str, sentence: str, tmp_path: Path) -> None:
    """Targets, fragments and what comes from elsewhere; comments and scripts are no links."""
    (tmp_path / "b.html").write_text('<h2 id="there">', encoding="utf-8")
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    assert checks.in_site(tmp_path) == ([sentence] if sentence else [])


def test_the_built_site_has_no_mistake(site: Path) -> None:
    """And it is not empty-handed: a page that is taken away is missed."""
    assert checks.in_site(site) == []
