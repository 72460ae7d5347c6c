"""A company's playbook from its beginning to an upgrade: begun from answers, with pages and a calculator of its own.

It is the site `own_site`, which other tests look at as well; upgrades happen in a copy of its checkout.
"""

import datetime
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from calculators.engine.shows.text import LANGUAGES
from tests.conftest import copy_checkout
from tests.own_company import OWN_CALCULATOR, REPLACED


def html(own_site: Path, language: str, name: str) -> str:
    """Return a page of the company's site."""
    return (own_site / ("" if language == "zh" else language) / f"{name}.html").read_text(encoding="utf-8")


def run(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a company's command in its checkout."""
    command = [sys.executable, "-m", "playbook", *arguments]
    return subprocess.run(command, cwd=checkout, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_and_the_new_hires_path_say_what_is_not_written(own_site: Path, site: Path, language: str) -> None:
    """Six pages, each with a link and who writes it by the company's name for the role; ours say nothing."""
    said = {"zh": "公司自己的页面还有 6 页没写：", "en": "6 pages of our own are not written yet: "}[language]
    owner = {"zh": "我们卖什么</a>（销售总监）", "en": "What we sell</a> (Sales director)"}[language]
    for name in ("index", "paths/new-hire"):
        page = html(own_site, language, name)
        assert said in page
        assert owner in page
        assert f'href="{"../" if "/" in name else ""}ours/products.html"' in page
        assert "pb-own" not in html(site, language, name)
    form = html(own_site, language, "ours/products")
    assert {"zh": "这一页还没有写好", "en": "This page is not written yet"}[language] in form
    assert "&#60;Gamma&#62; &#123;&#123; 7 &#125;&#125;" in form


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_the_companys_stands_in_its_site(own_site: Path, language: str) -> None:
    """A page of ours replaced, new pages in the navigation, a calculator with its example, and where each is edited."""
    page = html(own_site, language, REPLACED)
    assert "Our own last line." in page
    edit = f"https://gitlab.example.com/sales/playbook/-/edit/main/company/docs/{language}/{REPLACED}.md"
    assert f'href="{edit}"' in page
    ours = f"https://gitlab.example.com/sales/playbook/-/edit/main/docs/{language}/measures.md"
    assert f'href="{ours}"' in html(own_site, language, "measures")
    navigation = page.partition("<nav")[2]
    assert navigation.index("ours/products.html") < navigation.index("ours/decisions.html")
    calculator = html(own_site, language, f"calculators/{OWN_CALCULATOR}")
    assert f'data-calculator="{OWN_CALCULATOR}"' in calculator
    assert "50,000" in calculator
    assert f"{OWN_CALCULATOR}.html" in html(own_site, language, "calculators/index")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_takes_a_suggestion(site: Path, language: str) -> None:
    """With what tells which page and version it is about; without a repository no page leads anywhere to be edited."""
    page = html(site, language, "stage-1/seed-customers")
    assert 'data-suggest="stage-1/seed-customers"' in page
    assert f"docs/{language}/stage-1/seed-customers.md" in page
    assert "pb-edit" not in page


def test_an_upgrade_keeps_the_folder_and_names_the_page_to_look_at(own_site: Path, tmp_path: Path) -> None:
    """Upstream changes a replaced page, mkdocs.yml and a calculator's words: no conflict, and one page to compare."""
    checkout = shutil.copytree(own_site.parent / "checkout", tmp_path / "checkout")
    newer = copy_checkout(tmp_path / "playbook-newer")
    changed = {
        f"docs/en/{REPLACED}.md": ("\n\n", "\n\nA new sentence.\n\n"),
        "mkdocs.yml": ("site_name: 销售手册", "site_name: 新手册"),
        "calculators/abc_tiers/words.en.toml": ('label = "', 'label = "New: '),
    }
    for name, (before, after) in changed.items():
        text = (newer / name).read_text(encoding="utf-8")
        assert before in text
        (newer / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    company = {path: path.read_bytes() for path in (checkout / "company").rglob("*") if path.is_file()}
    assert "which has changed since" not in run(checkout, "status").stdout
    ended = run(checkout, "upgrade", "--from", str(newer))
    assert ended.returncode == 0, ended.stderr
    assert {path: path.read_bytes() for path in (checkout / "company").rglob("*") if path.is_file()} == company
    for name in changed:
        assert (checkout / name).read_bytes() == (newer / name).read_bytes()
    (behind,) = re.findall(r"^  (.*) replaces docs/(.*), which has changed since\.", ended.stdout, re.MULTILINE)
    assert behind == (f"company/docs/en/{REPLACED}.md", f"en/{REPLACED}.md")
    (former,) = (checkout / "previous").iterdir()
    assert datetime.datetime.strptime(former.name, "%Y-%m-%d-%H%M%S")
    assert run(checkout, "upgrade", "--from", str(former)).returncode == 0
    assert "which has changed since" not in run(checkout, "status").stdout
