"""python -m macros.publish TARGET: puts the built site into a server's folder, as one swap.

    python -m macros.publish /srv/playbook            site/ becomes the folder; what was there stays beside it
    python -m macros.publish --check /srv/playbook    whether every file of that build is there and unchanged

The copy is made and compared beside the target; then the two folders change places. Readers see the old site or the new
one, and nothing between, whenever this is killed. Here: that. Not here: building (`make site`), and a server's own
configuration.
"""

import argparse
import ctypes
import errno
import os
import re
import shutil
import sys
from pathlib import Path

from mkdocs.utils import clean_directory

from macros.policy import build_hash
from macros.said import say

SITE = Path(__file__).resolve().parents[1] / "site"
_BUILD = re.compile(rb'<meta name="pb-build" content="([0-9a-f]{64})">')
_AT_FDCWD = -100
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2), and RENAME_SWAP of renamex_np(2)


class PublishError(Exception):
    """The site was not published; the message says why, and what was there is still there."""


def check(folder: Path) -> str:
    """Return the build that a folder is, whole and unchanged; PublishError where it is none."""
    try:
        found = _BUILD.search((folder / "index.html").read_bytes())
    except OSError:
        found = None
    if not found:
        raise PublishError(say("publish.no_playbook", folder=folder))
    said = found[1].decode()
    if build_hash(folder, said) != said:
        raise PublishError(say("publish.not_whole", folder=folder, build=said))
    return said


def publish(site: Path, target: Path) -> str:
    """Make ``target`` the site, and keep what was there as ``TARGET.previous``; the build's hash.

    Raises PublishError for a site that is not whole, and rather than replace what is no playbook.
    """
    site, target = site.resolve(), target.absolute()
    if site == target or site in target.parents or target in site.parents:
        raise PublishError(say("publish.not_beside", target=target, site=site))
    build = check(site)
    coming, previous = (target.with_name(f"{target.name}.{ending}") for ending in ("coming", "previous"))
    if not target.exists() and previous.exists():
        previous.rename(target)  # an earlier run was killed where folders cannot change places at once
    if target.exists() and any(target.iterdir()) and not (target / "index.html").read_bytes().count(b"pb-build"):
        raise PublishError(say("publish.something_else", target=target))
    shutil.rmtree(coming, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(site, coming)
    if check(coming) != build:
        raise PublishError(say("publish.changed", site=site))
    if not target.exists():
        coming.rename(target)
        return build
    if _exchange(coming, target):
        shutil.rmtree(previous, ignore_errors=True)
        coming.rename(previous)
    else:
        shutil.rmtree(previous, ignore_errors=True)
        target.rename(previous)
        coming.rename(target)
    return build


def put_in_place(coming: Path, target: Path) -> None:
    """Have a folder that is whole take another's place, and remove what stood there.

    Where folders cannot be moved (each of them is a disk of its own, say), what is in them is.
    """
    try:
        if not target.exists():
            coming.rename(target)
        elif _exchange(coming, target):
            shutil.rmtree(coming, ignore_errors=True)
        else:
            previous = coming.with_name(f"{coming.name}.previous")
            target.rename(previous)
            coming.rename(target)
            shutil.rmtree(previous, ignore_errors=True)
    except (OSError, PublishError):
        clean_directory(str(target))
        shutil.copytree(coming, target, dirs_exist_ok=True)
        shutil.rmtree(coming, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Have two folders change places at once; whether this system can."""
    if sys.platform == "win32":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    names = [os.fsencode(path) for path in (one, other)]
    if hasattr(library, "renameat2"):
        failed = library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(names[0], names[1], _EXCHANGE)
    else:
        return False
    number = ctypes.get_errno()
    if failed and number not in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
        raise PublishError(say("publish.refused", target=other, reason=os.strerror(number)))
    return not failed


def main(arguments: list[str]) -> int:
    """Publishes or checks; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m macros.publish", description=say("publish.about"))
    parser.add_argument("target", type=Path, help=say("publish.target"))
    parser.add_argument("--site", type=Path, default=SITE, help=say("publish.site"))
    parser.add_argument("--check", action="store_true", help=say("publish.check"))
    given = parser.parse_args(arguments)
    try:
        build = check(given.target) if given.check else publish(given.site, given.target)
    except PublishError as error:
        print(error, file=sys.stderr)
        return 1
    print(say("publish.checked" if given.check else "publish.done", target=given.target, build=build))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
