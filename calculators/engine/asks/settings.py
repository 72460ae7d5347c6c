"""The company's own figures: ``playbook.yml`` of its folder or ``extra.playbook`` of mkdocs.yml, with our defaults.

A mistake is reported with its place and what to write instead; nothing is guessed or ignored. What a page or
calculator shows of the company comes from here. A calculator that has figures of its own there declares them in its
folder, as a `Section`; none is known here by name. Reading is the declaration: what a `Reader` has been asked for, it
also tells (`declared`), for the pages that explain the settings and for the file that a new company begins with.
"""

import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self, TypeVar
from urllib.parse import quote

from calculators import CALCULATORS
from calculators.engine.arithmetic.fiscal import MONTHS, WEEKS_OF
from calculators.engine.arithmetic.working_days import WEEKS
from calculators.engine.asks.currencies import CURRENCIES, minor_units
from calculators.engine.asks.errors import InputError, InvalidInputs, Sentence
from calculators.engine.asks.former import Key, by_todays_names

UNITS = (1, 1_000, 10_000, 1_000_000, 100_000_000)
BASIS_POINTS = 10_000
"""100% in basis points: percentages are kept as whole hundredths of a percent, so that sums are exact."""


def unscaled(hundredths: int) -> int | float:
    """Return what is held in hundredths as mkdocs.yml writes it.

    >>> unscaled(2_000), unscaled(1_250)
    (20, 12.5)
    """
    return hundredths // 100 if hundredths % 100 == 0 else hundredths / 100


class Section:
    """A calculator's own figures in ``extra.playbook``: a frozen dataclass whose defaults are ours."""

    KEY: ClassVar[str]
    """What it is called there."""

    @classmethod
    @abstractmethod
    def read(cls, reader: "Reader", place: str, raw: object) -> Self:
        """Return it as given at ``place``; what is left out keeps its default, and mistakes are told to ``reader``."""

    @abstractmethod
    def as_mapping(self) -> dict[str, Any]:
        """Return it as mkdocs.yml has it."""

    def own_words(self) -> Mapping[str, Mapping[str, str]]:
        """Return the texts that the company has put in the place of ours: by key, then by language."""
        return {}

    def own_lists(self) -> Mapping[str, Mapping[str, str]]:
        """Return the lists that stand in the place of the worked example's: CSV by table, then by language."""
        return {}


WEEK_STARTS: Mapping[str, int] = {"monday": 0, "sunday": 6}
"""On which day a week begins, as dates count them."""


@dataclass(frozen=True)
class WorkingYear(Section):
    """The company's year and its working days, from which every form that asks for them starts.

    ``days_off`` and ``days_on`` are days as forms have them: ``2027-02-05``, or ``2027-02-05 to 2027-02-11``.
    """

    week: str = WEEKS[0]
    year_cut: str = "months"
    year_starts: int = 1
    week_starts: str = "monday"
    days_off: tuple[str, ...] = ()
    days_on: tuple[str, ...] = ()

    KEY: ClassVar = "calendar"

    @classmethod
    def read(cls, reader: "Reader", place: str, raw: object) -> "WorkingYear":
        """Read ``extra.playbook.calendar``."""
        given = reader.mapping(place, raw, tuple(one.name for one in fields(cls)))
        return cls(
            week=reader.one_of(f"{place}.week", given.get("week", cls.week), WEEKS),
            year_cut=reader.one_of(f"{place}.year_cut", given.get("year_cut", cls.year_cut), ("months", *WEEKS_OF)),
            year_starts=reader.whole(f"{place}.year_starts", given.get("year_starts", cls.year_starts), 1, MONTHS),
            week_starts=reader.one_of(
                f"{place}.week_starts", given.get("week_starts", cls.week_starts), tuple(WEEK_STARTS)
            ),
            days_off=reader.days(f"{place}.days_off", given.get("days_off", cls.days_off)),
            days_on=reader.days(f"{place}.days_on", given.get("days_on", cls.days_on)),
        )

    def as_mapping(self) -> dict[str, Any]:
        """Return it as playbook.yml has it."""
        days = {name: list(getattr(self, name)) for name in ("days_off", "days_on")}
        return {one.name: getattr(self, one.name) for one in fields(self)} | days


ROLES = (
    *("founder", "head_of_sales", "manager", "mentor"),
    *("new_hire", "salesperson", "sales_operations", "customer_success"),
)
"""Whom pages are for and who answers for them."""


@dataclass(frozen=True)
class Roles(Section):
    """What the company calls the roles, by language; where it says nothing they have our names."""

    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    KEY: ClassVar = "roles"

    @classmethod
    def read(cls, reader: "Reader", place: str, raw: object) -> "Roles":
        """Read ``extra.playbook.roles``."""
        given = reader.mapping(place, raw, ROLES)
        return cls({role: reader.in_both(f"{place}.{role}", words) for role, words in given.items() if role in ROLES})

    def as_mapping(self) -> dict[str, Any]:
        """Return it as playbook.yml has it."""
        return {role: dict(words) for role, words in self.names.items()}


HOSTS: Mapping[str, str] = {
    "github": "{repository}/edit/{branch}/{path}",
    "gitlab": "{repository}/-/edit/{branch}/{path}",
    "gitea": "{repository}/_edit/{branch}/{path}",
    "gitee": "{repository}/edit/{branch}/{path}",
    "bitbucket": "{repository}/src/{branch}/{path}?mode=edit",
}
"""Where a file is edited in the browser, by the software that keeps a repository."""


@dataclass(frozen=True)
class Changes(Section):
    """Where readers change a page: the company's repository, edited in the browser, and the mail for suggestions.

    Both are empty by default, and then no page leads anywhere.
    """

    repository: str = ""
    host: str = "github"
    branch: str = "main"
    mail: str = ""

    KEY: ClassVar = "changes"

    @classmethod
    def read(cls, reader: "Reader", place: str, raw: object) -> "Changes":
        """Read ``extra.playbook.changes``; the ``host`` is known by the address where that names one."""
        given = reader.mapping(place, raw, tuple(one.name for one in fields(cls)))
        repository = reader.matching(f"{place}.repository", given.get("repository", ""), r"https?://\S+", "address")
        named = next((host for host in HOSTS if host in repository.partition("://")[2].partition("/")[0]), "")
        host = reader.one_of(f"{place}.host", given.get("host", named or cls.host), tuple(HOSTS))
        if repository and not named and "host" not in given:
            reader.wrong(f"{place}.host", "missing_host", allowed=tuple(HOSTS))
        return cls(
            repository=repository.rstrip("/"),
            host=host,
            branch=reader.name(f"{place}.branch", given.get("branch", cls.branch)),
            mail=reader.matching(f"{place}.mail", given.get("mail", ""), r"[^\s@?&]+@[^\s@?&]+", "mail"),
        )

    def as_mapping(self) -> dict[str, Any]:
        """Return it as playbook.yml has it."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def edits(self, path: str) -> str:
        """Return where a file of the repository is edited, whatever is in its name; empty without a repository.

        >>> Changes("https://git.example.com/sales/playbook", "gitlab").edits("company/docs/en/about.md")
        'https://git.example.com/sales/playbook/-/edit/main/company/docs/en/about.md'
        """
        if not self.repository:
            return ""
        return HOSTS[self.host].format(repository=self.repository, branch=quote(self.branch), path=quote(path))


def sections() -> dict[str, type[Section]]:
    """Return the sections by their keys: those of the whole company, and what calculators have as SETTINGS."""
    declared = [WorkingYear, Roles, Changes, *(calculator.section for calculator in CALCULATORS.values())]
    return {section.KEY: section for section in declared if section}


OwnSection = TypeVar("OwnSection", bound=Section)
Choice = TypeVar("Choice", int, str)


@dataclass(frozen=True)
class Settings:
    """The company's figures. ``unit`` is how many currency units an amount is shown in (10_000: 万元).

    ``prefetch`` has pages without a calculator fetch what calculators need while they are read.
    """

    company: Mapping[str, str] = field(default_factory=lambda: {"zh": "示例公司", "en": "Example Company"})
    currency: str = "CNY"
    unit: int = 1
    prefetch: bool = True
    own: Mapping[str, Section] = field(default_factory=lambda: {key: section() for key, section in sections().items()})
    """The sections of the whole company and the calculators' own, by key."""

    @classmethod
    def from_mapping(cls, raw: object, reader: "Reader | None" = None) -> "Settings":
        """Check ``extra.playbook`` and return it; what is left out keeps its default.

        Raises InvalidInputs with every mistake found, ``field`` naming its place in mkdocs.yml.

        >>> given = {"currency": "EUR", "abc": {"customers": {"A": 15, "B": 35, "C": 50}}}
        >>> Settings.from_mapping(given).as_mapping()["abc"]["customers"]["A"]
        15
        """
        reader, default, declared = reader or Reader(), cls(), sections()
        keys = [one.name for one in fields(cls) if one.name != "own"]
        top = reader.mapping("extra.playbook", raw, (*keys, *declared))
        company = reader.mapping("extra.playbook.company", top.get("company"), ("zh", "en"))
        settings = cls(
            company={
                language: reader.name_in(language, "extra.playbook.company", company, name)
                for language, name in default.company.items()
            },
            currency=reader.currency("extra.playbook.currency", top.get("currency", default.currency)),
            unit=reader.one_of("extra.playbook.unit", top.get("unit", default.unit), UNITS),
            prefetch=reader.switch("extra.playbook.prefetch", top.get("prefetch", default.prefetch)),
            own={key: section.read(reader, f"extra.playbook.{key}", top.get(key)) for key, section in declared.items()},
        )
        if reader.errors:
            raise InvalidInputs(reader.errors)
        return settings

    def as_mapping(self) -> dict[str, Any]:
        """Return the settings as mkdocs.yml has them, complete: what pages print, and what the browser gets.

        >>> Settings.from_mapping(Settings().as_mapping()) == Settings()
        True
        """
        return {
            "company": dict(self.company),
            "currency": self.currency,
            "unit": self.unit,
            "prefetch": self.prefetch,
            **{key: section.as_mapping() for key, section in self.own.items()},
        }

    @property
    def minor_units(self) -> int:
        """How many of its smallest unit, in which amounts are held, make one of the company's currency."""
        return minor_units(self.currency)

    def section(self, kind: type[OwnSection]) -> OwnSection:
        """Return a calculator's own section."""
        section = self.own[kind.KEY]
        assert isinstance(section, kind)
        return section

    def own_words(self, language: str) -> dict[str, str]:
        """Return the texts, by key, that the company has put in the place of ours."""
        return {key: texts[language] for section in self.own.values() for key, texts in section.own_words().items()}


def declared() -> Mapping[str, Sentence]:
    """Return what may stand at every place of ``extra.playbook``, as a sentence's end by place.

    >>> declared()["extra.playbook.unit"]
    Sentence(code='settings.takes.one_of', params={'allowed': (1, 1000, 10000, 1000000, 100000000)})
    """
    reader = Reader()
    Settings.from_mapping(None, reader)
    return reader.taken


class Reader:
    """Reads values out of a configuration and gathers what is wrong with them, and what each place takes."""

    def __init__(self) -> None:
        self.errors: list[InputError] = []
        self.taken: dict[str, Sentence] = {}

    def wrong(self, place: str, code: str, **params: object) -> None:
        """Note a mistake: the sentence ``settings.<code>``."""
        self.errors.append(InputError(place, f"settings.{code}", {"place": place, **params}))

    def takes(self, place: str, kind: str, **params: object) -> None:
        """Note what may stand at a place: the words ``settings.takes.<kind>``."""
        self.taken[place] = Sentence(f"settings.takes.{kind}", params)

    def not_taken(self, place: str, value: object) -> None:
        """Note that something stands at a place which it does not take."""
        self.wrong(place, "not_taken", value=value, takes=self.taken[place])

    def mapping(self, place: str, raw: object, keys: Sequence[str], renamed: Sequence[Key] = ()) -> Mapping[str, Any]:
        """Return a mapping that has none but the known keys; an empty one where nothing is given.

        Keys that were ``renamed`` are known by their former names too.
        """
        self.takes(place, "group", keys=keys)
        if raw is None:
            return {}
        if not isinstance(raw, Mapping):
            self.wrong(place, "not_a_mapping", keys=keys)
            return {}
        given = by_todays_names(raw, renamed)
        for key in given:
            if key not in keys:
                self.wrong(f"{place}.{key}", "unknown_key", keys=keys)
        return given

    def whole(self, place: str, raw: object, minimum: int, maximum: int) -> int:
        """Return a whole number within bounds."""
        self.takes(place, "whole", minimum=minimum, maximum=maximum)
        if isinstance(raw, bool) or not isinstance(raw, int) or not minimum <= raw <= maximum:
            self.not_taken(place, raw)
            return minimum
        return raw

    def hundredths(self, place: str, raw: object, maximum: int, *, least: int = 0) -> int:
        """Return a number of ``least`` to ``maximum`` with at most two decimals, in hundredths."""
        self.takes(place, "hundredths", minimum=least, maximum=maximum)
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            scaled = Decimal(repr(raw)) * 100
            if scaled.is_finite() and scaled == int(scaled) and least * 100 <= scaled <= maximum * 100:
                return int(scaled)
        self.not_taken(place, raw)
        return least * 100

    def band(self, place: str, raw: object, default: tuple[int, int], maximum: int) -> tuple[int, int]:
        """Return the two lines of an axis, ``low`` below ``high``, in hundredths."""
        given = self.mapping(place, raw, ("low", "high"))
        self.takes(place, "band", maximum=maximum)
        low, high = (
            self.hundredths(f"{place}.{name}", given.get(name, unscaled(value)), maximum)
            for name, value in zip(("low", "high"), default, strict=True)
        )
        if low >= high:
            self.wrong(place, "not_rising", low=unscaled(low), high=unscaled(high))
        return low, high

    def shares(self, place: str, raw: object, default: Mapping[str, int]) -> Mapping[str, int]:
        """Return the shares of the parts that the default has, which sum to 100, in basis points."""
        self.takes(place, "shares", parts=tuple(default))
        if raw is None:
            return default
        before = len(self.errors)
        given = self.mapping(place, raw, tuple(default))
        self.takes(place, "shares", parts=tuple(default))
        for part in default:
            if isinstance(raw, Mapping) and part not in given:
                self.wrong(f"{place}.{part}", "missing_share", parts=tuple(default))
        shares = {part: self.hundredths(f"{place}.{part}", given.get(part, 0), 100) for part in default}
        if len(self.errors) == before and sum(shares.values()) != BASIS_POINTS:
            total = f"{Decimal(sum(shares.values())) / 100:f}"
            self.wrong(place, "not_hundred", total=total, parts=tuple(default))
        return shares

    def numbers(
        self, place: str, raw: object, maximum: int, *, exactly: int | None = None, most: int = 0
    ) -> tuple[int | float, ...]:
        """Return a list of numbers from 0 to ``maximum`` with at most two decimals: none, or so many."""
        self.takes(place, "numbers_exactly" if exactly else "numbers", maximum=maximum, count=exactly or most)
        numbers: list[Any] = list(raw) if isinstance(raw, list | tuple) else [None]
        right = [
            isinstance(one, int | float)
            and not isinstance(one, bool)
            and 0 <= one <= maximum
            and Decimal(repr(one)) * 100 % 1 == 0
            for one in numbers
        ]
        if not all(right) or len(numbers) > (exactly or most) or (exactly and numbers and len(numbers) != exactly):
            self.not_taken(place, raw)
            return ()
        return tuple(numbers)

    def name(self, place: str, raw: object) -> str:
        """Return a text that is not empty."""
        self.takes(place, "name")
        if not isinstance(raw, str) or not raw.strip():
            self.not_taken(place, raw)
            return ""
        return raw.strip()

    def name_in(self, language: str, place: str, given: Mapping[str, Any], default: str) -> str:
        """Return a name in one of the languages, each of which is given where one is; the default where none is."""
        if given and language not in given:
            self.wrong(f"{place}.{language}", "missing_name", languages=("zh", "en"))
            return default
        return self.name(f"{place}.{language}", given.get(language, default))

    def matching(self, place: str, raw: object, pattern: str, kind: str) -> str:
        """Return a text of a pattern, which the words ``takes.<kind>`` describe; or none, written as ``""``."""
        self.takes(place, kind)
        if raw == "" or (isinstance(raw, str) and re.fullmatch(pattern, raw)):
            return raw
        self.not_taken(place, raw)
        return ""

    def in_both(self, place: str, raw: object) -> dict[str, str]:
        """Return a name in both languages."""
        given = self.mapping(place, raw, ("zh", "en"))
        return {language: self.name(f"{place}.{language}", given.get(language)) for language in ("zh", "en")}

    def days(self, place: str, raw: object) -> tuple[str, ...]:
        """Return a list of days and of spans of days, as `WorkingYear` has them."""
        self.takes(place, "days")
        if not isinstance(raw, list | tuple):
            self.not_taken(place, raw)
            return ()
        found = []
        for one in raw:
            if not _are_days(str(one)):
                self.not_taken(place, one)
                return ()
            found.append(str(one))
        return tuple(found)

    def currency(self, place: str, raw: object) -> str:
        """Return the ISO 4217 code of a currency in use."""
        self.takes(place, "currency")
        if not isinstance(raw, str) or raw not in CURRENCIES:
            self.not_taken(place, raw)
            return Settings.currency
        return raw

    def switch(self, place: str, raw: object) -> bool:
        """Return true or false."""
        self.takes(place, "switch")
        if not isinstance(raw, bool):
            self.not_taken(place, raw)
        return raw is True

    def one_of(self, place: str, raw: object, allowed: tuple[Choice, ...]) -> Choice:
        """Return one of a few numbers or names."""
        self.takes(place, "one_of", allowed=allowed)
        for one in allowed:
            if type(raw) is type(one) and raw == one:  # 1 == True == 1.0, and is neither
                return one
        self.not_taken(place, raw)
        return allowed[0]


def _are_days(text: str) -> bool:
    """Say whether a text is a day, or a first and a last one.

    >>> [_are_days(text) for text in ("2027-02-05", "2027-02-05 to 2027-02-11", "2027-02-11 to 2027-02-05")]
    [True, True, False]
    """
    try:
        found = [date.fromisoformat(part) for part in re.split(" to ", text)]
    except ValueError:
        return False
    return len(found) in (1, 2) and found == sorted(found)
