"""The method's figures hold together."""

import re

import pytest

from calculators.abc_tiers.settings import AbcModel
from calculators.engine.asks.settings import BASIS_POINTS
from calculators.method import METHOD
from calculators.solo_signing import CRITERIA


@pytest.mark.parametrize("name", METHOD)
def test_every_figure_says_where_it_comes_from(name: str) -> None:
    """A place in the source, or none and ours; a known kind; a name in each language."""
    figure = METHOD[name]
    assert re.fullmatch(r"[0-5](\.\d)*", figure.place) if figure.origin == "source" else not figure.claim
    assert figure.kind in {"aim", "practice", "model", "claim"}
    assert figure.zh
    assert figure.en


def test_the_weights_of_the_grading_standard_are_whole() -> None:
    """Budget, decision chain and industry weigh 100% together, and A takes more points than B."""
    assert sum(METHOD[f"grading_weight_{criterion}"].value for criterion in CRITERIA) == 100
    assert METHOD["grading_top"].value > METHOD["grading_line_a"].value > METHOD["grading_line_b"].value > 0


def test_the_shares_of_the_abc_model_are_whole() -> None:
    """Shares of customers and of revenue each sum to 100, and are what a company starts from."""
    for driver, shares in {"customers": AbcModel().customers, "revenue": AbcModel().revenue}.items():
        stated = {tier: METHOD[f"abc_{driver}_{tier.lower()}"].value * 100 for tier in shares}
        assert stated == shares
        assert sum(stated.values()) == BASIS_POINTS
