"""Charts as SVG at build time: the same ECharts and the same options as in the browser, drawn under Node.

Here: the batch, its cache, and making a drawing fit to stand in a page beside others. Not here: the options
(`calculators.engine.shows.charts`) and the drawing itself (`charts.mjs`).
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from macros.runtime.cache import Cache
from macros.runtime.node import run_script
from macros.runtime.vendor import Vendor

_SCRIPT = Path(__file__).with_name("charts.mjs")


def render_svg(charts: Sequence[Mapping[str, Any]], *, prefix: str = "chart") -> list[str]:
    """Each chart as an `<svg>` element for a page, in the order given; drawn once per content.

    A chart is `{"options", "width", "height"}`: ECharts options (JSON values) and a size in CSS pixels.
    The drawing does not move, has no classes, and its ids begin with `prefix`, to be unique on the page.
    Colours given as `var(--name)` stay so, and follow the page's scheme. What it shows must be said
    beside it: it has no title. Raises VendorError or NodeError.
    """
    if not charts:
        return []
    cache = Cache()
    echarts = Vendor(cache=cache).part("page")["echarts.common.min.js"]
    request = json.dumps(charts, ensure_ascii=False)

    def make() -> dict[str, bytes]:
        drawings = json.loads(run_script(_SCRIPT, str(echarts), stdin=request))
        return {
            f"chart-{number}.svg": _for_page(drawing, f"{prefix}-{number}").encode()
            for number, drawing in enumerate(drawings)
        }

    code = [path.read_bytes() for path in (echarts, _SCRIPT, Path(__file__))]
    drawn = cache.step("charts", [prefix.encode(), request.encode(), *code], make)
    return [drawn[f"chart-{number}.svg"].read_text("utf-8") for number in range(len(charts))]


def _for_page(svg: str, prefix: str) -> str:
    """Leaves out what serves hovering and animation, and names ids after the prefix."""
    svg = re.sub(r"<style\b.*?</style>", "", svg, flags=re.DOTALL)
    svg = re.sub(r' (?:class|ecmeta_\w+|pointer-events)="[^"]*"', "", svg)
    names: dict[str, str] = {}
    return re.sub(
        r"\bzr\d+-[a-z]+\d+\b",  # numbered by ECharts in the order of the process, so that they would repeat
        lambda match: names.setdefault(match[0], f"{prefix}-{len(names)}"),
        svg,
    )
