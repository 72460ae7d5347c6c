"""python -m macros.runtime DIR: copies every file of vendor.lock into DIR.

For a build without network: carry DIR there and name it in PLAYBOOK_VENDOR_DIR.
"""

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from macros.runtime.vendor import Vendor, VendorError
from macros.said import say


def main(arguments: Sequence[str] | None = None) -> int:
    """Copies every file of vendor.lock into the directory named; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m macros.runtime", description=say("runtime.about"))
    parser.add_argument("dir", type=Path, metavar="DIR", help=say("runtime.folder"))
    target: Path = parser.parse_args(arguments).dir
    vendor = Vendor()
    try:
        target.mkdir(parents=True, exist_ok=True)
        for file in vendor.lock.files:
            shutil.copyfile(vendor.fetch(file), target / file.name)
    except (VendorError, OSError) as error:  # OSError: a full disk, or a folder that nobody may write
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
