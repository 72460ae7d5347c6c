"""What may stand in a company's playbook.yml, told from where it is read: as tables of pages, and as the file itself.

The handbook's table and README's are made here, and the file that `python -m playbook init` writes; none of them
repeats what `calculators.engine.asks.settings` and the calculators' own sections declare.
"""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

import yaml

from calculators import CALCULATORS
from calculators.engine.asks.settings import Settings, declared, sections
from calculators.engine.shows.text import LANGUAGES, Language, Text, base
from macros.pages import literal

_TOP = "extra.playbook."


class Setting(NamedTuple):
    """A setting: its place (``abc.customers``), what it means, what it takes, and its value."""

    place: str
    meaning: str
    takes: str
    value: Any


def settings_in(language: Language, settings: Settings) -> Iterator[Setting]:
    """Yield every setting in the order of the file, with its value there.

    Raises KeyError naming the words that a calculator lacks for a setting of its own (``rebates.setting.limit``).
    """
    text, takes = Text(language, Settings()), declared()
    owners = {one.section.KEY: name for name, one in CALCULATORS.items() if one.section}
    for key, value in settings.as_mapping().items():
        grouped = key in sections() and key != "roles"
        for name, inner in value.items() if grouped else {"": value}.items():
            place = f"{key}.{name}".rstrip(".")
            words = f"{owners[key]}.setting.{name}" if key in owners else f"settings.meaning.{place}"
            yield Setting(place, text(words), text.said(takes[_TOP + place]), inner)


def written(value: Any) -> str:
    """Return a value as the file has it, on one line.

    >>> written({"A": 20, "B": {"en": "Mid: low"}}), written(True), written("USD")
    ("{A: 20, B: {en: 'Mid: low'}}", 'true', 'USD')
    """
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000)
    return text.removesuffix("\n").removesuffix("\n...").strip()


def table(language: Language, settings: Settings | None = None) -> str:
    """Return every setting as a Markdown table, with the value in force; with our default where none are given.

    The latter is README's. A page is narrower, so that what a setting takes stands below what it means; and nothing of
    a value is taken for more than a text there.
    """
    meaning, takes, now, default, what = {
        "zh": ("意思", "可以写", "现在的值", "默认值", "项"),
        "en": ("Meaning", "Takes", "Now", "Default", "Setting"),
    }[base(language)]
    told = settings_in(language, settings or Settings())
    if settings is None:
        heads: tuple[str, ...] = (what, meaning, takes, default)
        rows: list[tuple[str, ...]] = [
            (f"`{one.place}`", one.meaning, one.takes.strip(), f"`{written(one.value)}`") for one in told
        ]
    else:
        heads = (what, f"{meaning}<br>{takes}", now)
        rows = [
            (
                f"`{one.place}`",
                f"{literal(one.meaning)}<br><small>{literal(one.takes.strip())}</small>",
                literal(_said(one)),
            )
            for one in told
        ]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, ("---",) * len(heads), *rows))


def _said(one: Setting) -> str:
    """Return a value as a page says it: the company's names as they are, all else as the file has it."""
    return " / ".join(one.value.values()) if one.place == "company" else written(one.value)


def as_file(settings: Settings, languages: tuple[Language, ...] = LANGUAGES, decided: Collection[str] = ()) -> str:
    """Return playbook.yml with a line for every setting, below what it means and takes.

    The line is a comment where the value is our default and not among those that are ``decided``: an upgrade may
    bring a better one.

    >>> as_file(Settings(currency="EUR"), ("en",)).splitlines()[2:7:4]
    ['# company: {zh: 示例公司, en: Example Company}', 'currency: EUR']
    """
    told: dict[str, list[Setting]] = {}
    ours = {one.place: one.value for one in settings_in("en", Settings())}
    active = {one.place for one in settings_in("en", settings) if one.place in decided or one.value != ours[one.place]}
    groups = {place.partition(".")[0] for place in active}
    for language in languages:
        for one in settings_in(language, settings):
            told.setdefault(one.place, []).append(one)
    lines: list[str] = []
    group = ""
    for place, said in told.items():
        key, _, name = place.partition(".")
        if name and key != group:
            lines += ["", f"{'' if key in groups else '# '}{key}:"]
        elif not name:
            lines.append("")
        group, indent = key, "  " if name else ""
        for one in said:
            lines.append(f"{indent}# {one.meaning}")
            lines.append(f"{indent}#   {one.takes.strip()}")
        lines.append(f"{indent}{'' if place in active else '# '}{name or key}: {written(said[0].value)}")
    return "\n".join(lines).lstrip("\n") + "\n"
