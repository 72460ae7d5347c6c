"""What readers see and do on handbook pages: pictures, home, ticks, the quiz, tooltips, reviews, search.

What the pages must contain is in ``test_handbook``.
"""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Language
from macros.pictures import PICTURES, picture
from macros.questions import PRINTED
from tests.browser import URL
from tests.journey import settled
from tests.macros.test_handbook import PREFIXES
from tests.macros.test_site import pages

PATH = "paths/new-hire.html"
QUIZ = "paths/quiz.html"


# --- pictures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_says_in_words_what_it_shows(name: str, language: Language) -> None:
    """Every drawing has a title and a text alternative in its language, and no colour of its own."""
    drawn = picture(name, language, Settings(), pages="")
    drawings = re.findall(r"<svg.*?</svg>", drawn, re.DOTALL)
    assert drawings
    for svg in drawings:
        title, text = (
            unescape(re.findall(rf"<{tag} id=\"[^\"]+\">([^<]+)</{tag}>", svg)[0]) for tag in ("title", "desc")
        )
        assert bool(re.search("[一-龥]", title + text)) is (language == "zh")
        assert len(text) > len(title)
        assert 'role="img"' in svg
        assert not re.search(r'(?:fill|stroke|style)="', svg)
    assert "<figcaption>" in drawn


def test_pictures_have_ids_of_their_own(site: Path) -> None:
    """No id stands twice on a page, with two drawings of a picture or several pictures on it."""
    for path in pages(site):
        ids = re.findall(r'\sid="([^"]+)"', (site / path).read_text(encoding="utf-8"))
        assert len(ids) == len(set(ids)), path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "shown"), [(1280, "wide"), (390, "tall")])
def test_the_stage_map_leads_into_each_stage(
    language: Language, width: int, shown: str, new_page: Callable[..., Page]
) -> None:
    """On a desk and on a telephone each of the four steps leads to its stage, by pointer and by keyboard."""
    page = new_page(viewport={"width": width, "height": 900})
    for stage in range(1, 5):
        page.goto(f"{URL}{PREFIXES[language]}index.html")
        drawing = page.locator(f".pb-drawing-{shown}")
        expect(drawing).to_be_visible()
        link = page.locator(".pb-stage-map a").nth(stage - 1)
        assert link.inner_text().strip()
        if stage % 2:
            link.click()
        else:
            link.focus()
            page.keyboard.press("Enter")
        page.wait_for_url(f"{URL}{PREFIXES[language]}stages/stage-{stage}.html")


# --- home --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_offers_every_role_and_calculator(language: Language, site: Path, page: Page) -> None:
    """The home page has a card for each path and each calculator, with a title and a purpose, and each leads there."""
    page.goto(f"{URL}{PREFIXES[language]}index.html")
    for folder in ("paths", "calculators"):
        cards = page.locator(f'[data-cards="{folder}"] > li')
        offered = set(cards.locator("a").evaluate_all("links => links.map(link => link.href)"))
        there = {path.name for path in (site / PREFIXES[language] / folder).glob("*.html")} - {"index.html"}
        assert offered == {f"{URL}{PREFIXES[language]}{folder}/{name}" for name in there}
        assert all(text.strip() for text in cards.locator("p").all_inner_texts())


# --- ticks -------------------------------------------------------------------------------------------


def test_ticks_are_kept_on_the_device(page: Page) -> None:
    """What is ticked is ticked after a reload, in the other language and in another tab; clearing can be undone."""
    page.goto(f"{URL}{PATH}")
    boxes = page.locator(".task-list-item > input")
    head = page.locator("[data-checklist]").first
    boxes.nth(0).check()
    boxes.nth(2).locator("xpath=..").click(position={"x": 200, "y": 8})
    expect(boxes.nth(2)).to_be_checked()
    expect(head.locator("[data-done]")).to_contain_text("2 / ")

    page.goto(f"{URL}en/{PATH}")
    expect(boxes.nth(0)).to_be_checked()
    expect(boxes.nth(1)).not_to_be_checked()
    expect(boxes.nth(2)).to_be_checked()
    expect(head.locator("[data-done]")).to_have_text(re.compile(r"^Done 2 / \d"))

    other = page.context.new_page()
    other.goto(f"{URL}{PATH}")
    other.locator(".task-list-item > input").nth(1).check()
    expect(boxes.nth(1)).to_be_checked()

    clear = head.locator('[data-action="clear"]')
    clear.click()
    expect(boxes.nth(0)).not_to_be_checked()
    expect(clear).to_have_text("Undo")
    clear.click()
    page.reload()
    for place in range(3):
        expect(boxes.nth(place)).to_be_checked()


NOTES = {
    "zh": ("勾选记录已经损坏", "错题记录已经损坏", "有一部分已经损坏", "部分填写内容已经损坏"),
    "en": ("ticks here is damaged", "scores and misses is damaged", "kept is damaged", "can no longer be read"),
}
SPOIL = """(kept) => {
    const site = "playbook:/sub/path/:";
    for (const name of Object.keys(localStorage)) if (name.startsWith(site)) localStorage.setItem(name, kept);
    for (const name of ["people:progress", "recent", "started", "quiz", "inputs:stage_finder", "forgotten"]) {
        localStorage.setItem(site + name, kept);
    }
    for (const name of ["stage_finder", "place"]) sessionStorage.setItem(`${site}carried:${name}`, kept);
    for (const folder of ["", "en/"]) localStorage.setItem(`/sub/path/${folder}.__palette`, kept);
}"""


@pytest.mark.parametrize(
    ("language", "kept"),
    [
        ("zh", "{"),
        ("en", '[[], {}, null, 99, "\\ud800"]'),
        ("en", '{"until": 9e15, "content": {"inputs": "{\\"values\\": 5}", "selector": "[[", "top": 1}, "index": "x"}'),
    ],
)
def test_whatever_stands_in_the_storages_pages_work_and_say_so(language: Language, kept: str, page: Page) -> None:
    """Of all that is kept, in its every place: lists count from nothing and keep what is ticked now, the test can be
    taken, and a calculator answers; nothing that was there is missed without a word. No script fails over the colours.
    """
    prefix, (ticks, scores, progress, inputs) = PREFIXES[language], NOTES[language]
    page.goto(f"{URL}{prefix}{PATH}")
    boxes = page.locator(".task-list-item > input")
    boxes.first.check()
    page.evaluate(SPOIL, kept)
    page.reload()
    done = page.locator("[data-checklist] [data-done]")
    expect(done.first).to_contain_text("0 / ")
    expect(done.last).to_contain_text("0 / ")
    expect(page.locator("[data-kept]").first).to_contain_text(ticks)
    page.goto(f"{URL}{prefix}paths/progress.html")
    expect(page.locator("[data-progress=mine] [data-said]")).to_contain_text(progress)
    expect(page.locator("[data-progress=team] [data-said] p")).to_have_count(1)
    page.goto(f"{URL}{prefix}{QUIZ}")
    expect(page.locator("[data-setup] [data-kept]")).to_contain_text(scores)
    page.locator("[data-setup] [type=submit]").click()
    expect(page.locator("[data-paper] li").first).to_be_visible()
    page.goto(f"{URL}{prefix}self-check/which-stage.html")
    expect(page.locator("[data-origin]")).to_contain_text(inputs)
    settled(page.locator("[data-calculator]"))
    page.goto(f"{URL}{prefix}{PATH}")
    boxes.nth(1).check()
    expect(done.first).to_contain_text("1 / ")
    page.reload()
    expect(boxes.nth(1)).to_be_checked()
    expect(page.locator("[data-kept]").first).not_to_contain_text(ticks)


def test_each_list_of_a_page_keeps_its_own_ticks(page: Page) -> None:
    """The first of day 1 is not the first of day 7; moving between pages in place keeps both apart too."""
    page.goto(f"{URL}{PATH}")
    heads = page.locator("[data-checklist]")
    assert heads.count() == 5
    page.locator(".task-list-item > input").first.check()
    expect(heads.nth(0).locator("[data-done]")).to_contain_text("1 / ")
    expect(heads.nth(1).locator("[data-done]")).to_contain_text("0 / ")
    page.locator('.md-nav__link[href$="mentor.html"]').first.click()
    page.wait_for_url(re.compile("mentor"))
    expect(page.locator(".task-list-item > input:checked")).to_have_count(0)
    page.go_back()
    expect(page.locator(".task-list-item > input").first).to_be_checked()


def test_a_box_has_a_name_and_obeys_the_keyboard(page: Page) -> None:
    """Each box is called by its step, so that who hears the page knows what is ticked, and the space bar ticks it."""
    page.goto(f"{URL}en/{PATH}")
    names = page.locator(".task-list-item > input").evaluate_all("boxes => boxes.map(box => box.ariaLabel.length)")
    assert all(length > 5 for length in names)
    page.locator(".task-list-item > input").first.focus()
    page.keyboard.press("Space")
    expect(page.locator(".task-list-item > input").first).to_be_checked()


def test_where_nothing_can_be_kept_the_page_says_so(new_page: Callable[..., Page]) -> None:
    """A browser that forbids storage lets one tick all the same, and says that it will be lost."""
    page = new_page()
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError'); }")
    page.goto(f"{URL}en/{PATH}")
    page.locator(".task-list-item > input").first.check()
    expect(page.locator("[data-checklist] small").first).to_contain_text("keeps nothing")
    expect(page.locator(".task-list-item > input").first).to_be_checked()


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_a_test_is_drawn_a_few_questions_stand_there(language: Language, page: Page) -> None:
    """As they do without scripts: an answer folds out with the page it comes from; on paper every answer is open."""
    page.goto(f"{URL}{PREFIXES[language]}{QUIZ}")
    questions = page.locator(".pb-quiz > li")
    expect(questions).to_have_count(PRINTED)
    first = questions.first
    answer = first.locator("details > p").first
    expect(answer).to_be_hidden()
    first.locator("summary").click()
    expect(answer).to_be_visible()
    first.locator("summary").click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".pb-quiz details:not([open])")).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".pb-quiz details[open]")).to_have_count(0)
    first.locator("summary").click()
    first.locator(".pb-quiz-page a").click()
    page.wait_for_url(re.compile(rf"{re.escape(URL)}{PREFIXES[language]}(?:stage|measures|paths/(?!quiz))"))


# --- tooltips and reviews ----------------------------------------------------------------------------


def test_a_term_explains_itself(page: Page) -> None:
    """Pointing at an underlined term, or reaching it by keyboard, shows what it means."""
    page.goto(f"{URL}en/stage-3/five-lines.html")
    term = page.locator("article abbr").first
    meaning = term.get_attribute("title")
    assert meaning
    term.hover()
    expect(page.locator(".md-tooltip2__inner").first).to_have_text(meaning)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("today", "overdue"), [("2027-05-25T20:00:00", False), ("2027-05-26T08:00:00", True)])
def test_a_page_past_its_review_says_so(language: Language, today: str, overdue: bool, page: Page) -> None:
    """The browser judges from the printed date: on the day itself all is well, the day after the page warns."""
    page.clock.set_fixed_time(today)
    page.goto(f"{URL}{PREFIXES[language]}stage-2/mentoring.html")
    expect(page.locator("time[data-next-review]")).to_have_attribute("datetime", "2027-05-25")
    expect(page.locator("[data-overdue]")).to_be_visible(visible=overdue)


# --- slides and the dictionary -----------------------------------------------------------------------


def test_slides_are_turned_by_keys_and_ended(page: Page) -> None:
    """Presenting shows one slide at a time, keys turn it, the first and the last stay, Escape gives the page back."""
    page.goto(f"{URL}en/daily-work/kickoff.html")
    slides = page.locator(".pb-slide")
    count = slides.count()
    assert count >= 5
    page.locator('[data-action="present"]').click()
    shown = page.locator("[data-slides] [data-count]")
    expect(shown).to_have_text(f"1 / {count}")
    expect(page.locator(".pb-slide:visible")).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    expect(shown).to_have_text(f"1 / {count}")
    page.keyboard.press("ArrowRight")
    expect(slides.nth(1)).to_be_visible()
    expect(slides.nth(0)).to_be_hidden()
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    expect(shown).to_have_text(f"{count} / {count}")
    page.keyboard.press("Escape")
    expect(page.locator(".pb-slide:visible")).to_have_count(count)


def test_a_measure_is_found_by_a_word_of_its_name(page: Page) -> None:
    """What is typed leaves the measures that have it, with their topics; an anchor brings back the one it names."""
    page.goto(f"{URL}measures.html")
    measures = page.locator("article .pb-measure")
    total = measures.count()
    find = page.locator("[data-find-measure]")
    find.locator("input").fill("续约率")
    expect(find.locator("output")).to_have_text(re.compile(rf"^\d+ / {total}$"))
    expect(page.locator("#renewal-rate")).to_be_visible()
    expect(page.locator("#win-rate")).to_be_hidden()
    expect(page.locator("#pipeline")).to_be_hidden()
    page.evaluate("location.hash = 'win-rate'")
    expect(page.locator("#win-rate")).to_be_visible()
    expect(page.locator("article .pb-measure:visible")).to_have_count(total)
