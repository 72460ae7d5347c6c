"""What every page's styles must not do, read from the stylesheets themselves; how pages look is in ``test_look``."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

STYLES = sorted((ROOT / "docs" / "assets" / "stylesheets").glob("*.css"))
FRAME = re.compile(
    r"(?<!\.no-js)(?:(?:^|[\s,{}(])(?:html|body|:root)|\.md-(?:container|main|main__inner|content|content__inner|grid))"
    r"[^\s,{}>+~]*:has\("
)
"""An element around the whole page, asked for what is in it."""


def on_screen(css: str) -> str:
    """Return a stylesheet without its comments and without what it has for paper."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    while found := re.search(r"@media print\s*\{", css):
        depth, end = 1, found.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        css = css[: found.start()] + css[end:]
    return css


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_change_in_a_page_does_not_have_the_whole_page_styled_anew(path: Path) -> None:
    """No element around the page is asked for what is in it: browsers would style all of it again at each change."""
    assert not FRAME.findall(on_screen(path.read_text("utf-8")))


@pytest.mark.parametrize(
    ("css", "frames"),
    [
        ("body:has(.pb-bench) .md-grid { x: y }", True),
        (".md-main__inner:has(.pb-bench) { x: y }", True),
        ("@media (width < 48em) { body:has(.a) { x: y } }", True),
        ("@media print { body:has(.a) { x: y } } p { x: y }", False),
        (":is(.pb-at-bench, .no-js:has(.pb-bench)) body { x: y }", False),
        (".pb-group:has([data-given]) { x: y }", False),
    ],
)
def test_what_is_asked_of_the_page_s_frame_is_found(css: str, *, frames: bool) -> None:
    """The rule above sees what it is to see, and leaves paper and pages without scripts alone."""
    assert bool(FRAME.findall(on_screen(css))) == frames
