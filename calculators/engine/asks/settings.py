"""The company's own figures: ``extra.playbook`` of mkdocs.yml, checked, with our defaults.

A mistake is reported with its place and what to write instead; nothing is guessed or ignored. What a page or
calculator shows of the company comes from here. A calculator that has figures of its own there declares them in its
folder, as a `Section`; none is known here by name.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar, Self, TypeVar

from calculators import CALCULATORS
from calculators.engine.asks.currencies import CURRENCIES, minor_units
from calculators.engine.asks.errors import InputError, InvalidInputs
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


def sections() -> dict[str, type[Section]]:
    """Return what calculators declare as ``SETTINGS``, by its key."""
    declared = [calculator.section for calculator in CALCULATORS.values()]
    return {section.KEY: section for section in declared if section}


OwnSection = TypeVar("OwnSection", bound=Section)


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
    """The calculators' own sections, by key."""

    @classmethod
    def from_mapping(cls, raw: object) -> "Settings":
        """Check ``extra.playbook`` and return it; what is left out keeps its default.

        Raises InvalidInputs with every mistake found, ``field`` naming its place in mkdocs.yml.

        >>> given = {"currency": "EUR", "abc": {"customers": {"A": 15, "B": 35, "C": 50}}}
        >>> Settings.from_mapping(given).as_mapping()["abc"]["customers"]["A"]
        15
        """
        reader, default, declared = Reader(), cls(), sections()
        keys = [name for name in cls.__dataclass_fields__ if name != "own"]
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


class Reader:
    """Reads values out of a configuration and gathers what is wrong with them."""

    def __init__(self) -> None:
        self.errors: list[InputError] = []

    def wrong(self, place: str, code: str, **params: object) -> None:
        """Note a mistake: the sentence ``settings.<code>``."""
        self.errors.append(InputError(place, f"settings.{code}", {"place": place, **params}))

    def mapping(self, place: str, raw: object, keys: Sequence[str], renamed: Sequence[Key] = ()) -> Mapping[str, Any]:
        """Return a mapping that has none but the known keys; an empty one where nothing is given.

        Keys that were ``renamed`` are known by their former names too.
        """
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
        if isinstance(raw, bool) or not isinstance(raw, int) or not minimum <= raw <= maximum:
            self.wrong(place, "not_whole", value=raw, minimum=minimum, maximum=maximum)
            return minimum
        return raw

    def hundredths(self, place: str, raw: object, maximum: int, *, least: int = 0) -> int:
        """Return a number of ``least`` to ``maximum`` with at most two decimals, in hundredths."""
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            scaled = Decimal(repr(raw)) * 100
            if scaled.is_finite() and scaled == int(scaled) and least * 100 <= scaled <= maximum * 100:
                return int(scaled)
        self.wrong(place, "not_hundredths", value=raw, minimum=least, maximum=maximum)
        return least * 100

    def band(self, place: str, raw: object, default: tuple[int, int], maximum: int) -> tuple[int, int]:
        """Return the two lines of an axis, ``low`` below ``high``, in hundredths."""
        given = self.mapping(place, raw, ("low", "high"))
        low, high = (
            self.hundredths(f"{place}.{name}", given.get(name, unscaled(value)), maximum)
            for name, value in zip(("low", "high"), default, strict=True)
        )
        if low >= high:
            self.wrong(place, "not_rising", low=unscaled(low), high=unscaled(high))
        return low, high

    def shares(self, place: str, raw: object, default: Mapping[str, int]) -> Mapping[str, int]:
        """Return the shares of the parts that the default has, which sum to 100, in basis points."""
        if raw is None:
            return default
        before = len(self.errors)
        given = self.mapping(place, raw, tuple(default))
        for part in default:
            if isinstance(raw, Mapping) and part not in given:
                self.wrong(f"{place}.{part}", "missing_share", parts=tuple(default))
        shares = {part: self.hundredths(f"{place}.{part}", given.get(part, 0), 100) for part in default}
        if len(self.errors) == before and sum(shares.values()) != BASIS_POINTS:
            total = f"{Decimal(sum(shares.values())) / 100:f}"
            self.wrong(place, "not_hundred", total=total, parts=tuple(default))
        return shares

    def name(self, place: str, raw: object) -> str:
        """Return a text that is not empty."""
        if not isinstance(raw, str) or not raw.strip():
            self.wrong(place, "not_a_name", value=raw)
            return ""
        return raw.strip()

    def name_in(self, language: str, place: str, given: Mapping[str, Any], default: str) -> str:
        """Return a name in one of the languages, each of which is given where one is; the default where none is."""
        if given and language not in given:
            self.wrong(f"{place}.{language}", "missing_name", languages=("zh", "en"))
            return default
        return self.name(f"{place}.{language}", given.get(language, default))

    def currency(self, place: str, raw: object) -> str:
        """Return the ISO 4217 code of a currency in use."""
        if not isinstance(raw, str) or raw not in CURRENCIES:
            self.wrong(place, "not_a_currency", value=raw)
            return Settings.currency
        return raw

    def switch(self, place: str, raw: object) -> bool:
        """Return true or false."""
        if not isinstance(raw, bool):
            self.wrong(place, "not_a_switch", value=raw)
        return raw is True

    def one_of(self, place: str, raw: object, allowed: tuple[int, ...]) -> int:
        """Return one of a few numbers."""
        if type(raw) is not int or raw not in allowed:  # 1 == True == 1.0, and is neither
            self.wrong(place, "not_one_of", value=raw, allowed=allowed)
            return allowed[0]
        return raw
