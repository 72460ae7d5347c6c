"""A language of the company's own: a folder of pages and its words. What it lacks, page by page and word by word.

It is found by being there (``docs/ja`` or ``text/ja.toml`` in the company's folder). Until it has everything the build
stops with what is missing; with ``fallback: {ja: en}`` in playbook.yml the rest is as in the language it is made from
(`base`), and only counted.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from calculators.configuration import Misconfigured, Mistake, site_choices
from calculators.engine.asks.errors import InputError
from calculators.engine.shows.text import LANGUAGES, Language, base, company_words
from macros import layers
from macros.own import words
from macros.said import say
from macros.shown import Shown


def filled_up() -> frozenset[str]:
    """Return the languages whose gaps the company lets us fill. Raises Misconfigured for what cannot be."""
    wrong, found = [], set()
    for language, line in site_choices(layers.COMPANY).fallback:
        if language in LANGUAGES or line.value != base(language):
            said = {"value": f"{language}: {line.value}"}
            wrong.append(Mistake(line.where, InputError("fallback", "settings.no_fallback", said)))
        found.add(language)
    if wrong:
        raise Misconfigured(wrong)
    return frozenset(found)


def added(what: Shown) -> tuple[Language, ...]:
    """Return the company's own languages that it shows."""
    return tuple(language for language in what.languages if language not in LANGUAGES)


def lacks(language: Language, what: Shown, groups: Mapping[str, str]) -> list[str]:
    """Return what a language of the company's own lacks, a sentence each: its pages, then its words."""
    folder = layers.COMPANY.name
    found = []
    for page in layers.pages():
        of, _, name = page.partition("/")
        if of == base(language) and what.has(name) and not (layers.OWN / language / name).is_file():
            original = layers.named(page)
            found.append(say("languages.no_page", folder=folder, language=language, page=name, original=original))
    own = company_words(language)
    called = {name: own.get("navigation", {}).get(title) for title, name in groups.items()}
    own = {**own, "navigation": {**called, **own.get("navigation", {})}}
    needed = {**words(base(language), {name: name for name in groups.values()}), "site": {"language": language}}
    missing = _missing(needed, own)
    return found + [
        say("languages.no_word", folder=folder, language=language, key=key, word=word) for key, word in missing
    ]


def _missing(ours: Mapping[str, Any], own: Any, at: str = "") -> Iterator[tuple[str, str]]:
    for key, word in ours.items():
        place = f"{at}.{key}".lstrip(".")
        given = own.get(key) if isinstance(own, Mapping) else None
        if isinstance(word, Mapping):
            yield from _missing(word, given, place)
        elif given is None:
            yield place, ", ".join(map(str, word)) if isinstance(word, list) else str(word)
