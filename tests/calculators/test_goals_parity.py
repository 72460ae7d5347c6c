"""The stages' own goals give the same replies in CPython and in the browser's Python (Pyodide, 32-bit, under Node).

All four calculators' requests go in one run, since starting it costs more than answering them.
"""

import json
import random
from typing import Any

from calculators.bridge import Bridge
from calculators.engine.asks.settings import Settings
from macros.pages import bundle
from macros.runtime.worker import Request, run
from tests.calculators.replies import GENERATED
from tests.calculators.test_parity import agreed

SEED = 20261125
DAYS = ["2026-06-01", "2026/8/25", "2026年11月30日", "20261102", "13/03/2026", "", "待定", "soon", "2027-02-28"]
NAMES = ["林晓", "ＡＢＣ", "ABC", "O'Neill & <Sons>", "=SUM(A1)", "", "合计", "Ada"]
NUMBERS = ["0", "1", "3", "12.5万", "99,999,999,999.99", "-2", "0.5", "85%", "", "many", "１２"]
Table = list[list[str]]


def _newcomers(chance: random.Random) -> dict[str, Any]:
    head = ["新人", "入职日期", "首次独立签单日期", "到账日期", "师傅", "首单金额", "首单提成", "离职日期"]
    rows = [
        [
            f"{chance.choice(NAMES)}{chance.randrange(9)}",
            chance.choice(DAYS),
            chance.choice(DAYS),
            chance.choice(DAYS),
            chance.choice(NAMES),
            chance.choice(NUMBERS),
            chance.choice(NUMBERS),
            chance.choice(["", "", "", chance.choice(DAYS)]),
        ]
        for _ in range(chance.choice([1, 4, 30]))
    ]
    drills = [["新人", "场景", "演练日期"], *([row[0], chance.choice(NAMES), chance.choice(DAYS)] for row in rows)]
    values = {
        "reward_basis": chance.choice(["value", "commission"]),
        "reward_form": chance.choice(["money", "points"]),
        "leavers": chance.choice(["apart", "counted"]),
        "cap": chance.choice(["", "5000", "x"]),
        "as_of": chance.choice(["2026-11-25", "2026-09-01", "2026-02-30"]),
    }
    return {"calculator": "solo_signing", "tables": {"newcomers": [head, *rows], "drills": drills}, "values": values}


def _weeks(chance: random.Random) -> dict[str, Any]:
    mean = chance.choice([1, 4, 12, 60, 300])
    rows = [
        [
            chance.choice([f"第{at}周", "2026-06-01", ""]),
            chance.choice(
                [str(chance.randrange(2 * mean)), str(mean), "", *(["1.5"] if chance.random() < 0.05 else [])]
            ),
            chance.choice(["8", "7.5", "10"]),
        ]
        for at in range(chance.choice([1, 7, 8, 20, 40]))
    ]
    head = ["周次", "成交单量", "在岗人数"][: chance.choice([2, 3])]
    values = {
        "deals": chance.choice(["3.5", "10", "120"]),
        "drop": chance.choice(["5", "10", "30"]),
        "tolerated": chance.choice(["1", "5", "20"]),
        "baseline": chance.choice(["8", "13", "30"]),
    }
    tables = {"weeks": [head, *(row[: len(head)] for row in rows)]} if chance.random() < 0.8 else {}
    return {"calculator": "efficiency_alert", "tables": tables, "values": values}


def _quarter(chance: random.Random) -> dict[str, Any]:
    head = ["周次", "新签客户", "新增标杆", "新增潜在客户", "客户原话"]
    weeks = [
        [
            chance.choice([str(at), f"第{at}周", f"W{at}", chance.choice(DAYS)]),
            *(chance.choice(["0", "1", "7", ""] if chance.random() < 0.98 else NUMBERS) for _ in "1234"),
        ]
        for at in range(1, chance.choice([2, 9, 20]))
    ]
    archive: Table = [["潜在客户", "紧急度"]]
    archive += [
        [f"{chance.choice(NAMES)}{chance.randrange(40)}", chance.choice(["高", "B", "low", ""])] for _ in range(30)
    ]
    tables: dict[str, Any] = {"weeks": [head, *weeks]}
    if chance.random() < 0.5:
        tables["archive"] = archive
    values = {
        "start": "2018-09-03",
        "months": chance.choice(["1", "3", "3", "24", "0"]),
        "quiet_weeks": chance.choice(["0", "1", "4", "50"]),
    }
    return {"calculator": "first_customers", "tables": tables, "values": values}


def _lines(chance: random.Random) -> dict[str, Any]:
    head = ["线", "指标", "目标", "实际", "权重", "方向"]
    count = chance.choice([1, 4, 12])
    weights = ["25%"] * 4 if count == 4 else [""] * count if chance.random() < 0.7 else ["10%"] * count
    rows = [
        [
            chance.choice(["客户线", "", "Data", "渠道"]),
            f"指标{at}",
            chance.choice(["120", "85%", "12.5万", "7"] + (NUMBERS if chance.random() < 0.05 else [])),
            chance.choice(["99", "88%", "15万", "", "0"]),
            weight,
            chance.choice(["越高越好", "越低越好", "", "?"]),
        ]
        for at, weight in enumerate(weights)
    ]
    for row in rows:
        if row[2].endswith("%") != row[3].endswith("%") and chance.random() < 0.95:
            row[3] = "66%" if row[2].endswith("%") else "66"
    values = {"cap": chance.choice(["", "120", "100", "99"]), "lower": chance.choice(["ratio", "distance"])}
    values |= {"threshold": chance.choice(["0", "66.67", "80"]), "accelerator": chance.choice(["1", "1.33", "3"])}
    values |= {"pace": chance.choice(["whole", "even", "days"]), "as_of": f"202{chance.randrange(4, 9)}-05-15"}
    earlier = [
        ["季度", "线", "得分"],
        *([f"2023 Q{at}", "客户线", f"{chance.randrange(150)}.5%"] for at in (1, 2, 3, 4)),
    ]
    tables = {"measures": [head, *rows], **({"quarters": earlier} if chance.random() < 0.5 else {})}
    return {"calculator": "five_lines", "tables": tables, "values": values}


def _tracks(chance: random.Random) -> dict[str, Any]:
    rows = [
        [chance.choice(["存量", "growth", "创新实验"]), f"{chance.choice(NAMES)}{at}", str(chance.randrange(1, 99))]
        for at in range(chance.choice([1, 5, 40]))
    ]
    if chance.random() < 0.2:
        rows.append([chance.choice(["其他", "存量"]), "x", "-1"])
    values = {
        "target": chance.choice(["1234567.89", "1000亿", "9,999,999,999,999.99", "0", "abc"]),
        "people": str(chance.randrange(1_000)),
        "target_existing": chance.choice(["70", "70", "33.33"]),
        "renewal": chance.choice(["", "88", "100"]),
    }
    return {"calculator": "tracks", "tables": {"initiatives": [["轨道", "举措", "权重"], *rows]}, "values": values}


def test_generated_requests_get_identical_replies() -> None:
    """Figures, tables, notices, HTML, charts and errors agree to the letter; ¥10 trillion and nonsense among them."""
    chance = random.Random(SEED)
    makers = (_newcomers, _quarter, _lines, _tracks, _weeks)
    requests = [
        {"id": at, "language": chance.choice(["zh", "en"]), **makers[at % len(makers)](chance)}
        for at in range(GENERATED)
    ]
    requests += [
        {"id": 0, "language": language, "calculator": name}
        for name in ("first_customers", "solo_signing", "five_lines", "tracks", "efficiency_alert")
        for language in ("zh", "en")
    ]
    texts = [json.dumps(one, ensure_ascii=False) for one in requests]
    native = Bridge(Settings())
    _, answers = run(bundle(Settings()), [Request(kind="reply", request=text) for text in texts])
    replies = agreed(native, texts, answers)
    for name in ("first_customers", "solo_signing", "five_lines", "tracks", "efficiency_alert"):
        of_it = [reply for reply, one in zip(replies, requests, strict=True) if one["calculator"] == name]
        assert sum(reply["ok"] for reply in of_it) > len(of_it) / 5, name
        assert sum(not reply["ok"] for reply in of_it) > len(of_it) / 20, name
