"""The method's figures: what the source states, and the few that we added, each with its unit and place.

The figures themselves are in ``method.toml``. What a company sets for itself is in ``settings.py``.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

MethodKind = Literal["aim", "practice", "model", "claim"]


@dataclass(frozen=True)
class MethodFigure:
    """A whole number of ``unit``, what it is called in each language, and who says so.

    ``place`` is where in the source: stage (0 the opening, 5 the closing), duty, item, point. An ``aim`` is
    to be reached, a ``practice`` is part of a way of working; a ``model`` and a ``claim`` are said to be so
    without evidence.
    """

    value: int
    unit: str
    place: str
    kind: MethodKind
    zh: str
    en: str
    origin: Literal["source", "ours"] = "source"

    @property
    def claim(self) -> bool:
        """Whether the source says that something is or was so, and gives no evidence."""
        return self.origin == "source" and self.kind in ("model", "claim")


METHOD: Mapping[str, MethodFigure] = {
    name: MethodFigure(**figure)
    for name, figure in tomllib.loads(Path(__file__).with_name("method.toml").read_text(encoding="utf-8")).items()
}
"""Every figure by its name in ``method.toml``.

>>> METHOD["solo_signing_rate"].value, METHOD["renewal_gain"].claim
(60, True)
"""
