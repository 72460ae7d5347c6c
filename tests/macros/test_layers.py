"""The company's pages laid over ours: what each must say, what is told, and where new ones stand in the navigation."""

import re
from pathlib import Path

import pytest

from macros import layers, shown
from playbook.__main__ import main
from tests.macros.company import company_in

PAGE = "en/stage-1/seed-customers.md"


@pytest.fixture(autouse=True)
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a company's empty folder, of which `layers` knows."""
    folder = tmp_path / "company"
    folder.mkdir()
    monkeypatch.setattr(layers, "COMPANY", folder)
    monkeypatch.setattr(layers, "OWN", folder / "docs")
    return folder


def written(name: str, text: str) -> Path:
    """Write one of the company's pages and return its file."""
    page = layers.OWN / name
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, encoding="utf-8")
    return page


def new(after: str) -> str:
    """Return a new page that stands after another."""
    return f"---\ntitle: Products\nafter: {after}\n---\n\nOurs.\n"


def test_a_copy_of_our_page_stands_in_its_place_until_ours_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what it was copied from; when that has changed, its writer is told what to compare and what to write."""
    page = written(PAGE, layers.copied(PAGE).replace("title: ", "title: Our own "))
    assert layers.source(PAGE) == page
    assert (layers.mistakes(), layers.outdated(PAGE), layers.replaced()) == ([], "", [PAGE])
    theirs = tmp_path / "docs"
    (theirs / PAGE).parent.mkdir(parents=True)
    (theirs / PAGE).write_text((layers.OURS / PAGE).read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    monkeypatch.setattr(layers, "OURS", theirs)
    assert layers.mistakes() == []
    assert layers.outdated(PAGE) == (
        f"company/docs/{PAGE} replaces docs/{PAGE}, which has changed since. Compare the two, then write replaces: "
        f"{layers.mark(PAGE)}"
    )


def test_a_checkout_with_windows_line_ends_gives_the_same_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git may write them, and a page is not another one for it."""
    unix = layers.mark(PAGE)
    text = (layers.OURS / PAGE).read_bytes().replace(b"\n", b"\r\n")
    (tmp_path / PAGE).parent.mkdir(parents=True)
    (tmp_path / PAGE).write_bytes(text)
    monkeypatch.setattr(layers, "OURS", tmp_path)
    assert layers.mark(PAGE) == unix


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (PAGE, "---\ntitle: Seeds\n---\n", "has the name of a page of ours. If it replaces that, write replaces: "),
        ("en/stage-1/seeds.md", "---\nreplaces: 0123456789ab\n---\n", "says that it replaces a page, and we have none"),
        ("zh/stage-1/products.md", "---\ntitle: 产品\n---\n", "is new. Write in its front matter which page it comes"),
        ("zh/stage-1/products.md", "---\ntitle: [\n---\n", "front matter, line 3: "),
    ],
)
def test_a_page_that_does_not_say_how_it_lies_over_ours_is_refused(name: str, text: str, sentence: str) -> None:
    """One that replaces by chance, one that replaces nothing, one that has no place, one that cannot be read."""
    written(name, text)
    (mistake,) = layers.mistakes()
    assert mistake.startswith(f"company/docs/{name}")
    assert sentence in mistake


def test_new_pages_stand_in_the_navigation_where_they_say() -> None:
    """After a page in whichever group, under a name or without, or after another new page; the rest stays in order."""
    written("zh/a.md", new("stage-1/goal"))
    written("en/a.md", new("stage-1/goal.md"))
    written("zh/b.md", new("a"))
    written("zh/c.md", new("terms.md"))
    nav = ["index.md", {"One": ["stage-1/goal.md", {"Deep": ["deep.md"]}]}, {"Words": "terms.md"}]
    expected = ["index.md", {"One": ["stage-1/goal.md", "a.md", "b.md", {"Deep": ["deep.md"]}]}, {"Words": "terms.md"}, "c.md"]  # fmt: skip  # noqa: E501 - a navigation is seen best in one line
    assert layers.with_own_pages(nav) == expected


def test_a_new_page_after_one_that_is_nowhere_is_refused() -> None:
    """Also where two new pages wait for each other."""
    written("zh/a.md", new("b"))
    written("zh/b.md", new("a"))
    with pytest.raises(ValueError, match=r"comes after [ab]\.md, which the navigation does not have"):
        layers.with_own_pages(["index.md"])


def test_terms_and_questions_of_ones_own_stand_among_ours(company: Path) -> None:
    """An entry of the same id takes the place of ours, where ours stood; others come at the end."""
    ours = layers.entries("glossary.toml", "term")
    (company / "glossary.toml").write_text(
        '[[term]]\nid = "commission"\nen = "variable pay"\n[[term]]\nid = "spiff"\nen = "spiff"\n', encoding="utf-8"
    )
    laid = layers.entries("glossary.toml", "term")
    assert [term["id"] for term in laid] == [*(term["id"] for term in ours), "spiff"]
    assert [term["en"] for term in laid if term["id"] == "commission"] == ["variable pay"]


def test_the_command_copies_pages_in_every_language_and_never_over_what_is_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What it has copied can be built; a page that is not there, or a copy that is, stops it before it has begun."""
    assert main(["copy", "stage-1/seed-customers"]) == 0
    assert layers.replaced() == [PAGE, PAGE.replace("en/", "zh/")]
    assert layers.mistakes() == []
    assert f"company/docs/{PAGE} replaces docs/{PAGE} from now on" in capsys.readouterr().out
    assert main(["copy", "stage-1/quarter-goal", "stage-1/seed-customers"]) == 1
    assert main(["copy", "stage-1/no-such-page", "stage-1/quarter-goal"]) == 1
    said = capsys.readouterr().err
    assert f"company/docs/zh/stage-1/seed-customers.md, company/docs/{PAGE}: there already, and nothing was" in said
    assert "there is no page docs/zh/stage-1/no-such-page.md to start from" in said
    assert len(layers.replaced()) == 2


def test_status_names_what_is_to_be_looked_at_by_owner(capsys: pytest.CaptureFixture[str]) -> None:
    """A page past its review and one behind ours, under who answers for them; the exit status says whether any is."""
    assert main(["copy", "stage-1/seed-customers"]) == 0
    capsys.readouterr()
    page = layers.OWN / PAGE
    text = page.read_text(encoding="utf-8").replace(layers.mark(PAGE), "000000000000")
    page.write_text(re.sub("^owner: .*$", "owner: Mo", text, flags=re.M), encoding="utf-8")
    due = layers.OWN / PAGE.replace("en/", "zh/")
    text = re.sub("^(reviewed|next_review): .*$", r"\1: 2020-01-01", due.read_text(encoding="utf-8"), flags=re.M)
    due.write_text(re.sub("^owner: .*$", "owner: Lin", text, flags=re.M), encoding="utf-8")
    assert main(["status"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert (
        lines[lines.index("Lin:") + 1]
        == f"  {layers.named(PAGE.replace('en/', 'zh/'))} was due for review on 2020-01-01"
    )
    assert lines[lines.index("Mo:") + 1] == f"  {layers.outdated(PAGE)}"


def test_a_page_is_edited_in_the_file_that_it_is_read_from(tmp_path: Path) -> None:
    """The company's own where its folder is the repository; ours is not in it, whichever language it fills up."""
    page = "---\ntitle: T\nafter: about\n---\n"
    with company_in(tmp_path, {"docs/en/ours/a b.md": page, "docs/ja/ours/a b.md": page}):
        names = ("en/ours/a b.md", "ja/ours/a b.md", "en/about.md", "ja/about.md")
        assert [layers.path_in_repository(name) for name in names] == [f"docs/{name}" for name in names[:2]] + ["", ""]


def test_commands_keep_to_what_the_site_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of one language a page is copied in that, and all is said in it; pages left out are not looked at."""
    monkeypatch.delenv("PLAYBOOK_LANG")
    with company_in(tmp_path, {"playbook.yml": "company: {zh: 甲}\nleave_out: [en, stage-2]\n"}) as company:
        gone = "---\ntitle: T\nafter: about\nunwritten: true\nowner: manager\nstage: 2\n---\n"
        for language in ("zh", "en"):
            written(f"{language}/ours/gone.md", gone)
        assert main(["status"]) == 0
        assert main(["copy", "stage-1/seed-customers"]) == 0
        assert list(layers.own_pages()) == ["en/ours/gone.md", "zh/ours/gone.md", "zh/stage-1/seed-customers.md"]
        written("zh/ours/gone.md", gone.replace("stage: 2", "stage: 1"))
        shown.forget()
        capsys.readouterr()
        assert main(["status"]) == 1
        assert capsys.readouterr().out == "一线主管：\n  company/docs/zh/ours/gone.md 还没写\n"
        (company / "playbook.yml").write_text("curency: EUR\nleave_out: [en]\n", encoding="utf-8")
        assert main(["status"]) == 1
    assert re.search("下面这些会让构建停下：\n  .*playbook.yml:1: curency 不是认识的配置项", capsys.readouterr().out)
