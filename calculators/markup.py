"""HTML that is safe by construction: every text is escaped, only markup made here is not.

No templates and no knowledge of what is shown; that is ``render.py``.
"""

from collections.abc import Iterable
from html import escape

VOID = frozenset({"br", "hr", "img", "input"})


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
        if value is None or value is False:
            continue
        attribute = key.rstrip("_").replace("_", "-")
        parts.append(f" {attribute}" if value is True else f' {attribute}="{escape(str(value))}"')
    parts.append(">")
    if name in VOID:
        return Markup("".join(parts))
    return Markup("".join((*parts, join(children), f"</{name}>")))


def join(children: Iterable[object]) -> Markup:
    """Return children one after the other, escaped unless Markup."""
    parts: list[str] = []
    for child in children:
        if child is None:
            continue
        if isinstance(child, Markup):
            parts.append(child)
        elif isinstance(child, list | tuple):
            parts.append(join(child))
        else:
            parts.append(escape(str(child)))
    return Markup("".join(parts))
