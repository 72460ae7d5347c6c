"""A company's work on its own playbook, from the command line.

    python -m playbook init                          begins the company's folder, by some questions or a file of answers
    python -m playbook copy stage-1/seed-customers   starts a page of the company's own from ours, in every language
    python -m playbook new calculator rebates        starts a calculator of its own, which works as it is
    python -m playbook status                        says what is to be looked at, by owner
    python -m playbook upgrade --from ../newer.zip   takes a newer version, and leaves the company's folder alone

The company's folder is ``company``, or what PLAYBOOK_COMPANY names; see the README, "Make it yours". In which language
all of this speaks is chosen in `macros.said`; ``--lang`` says it for once.
"""

import argparse
import datetime
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from calculators.configuration import Misconfigured, company_settings
from calculators.engine.asks.settings import Roles
from calculators.engine.shows.text import LANGUAGES, Language
from macros import layers, said
from macros.handbook import words
from macros.said import say, spoken
from macros.shown import Shown, shown
from playbook import beginnings, new, questions
from playbook.questions import QUESTIONS, Answers, Asker, NotAnAnswer, read_file
from playbook.upgrade import NotUpgraded, by_git, upgrade

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked; exit status 1 where it cannot be or something is to be looked at, 2 for a wrong command."""
    told = argparse.ArgumentParser(add_help=False)
    told.add_argument("--lang", choices=LANGUAGES)
    lang: Language | None = told.parse_known_args(arguments)[0].lang
    with spoken(lang):
        return _run(_parser().parse_args(arguments), lang)


def _run(given: argparse.Namespace, lang: Language | None) -> int:
    match given.command:
        case "init":
            return _init(lang, given.answers, defaults=given.defaults)
        case "copy":
            return _copy(given.pages)
        case "new":
            return _new(given.name, upstream=given.upstream)
        case "upgrade":
            return _upgrade(given.source)
        case _:
            return _status(datetime.date.today())


def _parser() -> argparse.ArgumentParser:
    """Return the commands, explained in the language that is spoken now."""
    lang = argparse.ArgumentParser(add_help=False)
    lang.add_argument("--lang", choices=LANGUAGES, help=say("command.lang"))
    parser = argparse.ArgumentParser(prog="python -m playbook", description=say("command.about"), parents=[lang])
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, about: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=about, description=about, parents=[lang])

    init = command("init", say("command.init"))
    init.add_argument("--answers", type=Path, metavar="FILE.toml", help=say("command.answers"))
    init.add_argument("--defaults", action="store_true", help=say("command.defaults"))
    copying = command("copy", say("command.copy"))
    copying.add_argument("pages", nargs="+", metavar="PAGE", help=say("command.page"))
    starting = command("new", say("command.new"))
    starting.add_argument("kind", choices=["calculator"])
    starting.add_argument("name", metavar="NAME", help=say("command.name"))
    starting.add_argument("--upstream", action="store_true", help=say("command.upstream"))
    command("status", say("command.status"))
    newer = command("upgrade", say("command.upgrade"))
    newer.add_argument("--from", dest="source", type=Path, metavar="FOLDER-OR-ZIP", help=say("command.source"))
    return parser


def _init(language: Language | None, file: Path | None, *, defaults: bool) -> int:
    """Ask, or read the answers, and write the folder; nothing of it unless every answer is there."""
    asker = Asker(language or said.language())
    try:
        if file:
            if mistakes := read_file(file, asker):
                print(*mistakes, sep="\n", file=sys.stderr)
                return 2
        elif not defaults:
            asker = _asked(language)
            language = asker.language
        return _begin(asker.answers(), asker, language)
    except KeyboardInterrupt:
        print(f"\n{asker.say('said', 'cancelled')}", file=sys.stderr)
        return 1
    except EOFError:
        print(f"\n{asker.say('said', 'no_terminal')}", file=sys.stderr)
        return 1
    except OSError as error:
        print(asker.say("said", "not_written", error=error), file=sys.stderr)
        return 1


def _begin(answers: Answers, asker: Asker, chosen: Language | None) -> int:
    """Write the folder; a language that somebody has ``chosen`` is spoken from then on."""
    folder = layers.COMPANY
    fresh, kept = beginnings.write(folder, beginnings.files(answers, chosen))
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
    print(questions.words()["intro"][language].format(count=len(QUESTIONS)))
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
    """Copy pages of ours into the company's folder, in the languages that it shows.

    None is copied where one of them cannot be, and none over what is there.
    """
    try:
        languages = [language for language in LANGUAGES if language in shown().languages]
    except Misconfigured as wrong:
        print(*wrong.sentences(said.language()), sep="\n", file=sys.stderr)
        return 1
    names = [f"{language}/{page.removesuffix('.md')}.md" for page in pages for language in languages]
    try:
        texts = {name: layers.copied(name) for name in names}
    except ValueError as mistake:
        print(mistake, file=sys.stderr)
        return 1
    if there := [layers.named(name) for name in names if (layers.OWN / name).exists()]:
        print(say("copy.there", pages=there), file=sys.stderr)
        return 1
    for name, text in texts.items():
        page = layers.OWN / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
        print(say("copy.replaces", page=layers.named(name), original=name))
    return 0


def _new(name: str, *, upstream: bool) -> int:
    """Write a calculator that works, and say what to do with it."""
    try:
        made = new.write(name, ROOT, upstream=upstream)
    except new.NotMade as mistake:
        print(mistake, file=sys.stderr)
        return 1
    for path in made:
        print(say("new.written", path=path.relative_to(ROOT) if path.is_relative_to(ROOT) else path))
    print(say("new.next", name=name))
    return 0


def _status(today: datetime.date) -> int:
    """Print what is to be looked at of the pages that the site has, by who answers for them."""
    found: dict[str, list[str]] = {}
    stops = layers.mistakes()
    what = Shown()
    try:
        company_settings(ROOT / "mkdocs.yml", layers.COMPANY)
        what = shown()
    except Misconfigured as wrong:
        stops += wrong.sentences(said.language())
    if stops:
        found[say("status.stops")] = stops
    for page in layers.pages() if not found else ():
        language, _, name = page.partition("/")
        for one in layers.due(page, today) if language in what.languages and what.has(name) else ():
            found.setdefault(one.owner, []).append(one.sentence)
    for owner, sentences in sorted(found.items()):
        head = say("status.owner", owner=_called(owner) if owner else say("status.nobody"))
        print(head, *(f"  {sentence}" for sentence in sentences), sep="\n")
    if not found:
        print(say("status.clean"))
    return 1 if found else 0


def _called(owner: str) -> str:
    """Return what an owner is called: a role as the company calls it, a name as it is."""
    try:
        roles = company_settings(ROOT / "mkdocs.yml", layers.COMPANY).section(Roles).names
    except Misconfigured:  # which the build tells
        roles = {}
    language = said.language()
    return roles.get(owner, {}).get(language) or words(language)["roles"].get(owner, owner)


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
    back = former.relative_to(ROOT)
    print(say("upgrade.done", company=layers.COMPANY.name, former=former, back=back), flush=True)
    subprocess.run([sys.executable, "-m", "playbook", "status"], cwd=ROOT, check=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
