"""Suggesting a change: what a reader writes becomes a file or a mail on the device, and goes nowhere by itself."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from calculators.engine.shows.text import LANGUAGES
from tests.browser import URL

PAGE = "stage-1/seed-customers"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_suggestion_becomes_a_file_or_a_mail(page: Page, language: str, tmp_path: Path) -> None:
    """By keyboard alone: what was selected stands in it, with page, file and version; nothing of it on paper."""
    page.goto(f"{URL}{'' if language == 'zh' else 'en/'}{PAGE}.html")
    form = page.locator("details[data-suggest]")
    page.locator("article .pb-lead").select_text()
    selected = page.locator("article .pb-lead").inner_text().strip()
    form.locator("summary").focus()
    page.keyboard.press("Enter")
    now, instead, why = (form.locator(f"[data-part={name}]") for name in ("now", "instead", "why"))
    expect(now).to_have_value(selected)
    save, status = form.locator("[data-action=save]"), form.locator("[role=status]")
    save.press("Enter")
    expect(status).to_have_text(status.get_attribute("data-empty") or "?")
    expect(instead).to_be_focused()
    page.keyboard.type("换成这句 & that\nline")
    why.fill("50% clearer?")
    with page.expect_download() as download:
        save.press("Enter")
    assert download.value.suggested_filename == "stage-1-seed-customers.txt"
    download.value.save_as(tmp_path / "said.txt")
    said = (tmp_path / "said.txt").read_text(encoding="utf-8-sig")
    version = page.locator("meta[name=pb-build]").get_attribute("content") or "?"
    for part in (f"docs/{language}/{PAGE}.md", version[:12], selected, "换成这句 & that\nline", "50% clearer?"):
        assert part in said
    expect(status).to_contain_text("stage-1-seed-customers.txt")
    mail = urlsplit(form.locator("[data-action=mail]").get_attribute("href") or "")
    assert mail.scheme == "mailto"
    assert parse_qs(mail.query)["body"] == [said.replace("\n", "\r\n")]
    page.emulate_media(media="print")
    expect(form).to_be_hidden()
