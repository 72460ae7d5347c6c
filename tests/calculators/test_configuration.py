"""The company's figures where they stand: which file is read, and how each kind of mistake is told by file and line."""

from pathlib import Path

import pytest

from calculators.__main__ import main
from calculators.configuration import Misconfigured, company_settings
from calculators.engine.asks.settings import Settings
from calculators.nine_box.settings import NineBoxModel
from tests.conftest import ROOT


def written(folder: Path, text: str, name: str = "mkdocs.yml") -> Path:
    """Write a file and return it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def refused(config: Path, company: Path) -> list[str]:
    """Return the English sentences with which the figures are refused, each behind the name of its file and line."""
    with pytest.raises(Misconfigured) as caught:
        company_settings(config, company)
    folder = f"{config.parent}/"
    return [sentence.replace(folder, "") for sentence in caught.value.sentences("en")]


MISTAKES = [
    ("curency: EUR", 'curency is not a setting we know. What can stand here: company, currency, unit, prefetch, '
     "calendar, roles, changes, abc, goals, nine_box, leave_out, fallback, messages."),
    ("company: {zh: 甲公司}", "company.en is missing. Write the name in each of zh, en."),
    ("company:", "company has nothing behind it. Write a value, or leave the line out for our default."),
    ("currency: XXQ", "currency is “XXQ”; write the ISO 4217 code of a currency in use, such as CNY."),
    ("currency: usd", "currency is “usd”; write the ISO 4217 code of a currency in use, such as CNY."),
    ("unit: 10000.0", "unit is “10000.0”; write one of 1, 1000, 10000, 1000000, 100000000."),
    ("unit: true", "unit is “True”; write one of 1, 1000, 10000, 1000000, 100000000."),
    ("prefetch: sometimes", "prefetch is “sometimes”; write true (on) or false (off)."),
    ("abc: 5", "abc should be an indented group of settings: customers, revenue, service, working_days_per_quarter."),
    ("abc: {customers: {A: 15, B: 35}}", "abc.customers.C is missing. Write a share for each of A, B, C; together they "
     "make 100."),
    ("abc: {customers: {A: 15, B: 35, C: 51}}", "The shares of A, B, C in abc.customers add up to 101; they must make "
     "exactly 100."),
    ("nine_box: {boxes: {stars: {name: {zh: 标杆, en: Beacon}}}}", "nine_box.boxes.stars is not a setting we know. "
     "What can stand here: improvement, climber, method_first, steady_seller, core, high_potential, lone_ace, "
     "mainstay, star."),
    ("nine_box: {performance: {low: 100, high: 80}}", "nine_box.performance has its lower line at 100 and its upper at "
     "80; the lower must come below the upper."),
    ("prefetch: [", "This is not YAML: expected the node content, but found '<stream end>'."),
]  # fmt: skip


@pytest.mark.parametrize(("mistake", "sentence"), MISTAKES, ids=[mistake for mistake, _ in MISTAKES])
def test_a_wrong_setting_is_told_by_the_file_and_line_it_stands_in(tmp_path: Path, mistake: str, sentence: str) -> None:
    """In the company's own file, below a comment and a right line; what YAML would take without a word is told too."""
    text = f"# Ours\ncompany: {{zh: 甲公司, en: Company A}}\n{mistake}\n"
    if mistake.startswith("company"):
        text = f"# Ours\ncurrency: EUR\n{mistake}\n"
    written(tmp_path, text, "company/playbook.yml")
    line = 4 if "YAML" in sentence else 3  # which is missed only where the file ends
    assert refused(tmp_path / "mkdocs.yml", tmp_path / "company") == [f"company/playbook.yml:{line}: {sentence}"]


def test_a_key_that_stands_twice_is_told_with_both_lines(tmp_path: Path) -> None:
    """YAML itself takes the last of them and says nothing; nested ones are found as well."""
    written(tmp_path, "unit: 1\nabc:\n  working_days_per_quarter: 60\n  working_days_per_quarter: 62\nunit: 1000\n",
            "company/playbook.yml")  # fmt: skip
    assert refused(tmp_path / "mkdocs.yml", tmp_path / "company") == [
        "company/playbook.yml:4: abc.working_days_per_quarter stands twice, first in line 3; the first would be "
        "ignored. Leave one of the two.",
        "company/playbook.yml:5: unit stands twice, first in line 1; the first would be ignored. Leave one of the two.",
    ]


def test_an_unknown_name_beside_the_playbook_is_told_and_a_company_s_variables_are_not(tmp_path: Path) -> None:
    """``extra.playbok`` would leave every figure at its default; what pages print of the company's is its own."""
    config = written(tmp_path, "extra:\n  variables: {founded: 2012}\n  social: []\n  playbok:\n    unit: 1000\n")
    (sentence,) = refused(config, tmp_path / "company")
    assert sentence.startswith(
        "mkdocs.yml:4: extra.playbok is not read by anything. What can stand under extra: playbook"
    )


def test_every_mistake_of_all_files_is_told_at_once_in_both_languages(tmp_path: Path) -> None:
    """A configuration that inherits another is followed, and each mistake is told where it was written."""
    written(tmp_path, "extra:\n  playbook:\n    unit: 7\n    currency: EUR\n", "mkdocs.yml")
    config = written(tmp_path, "INHERIT: mkdocs.yml\nextra:\n  playbook:\n    currency: euro\n", "ours.yml")
    with pytest.raises(Misconfigured) as caught:
        company_settings(config, tmp_path / "company")
    assert [sentence.replace(f"{tmp_path}/", "") for sentence in caught.value.sentences()] == [
        "ours.yml:4: extra.playbook.currency 写成了“euro”，应该写现行的货币代码（ISO 4217），例如 CNY。",
        "ours.yml:4: extra.playbook.currency is “euro”; write the ISO 4217 code of a currency in use, such as CNY.",
        "mkdocs.yml:3: extra.playbook.unit 写成了“7”，应该写其中之一：1、1000、10000、1000000、100000000。",
        "mkdocs.yml:3: extra.playbook.unit is “7”; write one of 1, 1000, 10000, 1000000, 100000000.",
    ]


def test_what_is_inherited_is_laid_below_as_mkdocs_lays_it(tmp_path: Path) -> None:
    """Groups are joined and single values replaced; without any file the figures are our own."""
    written(tmp_path, "extra:\n  playbook:\n    unit: 1000\n    nine_box: {months: 3, borderline: 2}\n")
    config = written(tmp_path, "INHERIT: mkdocs.yml\nextra: {playbook: {nine_box: {months: 12}}}\n", "ours.yml")
    read = company_settings(config, tmp_path / "company")
    assert (read.unit, read.section(NineBoxModel).months, read.section(NineBoxModel).borderline) == (1000, 12, 200)
    assert company_settings(tmp_path / "none.yml", tmp_path / "company") == Settings()


def test_the_company_s_own_file_stands_in_the_place_of_ours(tmp_path: Path) -> None:
    """What it leaves out has our default, and not what mkdocs.yml says."""
    config = written(tmp_path, "extra:\n  playbook: {unit: 1000, currency: EUR}\n")
    written(tmp_path, "currency: USD\n", "company/playbook.yml")
    read = company_settings(config, tmp_path / "company")
    assert (read.currency, read.unit) == ("USD", 1)


def test_our_mkdocs_yml_says_what_the_defaults_say(tmp_path: Path) -> None:
    """A company's own file that is empty gives the very playbook that ours gives."""
    assert company_settings(ROOT / "mkdocs.yml", tmp_path) == Settings()


def test_the_command_line_computes_with_the_company_s_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It follows what a configuration inherits, and refuses wrong figures with file and line and exit status 2."""
    written(tmp_path, "extra: {playbook: {abc: {customers: {A: 50, B: 30, C: 20}}}}\n")
    config = written(tmp_path, "INHERIT: mkdocs.yml\n", "ours.yml")
    assert main(["abc_tiers", "--config", str(config)]) == 0
    inherited = capsys.readouterr().out
    assert main(["abc_tiers", "--config", str(tmp_path / "none.yml")]) == 0
    assert inherited != capsys.readouterr().out
    rows = written(tmp_path, "Customer,Revenue\nA,100\nB,50\n", "list.csv")
    assert main(["abc_tiers", "--lang", "en", str(rows)]) == 0  # options may stand before the file
    assert "customers\t2" in capsys.readouterr().out
    wrong = written(tmp_path, "extra:\n  playbook:\n    unit: 7\n", "wrong.yml")
    assert main(["abc_tiers", "--config", str(wrong), "--lang", "en"]) == 2
    assert f"{wrong}:3: extra.playbook.unit is “7”" in capsys.readouterr().err
