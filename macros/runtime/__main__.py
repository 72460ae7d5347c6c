"""python -m macros.runtime DIR: copies every file of vendor.lock into DIR.

For a build without network: carry DIR there and name it in PLAYBOOK_VENDOR_DIR.
"""

import argparse
import shutil
import sys
from pathlib import Path

from macros.runtime.vendor import Vendor, VendorError


def main(arguments: list[str]) -> int:
    """Copies every file of vendor.lock into the directory named; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m macros.runtime", description="Copy what the browser's Python is.")
    parser.add_argument("target", metavar="DIR", type=Path, help="the folder to copy it into")
    target: Path = parser.parse_args(arguments).target
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
    sys.exit(main(sys.argv[1:]))
