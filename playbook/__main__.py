"""A company's work on its own playbook, from the command line.

    python -m playbook copy stage-1/seed-customers   starts a page of the company's own from ours, in every language
    python -m playbook status                        says what is past its review or behind ours, by owner

The company's folder is ``company``, or what PLAYBOOK_COMPANY names; see the README, "Make it yours".
"""

import argparse
import datetime
import sys
from collections.abc import Sequence

from calculators.engine.shows.text import LANGUAGES
from macros import layers
from macros.anatomy import overdue


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked; exit status 1 where it cannot be or something is to be looked at, 2 for a wrong command."""
    parser = argparse.ArgumentParser(prog="python -m playbook", description="Work on a company's own playbook.")
    commands = parser.add_subparsers(dest="command", required=True)
    copying = commands.add_parser("copy", help="start a page of the company's own from ours, in every language")
    copying.add_argument("pages", nargs="+", metavar="PAGE", help="like stage-1/seed-customers")
    commands.add_parser("status", help="what is past its review or behind ours, by owner")
    given = parser.parse_args(arguments)
    return _copy(given.pages) if given.command == "copy" else _status(datetime.date.today())


def _copy(pages: Sequence[str]) -> int:
    """Copy pages of ours into the company's folder; none where one of them cannot be, and none over what is there."""
    names = [f"{language}/{page.removesuffix('.md')}.md" for page in pages for language in LANGUAGES]
    try:
        texts = {name: layers.copied(name) for name in names}
    except ValueError as mistake:
        print(mistake, file=sys.stderr)
        return 1
    if there := [layers.named(name) for name in names if (layers.OWN / name).exists()]:
        print(f"{', '.join(there)}: there already, and nothing was copied", file=sys.stderr)
        return 1
    for name, text in texts.items():
        page = layers.OWN / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
        print(f"{layers.named(name)} replaces docs/{name} from now on")
    return 0


def _status(today: datetime.date) -> int:
    """Print what is to be looked at, by who answers for it."""
    found: dict[str, list[str]] = {}
    for name in layers.pages():
        meta = layers.front_matter_of(name)
        due = f"{layers.named(name)} was due for review on {meta.get('next_review')}" if overdue(meta, today) else ""
        for sentence in filter(None, (due, layers.outdated(name))):
            found.setdefault(str(meta.get("owner", "nobody")), []).append(sentence)
    for owner, sentences in sorted(found.items()):
        print(f"{owner}:", *(f"  {sentence}" for sentence in sentences), sep="\n")
    if not found:
        print("Nothing is past its review, and no page of yours is behind ours.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
