"""The goal breakdown in the browser's Python: the same replies to the letter, exact at 100 billion yuan."""

import base64
import json
import random

from calculators.bridge import Bridge
from calculators.engine.asks.settings import Settings
from macros.pages import bundle
from macros.runtime.worker import Request, run
from tests.calculators.goal_breakdown.plans import large_plan, plan
from tests.calculators.replies import GENERATED
from tests.calculators.test_parity import agreed

SEED = 20261125
PLANS = GENERATED // 2  # they are long


def test_generated_plans_get_identical_replies() -> None:
    """Figures, tables, notices, HTML, charts and refusals agree, both worked examples and 500 people among them."""
    chance = random.Random(SEED)
    examples = [
        {"id": at, "calculator": "goal_breakdown", "language": language} for at, language in enumerate(("zh", "en"))
    ]
    large = large_plan(500)
    asked = [*(plan(chance, number) for number in range(PLANS)), *examples, large]
    texts = [json.dumps(one, ensure_ascii=False) for one in asked]
    native = Bridge()
    workbook = json.dumps({**large, "download": "xlsx"}, ensure_ascii=False)
    requests = [*(Request(kind="reply", request=text) for text in texts), Request(kind="download", request=workbook)]
    *answers, file = run(bundle(Settings()), requests).answers
    replies = agreed(native, texts, answers)
    assert sum(reply["ok"] for reply in replies) > PLANS / 2
    assert sum(not reply["ok"] for reply in replies) > PLANS / 20
    result = replies[-1]["result"]
    assert result["figures"]["target"] == 10**13
    assert result["figures"]["difference"] == 0
    assert sum(row["total"] for row in result["tables"]["teams"]) == 10**13
    assert base64.b64decode(file["content"]) == native.download(workbook)[2]
