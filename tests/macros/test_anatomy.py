"""Front matter and titles of every page; the parts of practice pages are in ``test_handbook``."""

from pathlib import Path

import pytest

from macros.anatomy import front_matter, titled
from tests.conftest import build


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("---\ntitle: T\ndescription: a: b\n---\n", "front matter, line 3: mapping values are not allowed here"),
        ('---\ntitle: "T\n---\n', "front matter, line 3: found unexpected end of stream"),
        ("---\ntitle: T\n\nText.\n", "front matter has no line --- that ends it"),
        ("---\njust words\n---\n", "front matter is no list of names with values"),
        ("---\n\n---\n", "front matter is no list of names with values"),
    ],
)
def test_front_matter_that_cannot_be_read_is_said_with_its_line(source: str, reason: str) -> None:
    """What MkDocs would print as the page's text is a mistake."""
    with pytest.raises(ValueError, match=reason):
        front_matter(source)


def test_front_matter_is_read() -> None:
    """Its values are returned; a page without it has none."""
    assert front_matter("---\ntitle: T\nstage: 2\n---\n\nText.\n") == {"title": "T", "stage": 2}
    assert front_matter("Text.\n\n---\n\nMore.\n") == {}


@pytest.mark.parametrize("folder", ["templates", "stage-2"])
def test_front_matter_that_cannot_be_read_stops_the_build(folder: str, checkout: Path) -> None:
    """Page, line and reason are named, on pages of every kind, and nothing is built."""
    page = sorted((checkout / "docs/en" / folder).glob("*.md"))[0]
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("description: ", "description: See: ", 1), encoding="utf-8")
    ended = build(checkout / "site", folder=checkout)
    assert ended.returncode != 0
    name = page.relative_to(checkout).as_posix()
    assert f"{name}: front matter, line 3: mapping values are not allowed here" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("en/stage-1/seed-customers.md", "# T {#seed-customers}"),
        ("zh/calculators/abc_tiers.md", "# T {#abc-tiers}"),
        ("zh/templates/index.md", "# T {#templates}"),
    ],
)
def test_a_title_becomes_the_heading(address: str, heading: str) -> None:
    """Its id is ASCII and the same in both languages: the name of the file, or of the folder."""
    assert titled("Text.", "T", address) == f"{heading}\n\nText."


def test_a_heading_of_the_page_s_own_stays_the_only_one() -> None:
    """A comment in code is no heading."""
    own = "Lead.\n\n# Stage one {#stage-1}\n"
    assert titled(own, "1. Founding", "en/stages/stage-1.md") == own
    code = "```yaml\n# a comment\n```\n"
    assert titled(code, "T", "en/make-it-yours/publish.md") == f"# T {{#publish}}\n\n{code}"


def test_a_page_without_any_title_is_a_mistake() -> None:
    """Neither the front matter nor the page has one."""
    with pytest.raises(ValueError, match="has no title"):
        titled("Text.", None, "en/about.md")
