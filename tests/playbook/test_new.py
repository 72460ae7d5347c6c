"""A calculator to begin with works as it is written; the reference beside it says what the code says."""

import json
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest
from mkdocs.exceptions import PluginError

import calculators
from calculators import CALCULATORS
from calculators.bridge import Bridge
from calculators.engine.asks.fields import FieldKind
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.charts import LAYOUTS
from calculators.engine.shows.text import LANGUAGES, words_of
from macros import layers
from macros.reference import ANSWERED, ASKED, reference, words
from macros.tailored import try_own_calculators
from playbook import __main__ as command
from playbook import new

NAME = "gift_cards"


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a company's empty folder; a calculator of it that a test has found is forgotten after it."""
    folder = tmp_path / "company"
    for module in (layers, new):
        monkeypatch.setattr(module, "COMPANY", folder)
    monkeypatch.setattr(layers, "OWN", folder / "docs")
    yield folder
    sys.modules.pop(f"calculators.{NAME}", None)


def test_a_new_calculator_answers_at_once(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its example in both languages, a list of one's own by its headings, and a page that has its place."""
    assert command.main(["new", "calculator", NAME]) == 0
    monkeypatch.setattr(calculators, "__path__", [*calculators.__path__, str(company / "calculators")])
    assert NAME in CALCULATORS
    for language, rows in (("zh", "名称\t金额\n甲\t100\n乙\t"), ("en", "Item\tAmount\nA\t100\nB\t")):
        request = {"calculator": NAME, "language": language, "id": 1}
        reply = json.loads(Bridge().reply(json.dumps(request)))
        assert (reply["result"]["figures"]["total"], reply["result"]["figures"]["reached"]) == (5_000_000, 2)
        reply = json.loads(Bridge().reply(json.dumps({**request, "tables": {"list": {"text": rows}}})))
        assert reply["ok"], reply
        assert reply["result"]["figures"]["total"] == 10_000
        assert [notice["code"] for notice in reply["result"]["notices"]].count(f"{NAME}.unknown") == 1
    assert layers.mistakes() == []
    assert list(layers.own_pages()) == [f"{language}/calculators/{NAME}.md" for language in ("en", "zh")]
    assert not list(company.rglob("*.txt"))


@pytest.mark.parametrize(
    ("name", "spoilt", "sentence"),
    [
        (
            "unnamed",
            ("words.en.toml", "[figure.total]", "[figure.totl]"),
            "belongs in calculators/unnamed/words.en.toml",
        ),
        (
            "unknown",
            ("__init__.py", "int(items", "whole(items"),
            "unknown/__init__.py:31: unknown (zh): name 'whole' is",
        ),
        (
            "unread",
            ("examples/list.zh.csv", "名称,金额\n甲项,8000\n乙项,12000\n丙项,30000", ""),
            "unread, its example (zh): ",
        ),
    ],
)
def test_a_mistake_in_ones_own_calculator_is_told_before_anything_is_made(
    company: Path, monkeypatch: pytest.MonkeyPatch, name: str, spoilt: tuple[str, str, str], sentence: str
) -> None:
    """A missing word with the file that it belongs in, code by its line, an example that cannot be read."""
    assert command.main(["new", "calculator", name]) == 0
    file, before, after = company / "calculators" / name / spoilt[0], *spoilt[1:]
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    monkeypatch.setattr(calculators, "COMPANY", company)
    monkeypatch.setattr(calculators, "__path__", [*calculators.__path__, str(company / "calculators")])
    with pytest.raises(PluginError) as told:
        try_own_calculators(Settings())
    assert sentence in str(told.value)
    sys.modules.pop(f"calculators.{name}", None)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("abc_tiers", "already"),
        ("bridge", "already"),
        ("class", "is no name"),
        ("Gift", "is no name"),
        ("../x", "is no"),
    ],
)
def test_a_name_that_cannot_be_is_refused(
    company: Path, capsys: pytest.CaptureFixture[str], name: str, why: str
) -> None:
    """One that is taken, a word of Python, one with marks: nothing is written."""
    assert command.main(["new", "calculator", name]) == 1
    assert why in capsys.readouterr().err
    assert not company.exists()


def test_a_second_one_of_the_name_writes_over_nothing(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that is there stops it before it has written anything."""
    page = company / f"docs/en/calculators/{NAME}.md"
    page.parent.mkdir(parents=True)
    page.write_text("Ours.", encoding="utf-8")
    assert command.main(["new", "calculator", NAME]) == 1
    assert "there already, and nothing was written" in capsys.readouterr().err
    assert [path for path in company.rglob("*") if path.is_file()] == [page]


def test_one_of_ours_stands_in_our_navigation(tmp_path: Path) -> None:
    """With --upstream it goes among ours: folder, pages without a place of their own, a line in mkdocs.yml."""
    (tmp_path / "mkdocs.yml").write_text("nav:\n      - calculators/verify.md\n", encoding="utf-8")
    made = new.write(NAME, tmp_path, upstream=True)
    assert (tmp_path / f"calculators/{NAME}/__init__.py") in made
    assert "after:" not in (tmp_path / f"docs/zh/calculators/{NAME}.md").read_text(encoding="utf-8")
    assert f"verify.md\n      - calculators/{NAME}.md\n" in (tmp_path / "mkdocs.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reference_names_all_that_can_be_declared(language: str) -> None:
    """Every part of every declaration, every kind of field and chart, each with words in the language."""
    asked, answered = (reference(part, language) for part in ("asked", "answered"))  # type: ignore[arg-type]  # one of two
    for declared, text in ((ASKED, asked), (ANSWERED, answered)):
        for one in declared:
            part = text.partition(f"### {one.__name__} {{#")[2].partition("\n### ")[0]
            assert all(f"| `{field.name}` |" in part for field in fields(one)), one
    kinds = reference("kinds", language)  # type: ignore[arg-type]  # one of two
    assert [kind for kind in get_args(FieldKind) if f"| `{kind}` |" not in kinds] == []
    assert "| `percent` | `'12.5'` | `1250` |" in kinds
    charts = reference("charts", language)  # type: ignore[arg-type]  # one of two
    assert [kind for kind in LAYOUTS if f"| `{kind}` |" not in charts] == []
    assert words()["charts"].keys() == LAYOUTS.keys()
    assert "| `start_known` | `True`, `False`, `True` |" in reference("reading", language)  # type: ignore[arg-type]


def test_the_reference_knows_every_key_that_words_have() -> None:
    """What calculators group their words under is in the schema, or is the sentence of a notice."""
    schema = {key.partition(".")[0] for key in words()["words"]}
    used: dict[str, int] = {}
    for name in CALCULATORS:
        for key, value in words_of(name, "en").items():
            if isinstance(value, dict) and any(
                isinstance(inner, dict) and "label" in inner for inner in value.values()
            ):
                used[key] = used.get(key, 0) + 1
    assert {key for key, calculators_with_it in used.items() if calculators_with_it > 1} <= schema
