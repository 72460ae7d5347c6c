"""The three questions: every combination of answers, every threshold from both sides, and what always holds."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calculators.self_check.answers import (
    ANSWERS,
    QUESTIONS,
    AccountState,
    Answer,
    HireState,
    account,
    hire_state,
    literal,
    onboarding,
    reliance,
    state,
    verdict,
    warning,
)

HALF = Fraction(1, 2)
FOUR_FIFTHS = Fraction(4, 5)

TRUTH: dict[tuple[Answer, Answer, Answer], tuple[str, str, str]] = {
    # reliance, onboarding, warning:   ours, ours in stage one (the first does not count), the source's wording
    ("yes", "yes", "yes"): ("upgrade", "healthy", "upgrade"),
    ("yes", "yes", "no"): ("upgrade", "upgrade", "upgrade"),
    ("yes", "yes", "unknown"): ("upgrade", "undecided", "upgrade"),
    ("yes", "no", "yes"): ("upgrade", "upgrade", "upgrade"),
    ("yes", "no", "no"): ("upgrade", "upgrade", "upgrade"),
    ("yes", "no", "unknown"): ("upgrade", "upgrade", "upgrade"),
    ("yes", "unknown", "yes"): ("upgrade", "undecided", "upgrade"),
    ("yes", "unknown", "no"): ("upgrade", "upgrade", "upgrade"),
    ("yes", "unknown", "unknown"): ("upgrade", "undecided", "upgrade"),
    ("no", "yes", "yes"): ("healthy", "healthy", "upgrade"),  # all as it should be, and the source says upgrade
    ("no", "yes", "no"): ("upgrade", "upgrade", "upgrade"),
    ("no", "yes", "unknown"): ("undecided", "undecided", "upgrade"),
    ("no", "no", "yes"): ("upgrade", "upgrade", "upgrade"),
    ("no", "no", "no"): ("upgrade", "upgrade", "healthy"),  # nobody learns, nobody is warned, and the source is content
    ("no", "no", "unknown"): ("upgrade", "upgrade", "undecided"),
    ("no", "unknown", "yes"): ("undecided", "undecided", "upgrade"),
    ("no", "unknown", "no"): ("upgrade", "upgrade", "undecided"),
    ("no", "unknown", "unknown"): ("undecided", "undecided", "undecided"),
    ("unknown", "yes", "yes"): ("undecided", "healthy", "upgrade"),
    ("unknown", "yes", "no"): ("upgrade", "upgrade", "upgrade"),
    ("unknown", "yes", "unknown"): ("undecided", "undecided", "upgrade"),
    ("unknown", "no", "yes"): ("upgrade", "upgrade", "upgrade"),
    ("unknown", "no", "no"): ("upgrade", "upgrade", "undecided"),
    ("unknown", "no", "unknown"): ("upgrade", "upgrade", "undecided"),
    ("unknown", "unknown", "yes"): ("undecided", "undecided", "upgrade"),
    ("unknown", "unknown", "no"): ("upgrade", "upgrade", "undecided"),
    ("unknown", "unknown", "unknown"): ("undecided", "undecided", "undecided"),
}


def test_the_truth_table_names_every_combination_once() -> None:
    """Three answers to three questions are 27 combinations."""
    assert set(TRUTH) == {(a, b, c) for a in ANSWERS for b in ANSWERS for c in ANSWERS}


@pytest.mark.parametrize(("answers", "expected"), TRUTH.items(), ids=["-".join(row) for row in TRUTH])
def test_every_combination_of_answers_by_both_readings(
    answers: tuple[Answer, Answer, Answer], expected: tuple[str, str, str]
) -> None:
    """Our verdict, ours without the first question, and the literal one are those of the written-out table."""
    given = dict(zip(QUESTIONS, answers, strict=True))
    assert (verdict(given), verdict(given, QUESTIONS[1:]), literal(given)) == expected


def test_the_first_question_is_healthy_at_no_and_the_others_at_yes() -> None:
    """What the source's rule overlooks."""
    assert [state(question, "yes") for question in QUESTIONS] == ["unhealthy", "healthy", "healthy"]
    assert [state(question, "no") for question in QUESTIONS] == ["healthy", "unhealthy", "unhealthy"]


# --- question one --------------------------------------------------------------------------------------


def test_the_line_of_half_from_both_sides() -> None:
    """500 of 1,000 by three is yes, 499 is no, 501 is yes: compared exactly."""
    others = [100, 100, 100, 100, 100]
    assert reliance([200, 150, 150, *others], 3, HALF).answer == "yes"
    assert reliance([200, 150, 149, 101, *others[1:]], 3, HALF).answer == "no"
    assert reliance([200, 150, 151, 99, *others[1:]], 3, HALF).answer == "yes"


def test_a_team_of_six_is_unknown_and_of_seven_is_not() -> None:
    """Three of six equal people hold half, so six say nothing; three of seven do not."""
    six, seven = reliance([10] * 6, 3, HALF), reliance([10] * 7, 3, HALF)
    assert (six.answer, six.reason, six.share) == ("unknown", "small_team", HALF)
    assert (seven.answer, seven.share) == ("no", Fraction(3, 7))
    assert reliance([90, 1, 1, 1, 1, 1], 3, HALF).answer == "unknown"


def test_another_line_makes_another_team_small() -> None:
    """With two people and 40%, a team of five is too small and six is not."""
    assert reliance([10] * 5, 2, Fraction(2, 5)).answer == "unknown"
    assert reliance([10] * 6, 2, Fraction(2, 5)).answer == "no"


def test_the_measures_beside_the_share() -> None:
    """Of 10 people who bring 100 each but the first 1,100: the first has 55%, 1/HHI is 2000²/(1100² + 9·100²)."""
    answer = reliance([1_100, *[100] * 9], 3, HALF)
    assert (answer.largest, answer.share, answer.equal) == (Fraction(11, 20), Fraction(13, 20), Fraction(3, 10))
    assert answer.effective == Fraction(2_000**2, 1_100**2 + 9 * 100**2)


def test_nobody_and_nobody_with_a_result_are_unknown() -> None:
    """There is no share of nothing."""
    assert reliance([], 3, HALF).reason == reliance([0, 0], 3, HALF).reason == "no_results"


teams = st.lists(st.integers(0, 10**13), min_size=1, max_size=30)


@given(teams, st.randoms())
def test_the_order_of_people_never_matters(results: list[int], shuffle: Random) -> None:
    """A permuted team gives the same answer and the same measures."""
    permuted = list(results)
    shuffle.shuffle(permuted)
    assert reliance(results, 3, HALF) == reliance(permuted, 3, HALF)


@given(teams.filter(any), st.integers(1, 10**13), st.integers(0, 2))
def test_what_a_top_performer_adds_never_lowers_the_share(results: list[int], more: int, which: int) -> None:
    """Another order of one of the three strongest raises their share or leaves it."""
    ordered = sorted(results, reverse=True)
    before = reliance(ordered, 3, HALF).share
    ordered[min(which, len(ordered) - 1)] += more
    after = reliance(ordered, 3, HALF).share
    assert before is not None
    assert after is not None
    assert after >= before


def test_another_person_however_strong_can_lower_the_share() -> None:
    """Which is why the property above is about results and not about heads: a fourth equal makes 3/3 into 3/4."""
    assert reliance([10] * 4, 3, HALF).share == Fraction(3, 4) < reliance([10] * 3, 3, HALF).share == 1  # type: ignore[operator]  # shares of results exist


# --- question two --------------------------------------------------------------------------------------

START = date(2026, 9, 1)


def on(days: int) -> date:
    """Return a day after the start."""
    return START + timedelta(days)


@pytest.mark.parametrize(
    ("passed", "as_of", "expected"),
    [
        (29, 60, "in_time"),
        (30, 60, "in_time"),  # the last day is theirs
        (31, 60, "late"),
        (None, 60, "not_passed"),
        (31, 30, "not_passed"),  # what comes after the day we look has not happened
        (None, 29, "not_due"),
        (None, 30, "not_passed"),  # the day is over
        (5, 29, "passed_early"),
        (5, 30, "in_time"),
        (None, -1, "not_started"),
        (0, 0, "passed_early"),
    ],
)
def test_where_a_new_hire_stands(passed: int | None, as_of: int, expected: str) -> None:
    """Within 30 days of the start, at the end of the day we look."""
    assert hire_state(START, None if passed is None else on(passed), on(as_of), 30) == expected


@pytest.mark.parametrize(
    ("in_time", "due", "answer", "reason"),
    [
        (0, 1, "unknown", "not_enough"),  # one who did not pass: 20% by chance at a true 80%
        (1, 1, "unknown", "not_enough"),
        (0, 2, "no", "below"),  # 4%
        (12, 12, "unknown", "not_enough"),  # 0.8^12, 6.9%
        (13, 13, "unknown", "not_enough"),  # 5.5%
        (14, 14, "yes", "above"),  # 4.4%
        (3, 5, "unknown", "open"),  # 26.3%
        (2, 5, "unknown", "open"),  # 5.8%
        (1, 5, "no", "below"),  # 0.7%
        (8, 10, "unknown", "not_enough"),  # 80% to the eye, and ten cannot say so
        (6, 10, "unknown", "open"),  # 12.1%
        (5, 10, "no", "below"),  # 3.3%
        (16, 16, "yes", "above"),
        (87, 100, "yes", "above"),  # 4.7%
        (86, 100, "unknown", "open"),  # 8.0%
        (72, 100, "no", "below"),  # 3.4%
        (73, 100, "unknown", "open"),  # 5.6%
        (0, 0, "unknown", "nobody_due"),
    ],
)
def test_the_exact_test_decides_and_not_the_share(in_time: int, due: int, answer: str, reason: str) -> None:
    """Yes or no where chance brings that about in 5% at most at a true 80%; too few say so."""
    found = onboarding(hires(in_time, due), FOUR_FIFTHS)
    assert (found.answer, found.reason) == (answer, reason)


def hires(in_time: int, due: int) -> list[HireState]:
    """Return the states of so many who were due, the rest of them late."""
    return [*["in_time"] * in_time, *["late"] * (due - in_time)]  # type: ignore[list-item]  # they are HireStates


@given(st.integers(0, 200), st.integers(0, 200), st.integers(1, 99))
def test_the_answer_agrees_with_the_interval_shown_beside_it(in_time: int, others: int, line: int) -> None:
    """A line outside the interval is answered, one inside is not."""
    due = in_time + others
    assume(due)
    found = onboarding(hires(in_time, due), Fraction(line, 100))
    low, high = found.interval
    expected = "yes" if low >= Fraction(line, 100) else "no" if high <= Fraction(line, 100) else "unknown"
    assert found.answer == expected


@given(st.integers(0, 60), st.integers(0, 60))
def test_one_more_in_time_never_turns_a_yes_into_anything_else(in_time: int, late: int) -> None:
    """Nor does it bring back a no."""
    rank = {"no": 0, "unknown": 1, "yes": 2}
    assume(in_time or late)
    before = onboarding(hires(in_time, in_time + late), FOUR_FIFTHS)
    after = onboarding(hires(in_time + 1, in_time + late + 1), FOUR_FIFTHS)
    assert rank[after.answer] >= rank[before.answer]


def test_those_not_due_yet_are_in_neither_number() -> None:
    """Whoever is not due, has passed early or has not started changes nothing."""
    states = hires(16, 16)
    more: list[HireState] = ["not_due", "passed_early", "not_started"]
    assert onboarding([*states, *more], FOUR_FIFTHS) == onboarding(states, FOUR_FIFTHS)


# --- question three ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("alert", "churned", "expected"),
    [
        (0, 90, "warned"),  # on the last day of its validity
        (0, 91, "expired"),  # it was false by then, and does not become foresight
        (0, 40, "warned"),
        (40, 40, "warned"),  # on the day itself: warned, of nothing
        (41, 40, "late_alert"),
        (None, 40, "not_warned"),
        (101, 40, "not_warned"),  # an alert after the day we look has not come
        (None, None, "quiet"),
        (None, 101, "quiet"),  # nor has that customer left
        (11, None, "open_alarm"),  # 89 days old
        (10, None, "false_alarm"),  # 90 days old
        (20, 101, "open_alarm"),
    ],
)
def test_where_an_account_stands(alert: int | None, churned: int | None, expected: str) -> None:
    """As seen at the end of day 100, alarms open for 90 days."""
    alerts = [] if alert is None else [on(alert)]
    assert account(alerts, None if churned is None else on(churned), on(100), 90).state == expected


def test_a_false_alarm_of_long_ago_is_no_foresight() -> None:
    """An alert 516 days before the customer left warned of nothing; one 16 days before did, whatever came first."""
    assert account([on(0)], on(516), on(600), 90).state == "expired"
    again = account([on(500), on(0)], on(516), on(600), 90)
    assert (again.state, again.alert, again.days_ahead) == ("warned", on(500), 16)


@given(
    st.lists(st.integers(0, 400), max_size=4), st.none() | st.integers(0, 400), st.integers(1, 120), st.integers(0, 400)
)
def test_an_alarm_once_called_false_never_counts_as_a_warning(
    alerts: list[int], churned: int | None, valid: int, as_of: int
) -> None:
    """Whatever becomes known later; and a warning once counted stays one."""
    days, gone = [on(alert) for alert in alerts if alert <= as_of], None if churned is None else on(churned)
    now, later = account(days, gone, on(as_of), valid), account(days, gone, on(1_000), valid)
    if now.state in ("false_alarm", "expired"):
        assert later.state in ("false_alarm", "expired")
    if now.state == "warned":
        assert later == now
        assert later.days_ahead is not None
        assert later.days_ahead <= valid


@pytest.mark.parametrize(
    ("days", "unwarned", "answer", "reason"),
    [
        ([30] * 5, 0, "yes", "early"),  # five of five warned, and all in time: 3.1% by chance, twice
        ([30] * 4, 0, "unknown", "not_enough"),  # 6.3%
        ([31], 0, "unknown", "not_enough"),
        ([29], 0, "unknown", "not_enough"),
        ([30, 30], 2, "unknown", "not_enough"),
        ([], 1, "unknown", "not_enough"),
        ([], 4, "unknown", "not_enough"),
        ([], 5, "no", "too_few"),  # none of five: 3.1%
        ([30], 7, "no", "too_few"),  # one of eight: 3.5%
        ([30] * 4 + [29], 0, "unknown", "open"),  # four of five in time: 18.8%
        ([29] * 5, 0, "no", "too_late"),  # none of five in time
        ([29] * 5, 15, "no", "too_late_and_few"),  # and five of twenty warned: 2.1%
        ([30] * 8, 2, "unknown", "open"),  # eight of ten: 5.5%
        ([30] * 9, 1, "yes", "early"),  # nine of ten: 1.1%
        ([], 0, "unknown", "nobody_churned"),
    ],
)
def test_warned_early_enough_and_often_enough(days: list[int], unwarned: int, answer: str, reason: str) -> None:
    """30 days in the median, and half of those who left, each beyond what chance brings about."""
    states: list[AccountState] = [*["warned"] * len(days), *["not_warned"] * unwarned]  # type: ignore[list-item]  # they are AccountStates
    found = warning(states, days, 30, HALF)
    assert (found.answer, found.reason) == (answer, reason)


def test_false_alarms_are_counted_and_change_no_answer() -> None:
    """Three warnings came true and one did not: three quarters were hits."""
    states: list[AccountState] = ["warned", "warned", "warned", "false_alarm", "open_alarm", "quiet", "late_alert"]
    found = warning(states, [40, 50, 60], 30, HALF)
    assert (found.answer, found.false_alarms, found.hit_share) == ("unknown", 1, Fraction(3, 4))
    assert (found.churned, found.warned, found.often.share) == (4, 3, Fraction(3, 4))
    expired = warning([*states, "expired"], [40, 50, 60], 30, HALF)
    assert (expired.churned, expired.warned, expired.false_alarms) == (5, 3, 2)
