"""The calculators on the command line: the same reply that the browser would get.

    python -m calculators abc_tiers customers.csv --json --set driver=revenue --lang en
    python -m calculators goal_breakdown people.csv --seek capacity_share=100% --by target

A file is the calculator's first table; further ones are named: ``--table locked=locked.csv``. What a file leaves open
is answered by its table's name and the question's: ``--set customers.totals=leave_out``. Beside a reader's own
file a date that stands for today is today's, as in the page. A field that is set and does not matter beside the others
is named. The company's figures come from ``playbook.yml`` of its folder, or from ``extra.playbook`` of the mkdocs.yml
in the current folder, if there is one.
"""

import argparse
import datetime
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from calculators import CALCULATORS
from calculators.bridge import Bridge
from calculators.configuration import Misconfigured, company_settings
from calculators.engine.answers.pseudonyms import drawn_word
from calculators.engine.asks.fields import ON, Field
from calculators.engine.asks.former import by_todays_names
from calculators.engine.asks.settings import UNITS
from calculators.engine.asks.tables import TableSpec
from calculators.engine.shows.text import spoken


def main(arguments: list[str] | None = None) -> int:
    """Run a calculator on files; exit status 1 when the input has mistakes, 2 when the command has."""
    parser = _parser()
    given = parser.parse_intermixed_args(arguments)  # options may stand before the file
    try:
        settings = company_settings(given.config)
    except Misconfigured as wrong:
        print(*wrong.sentences(given.lang), sep="\n", file=sys.stderr)
        return 2
    values = dict(pair.split("=", 1) for pair in given.set if "=" in pair)
    if len(values) < len(given.set):
        parser.error("--set wants FIELD=VALUE")
    answers = _answers(values)
    request: dict[str, object] = {"id": 1, "calculator": given.calculator, "language": given.lang, "values": values}
    declaration = CALCULATORS[given.calculator].declare(settings)
    files = _files(given, declaration.tables, parser.error)
    if values.get("pseudonyms") == ON and not values.get("secret_word"):
        values["secret_word"] = drawn_word()
        print(f"secret_word={values['secret_word']}", file=sys.stderr)
    attachments = {name: path.read_bytes() for name, path in files.items()}
    if files:
        options = {"sheet": given.sheet, "unit": given.unit}
        request["tables"] = {
            name: {"file": name, "name": path.name, **options, "answers": answers.get(name, {})}
            for name, path in files.items()
        }
        request["values"] = {field.name: _today(field) for field in declaration.fields if field.today} | values
    if given.file and given.file.suffix == ".json":
        attachments["plan"] = given.file.read_bytes()
        request |= {"plan": "plan", "values": values or None}
    request |= _sought(given, parser.error)
    bridge = Bridge(settings)
    answer = bridge.reply(json.dumps(request), attachments)
    reply = json.loads(answer)
    if unasked := _unasked(answers, reply):
        asked = [
            f"{table}.{one['name']}={'|'.join(one['options'])}"
            for table, questions in reply["questions"].items()
            for one in questions
        ]
        parser.error(f"nothing asks for {', '.join(unasked)}; what is asked: {', '.join(asked) or 'nothing'}")
    for name, why in reply.get("not_used", {}).items():
        print(f"{name}: {why}", file=sys.stderr)
    if given.save and reply["ok"]:
        given.save.write_bytes(bridge.download(json.dumps({**request, "download": "xlsx"}), attachments)[2])
    if given.json:
        print(answer)
    else:
        print(*_lines(reply), sep="\n", file=sys.stdout if reply["ok"] else sys.stderr)
    return 0 if reply["ok"] else 1


def _lines(reply: Mapping[str, Any]) -> list[str]:
    """Return a reply as lines to read: what matters and every figure, what was asked backwards, or mistakes and the
    answers to what is open.
    """
    if not reply["ok"]:
        wrong = [f"{error['field']}: {error['message']}" for error in reply["errors"]]
        return wrong + [
            f"  --set {table}.{question['name']}={option}  {said}"
            for table, questions in reply.get("questions", {}).items()
            for question in questions
            if question["chosen"] is None
            for option, said in question["options"].items()
        ]
    if "seek" in reply:
        return list(reply["seek"]["sentences"])
    verdict, figures = reply["result"]["verdict"], reply["result"]["figures"]
    lines = [f"{name}\t{'' if value is None else value}" for name, value in figures.items()]
    return [verdict["sentence"], *lines] if verdict else lines


def _sought(given: argparse.Namespace, refuse: Callable[[str], NoReturn]) -> dict[str, dict[str, str]]:
    """Return what is asked backwards, if anything, for the request."""
    if not given.seek and not given.by:
        return {}
    figure, sign, goal = (given.seek or "").partition("=")
    if not (sign and given.by):
        refuse("--seek wants FIGURE=VALUE, and --by a field")
    return {"seek": {"field": given.by, "figure": figure, "goal": goal}}


def _today(field: Field) -> str:
    """Return the date that stands in a field beside a reader's own data, as in the page."""
    today = datetime.date.today()
    if field.today == "quarter":
        today = today.replace(month=today.month - (today.month - 1) % 3, day=1) - datetime.timedelta(days=1)
    return today.isoformat()


def _answers(values: dict[str, str]) -> dict[str, dict[str, str]]:
    """Take the answers to questions about tables out of the values, and return them by table."""
    answers: dict[str, dict[str, str]] = {}
    for setting in [setting for setting in values if "." in setting]:
        table, _, question = setting.partition(".")
        answers.setdefault(table, {})[question] = values.pop(setting)
    return answers


def _unasked(answers: Mapping[str, Mapping[str, str]], reply: Mapping[str, Any]) -> list[str]:
    """Return the answers that no question was put for, or that are none of its options."""
    asked = {
        (table, question["name"]): question["options"]
        for table, questions in reply.get("questions", {}).items()
        for question in questions
    }
    return [
        f"{table}.{name}={option}"
        for table, given in answers.items()
        for name, option in given.items()
        if option not in asked.get((table, name), ())
    ]


def _files(
    given: argparse.Namespace, tables: Sequence[TableSpec], refuse: Callable[[str], NoReturn]
) -> dict[str, Path]:
    """Return the file of each table that is given."""
    names = [table.name for table in tables]
    named = {name: Path(path) for name, _, path in (pair.partition("=") for pair in given.table)}
    files: dict[str, Path] = by_todays_names(named, tables)
    if unknown := files.keys() - names:
        refuse(f"there is no table {', '.join(unknown)}; there are: {', '.join(names)}")
    if given.file and given.file.suffix != ".json":
        if not names:
            refuse(f"{given.calculator} reads no table")
        files[names[0]] = given.file
    for path in (*files.values(), *([given.file] if given.file else [])):
        if not path.is_file():
            refuse(f"there is no file {path}")
    return files


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m calculators", description="Compute natively what the page computes."
    )
    parser.add_argument("calculator", choices=sorted(CALCULATORS))
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        help="CSV file, workbook (XLSX, XLS, XLSB, ODS) or plan; without one, the worked example",
    )
    parser.add_argument("--table", action="append", default=[], metavar="NAME=FILE", help="a further table")
    parser.add_argument("--json", action="store_true", help="print the whole reply as JSON")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="set a field or an answer",
    )
    parser.add_argument("--seek", metavar="FIGURE=VALUE", help="which value of the field --by gives this")
    parser.add_argument("--by", metavar="FIELD", help="the field that --seek may change")
    parser.add_argument("--lang", choices=spoken(), default="zh")
    parser.add_argument("--sheet", help="the sheet of a workbook")
    parser.add_argument("--unit", type=int, choices=UNITS, help="what one in the file counts (10000 for 万元)")
    parser.add_argument("--save", type=Path, metavar="FILE.xlsx", help="write the result as a workbook")
    parser.add_argument("--config", type=Path, default=Path("mkdocs.yml"), help="where extra.playbook is")
    return parser


if __name__ == "__main__":
    sys.exit(main())
