"""A workbook and a calculator that answer the same question give the same answer to the same list.

The lists are made up here, with a fixed seed, and lean on what is easy to get wrong: values on a cut-off, ties, ends of
months, nothing written. LibreOffice computes the workbooks from files that have no values beside their formulas.
"""

import datetime
import io
import json
import os
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
import pytest

from calculators.bridge import Bridge
from calculators.engine.asks.settings import Settings
from calculators.engine.reads.headings import headings_of
from calculators.engine.shows.text import Text
from macros.templates.model import read
from macros.templates.workbook import Layout, write
from tests import office

SETTINGS = Settings()
AS_OF = datetime.date(2026, 11, 20)
SEEDS = (1, 2, 3)
STANDARDS: Mapping[int, Mapping[str, float]] = {
    1: {},
    2: {"threshold": 0.9, "accelerator": 1.5},
    3: {"threshold": 1, "accelerator": 2, "gone": 0.5},
}
"""What workbooks of the five lines start with: a threshold on an attainment, an accelerator, half of a quarter gone."""
QUESTIONS = ("reliance", "onboarding", "warning")
Rows = Sequence[Mapping[str, Any]]


def near(value: float | None) -> Any:
    """Return what compares equal to a computed float; nothing to nothing."""
    return value if value is None else pytest.approx(value, abs=1e-9)


class Filled:
    """An empty workbook in English that somebody fills in, and reads again when it is computed."""

    def __init__(self, name: str) -> None:
        self.name = name
        template = read(name, "en", SETTINGS, filled=False)
        self.layout = Layout(template)
        self.template = template
        self.book = openpyxl.load_workbook(io.BytesIO(write(template, {}, company="")))

    def fill(self, block: str, rows: Rows) -> "Filled":
        """Write rows into a block, by column, from its first line on."""
        for column in {name for row in rows for name in row}:
            sheet, first, _, number = self.layout.column(block, column)
            for down, row in enumerate(rows):
                if row.get(column) is not None:
                    self.book[sheet].cell(first + down + 1, number + 1, row[column])
        return self

    def put(self, block: str, row: str, value: Any, column: str | None = None) -> "Filled":
        """Write the value of a row, or its cell in a column."""
        sheet, down, across = self.layout.place(block, row, column)
        self.book[sheet].cell(down + 1, across + 1, value)
        return self

    def content(self) -> bytes:
        """Return the file."""
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    def value(self, block: str, row: str, column: str | None = None) -> Any:
        """Return what stands in a row, or in its cell in a column."""
        sheet, down, across = self.layout.place(block, row, column)
        return self.book[sheet].cell(down + 1, across + 1).value

    def column(self, block: str, name: str, count: int) -> list[Any]:
        """Return the first cells of a column; an empty text is nothing."""
        sheet, first, _, number = self.layout.column(block, name)
        found = [self.book[sheet].cell(first + down + 1, number + 1).value for down in range(count)]
        return [None if value == "" else value for value in found]


def answer(calculator: str, values: Mapping[str, str], tables: Mapping[str, Sequence[Sequence[Any]]]) -> Any:
    """Return the result of a calculator for rows with a heading."""
    written = {name: {"rows": [[_written(cell) for cell in row] for row in rows]} for name, rows in tables.items()}
    request = {"id": 1, "calculator": calculator, "language": "en", "values": values, "tables": written}
    reply = json.loads(Bridge(SETTINGS).reply(json.dumps(request)))
    assert reply["ok"], reply.get("errors")
    return reply["result"]


def _written(cell: Any) -> str:
    return "" if cell is None else cell.isoformat() if isinstance(cell, datetime.date) else str(cell)


# --- the lists ---------------------------------------------------------------------------------------


def people(seed: int) -> Rows:
    """A team for the nine-box: on the cut-offs and beside them, too new, without a target or an output."""
    chance = random.Random(seed)
    rows = []
    for place in range(24):
        target = chance.choice([None, 0, 500, 800, 1_000, 1_200])
        reached = chance.choice([79, 80, 81, 99, 100, 101, 55, 140])
        rows.append(
            {
                "person": f"Person {place:02}",
                "team": chance.choice(["East", "West"]),
                "start": chance.choice([datetime.date(2025, 1, 6), AS_OF, datetime.date(2026, 5, 20)])
                if chance.random() < 0.8
                else datetime.date(2026, 5, 21),
                "target": target,
                "actual": None if chance.random() < 0.1 else (target or 700) * reached // 100,
                "output": chance.choice([None, 0, 39, 40, 41, 69, 70, 71, 100]),
            }
        )
    return rows


def newcomers(seed: int) -> Rows:
    """New hires of mentors: in time to the day, a day late, not due yet, without a deal; started at ends of months.

    Their money came in on the last day of the refund period or beside it, or not yet; some left before it, or after.
    """
    chance = random.Random(seed)
    rows = []
    for place in range(20):
        start = chance.choice(
            [datetime.date(2025, 11, 30), datetime.date(2026, 1, 31), datetime.date(2026, 7, 6), AS_OF]
        )
        signed = chance.choice([None, start + datetime.timedelta(chance.randint(1, 130))])
        if signed and signed > AS_OF:
            signed = None
        paid = signed and chance.choice([None, signed, *(AS_OF - datetime.timedelta(days) for days in (0, 29, 30, 31))])
        left = chance.choice([None, None, AS_OF])
        if paid and chance.random() < 0.3:
            left = paid + datetime.timedelta(chance.choice([-1, 0, 1]))
        if left and signed:
            left = max(left, signed)  # whoever left before signing is no case of a reward
        rows.append(
            {
                "mentee": f"New hire {place:02}",
                "mentor": chance.choice(["Mentor A", "Mentor B", "Mentor C"]),
                "start": start,
                "signed": signed,
                "paid": paid,
                "left": left,
                "amount": signed and chance.choice([33_333, 80_000, 12_345]),
                "rate": signed and chance.choice([0.08, 0.05, 0.125]),
            }
        )
    return rows


LEVELS = {"budget": ("none", "asked", "granted"), "chain": ("user", "head", "decider")}
LEVELS |= {"industry": ("outside", "near", "core")}
POINTS = (1, 3, 5)


def customers(seed: int) -> Rows:
    """Customers to grade, by every criterion at one of its three levels (as places), now and then without evidence."""
    chance = random.Random(seed)
    return [
        {
            "customer": f"Customer {place:02}",
            **{key: chance.randrange(3) for key in LEVELS},
            **{f"{key}_fact": chance.choice([None, "said so", "said so"]) for key in LEVELS},
        }
        for place in range(27)
    ]


def measures(seed: int) -> Rows:
    """Actuals of the twelve measures: at target, on the cap, beyond it, none at all; numerators over denominators."""
    chance = random.Random(seed)
    return [{"top": chance.choice([0, 360, 400, 480, 481, 900]), "base": 1_000, "target": 400} for _ in range(12)]


def results(seed: int) -> Rows:
    """A team's results for the self-check, with ties on the third place."""
    chance = random.Random(seed)
    return [{"person": f"Rep {place:02}", "amount": chance.choice([100, 250, 250, 400])} for place in range(9)]


def hires(seed: int) -> Rows:
    """New hires of the self-check: passed on the last day, a day late, never, not due."""
    chance = random.Random(seed)
    rows = []
    mixes: dict[int, list[int | None]] = {1: [None, 12, 30, 31, 60], 2: [12, 30, 30], 3: [None, 31, 12]}
    for place in range(30):
        start = AS_OF - datetime.timedelta(chance.choice([29, 30, 31, 200, 400, 400, 400]))
        days = chance.choice(mixes[seed])
        passed = None if days is None else start + datetime.timedelta(days)
        rows.append(
            {"person": f"Hire {place:02}", "start": start, "passed": passed if passed and passed <= AS_OF else None}
        )
    return rows


def churned(seed: int) -> Rows:
    """Customers lost, warned of on the same day, on the last day of the alert's validity or beyond, after, or never."""
    chance = random.Random(seed)
    rows = []
    mixes: dict[int, list[int | None]] = {
        1: [None, 0, 5, 30, 31, 90, 91, 300, -3],
        2: [30, 31, 90, 90, 91],
        3: [None, None, 0, 29, 91],
    }
    for place in range(11):
        lost = AS_OF - datetime.timedelta(chance.randint(0, 300))
        ahead = chance.choice(mixes[seed])
        warned = None if ahead is None else lost - datetime.timedelta(ahead)
        rows.append({"customer": f"Customer {place:02}", "warned": warned, "lost": lost})
    return rows


def prospects(seed: int) -> Rows:
    """Prospects by urgency, some not graded yet."""
    chance = random.Random(seed)
    urgencies = (None, "now", "quarter", "year", "unclear")
    return [{"customer": f"Prospect {place:02}", "urgency": chance.choice(urgencies)} for place in range(30)]


def _texts(book: Filled, options: str, names: Sequence[str]) -> Mapping[str, str]:
    """Return the words that a drop-down offers, by their id."""
    return dict(zip(names, book.template.choices(options), strict=True))


def filled(seed: int) -> dict[str, Filled]:
    """Return every workbook that has a calculator for a twin, filled in with the lists of a seed."""
    grading = Filled("customer_grading")
    levels = {key: list(_levels(grading, key)) for key in LEVELS}
    graded = [{**row, **{key: levels[key][row[key]] for key in LEVELS}} for row in customers(seed)]
    archive = Filled("prospect_archive")
    urgencies = _texts(archive, "urgency", ("now", "quarter", "year", "unclear"))
    named = [{**row, "urgency": urgencies.get(row["urgency"] or "")} for row in prospects(seed)]
    lines = Filled("five_lines")
    for row, given in zip(_measures_of(lines), measures(seed), strict=True):
        share = lines.value("measures", row, "base") != "–"
        lines.put("measures", row, given["target"] / (1_000 if share else 1), "target")
        lines.put("measures", row, given["top"], "top")
        if share:
            lines.put("measures", row, given["base"], "base")
    for row, standard in STANDARDS[seed].items():
        lines.put("bands", row, standard)
    mentors = [{"mentor": name} for name in ("Mentor A", "Mentor B", "Mentor C")]
    return {
        "nine_box": Filled("nine_box").fill("people", people(seed)).put("summary", "as_of", AS_OF),
        "mentor_points": Filled("mentor_points")
        .fill("mentees", newcomers(seed))
        .fill("mentors", mentors)
        .put("summary", "as_of", AS_OF),
        "customer_grading": grading.fill("customers", graded),
        "prospect_archive": archive.fill("prospects", named),
        "five_lines": lines,
        "self_check": Filled("self_check")
        .fill("results", results(seed))
        .fill("newcomers", hires(seed))
        .fill("churned", churned(seed))
        .put("working", "as_of", AS_OF),
    }


def _levels(book: Filled, key: str) -> Sequence[str]:
    block = next(block for block in book.template.blocks() if block.id == f"{key}_levels")
    return [str(row.cells["level"].value) for row in block.rows]


def _measures_of(book: Filled) -> Sequence[str]:
    block = next(block for block in book.template.blocks() if block.id == "measures")
    return [str(row.id) for row in block.rows]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int], Filled]:
    """Return a function that gives a workbook of a seed as LibreOffice has computed it; all are computed at once."""
    if office.program() is None:
        if os.environ.get("CI"):
            pytest.fail(office.MISSING)
        pytest.skip(office.MISSING)
    made = {(name, seed): book for seed in SEEDS for name, book in filled(seed).items()}
    files = {f"{name}-{seed}.xlsx": book.content() for (name, seed), book in made.items()}
    computed = office.compute(files, tmp_path_factory.mktemp("agreement"))

    def open_book(name: str, seed: int) -> Filled:
        book = made[name, seed]
        book.book = openpyxl.load_workbook(computed[f"{name}-{seed}.xlsx"], data_only=True)
        return book

    return open_book


# --- the answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_the_nine_box_places_everybody_alike(books: Callable[[str, int], Filled], seed: int) -> None:
    """The same box, or the same reason for none, from actual and target, output and start date."""
    rows = people(seed)
    book = books("nine_box", seed)
    columns = ("person", "team", "start", "target", "actual", "output")
    table = [columns, *([row[column] for column in columns] for row in rows)]
    found = answer("nine_box", {"as_of": AS_OF.isoformat()}, {"people": table})
    text = Text("en", SETTINGS)
    boxes = {row["person"]: text(row["computed_box"]) for row in found["tables"]["everybody"]}
    placed = [str(box).casefold() for box in book.column("people", "box", len(rows))]
    assert placed == [boxes[row["person"]].casefold() for row in rows]
    assert {"too new", "data missing"} <= set(placed), "the lists have both"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_mentors_reward_and_the_rate_are_alike(books: Callable[[str, int], Filled], seed: int) -> None:
    """Each reward to the fen, who closed in time, and the share of those due, by the same as-of date."""
    rows = newcomers(seed)
    book = books("mentor_points", seed)
    heads = [
        headings_of(name).en[0]
        for name in ("newcomer", "mentor", "started", "signed", "paid", "left", "first_order", "order_rate")
    ]
    columns = ("mentee", "mentor", "start", "signed", "paid", "left", "amount", "rate")
    table = [
        heads,
        *([row[name] if name != "rate" or not row[name] else f"{row[name]:.1%}" for name in columns] for row in rows),
    ]
    found = answer("solo_signing", {"as_of": AS_OF.isoformat(), "reward_basis": "commission"}, {"newcomers": table})
    rewarded = {row["newcomer"]: row for row in found["tables"]["rewards"]}
    owed = [
        (rewarded[name]["reward_money"] + rewarded[name]["waiting_money"]) / 100 if name in rewarded else 0
        for name in (row["mentee"] for row in rows)
    ]
    assert book.column("mentees", "reward", len(rows)) == [near(reward) for reward in owed]
    text = Text("en", SETTINGS)
    stand = book.column("mentees", "stands", len(rows))
    said = [text(rewarded[row["mentee"]]["payment"]) if row["mentee"] in rewarded else None for row in rows]
    assert said == stand
    assert book.value("summary", "reward") == near(found["figures"]["total_money"] / 100)
    assert book.value("summary", "waiting") == near(found["figures"]["waiting_money"] / 100)
    assert found["figures"]["total_money"] + found["figures"]["waiting_money"] > 0
    assert book.value("summary", "due") == found["figures"]["due"]
    assert book.value("summary", "rate") == near(found["figures"]["rate"])
    verdicts = {notice["code"]: notice["params"] for notice in found["notices"] if "chance" in notice["params"]}
    (params,) = verdicts.values()
    assert book.value("summary", "chance") == pytest.approx(params["chance"], abs=1e-8)


@pytest.mark.parametrize("seed", SEEDS)
def test_customers_are_graded_alike(books: Callable[[str, int], Filled], seed: int) -> None:
    """The same score and the same grade, exactly on a cut-off too."""
    rows = customers(seed)
    book = books("customer_grading", seed)
    table = [
        (
            "customer",
            *("budget", "decision chain", "industry"),
            *(headings_of(f"evidence_{key}").en[0] for key in LEVELS),
        ),
        *(
            (row["customer"], *(POINTS[row[key]] for key in LEVELS), *(row[f"{key}_fact"] for key in LEVELS))
            for row in rows
        ),
    ]
    found = {row["customer"]: row for row in answer("solo_signing", {}, {"customers": table})["tables"]["grading"]}
    scores = book.column("customers", "score", len(rows))
    assert scores == [near(found[row["customer"]]["score"]) for row in rows]
    assert book.column("customers", "grade", len(rows)) == [found[row["customer"]]["tier"] for row in rows]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_five_lines_are_scored_alike(books: Callable[[str, int], Filled], seed: int) -> None:
    """Attainment of every measure, and the score in all, with the workbook's cap; also by scale, and in mid-quarter."""
    book = books("five_lines", seed)
    names = _measures_of(book)
    table: list[Sequence[Any]] = [("line", "measure", "target", "actual", "weight", "counting")]
    for name, given in zip(names, measures(seed), strict=True):
        weight = book.value("measures", name, "weight")
        share = book.value("measures", name, "base") != "–"
        target, actual = (f"{given[key] / 10}%" if share else given[key] for key in ("target", "top"))
        table.append(
            (
                book.value("measures", name, "line"),
                name,
                target,
                actual,
                f"{weight:.2%}",
                book.value("measures", name, "counting"),
            )
        )
    cap = f"{book.value('bands', 'cap') * 100:g}"
    values = {
        "cap": cap,
        **{name: f"{book.value('bands', name) * times:g}" for name, times in (("threshold", 100), ("accelerator", 1))},
    }
    if book.value("bands", "gone") < 1:
        values |= {"pace": "even", "as_of": "2026-11-15"}  # 46 of 92 days
    found = answer("five_lines", values, {"measures": table})
    attained = {row["measure"]: row["attainment"] for row in found["tables"]["measures"]}
    assert book.column("measures", "attainment", len(names)) == [near(attained[name]) for name in names]
    assert book.value("summary", "total") == near(found["figures"]["score"])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_self_check_answers_alike(books: Callable[[str, int], Filled], seed: int) -> None:
    """The three answers, their shares with what they are of, chances, the interval, and the median days of warning."""
    book = books("self_check", seed)
    tables: dict[str, Sequence[Sequence[Any]]] = {
        "results": [("person", "result"), *((row["person"], row["amount"]) for row in results(seed))],
        "hires": [
            ("newcomer", "started", "passed"),
            *((row["person"], row["start"], row["passed"]) for row in hires(seed)),
        ],
        "accounts": [
            ("customer", "alert", "churned"),
            *((row["customer"], row["warned"], row["lost"]) for row in churned(seed)),
        ],
    }
    found = answer("self_check", {"as_of": AS_OF.isoformat()}, tables)
    figures = found["figures"]
    answers = [book.value("answers", question, "answer") for question in QUESTIONS]
    of = {"yes": "yes", "no": "no", "not sure": "unknown"}
    assert [of[said] for said in answers] == [figures[question].rpartition(".")[2] for question in QUESTIONS]
    chances = {
        name: value for notice in found["notices"] for name, value in notice["params"].items() if "chance" in name
    }
    assert book.value("working", "early_chance") == pytest.approx(chances["early_chance"], abs=1e-8)
    for ours, theirs in {
        "top_share": "top_share",
        "equal": "equal_share",
        "due": "hires_due",
        "passed_share": "passed_share",
        "lost": "churned",
        "median": "median_days",
    }.items():
        assert book.value("working", ours) == near(figures[theirs]), ours
    for end in ("low", "high"):  # the calculator gives hundredths of a percent, outwards
        assert book.value("working", end) == pytest.approx(figures[f"passed_{end}"], abs=1.0001e-4), end


@pytest.mark.parametrize("seed", SEEDS)
def test_prospects_are_counted_by_urgency_alike(books: Callable[[str, int], Filled], seed: int) -> None:
    """How many are in the archive, and how many of them at each urgency."""
    rows = prospects(seed)
    book = books("prospect_archive", seed)
    urgencies = _texts(book, "urgency", ("now", "quarter", "year", "unclear"))
    table = [("prospect", "urgency"), *((row["customer"], urgencies.get(row["urgency"] or "")) for row in rows)]
    found = answer("first_customers", {"start": "2018-09-03"}, {"archive": table})
    counted = {row["urgency"]: row["prospects"] for row in found["tables"]["urgencies"]}
    for urgency, text in urgencies.items():
        assert book.value("by_urgency", urgency, "count") == counted.get(text, 0), urgency
    assert book.value("summary", "count") == found["figures"]["archived"] == len(rows)
