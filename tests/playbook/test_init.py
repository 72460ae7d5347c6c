"""A company's folder is begun: asked at the terminal or from a file, whole or not at all, and over nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from calculators.configuration import company_settings
from calculators.engine.asks.settings import Roles, WorkingYear
from macros import layers
from macros.anatomy import front_matter
from playbook.__main__ import main
from playbook.beginnings import FORMS
from playbook.questions import QUESTIONS

ANSWERS = """\
company_zh = "海风"
company_en = "Seabreeze {{ 7 }} | Ltd"
currency = "usd"
unit = 1000
year_starts = 4
week = "weekdays"
days_off = ["2027-07-05", "2027-12-24 to 2027-12-26"]
products = ["Alpha | one", "{{ 7 }} $owner <b>"]
systems = "CRM, Sheets"
roles = {manager = "销售经理 / Team lead"}
owner_offer = "Mo: head & \\"chief\\""
"""


@pytest.fixture(autouse=True)
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the company's folder will be; nothing is there yet."""
    folder = tmp_path / "company"
    monkeypatch.setattr(layers, "COMPANY", folder)
    monkeypatch.setattr(layers, "OWN", folder / "docs")
    return folder


def answered(monkeypatch: pytest.MonkeyPatch, *lines: str | BaseException) -> Iterator[str | BaseException]:
    """Have somebody type these lines, and Enter after them; return what is left of them."""
    left = iter(lines)

    def typed(_: str) -> str:
        line = next(left, "")
        if isinstance(line, BaseException):
            raise line
        return line

    monkeypatch.setattr("builtins.input", typed)
    return left


def contents(folder: Path) -> dict[str, str]:
    """Return every file of a folder by its name there."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_a_file_of_answers_makes_the_folder(tmp_path: Path, company: Path) -> None:
    """Figures as answered, the other settings left to their defaults; six pages in each language, forms that say so."""
    file = tmp_path / "answers.toml"
    file.write_text(ANSWERS, encoding="utf-8")
    assert main(["init", "--answers", str(file)]) == 0
    settings = company_settings(tmp_path / "mkdocs.yml", company)
    assert (settings.company["en"], settings.currency, settings.unit) == ("Seabreeze {{ 7 }} | Ltd", "USD", 1000)
    year = settings.section(WorkingYear)
    assert (year.week, year.year_starts, year.days_off) == (
        "weekdays", 4, ("2027-07-05", "2027-12-24 to 2027-12-26"))  # fmt: skip
    assert settings.section(Roles).names == {"manager": {"zh": "销售经理", "en": "Team lead"}}
    pages = [f"{language}/ours/{name}.md" for language in ("en", "zh") for name in sorted(FORMS)]
    assert list(layers.own_pages()) == pages
    assert layers.mistakes() == []
    for page in pages:
        meta = front_matter((layers.OWN / page).read_text(encoding="utf-8"))
        assert meta["unwritten"] is True
        assert meta["owner"] in {'Mo: head & "chief"', "manager", "sales_operations"}
    product = (layers.OWN / "en/ours/products.md").read_text(encoding="utf-8")
    assert "| Alpha &#124; one |  |  |  |\n| &#123;&#123; 7 &#125;&#125; &#36;owner &#60;b&#62; |  |  |  |" in product
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.toml", "company"]


def test_enter_is_enough_for_every_question(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, company: Path) -> None:
    """Whoever presses Enter alone gets the folder that --defaults makes, and a playbook of our own figures."""
    answered(monkeypatch)
    assert main(["init", "--lang", "zh"]) == 0
    asked = contents(company)
    company.rename(tmp_path / "asked")
    assert main(["init", "--lang", "zh", "--defaults"]) == 0
    assert contents(company) == asked
    assert company_settings(tmp_path / "none.yml", company).as_mapping() == company_settings(
        tmp_path / "none.yml", tmp_path / "nobody"
    ).as_mapping()  # fmt: skip


def test_a_bad_answer_is_asked_again_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the language of the questions, with the words of the settings where one is concerned."""
    left = answered(
        monkeypatch,
        *(
            "both",
            "海风",
            "Seabreeze",
            "dollars",
            "USD",
            "7",
            "1000",
            "13",
            "4",
            "monday",
            "weekdays",
            "2027-02-30",
            "",
        ),
        *("9", "1, 2", "20 30 51", "20 30", "20/30/50", "", "1, x, 0", ""),
    )
    assert main(["init", "--lang", "en"]) == 0
    assert list(left) == []
    said = capsys.readouterr().out
    for sentence in (
        "currency is “DOLLARS”; write the ISO 4217 code of a currency in use, such as CNY.",
        "unit is “7”; write one of 1, 1000, 10000, 1000000, 100000000.",
        "calendar.year_starts is “13”; write a whole number from 1 to 12.",
        "calendar.week is “monday”; write one of china, weekdays, six_days.",
        "calendar.days_off is “2027-02-30”; write a list of days",
        "“9” names a stage that is not there",
        "The shares of A, B, C in abc.customers add up to 101; they must make exactly 100.",
        "“20 30” is not three numbers",
        "“1, x, 0” is not three numbers",
    ):
        assert sentence in said
    written = (company / "playbook.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(written)["leave_out"] == ["stage-3", "stage-4"]


@pytest.mark.parametrize("after", range(len(QUESTIONS)))
def test_leaving_off_leaves_nothing(monkeypatch: pytest.MonkeyPatch, company: Path, after: int) -> None:
    """Ctrl+C at any question, and a terminal at which nobody answers any more."""
    for stop in (KeyboardInterrupt(), EOFError()):
        answered(monkeypatch, *[""] * after, stop)
        assert main(["init", "--lang", "en"]) == 1
        assert list(company.parent.iterdir()) == []


def test_a_disk_that_refuses_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whichever file it refuses, the folder is not there by half, and a sentence says why."""
    written, count = Path.write_text, 0

    def refusing(path: Path, *text: str, **options: str) -> int:
        nonlocal count
        count += 1
        if count == 5:
            raise OSError("the disk is full")
        return written(path, *text, **options)

    monkeypatch.setattr(Path, "write_text", refusing)
    assert main(["init", "--defaults"]) == 1
    assert capsys.readouterr().err == "It could not be written: the disk is full\n"
    assert list(company.parent.iterdir()) == []


def test_wrong_answers_of_a_file_are_told_at_once(
    tmp_path: Path, company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each with the file and the question; nothing is written."""
    file = tmp_path / "answers.toml"
    for text, sentences in (
        ('currency = "XXQ"\nunits = 3\nstages = [5]\nroles = {boss = "A / B"}\n', 4),
        ("currency = ", 1),
        ("currency = 3\n[unit]\nx = 1\n", 2),
    ):
        file.write_text(text, encoding="utf-8")
        assert main(["init", "--answers", str(file), "--lang", "en"]) == 2
        said = capsys.readouterr().err.splitlines()
        assert len(said) == sentences, said
        assert all(line.startswith(f"{file}: ") for line in said)
        assert not company.exists()


def test_what_is_there_stays_and_is_named(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second beginning adds what is missing, and writes over nothing."""
    own = company / "docs/en/ours/products.md"
    own.parent.mkdir(parents=True)
    own.write_text("Ours.", encoding="utf-8")
    assert main(["init", "--defaults"]) == 0
    assert own.read_text(encoding="utf-8") == "Ours."
    assert "there already, and left as it is: company/docs/en/ours/products.md" in capsys.readouterr().out
    before = contents(company)
    assert main(["init", "--defaults"]) == 0
    assert contents(company) == before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_language_alone(tmp_path: Path, company: Path, language: str) -> None:
    """Its pages alone are written, the other is left out, and a name in it is not asked for."""
    file = tmp_path / "answers.toml"
    file.write_text(f'languages = "{language}"\ncompany_{language} = "海风 A"\n', encoding="utf-8")
    assert main(["init", "--answers", str(file)]) == 0
    assert {page.partition("/")[0] for page in layers.own_pages()} == {language}
    figures = yaml.safe_load((company / "playbook.yml").read_text(encoding="utf-8"))
    assert figures["leave_out"] == [{"zh": "en", "en": "zh"}[language]]
    assert set(figures["company"].values()) == {"海风 A"}
