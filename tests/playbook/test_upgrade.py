"""A newer version takes the place of this one, or nothing changes; the company's folder is never touched."""

import datetime
import shutil
import zipfile
from pathlib import Path

import pytest

from playbook import upgrade as module
from playbook.upgrade import PROGRAM, NotUpgraded, by_git, upgrade
from tests.test_checkout import tracked

NOW = datetime.datetime(2027, 1, 2, 3, 4, 5)


def version(folder: Path, name: str, *more: str) -> Path:
    """Make a playbook that is small: every part of it says which version it is."""
    for part in ("calculators/a.py", "macros/b.py", "playbook/c.py", "docs/en/about.md", "mkdocs.yml", *more):
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (folder / part).write_text("" if part == "mkdocs.yml" else name, encoding="utf-8")
    return folder


def files(folder: Path) -> dict[str, str]:
    """Return every file by its name in the folder, but what is kept of former versions."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_text("utf-8") for name, path in found.items() if not name.startswith("previous/")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a company's playbook of version one, with its folder, and something of its own beside."""
    folder = version(tmp_path / "playbook", "one", "benchmarks/old.py", "company/docs/en/about.md", "notes.txt")
    (folder / "company/playbook.yml").write_text("currency: USD\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("packed", [False, True])
def test_a_newer_version_takes_the_place_of_this_one(tmp_path: Path, root: Path, packed: bool) -> None:
    """From a folder, or a zip with one folder in it; what it no longer has goes, what nobody knows stays."""
    newer = version(tmp_path / "unpacked/playbook-2", "two", "docs/en/new.md", "company/docs/en/about.md", "site/x")
    if packed:
        packed_file = tmp_path / "newer.zip"
        with zipfile.ZipFile(packed_file, "w") as archive:
            for path in newer.rglob("*"):
                archive.write(path, path.relative_to(newer.parent))
        shutil.rmtree(newer)
        newer = packed_file
    before = files(root)
    former = upgrade(root, newer, root / "company", NOW)
    after = files(root)
    kept = {name: text for name, text in before.items() if name.startswith("company/") or name == "notes.txt"}
    assert {name: text for name, text in after.items() if name in kept} == kept
    assert {text for name, text in after.items() if name not in kept and name != "mkdocs.yml"} == {"two"}
    assert "benchmarks/old.py" not in after
    assert "docs/en/new.md" in after
    assert "site/x" not in after
    assert [path.name for path in (root / "previous").iterdir()] == [former.name]
    upgrade(root, former, root / "company", NOW + datetime.timedelta(seconds=1))
    assert files(root) == before


@pytest.mark.parametrize("stops_at", range(1, 11))
def test_what_stops_the_swap_puts_everything_back(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch, stops_at: int
) -> None:
    """At whichever file the disk refuses, the version that was there is there, and nothing of the other."""
    newer, before, count = version(tmp_path / "newer", "two"), files(root), 0
    rename = Path.rename

    def refusing(path: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == stops_at:
            raise OSError("the disk is full")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(NotUpgraded, match="all is as it was: the disk is full"):
        upgrade(root, newer, root / "company", NOW)
    assert files(root) == before
    assert list((root / "previous").iterdir()) == []


def test_ctrl_c_in_the_midst_puts_everything_back(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for whoever changes their mind."""
    newer, before = version(tmp_path / "newer", "two"), files(root)
    rename = Path.rename

    def stopped(path: Path, target: Path) -> Path:
        if path.name == "mkdocs.yml" and path.parent.name.endswith(".new"):
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(KeyboardInterrupt):
        upgrade(root, newer, root / "company", NOW)
    assert files(root) == before


def test_what_is_no_version_is_refused(tmp_path: Path, root: Path) -> None:
    """A folder of something else, a file that is no zip, nothing, this very playbook; all stays as it was."""
    before = files(root)
    (tmp_path / "photos").mkdir()
    (tmp_path / "letter.zip").write_text("no zip", encoding="utf-8")
    for wrong, sentence in (
        (tmp_path / "photos", "is no playbook"),
        (tmp_path / "letter.zip", "cannot be unpacked"),
        (tmp_path / "nothing", "There is no"),
        (root, "this very playbook"),
    ):
        with pytest.raises(NotUpgraded, match=sentence):
            upgrade(root, wrong, root / "company", NOW)
    assert files(root) == before


def test_figures_in_our_file_are_not_lost(tmp_path: Path, root: Path) -> None:
    """A company that has them in mkdocs.yml is told where to move them, and nothing is changed."""
    (root / "company/playbook.yml").unlink()
    (root / "mkdocs.yml").write_text("extra: {playbook: {currency: USD}}\n", encoding="utf-8")
    before = files(root)
    with pytest.raises(NotUpgraded, match=r"Move what is under extra\.playbook into company/playbook\.yml first"):
        upgrade(root, version(tmp_path / "newer", "two"), root / "company", NOW)
    assert files(root) == before


def test_a_git_checkout_is_told_how_git_does_it(root: Path) -> None:
    """Without a place to take a version from, both ways are said."""
    assert by_git(root).startswith("Say where the newer version is")
    (root / ".git").mkdir()
    assert "git fetch UPSTREAM && git merge UPSTREAM/main" in by_git(root)


def test_an_upgrade_knows_everything_that_this_version_consists_of() -> None:
    """What is at the top of the repository is swapped, and nothing else of a company's checkout."""
    assert set(PROGRAM) == {name.partition("/")[0] for name in tracked()}
    assert not set(PROGRAM) & set(module.NEVER)
