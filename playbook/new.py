"""A calculator to begin with, which works as it is: its folder, and its page in both languages.

The files are in ``skeleton/``; what they say of a calculator's parts is explained on make-it-yours/reference.
"""

import keyword
import re
from collections.abc import Iterator
from pathlib import Path
from string import Template

from calculators import CALCULATORS, COMPANY
from macros.said import say

_SKELETON = Path(__file__).with_name("skeleton")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_NAV = "      - calculators/verify.md\n"
"""Behind which a calculator of ours stands in mkdocs.yml."""


class NotMade(ValueError):  # noqa: N818 - as NotAnAnswer
    """Why there is no new calculator, as a sentence."""


def files(name: str, root: Path, *, upstream: bool) -> Iterator[tuple[Path, str]]:
    """Yield the files of a new calculator, in the company's folder or, ``upstream``, among ours. Raises NotMade."""
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        raise NotMade(say("new.no_name", name=name))
    if name in CALCULATORS or name == "engine" or (root / "calculators" / f"{name}.py").exists():
        raise NotMade(say("new.taken", name=name))
    home = root if upstream else COMPANY
    title = name.replace("_", " ").capitalize()
    for path in sorted(_SKELETON.rglob("*.*")):
        text = Template(path.read_text(encoding="utf-8")).substitute(name=name, title=title, after="calculators/verify")
        if page := re.fullmatch(r"page\.(\w+)\.md", path.name):
            place = home / "docs" / page[1] / "calculators" / f"{name}.md"
            text = re.sub(r"^after: .*\n", "", text, flags=re.MULTILINE) if upstream else text
        else:
            place = home / "calculators" / name / path.relative_to(_SKELETON).as_posix().removesuffix(".txt")
        yield place, text


def write(name: str, root: Path, *, upstream: bool = False) -> list[Path]:
    """Write a new calculator and return its files; none where one of them is there already. Raises NotMade."""
    made = dict(files(name, root, upstream=upstream))
    if there := [path for path in made if path.exists()]:
        raise NotMade(say("new.there", paths=there))
    if upstream:
        configuration = root / "mkdocs.yml"
        text = configuration.read_text(encoding="utf-8")
        if text.count(_NAV) != 1:
            raise NotMade(say("new.no_line", line=_NAV.strip()))
        made[configuration] = text.replace(_NAV, f"{_NAV}      - calculators/{name}.md\n")
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(made)
