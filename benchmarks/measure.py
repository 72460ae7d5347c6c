"""What `abc_tiers` measures, the same file in CPython and in the browser's Python."""

import io
import random
import statistics
import time

import numpy as np
import pandas as pd

from calculators import abc_tiers
from calculators.engine.asks.settings import Settings
from calculators.engine.reads.sources import File
from calculators.engine.reads.tables import read_table
from calculators.engine.reads.typed import parse
from calculators.engine.shows.charts import options
from calculators.engine.shows.render import Page
from calculators.engine.shows.text import Text
from calculators.engine.shows.wording import Wording

PARTS = ("parse", "classify", "render", "shortest pandas")


def customers(rows: int) -> bytes:
    """Return a CSV of invented customers, whose revenue is spread as revenue is."""
    chance = random.Random(rows)
    lines = [f"customer {at},{chance.paretovariate(1.2) * 1000:.2f}" for at in range(rows)]
    return ("customer,revenue\n" + "\n".join(lines)).encode()


def shortest(content: bytes) -> object:
    """Read, sort, cumulate and cut with floats, and nothing else: the floor under any honest tiering."""
    frame = pd.read_csv(io.BytesIO(content)).sort_values("revenue", ascending=False)
    share = frame["revenue"].cumsum() / frame["revenue"].sum()
    return np.where(share <= 0.6, "A", np.where(share <= 0.9, "B", "C"))  # noqa: PLR2004 - the model's bands


def measure(rows: int, repeats: int) -> dict[str, float]:
    """Return the median milliseconds of each part over a list of ``rows`` invented customers."""
    content = customers(rows)
    settings = Settings()
    declaration = abc_tiers.declare(settings)
    wording = Wording("abc_tiers", Text("en", settings))
    page = Page(wording)
    times: dict[str, list[float]] = {part: [] for part in PARTS}
    for _ in range(repeats):
        clock = [time.perf_counter()]
        reading = read_table(File("customers.csv", content), declaration.tables[0])
        clock.append(time.perf_counter())
        result = abc_tiers.calculate(abc_tiers.Inputs.read(parse(declaration, {}), {"customers": reading}))
        clock.append(time.perf_counter())
        page.result(result)
        for chart in result.charts:
            options(chart, wording)
        clock.append(time.perf_counter())
        shortest(content)
        clock.append(time.perf_counter())
        for part, start, end in zip(PARTS, clock[:-1], clock[1:], strict=True):
            times[part].append((end - start) * 1000)
    return {part: statistics.median(values) for part, values in times.items()}
