"""The ABC model as a company sets it: ``abc`` of its playbook.yml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from calculators.engine.asks.settings import Reader, Section, unscaled
from calculators.method import METHOD

TIERS = ("A", "B", "C")


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
class AbcModel(Section):
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

    KEY: ClassVar = "abc"

    @classmethod
    def read(cls, reader: Reader, place: str, raw: object) -> "AbcModel":
        """Read ``extra.playbook.abc``."""
        default = cls()
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


def _read_service(reader: Reader, place: str, raw: object, default: Mapping[str, Service]) -> dict[str, Service]:
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
