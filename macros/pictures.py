"""The handbook's pictures: SVG drawn at build, with a text alternative, in the page's language and the theme's colours.

Each function draws one; `PICTURES` names them for ``{{ picture("…") }}``. Colours are classes of handbook.css, so that
dark mode and paper come by themselves. Words are in pictures.toml; charts of calculators are elsewhere.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from calculators.abc_tiers.settings import AbcModel
from calculators.engine.asks.settings import BASIS_POINTS, Settings
from calculators.engine.shows.markup import Markup, join, tag
from calculators.engine.shows.text import Language, Text, base, company_words, number, percent, replaced, trimmed
from calculators.measures import measure
from calculators.method import METHOD
from calculators.stages import stage_words
from macros.examples import facts_of, in_language
from macros.glossary import words_of
from macros.said import say


@lru_cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("pictures.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Canvas:
    """What a picture is drawn with: its words and figures; ``pages`` leads to the top of the language's pages.

    ``left_out`` are the stages that the company leaves out.
    """

    name: str
    language: Language
    settings: Settings
    pages: str
    left_out: frozenset[int] = frozenset()

    @property
    def words(self) -> dict[str, Any]:
        """Return the picture's words in its language."""
        ours = in_language(_words()[self.name], self.language)
        words: dict[str, Any] = replaced(ours, company_words(self.language).get("pictures", {}).get(self.name))
        return words

    def sequence(self, parts: Sequence[str]) -> str:
        """Return parts that may have commas of their own, one after the other."""
        return {"zh": "；", "en": "; "}[base(self.language)].join(parts)

    def svg(self, width: int, height: int, *children: object, text: str, layout: str = "") -> Markup:
        """Return the drawing; ``text`` says what it shows, ``layout`` tells two drawings of one picture apart."""
        identity = f"picture-{self.name.replace('_', '-')}{layout and '-' + layout}"
        return tag(
            "svg",
            tag("title", self.words["title"], id=f"{identity}-title"),
            tag("desc", text, id=f"{identity}-text"),
            *children,
            viewBox=f"0 0 {width} {height}",
            width=width,
            height=height,
            role="img",
            aria_labelledby=f"{identity}-title",
            aria_describedby=f"{identity}-text",
            class_=f"pb-drawing pb-drawing-{layout}" if layout else "pb-drawing",
            xmlns="http://www.w3.org/2000/svg",
        )


def picture(
    name: str, language: Language, settings: Settings, *, pages: str, left_out: frozenset[int] = frozenset()
) -> Markup:
    """Return a picture with its caption; ``pages`` leads to the top of the language's pages.

    ``left_out`` are the stages that the company leaves out.
    """
    if name not in PICTURES:
        raise ValueError(say("names.picture", name=name, known=list(PICTURES)))
    canvas = Canvas(name, language, settings, pages, left_out)
    return tag(
        "figure",
        PICTURES[name](canvas),
        tag("figcaption", canvas.words["caption"]),
        class_="pb-picture",
    )


# --- strokes -----------------------------------------------------------------------------------------


def box(x: float, y: float, width: float, height: float, class_: str, *, radius: int = 4) -> Markup:
    """Return a rectangle."""
    return tag("rect", x=f"{x:g}", y=f"{y:g}", width=f"{width:g}", height=f"{height:g}", rx=radius, class_=class_)


def words(
    x: float, y: float, lines: str | Sequence[str], size: int, class_: str = "ink", *, anchor: str = "start"
) -> Markup:
    """Return one line of text or several, the first with its baseline at ``y``."""
    rows = [lines] if isinstance(lines, str) else lines
    return tag(
        "text",
        [tag("tspan", row, x=f"{x:g}", y=f"{y + place * size * 1.4:g}") for place, row in enumerate(rows)],
        font_size=size,
        text_anchor=anchor,
        class_=class_,
    )


def shape(points: Sequence[tuple[float, float]], class_: str) -> Markup:
    """Return a polygon."""
    return tag("polygon", points=" ".join(f"{x:g},{y:g}" for x, y in points), class_=class_)


def _percent(share: int | Fraction) -> str:
    return trimmed(percent(share))


# --- the pictures ------------------------------------------------------------------------------------


def stage_map(canvas: Canvas) -> Markup:
    """Draw the four stages as steps that carry each other, wide, and tall for telephones; each leads to its page.

    The links lie over the drawing as HTML: Material's instant navigation stumbles over links inside SVG.
    """
    stages = [(nth, stage) for nth, stage in enumerate(canvas.words["stages"], 1) if nth not in canvas.left_out]
    text = canvas.words["text"].format(steps=canvas.sequence([stage["step"] for _, stage in stages]))
    column, layer, row = 239, 54, 94
    ground = 190 + (len(stages) - 1) * layer
    width, height = 956, ground + layer  # as wide with fewer stages, so that words keep their size
    wide: list[Markup] = []
    tall: list[Markup] = []
    links: list[Markup] = []
    for place, (stage_number, stage) in enumerate(stages):
        x, y, top = place * column, ground - place * layer, place * row
        wide += [
            box(x, y, width - x, layer - 8, f"stage-{stage_number}"),
            words(x + 14, y + 30, stage["leaves"], 15, "on-stage strong"),
            words(x, y - 78, stage["range"], 15, f"stage-ink-{stage_number} strong"),
            words(x, y - 52, stage["name"], 21, "ink strong"),
            words(x, y - 28, stage["core"], 14, "soft-ink"),
        ]
        tall += [
            box(0, top, 104, row - 8, f"stage-{stage_number}"),
            words(52, top + 49, stage["range"], 14, "on-stage strong", anchor="middle"),
            words(118, top + 26, stage["name"], 18, "ink strong"),
            words(118, top + 50, stage["core"], 14, "soft-ink"),
        ]
        area = (x - 8, y - 104, column - 8, 96 + layer)
        share = [f"{100 * part / whole:.2f}%" for part, whole in zip(area, (width, height) * 2, strict=True)]
        links.append(
            tag(
                "a",
                f"{stage['range']} {stage['name']}",
                href=canvas.pages + stage["page"],
                style=f"--left: {share[0]}; --top: {share[1]}; --width: {share[2]}; --height: {share[3]}; "
                f"--row: {100 * place / len(stages):g}%",
            )
        )
    return tag(
        "div",
        canvas.svg(width, height, wide, text=text, layout="wide"),
        canvas.svg(360, len(stages) * row, tall, text=text, layout="tall"),
        links,
        class_="pb-stage-map",
    )


def funnel(canvas: Canvas) -> Markup:
    """Draw the funnel of an invented example: what goes on from step to step, and what is lost."""
    said = canvas.words
    funnel = facts_of("stage-3/cockpit", canvas.language)["funnel"]
    named = [(stage_words(name, canvas.language).title, count) for name, count in funnel.items()]
    row, half, narrower = 76, 150, 0.8 / len(named)
    parts: list[Markup] = []
    for place, (name, count) in enumerate(named):
        y = place * row
        top = half * (1 - place * narrower)
        bottom = half * (1 - (place + 0.72) * narrower)
        parts.append(
            shape(
                [(half - top, y), (half + top, y), (half + bottom, y + 54), (half - bottom, y + 54)],
                f"stage-{min(place + 1, 4)}",
            )
        )
        parts.append(words(half, y + 24, name, 14, "on-stage strong", anchor="middle"))
        parts.append(words(half, y + 43, number(count), 15, "on-stage strong", anchor="middle"))
        if place:
            _, before = named[place - 1]
            passed = said["passed"].format(share=_percent(Fraction(count, before)))
            lost = said["lost"].format(count=number(before - count))
            parts.append(words(half + 160, y - 18, passed, 13, "ink"))
            parts.append(words(half + 160, y + 2, lost, 13, "soft-ink"))
    steps = [said["step"].format(name=name, count=number(count)) for name, count in named]
    listed = Text(canvas.language, canvas.settings).listed(steps)
    return canvas.svg(430, len(named) * row - 18, parts, text=said["text"].format(steps=listed))


def tier_pyramid(canvas: Canvas) -> Markup:
    """Draw the company's ABC model: a pyramid of customers whose layers are as high as their shares, and revenues."""
    said, model = canvas.words, canvas.settings.section(AbcModel)
    height, half, top = 234, 110, 30
    parts = [
        words(half, 16, said["customers"], 13, "soft-ink", anchor="middle"),
        words(250, 16, said["revenue"], 13, "soft-ink"),
    ]
    described: list[str] = []
    above = 0
    for tier in model.customers:
        share, revenue = model.customers[tier], model.revenue[tier]
        y, below = top + height * above / BASIS_POINTS, top + height * (above + share) / BASIS_POINTS
        reach = half * above / BASIS_POINTS, half * (above + share) / BASIS_POINTS
        middle = (y + below) / 2
        parts.append(
            shape(
                [
                    (half - reach[0], y),
                    (half + reach[0], y),
                    (half + reach[1], below - 3),
                    (half - reach[1], below - 3),
                ],
                f"tier-{tier.lower()}",
            )
        )
        shown = _percent(Fraction(share, BASIS_POINTS)), _percent(Fraction(revenue, BASIS_POINTS))
        place = middle + 5 if above else (y + 2 * below) / 3 + 4
        parts.append(
            words(half, place, f"{tier} {shown[0]}" if above else tier, 14, "on-stage strong", anchor="middle")
        )
        if not above:
            parts.append(words(half + 30, place, shown[0], 14, "ink strong"))
        parts.append(box(250, middle - 11, max(2, 130 * revenue / BASIS_POINTS), 22, f"tier-{tier.lower()}", radius=2))
        parts.append(words(258 + 130 * revenue / BASIS_POINTS, middle + 5, shown[1], 14, "ink strong"))
        described.append(said["tier"].format(tier=tier, customers=shown[0], revenue=shown[1]))
        above += share
    listed = canvas.sequence(described)
    return canvas.svg(430, top + height, parts, text=said["text"].format(tiers=listed))


def five_lines(canvas: Canvas) -> Markup:
    """Draw the five lines as a stave with a note for each measure, wide, and tall for telephones."""
    said = canvas.words
    wide: list[Markup] = []
    tall: list[Markup] = []
    described: list[str] = []
    text = Text(canvas.language, canvas.settings)
    for place, line in enumerate(said["lines"]):
        y, low = 30 + place * 52, 52 + place * 74
        wide += [_rule(y, 600), words(0, y - 8, line["name"], 15, "ink strong")]
        tall += [_rule(low, 360), words(0, low - 30, line["name"], 15, "ink strong")]
        names = [words_of(measure(name), canvas.language).title for name in line["measures"]]
        for note, name in enumerate(names):
            x, narrow = 100 + note * 172, 8 + note * 352 / len(line["measures"])
            wide += [_note(x, y, place), words(x + 14, y - 8, name, 14)]
            tall += [_note(narrow, low, place), words(narrow + 2, low - 9, name, 13)]
        described.append(said["line"].format(name=line["name"], measures=text.listed(names)))
    text_alternative = said["text"].format(lines=canvas.sequence(described))
    return join(
        [
            canvas.svg(600, 250, wide, text=text_alternative, layout="wide"),
            canvas.svg(360, 360, tall, text=text_alternative, layout="tall"),
        ]
    )


def _rule(y: float, width: float) -> Markup:
    return tag("line", x1=0, y1=f"{y:g}", x2=f"{width:g}", y2=f"{y:g}", class_="rule")


def _note(x: float, y: float, line: int) -> Markup:
    slant = f"rotate(-18 {x:g} {y:g})"
    return tag("ellipse", cx=f"{x:g}", cy=f"{y:g}", rx=8, ry=6, class_=f"line-{line + 1}", transform=slant)


def nine_box(canvas: Canvas) -> Markup:
    """Draw the nine-box with the three boxes that the source describes and the six of which it says nothing."""
    said = canvas.words
    shares = {
        "star": _percent(Fraction(METHOD["star_share"].value, 100)),
        "exit": _percent(Fraction(METHOD["improvement_share"].value, 100)),
    }
    described = {(2, 2): "star", (2, 1): "potential", (0, 0): "exit"}
    side, left, bottom = 104, 56, 322
    parts: list[Markup] = []
    for column in range(3):
        for row in range(3):
            name = described.get((column, row), "unsaid")
            x, y = left + column * side, bottom - (row + 1) * side
            parts.append(box(x, y, side - 6, side - 6, f"cell cell-{name}"))
            lines = [line.format(**shares) for line in said[name]]
            size = 13 if name == "unsaid" else 15
            ink = "soft-ink" if name == "unsaid" else "ink strong"
            parts.append(
                words(x + side / 2 - 3, y + side / 2 + 3 - 10 * (len(lines) - 1), lines, size, ink, anchor="middle")
            )
    for place, level in enumerate(said["levels"]):
        parts.append(words(left + (place + 0.5) * side - 3, bottom + 14, level, 13, "soft-ink", anchor="middle"))
        parts.append(words(left - 8, bottom - (place + 0.5) * side, level, 13, "soft-ink", anchor="end"))
    parts.append(words(left + 1.5 * side, bottom + 36, f"{said['output']} →", 14, "ink strong", anchor="middle"))
    upright = words(0, 0, f"{said['results']} →", 14, "ink strong", anchor="middle")
    parts.append(tag("g", upright, transform=f"translate(14 {bottom - 1.5 * side:g}) rotate(-90)"))
    return canvas.svg(left + 3 * side, bottom + 44, parts, text=said["text"].format(**shares))


def ladder(canvas: Canvas) -> Markup:
    """Draw the three steps of customer value."""
    said = canvas.words
    column, rise, ground = 148, 52, 232
    parts: list[Markup] = []
    described: list[str] = []
    for place, step in enumerate(said["steps"]):
        x, y = place * column, ground - 96 - place * rise
        parts.append(box(x, y, column - 8, ground - y, f"stage-{place + 2}"))
        parts.append(words(x + 12, y + 28, step["name"], 16, "on-stage strong"))
        parts.append(words(x + 12, y + 54, step["becomes"], 13, "on-stage"))
        becomes = ("" if base(canvas.language) == "zh" else " ").join(step["becomes"])
        described.append(said["step"].format(name=step["name"], becomes=becomes))
    listed = canvas.sequence(described)
    return canvas.svg(3 * column - 8, ground, parts, text=said["text"].format(steps=listed))


PICTURES: Mapping[str, Callable[[Canvas], Markup]] = {
    drawn.__name__: drawn for drawn in (stage_map, funnel, tier_pyramid, five_lines, nine_box, ladder)
}
