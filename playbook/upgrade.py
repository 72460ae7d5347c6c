"""A newer version in the place of this one: the program's files are swapped, everything of the company's stays.

What the version that is left consisted of is kept whole in ``previous/``, and is itself a version that can be gone back
to. Nothing is changed until the new one is here as a whole, and whatever stops the swap puts back what was moved.
"""

import datetime
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from calculators.configuration import company_settings
from calculators.engine.asks.settings import Settings
from macros.said import say

PROGRAM = (
    *(".ci", ".gitattributes", ".github", ".gitignore", ".gitlab-ci.yml", ".npmrc", "CHANGELOG.md", "CONTRIBUTING.md"),
    *("LICENSE", "Makefile", "README.md", "SECURITY.md", "benchmarks", "calculators", "docs", "locks", "macros"),
    *("mkdocs.yml", "overrides", "package-lock.json", "package.json", "playbook", "pyproject.toml", "tests"),
    "tsconfig.json",
)
"""What this version consists of, at the top of the checkout; all else there is the company's or was made here."""
MARKS = ("mkdocs.yml", "calculators", "macros", "playbook", "docs")
"""What every version has."""
NEVER = ("company", ".git", ".venv", "site", "build", "carry", "previous", "node_modules", "__pycache__")
"""What is not taken from a version, since it is somebody's own or made anew."""


class NotUpgraded(Exception):  # noqa: N818 - as NotAnAnswer: the name states what has happened
    """Why nothing was changed, as a sentence."""


def by_git(root: Path) -> str:
    """Return how a git checkout takes a newer version; it is git's business, and merges nothing of the company's."""
    return say("upgrade.by_git" if (root / ".git").exists() else "upgrade.say_where")


def upgrade(root: Path, newer: Path, company: Path, now: datetime.datetime) -> Path:
    """Put the version in ``newer``, a folder or a zip file, in the place of that in ``root``.

    Return where the former is kept. Raises NotUpgraded, with everything as it was.
    """
    _refuse_figures_in_ours(root, company)
    with _opened(newer, root) as source:
        names = [path.name for path in sorted(source.iterdir()) if path.name != company.name and _is_taken(path)]
        stamp = f"{now:%Y-%m-%d-%H%M%S}"
        former, fresh = root / "previous" / stamp, root / "previous" / f"{stamp}.new"
        try:
            fresh.mkdir(parents=True)
            for name in names:
                _copy(source / name, fresh / name)
            former.mkdir()
        except OSError as error:
            shutil.rmtree(fresh, ignore_errors=True)
            raise NotUpgraded(say("upgrade.not_copied", error=error)) from error
    _swap(root, fresh, former, names)
    shutil.rmtree(fresh, ignore_errors=True)
    return former


def _swap(root: Path, fresh: Path, former: Path, names: list[str]) -> None:
    moved: list[tuple[Path, Path]] = []
    try:
        for name in sorted({*PROGRAM, *names}):
            if (root / name).exists():
                (root / name).rename(former / name)
                moved.append((root / name, former / name))
        for name in names:
            (fresh / name).rename(root / name)
            moved.append((fresh / name, root / name))
    except BaseException as error:
        for place, now in reversed(moved):
            now.rename(place)
        shutil.rmtree(fresh, ignore_errors=True)
        former.rmdir()
        if not isinstance(error, OSError):
            raise
        raise NotUpgraded(say("upgrade.not_swapped", error=error)) from error


def _refuse_figures_in_ours(root: Path, company: Path) -> None:
    """Stop where the company's figures stand in our mkdocs.yml, which the newer version brings anew."""
    if not (company / "playbook.yml").is_file() and company_settings(root / "mkdocs.yml", company) != Settings():
        raise NotUpgraded(say("upgrade.figures_in_ours", company=company.name))


@contextmanager
def _opened(newer: Path, root: Path) -> Iterator[Path]:
    """Yield the folder of a version; of a zip file what it is unpacked to. Raises NotUpgraded where that is none."""
    if newer.is_dir():
        yield _version(newer, root)
        return
    if not newer.is_file():
        raise NotUpgraded(say("upgrade.none", newer=newer))
    with tempfile.TemporaryDirectory() as temporary:
        try:
            with zipfile.ZipFile(newer) as archive:
                archive.extractall(temporary)  # which leaves out .. and absolute names
        except (zipfile.BadZipFile, OSError, EOFError) as error:
            raise NotUpgraded(say("upgrade.not_unpacked", newer=newer, error=error)) from error
        yield _version(Path(temporary), root)


def _version(folder: Path, root: Path) -> Path:
    """Return the folder that has the version, the one given or the single one in it, as archives have it."""
    inner = [path for path in folder.iterdir() if path.is_dir()]
    candidates: list[Path] = [folder, *(inner if len(inner) == 1 else ())]
    for candidate in candidates:
        if all((candidate / name).exists() for name in MARKS):
            if candidate.resolve() == root.resolve():
                raise NotUpgraded(say("upgrade.this_very"))
            return candidate
    raise NotUpgraded(say("upgrade.no_playbook", folder=folder, marks=MARKS))


def _is_taken(path: Path) -> bool:
    """Say whether something at the top of a newer version belongs to it: tools leave folders of their own beside."""
    made = path.is_dir() and (path.name.startswith(".") or path.name.endswith(".egg-info"))
    return path.name in PROGRAM or not (made or path.name in NEVER)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(source, target)
