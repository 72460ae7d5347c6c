"""The company's own figures: ``extra.playbook`` of mkdocs.yml, checked, with our defaults.

A mistake is reported with its place and what to write instead; nothing is guessed or ignored.
What a page or calculator shows of the company comes from here, and from nowhere else.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from calculators.errors import InputError, InvalidInputs

TIERS = ("A", "B", "C")
UNITS = (1, 1_000, 10_000, 1_000_000, 100_000_000)
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


@dataclass(frozen=True)
class AbcModel:
    """The ABC model: bands of customers and of revenue in basis points, and the service of each tier."""

    customers: Mapping[str, int] = field(default_factory=lambda: {"A": 2_000, "B": 3_000, "C": 5_000})
    revenue: Mapping[str, int] = field(default_factory=lambda: {"A": 6_000, "B": 3_000, "C": 1_000})
    service: Mapping[str, Service] = field(
        default_factory=lambda: {"A": Service(1, 100, 1), "B": Service(3, 25, 1), "C": Service(0, 0, 1)}
    )
    working_days: int = 62


@dataclass(frozen=True)
class Settings:
    """The company's figures. ``unit`` is how many currency units an amount is shown in (10_000: 万元)."""

    company: Mapping[str, str] = field(default_factory=lambda: {"zh": "示例公司", "en": "Example Company"})
    currency: str = "CNY"
    unit: int = 1
    abc: AbcModel = field(default_factory=AbcModel)

    @classmethod
    def from_mapping(cls, raw: object) -> "Settings":
        """Check ``extra.playbook`` and return it; what is left out keeps its default.

        Raises InvalidInputs with every mistake found, ``field`` naming its place in mkdocs.yml.

        >>> Settings.from_mapping({"abc": {"customers": {"A": 15, "B": 35, "C": 50}}}).abc.customers["A"]
        1500
        """
        reader = _Reader()
        defaults = cls()
        top = reader.mapping("extra.playbook", raw, ("company", "currency", "unit", "abc"))
        company = reader.mapping("extra.playbook.company", top.get("company"), ("zh", "en"))
        abc = reader.mapping(
            "extra.playbook.abc",
            top.get("abc"),
            ("customers", "revenue", "service", "working_days_per_quarter"),
        )
        model = AbcModel(
            customers=reader.shares("extra.playbook.abc.customers", abc.get("customers"), defaults.abc.customers),
            revenue=reader.shares("extra.playbook.abc.revenue", abc.get("revenue"), defaults.abc.revenue),
            service=reader.service("extra.playbook.abc.service", abc.get("service"), defaults.abc.service),
            working_days=reader.whole(
                "extra.playbook.abc.working_days_per_quarter",
                abc.get("working_days_per_quarter", defaults.abc.working_days),
                1,
                92,
            ),
        )
        settings = cls(
            company={
                language: reader.name(f"extra.playbook.company.{language}", company.get(language, default))
                for language, default in defaults.company.items()
            },
            currency=reader.currency("extra.playbook.currency", top.get("currency", defaults.currency)),
            unit=reader.one_of("extra.playbook.unit", top.get("unit", defaults.unit), UNITS),
            abc=model,
        )
        if reader.errors:
            raise InvalidInputs(reader.errors)
        return settings

    def as_json(self) -> dict[str, Any]:
        """Return the settings as plain data for the browser."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Settings":
        """Return the settings that `as_json` gave (checked at build, so not checked again)."""
        abc = data["abc"]
        service = {tier: Service(**values) for tier, values in abc["service"].items()}
        return cls(**{**data, "abc": AbcModel(**{**abc, "service": service})})


class _Reader:
    """Reads values out of a configuration and gathers what is wrong with them."""

    def __init__(self) -> None:
        self.errors: list[InputError] = []

    def wrong(self, place: str, code: str, **params: object) -> None:
        self.errors.append(InputError(place, f"settings.{code}", {"place": place, **params}))

    def mapping(self, place: str, raw: object, keys: tuple[str, ...]) -> Mapping[str, Any]:
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
        if isinstance(raw, bool) or not isinstance(raw, int) or not minimum <= raw <= maximum:
            self.wrong(place, "not_whole", value=raw, minimum=minimum, maximum=maximum)
            return minimum
        return raw

    def hundredths(self, place: str, raw: object, maximum: int) -> int:
        """Return a number of 0 to ``maximum`` with at most two decimals, in hundredths."""
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            scaled = Decimal(repr(raw)) * 100
            if scaled.is_finite() and scaled == int(scaled) and 0 <= scaled <= maximum * 100:
                return int(scaled)
        self.wrong(place, "not_hundredths", value=raw, maximum=maximum)
        return 0

    def shares(self, place: str, raw: object, default: Mapping[str, int]) -> Mapping[str, int]:
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

    def service(self, place: str, raw: object, default: Mapping[str, Service]) -> Mapping[str, Service]:
        tiers = self.mapping(place, raw, TIERS)
        result = {}
        for tier in TIERS:
            at = f"{place}.{tier}"
            given = self.mapping(at, tiers.get(tier), ("times", "days", "people"))
            result[tier] = Service(
                times=self.whole(f"{at}.times", given.get("times", default[tier].times), 0, 92),
                days=self.hundredths(f"{at}.days", given.get("days", default[tier].days / 100), 92),
                people=self.whole(f"{at}.people", given.get("people", default[tier].people), 1, 100_000),
            )
        return result

    def name(self, place: str, raw: object) -> str:
        if not isinstance(raw, str) or not raw.strip():
            self.wrong(place, "not_a_name", value=raw)
            return ""
        return raw.strip()

    def currency(self, place: str, raw: object) -> str:
        if not isinstance(raw, str) or not re.fullmatch("[A-Z]{3}", raw):
            self.wrong(place, "not_a_currency", value=raw)
            return ""
        return raw

    def one_of(self, place: str, raw: object, allowed: tuple[int, ...]) -> int:
        if isinstance(raw, bool) or raw not in allowed:
            self.wrong(place, "not_one_of", value=raw, allowed=allowed)
            return allowed[0]
        assert isinstance(raw, int)  # it equals one of `allowed`; a float that does is refused by YAML's own types
        return raw
