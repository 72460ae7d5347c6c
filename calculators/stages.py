"""The stages of a deal, with the evidence that lets it leave each: one list for pages, workbooks and examples.

The stages themselves are in ``stages.toml``. How many deals stand at each is a calculator's or a workbook's business.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


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
    """A stage of a deal; ``state`` says whether the deal is still open in it, or how it ended."""

    state: Literal["open", "won", "lost"]
    zh: StageWords
    en: StageWords


def stage_words(name: str, language: str) -> StageWords:
    """Return a stage in the words of a language."""
    return STAGES[name].zh if language.startswith("zh") else STAGES[name].en


STAGES: Mapping[str, Stage] = {
    name: Stage(stage["state"], StageWords(**stage["zh"]), StageWords(**stage["en"]))
    for name, stage in tomllib.loads(Path(__file__).with_name("stages.toml").read_text(encoding="utf-8")).items()
}
"""Every stage by its name in ``stages.toml``, in the order in which a deal goes through them.

>>> [name for name, stage in STAGES.items() if stage.state != "open"]
['won', 'lost']
"""
