"""What the productivity alert says of a volume of deals, word for word, and its figures."""

from fractions import Fraction

import pytest

from tests.calculators.notices import Case, Said, Table

POISSON = Said("alert", "poisson", level="assumed")

BASELINE = Said("instead", "baseline")

CASES = (
    Case(
        "ten deals a week, a fall of a tenth",
        says=(
            POISSON,
            Said(
                "alert",
                "comparison",
                {"deals": Fraction(10), "drop": Fraction(1, 10), "tolerated": Fraction(1, 20)},
                level="assumed",
                zh="来源没有说明和什么比。这里按环比：本周比上周少 10% 或更多。",
                en="The source does not say what a week is compared with. Here: with the week before, which it undercuts by 10% or more.",
            ),
            BASELINE,
            Said(
                "instead",
                "ours",
                {"power": Fraction(4, 5), "deals": Fraction(10), "drop": Fraction(1, 10), "tolerated": Fraction(1, 20)},
                level="assumed",
                zh="可以接受的误报比例（5%）和“真下降时 80% 的情况要看得出来”这两条是我们定的。这里用单数代表人效，因此人数不能变。",
                en="The tolerated share of false alarms (5%) and the demand that a real fall be seen in 80% of cases are ours. Deals stand in for deals per rep, so the number of reps must not change.",
            ),
        ),
        values={"deals": "10", "drop": "10", "tolerated": "5"},
        figures={
            "by_chance": (
                Fraction(16657, 40000),
                {"deals": Fraction(10), "drop": Fraction(1, 10), "tolerated": Fraction(1, 20)},
            ),
            "alarms_a_year": Fraction(217, 10),
            "quiet_volume": (490, {"deals": Fraction(10), "drop": Fraction(1, 10), "tolerated": Fraction(1, 20)}),
            "limit": (4, {"deals": Fraction(10), "drop": Fraction(1, 10), "tolerated": Fraction(1, 20)}),
            "limit_by_chance": (
                Fraction(29253, 1000000),
                {"deals": Fraction(10), "drop": Fraction(1, 10), "tolerated": Fraction(1, 20)},
            ),
            "limit_sees": (
                Fraction(13741, 250000),
                {"deals": Fraction(10), "drop": Fraction(1, 10), "tolerated": Fraction(1, 20)},
            ),
            "enough_deals": (
                601,
                {"deals": Fraction(10), "drop": Fraction(1, 10), "tolerated": Fraction(1, 20), "power": Fraction(4, 5)},
            ),
            "weeks_to_see": (61, {"deals": Fraction(10), "drop": Fraction(1, 10), "tolerated": Fraction(1, 20)}),
        },
    ),
    Case(
        "two deals a week: even none is no signal",
        says=(
            POISSON,
            Said(
                "alert",
                "comparison",
                {"deals": Fraction(2), "drop": Fraction(1, 2), "tolerated": Fraction(1, 20)},
                level="assumed",
            ),
            Said(
                "instead",
                "no_limit",
                {"deals": Fraction(2), "drop": Fraction(1, 2), "tolerated": Fraction(1, 20)},
                level="caution",
                zh="每周 2 单，就算某一周一单都没有，偶然发生的机会也超过 5%。这个量按周预警没有意义，请按月或按季度合计。",
                en="With 2 deals a week, even a week with none happens by chance more often than in 5% of weeks. Weekly figures cannot alert here; count over a month or a quarter.",
            ),
            BASELINE,
            Said(
                "instead",
                "ours",
                {"power": Fraction(4, 5), "deals": Fraction(2), "drop": Fraction(1, 2), "tolerated": Fraction(1, 20)},
                level="assumed",
            ),
        ),
        values={"deals": "2", "drop": "50", "tolerated": "5"},
        figures={
            "by_chance": (
                Fraction(159779, 500000),
                {"deals": Fraction(2), "drop": Fraction(1, 2), "tolerated": Fraction(1, 20)},
            ),
            "alarms_a_year": Fraction(83, 5),
            "quiet_volume": (14, {"deals": Fraction(2), "drop": Fraction(1, 2), "tolerated": Fraction(1, 20)}),
            "limit": (None, {"deals": Fraction(2), "drop": Fraction(1, 2), "tolerated": Fraction(1, 20)}),
            "limit_by_chance": (None, {"deals": Fraction(2), "drop": Fraction(1, 2), "tolerated": Fraction(1, 20)}),
            "limit_sees": (None, {"deals": Fraction(2), "drop": Fraction(1, 2), "tolerated": Fraction(1, 20)}),
            "enough_deals": (
                21,
                {"deals": Fraction(2), "drop": Fraction(1, 2), "tolerated": Fraction(1, 20), "power": Fraction(4, 5)},
            ),
            "weeks_to_see": (11, {"deals": Fraction(2), "drop": Fraction(1, 2), "tolerated": Fraction(1, 20)}),
        },
    ),
    Case(
        "one deal a week and a fall too small to be seen",
        says=(
            POISSON,
            Said(
                "alert",
                "comparison",
                {"deals": Fraction(1), "drop": Fraction(1, 100), "tolerated": Fraction(1, 100)},
                level="assumed",
            ),
            Said(
                "instead",
                "no_limit",
                {"deals": Fraction(1), "drop": Fraction(1, 100), "tolerated": Fraction(1, 100)},
                level="caution",
            ),
            Said(
                "instead",
                "beyond",
                {"largest": 4000},
                level="caution",
                zh="要看出这么小的下降，需要的单数超过 4,000。请改看数量更多的过程指标：电话、拜访、报价。",
                en="A fall this small takes more than 4,000 deals to see. Watch activities (calls, visits, offers) instead, of which there are more.",
            ),
            BASELINE,
            Said(
                "instead",
                "ours",
                {
                    "power": Fraction(4, 5),
                    "deals": Fraction(1),
                    "drop": Fraction(1, 100),
                    "tolerated": Fraction(1, 100),
                },
                level="assumed",
            ),
        ),
        values={"deals": "1", "drop": "1", "tolerated": "1"},
        figures={
            "by_chance": (
                Fraction(172873, 500000),
                {"deals": Fraction(1), "drop": Fraction(1, 100), "tolerated": Fraction(1, 100)},
            ),
            "alarms_a_year": Fraction(18),
            "quiet_volume": (None, {"deals": Fraction(1), "drop": Fraction(1, 100), "tolerated": Fraction(1, 100)}),
            "limit": (None, {"deals": Fraction(1), "drop": Fraction(1, 100), "tolerated": Fraction(1, 100)}),
            "limit_by_chance": (None, {"deals": Fraction(1), "drop": Fraction(1, 100), "tolerated": Fraction(1, 100)}),
            "limit_sees": (None, {"deals": Fraction(1), "drop": Fraction(1, 100), "tolerated": Fraction(1, 100)}),
            "enough_deals": (
                None,
                {
                    "deals": Fraction(1),
                    "drop": Fraction(1, 100),
                    "tolerated": Fraction(1, 100),
                    "power": Fraction(4, 5),
                },
            ),
            "weeks_to_see": (None, {"deals": Fraction(1), "drop": Fraction(1, 100), "tolerated": Fraction(1, 100)}),
        },
    ),
)

TABLE = Table("efficiency_alert", CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exactly_this_is_said_of_these_inputs(case: Case) -> None:
    """Notices by section and in order, with their values and sentences; figures exactly."""
    TABLE.check(case)


def test_every_notice_and_figure_there_are_words_for_is_in_the_table() -> None:
    """What the words can say, some inputs here make the calculator say."""
    TABLE.complete()
