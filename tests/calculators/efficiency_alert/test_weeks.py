"""The team's own weeks: what is read, the baseline per rep, the test of dispersion, and who is judged by what."""

from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from calculators.efficiency_alert.rules import Cusum, Ewma, cusum, ewma, lower_limit
from calculators.efficiency_alert.weeks import History, Rules, Week, judged
from calculators.engine.arithmetic.chances import count_chances
from tests.calculators.replies import ask, codes, errors, result

HEAD = ["Week", "Deals", "Reps"]
FIVE = Decimal("0.05")
STEADY = [14, 7, 11, 9, 15, 6, 10, 13, 8, 7, 12, 11, 7]


def weeks(*deals: int, reps: str = "8") -> list[list[str]]:
    """Return a list of weeks with the same reps."""
    return [HEAD, *([f"w{at:02}", str(one), reps] for at, one in enumerate(deals))]


def answer(rows: list[list[str]], **values: str) -> dict[str, Any]:
    """Return the result for weeks."""
    return result("efficiency_alert", {"weeks": rows}, **values)


def test_the_baseline_is_per_rep_and_the_rule_is_for_the_reps_of_now() -> None:
    """130 deals by 8 reps in 13 weeks are 1.25 a rep; with 16 reps 20 are normal, and half as many are not."""
    found = answer([*weeks(*STEADY), ["w13", "10", "16"]])
    assert (found["figures"]["rate"], found["figures"]["mean"]) == (1.25, 20)
    last = found["tables"]["weeks"][-1]
    assert (last["expected"], last["limit"], last["signal"]) == (20, 12, "efficiency_alert.signal.low")


def test_weeks_that_vary_as_chance_does_are_reckoned_with_as_independent() -> None:
    """Fisher's index of the thirteen weeks is 0.867; chance makes so much or more in 58% of cases (SciPy)."""
    found = answer(weeks(*STEADY))
    assert found["figures"]["dispersion"] == pytest.approx(0.8667, abs=1e-4)
    (said,) = [notice for notice in found["notices"] if notice["code"].endswith("varies_as_chance")]
    assert said["params"]["chance"] == pytest.approx(0.5809, abs=1e-4)
    assert found["figures"]["limit"] == 4


def test_weeks_that_vary_more_than_chance_widen_every_limit() -> None:
    """Closing weeks: nothing, nothing, thirty, again and again; the limit of four falls, and the result says why."""
    found = answer(weeks(*[0, 0, 30] * 4))
    assert "varies_more" in codes(found)
    assert found["figures"]["limit"] is None or found["figures"]["limit"] < 4
    assert "no_limit" in codes(found) or found["figures"]["limit"] is not None


def test_too_few_weeks_judge_none() -> None:
    """Seven are no baseline: nothing is said of any week, and how many it takes is."""
    found = answer(weeks(*STEADY[:7]))
    (said,) = [notice for notice in found["notices"] if notice["code"].endswith("few_weeks")]
    assert (said["params"]["count"], said["params"]["least"]) == (7, 8)
    assert "weeks" not in found["tables"]
    assert found["figures"]["alerts"] is None
    assert "few_weeks" not in codes(answer(weeks(*STEADY[:8])))


def test_a_slow_fall_that_no_week_shows_is_found_by_the_sum() -> None:
    """Weeks of 8, 7 and 5 against 10: each above the limit of 4, and 1.5 + 2.5 + 4.5 reach 7.75."""
    found = answer(weeks(*STEADY, 8, 7, 5, 8))
    signals = [row["signal"].rpartition(".")[2] for row in found["tables"]["weeks"][13:]]
    assert signals == ["none", "none", "cusum_ewma", "none"]
    assert [row["sum"] for row in found["tables"]["weeks"][13:]] == [1.5, 4.0, 8.5, 1.5]
    assert (found["figures"]["alerts"], found["figures"]["low_weeks"]) == (1, 0)


def test_the_sum_never_falls_below_nothing_and_begins_anew() -> None:
    """A good week is no credit for later ones."""
    history = History(
        tuple(Week(f"w{at}", deals, Fraction(1)) for at, deals in enumerate([10] * 8 + [30, 4, 4])), 8, False
    )
    rules = Rules(lambda _: 4, lambda _: Cusum(4, 38, 31), lambda _: None)
    found = judged(history, rules)
    assert [one.sum for one in found[8:]] == [0, Fraction(11, 2), 11]
    assert [one.signals for one in found[8:]] == [(), ("low",), ("low", "cusum")]


def test_the_mean_never_stands_above_normal_and_begins_anew() -> None:
    """After a week of 30 it is 100%; 4 and 4 of 10 make 88% and 78.4%, which alerts; then it is at normal again."""
    deals = [10] * 8 + [30, 4, 4, 10]
    history = History(tuple(Week(f"w{at}", one, Fraction(1)) for at, one in enumerate(deals)), 8, False)
    found = judged(history, Rules(lambda _: None, lambda _: None, lambda _: Ewma(2_000, 1_000, 800)))[8:]
    assert [one.mean for one in found] == [1, Fraction(88, 100), Fraction(784, 1_000), 1]
    assert [one.signals for one in found] == [(), (), ("ewma",), ()]


def test_each_week_is_judged_by_the_limits_for_its_own_reps() -> None:
    """A team that doubles has twice as much to be expected in a week, and the CUSUM and the EWMA of twice as much."""
    rows = [HEAD, *([f"w{at:02}", str(one), "8"] for at, one in enumerate(STEADY))]
    rows += [["w13", "10", "8"], ["w14", "20", "16"], ["w15", "19", "16"]]
    table = answer(rows)["tables"]["weeks"][13:]
    for row, mean in zip(table, ("10", "20", "20"), strict=True):
        by_sum, by_mean = cusum(Decimal(mean), 1_000, FIVE), ewma(Decimal(mean), FIVE, 2_000, units=500)
        assert by_sum is not None
        assert by_mean is not None
        assert (row["expected"], row["limit"]) == (float(mean), lower_limit(Decimal(mean), FIVE))
        assert (row["sum_limit"], row["ewma_limit"]) == (float(by_sum.limit), float(by_mean.share))
    assert [row["sum"] for row in table] == [0, 0, 0]
    assert "heads_vary" in codes(answer(rows))
    assert "heads_vary" not in codes(answer(weeks(*STEADY, 10, 9)))


def test_a_row_of_weeks_alerts_by_chance_as_often_as_one_that_is_thrown() -> None:
    """Reps go from 8 to 10 and back: ten thousand quarters of unchanged output give what is stated."""
    reps = [8] * 5 + [10] * 4 + [8] * 4
    rows = [HEAD, *([f"w{at:02}", str(one), "8"] for at, one in enumerate(STEADY))]
    rows += [[f"x{at:02}", "10", str(one)] for at, one in enumerate(reps)]
    (said,) = (one["params"] for one in answer(rows)["notices"] if one["code"].endswith("heads_vary"))
    assert said["weeks"] == 13
    means = [Decimal(one * 10) / 8 for one in reps]
    sums = [cusum(mean, 1_000, FIVE) for mean in means]
    shares = [ewma(mean, FIVE, 2_000, units=500) for mean in means]
    likely = [[float(one) for one in count_chances(mean, 60)] for mean in means]
    chance, times = Random(20261128), 10_000
    by_sum = by_mean = 0
    for _ in range(times):
        counts = [chance.choices(range(61), weights)[0] for weights in likely]
        total, value, alerts = Fraction(0), 500, [False, False]
        for count, mean, one, two in zip(counts, means, sums, shares, strict=True):
            assert one is not None
            assert two is not None
            total = max(Fraction(0), total + one.reference - count)
            value = two.following(value, Fraction(count) / Fraction(mean))
            alerts = [alerts[0] or total >= one.limit, alerts[1] or value <= two.limit]
        by_sum, by_mean = by_sum + alerts[0], by_mean + alerts[1]
    assert (said["cusum"], said["ewma"]) == (
        pytest.approx(by_sum / times, abs=0.015),
        pytest.approx(by_mean / times, abs=0.015),
    )


def said_of_weeks(rows: list[list[str]]) -> dict[str, Any]:
    """Return what is said of how the rows make weeks: the notices' values, by their code."""
    notices = answer(rows)["notices"]
    found = {notice["code"].partition(".")[2]: notice["params"] for notice in notices}
    return {code: params for code, params in found.items() if code.startswith("weeks_")}


@pytest.mark.parametrize("name", ["2026-{:02}-01", "2026-W{:02}", "W{}", "第{}周", "KW {}", "{}"])
def test_weeks_are_put_in_order_whatever_they_are_called_and_it_is_said(name: str) -> None:
    """Newest first, as many exports have it, gives the same."""
    deals = STEADY[:12] if "-01" in name else STEADY
    rows = [HEAD, *([name.format(at + 1), str(one), "8"] for at, one in enumerate(deals))]
    backwards = [HEAD, *rows[:0:-1]]
    assert answer(rows)["tables"]["weeks"] == answer(backwards)["tables"]["weeks"]
    assert "weeks_sorted" not in said_of_weeks(rows)
    assert "weeks_sorted" in said_of_weeks(backwards)


def test_a_weeks_number_is_read_in_any_digits() -> None:
    """Full width and Chinese ones, too."""
    for names in (("第１周", "第２周", "第４周"), ("第一周", "第二周", "第四周")):
        rows = [HEAD, *([name, "5", "8"] for name in names)]
        assert said_of_weeks(rows) == {"weeks_missing": {"names": ["3"], "count": 1}}


def test_weeks_go_on_over_the_turn_of_the_year() -> None:
    """The first week of a year follows its last, the 52nd or the 53rd, either way round."""
    for last in (52, 53):
        numbers = [*range(44, last + 1), 1, 2, 3]
        rows = [HEAD, *([f"W{number}", "5", "8"] for number in numbers)]
        assert said_of_weeks(rows) == {}
        assert answer(rows)["tables"]["weeks"][0]["week_of"] == "W44"
        assert said_of_weeks([HEAD, *rows[:0:-1]]) == {"weeks_sorted": {}}
        assert answer([HEAD, *rows[:0:-1]])["tables"]["weeks"][-1]["week_of"] == "W3"


def test_rows_of_one_week_are_its_teams_and_are_added_up() -> None:
    """Twelve weeks of two regions are twelve weeks with the deals and reps of both, not twenty-four; and it is said."""
    week_names = [f"2026-W{at:02}" for at in range(1, 13)]
    whole = [HEAD, *([name, "10", "6"] for name in week_names)]
    parts = [HEAD, *([name, deals, reps] for name in week_names for deals, reps in (("6", "4"), ("4", "2")))]
    assert answer(parts)["tables"]["weeks"] == answer(whole)["tables"]["weeks"]
    assert said_of_weeks(parts) == {"weeks_added_up": {"names": week_names, "count": 12}}
    without_reps = [row[:2] for row in parts]
    assert answer(without_reps)["figures"]["mean"] == 10


def test_weeks_that_are_missing_are_named_once() -> None:
    """Between dates by their Monday, between numbers by theirs; one without a count is only said to be left out."""
    numbers = [1, 2, 3, 4, 7, 8, 9, 10, 11]
    dated = [HEAD, *([f"2026-W{number:02}", "5", "8"] for number in numbers)]
    assert said_of_weeks(dated) == {"weeks_missing": {"names": ["2026-01-26", "2026-02-02"], "count": 2}}
    numbered = [HEAD, *([f"week {number}", "5", "8"] for number in numbers)]
    assert said_of_weeks(numbered) == {"weeks_missing": {"names": ["5", "6"], "count": 2}}
    for rows, name in ((dated, "2026-W05"), (numbered, "week 5")):
        said = said_of_weeks([*rows, [name, "", "8"]])
        assert (said["weeks_left_out"]["names"], said["weeks_missing"]["count"]) == ([name], 1)


def test_a_baseline_without_a_deal_is_refused_whichever_way_the_list_goes() -> None:
    """The oldest weeks are the baseline, though the list has them last."""
    rows = [[f"2026-W{at:02}", "0" if at < 15 else "5", "8"] for at in range(1, 31)]
    for listed in (rows, rows[::-1]):
        assert errors("efficiency_alert", {"weeks": [HEAD, *listed]}) == [("weeks", "efficiency_alert.no_deals")]


def test_names_that_tell_no_order_are_taken_as_listed_and_days_are_no_weeks() -> None:
    """The first is said to be the oldest; two days of one week are refused with their rows."""
    spans = [HEAD, *([f"8/{at}-8/{at + 6}", "5", "8"] for at in range(1, 10))]
    assert said_of_weeks(spans) == {"weeks_as_listed": {}}
    assert said_of_weeks([HEAD, *([f"{at}-Mar", "5", "8"] for at in range(1, 29, 7))]) == {"weeks_as_listed": {}}
    mixed = [HEAD, *([f"W{number}", "5", "8"] for number in (1, 3, 2, 4, 5, 6, 7, 8))]
    assert said_of_weeks(mixed) == {"weeks_as_listed": {}}
    daily = [HEAD, *([f"2026-08-{day:02}", "2", "8"] for day in range(3, 13))]
    (error,) = ask("efficiency_alert", {"weeks": daily})["errors"]
    assert (error["code"], error["params"]) == (
        "efficiency_alert.not_weekly",
        {"row": 2, "other": 3, "day": "2026-08-03", "other_day": "2026-08-04"},
    )


def test_more_weeks_than_a_browser_works_out_in_ten_seconds_are_refused() -> None:
    """Ten thousand rows are the weeks of two hundred years."""
    rows = [HEAD, *([f"w{at}", "3", "2"] for at in range(10_001))]
    assert errors("efficiency_alert", {"weeks": rows}) == [("weeks", "tables.too_many_to_compute")]


def test_a_week_without_a_count_is_left_out_and_one_that_is_none_is_a_mistake() -> None:
    """Blank is unknown; half a deal, less than none, and nobody at work are refused with their row."""
    assert "weeks_left_out" in codes(answer([*weeks(*STEADY), ["w13", "", "8"]]))
    for bad in (["x", "1.5", "8"], ["x", "-1", "8"], ["x", "3", "0"]):
        assert errors("efficiency_alert", {"weeks": [*weeks(*STEADY), bad]}) == [("weeks", "efficiency_alert.no_count")]
    nothing = ask("efficiency_alert", {"weeks": weeks(*[0] * 13)})
    assert [error["field"] for error in nothing["errors"]] == ["weeks"]


def test_without_reps_the_team_counts_as_one() -> None:
    """Deals themselves are charted, and nothing is said per rep."""
    rows = [["Week", "Deals"], *([f"w{at}", str(one)] for at, one in enumerate(STEADY))]
    found = answer(rows)
    assert (found["figures"]["mean"], found["figures"]["rate"]) == (10, None)
    assert found["tables"]["weeks"][0]["per_rep"] is None


def test_a_longer_baseline_judges_fewer_weeks() -> None:
    """The number of weeks is the reader's."""
    rows = weeks(*STEADY, *STEADY)
    judged_after = [
        sum(not row["signal"].endswith("baseline") for row in answer(rows, baseline=weeks_of)["tables"]["weeks"])
        for weeks_of in ("8", "13", "26")
    ]
    assert judged_after == [18, 13, 0]
    assert "all_baseline" in codes(answer(rows, baseline="26"))
