"""python -m macros.runtime DIR: copies every file of vendor.lock into DIR.

For a build without network: carry DIR there and name it in PLAYBOOK_VENDOR_DIR.
"""

import shutil
import sys
from pathlib import Path

from macros.runtime.vendor import Vendor, VendorError


def main(arguments: list[str]) -> int:
    """Copies every file of vendor.lock into the directory named; the exit status."""
    if len(arguments) != 1:
        print("usage: python -m macros.runtime DIR", file=sys.stderr)
        return 2
    target = Path(arguments[0])
    target.mkdir(parents=True, exist_ok=True)
    vendor = Vendor()
    try:
        for file in vendor.lock.files:
            shutil.copyfile(vendor.fetch(file), target / file.name)
    except VendorError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
