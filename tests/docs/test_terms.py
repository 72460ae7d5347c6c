"""The words of the trade: what readers of the trade found wrong is said nowhere any more, in either language."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from calculators.engine.shows.text import LANGUAGES, Language
from tests.conftest import ROOT

TERMS = tomllib.loads((Path(__file__).parent / "terms.toml").read_text(encoding="utf-8"))
NAMES = re.compile(r"\{\{.*?\}\}|\{#[^}]*\}|\{[^{}]*:[^{}]*\}|\]\([^)]*\)|`[^`]*`|https?://\S+", re.DOTALL)
"""What is code within words: macros, placeholders, addresses."""
RECOGNISED = {"also", "formerly"}
"""Keys whose words exist to be recognised, not to be read."""


def _strings(value: Any, language: Language, said: bool) -> Iterator[str]:
    """Yield the strings of one language; ``said`` tells that all that is below is in it."""
    if isinstance(value, str):
        if said:
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, language, said)
    elif isinstance(value, dict):
        for key, item in value.items():
            mine = key == language or (key.startswith(f"{language}_") and not key.endswith("_not"))
            others = any(key == other or key.startswith(f"{other}_") for other in LANGUAGES if other != language)
            if key not in RECOGNISED and not key.endswith("_also") and not others:
                yield from _strings(item, language, said or mine)


def words(language: Language) -> Iterator[tuple[str, str]]:
    """Yield what readers of a language read, each with the file it stands in."""
    for page in sorted((ROOT / "docs" / language).rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        for line in text.split("\n"):
            yield str(page.relative_to(ROOT)), line
    for folder in ("calculators", "macros", "docs"):
        for file in sorted((ROOT / folder).rglob("*.toml")):
            parts = file.name.split(".")
            other = any(part in LANGUAGES and part != language for part in parts)
            if other or file.name in ("headings.toml", "currencies.toml") or "runtime" in file.parts:
                continue
            content = tomllib.loads(file.read_text(encoding="utf-8"))
            for string in _strings(content, language, language in parts):
                yield str(file.relative_to(ROOT)), string


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_discarded_term_is_read(language: Language) -> None:
    """No page, label, note or template says a discarded term; each names the word to use in its place."""
    found = []
    terms = [(re.compile(term["not"], re.IGNORECASE), term) for term in TERMS[language]]
    for place, text in words(language):
        for pattern, term in terms:
            kept = text
            for exception in term.get("unless", ()):
                kept = kept.replace(exception["part"], " ")
            kept = NAMES.sub(" ", kept)
            found += [f"{place}: “{hit[0]}”; say {term['say']}: {text[:120]}" for hit in pattern.finditer(kept)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_exception_is_still_needed(language: Language) -> None:
    """An exception whose words are gone, or that has no reason, is taken off the list."""
    texts = [text for _, text in words(language)]
    for term in TERMS[language]:
        for exception in term.get("unless", ()):
            assert exception["why"]
            assert any(exception["part"] in text for text in texts), exception["part"]


@pytest.mark.parametrize("page", sorted((ROOT / "docs/zh").rglob("*.md")), ids=lambda page: "/".join(page.parts[-2:]))
def test_a_linked_latin_word_stands_apart_from_chinese(page: Path) -> None:
    """Between a Chinese character and a Latin word or digit there is a space, whether or not the word is a link."""
    text = page.read_text(encoding="utf-8")
    assert not re.findall(r"[\u4e00-\u9fff]\[[A-Za-z0-9][^\]]*\]\(|\[[^\]]*[A-Za-z0-9]\]\([^)]*\)[\u4e00-\u9fff]", text)
