"""Everything that a page may ask of the calculators, asked once, of their worked examples alone.

The build runs it before it takes the snapshot from which pages start, so that nothing is imported or built for
the first time while a reader waits. No reader's data and no setting of the company is in it.
"""

import json
from typing import Any

from calculators import CALCULATORS
from calculators.bridge import Bridge
from calculators.engine.shows.text import spoken


def warm_up() -> None:
    """Ask for every calculator, in each language, replies and downloads, and read the files that come out.

    No workbook is read or written: what does it comes with the first.
    """
    for name in CALCULATORS:
        for language in spoken():
            _warm_up(Bridge(), {"id": 0, "calculator": name, "language": language})


def _warm_up(bridge: Bridge, example: dict[str, Any]) -> None:
    reply = json.loads(bridge.reply(json.dumps(example)))
    files: dict[str, bytes] = {}

    def ask(**request: Any) -> None:
        bridge.reply(json.dumps({**example, **request}), files)

    def download(**request: str) -> bytes:
        return bridge.download(json.dumps({**example, **request}), files)[2]

    for table in reply["result"]["tables"]:
        files["table.csv"] = download(download="csv", table=table)
    for table in reply["inputs"]:
        ask(rows_of=table)
        ask(tables={table: {"file": "table.csv", "name": "table.csv"}})
        ask(tables={table: {"text": "a\tb\n1\t2"}})
    files["plan"] = download(download="plan")
    ask(plan="plan")
    ask(values=dict.fromkeys(reply["values"], "?"))
