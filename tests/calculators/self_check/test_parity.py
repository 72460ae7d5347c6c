"""Self-check, stage finder and published cases answer alike in CPython and in the browser's Python (32-bit, Node)."""

import json
import random
from datetime import date, timedelta
from typing import Any

from calculators.bridge import Bridge
from calculators.engine.asks.settings import Settings
from calculators.stage_finder import SYMPTOMS
from macros.pages import bundle
from macros.runtime.worker import Request, run
from tests.calculators.replies import GENERATED
from tests.calculators.test_parity import agreed

SEED = 20261125
MANY = max(100, GENERATED)  # of fewer none is healthy
START = date(2026, 1, 1)
ODD_DATES = ["", "2026年3月5日", "05/03/2026", "2026-02-30", "明天", "46100", "1 March 2026", "2026/7/1 08:30"]
ODD_NAMES = ["合计", "", "ＡＢＣ", "ABC", "1.23E+11", "O'Neill & <Sons>", "=SUM(A1)"]


def day(chance: random.Random) -> str:
    """Return a day of 2026, or something that is none or is written oddly."""
    return chance.choice(ODD_DATES) if chance.random() < 0.2 else str(START + timedelta(chance.randrange(365)))


def name(chance: random.Random, at: int) -> str:
    """Return somebody's name, sometimes again, sometimes an awkward one."""
    return chance.choice(ODD_NAMES) if chance.random() < 0.1 else f"名{at % chance.choice([5, 1000])}"


def lists(chance: random.Random) -> dict[str, Any]:
    """Return lists for the self-check, each absent now and then; amounts go beyond 2**31 fen."""
    length = chance.choice([1, 6, 7, 20, 120])
    largest = chance.choice([1_000, 10**8, 10**11])
    made: dict[str, list[list[str]]] = {
        "results": [["姓名", "业绩"]],
        "hires": [["姓名", "入职日期", "通过日期"]],
        "accounts": [["客户", "预警日期", "流失日期"]],
        "quarters": [["季度", "业绩依赖少数人", "新人按时掌握流程", "流失提前预警", "头部占业绩", "预警提前天数"]],
    }
    for at in range(length):
        made["results"].append([name(chance, at), chance.choice([f"{chance.randrange(largest)}.05", "-3", "", "待定"])])
        made["hires"].append([name(chance, at), day(chance), day(chance)])
        made["accounts"].append([name(chance, at), day(chance), day(chance)])
    for number in range(chance.randrange(6)):
        answers = [chance.choice(["是", "否", "yes", "不清楚", "也许"]) for _ in range(3)]
        made["quarters"].append(
            [f"{2025 + number // 4}Q{number % 5}", *answers, chance.choice(["55%", "", "0.5"]), "31.5"]
        )
    return {
        table: {"rows": rows} if chance.random() < 0.75 else {"text": "\n".join("\t".join(row) for row in rows)}
        for table, rows in made.items()
        if chance.random() < 0.8
    }


def self_check(chance: random.Random, number: int) -> dict[str, Any]:
    """Return a request to the self-check, its values right and sometimes wrong."""
    values = {
        "as_of": chance.choice(["2026-06-30", "2026-09-30", "2026-12-31", "31.12.2026"]),
        "stage": chance.choice(["unstated", "1", "2", "3", "4"]),
        "top_share": chance.choice(["50", "33.33", "100", "0"]),
        "pass_share": chance.choice(["80", "50", "100"]),
        "pseudonyms": chance.choice(["yes", "no", "no"]),
        "secret_word": chance.choice(["口令", "口令", ""]),
        **{
            f"answer_{question}": chance.choice(["list", "list", "yes", "no", "unknown"])
            for question in ("reliance", "onboarding", "warning")
        },
    }
    return {
        "id": number,
        "calculator": "self_check",
        "language": chance.choice(["zh", "en"]),
        "values": values,
        "tables": lists(chance),
    }


def stage_finder(chance: random.Random, number: int) -> dict[str, Any]:
    """Return a request to the stage finder."""
    answers = chance.choice(
        [["no"], ["yes", "no"], ["yes", "no", "unknown"], ["no", "no", "no", "yes"], ["unknown", "yes"]]
    )
    return {
        "id": number,
        "calculator": "stage_finder",
        "language": chance.choice(["zh", "en"]),
        "values": {
            **{symptom: chance.choice(answers) for symptom in SYMPTOMS},
            "counted": chance.choice(["unstated", "customers", "sellers", "revenue"]),
            "count": chance.choice(["", "0", "10", "100", "2000", "many"]),
        },
    }


def test_generated_requests_get_identical_replies() -> None:
    """Figures, tables, notices, HTML, charts and errors agree to the letter."""
    chance = random.Random(SEED)
    requests = [self_check(chance, number) for number in range(MANY)]
    requests += [stage_finder(chance, number) for number in range(MANY)]
    examples: list[dict[str, Any]] = [{}, {"values": {}}]
    requests += [
        {"id": 0, "calculator": calculator, "language": language, **values}
        for calculator in ("self_check", "stage_finder", "verify")
        for language in ("zh", "en")
        for values in examples
    ]
    texts = [json.dumps(request, ensure_ascii=False) for request in requests]
    answered = run(bundle(Settings()), [Request(kind="reply", request=text) for text in texts]).answers
    expected = agreed(Bridge(Settings()), texts, answered)
    refused = [reply for reply in expected if not reply["ok"]]
    answers = {reply["result"]["figures"].get("reliance") for reply in expected if reply["ok"]}
    verdicts = {reply["result"]["figures"].get("verdict") for reply in expected if reply["ok"]}
    stages = {reply["result"]["figures"].get("stage") for reply in expected if reply["ok"]}
    assert MANY / 20 < len(refused) < MANY
    assert {f"self_check.answer.{answer}" for answer in ("yes", "no", "unknown")} <= answers
    assert {f"self_check.verdict.{verdict}" for verdict in ("upgrade", "healthy", "undecided")} <= verdicts
    assert {f"stage_finder.finding.{finding}" for finding in ("none", "too_few", "between_1_4")} <= stages
