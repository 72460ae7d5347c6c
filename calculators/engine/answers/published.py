"""A published worked case: what a source puts in and prints, beside what we compute."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["same", "misprint", "different"]


@dataclass(frozen=True)
class Case:
    """A published case.

    ``source`` and ``given`` are printed as they are, in both languages; the texts ``published.NAME`` of the calculator
    that has the case say what is ``asked``, and ``why`` a printed figure is wrong. ``right`` is then what follows from
    the figures. ``calculator`` is the one in whose folder the case stands (``verify.cases``).
    """

    name: str
    topic: str
    source: str
    given: str
    published: str
    compute: Callable[[], str]
    right: str | None = None
    calculator: str = ""

    @property
    def key(self) -> str:
        """The key of its texts."""
        return f"{self.calculator}.published.{self.name}"

    def outcome(self) -> tuple[str, Outcome]:
        """Return what we compute, and how it compares."""
        computed = self.compute()
        if computed != (self.right or self.published):
            return computed, "different"
        return computed, "misprint" if self.right else "same"


def listed(values: Sequence[int]) -> str:
    """Return whole numbers as sources print them, in a row."""
    return ", ".join(f"{value:,}" for value in values)
