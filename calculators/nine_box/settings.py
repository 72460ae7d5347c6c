"""The talent grid as a company sets it: ``nine_box`` of its playbook.yml."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from calculators.engine.asks.former import Former, Key
from calculators.engine.asks.settings import Reader, Section, unscaled

BOXES = (
    *("improvement", "climber", "method_first"),
    *("steady_seller", "core", "high_potential"),
    *("lone_ace", "mainstay", "star"),
)
"""The nine boxes: performance from low to high, and in each of its levels output from low to high."""


@dataclass(frozen=True)
class NineBoxModel(Section):
    """The talent grid: where its cut-offs are, all of them ours, and what the company calls the boxes.

    ``performance`` cut-offs are attainment in basis points, ``output`` ones points of 100 in hundredths,
    ``percentiles`` percentile ranks among those placed in basis points: low and high of each. ``borderline`` is how
    much of an axis' span counts as close to a cut-off (basis points), ``months`` of service come before anybody is
    placed, ``full_output`` weighted pieces of output (hundredths) make 100 points. ``boxes`` has a company's own
    words, ``{box: {"name" or "advice": {language: text}}}``.
    """

    performance: tuple[int, int] = (8_000, 10_000)
    output: tuple[int, int] = (4_000, 7_000)
    percentiles: tuple[int, int] = (3_000, 7_000)
    borderline: int = 200
    months: int = 6
    full_output: int = 1_000
    boxes: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)

    KEY: ClassVar = "nine_box"

    @classmethod
    def read(cls, reader: Reader, place: str, raw: object) -> "NineBoxModel":
        """Read ``extra.playbook.nine_box``."""
        default = cls()
        given = reader.mapping(place, raw, tuple(one.name for one in fields(cls)), (Key("borderline", Former("near")),))
        return cls(
            performance=reader.band(f"{place}.performance", given.get("performance"), default.performance, 1_000),
            output=reader.band(f"{place}.output", given.get("output"), default.output, 100),
            percentiles=reader.band(f"{place}.percentiles", given.get("percentiles"), default.percentiles, 100),
            borderline=reader.hundredths(
                f"{place}.borderline", given.get("borderline", unscaled(default.borderline)), 20
            ),
            months=reader.whole(f"{place}.months", given.get("months", default.months), 0, 60),
            full_output=reader.hundredths(
                f"{place}.full_output", given.get("full_output", unscaled(default.full_output)), 10_000, least=1
            ),
            boxes=_read_boxes(reader, f"{place}.boxes", given.get("boxes")),
        )

    def as_mapping(self) -> dict[str, Any]:
        """Return it as mkdocs.yml has it."""
        bands = {name: getattr(self, name) for name in ("performance", "output", "percentiles")}
        return {
            **{name: {"low": unscaled(low), "high": unscaled(high)} for name, (low, high) in bands.items()},
            "borderline": unscaled(self.borderline),
            "months": self.months,
            "full_output": unscaled(self.full_output),
            "boxes": {box: {part: dict(words) for part, words in parts.items()} for box, parts in self.boxes.items()},
        }

    def own_words(self) -> dict[str, Mapping[str, str]]:
        """Return what the company calls the boxes and advises in them."""
        return {
            f"nine_box.box.{box}.{part}": words for box, parts in self.boxes.items() for part, words in parts.items()
        }


def _read_boxes(reader: Reader, place: str, raw: object) -> dict[str, dict[str, dict[str, str]]]:
    boxes: dict[str, dict[str, dict[str, str]]] = {}
    for box, parts in reader.mapping(place, raw, BOXES).items():
        for part, words in reader.mapping(f"{place}.{box}", parts, ("name", "advice")).items():
            boxes.setdefault(box, {})[part] = reader.in_both(f"{place}.{box}.{part}", words)
    return boxes
