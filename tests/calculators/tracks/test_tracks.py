"""The tracks: cases, and what always holds."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators import tracks
from calculators.engine.asks.former import by_todays_names
from calculators.engine.asks.settings import BASIS_POINTS, Settings
from calculators.engine.reads.amounts import LARGEST
from calculators.tracks import Split, split
from tests.calculators.replies import codes, errors, result


def test_a_hundred_and_one_people_are_split_exactly() -> None:
    """70/20/10 of 101 are 70.7, 20.2 and 10.1: 71, 20 and 10."""
    assert [part.people for part in split(Split(0, 0, 101), [7, 3, 0], [7, 2, 1])] == [71, 20, 10]


def test_what_stays_is_no_growth() -> None:
    """65 million less 9% and 3% keep 57.2; a target of 70 asks for 12.8 more and a net revenue retention of 107.7%."""
    found = result("tracks", {"initiatives": "Track\tInitiative\nexisting\ta\ngrowth\tb\n"})
    figures = found["figures"]
    assert (figures["kept"], figures["to_add"]) == (5_720_000_000, 1_280_000_000)
    assert figures["net_retention"] == pytest.approx(70 / 65)
    assert {"reading", "equal_weights", "no_initiative"} <= set(codes(found))
    assert "renewals_suffice" in codes(result("tracks", {}, opening="1亿", churn="10", contraction="0"))


def test_retention_is_over_opening_recurring_revenue_with_one_off_revenue_left_out() -> None:
    """Opening 1,000, churn 80, contraction 20, a target of 1,200 with 100 one-off: GRR 90%, NRR 110%, 200 to add.

    As the SaaS Metrics Standards Board defines both: over recurring revenue at the opening.
    """
    shares = {"target_existing": "100", "target_growth": "0"}
    found = result("tracks", {}, target="1200", **shares, opening="1000", one_off="100", churn="8", contraction="2")
    figures = found["figures"]
    assert (figures["gross_retention"], figures["net_retention"]) == (0.9, 1.1)
    assert (figures["kept"], figures["to_add"]) == (90_000, 20_000)
    assert [(row["step"].rpartition(".")[2], row["amount"]) for row in found["tables"]["retention"]] == [
        ("opening", 100_000),
        ("churn", -8_000),
        ("contraction", -2_000),
        ("expansion", 20_000),
        ("closing", 110_000),
    ]


@pytest.mark.parametrize(("renewal", "churn"), [("88", "12"), ("90.5%", "9.5"), ("", "")])
def test_a_plan_with_a_renewal_rate_is_read_as_churn(renewal: str, churn: str) -> None:
    """What was saved before churn and contraction stood apart goes on meaning the same."""
    (today,) = (field for field in tracks.declare(Settings()).fields if field.name == "churn")
    read = by_todays_names({"renewal": renewal, "base": "100"}, tracks.declare(Settings()).fields)
    assert today.formerly is not None
    assert read == {"churn": churn, "contraction": "0", "opening": "100"}


@given(
    st.integers(0, LARGEST),
    st.integers(0, LARGEST),
    st.integers(0, BASIS_POINTS).flatmap(lambda churn: st.tuples(st.just(churn), st.integers(0, BASIS_POINTS - churn))),
)
def test_the_steps_from_opening_to_closing_add_up(target: int, opening: int, lost: tuple[int, int]) -> None:
    """To the fen; the closing is the target, or what stays where that is more."""
    churn, contraction = (str(Decimal(part).scaleb(-2)) for part in lost)
    values = {"target": str(Decimal(target).scaleb(-2)), "target_existing": "100", "target_growth": "0"}
    given_opening = str(Decimal(opening).scaleb(-2))
    found = result("tracks", {}, **values, opening=given_opening, churn=churn, contraction=contraction)
    amounts = {row["step"].rpartition(".")[2]: row["amount"] for row in found["tables"]["retention"]}
    closing = amounts.pop("closing")
    assert closing == sum(amounts.values()) == max(target, found["figures"]["kept"])
    assert found["figures"]["kept"] == opening * (BASIS_POINTS - sum(lost)) // BASIS_POINTS


@pytest.mark.parametrize("weights", [("12.5%", "87.5%"), ("0.125", "0.875"), ("1", "7"), ("１２．５％", "87.5 %")])
def test_initiatives_are_weighed_by_any_numbers_that_compare(weights: tuple[str, str]) -> None:
    """An eighth and seven eighths, as percentages, fractions or plain sizes."""
    rows = [["Track", "Initiative", "Weight"], *[["growth", f"i{at}", weight] for at, weight in enumerate(weights)]]
    found = result("tracks", {"initiatives": rows})
    assert [row["share"] for row in found["tables"]["initiatives"]] == [0.875, 0.125]
    units = [rows[0], ["growth", "a", "0.7万"], ["growth", "b", "1000"]]
    found = result("tracks", {"initiatives": units})
    assert [row["share"] for row in found["tables"]["initiatives"]] == [0.875, 0.125]


@pytest.mark.parametrize(
    ("written", "track"),
    [("Renewals", "existing"), ("续约", "existing"), ("New business", "growth"), ("创新业务", "experiments")],
)
def test_a_track_is_known_by_its_words_and_not_by_parts_of_others(written: str, track: str) -> None:
    """A renewal is nothing new, and 创新业务 are experiments although 新业务 is in it."""
    assert tracks.track_of(written) == track


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["elsewhere", "a", "1"], "unknown_track"),
        (["growth of existing customers", "a", "1"], "unknown_track"),
        (["growth", "a", "-1"], "no_weight"),
        (["growth", "a", "0"], "all_zero"),
    ],
)
def test_initiatives_that_make_no_sense_are_refused(row: list[str], code: str) -> None:
    """An unknown track or two at once, a negative weight, weights of nothing."""
    rows = [["Track", "Initiative", "Weight"], ["existing", "b", "1"], row]
    assert errors("tracks", {"initiatives": rows}) == [("initiatives", f"tracks.{code}")]


def test_shares_that_are_not_a_hundred_are_refused() -> None:
    """At each of the three fields."""
    assert errors("tracks", {}, target_existing="60") == [
        (f"target_{track}", "fields.wrong_sum") for track in tracks.TRACKS
    ]


def test_a_name_on_two_rows_counts_twice_and_is_said() -> None:
    """An initiative: both rows count, and the name is said; one of another track is another."""
    rows = [["Track", "Initiative"], ["growth", "a"], ["growth", "a"], ["existing", "a"]]
    (repeated,) = (
        one for one in result("tracks", {"initiatives": rows})["notices"] if one["code"] == "tracks.repeated"
    )
    assert repeated["params"] == {"track": "tracks.track.growth", "names": ["a"], "count": 1}


totals = st.builds(Split, st.integers(0, LARGEST), st.integers(0, LARGEST), st.integers(0, 10**6))
weights = st.lists(st.integers(0, BASIS_POINTS), min_size=1, max_size=9).filter(any)


@given(totals, weights, st.data())
def test_every_split_adds_up_and_is_within_one_of_its_exact_share(
    whole: Split, target: list[int], data: st.DataObject
) -> None:
    """¥10 trillion included: parts sum to the whole and are the floor or ceiling of the exact share."""
    resource = data.draw(st.lists(st.integers(0, BASIS_POINTS), min_size=len(target), max_size=len(target)).filter(any))
    parts = split(whole, target, resource)
    for name, by in (("target", target), ("budget", resource), ("people", resource)):
        found = [getattr(part, name) for part in parts]
        assert sum(found) == getattr(whole, name)
        assert all(
            abs(part - Fraction(getattr(whole, name) * weight, sum(by))) < 1
            for part, weight in zip(found, by, strict=True)
        )


@given(
    st.lists(st.tuples(st.sampled_from(list(tracks.TRACKS)), st.integers(1, 99)), min_size=1, max_size=9), st.randoms()
)
def test_the_order_of_initiatives_never_matters(rows: list[tuple[str, int]], shuffle: Any) -> None:
    """And each track's initiatives add up to the track."""
    given_rows = [[track, f"i{at}", str(weight)] for at, (track, weight) in enumerate(rows)]
    shuffled = list(given_rows)
    shuffle.shuffle(shuffled)
    head = ["Track", "Initiative", "Weight"]
    one, two = (
        result("tracks", {"initiatives": [head, *some]}, target="1234567.89") for some in (given_rows, shuffled)
    )
    assert one["tables"] == two["tables"] | {"rows_unused": one["tables"]["rows_unused"]}
    for row in one["tables"]["tracks"]:
        inside = [part for part in one["tables"]["initiatives"] if part["track"] == row["track"]]
        assert not inside or sum(part["target"] for part in inside) == row["target"]
