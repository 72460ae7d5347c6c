"""What the build and the commands say to whoever runs them, in that person's language.

Every sentence stands in ``said.toml``, in both languages side by side; `say` is the only way to one. Not here: what
the site itself says to its readers, and what is wrong with a setting (``calculators/engine/shows/words/settings``),
which is told in the language that is chosen here, too.
"""

import locale
import os
import tomllib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import calculators
from calculators.configuration import OWN_FILE, Misconfigured, site_choices
from calculators.engine.shows.text import LANGUAGES, Language, base

CHOICE = "PLAYBOOK_LANG"
"""The variable that says it for one run; ``--lang`` of the commands sets it."""


def say(key: str, /, **params: object) -> str:
    """Return a sentence (``layers.replaces_none``) with its places filled in; several names are put in a row.

    Raises KeyError for a key that the file does not have.
    """
    speaks = language()
    topic, _, name = key.partition(".")
    between = {"zh": "、", "en": ", "}[speaks]
    shown = {place: _in_a_row(value, between) for place, value in params.items()}
    return sentences()[topic][name][speaks].format(**shown)


@contextmanager
def spoken(told: Language | None) -> Iterator[None]:
    """Have all be said in a language that this run is told, if it is."""
    before = os.environ.get(CHOICE)
    if told:
        os.environ[CHOICE] = told
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(CHOICE, None)
        else:
            os.environ[CHOICE] = before


def language() -> Language:
    """Return the language of whoever runs the build or a command.

    What this run is told (`CHOICE`), else what the company has decided (``messages`` in its playbook.yml), else the one
    language of its site, else that of the computer; English where that is neither of ours.
    """
    own = calculators.COMPANY / OWN_FILE
    written = own.read_text(encoding="utf-8", errors="replace") if own.is_file() else ""
    asked = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return _language(os.environ.get(CHOICE, ""), calculators.COMPANY, written, asked)


@lru_cache
def _language(told: str, company: Path, _written: str, asked: str) -> Language:
    if told in LANGUAGES:
        return told
    try:
        choices = site_choices(company)
    except Misconfigured:  # which the build tells by itself
        choices = None
    if choices and choices.messages:
        return base(choices.messages.value)
    left = [one for one in LANGUAGES if choices and one not in [line.value for line in choices.leave_out]]
    if len(left) == 1:
        return left[0]
    return base("zh" if (asked or locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en")


@lru_cache
def sentences() -> Mapping[str, Mapping[str, Mapping[Language, str]]]:
    """Return every sentence by topic, name and language."""
    read: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return read


def _in_a_row(value: object, between: str) -> object:
    return between.join(map(str, value)) if isinstance(value, Collection) and not isinstance(value, str) else value
