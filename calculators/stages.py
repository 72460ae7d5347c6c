"""The stages of a deal, with the evidence that lets it leave each: one list for pages, workbooks and examples.

The stages themselves are in ``stages.toml``; a company calls them otherwise, asks for other evidence or adds its own in
a file of that name in its folder. How many deals stand at each is a calculator's or a workbook's business.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from calculators import COMPANY
from calculators.overlay import Wrong, ours, over_ours

State = Literal["open", "won", "lost"]
STATES: tuple[State, ...] = ("open", "won", "lost")


@dataclass(frozen=True)
class StageWords:
    """A stage in one language: its name as a list shows it, and what must be there to leave it."""

    name: str
    evidence: str

    @property
    def title(self) -> str:
        """The name as it stands at the beginning of a line."""
        return self.name[0].upper() + self.name[1:]


@dataclass(frozen=True)
class Stage:
    """A stage of a deal; ``state`` says whether the deal is still open in it, or how it ended.

    ``after`` is the stage that one of the company's own follows; empty for ours.
    """

    state: State
    zh: StageWords
    en: StageWords
    after: str = ""


def stage_words(name: str, language: str) -> StageWords:
    """Return a stage in the words of a language."""
    return STAGES[name].zh if language.startswith("zh") else STAGES[name].en


def with_own(names: Iterable[str]) -> list[str]:
    """Return some of our stages, as a workbook's list has them, with the company's own behind those that they follow.

    >>> with_own(["lead", "demo"])
    ['lead', 'demo']
    """
    chosen = set(names)
    for name, stage in STAGES.items():  # in their order, so that one behind another of the company's comes along
        if stage.after in chosen:
            chosen.add(name)
    return [name for name in STAGES if name in chosen]


def _stage(read: Mapping[str, Any]) -> Stage:
    if read["state"] not in STATES:
        raise ValueError(str(read["state"]))
    words = [StageWords(read[side]["name"], read[side]["evidence"]) for side in ("zh", "en")]
    return Stage(read["state"], words[0], words[1], read.get("after", ""))


def _read() -> tuple[dict[str, Stage], dict[str, Wrong]]:
    found, wrong = over_ours("stages.toml", _stage, Stage.__dataclass_fields__, COMPANY)
    known = list(ours("stages.toml"))
    placed = {name: found[name] for name in known}
    waiting = {name: stage for name, stage in found.items() if name not in placed}
    while waiting:
        name = next((name for name, stage in waiting.items() if stage.after in placed), "")
        if not name:
            wrong |= {name: Wrong("after", stage.after or "-") for name, stage in waiting.items()}
            break
        before = list(placed).index(waiting[name].after) + 1
        items = list(placed.items())
        placed = dict([*items[:before], (name, waiting.pop(name)), *items[before:]])
    return placed, wrong


STAGES: Mapping[str, Stage]
STAGES, WRONG = _read()
"""Every stage by its name in ``stages.toml``, in the order in which a deal goes through them; what is wrong with the
company's own.

>>> [name for name, stage in STAGES.items() if stage.state != "open"]
['won', 'lost']
"""
