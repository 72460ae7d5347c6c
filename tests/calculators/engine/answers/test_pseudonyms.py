"""What pseudonyms promise: that a word is slow to try, and in which writings a name is found in a text."""

import hashlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.engine.answers.pseudonyms import HIDDEN, ROUNDS, Disguise, drawn_word, pseudonym, stretched

WORD = "word"
OF = Disguise(["Anna Lee", "林默", "何青山", "欧阳若兰", "Bob Lee", "王 小明", "Al", "José Díaz"], WORD).of


@given(st.binary(max_size=90), st.integers(1, 9))
def test_the_browsers_derivation_is_the_standards(password: bytes, rounds: int) -> None:
    """What the page computes by hand is PBKDF2 as the standard library has it natively."""
    assert stretched(password, b"salt", rounds) == hashlib.pbkdf2_hmac("sha256", password, b"salt", rounds)


def test_a_word_is_slow_to_try_and_used_at_once_the_next_time() -> None:
    """Six digits took a fifth of a second to try all; each now takes what a million hashes then took."""
    assert ROUNDS >= 300_000
    begun = time.perf_counter()
    pseudonym("林默", "a word that no other test has")
    first = time.perf_counter() - begun
    begun = time.perf_counter()
    for name in OF:
        pseudonym(name, "a word that no other test has")
    assert time.perf_counter() - begun < first


def test_words_that_are_drawn_are_long_and_never_the_same() -> None:
    """Twelve of 26 signs, 56 bits; none that is taken for another when it is copied by hand."""
    words = {drawn_word() for _ in range(200)}
    assert len(words) == 200
    assert all(len(word) == 14 and not set(word) & set("0OI1lSAEU5".replace("5", "")) for word in words)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (text, name)
        for name, texts in {
            "Anna Lee": "Anna Lee|ANNA LEE|anna  lee|annalee|Anna-Lee|Ａｎｎａ　Ｌｅｅ|Lee, Anna|Lee Anna|Anna's|"
            "A. Lee|Lee, A|Anna L|\u0410nn\u0430 Lee|\u24b6\u24dd\u24dd\u24d0 Lee|An\u00adna\u200b\u2060Lee|"
            "A n n a\nL.e.e",
            "林默": "林默|林 默|林　默|林·默|林默的|林总|林 总|林经理|林先生|林副总|老林|小林|阿林|林哥|小默|默哥|林某",
            "何青山": "何青山|何 青 山|青山|何总监|何老师",
            "欧阳若兰": "欧阳若兰|欧阳 若兰|若兰|欧阳女士|欧阳总",
            "王 小明": "王小明|王　小明|小明 王|小明",
            "José Díaz": "JOSÉ DÍAZ|jose diaz|Jose\u0301 Diaz|José|Díaz",
        }.items()
        for text in texts.split("|")
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, name: str) -> None:
    """Case, width, spaces, order, joined or apart, and a given name alone; nothing of it is left."""
    made = Disguise(OF, WORD).prose(f"昨天({text})来过")
    assert OF[name] in made
    assert made.replace(OF[name], "").replace("'s", "").replace("的", "") == "昨天()来过"


@pytest.mark.parametrize(
    "text",
    [
        "林默(Lin Mo)",
        "Lin Mo（林默）",
        "Mo Lin 林默",
        "林默 Lín Mò",
        "林默/linmo",
        "何青山，He Qing-shan",
        "林总 Lin Mo",
    ],
)
def test_a_spelling_beside_a_chinese_name_goes_with_it(text: str) -> None:
    """As many syllables as the name has letters, before or behind it; the same words elsewhere stay."""
    made = Disguise(OF, WORD).prose(f"Ask {text}.")
    assert set(made.replace(OF["林默"], "").replace(OF["何青山"], "")) <= set("Ask ()（）/，.-")
    assert Disguise(OF, WORD).prose("林默 can see it, can he") == f"{OF['林默']} can see it, can he"


def test_where_several_are_addressed_alike_nobody_is_named() -> None:
    """Two have the family name 李; a word of every text is none, though a family name begins it."""
    disguise = Disguise(["李娜", "李强", "施文", "于飞"], WORD)
    assert disguise.prose("李总和小李") == f"{HIDDEN}和{HIDDEN}"
    assert disguise.prose("施工费用小于5") == "施工费用小于5"


@pytest.mark.parametrize(
    "text", ["Annabel", "all ee", "leeway", "also", "默默", "青", "conal lee".replace("lee", "le")]
)
def test_what_is_no_name_stays(text: str) -> None:
    """A piece of a longer word is none, nor a single Chinese letter."""
    assert Disguise(OF, WORD).prose(text) == text


def test_a_part_that_several_have_names_nobody() -> None:
    """Two are called Lee."""
    assert Disguise(OF, WORD).prose("Ask Lee") == f"Ask {HIDDEN}"


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=8), max_size=6))
def test_any_text_and_any_names_are_dealt_with(text: str, names: list[str]) -> None:
    """A text that has none of their letters stays as it is."""
    disguise = Disguise(names, WORD)
    made = disguise.prose(text)
    if not set(text.casefold()) & set("".join(names).casefold()):
        assert made == text or any(not name.isalnum() for name in names)


def test_time_grows_with_the_text_and_not_faster() -> None:
    """A long reason and many names do not hang: four times the text takes about four times as long."""
    disguise = Disguise([f"name{at} other{at % 7}" for at in range(500)], WORD)

    def taken(length: int) -> float:
        begun = time.perf_counter()
        disguise.prose("name" * length)
        return time.perf_counter() - begun

    taken(2_000)
    assert taken(40_000) < 12 * taken(10_000) + 0.1
