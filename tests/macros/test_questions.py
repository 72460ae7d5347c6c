"""The bank of questions: enough for everybody, alike in both languages, and not to be guessed by their looks."""

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Language
from macros import layers
from macros.checks import typed
from macros.handbook import Handbook
from macros.questions import COUNT, PRINTED, ROLES, Question, printed_set, questions
from tests.conftest import ROOT

BANK: dict[Language, list[Question]] = {language: questions(language, "whole") for language in LANGUAGES}
IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)


def single(language: Language) -> list[Question]:
    """Return the questions of which one choice is right."""
    return [one for one in BANK[language] if len(one.right) == 1]


def test_there_are_enough_for_everybody() -> None:
    """At least 120, of which each role has 25 or more, some with several right choices and some in free words."""
    bank = BANK["zh"]
    assert len(bank) >= 120
    assert len({one.id for one in bank}) == len(bank)
    roles = Counter(role for one in bank for role in one.roles)
    assert all(roles[role] >= 25 for role in ROLES), roles
    assert sum(len(one.right) > 1 for one in bank) >= 10
    assert sum(not one.choices for one in bank) >= 10


def test_a_new_hire_can_be_asked_others_three_times_over() -> None:
    """Up to stage two, the test of day 30, there are three times as many as are drawn; none is of stage four."""
    asked = [one for one in BANK["zh"] if "new_hire" in one.roles]
    assert sum(one.stage <= 2 for one in asked) >= 3 * COUNT
    assert not [one.id for one in asked if one.stage == 4]


def test_both_languages_ask_the_same() -> None:
    """The same questions of the same roles and stages, with the same choices right in the same places."""
    for chinese, english in zip(*BANK.values(), strict=True):
        for key in ("id", "roles", "stage", "page", "right"):
            assert getattr(chinese, key) == getattr(english, key), chinese.id
        assert len(chinese.choices) == len(english.choices)


@IN_BOTH
def test_each_is_in_its_language(language: Language) -> None:
    """Chinese stands in every Chinese text, and in no English one."""
    for one in BANK[language]:
        for text in (one.question, one.answer, *one.choices, *one.points):
            assert text == "whole" or bool(re.search("[一-龥]", text)) is (language == "zh"), (one.id, text)


@IN_BOTH
def test_no_two_are_alike(language: Language) -> None:
    """No two situations share most of their words, and no question has a choice twice."""

    def pieces(text: str) -> set[str]:
        letters = re.sub(r"\W+", " ", text.lower())
        return {letters[at : at + 3] for at in range(len(letters) - 2)}

    parts = {one.id: pieces(one.question) for one in BANK[language]}
    alike = [
        (one, other)
        for (one, mine), (other, others) in combinations(parts.items(), 2)
        if len(mine & others) > 0.5 * len(mine | others)
    ]
    assert not alike
    for one in BANK[language]:
        assert len(set(one.choices)) == len(one.choices), one.id


@IN_BOTH
def test_the_right_choice_does_not_show_by_its_length(language: Language) -> None:
    """Of four choices the right one is the longest, or the shortest, about as often as chance has it, and no more."""
    asked = single(language)
    lengths = [(len(one.choices[one.right[0]]), sorted(map(len, one.choices))) for one in asked]
    longest = sum(right == all_[-1] > all_[-2] for right, all_ in lengths)
    shortest = sum(right == all_[0] < all_[1] for right, all_ in lengths)
    assert longest <= len(asked) / 3
    assert shortest <= len(asked) / 3
    for one, (right, all_) in zip(asked, lengths, strict=True):
        others = (sum(all_) - right) / (len(all_) - 1)
        assert 0.6 < right / others < 1.5, one.id


def test_the_right_choice_has_no_usual_place() -> None:
    """Each of the four places has the right one in a fair part of the questions, as pages print them."""
    places = Counter(one.right[0] for one in single("zh") if len(one.choices) == 4)
    assert set(places) == {0, 1, 2, 3}
    assert all(0.15 < count / places.total() < 0.35 for count in places.values()), places


@IN_BOTH
def test_the_explanation_teaches(language: Language) -> None:
    """It has more to say than the choice that is right, and does not repeat it."""
    for one in BANK[language]:
        assert len(one.answer) >= {"zh": 30, "en": 80}[language], one.id
        assert not any(choice.strip("“”.。") in one.answer for choice in one.choices if len(choice) > 12), one.id


@IN_BOTH
def test_no_figure_is_typed(language: Language) -> None:
    """Figures of the method come from macros; a situation needs no percentages, amounts and head counts."""
    for one in BANK[language]:
        for text in (one.question, one.answer, *one.choices, *one.points):
            assert not list(typed(text)), (one.id, text)


@IN_BOTH
def test_each_leads_to_a_page_of_the_handbook(language: Language) -> None:
    """The page is there, and so is the heading that is named."""
    for one in BANK[language]:
        page, _, anchor = one.page.partition("#")
        text = (ROOT / "docs" / language / page).read_text(encoding="utf-8")
        printed = "{{ dictionary" in text or "{{ first_week" in text
        assert not anchor or f"{{#{anchor}}}" in text or printed, (one.id, one.page)


def test_without_scripts_a_fixed_set_stands_on_the_page() -> None:
    """It is of a new hire's first month, each question with its choices, and its answer and page folded away."""
    chosen = printed_set(BANK["en"])
    assert len(chosen) == PRINTED
    assert all("new_hire" in one.roles and one.stage <= 2 for one in chosen)
    html = Handbook("en", Settings()).quiz(stage=None, root="../", fill=str)
    fixed = html[html.index("data-fixed") :]
    assert fixed.count("<details>") == PRINTED
    assert fixed.count('class="pb-quiz-page"') == PRINTED


def test_one_stage_can_be_printed_with_its_answers() -> None:
    """A page may print the questions of a stage."""
    html = Handbook("en", Settings()).quiz(stage=4, root="", fill=str)
    assert html.count("<details>") == sum(one.stage == 4 for one in BANK["en"])


# --- the company's own -------------------------------------------------------------------------------

OWN = """
[[question]]
id = "discovery-report"
stage = 1
page = "stage-1/false-needs.md"
zh.question = "我们自己的问法"
zh.answer = "自己的答案"
en.question = "Our own way of asking"
en.answer = "Our own answer"

[[question]]
id = "our-price"
roles = ["new_hire", "manager"]
stage = 2
page = "stage-2/objection-drills.md#price"
zh = {question = "谁能打折？", right = ["主管"], wrong = ["新人", "客户"], answer = "价格页写着。"}
en = {question = "Who may discount?", right = ["managers"], wrong = ["new hires", "customers"], answer = "See prices."}
"""


def own(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> list[Question]:
    """Return the bank with a company's quiz.toml."""
    (folder / "quiz.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(layers, "COMPANY", folder)
    return questions("en", "whole")


def test_the_company_s_questions_join(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the same id they stand in our question's place, the others beside ours; no more than an answer is needed."""
    bank = {one.id: one for one in own(tmp_path, monkeypatch, OWN)}
    assert len(bank) == len(BANK["en"]) + 1
    assert (bank["discovery-report"].choices, bank["discovery-report"].points) == ((), ("whole",))
    assert bank["discovery-report"].roles == ("new_hire", "mentor")
    price = bank["our-price"]
    assert [price.choices[place] for place in price.right] == ["managers"]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('"manager"]', '"boss"]', "our-price: roles are some of new_hire"),
        ("stage = 2", "stage = 7", "our-price: the stage is 1 to 4"),
        ('["新人", "客户"]', '["新人"]', "our-price: both languages have as many"),
        ('answer = "See prices."', 'reply = "See prices."', "our-price lacks 'answer'"),
    ],
)
def test_what_is_wrong_with_a_company_s_question_is_said(
    was: str, becomes: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence names the question and what it takes."""
    with pytest.raises(ValueError, match=re.escape(said)):
        own(tmp_path, monkeypatch, OWN.replace(was, becomes))
