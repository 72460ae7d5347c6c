"""What readers search in: each language's own index, other names of pages, the dictionary that cuts Chinese words.

The search itself is in docs/assets/javascripts/search.js; other names are in docs/synonyms.toml.
"""

import json
import marshal
import sys
import tomllib
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import jieba

from calculators.engine.shows.text import side
from macros.layers import OURS
from macros.runtime.cache import Cache


def read_dictionary() -> None:
    """Have jieba, which cuts Chinese for search, keep what it has read of its dictionary in this build's own cache.

    By itself it reads and writes a file of a known name in the computer's folder for temporary ones, which all share.
    """
    tokens = jieba.dt
    if tokens.initialized:
        return
    written = tokens.get_dict_file().read()

    def make() -> dict[str, bytes]:
        return {"jieba.bin": marshal.dumps(tokens.gen_pfdict(tokens.get_dict_file()))}

    try:
        kept = Cache().step("jieba", [written, sys.version.encode()], make)["jieba.bin"].read_bytes()
    except OSError:  # a cache that nobody may write
        kept = make()["jieba.bin"]
    tokens.FREQ, tokens.total = marshal.loads(kept)
    tokens.initialized = True


def split_index(site: Path, first: str, languages: list[str]) -> None:
    """Give each language of a built site the search entries of its own pages, and nobody the others'.

    The ``first`` language is at the root of the site, the others are in folders.
    """
    index: dict[str, Any] = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    entries: list[dict[str, Any]] = index["docs"]
    built: dict[str, list[dict[str, Any]]] = {}
    for language in languages:
        prefix = f"{language}/"
        own = [entry for entry in entries if entry["location"].startswith(prefix)]
        entries = [entry for entry in entries if not entry["location"].startswith(prefix)]
        built[language] = [{**entry, "location": entry["location"].removeprefix(prefix)} for entry in own]
    built[first] = entries
    for language, own in built.items():
        root = site if language == first else site / language
        _write_index(root, {**index, "docs": [*own, *also_called(language, own)]})
        _write_pages(root, language, built)


def also_called(language: str, built: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a search entry for each built page that readers also look for by other words (docs/synonyms.toml).

    ``also`` are the words; search.js compares them with what is typed, and they are no text that words are found in.
    """
    pages = {entry["location"] for entry in built}
    called = {page: side(words, language) for page, words in _synonyms().items() if page in pages}
    return [{"location": f"{page}#also", "title": "", "text": "", "also": also} for page, also in called.items()]


def _synonyms() -> dict[str, dict[str, list[str]]]:
    """Return what pages are also called, by address and language."""
    listed = tomllib.loads((OURS / "synonyms.toml").read_text(encoding="utf-8"))["also"]
    return {f"{entry['page'].removesuffix('.md')}.html": entry for entry in listed}


def _write_index(root: Path, index: object) -> None:
    """Write a search index; its script is what Material's takes in a page opened from a folder."""
    _write_with_script(root, "search_index", "__index", index)


def _write_pages(root: Path, language: str, built: Mapping[str, list[dict[str, Any]]]) -> None:
    """Write what palette.js finds pages by: address, title, and in both languages what else they are called."""
    titles = {
        name: {one["location"]: unescape(one["title"]) for one in entries if "#" not in one["location"]}
        for name, entries in built.items()
    }
    others = [of for name, of in titles.items() if name != language]
    also = {page: " ".join([*words["zh"], *words["en"]]) for page, words in _synonyms().items()}
    pages = [
        [page, title, " ".join([*(of.get(page, "") for of in others), also.get(page, "")]).strip()]
        for page, title in titles[language].items()
    ]
    _write_with_script(root, "pages", "playbookPages", pages)


def _write_with_script(root: Path, name: str, variable: str, content: object) -> None:
    """Write JSON for the search, and once more as a script for pages opened from a folder."""
    folder = root / "search"
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (folder / f"{name}.json").write_text(text, encoding="utf-8")
    (folder / f"{name}.js").write_text(f"var {variable} = {text};\n", encoding="utf-8")
