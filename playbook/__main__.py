"""A company's work on its own playbook, from the command line.

    python -m playbook init                          begins the company's folder, by some questions or a file of answers
    python -m playbook copy stage-1/seed-customers   starts a page of the company's own from ours, in every language
    python -m playbook new calculator rebates        starts a calculator of its own, which works as it is
    python -m playbook status                        says what is to be looked at, by owner
    python -m playbook upgrade --from ../newer.zip   takes a newer version, and leaves the company's folder alone

The company's folder is ``company``, or what PLAYBOOK_COMPANY names; see the README, "Make it yours".
"""

import argparse
import datetime
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from calculators.engine.shows.text import LANGUAGES, Language
from macros import layers
from playbook import beginnings, new
from playbook.questions import QUESTIONS, Answers, Asker, NotAnAnswer, read_file, words
from playbook.upgrade import NotUpgraded, by_git, upgrade

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked; exit status 1 where it cannot be or something is to be looked at, 2 for a wrong command."""
    parser = argparse.ArgumentParser(prog="python -m playbook", description="Work on a company's own playbook.")
    commands = parser.add_subparsers(dest="command", required=True)
    init = commands.add_parser(
        "init", help="begin the company's folder, by some questions · 用一组问题建立公司的文件夹"
    )
    init.add_argument("--lang", choices=LANGUAGES, help="the language of the questions · 用哪种语言提问")
    init.add_argument("--answers", type=Path, metavar="FILE.toml", help="take the answers from a file, and ask nothing")
    init.add_argument("--defaults", action="store_true", help="take every default, and ask nothing")
    copying = commands.add_parser("copy", help="start a page of the company's own from ours, in every language")
    copying.add_argument("pages", nargs="+", metavar="PAGE", help="like stage-1/seed-customers")
    starting = commands.add_parser("new", help="start a calculator of the company's own, which works as it is")
    starting.add_argument("kind", choices=["calculator"])
    starting.add_argument("name", metavar="NAME", help="small letters, digits and _, like rebates")
    starting.add_argument("--upstream", action="store_true", help="among ours, and not in the company's folder")
    commands.add_parser("status", help="what is not written, past its review or behind ours, by owner")
    newer = commands.add_parser("upgrade", help="take a newer version, and leave the company's folder alone")
    newer.add_argument("--from", dest="source", type=Path, metavar="FOLDER-OR-ZIP", help="where the newer version is")
    given = parser.parse_args(arguments)
    match given.command:
        case "init":
            return _init(given.lang, given.answers, defaults=given.defaults)
        case "copy":
            return _copy(given.pages)
        case "new":
            return _new(given.name, upstream=given.upstream)
        case "upgrade":
            return _upgrade(given.source)
        case _:
            return _status(datetime.date.today())


def _init(language: Language | None, file: Path | None, *, defaults: bool) -> int:
    """Ask, or read the answers, and write the folder; nothing of it unless every answer is there."""
    asker = Asker(language or "en")
    try:
        if file:
            if mistakes := read_file(file, asker):
                print(*mistakes, sep="\n", file=sys.stderr)
                return 2
        elif not defaults:
            asker = _asked(language)
        return _begin(asker.answers(), asker)
    except KeyboardInterrupt:
        print(f"\n{asker.say('said', 'cancelled')}", file=sys.stderr)
        return 1
    except EOFError:
        print(f"\n{asker.say('said', 'no_terminal')}", file=sys.stderr)
        return 1
    except OSError as error:
        print(asker.say("said", "not_written", error=error), file=sys.stderr)
        return 1


def _begin(answers: Answers, asker: Asker) -> int:
    folder = layers.COMPANY
    fresh, kept = beginnings.write(folder, beginnings.files(answers))
    for name in kept:
        print(asker.say("said", "kept", name=f"{folder.name}/{name}"))
    for name in fresh:
        print(asker.say("said", "written", name=f"{folder.name}/{name}"))
    print(asker.say("said", "next", folder=folder.name))
    return 0


def _asked(language: Language | None) -> Asker:
    """Ask at the terminal, each question until its answer is one."""
    while language is None:
        chosen = input("中文提问请回车，English: type en [zh] ").strip().lower() or "zh"
        language = next((one for one in LANGUAGES if one == chosen), None)
    asker = Asker(language)
    print(words()["intro"][language].format(count=len(QUESTIONS)))
    for number, name in enumerate(QUESTIONS, 1):
        while asker.asks(name):
            default = asker.default(name)
            try:
                asker.answer(name, input(f"\n{number}/{len(QUESTIONS)} {asker.question(name)}\n[{default}] "))
            except NotAnAnswer as mistake:
                print(mistake)
            else:
                break
    return asker


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


def _new(name: str, *, upstream: bool) -> int:
    """Write a calculator that works, and say what to do with it."""
    try:
        made = new.write(name, ROOT, upstream=upstream)
    except new.NotMade as mistake:
        print(mistake, file=sys.stderr)
        return 1
    for path in made:
        print(f"written: {path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}")
    print(f"It works as it is: python -m calculators {name}. Then make it your own; what may stand in each file is in")
    print("the handbook under “Make it yours”, in the reference for calculators (make-it-yours/reference).")
    return 0


def _status(today: datetime.date) -> int:
    """Print what is to be looked at, by who answers for it."""
    found: dict[str, list[str]] = {}
    for mistake in layers.mistakes():
        found.setdefault("the build stops at these", []).append(mistake)
    for name in layers.pages() if not found else ():
        for one in layers.due(name, today):
            found.setdefault(one.owner, []).append(one.sentence)
    for owner, sentences in sorted(found.items()):
        print(f"{owner}:", *(f"  {sentence}" for sentence in sentences), sep="\n")
    if not found:
        print("No page of yours is unwritten or behind ours, and none is past its review.")
    return 1 if found else 0


def _upgrade(source: Path | None) -> int:
    """Take a newer version; then it says itself what is to be looked at."""
    if source is None:
        print(by_git(ROOT))
        return 2
    try:
        former = upgrade(ROOT, source.resolve(), layers.COMPANY, datetime.datetime.now())
    except NotUpgraded as reason:
        print(reason, file=sys.stderr)
        return 1
    print(f"The newer version is in place; {layers.COMPANY.name}/ is as it was. The former one is in {former}.")
    print(f"To go back: python -m playbook upgrade --from {former.relative_to(ROOT)}")
    print("Next: make site (it fetches what the newer version needs). What is to be looked at now:", flush=True)
    subprocess.run([sys.executable, "-m", "playbook", "status"], cwd=ROOT, check=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
