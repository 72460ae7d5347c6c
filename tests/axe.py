"""What axe finds wrong with a page for those who do not see it as it is meant: its rules run in the page itself."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.conftest import ROOT

# Half-way between two looks (tabs that go while a page scrolls) nothing is as it is meant.
_FOUND = """async ([place, rules]) => {
    const changes = () => document.getAnimations().filter(({ playState, effect }) =>
        playState === "running" && Number.isFinite(effect.getComputedTiming().endTime));
    do await new Promise(requestAnimationFrame); while (changes().length);
    const { violations } = await axe.run(document.querySelector(place), {
        resultTypes: ["violations"],
        ...(rules.length ? { runOnly: rules } : {}),
    });
    return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, html }) => `${id}: ${target} ${html.slice(0, 150)}`)
    );
}"""


@cache
def _script() -> str:
    return (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8")


def violations(page: Page, place: str = "html", *rules: str) -> list[str]:
    """Return what breaks a rule, or one of ``rules``, in a place of the page: the rule, where, and its markup."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script() + "; null")
    found: list[Any] = page.evaluate(_FOUND, [place, list(rules)])
    return [str(one) for one in found]
