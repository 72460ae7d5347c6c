"""The company's own figures: ``extra.playbook`` of mkdocs.yml, checked, with our defaults.

A mistake is reported with its place and what to write instead; nothing is guessed or ignored.
What a page or calculator shows of the company comes from here, and from nowhere else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from calculators.errors import InputError, InvalidInputs
from calculators.method import METHOD

TIERS = ("A", "B", "C")
UNITS = (1, 1_000, 10_000, 1_000_000, 100_000_000)
BOXES = (
    *("improvement", "climber", "method_first"),
    *("steady_seller", "core", "high_potential"),
    *("lone_ace", "mainstay", "star"),
)
"""The nine boxes: performance from low to high, and in each of its levels output from low to high."""
WHOLE = 10_000
"""100% in basis points: percentages are kept as whole hundredths of a percent, so that sums are exact."""


@dataclass(frozen=True)
class Service:
    """What serving one customer of a tier takes.

    ``times`` contacts a quarter of ``days`` hundredths of a working day each, done by ``people`` persons.
    """

    times: int
    days: int
    people: int


def _of_tiers(driver: str) -> dict[str, int]:
    return {tier: METHOD[f"abc_{driver}_{tier.lower()}"].value * 100 for tier in TIERS}


@dataclass(frozen=True)
class AbcModel:
    """The ABC model: bands of customers and of revenue in basis points, and the service of each tier."""

    customers: Mapping[str, int] = field(default_factory=lambda: _of_tiers("customers"))
    revenue: Mapping[str, int] = field(default_factory=lambda: _of_tiers("revenue"))
    service: Mapping[str, Service] = field(
        default_factory=lambda: {
            "A": Service(METHOD["executive_visits_a_quarter"].value, 100, 1),
            "B": Service(METHOD["need_surveys_a_month"].value * 3, 25, 1),
            "C": Service(0, 0, 1),
        }
    )
    working_days: int = 62

    @classmethod
    def read(cls, reader: "Reader", raw: object) -> "AbcModel":
        """Read ``extra.playbook.abc``."""
        place, default = "extra.playbook.abc", cls()
        given = reader.mapping(place, raw, ("customers", "revenue", "service", "working_days_per_quarter"))
        return cls(
            customers=reader.shares(f"{place}.customers", given.get("customers"), default.customers),
            revenue=reader.shares(f"{place}.revenue", given.get("revenue"), default.revenue),
            service=_read_service(reader, f"{place}.service", given.get("service"), default.service),
            working_days=reader.whole(
                f"{place}.working_days_per_quarter", given.get("working_days_per_quarter", default.working_days), 1, 92
            ),
        )

    def as_mapping(self) -> dict[str, Any]:
        """Return it as mkdocs.yml has it."""
        return {
            "customers": {tier: unscaled(share) for tier, share in self.customers.items()},
            "revenue": {tier: unscaled(share) for tier, share in self.revenue.items()},
            "service": {
                tier: {"times": service.times, "days": unscaled(service.days), "people": service.people}
                for tier, service in self.service.items()
            },
            "working_days_per_quarter": self.working_days,
        }


def _read_service(reader: "Reader", place: str, raw: object, default: Mapping[str, Service]) -> dict[str, Service]:
    tiers = reader.mapping(place, raw, TIERS)
    result = {}
    for tier in TIERS:
        at = f"{place}.{tier}"
        given = reader.mapping(at, tiers.get(tier), ("times", "days", "people"))
        result[tier] = Service(
            times=reader.whole(f"{at}.times", given.get("times", default[tier].times), 0, 92),
            days=reader.hundredths(f"{at}.days", given.get("days", default[tier].days / 100), 92),
            people=reader.whole(f"{at}.people", given.get("people", default[tier].people), 1, 100_000),
        )
    return result


@dataclass(frozen=True)
class NineBoxModel:
    """The talent grid: where its lines are, all of them ours, and what the company calls the boxes.

    ``performance`` lines are attainment in basis points, ``output`` lines points of 100 in hundredths,
    ``percentiles`` standings among those placed in basis points: low and high of each. ``near`` is how much of an
    axis' span counts as close to a line (basis points), ``months`` of service come before anybody is placed,
    ``full_output`` weighted pieces of output (hundredths) make 100 points. ``boxes`` has a company's own words,
    ``{box: {"name" or "advice": {language: text}}}``.
    """

    performance: tuple[int, int] = (8_000, 10_000)
    output: tuple[int, int] = (4_000, 7_000)
    percentiles: tuple[int, int] = (3_000, 7_000)
    near: int = 500
    months: int = 6
    full_output: int = 1_000
    boxes: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)

    @classmethod
    def read(cls, reader: "Reader", raw: object) -> "NineBoxModel":
        """Read ``extra.playbook.nine_box``."""
        place, default = "extra.playbook.nine_box", cls()
        given = reader.mapping(place, raw, tuple(cls.__dataclass_fields__))
        return cls(
            performance=reader.band(f"{place}.performance", given.get("performance"), default.performance, 1_000),
            output=reader.band(f"{place}.output", given.get("output"), default.output, 100),
            percentiles=reader.band(f"{place}.percentiles", given.get("percentiles"), default.percentiles, 100),
            near=reader.hundredths(f"{place}.near", given.get("near", unscaled(default.near)), 20),
            months=reader.whole(f"{place}.months", given.get("months", default.months), 0, 60),
            full_output=reader.hundredths(
                f"{place}.full_output", given.get("full_output", unscaled(default.full_output)), 10_000, least=1
            ),
            boxes=_read_boxes(reader, f"{place}.boxes", given.get("boxes")),
        )

    def as_mapping(self) -> dict[str, Any]:
        """Return it as mkdocs.yml has it."""
        bands = {name: getattr(self, name) for name in ("performance", "output", "percentiles")}
        return {
            **{name: {"low": unscaled(low), "high": unscaled(high)} for name, (low, high) in bands.items()},
            "near": unscaled(self.near),
            "months": self.months,
            "full_output": unscaled(self.full_output),
            "boxes": {box: {part: dict(words) for part, words in parts.items()} for box, parts in self.boxes.items()},
        }


def _read_boxes(reader: "Reader", place: str, raw: object) -> dict[str, dict[str, dict[str, str]]]:
    boxes: dict[str, dict[str, dict[str, str]]] = {}
    for box, parts in reader.mapping(place, raw, BOXES).items():
        for part, words in reader.mapping(f"{place}.{box}", parts, ("name", "advice")).items():
            at = f"{place}.{box}.{part}"
            given = reader.mapping(at, words, ("zh", "en"))
            boxes.setdefault(box, {})[part] = {
                language: reader.name(f"{at}.{language}", given.get(language)) for language in ("zh", "en")
            }
    return boxes


def unscaled(hundredths: int) -> int | float:
    """Return what is held in hundredths as mkdocs.yml writes it.

    >>> unscaled(2_000), unscaled(1_250)
    (20, 12.5)
    """
    return hundredths // 100 if hundredths % 100 == 0 else hundredths / 100


@dataclass(frozen=True)
class Settings:
    """The company's figures. ``unit`` is how many currency units an amount is shown in (10_000: 万元).

    ``prefetch`` has pages without a calculator fetch what calculators need while they are read.
    """

    company: Mapping[str, str] = field(default_factory=lambda: {"zh": "示例公司", "en": "Example Company"})
    currency: str = "CNY"
    unit: int = 1
    prefetch: bool = True
    abc: AbcModel = field(default_factory=AbcModel)
    nine_box: NineBoxModel = field(default_factory=NineBoxModel)

    @classmethod
    def from_mapping(cls, raw: object) -> "Settings":
        """Check ``extra.playbook`` and return it; what is left out keeps its default.

        Raises InvalidInputs with every mistake found, ``field`` naming its place in mkdocs.yml.

        >>> Settings.from_mapping({"abc": {"customers": {"A": 15, "B": 35, "C": 50}}}).abc.customers["A"]
        1500
        """
        reader = Reader()
        default = cls()
        top = reader.mapping("extra.playbook", raw, tuple(cls.__dataclass_fields__))
        company = reader.mapping("extra.playbook.company", top.get("company"), ("zh", "en"))
        settings = cls(
            company={
                language: reader.name(f"extra.playbook.company.{language}", company.get(language, name))
                for language, name in default.company.items()
            },
            currency=reader.currency("extra.playbook.currency", top.get("currency", default.currency)),
            unit=reader.one_of("extra.playbook.unit", top.get("unit", default.unit), UNITS),
            prefetch=reader.switch("extra.playbook.prefetch", top.get("prefetch", default.prefetch)),
            abc=AbcModel.read(reader, top.get("abc")),
            nine_box=NineBoxModel.read(reader, top.get("nine_box")),
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
            "abc": self.abc.as_mapping(),
            "nine_box": self.nine_box.as_mapping(),
        }

    def own_words(self, language: str) -> dict[str, str]:
        """Return the texts, by key, that the company has put in the place of ours."""
        return {
            f"nine_box.box.{box}.{part}": words[language]
            for box, parts in self.nine_box.boxes.items()
            for part, words in parts.items()
        }


class Reader:
    """Reads values out of a configuration and gathers what is wrong with them."""

    def __init__(self) -> None:
        self.errors: list[InputError] = []

    def wrong(self, place: str, code: str, **params: object) -> None:
        """Note a mistake: the sentence ``settings.<code>``."""
        self.errors.append(InputError(place, f"settings.{code}", {"place": place, **params}))

    def mapping(self, place: str, raw: object, keys: tuple[str, ...]) -> Mapping[str, Any]:
        """Return a mapping that has none but the known keys; an empty one where nothing is given."""
        if raw is None:
            return {}
        if not isinstance(raw, Mapping):
            self.wrong(place, "not_a_mapping", keys=keys)
            return {}
        for key in raw:
            if key not in keys:
                self.wrong(f"{place}.{key}", "unknown_key", keys=keys)
        return raw

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
        """Return the shares of the three tiers, which sum to 100, in basis points."""
        if raw is None:
            return default
        before = len(self.errors)
        given = self.mapping(place, raw, TIERS)
        for tier in TIERS:
            if isinstance(raw, Mapping) and tier not in given:
                self.wrong(f"{place}.{tier}", "missing_share")
        shares = {tier: self.hundredths(f"{place}.{tier}", given.get(tier, 0), 100) for tier in TIERS}
        if len(self.errors) == before and sum(shares.values()) != WHOLE:
            self.wrong(place, "not_hundred", total=f"{Decimal(sum(shares.values())) / 100:f}")
        return shares

    def name(self, place: str, raw: object) -> str:
        """Return a text that is not empty."""
        if not isinstance(raw, str) or not raw.strip():
            self.wrong(place, "not_a_name", value=raw)
            return ""
        return raw.strip()

    def currency(self, place: str, raw: object) -> str:
        """Return an ISO 4217 code."""
        if not isinstance(raw, str) or not re.fullmatch("[A-Z]{3}", raw):
            self.wrong(place, "not_a_currency", value=raw)
            return ""
        return raw

    def switch(self, place: str, raw: object) -> bool:
        """Return true or false."""
        if not isinstance(raw, bool):
            self.wrong(place, "not_a_switch", value=raw)
        return raw is True

    def one_of(self, place: str, raw: object, allowed: tuple[int, ...]) -> int:
        """Return one of a few numbers."""
        if isinstance(raw, bool) or raw not in allowed:
            self.wrong(place, "not_one_of", value=raw, allowed=allowed)
            return allowed[0]
        assert isinstance(raw, int)  # it equals one of `allowed`; a float that does is refused by YAML's own types
        return raw
