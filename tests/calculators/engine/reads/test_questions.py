"""What a table leaves open is a plain choice: the file's suggestion, or the reader's answer, or a refusal that asks."""

import pytest

from calculators import CALCULATORS
from calculators.engine.asks.settings import Settings
from calculators.engine.reads.questions import Asking, Question
from calculators.engine.reads.tables import Asked, Outline
from calculators.engine.shows.form import Form
from calculators.engine.shows.text import LANGUAGES, Language, Text
from calculators.engine.shows.wording import Wording

OPTIONS = {"decimal": {"cell": "1.234"}, "thousands": {"cell": "1.234"}}


def asked(answers: dict[str, str], assumed: str | None) -> tuple[str, Question]:
    """Return what one question says to read by, and the question."""
    asking = Asking(answers)
    option = asking.ask("point.revenue", {"header": "Umsatz"}, OPTIONS, assumed=assumed)
    return option, asking.questions[0]


@pytest.mark.parametrize(
    ("answer", "assumed", "read_by", "chosen", "from_file"),
    [
        ({}, None, "decimal", None, True),
        ({}, "thousands", "thousands", "thousands", True),
        ({"point.revenue": "decimal"}, "thousands", "decimal", "decimal", False),
        ({"point.revenue": "thousands"}, "thousands", "thousands", "thousands", False),
        ({"point.revenue": "nonsense"}, "thousands", "thousands", "thousands", True),
        ({"point.cost": "decimal"}, None, "decimal", None, True),
    ],
)
def test_the_readers_answer_comes_before_what_the_file_suggests(
    answer: dict[str, str], assumed: str | None, read_by: str, chosen: str | None, from_file: bool
) -> None:
    """An answer that is no option, or to another question, counts as none."""
    option, question = asked(answer, assumed)

    assert (option, question.chosen, question.assumed) == (read_by, chosen, from_file)


def test_a_table_that_waits_is_refused_with_each_open_question() -> None:
    """What the file suggests is no mistake; what is open is one, and its options stand beside the table."""
    asking = Asking({})
    asking.ask("point.revenue", {}, OPTIONS)
    asking.ask("totals", {}, {"leave_out": {}, "count": {}}, assumed="count")

    (error,) = Asked("customers", Outline((), {}, (), None, (), asking.questions)).errors

    assert asking.open
    assert (error.field, error.code) == ("customers", "tables.open_question")
    assert error.params == {"question": asking.questions[0].sentence}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("answers", "assumed", "state"),
    [({}, None, "open"), ({}, "decimal", "assumed"), ({"point.revenue": "thousands"}, "decimal", "answered")],
)
def test_a_question_stands_beside_the_table_as_radios(
    language: Language, answers: dict[str, str], assumed: str | None, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is chosen in an open one; the words say whose the choice is."""
    monkeypatch.setattr(Text, "said", lambda _, sentence: sentence.code)  # no kind of question is meant
    wording = Wording("abc_tiers", Text(language, Settings()))
    (table, *_) = CALCULATORS["abc_tiers"].declare(Settings()).tables
    _, question = asked(answers, assumed)
    known = Outline(("Umsatz",), {"customer": None}, (), None, (), (question,))

    html = Form(wording).table_view(table, known, name="list.csv", unit=None)

    assert f'data-question="point.revenue" data-state="{state}"' in html
    assert html.count('type="radio" name="customers.point.revenue"') == len(OPTIONS)
    assert html.count(" checked") == (state != "open")
    assert wording.words(f"question.{state}") in html
