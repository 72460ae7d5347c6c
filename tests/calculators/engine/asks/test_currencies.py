"""The table of currencies against the sources it was taken from, and what a writing means to whom."""

import pytest
from babel import Locale
from babel.core import get_global
from hypothesis import given
from hypothesis import strategies as st

from calculators.engine.asks.currencies import (
    BESIDE_NUMBERS,
    CURRENCIES,
    READ_AS_WORDS,
    at_home,
    currency_meant,
    decimals,
    folded,
    pattern,
)

WITHOUT = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"]
)
THOUSANDTHS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
"""ISO 4217, table A.1, of 1 January 2026: minor units 0 and 3; of every other currency in use they are 2."""


def test_the_table_has_every_currency_in_use_by_its_names() -> None:
    """Codes that some country pays with today, and both languages' names, are the Unicode CLDR's."""
    paid = {
        code
        for currencies in get_global("territory_currencies").values()
        for code, _, until, tender in currencies
        if until is None and tender
    }
    assert CURRENCIES.keys() == paid
    zh, en = Locale("zh").currencies, Locale("en").currencies
    assert {code: (one.zh, one.en) for code, one in CURRENCIES.items()} == {code: (zh[code], en[code]) for code in paid}


def test_the_smallest_units_are_those_of_iso_4217() -> None:
    """None, hundredths or thousandths; the CLDR never has more of them than ISO."""
    assert {code for code in CURRENCIES if decimals(code) == 0} == WITHOUT
    assert {code for code in CURRENCIES if decimals(code) == 3} == THOUSANDTHS
    assert {decimals(code) for code in CURRENCIES} == {0, 2, 3}
    used = get_global("currency_fractions")
    assert all(used.get(code, used["DEFAULT"])[0] <= decimals(code) for code in CURRENCIES)


def test_no_writing_is_the_name_of_two_currencies() -> None:
    """What several share is listed as shared."""
    meant: dict[str, str] = {}
    for code, currency in CURRENCIES.items():
        for written in (code, currency.zh, currency.en, *currency.also):
            assert meant.setdefault(folded(written), code) == code, written


@pytest.mark.parametrize("own", CURRENCIES)
def test_a_company_reads_its_own_currency_in_every_way_it_is_written(own: str) -> None:
    """By code, by name in both languages, by what is written at home, whatever the case and width."""
    currency = CURRENCIES[own]
    for written in (own, currency.zh, currency.en, currency.en.upper(), *currency.also, *at_home(own)):
        assert currency_meant(written, own) == own, written
    if own not in READ_AS_WORDS:
        assert currency_meant(own.lower(), own) == own


@pytest.mark.parametrize(
    ("sign", "own"),
    [
        *(("$", code) for code in ("USD", "CAD", "HKD", "AUD", "NZD", "SGD", "TWD", "MXN", "CLP", "COP", "ARS", "MOP")),
        *(("￥", code) for code in ("CNY", "JPY")),
        *(("kr", code) for code in ("SEK", "NOK", "DKK", "ISK")),
        *(("£", code) for code in ("GBP", "EGP", "GIP")),
        *(("Rs.", code) for code in ("INR", "PKR", "LKR", "NPR")),
        *(("francs", code) for code in ("CHF", "XOF")),
        *(("卢布", code) for code in ("RUB", "BYN")),
    ],
)
def test_a_sign_that_many_share_is_the_companys_own(sign: str, own: str) -> None:
    """A dollar is every dollar's; to the euro it is the best known, or none in particular."""
    assert currency_meant(sign, own) == own
    assert currency_meant(sign, "EUR") not in (None, "EUR")


@pytest.mark.parametrize("written", ["", "件", "k", "m", "万", "All", "top", "Try", "2026", "Bitcoin", "R", "p"])
def test_what_is_no_currency_means_none(written: str) -> None:
    """Units, words and what means money only at home elsewhere."""
    assert currency_meant(written, "CNY") is None


@given(st.sets(st.text("ab.$ 元", min_size=1, max_size=4), min_size=1, max_size=30), st.text("ab.$ 元", max_size=6))
def test_a_tree_of_words_finds_what_the_words_find(words: set[str], text: str) -> None:
    """The longest that fits is taken, as from a list sorted by length."""
    import re  # noqa: PLC0415 - of this test alone

    found = re.match(pattern(words), text)
    longest = max((word for word in words if text.startswith(word)), key=len, default=None)
    assert (found[0] if found else None) == longest


def test_no_unit_is_taken_for_a_currency_behind_a_number() -> None:
    """5k is five thousand to everybody, the kwacha's countries included."""
    assert "k" in BESIDE_NUMBERS
    assert currency_meant("k", "ZMW") == "ZMW"
