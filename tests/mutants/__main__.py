"""Break modules one small fault at a time and see whether their tests notice: ``python -m tests.mutants [PATH …]``.

Mutmut makes the faults and runs the tests, in a copy of the checkout under ``build/mutants``. Ends with 1 when a fault
survives that `equivalents.toml` does not explain, or when one is explained there that has not survived or is not tried.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build" / "mutants"
COPIED = ("calculators", "macros", "tests", "pyproject.toml")
SETTINGS = """
[tool.mutmut]
source_paths = ["calculators"]
only_mutate = [{path}]
also_copy = ["macros"]
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = ["-p", "no:cacheprovider", "-m", "not hypothesis", "-k", {chosen}, "-o", {unescaped}]
use_git_change_detection = false
track_dependencies = false
timeout_constant = 5.0
"""
UNESCAPED = "disable_test_id_escaping_and_forfeit_all_rights_to_community_support=true"
"""Mutmut runs pytest again and again in one process, which each time escapes once more what is not ASCII in a name."""
NOTICED = frozenset({1, 3})
"""What pytest ends with when a test fails, or cannot even run."""
NAMES = """
import mutmut.__main__ as mutmut
from pathlib import Path
Path("mutants").mkdir(exist_ok=True)
mutmut.copy_src_dir()
mutmut.copy_also_copy_files()
mutmut.setup_source_paths()
mutmut.create_mutants(1)
"""
DIFFS = """
import json, sys
from mutmut.mutation.diff_apply import get_diff_for_mutant
print(json.dumps({name: get_diff_for_mutant(name) for name in json.load(sys.stdin)}))
"""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault: the function it is in, and its lines as they were and as they became."""

    function: str
    was: str
    becomes: str

    @classmethod
    def of(cls, name: str, diff: str) -> "Fault":
        """Return the fault of mutmut's name and difference."""
        lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++", "@@"))]
        was, becomes = ("\n".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in ("-", "+"))
        function = name.rpartition("__mutmut_")[0].removeprefix("calculators.").replace("xǁ", "").replace("ǁ", ".")
        return cls(function.replace(".x_", "."), was, becomes)

    @property
    def is_of_an_assertion(self) -> bool:
        """Say whether it only changes zip's ``strict``, which asserts what the code around it sees to."""
        was, becomes = (re.sub(r", (strict=\w+)?\)", ")", line) for line in (self.was, self.becomes))
        return was == becomes

    @property
    def lot(self) -> int:
        """Return a number that is this fault's wherever it stands."""
        return int.from_bytes(hashlib.sha256("\0".join((self.function, self.was, self.becomes)).encode()).digest()[:8])


def run(
    path: str, tests: Sequence[str], without: Sequence[str], parts: int
) -> tuple[set[Fault], dict[Fault, int | None]]:
    """Return the faults that there are in a module, and how the tests ended for each of those tried."""
    place = BUILD / path.removesuffix(".py").replace("/", "-")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, place / name)
    chosen = " and ".join(f"not {word}" for word in ("browser", "journey", "parity", *without))
    with (place / "pyproject.toml").open("a", encoding="utf-8") as settings:
        given = {"path": path, "tests": list(tests), "chosen": chosen, "unescaped": UNESCAPED}
        settings.write(SETTINGS.format(**{name: json.dumps(value) for name, value in given.items()}))
    _python(place, "-c", NAMES)
    names = list(_endings(place, path))
    found = json.loads(_python(place, "-c", DIFFS, given=json.dumps(names)))
    faults = {name: Fault.of(name, diff) for name, diff in found.items()}
    tried = sorted(faults, key=lambda name: faults[name].lot)[:parts]
    _python(place, "-m", "mutmut", "run", "--max-children", "1", *tried)
    endings = _endings(place, path)
    # The same line may stand twice in a function: its fault survives if it does in one of the places.
    survivors_last = sorted(tried, key=lambda name: endings[name] not in NOTICED)
    return set(faults.values()), {faults[name]: endings[name] for name in survivors_last}


def _endings(place: Path, path: str) -> Mapping[str, int | None]:
    meta = json.loads((place / "mutants" / f"{path}.meta").read_text(encoding="utf-8"))
    endings: Mapping[str, int | None] = meta["exit_code_by_key"]
    return endings


def _python(place: Path, *arguments: str, given: str = "") -> str:
    ended = subprocess.run(
        [sys.executable, *arguments], cwd=place, input=given, capture_output=True, encoding="utf-8", check=False
    )
    if ended.returncode:
        raise SystemExit(ended.stdout[-4_000:] + ended.stderr[-4_000:])
    return ended.stdout


def main(wanted: Sequence[str]) -> int:
    """Try the modules that are wanted, all where none is named; return 1 where a survivor is not explained."""
    settings: Mapping[str, Any] = tomllib.loads((HERE / "modules.toml").read_text(encoding="utf-8"))
    known = tomllib.loads((HERE / "equivalents.toml").read_text(encoding="utf-8")).get("equivalent", [])
    explained = {Fault(one["in"], one["was"], one["becomes"]) for one in known}
    wrong = False
    for module in settings["module"]:
        path = module["path"]
        if wanted and path not in wanted:
            continue
        there, endings = run(path, module["tests"], module.get("without", ()), module.get("parts", settings["parts"]))
        survived = {
            fault for fault, ending in endings.items() if ending not in NOTICED and not fault.is_of_an_assertion
        }
        timed_out = {fault for fault in survived if endings[fault] not in (0, 5, 33)}
        survived -= timed_out  # a test that never ends is noticed
        functions = {fault.function for fault in there}
        own = {fault for fault in explained if fault.function in functions}
        print(f"{path}: {len(endings)} of {len(there)} faults tried, {len(survived)} survived, {len(own)} explained")
        for kind, faults in (
            ("survived", survived - own),
            ("explained, but noticed", own & set(endings) - survived),
            ("explained, but not tried", own - set(endings)),
        ):
            for fault in sorted(faults):
                told = f"  {kind}: {fault.function}\n    - {fault.was}\n    + {fault.becomes}"
                print(told.replace("\n\n", "\n"), flush=True)
                wrong = True
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
