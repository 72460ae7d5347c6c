"""What a company's folder begins with: its figures, and the pages that only the company can write, as forms to fill in.

All of it is made beside the folder first and then put in its place, so that nothing is ever there by half; what is
there already stays as it is. Not here: the questions (`questions`).
"""

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from string import Template

from calculators.configuration import OWN_FILE
from calculators.engine.shows.text import LANGUAGES, Language, words_of
from macros.pages import literal
from macros.settings import as_file, written
from playbook.questions import STAGES, Answers

_PAGES = Path(__file__).with_name("pages")
FORMS = ("products", "prices", "contract", "customers", "crm", "decisions")
"""The pages that only the company can write, in their order in the navigation."""
ASKED = (
    *("company", "currency", "unit", "roles"),
    *("calendar.week", "calendar.year_starts", "calendar.days_off", "abc.customers", "abc.revenue", "abc.service"),
)
"""The settings that the answers give; all others stand in the file as comments, with our defaults."""


def files(answers: Answers, messages: Language | None = None) -> dict[str, str]:
    """Return everything that the folder begins with, by its name in the folder.

    ``messages`` is the language in which the build and the commands are to speak; None leaves that to the computer.
    """
    left_out = [f"stage-{stage}" for stage in STAGES if stage not in answers.stages]
    left_out += [language for language in LANGUAGES if language not in answers.languages]
    choices = {
        "leave_out": f"leave_out: {written(left_out)}" if left_out else "# leave_out: []",
        "messages": f"messages: {messages}" if messages else "# messages: zh",
    }
    lines = [as_file(answers.settings, answers.languages, ASKED)]
    for name, line in choices.items():
        lines += [f"# {words_of('settings', language)['meaning'][name]}" for language in answers.languages]
        lines += [line, ""]
    made = {OWN_FILE: "\n".join(lines)}
    for language in answers.languages:
        for name in FORMS:
            made[f"docs/{language}/ours/{name}.md"] = _form(language, name, answers)
    return made


def _form(language: Language, name: str, answers: Answers) -> str:
    page = (_PAGES / language / f"{name}.md").read_text(encoding="utf-8")
    rows: Mapping[str, str] = {
        f"{kind}_{language}": "\n".join(
            f"| {literal(one)} |  |  |  |{'  |' * (name == 'prices')}" for one in listed or ("",)
        )
        for kind, listed in (("products", answers.products), ("systems", answers.systems))
    }
    # JSON's strings are YAML's, whatever is in a name.
    owners = {f"owner_{part}": json.dumps(owner, ensure_ascii=False) for part, owner in answers.owners.items()}
    return Template(page).substitute(**rows, **owners)


def write(folder: Path, made: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Put files into a folder, made or not, and return the names of those written, and of those there before.

    Nothing of it is there until all of it could be written.
    """
    kept = [name for name in made if (folder / name).exists()]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{folder.name}-", dir=folder.parent) as temporary:
        beside = Path(temporary) / folder.name
        fresh = [name for name in made if name not in kept]
        for name in fresh:
            place = beside / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(made[name], encoding="utf-8", newline="\n")
        if fresh and not folder.exists():
            beside.rename(folder)
        else:
            for name in fresh:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.move(beside / name, folder / name)
    return fresh, kept
