"""What is wrong with an input, as data: which field, which mistake, which values.

The sentences themselves live in the words' files; nothing here knows a language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field


@dataclass(frozen=True)
class Sentence:
    """A sentence as data: its key in the words' files, and what fills its places."""

    code: str
    params: Mapping[str, object] = dataclass_field(default_factory=dict)


@dataclass(frozen=True)
class InputError:
    """One mistake in what was entered.

    ``field`` is the name of a declared field or table. ``code`` is the key of a sentence in
    the words' files (``"fields.out_of_bounds"``) and ``params`` fills its places.
    """

    field: str
    code: str
    params: Mapping[str, object] = dataclass_field(default_factory=dict)


class InvalidInputs(Exception):  # noqa: N818 - the name states what the inputs are; callers read "except InvalidInputs"
    """Everything that is wrong with the inputs, gathered, so that a reader mends it in one go."""

    def __init__(self, errors: Sequence[InputError]) -> None:
        super().__init__("; ".join(f"{error.field}: {error.code}" for error in errors))
        self.errors = tuple(errors)


class Unusable(ValueError):  # noqa: N818 - as InvalidInputs
    """What was given cannot be used: ``code`` and ``params`` name the sentence in the words' files that says why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
