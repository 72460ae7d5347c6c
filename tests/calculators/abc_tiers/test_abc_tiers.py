"""ABC tiers: published cases, boundaries, and what must hold for every list of customers."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calculators.abc_tiers import RULES, Inputs, calculate, declare
from calculators.abc_tiers.book import AT_CUTOFF, MEASURED
from calculators.abc_tiers.settings import TIERS
from calculators.engine.answers.result import Result, Table
from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.settings import Settings
from calculators.engine.reads.sources import Pasted
from calculators.engine.reads.tables import read_table
from calculators.engine.reads.typed import parse

HEIZER_RENDER = [90_000, 77_000, 26_350, 15_001, 12_500, 8_502, 1_200, 850, 504, 150]
"""Silicon Chips' annual dollar volumes: J. Heizer, B. Render, "Operations Management", ABC analysis, example 1."""


def customers(revenue: Iterable[int | None], names: Iterable[str] | None = None) -> pd.DataFrame:
    """Return a customer table as `calculators.tables` reads one, revenue in fen, None unknown."""
    amounts = list(revenue)
    n = len(amounts)
    return pd.DataFrame(
        {
            "row": np.arange(2, n + 2, dtype=np.int64),
            "ruined": np.zeros(n, bool),
            "customer": np.array(list(names or (f"c{at:05}" for at in range(n))), dtype=object),
            "revenue": np.array([amount or 0 for amount in amounts], np.int64),
            "revenue_known": np.array([amount is not None for amount in amounts], bool),
            "ordered": np.array([""] * n, dtype=object),
            "owner": np.array([""] * n, dtype=object),
            "region": np.array([""] * n, dtype=object),
            "margin": np.zeros(n, np.int64),
            "margin_known": np.zeros(n, bool),
            "risk": np.array([""] * n, dtype=object),
            "risk_known": np.zeros(n, bool),
        }
    )


def inputs(frame: pd.DataFrame, **values: Any) -> Inputs:
    """Return inputs with our defaults, but for ``values``."""
    empty = read_table(Pasted("customer\trevenue\nc\t1"), declare(Settings()).tables[0])
    return Inputs.read(parse(declare(Settings()), values), {"customers": replace(empty, frame=frame)})


def table(result: Result, name: str) -> Table:
    """Return one table of a result."""
    return next(table for table in result.tables if table.name == name)


def tiers(frame: pd.DataFrame, **values: Any) -> dict[str, str]:
    """Return every tiered customer's tier."""
    ranking = table(calculate(inputs(frame, **values)), "ranking")
    return dict(zip(ranking.column("customer"), ranking.column("tier"), strict=True))


def counts(frame: pd.DataFrame, **values: Any) -> list[int]:
    """Return how many customers are in A, B and C."""
    return table(calculate(inputs(frame, **values)), "tiers").column("customers")


def figures(frame: pd.DataFrame, **values: Any) -> dict[str, Any]:
    """Return the figures of a result."""
    return {figure.name: figure.value for figure in calculate(inputs(frame, **values)).figures}


def codes(frame: pd.DataFrame, **values: Any) -> list[str]:
    """Return the codes of a result's notices."""
    return [notice.code for notice in calculate(inputs(frame, **values)).notices]


# --- published and worked-out cases --------------------------------------------------------------------


def test_silicon_chips_by_count_gives_the_textbooks_tiers() -> None:
    """Heizer and Render's ten items by count are 2, 3 and 5, with 72%, 23% and 5% of the volume."""
    frame = customers(fen * 100 for fen in HEIZER_RENDER)
    assert counts(frame) == [2, 3, 5]
    values = figures(frame)
    shares = [round(float(values[f"{tier.lower()}_revenue_share"]) * 100) for tier in TIERS]
    assert shares == [72, 23, 5]


def test_a_perfect_book_is_tiered_as_the_model_by_every_rule() -> None:
    """Two customers with 60%, three with 30% and five with 10% fit the model exactly under all six rules."""
    frame = customers([30, 30, 10, 10, 10, 2, 2, 2, 2, 2])
    for driver, at_cutoff in RULES:
        assert counts(frame, driver=driver, at_cutoff=at_cutoff) == [2, 3, 5], (driver, at_cutoff)


@given(st.integers(1, 10**13))
def test_a_perfect_book_stays_perfect_at_every_scale(scale: int) -> None:
    """Floating-point shares misclassify a 60/30/10 book at hundreds of scales; integers at none."""
    frame = customers(share * scale for share in (30, 30, 10, 10, 10, 2, 2, 2, 2, 2))
    for at_cutoff in AT_CUTOFF:
        assert counts(frame, driver="revenue", at_cutoff=at_cutoff) == [2, 3, 5]


@pytest.mark.parametrize(
    ("at_cutoff", "expected"), [("include", [2, 2, 3]), ("exclude", [1, 2, 4]), ("carry", [2, 3, 2])]
)
def test_seven_customers_by_count(at_cutoff: str, expected: list[int]) -> None:
    """Cut-offs at 1.4 and 3.5: include takes the second and fourth, exclude neither, carry counts B from 2 to 4.1."""
    assert counts(customers([70, 60, 50, 40, 30, 20, 10]), at_cutoff=at_cutoff) == expected


@pytest.mark.parametrize(("at_cutoff", "expected"), [("include", "AABBC"), ("exclude", "ABBCC"), ("carry", "AABBB")])
def test_five_customers_by_revenue(at_cutoff: str, expected: str) -> None:
    """50, 20, 17, 8 and 5 of 100: 60 is inside the second, 90 inside the fourth; carried, B reaches from 70 to 100."""
    frame = customers([50, 20, 17, 8, 5])
    assert "".join(tiers(frame, driver="revenue", at_cutoff=at_cutoff).values()) == expected


def test_customers_exactly_on_the_line_are_inside() -> None:
    """Cumulative revenue of exactly 60% and 90% ends A and B there, by every rule."""
    frame = customers([40, 20, 15, 15, 10])
    for at_cutoff in AT_CUTOFF:
        assert "".join(tiers(frame, driver="revenue", at_cutoff=at_cutoff).values()) == "AABBC"


def test_one_giant_is_a_when_included_at_the_cutoff_and_below_a_when_excluded() -> None:
    """A customer with 95% of revenue reaches over both cut-offs; the empty tier is said."""
    frame = customers([95, 3, 2])
    assert "".join(tiers(frame, driver="revenue", at_cutoff="include").values()) == "ACC"
    assert "abc_tiers.empty_tier" in codes(frame, driver="revenue", at_cutoff="include")
    assert "".join(tiers(frame, driver="revenue", at_cutoff="exclude").values()) == "CCC"
    assert "abc_tiers.empty_tier" in codes(frame, driver="revenue", at_cutoff="exclude")


def test_growth_can_cost_a_tier_only_by_revenue_excluding_at_the_cutoff() -> None:
    """The page warns of it: from 59 to 61 of 100 the largest customer grows past the cut-off itself and leaves A."""
    before = customers([59, 41], names=["big", "small"])
    after = customers([65, 41], names=["big", "small"])
    assert tiers(before, driver="revenue", at_cutoff="exclude")["big"] == "A"
    assert tiers(after, driver="revenue", at_cutoff="exclude")["big"] == "B"


def test_equal_revenues_are_never_split_and_the_moved_are_named() -> None:
    """Three equal customers around the 20% cut-off are all in, or all out, and the result names whom that moved."""
    frame = customers([50, 40, 40, 40, 30, 20, 10, 9, 8, 7])
    assert counts(frame, at_cutoff="include")[0] == 4
    assert counts(frame, at_cutoff="exclude")[0] == 1
    assert "abc_tiers.ties_moved" in codes(frame, at_cutoff="include")


def test_a_notice_about_thousands_names_a_page_of_them() -> None:
    """Five thousand customers of one revenue are all counted and not all listed in the reply."""
    result = calculate(inputs(customers([7] * 5_000))).as_json()
    moved = next(notice for notice in result["notices"] if notice["code"] == "abc_tiers.ties_moved")
    assert moved["params"]["count"] == 4_000
    assert len(moved["params"]["names"]) == 100


def test_no_ties_are_reported_where_none_moved_anybody() -> None:
    """Equal revenues inside one tier are not worth a notice."""
    assert "abc_tiers.ties_moved" not in codes(customers([90, 80, 50, 50, 50, 10, 10, 10, 10, 10]))


def test_zero_negative_and_unknown_revenue_stay_outside_with_gross_and_net() -> None:
    """They are listed with their reason, and the totals reconcile."""
    frame = customers([100, 50, 0, -30, None])
    values = figures(frame)
    assert values["customers"] == 2
    assert values["outside_customers"] == 3
    assert (values["gross_revenue"], values["negative_revenue"], values["net_revenue"]) == (150, -30, 120)
    outside = table(calculate(inputs(frame)), "outside")
    assert [row[1:] for row in outside.rows()] == [
        (-30, "abc_tiers.outside.negative"),
        (None, "abc_tiers.outside.unknown"),
        (0, "abc_tiers.outside.zero"),
    ]


def test_rows_of_one_customer_are_added_up_and_said() -> None:
    """Two rows of one name make one customer with their sum."""
    frame = customers([60, 50, 30], names=["甲", "乙", "甲"])
    ranking = table(calculate(inputs(frame)), "ranking")
    assert dict(zip(ranking.column("customer"), ranking.column("revenue"), strict=True)) == {"甲": 90, "乙": 50}
    assert "abc_tiers.merged" in codes(frame)


def test_ids_that_excel_ruined_are_never_added_up() -> None:
    """Two rows that both read 1.23E+11 may be two customers and stay two."""
    frame = customers([60, 50], names=["1.23E+11", "1.23E+11"]).assign(ruined=True)
    assert figures(frame)["customers"] == 2


def test_a_sum_with_an_unknown_part_says_so() -> None:
    """A customer with one row known and one unknown counts with what is known, and is named."""
    frame = customers([60, None, 30], names=["甲", "甲", "乙"])
    assert "abc_tiers.partly_unknown" in codes(frame)
    assert figures(frame)["revenue"] == 90


def test_names_that_differ_in_width_or_spaces_are_listed_not_merged() -> None:
    """ＡＢＣ and ABC are perhaps one customer: counted as two, and said."""
    frame = customers([60, 50], names=["ＡＢＣ公司", "ABC 公司"])
    assert figures(frame)["customers"] == 2
    assert "abc_tiers.possibly_same" in codes(frame)


def test_three_hundred_customers_make_sixty_visits_by_the_ceo() -> None:
    """20% of 300, once a quarter, takes 60 of the 62 working days there are."""
    result = calculate(inputs(customers(range(1, 301))))
    first = next(table(result, "service").rows())
    columns = [column.name for column in table(result, "service").columns]
    row = dict(zip(columns, first, strict=True))
    assert (row["contacts"], row["days"], row["available"]) == (60, 60, 62)
    assert overloaded(300) == ["B"]
    assert overloaded(330) == ["A", "B"]


def overloaded(count: int) -> list[str]:
    """Return the tiers for which a list of ``count`` customers is more than one person can serve."""
    notices = calculate(inputs(customers(range(1, count + 1)))).notices
    return [str(notice.params["tier"]) for notice in notices if notice.code == "abc_tiers.overloaded"]


def test_the_gap_is_between_the_last_a_and_the_first_b() -> None:
    """With 2, 3 and 5 in the tiers, the gaps are those between places 2 and 3, and 5 and 6."""
    values = figures(customers([100, 90, 70, 60, 50, 30, 20, 15, 12, 11]))
    assert (values["gap_a_b"], values["gap_b_c"]) == (20, 20)


def test_few_customers_are_cautioned_about() -> None:
    """19 customers bring the caution, 20 do not."""
    assert "abc_tiers.few_customers" in codes(customers(range(1, 20)))
    assert "abc_tiers.few_customers" not in codes(customers(range(1, 21)))


def test_customers_whose_tier_depends_on_the_rule_are_listed_with_every_other_rule() -> None:
    """Of five customers, those whom another rule places elsewhere are listed with their tiers there."""
    result = calculate(inputs(customers([50, 20, 17, 8, 5]), driver="revenue", at_cutoff="include"))
    listed = table(result, "rule_dependent")
    names = [column.name for column in listed.columns]
    rows = {row[0]: dict(zip(names, row, strict=True)) for row in listed.rows()}
    assert "c00000" not in rows
    assert (rows["c00001"]["tier"], rows["c00001"]["revenue_exclude"], rows["c00001"]["count_include"]) == (
        "A",
        "B",
        "B",
    )
    assert "revenue_include" not in rows["c00001"]


def test_forty_customers_are_bars_and_more_are_a_curve_through_every_end_of_a_tier() -> None:
    """Of 2,000 by count, cut at places 400 and 1,000, every tenth from the first on is drawn, those and the last."""
    (bars,), (curve,) = (calculate(inputs(customers(range(1, n + 1)))).charts for n in (40, 2_000))
    assert (bars.kind, len(bars.names), bars.bands) == ("ranked", 40, [("A", 0, 8), ("B", 8, 20), ("C", 20, 40)])
    assert (curve.kind, curve.bands) == ("curve", [("A", 0, 400), ("B", 400, 1_000), ("C", 1_000, 2_000)])
    assert curve.positions == sorted({*range(1, 2_000, 10), 400, 1_000, 2_000})
    assert all(type(position) is int for position in curve.positions)


def test_lists_of_customers_are_paged_and_lines_of_tiers_have_their_colour() -> None:
    """As long as the customers' list; the few lines of tiers stand in full."""
    tables = calculate(inputs(customers(range(1, 11)))).tables
    assert {one.name for one in tables if one.detail} == {"ranking", "rule_dependent", "outside"}
    assert {one.name for one in tables if one.tier == "tier"} >= {"tiers", "ranking"}


def test_nothing_above_zero_is_refused() -> None:
    """Without revenue there are no tiers; the error says how many customers were read."""
    with pytest.raises(InvalidInputs) as caught:
        calculate(inputs(customers([0, -5, None])))
    assert [(error.field, error.code) for error in caught.value.errors] == [("customers", "abc_tiers.nothing_to_tier")]


def test_sums_beyond_sixty_three_bits_are_refused() -> None:
    """10,000 customers at the largest amount would overflow int64; that is an error, not a wrong number."""
    with pytest.raises(InvalidInputs, match="sum_too_large"):
        calculate(inputs(customers([10**15] * 10_000)))


# --- what always holds -----------------------------------------------------------------------------------

revenues = st.lists(st.one_of(st.integers(1, 60), st.integers(1, 10**13)), min_size=1, max_size=40)
any_revenue = st.lists(
    st.one_of(st.none(), st.integers(-50, 50), st.integers(-(10**13), 10**13)), min_size=1, max_size=40
)
rules = st.sampled_from(RULES)


def rule(chosen: tuple[str, str]) -> dict[str, str]:
    """Return a rule as form values."""
    return {"driver": chosen[0], "at_cutoff": chosen[1]}


@given(any_revenue, rules)
def test_every_customer_is_in_exactly_one_place_and_totals_reconcile(
    amounts: list[int | None], chosen: tuple[str, str]
) -> None:
    """Tiers and outside together hold each customer once; gross and net are the sums of what was put in."""
    assume(any(amount and amount > 0 for amount in amounts))
    result = calculate(inputs(customers(amounts), **rule(chosen)))
    inside = [row[1] for row in table(result, "ranking").rows()]
    outside = [row[0] for row in table(result, "outside").rows()]
    assert sorted(map(str, inside + outside)) == [f"c{at:05}" for at in range(len(amounts))]
    summary = table(result, "tiers")
    known = [amount for amount in amounts if amount is not None]
    gross = sum(amount for amount in known if amount > 0)
    values = {figure.name: figure.value for figure in result.figures}
    assert sum(summary.column("customers")) == values["customers"] == len(inside)
    assert sum(summary.column("revenue")) == values["gross_revenue"] == gross
    assert values["net_revenue"] == sum(known)


@given(st.lists(st.one_of(st.integers(1, 20), st.integers(1, 10**12)), min_size=2, max_size=30), rules, st.randoms())
def test_the_order_of_rows_never_matters(amounts: list[int], chosen: tuple[str, str], shuffle: Any) -> None:
    """A permuted list gives the same ranking and the same tiers, repeated names included."""
    names = [f"n{at % 20}" for at in range(len(amounts))]
    pairs = list(zip(amounts, names, strict=True))
    shuffle.shuffle(pairs)
    first = table(calculate(inputs(customers(amounts, names), **rule(chosen))), "ranking")
    again = table(calculate(inputs(customers(*zip(*pairs, strict=True)), **rule(chosen))), "ranking")
    assert list(first.rows()) == list(again.rows())


@given(revenues, rules, st.integers(2, 10**4))
def test_scaling_all_revenues_never_changes_a_tier(amounts: list[int], chosen: tuple[str, str], factor: int) -> None:
    """Yuan or fen, 万元 or yuan: tiers are the same."""
    scaled = [amount * factor for amount in amounts]
    assert tiers(customers(amounts), **rule(chosen)) == tiers(customers(scaled), **rule(chosen))


@given(revenues, st.sampled_from([pair for pair in RULES if pair != ("revenue", "exclude")]), st.data())
def test_more_revenue_never_lowers_a_tier(amounts: list[int], chosen: tuple[str, str], data: st.DataObject) -> None:
    """Raising one customer keeps or lifts its tier, under every rule but by-revenue-down, which the page warns of."""
    at = data.draw(st.integers(0, len(amounts) - 1))
    more = data.draw(st.integers(1, 10**13))
    raised = [amount + more * (place == at) for place, amount in enumerate(amounts)]
    name = f"c{at:05}"
    assert tiers(customers(raised), **rule(chosen))[name] <= tiers(customers(amounts), **rule(chosen))[name]


@given(revenues, rules)
def test_tiers_follow_the_ranking_and_equal_revenues_share_one(amounts: list[int], chosen: tuple[str, str]) -> None:
    """Down the ranking tiers only go from A to C, and one revenue never stands in two tiers."""
    ranking = table(calculate(inputs(customers(amounts), **rule(chosen))), "ranking")
    tiers_down, revenue = ranking.column("tier"), ranking.column("revenue")
    assert tiers_down == sorted(tiers_down)
    assert len(set(zip(revenue, tiers_down, strict=True))) == len(set(revenue))


@given(revenues)
def test_including_never_has_fewer_in_a_than_excluding(amounts: list[int]) -> None:
    """Who sits at a cut-off is included or not, so A including them holds A excluding them."""
    for driver in MEASURED:
        assert (
            counts(customers(amounts), driver=driver, at_cutoff="include")[0]
            >= (counts(customers(amounts), driver=driver, at_cutoff="exclude")[0])
        )
