"""A list of ours as a company has it: the entries of a TOML file here, those of its own file of that name over them.

An entry of the company's that has our id says only what is different; another is added. What cannot be made of an entry
is told by the build, and the entry is left out. Which lists there are: ``measures`` and ``stages``.
"""

import tomllib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from calculators import COMPANY

Entry = TypeVar("Entry")


class Wrong(NamedTuple):
    """What is wrong with an entry of the company\'s: the key, and one of the words below ``WRONG`` in the build\'s."""

    what: str
    key: str


def ours(name: str) -> dict[str, Any]:
    """Return our own entries, as the file has them."""
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def over_ours(
    name: str, make: Callable[[Mapping[str, Any]], Entry], known: Collection[str], company: Path | None = None
) -> tuple[dict[str, Entry], dict[str, Wrong]]:
    """Return every entry of a list as ``make`` makes it, and what is wrong with the company's own, by id.

    ``known`` are the keys that an entry may have. A file that is not TOML is told by the build, and has no entries.
    """
    read = ours(name)
    found = {key: make(entry) for key, entry in read.items()}
    try:
        own = tomllib.loads(((company or COMPANY) / name).read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return found, {}
    wrong: dict[str, Wrong] = {}
    for key, entry in own.items():
        whole = laid_over(read.get(key, {}), entry)
        if not isinstance(whole, Mapping):
            wrong[key] = Wrong("shape", key)
            continue
        if unknown := sorted(whole.keys() - known):
            wrong[key] = Wrong("unknown", unknown[0])
            continue
        try:
            found[key] = make(whole)
        except KeyError as missing:
            wrong[key] = Wrong("missing", str(missing.args[0]))
        except (TypeError, AttributeError):
            sides = [side for side in ("zh", "en") if not isinstance(whole.get(side), Mapping)]
            wrong[key] = Wrong("shape", sides[0]) if sides else Wrong("unknown", _foreign(read, whole))
        except ValueError as refused:
            wrong[key] = Wrong("value", str(refused))
    return found, wrong


def _foreign(read: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    """Return the first word of an entry that no entry of ours has; a word that is missing where there is none."""
    words = {word for entry in read.values() for side in ("zh", "en") for word in entry[side]}
    foreign = [f"{side}.{word}" for side in ("zh", "en") for word in whole[side] if word not in words]
    return foreign[0] if foreign else "zh, en"


def laid_over(below: Any, above: Any) -> Any:
    """Return two mappings as one; what is no mapping is replaced.

    >>> laid_over({"a": 1, "b": {"c": 2, "d": 3}}, {"b": {"d": 4}})
    {'a': 1, 'b': {'c': 2, 'd': 4}}
    """
    if not (isinstance(below, Mapping) and isinstance(above, Mapping)):
        return above
    return {**below, **{key: laid_over(below.get(key), value) for key, value in above.items()}}
