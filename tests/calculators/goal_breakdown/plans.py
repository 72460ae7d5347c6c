"""Generated plans of the goal breakdown, for what must hold of any, natively and in the browser's Python."""

import random
from typing import Any


def plan(chance: random.Random, number: int) -> dict[str, Any]:
    """Return a request of any shape: money and deals, spans, ramps, absences, over-assignment and locked numbers."""
    names = [f"员{at}" for at in range(chance.choice([1, 2, 5, 12]))]
    people = [["姓名", "区域", "团队", "权重", "入职日期", "离职日期", "上年业绩", "地盘潜力"]]
    regions = chance.choice([[""], ["东", "西", ""]])
    for name in names:
        start = f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" if chance.random() < 0.4 else ""
        last = f"2027-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" if chance.random() < 0.3 else ""
        team, weight = chance.choice(["一", "二", ""]), chance.choice(["", "0.5", "1.25", "2"])
        known = [chance.choice(["", str(chance.randint(1_000, 10**6))]) for _ in ("past", "potential")]
        people.append([name, chance.choice(regions), team, weight, start, last, *known])
    values = {
        "measure": chance.choice(["money", "deals"]),
        "target": chance.choice(["1", "777", "1234567", "100000000000"]),
        "deals": str(chance.choice([1, 2, 7, 100, 12_345])),
        "first": chance.choice(["2026-01-01", "2026-02-10", "2026-11-30"]),
        "last": chance.choice(["2026-12-31", "2027-03-31", "2027-10-05"]),
        "step": chance.choice(["fen", "yuan"]),
        "season": chance.choice(["", "1 2 3 4 5 6 7 8 9 10 11 12", "0 1 1 1 1 1 1 1 1 1 1 1"]),
        "ramp": chance.choice(["", "0, 50", "25 50 75"]),
        "over_manager": chance.choice(["0", "5"]),
        "over_rep": chance.choice(["0", "7.5"]),
        "months_by": chance.choice(["calendar", "team"]),
        "week": chance.choice(["china", "weekdays", "six_days"]),
        "year_cut": chance.choice(["months", "months", "445", "454", "544"]),
        "year_starts": chance.choice(["1", "1", "2", "4", "10"]),
        "week_starts": chance.choice(["monday", "sunday"]),
        "spread": chance.choice(["days", "days", "even", "own", "445", "544"]),
        "vacancies": chance.choice(["open", "spread"]),
        "attrition": chance.choice(["0", "10", "60"]),
        "replace_leavers": chance.choice(["no", "yes"]),
        "attainment": chance.choice(["100", "100", "85.5"]),
        "capacity_by": chance.choice(["even", "days", "season"]),
    }
    locked = [["姓名", "月份", "锁定为"]]
    for _ in range(chance.choice([0, 0, 1, 3])):
        locked.append(
            [chance.choice([*names, "公司"]), chance.choice(["", "2026-12", "12月"]), chance.choice(["", "0", "1"])]
        )
    unique = {(person, "12" if month else ""): [person, month, number] for person, month, number in locked[1:]}
    kept = [row for row in unique.values() if row[0] != "公司" or row[1]]
    tables = {"people": people, **({"locked": [locked[0], *kept]} if kept else {})}
    return {
        "id": number,
        "calculator": "goal_breakdown",
        "language": chance.choice(["zh", "en"]),
        "values": values,
        "tables": tables,
    }


def large_plan(people: int) -> dict[str, Any]:
    """Return a plan of 100 billion yuan for a team of any size, with starts, leavers and weights of all kinds."""
    rows = [["姓名", "团队", "权重", "入职日期", "离职日期"]]
    for at in range(people):
        start = f"2027-{at % 12 + 1:02}-{at % 27 + 1:02}" if at % 4 == 0 else ""
        last = f"2027-{(at + 6) % 12 + 1:02}-15" if at % 9 == 1 else ""
        rows.append([f"员工{at:04}", f"团队{at % 20:02}", str((50 + at * 7 % 110) / 100), start, last])
    values = {"target": "100000000000", "step": "fen"}
    return {"id": 0, "calculator": "goal_breakdown", "language": "zh", "values": values, "tables": {"people": rows}}
