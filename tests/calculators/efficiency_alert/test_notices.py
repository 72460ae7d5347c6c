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
                "rule",
                {
                    "deals": Fraction(10),
                    "drop": Fraction(1, 10),
                    "tolerated": Fraction(1, 20),
                    "limit_by_chance": Fraction(107, 125000),
                    "limit_see": Fraction(3021, 1000000),
                    "limit_see_large": Fraction(14963, 500000),
                    "mean_by_chance": Fraction(9221, 1000000),
                    "mean_see": Fraction(41081, 1000000),
                    "mean_see_large": Fraction(164057, 500000),
                    "weeks_at_limit": 2,
                    "weeks_below_mean": 6,
                    "large": Fraction(3, 10),
                },
                level="caution",
                zh="连续 2 周不高于控制下限这条规则，很少碰巧触发，也很少看得见：成交速度真降了 10%，接下来两周都触及下限的机会只有 0.3%；真降了 30%，也只有 3%（什么都没变时是 0.1%）。连续 6 周低于均值的那条，对应 4.1%、32.8% 和 0.9%。所以没有报警，不等于没有下降。",
                en="The rule of 2 weeks in a row at or below the limit is seldom wrong, and seldom sees anything: after a real fall of 10% the next two weeks are both at the limit in only 0.3% of cases, and after a fall of 30% in 3% (0.1% when nothing has changed). 6 weeks in a row below the mean: 4.1%, 32.8% and 0.9%. No alert is no proof that nothing has fallen.",
            ),
            Said(
                "instead",
                "ours",
                {"power": Fraction(4, 5), "deals": Fraction(10), "drop": Fraction(1, 10), "tolerated": Fraction(1, 20)},
                level="assumed",
                zh="可以接受的偶然触发率（5%）和“真下降时 80% 的情况要看得出来”这两条是我们定的。这里用单数代表人效，因此人数不能变。",
                en="The tolerated alarms by chance (5%) and the demand that a real fall be seen in 80% of cases are ours. Deals stand in for deals per rep, so the number of reps must not change.",
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
                "rule_without_limit",
                {
                    "deals": Fraction(2),
                    "drop": Fraction(1, 2),
                    "tolerated": Fraction(1, 20),
                    "limit_by_chance": None,
                    "limit_see": None,
                    "limit_see_large": None,
                    "mean_by_chance": Fraction(4479, 1000000),
                    "mean_see": Fraction(1983, 12500),
                    "mean_see_large": Fraction(42973, 1000000),
                    "weeks_at_limit": 2,
                    "weeks_below_mean": 6,
                    "large": Fraction(3, 10),
                },
                level="caution",
                zh="没有控制下限，就只剩连续 6 周低于均值这条规则：成交速度真降了 50%，接下来 6 周都低于均值的机会是 15.9%；真降了 30%，是 4.3%（什么都没变时是 0.4%）。所以没有报警，不等于没有下降。",
                en="Without a control limit there is only the rule of 6 weeks in a row below the mean: after a real fall of 50% the next 6 are all below it in 15.9% of cases, and after a fall of 30% in 4.3% (0.4% when nothing has changed). No alert is no proof that nothing has fallen.",
            ),
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
                "rule_without_limit",
                {
                    "deals": Fraction(1),
                    "drop": Fraction(1, 100),
                    "tolerated": Fraction(1, 100),
                    "limit_by_chance": None,
                    "limit_see": None,
                    "limit_see_large": None,
                    "mean_by_chance": Fraction(2479, 1000000),
                    "mean_see": Fraction(329, 125000),
                    "mean_see_large": Fraction(3749, 250000),
                    "weeks_at_limit": 2,
                    "weeks_below_mean": 6,
                    "large": Fraction(3, 10),
                },
                level="caution",
            ),
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
