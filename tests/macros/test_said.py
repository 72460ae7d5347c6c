"""What the build and the commands say: in the language of whoever runs them, all of it in both, and nothing else."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros import said
from macros.said import say, sentences
from tests.conftest import ROOT
from tests.macros.company import company_in

SPEAK = ("macros", "playbook")
"""The packages whose sentences a company's people read."""
ALOUD = {
    *("print", "info", "warning", "warn", "say", "_say", "PluginError", "Abort", "ValueError", "NotMade"),
    *("NotUpgraded", "PublishError", "VendorError", "_UnavailableError", "NodeError", "TimeoutError"),
}
"""What is called with a sentence for people."""
OURS_ALONE = {
    "macros/runtime/upgrade.py": "whoever upgrades Pyodide is a developer of ours, and reads English",
    "macros/runtime/restored.py": "runs in the browser",
    "macros/runtime/slots.py": "says what of a file of Pyodide's is unlike all others",
    "macros/company.py": "says what of our invented company is wrong",
    "macros/examples/__init__.py": "says what of our own examples is wrong",
    "macros/reference.py": "says what of our own reference is wrong",
    "macros/folder.py": "says what of our own scripts is wrong",
    "macros/policy.py": "says what of our own template is wrong",
}


def code() -> Iterator[tuple[str, ast.AST]]:
    """Yield every node of the packages that speak, and its file."""
    for package in SPEAK:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if "skeleton" not in path.parts:
                yield from ((name, node) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def test_every_sentence_is_in_both_languages() -> None:
    """With the same places; the Chinese one is Chinese."""
    for topic, names in sentences().items():
        for name, both in names.items():
            assert set(both) == {"zh", "en"}, f"{topic}.{name}"
            places = [{one for _, one, _, _ in string.Formatter().parse(both[side]) if one} for side in ("zh", "en")]
            assert places[0] == places[1], f"{topic}.{name}"
            if words := re.sub(r"\{[^}]*\}|[^\w]", "", both["en"]):
                assert words, topic
                assert re.search("[\u4e00-\u9fff，：。？]", both["zh"]), f"{topic}.{name}"


def test_what_is_said_is_there_and_nothing_besides() -> None:
    """Every key that the code names has a sentence, and every sentence is said somewhere."""
    text = "\n".join(path.read_text(encoding="utf-8") for package in SPEAK for path in (ROOT / package).rglob("*.py"))
    known = {f"{topic}.{name}" for topic, names in sentences().items() for name in names}
    named = set(re.findall(r"[\"']([a-z_]+\.[a-z_0-9]+)[\"']", text))
    of_a_kind = {f"entries.{what}" for what in ("missing", "unknown", "shape", "value", "after")}
    assert set(re.findall(r"\bsay\(\s*[\"']([a-z_]+\.[a-z_0-9]+)[\"']", text)) <= known
    assert known <= named | of_a_kind


def test_no_sentence_stands_in_the_code() -> None:
    """Whatever is printed, logged or raised for people comes from the file of sentences."""
    found = []
    for name, node in code():
        if not isinstance(node, ast.Call) or name in OURS_ALONE:
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called not in ALOUD:
            continue
        for argument in node.args:
            parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
            texts = [one.value for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            found += [f"{name}:{node.lineno}: {text}" for text in texts if re.search(r"[A-Za-z]{2,} [a-z]{2,}", text)]
    assert found == []


@pytest.mark.parametrize(
    ("environment", "own", "language"),
    [
        ({}, "", "en"),
        ({"LANG": "zh_CN.UTF-8"}, "", "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "", "en"),
        ({"LANG": "de_DE.UTF-8"}, "", "en"),
        ({"LANG": "en_US.UTF-8"}, "messages: zh\n", "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "leave_out: [zh]\n", "en"),
        ({"LANG": "en_US.UTF-8"}, "leave_out: [en, stage-4]\n", "zh"),
        ({"LANG": "zh_CN.UTF-8", "PLAYBOOK_LANG": "en"}, "messages: zh\n", "en"),
        ({"LANG": "zh_CN.UTF-8"}, "messages: fr\n", "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "messages: [\n", "zh"),
    ],
)
def test_the_language_is_this_runs_then_the_companys_then_the_computers(
    environment: dict[str, str], own: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the run is told, what the company has decided, its site's one language, and the system's."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "PLAYBOOK_LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with company_in(tmp_path, {"playbook.yml": own} if own else {}):
        assert said.language() == language


def test_names_stand_in_a_row_as_the_language_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the language's own mark between them."""
    monkeypatch.setenv("PLAYBOOK_LANG", "zh")
    assert "甲、乙" in say("copy.there", pages=["甲", "乙"])
    monkeypatch.setenv("PLAYBOOK_LANG", "en")
    assert say("copy.there", pages=["a", "b"]) == "a, b: there already, and nothing was copied"
