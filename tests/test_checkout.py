"""A checkout that every system can have, and a site that it can unpack: names, links and the ends of lines."""

import re
import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parent.parent
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""What Windows takes for a device, with any ending."""
LONGEST = 180
"""Characters of a path: Windows takes 260 by default, and people have folders."""


def tracked() -> list[str]:
    """Return the files of the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout")
    return [name for name in listed.stdout.decode().split("\0") if name]


def troubles(names: Sequence[str]) -> list[str]:
    """Return those names that some system cannot have beside the others."""
    alike = Counter(name.casefold() for name in names)
    return [
        name
        for name in names
        if alike[name.casefold()] > 1
        or len(name) > LONGEST
        or any(
            RESERVED.fullmatch(part) or re.search(r'[<>:"|?*\\\x00-\x1f]|[. ]$', part)
            for part in PurePosixPath(name).parts
        )
    ]


@pytest.mark.parametrize(
    "name", ["docs/AUX.md", "a/con", "x/nul.tar.gz", "a:b", "what?.md", "a.", "a /b", "l" * 181, "back\\slash"]
)
def test_a_name_that_windows_refuses_is_found(name: str) -> None:
    """Devices with any ending, signs that paths have, a dot or a space at the end, and what is too long."""
    assert troubles([name, "docs/console.md", ".ci/run"]) == [name]


def test_names_that_differ_in_case_alone_are_found() -> None:
    """On Windows and macOS they are one file."""
    assert troubles(["a/README.md", "a/readme.md", "b"]) == ["a/README.md", "a/readme.md"]


def test_every_system_can_check_this_out() -> None:
    """No name is refused, and nothing is a link, which Windows makes for administrators only."""
    names = tracked()
    assert troubles(names) == []
    assert [name for name in names if (ROOT / name).is_symlink()] == []


def test_every_line_ends_alike() -> None:
    """Hashes are taken of files: what git keeps has no \\r, and .gitattributes has it checked out so everywhere."""
    listed = subprocess.run(["git", "ls-files", "--eol"], cwd=ROOT, capture_output=True, check=False, encoding="utf-8")
    if listed.returncode:
        pytest.skip("this is no git checkout")
    for line in listed.stdout.splitlines():
        kept, _, rest = line.partition(" ")
        assert kept in {"i/lf", "i/none", "i/-text"}, line
        assert kept == "i/-text" or "eol=lf" in rest, line


def test_every_system_can_unpack_the_site(site: Path) -> None:
    """The same of what is built."""
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    assert troubles(names) == []
    assert not any((site / name).is_symlink() for name in names)
