"""The company's figures where they stand, read with file and line, so that a mistake is shown where it is mended.

They are in ``playbook.yml`` of the company's folder where there is one; else in ``extra.playbook`` of mkdocs.yml, and
of what that inherits. What may stand there is in ``engine/asks/settings.py``. This is used natively only: the
browser's calculators are given the figures checked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calculators import COMPANY
from calculators.engine.asks.errors import InputError, InvalidInputs, Sentence
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Language, Text
from calculators.overlay import laid_over

OURS = "extra.playbook"
OWN_FILE = "playbook.yml"
SITE_KEYS = ("leave_out", "fallback", "messages")
"""What stands beside the figures in the company's own file, and is about the site alone (`site_choices`)."""
KNOWN_EXTRA = (
    *("playbook", "variables"),  # ours, and what a company's own pages print
    *("alternate", "analytics", "annotate", "consent", "generator", "homepage"),  # those that Material documents
    *("scope", "social", "status", "tags", "version"),
)


class Misconfigured(Exception):  # noqa: N818 - as InvalidInputs: the name states what the configuration is
    """Everything that is wrong with the company's figures, each with its file and line."""

    def __init__(self, mistakes: list["Mistake"]) -> None:
        super().__init__("; ".join(f"{one.where}: {one.error.code}" for one in mistakes))
        self.mistakes = tuple(mistakes)

    def sentences(self, *languages: Language) -> list[str]:
        """Return each mistake as a sentence behind its file and line, in each of the languages, all by default."""
        texts = [Text(language, Settings()) for language in languages or LANGUAGES]
        return [f"{one.where}: {text(one.error.code, **one.error.params)}" for one in self.mistakes for text in texts]


@dataclass(frozen=True)
class Mistake:
    """A mistake, and where it is: ``company/playbook.yml:12``."""

    where: str
    error: InputError


def company_settings(config: Path, company: Path = COMPANY) -> Settings:
    """Return the company's figures, checked; our own where neither its folder nor mkdocs.yml has any.

    Raises Misconfigured with everything that is wrong in any of the files.
    """
    if (company / OWN_FILE).is_dir():
        raise Misconfigured([Mistake(str(company / OWN_FILE), InputError("", "settings.not_a_file"))])
    files = _inherited(config)
    mistakes = [mistake for file in files for mistake in file.mistakes(file.find("extra"), "extra")]
    for file in files:
        mistakes += [
            file.mistake(f"extra.{name}", "unknown_extra", {"keys": KNOWN_EXTRA})
            for name in file.raw("extra") or {}
            if name not in KNOWN_EXTRA
        ]
    own = _File(company / OWN_FILE) if (company / OWN_FILE).is_file() else None
    if own:
        mistakes += own.mistakes(own.root, "")
        given = own.raw()
        if isinstance(given, Mapping):
            given = _named_where_shown({key: value for key, value in given.items() if key not in SITE_KEYS}, own)
    else:
        given = None
        for file in files:
            over = file.raw(OURS)
            given = given if over is None else laid_over(given, over)
    try:
        settings = Settings.from_mapping(given)
    except InvalidInputs as invalid:
        for error in invalid.errors:
            place = error.field.removeprefix(OURS).removeprefix(".") if own else error.field
            file = own or next((file for file in reversed(files) if file.find(place)), files[-1])
            params = dict(error.params)
            if own and error.code == "settings.unknown_key" and "." not in place:
                params["keys"] = (*error.params["keys"], *SITE_KEYS)  # type: ignore[misc]  # names of settings
            mistakes.append(file.mistake(place, error.code.removeprefix("settings."), params))
    if mistakes:
        raise Misconfigured(mistakes)
    return settings


@dataclass(frozen=True)
class Line:
    """What is written in a line of a file, and where: ``company/playbook.yml:12``."""

    value: str
    where: str


@dataclass(frozen=True)
class SiteChoices:
    """What the company says of its site: names of what it leaves out, by which language another is filled up, and the
    language in which the build and the commands speak.
    """

    leave_out: tuple[Line, ...] = ()
    fallback: tuple[tuple[str, Line], ...] = ()
    messages: Line | None = None


def site_choices(company: Path = COMPANY) -> SiteChoices:
    """Return what the company's own file says of the site. Raises Misconfigured where it is no list of names."""
    if not (company / OWN_FILE).is_file():
        return SiteChoices()
    own = _File(company / OWN_FILE)
    names, languages, messages = (own.find(key) for key in SITE_KEYS)
    mistakes = []
    leave_out = own.lines(names)
    if names is not None and leave_out is None:
        mistakes.append(own.mistake("leave_out", "not_a_list"))
    fallback = own.pairs(languages)
    if languages is not None and fallback is None:
        mistakes.append(own.mistake("fallback", "not_a_fallback"))
    spoken = own.lines(messages)
    if messages is not None and [line.value for line in spoken or ()] not in [[one] for one in LANGUAGES]:
        takes = Sentence("settings.takes.one_of", {"allowed": LANGUAGES})
        mistakes.append(own.mistake("messages", "not_taken", {"value": own.raw("messages"), "takes": takes}))
    if mistakes:
        raise Misconfigured(mistakes)
    return SiteChoices(tuple(leave_out or ()), tuple(fallback or ()), spoken[0] if spoken else None)


def _named_where_shown(given: Mapping[str, Any], own: "_File") -> Mapping[str, Any]:
    """Return the company's figures; a language that is left out needs no name, and has the other's everywhere."""
    left_out = {line.value for line in own.lines(own.find("leave_out")) or ()} & set(LANGUAGES)

    def named(node: Any) -> Any:
        if not isinstance(node, Mapping):
            return node
        if node and set(node) <= set(LANGUAGES):
            return {**dict.fromkeys(left_out, next(iter(node.values()))), **node}
        return {key: named(inner) for key, inner in node.items()}

    whole: Mapping[str, Any] = named(given) if left_out else given
    return whole


def _inherited(config: Path) -> list["_File"]:
    """Return the configuration and what it inherits, those below first; nothing where there is no such file."""
    files: dict[Path, _File] = {}
    while config.is_file() and config not in files:
        files[config] = _File(config)
        config = config.parent / str(files[config].raw("INHERIT") or "")
    return list(files.values())[::-1]


class _File:
    """A YAML file as nodes, which know their lines. Tags of MkDocs' own (``!ENV``) may stand outside the figures."""

    def __init__(self, path: Path) -> None:
        import yaml  # noqa: PLC0415 - only natively: the browser has no yaml

        self._yaml = yaml
        self.path = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
        try:
            self.root = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise Misconfigured([Mistake(f"{self.path}:{line}", InputError("", "settings.not_utf8"))]) from None
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            unreadable = InputError("", "settings.not_yaml", {"problem": error.problem or error.context})
            raise Misconfigured([Mistake(f"{self.path}:{line}", unreadable)]) from None

    def _entries(self, node: Any) -> list[tuple[Any, Any]]:
        return list(node.value) if isinstance(node, self._yaml.MappingNode) else []

    def find(self, place: str) -> Any:
        """Return the node at a place like ``extra.playbook.abc``; None where nothing stands there."""
        node = self.root
        for part in filter(None, place.split(".")):
            node = {key.value: value for key, value in self._entries(node)}.get(part)
        return node

    def raw(self, place: str = "") -> Any:
        """Return what stands at a place as plain data; None where nothing does."""
        node = self.find(place)
        return None if node is None else self._yaml.SafeLoader("").construct_document(node)

    def lines(self, node: Any) -> list[Line] | None:
        """Return the names in a list, or a single one; None where that is something else."""
        nodes = node.value if isinstance(node, self._yaml.SequenceNode) else [node]
        if not all(isinstance(one, self._yaml.ScalarNode) and one.value for one in nodes):
            return None
        return [Line(str(one.value), f"{self.path}:{one.start_mark.line + 1}") for one in nodes]

    def pairs(self, node: Any) -> list[tuple[str, Line]] | None:
        """Return the names in a group, each with what is written behind it; None where that is something else."""
        found = [(str(key.value), self.lines(value)) for key, value in self._entries(node)]
        if not isinstance(node, self._yaml.MappingNode) or not all(line and len(line) == 1 for _, line in found):
            return None
        return [(key, line[0]) for key, line in found if line]

    def _line(self, place: str) -> int:
        """Return the line of a place's key, or of the nearest group around it that is there."""
        node, line = self.root, 1
        for part in filter(None, place.split(".")):
            here = {key.value: (key, value) for key, value in self._entries(node)}
            if part not in here:
                break
            key, node = here[part]
            line = key.start_mark.line + 1
        return line

    def mistake(self, place: str, code: str, params: Mapping[str, object] | None = None) -> Mistake:
        """Return a mistake at a place of this file: the sentence ``settings.<code>``."""
        named = {**(params or {}), "place": place or self.path.name}
        return Mistake(f"{self.path}:{self._line(place)}", InputError(place, f"settings.{code}", named))

    def mistakes(self, node: Any, place: str) -> Iterator[Mistake]:
        """Yield what YAML takes without a word: a key that stands twice, and one that nothing follows."""
        first: dict[str, int] = {}
        for key, value in self._entries(node):
            at, line = f"{place}.{key.value}".lstrip("."), key.start_mark.line + 1
            if key.value in first:
                said = {"place": at, "first": first[key.value]}
                yield Mistake(f"{self.path}:{line}", InputError(at, "settings.twice", said))
            first.setdefault(key.value, line)
            if value.tag == "tag:yaml.org,2002:null":
                yield self.mistake(at, "nothing")
            yield from self.mistakes(value, at)
