"""What a table leaves open, as a plain choice: two readings are possible, and each comes to something else.

Whoever reads a part of a table and finds two readings asks here (`Asking.ask`). Evidence may suggest one: the table is
read by it, the choice stands beside the table. Where nothing does, the table is refused until the reader has chosen.
An answer is kept with the table, in a plan too; on the command line it is ``--set TABLE.QUESTION=OPTION``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from calculators.engine.asks.errors import InputError, Sentence

_NONE: Final[Mapping[str, str]] = {}


@dataclass(frozen=True)
class Question:
    """A choice about a table: ``name`` is its kind, and the column where it is about one (``decimal.revenue``).

    ``options`` has what each choice says and comes to, by its name. ``chosen`` is the one that the table is read by,
    None where nobody knows; ``assumed`` says that the file suggested it, not the reader.
    """

    name: str
    sentence: Sentence
    options: Mapping[str, Sentence]
    chosen: str | None
    assumed: bool

    def as_error(self, table: str) -> InputError:
        """Return the mistake that an open question is until it is answered; its options stand beside the table."""
        return InputError(table, "tables.open_question", {"question": self.sentence})


class Unanswered(Exception):  # noqa: N818 - the name states the finding
    """A question has to be answered before the table is read at all."""


class Asking:
    """The questions of one reading of a table, and the answers that a reader has given to them."""

    def __init__(self, answers: Mapping[str, str] | None = None) -> None:
        self._answers = answers or _NONE
        self._asked: dict[str, Question] = {}

    def ask(
        self,
        name: str,
        params: Mapping[str, object],
        options: Mapping[str, Mapping[str, object]],
        *,
        assumed: str | None = None,
    ) -> str:
        """Ask, and return the option to read by: the reader's, else the ``assumed`` one that the file suggests.

        Where there is neither, the first, so that what else is open comes to light; the table is refused in the end.
        The sentences are ``tables.ask.KIND.question`` and ``tables.ask.KIND.OPTION``, KIND being the name up to
        its point, and OPTION too. ``options`` has the parameters of each.

        >>> asking = Asking({"totals": "count"})
        >>> asking.ask("totals", {"count": 1}, {"leave_out": {"total": 650}, "count": {"total": 1300}})
        'count'
        """
        key = f"tables.ask.{name.partition('.')[0]}"
        answer = self._answers.get(name)
        chosen = answer if answer in options else assumed
        self._asked[name] = Question(
            name,
            Sentence(f"{key}.question", params),
            {option: Sentence(f"{key}.{option.partition('.')[0]}", said) for option, said in options.items()},
            chosen,
            assumed=answer not in options,
        )
        return next(iter(options)) if chosen is None else chosen

    def ask_first(self, name: str, params: Mapping[str, object], options: Mapping[str, Mapping[str, object]]) -> str:
        """Ask as `ask`, before anything is read: raises Unanswered until there is an answer."""
        option = self.ask(name, params, options)
        if self.open:
            raise Unanswered
        return option

    def answered(self, name: str) -> str | None:
        """Return what a reader has answered to a question, whether it is asked or not."""
        return self._answers.get(name)

    def asked(self, name: str) -> bool:
        """Return whether a question was asked already."""
        return name in self._asked

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return what was asked, in order."""
        return tuple(self._asked.values())

    @property
    def open(self) -> bool:
        """Whether there is a question that nobody has answered."""
        return any(question.chosen is None for question in self._asked.values())
