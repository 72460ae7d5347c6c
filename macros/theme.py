"""How a company's playbook looks: its logo, its colours as a few named tokens, styles and images of its own.

All of it is in ``theme`` of the company's folder: ``logo`` and ``favicon`` (SVG, PNG…), ``theme.toml`` (colours),
any other file as it is, and ``.css`` files after ours. Our own tokens are in docs/assets/stylesheets/theme.css.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from macros import layers
from macros.checks import nearest
from macros.said import say

ADDRESS = "assets/theme/"
"""Where the company's own are in the site."""
COLOURS = "colours.css"
IMAGES = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico"}
SURFACES = ("background", "soft", "line", "text", "muted")
"""Tokens whose colour by day is none by night: both are to be said."""
TOKENS = (
    "header",
    "on_header",
    "accent",
    "on_accent",
    *SURFACES,
    "error",
    "caution",
    "caution_soft",
    *(f"stage_{stage}" for stage in range(1, 5)),
    *(f"tier_{tier}" for tier in "abc"),
)
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_OF_MATERIAL = {
    "header": ("--md-primary-fg-color", "--md-primary-fg-color--light"),
    "on_header": ("--md-primary-bg-color", "--md-primary-bg-color--light"),
    "accent": ("--md-accent-fg-color",),
    "on_accent": ("--md-accent-bg-color",),
    "text": ("--md-default-fg-color",),
    "background": ("--md-default-bg-color",),
}


def folder() -> Path:
    """Return where the company's theme is, if it has one."""
    return layers.COMPANY / "theme"


def files() -> dict[str, Path]:
    """Return what is published as it is, by its address in the site."""
    return {
        f"{ADDRESS}{path.relative_to(folder()).as_posix()}": path
        for path in sorted(folder().rglob("*"))
        if path.is_file() and path.suffix != ".toml" and not path.name.startswith(".")
    }


def image(name: str) -> str:
    """Return the address of the company's own image of a name, whatever its kind; empty where there is none."""
    return next((at for at, path in files().items() if path.stem == name and path.suffix.lower() in IMAGES), "")


def styles() -> list[str]:
    """Return the addresses of the company's styles, in the order in which they are laid over ours."""
    own = [address for address in files() if address.endswith(".css")]
    return [ADDRESS + COLOURS, *own] if _colours() else own


def colours() -> str:
    """Return the company's colours as a style: they win by day and by night, over ours and over the theme's."""
    day, night = [], []
    for token, colour in _colours().items():
        if not isinstance(both := _both(token, colour), tuple):
            continue
        own = [] if token in ("header", "on_header") else [f"--pb-{token.replace('_', '-')}"]
        for name in (*own, *_OF_MATERIAL.get(token, ())):
            day.append(f"  {name}: {both[0]};")
            night.append(f"  {name}: {both[1]};")
        if token == "header":
            day.append(f"  --md-primary-fg-color--dark: color-mix(in srgb, {both[0]} 80%, black);")
            night.append(f"  --md-primary-fg-color--dark: color-mix(in srgb, {both[1]} 80%, black);")
    scheme = "[data-md-color-scheme{}][data-md-color-primary]"
    by_day, by_night = (f":root, {scheme.format('')} {{", *day, "}"), (f"{scheme.format('=slate')} {{", *night, "}")
    paper = ("@media print {", f"{scheme.format('')} {{", *day, "}", "}")
    return "\n".join((*by_day, *by_night, *paper, ""))


def _both(token: str, colour: object) -> tuple[str, str] | str:
    """Return a token's colours by day and by night, or what is wrong with them."""
    if isinstance(colour, Mapping) and set(colour) == {"light", "dark"}:
        pair = str(colour["light"]), str(colour["dark"])
    elif not isinstance(colour, str):
        return say("theme.not_a_colour", token=token)
    elif token in SURFACES:
        return say("theme.for_both", token=token)
    elif token.startswith("on_"):
        pair = colour, colour
    else:
        mixed = ("45%", "black") if token in ("header", "caution_soft") else ("55%", "white")
        pair = colour, f"color-mix(in srgb, {colour} {mixed[0]}, {mixed[1]})"
    said = colour.values() if isinstance(colour, Mapping) else (colour,)
    if wrong := [one for one in said if not _COLOUR.fullmatch(str(one))]:
        return say("theme.colour", token=token, colour=wrong[0])
    return pair


def _colours() -> dict[str, Any]:
    path = folder() / "theme.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig")).get("colours", {}) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {}


def wrong() -> Iterator[tuple[str, str]]:
    """Yield each token that has no colour, or is none, and what is wrong with it."""
    for token, colour in _colours().items():
        if token not in TOKENS:
            yield token, say("theme.no_token", token=token, nearest=nearest(token, TOKENS), tokens=TOKENS)
        elif isinstance(said := _both(token, colour), str):
            yield token, said
