"""What a reader's hands and eyes do on a calculator's page, for the tests that are whole ways through one."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import URL

STARTED = 120_000
"""Milliseconds that a busy machine may take to start Python; waiting ends as soon as it has."""


def in_one(language: str) -> pytest.MarkDecorator:
    """Have a test go its way in a language, and in both where PLAYBOOK_BOTH is set, as `make fuzz` does.

    A way through a page is the same in either; that every sentence is there in both, and what results and notices
    say, is tested without a browser (test_bridge, test_in_short and each calculator's own tests).
    """
    return pytest.mark.parametrize("language", ["zh", "en"] if os.environ.get("PLAYBOOK_BOTH") else [language])


def open_calculator(page: Page, language: str, name: str) -> Locator:
    """Open a calculator's page and return the calculator."""
    page.goto(f"{URL}{'en/' if language == 'en' else ''}calculators/{name}.html")
    return page.locator(f'[data-calculator="{name}"]')


def fill(calculator: Locator, name: str, text: str) -> None:
    """Type into a field."""
    calculator.locator(f'[name="{name}"]').fill(text)


def error(calculator: Locator, name: str) -> Locator:
    """Return where the mistake of a field or table stands."""
    return calculator.locator(f'[data-error-for="{name}"]')


def drop(place: Locator, name: str, content: bytes) -> None:
    """Drop a file on the first table of ``place``, as a hand would."""
    place.locator("[data-drop]").first.evaluate(
        """(place, [name, bytes]) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], name));
            for (const type of ["dragover", "drop"]) {
                place.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
            }
        }""",
        [name, list(content)],
    )


def paste(calculator: Locator, table: str, text: str) -> None:
    """Paste a table, as from a spreadsheet."""
    place = calculator.locator(f'[data-table-input="{table}"]')
    place.evaluate("place => { if (place instanceof HTMLDetailsElement) place.open = true; }")
    place.locator("[data-drop]").evaluate(
        """(place, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            place.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def figure(calculator: Locator, name: str) -> Locator:
    """Return where a figure stands."""
    return calculator.locator(f'[data-figure="{name}"]')


def settled(calculator: Locator) -> None:
    """Wait until Python has answered."""
    expect(calculator).to_have_attribute("data-state", "ready", timeout=STARTED)


def save_plan(page: Page, calculator: Locator, folder: Path) -> Path:
    """Save the plan, and return where it is."""
    with page.expect_download() as downloading:
        calculator.locator('[data-action="save-plan"]').click()
    plan = folder / downloading.value.suggested_filename
    downloading.value.save_as(plan)
    return plan
