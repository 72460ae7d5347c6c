"""HTML that is safe by construction: every text is escaped, only markup made here is not.

No templates and no knowledge of what is shown; that is ``form.py`` and ``render.py``. A reply has hundreds of
elements, and a reader waits for it: what most of them need is not done twice.
"""

import re
from collections.abc import Iterable
from functools import cache
from html import escape

VOID = frozenset({"br", "col", "hr", "img", "input"})
_needs_escape = re.compile("[&<>\"']").search


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name: str, /, *children: object, **attributes: str | int | bool | None) -> Markup:
    """Return an element.

    Attribute names lose a trailing underscore and get dashes for the others (``class_``,
    ``data_state``). None and False leave an attribute out, True prints its name alone. Children that
    are no Markup are escaped; None is left out; lists are flattened.

    >>> tag("p", "a < b", tag("br"), class_="x", hidden=True)
    '<p class="x" hidden>a &lt; b<br></p>'
    """
    parts = [f"<{name}"]
    for key, value in attributes.items():
        if value is True:
            parts.append(f" {_dashed(key)}")
        elif value is not None and value is not False:
            parts.append(f' {_dashed(key)}="{_escaped(str(value))}"')
    parts.append(">")
    if name not in VOID:
        _put(parts, children)
        parts.append(f"</{name}>")
    return Markup("".join(parts))


def button(label: str, class_: str = "", **attributes: str | int | bool | None) -> Markup:
    """Return a button that submits nothing."""
    return tag("button", label, type="button", class_=f"pb-button {class_}".rstrip(), **attributes)


def actions(*buttons: object, class_: str = "pb-actions", **attributes: str | int | bool | None) -> Markup:
    """Return buttons in a row."""
    return tag("div", buttons, class_=class_, **attributes)


def scrolled(label: str, content: Markup) -> Markup:
    """Return what may be wider than a screen, to be gone through by keyboard too."""
    return tag("div", content, class_="pb-scroll", tabindex="0", role="region", aria_label=label)


def mistake_of(name: str, id_: str) -> Markup:
    """Return where the script says what is wrong with a field or table."""
    return tag("p", id=id_, class_="pb-error", data_error_for=name, hidden=True)


def join(children: Iterable[object]) -> Markup:
    """Return children one after the other, escaped unless Markup."""
    parts: list[str] = []
    _put(parts, children)
    return Markup("".join(parts))


_MEANS_SOMETHING = re.compile(r"[\\`*_{}\[\]<>&|~^$=#!\"'+]")


def in_markdown(text: str) -> str:
    """Return a text as Markdown that shows it as it is written: no heading's end, no link, no markup.

    >>> in_markdown("a <b> [c](d) {#e}")
    'a &#60;b&#62; &#91;c&#93;(d) &#123;&#35;e&#125;'
    """
    return _MEANS_SOMETHING.sub(lambda sign: f"&#{ord(sign[0])};", text)


def _put(parts: list[str], children: Iterable[object]) -> None:
    for child in children:
        if isinstance(child, Markup):
            parts.append(child)
        elif isinstance(child, str):
            parts.append(_escaped(child))
        elif isinstance(child, list | tuple):
            _put(parts, child)
        elif child is not None:
            parts.append(_escaped(str(child)))


@cache
def _dashed(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _escaped(text: str) -> str:
    return escape(text) if _needs_escape(text) else text
