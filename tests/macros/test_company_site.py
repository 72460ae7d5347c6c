"""A company's site as a whole, built once: one language, most left out, its own words, measures, look and pages.

What each of these does is in `test_shown`, `test_own` and `test_checks`. It is built of few pages, so that it takes
seconds.
"""

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from macros import checks, publish
from macros.policy import build_hash
from macros.publish import put_in_place
from tests.conftest import ROOT, build, made_once

HEAD = "---\ntitle: Prices\nafter: stage-1/false-needs\n---\n\n## List {{#list}}\n\n"
PAGE = HEAD + "12 customers pay ¥6,000. See [one](../{link}).\n"
FILES = {
    "playbook.yml": """\
company: {en: Acme}
leave_out: [stage-2, stage-3, stage-4, paths, self-check, make-it-yours, source, zh]
""",
    "docs/en/stage-1/prices.md": PAGE.format(link="about.md"),
    "docs/assets/images/plan.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "text/en.toml": '[handbook.footer]\nowner = "Answers for it"\n[navigation]\n"Reference" = "Look it up"\n',
    "measures.toml": '[offers_paid]\nen.name = "paid quotes"\n',
    "theme/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "theme/theme.toml": '[colours]\naccent = "#7a2fa0"\n',
}


def build_of(folder: Path) -> subprocess.CompletedProcess[str]:
    """Build the site of a company's folder strictly."""
    return build(folder / "site", PLAYBOOK_COMPANY=str(folder / "company"))


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a company's folder and its site, built once."""

    def make(folder: Path) -> None:
        for name, written in FILES.items():
            path = folder / "company" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(written, encoding="utf-8")
        ended = build_of(folder)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        (folder / "said").write_text(ended.stdout + ended.stderr, encoding="utf-8")

    return made_once(tmp_path_factory, "less", make)


@pytest.fixture
def page(company: Path) -> Callable[[str], str]:
    """Return a function that reads a page of the site."""
    return lambda name: (company / "site" / name).read_text(encoding="utf-8")


def test_one_language_is_a_whole_site_at_the_root(company: Path, page: Callable[[str], str]) -> None:
    """Without a switcher, another language's words or pages, and without a link that leads nowhere."""
    site = company / "site"
    assert checks.in_site(site) == []
    assert not (site / "en").exists()
    assert not (site / "zh").exists()
    home = page("index.html")
    assert '<html lang="en"' in home
    assert not re.search("data-language-switch|pb-other-language|hreflang", home)
    assert "没有" not in page("404.html")
    assert not list(site.rglob("*.zh.xlsx"))
    assert list(site.rglob("*.en.xlsx"))


def test_what_is_left_out_is_nowhere(company: Path, page: Callable[[str], str]) -> None:
    """Neither pages nor downloads nor search nor the map; the build says where prose speaks of it."""
    site = company / "site"
    assert {path.parent.name for path in site.rglob("stage*.html")} == {"stages"}
    assert not list(site.rglob("*nine_box*.xlsx"))
    for word in ("stage-2/", "stage-4", "nine_box", "paths/"):
        assert word not in page("search/search_index.json")
        assert f'href="{word}' not in page("index.html")
    said = (company / "said").read_text(encoding="utf-8")
    assert re.search(r"docs/en/index\.md:\d+ speaks of paths/new-hire\.md, which is left out", said)


def test_what_the_company_puts_in_the_place_of_ours_is_there_and_listed(
    company: Path, page: Callable[[str], str]
) -> None:
    """Its page in its place, with figures of its own; words, a measure, an image, the logo and its colours."""
    assert "paid quotes" in page("measures.html") or "paid quotes" in page("stage-1/quarter-goal.html").lower()
    prices = page("stage-1/prices.html")
    assert "12 customers pay ¥6,000" in prices
    assert "Look it up" in prices
    assert 'href="../assets/theme/colours.css"' in prices
    assert 'src="../assets/theme/logo.svg"' in prices
    assert "--pb-accent: #7a2fa0;" in page("assets/theme/colours.css")
    assert "Answers for it" in page("stage-1/quarter-goal.html")
    assert (company / "site/assets/images/plan.svg").is_file()
    said = (company / "said").read_text(encoding="utf-8")
    assert "company/measures.toml replaces offers_paid" in said
    assert "company/text/en.toml has words in the place of ours: handbook.footer.owner, navigation.Reference" in said


def test_a_build_that_fails_leaves_the_last_site(company: Path) -> None:
    """A strict build that has warned at its very end has touched nothing, and leaves nothing beside it."""
    before = build_hash(company / "site", "")
    page = company / "company/docs/en/stage-1/prices.md"
    page.write_text(PAGE.format(link="stages/stage-1.md#no-such-heading"), encoding="utf-8")
    try:
        ended = build_of(company)
    finally:
        page.write_text(FILES["docs/en/stage-1/prices.md"], encoding="utf-8")
    assert ended.returncode != 0
    assert "no-such-heading" in ended.stderr
    assert build_hash(company / "site", "") == before
    assert sorted(path.name for path in company.iterdir()) == ["company", "said", "site"]


@pytest.mark.parametrize("there", [True, False])
def test_a_site_takes_the_place_of_the_last_whole(there: bool, tmp_path: Path) -> None:
    """Nothing of the last is left in it, and nothing of either beside it."""
    coming, site = tmp_path / ".site.coming", tmp_path / "site"
    coming.mkdir()
    (coming / "new").touch()
    if there:
        site.mkdir()
        (site / "old").touch()
    put_in_place(coming, site)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert [path.name for path in site.iterdir()] == ["new"]


@pytest.mark.parametrize("refuses", ["rename", "exchange"])
def test_where_folders_cannot_be_moved_what_is_in_them_is(
    refuses: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where each is a disk of its own: the site is the new one, and the folder beside it is gone."""
    coming, site = tmp_path / ".site.coming", tmp_path / "site"
    for folder, name in ((coming, "new"), (site, "old")):
        (folder / "deep").mkdir(parents=True)
        (folder / "deep" / name).write_text(name)

    def refused(*_: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    if refuses == "exchange":
        monkeypatch.setattr(publish, "_exchange", refused)
    else:
        monkeypatch.setattr(publish, "_exchange", lambda *_: False)
        monkeypatch.setattr(Path, "rename", refused)
    put_in_place(coming, site)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert [path.name for path in (site / "deep").iterdir()] == ["new"]


def test_jieba_leaves_nothing_where_others_write(tmp_path: Path) -> None:
    """Its dictionary is read from this user's own cache, and nothing is put into the folder for temporary files."""
    script = (
        "import jieba, os, sys, tempfile; from macros.searched import read_dictionary; "
        "tempfile.tempdir = sys.argv[1]; read_dictionary(); "
        "print(list(jieba.cut('客户流失预警')), os.listdir(sys.argv[1]))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert ended.stdout.strip().endswith("[]"), ended.stderr
    assert "流失" in ended.stdout


AGAIN = """
import sys
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config

config = load_config("mkdocs.yml", site_dir=sys.argv[1])
config.plugins.on_startup(command="serve", dirty=False)
build(config, serve_url="http://127.0.0.1:8000/")
from macros.serving import last

page = Path(sys.argv[2])
site = Path(sys.argv[1])
written = page.read_text(encoding="utf-8")
page.write_text(written + "Zebra.\\n", encoding="utf-8")
home = (site / "index.html").stat().st_mtime_ns
print(*last.again(), "Zebra" in (site / "stage-1/prices.html").read_text(encoding="utf-8"), sep="|")
print((site / "index.html").stat().st_mtime_ns == home, last.again())
page.write_text(written.replace("Prices", "Price list") + "A zebra.\\n", encoding="utf-8")
print(*last.again())
glossary = Path(sys.argv[3])
glossary.write_text(glossary.read_text(encoding="utf-8").replace("striped", "spotted"), encoding="utf-8")
print(*last.again(), "spotted" in (site / "stage-1/prices.html").read_text(encoding="utf-8"))
page.write_text(page.read_text(encoding="utf-8").replace("after: ", "stage: 1\\nafter: "), encoding="utf-8")
print(last.again())
"""


def test_a_page_that_is_saved_is_built_alone(tmp_path: Path) -> None:
    """So are those that say of it what it says of itself, and those that have a term of the glossary; else all are."""
    left_out = "make-it-yours, source, measures, glossary, calculators, templates, about"
    files = {**FILES, "playbook.yml": FILES["playbook.yml"].replace("make-it-yours, source", left_out)}
    files["docs/en/stage-1/prices.md"] = PAGE.format(link="index.md")
    files["glossary.toml"] = (
        '[[term]]\nid = "zebra"\nzh = "斑马"\nen = "zebra"\nzh_text = "有条纹"\nen_text = "striped"\n'
    )
    for name, written in files.items():
        path = tmp_path / "company" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written, encoding="utf-8")
    given = {**os.environ, "PLAYBOOK_COMPANY": str(tmp_path / "company")}
    saved = [str(tmp_path / "company" / name) for name in ("docs/en/stage-1/prices.md", "glossary.toml")]
    command = [sys.executable, "-c", AGAIN, str(tmp_path / "site"), *saved]
    ended = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, encoding="utf-8", check=False)
    assert ended.stdout.splitlines() == [
        "en/stage-1/prices.md|True",
        "True []",
        "en/stage-1/prices.md en/index.md",
        "en/stage-1/prices.md True",
        "[]",
    ], ended.stderr[-2000:]
