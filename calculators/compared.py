"""Scenarios of one calculator compared: two to four sets of inputs, each computed as it would be alone.

What is compared, and how it looks, is in the engine (``answers/comparison.py``, ``shows/comparing.py``); the workbook
is in ``exports/downloads.py``.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from calculators.engine.answers.comparison import Comparison, Scenario
from calculators.engine.answers.result import plain
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.fields import PRIVACY
from calculators.engine.asks.limits import COMPARED
from calculators.engine.exports import downloads
from calculators.engine.exports.downloads import Download
from calculators.engine.shows.comparing import Side
from calculators.work import Work


def compared(work: Work, asked: Sequence[Mapping[str, Any]]) -> Comparison:
    """Return scenarios side by side; raises InvalidInputs for too few or too many, and with the mistakes of each."""
    if len(asked) not in COMPARED:
        params = {"least": COMPARED.start, "most": COMPARED.stop - 1}
        raise InvalidInputs([InputError("scenarios", "common.scenario.not_so_many", params)])
    errors: list[InputError] = []
    found: list[Scenario] = []
    works = work.scenarios(asked)
    first = next(iter(works.values()))
    for name, one in works.items():
        shown = work.as_handed_on(name)
        try:
            found.append(Scenario(shown, one.result, _inputs(one), _lists(one, first)))
        except InvalidInputs as invalid:
            errors += [
                InputError(
                    "scenarios", "common.scenario.mistake", {"name": shown, "message": one.wording.message(mistake)}
                )
                for mistake in one.without_names(invalid.errors)
            ]
    if errors:
        raise InvalidInputs(errors)
    return Comparison(tuple(found))


def reply(work: Work, asked: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what the page shows of a comparison, and its figures as data."""
    comparison, side = compared(work, asked), Side(work.wording)
    figures = {
        line.figure: {"values": plain(line.values), "differences": plain(line.differences)} for line in comparison.lines
    }
    shown = {"names": comparison.names, "figures": figures, "inputs": dict(comparison.inputs)}
    return {"comparison": shown, "html": side.comparison(comparison), "charts": side.options(comparison)}


def download(work: Work, asked: Sequence[Mapping[str, Any]]) -> Download:
    """Return a comparison as one workbook."""
    return downloads.comparison(compared(work, asked), work.wording)


def _inputs(work: Work) -> dict[str, str]:
    """Return every field as a reader sees it, by its label; of those about privacy none.

    One that is not used says so, whatever stands in it.
    """
    idle = work.declaration.idle(work.entered)
    private = {field.name for field in PRIVACY}
    shown = work.shown_values()
    groups = {group.name: work.wording.words(f"group.{group.name}.label") for group in work.declaration.groups}
    labels = [work.wording.words(f"field.{field.name}.label") for field in work.declaration.fields]
    found = {}
    for field, label in zip(work.declaration.fields, labels, strict=True):
        # What several fields are called is told apart by their group.
        whole = f"{groups[field.group]} · {label}" if labels.count(label) > 1 else label
        if field.name not in private and not (field.people and work.hides_names):
            not_used = field.name in idle
            found[whole] = (
                work.wording.words("scenario.not_used") if not_used else work.wording.typed(field, shown[field.name])
            )
    return found


def _lists(work: Work, first: Work) -> dict[str, str]:
    """Return what each list is and how many rows it has, by its label; of one that looks like the ``first``'s and is
    another, that it is.
    """
    found = {}
    for name, table in work.tables.items():
        reading = work.readings[name]
        label = work.wording.words(f"table_input.{name}.label")
        if reading is None:
            found[label] = work.wording.words("scenario.no_list")
        else:
            called = work.wording.words("source.hidden") if work.hides_names else work.name_of(table)
            found[label] = work.wording.words("scenario.list_rows", name=called, count=reading.rows_read)
            if table.source != first.tables[name].source:
                found[label] += work.wording.words("scenario.other_rows")
    return found
