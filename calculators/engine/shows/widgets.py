"""How each kind of field is filled in: a widget a kind, with the field's name, explanation and place for a mistake.

Which fields there are is ``engine/asks``; the form around them is ``form.py``.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from calculators.engine.asks.fields import DECIMAL_PLACES, OFF, ON, Field, FieldKind, shown
from calculators.engine.shows.markup import Markup, button, mistake_of, tag
from calculators.engine.shows.wording import Wording

DIGITS_ALONE = 10_000
"""Up to here nobody writes a number with 万 or k, for which a phone's keys for digits have no letters."""
RADIOS_AT_MOST = 5
"""Choices that are shown side by side; of more, one is chosen from a list."""


class Widget:
    """One field of a form, filled with a value as held; ``idle`` where it does not matter beside the others."""

    def __init__(self, wording: Wording, field: Field, value: Any, *, idle: bool = False) -> None:
        self.wording = wording
        self.field = field
        self.value = value
        self.idle = idle
        self.currency = wording.text.settings.currency
        self.text = shown(field, value, self.currency)
        self.label = wording.words(f"field.{field.name}.label")
        self.id = f"{wording.calculator}-{field.name}"
        self.described = f"{self.id}-error"

    def markup(self) -> Markup:
        """Return the field: how it is filled in, by its kind."""
        return _WIDGETS[self.field.kind](self)

    def framed(self, *content: object, css: str = "pb-field") -> Markup:
        """Return what a field consists of, above the places where its mistake is said, and why it is not used."""
        field = self.field
        mistake, own = mistake_of(field.name, self.described), field.example is not None
        matters = json.dumps(field.matters) if field.matters else None
        why = tag("p", self.wording.matters(field), class_="pb-idle", data_idle=True, hidden=True) if matters else None
        return tag(
            "div",
            content,
            why,
            mistake,
            class_=css,
            data_field=field.name,
            data_own=own,
            data_people=field.people,
            data_matters=matters,
            hidden=self.idle,
        )

    def boxed(
        self,
        element: str,
        *content: object,
        unit: str | None = None,
        beside: Markup | None = None,
        css: str = "pb-field",
        **attributes: str | bool | None,
    ) -> Markup:
        """Return the field's name and below it where its value is typed or chosen, with its ``unit``."""
        box = tag(element, *content, **attributes, id=self.id, name=self.field.name, aria_describedby=self.described)
        return self.framed(
            tag("label", self.label, for_=self.id, class_="pb-label"),
            tag("span", box, tag("span", unit, class_="pb-unit") if unit else None, beside, class_="pb-box"),
            self.help(),
            css=css,
        )

    def help(self, part: str = "") -> Markup | None:
        """Return the explanation of the field, or of a ``part`` of it."""
        return explained(self.wording, f"field.{self.field.name}{part}")

    def said(self) -> str:
        """Return the value as a sentence has it: a choice by its name, a number with its unit; nothing where empty."""
        match self.field.kind:
            case "choice":
                return self.option(str(self.value))
            case "switch":
                return self.wording.words(f"option.{ON if self.value else OFF}")
            case "percent" if self.text:
                return f"{self.text}%"
            case "money" if self.text:
                return f"{self.text} {self.currency}"
        return self.text

    def option(self, option: str) -> str:
        """Return what a choice is called."""
        return self.wording.option(self.field.name, option)


def explained(wording: Wording, part: str) -> Markup | None:
    """Return the explanation of a part of the form, if it has one."""
    path = f"{part}.help"
    return tag("small", wording.words(path), class_="pb-help") if wording.has(path) else None


def _switch(widget: Widget) -> Markup:
    name, on = widget.field.name, bool(widget.value)
    box = tag("input", type="checkbox", name=name, value=ON, checked=on, aria_describedby=widget.described)
    return widget.framed(tag("label", box, tag("span", widget.label), class_="pb-switch"), widget.help())


def _choice(widget: Widget) -> Markup:
    return _radios(widget) if len(widget.field.options) <= RADIOS_AT_MOST else _list(widget)


def _radios(widget: Widget) -> Markup:
    name, value = widget.field.name, widget.value
    options = [
        tag(
            "label",
            tag("input", type="radio", name=name, value=option, checked=option == value),
            tag("span", tag("b", widget.option(option)), widget.help(f".options.{option}")),
        )
        for option in widget.field.options
    ]
    told = {"aria_label": widget.label, "aria_describedby": widget.described}
    group = tag("div", options, class_="pb-options", role="radiogroup", **told)
    parts = tag("span", widget.label, class_="pb-label"), widget.help(), group
    return widget.framed(tag("div", parts), css="pb-field pb-choice")


def _list(widget: Widget) -> Markup:
    options = [
        tag("option", widget.option(option), value=option, selected=option == widget.value)
        for option in widget.field.options
    ]
    return widget.boxed("select", options)


def _number(widget: Widget, unit: str | None = None) -> Markup:
    """Return a box for text and not for a number: a browser would refuse 1,200, 12.5万 and １２０."""
    field, most = widget.field, widget.field.maximum // 10 ** DECIMAL_PLACES.get(widget.field.kind, 0)
    digits = None if field.kind == "money" or most > DIGITS_ALONE else "numeric" if field.kind == "whole" else "decimal"
    bounds = (shown(field, bound, widget.currency).replace(",", "") for bound in (field.minimum, field.maximum))
    stepped = "" if field.kind == "money" else " ".join(bounds)  # by arrows; no amount is changed by one
    return widget.boxed("input", type="text", value=widget.text, inputmode=digits, data_stepped=stepped, unit=unit)


def _percent(widget: Widget) -> Markup:
    return _number(widget, "%")


def _money(widget: Widget) -> Markup:
    return _number(widget, widget.currency)


def _date(widget: Widget) -> Markup:
    first, last = f"{widget.field.minimum:04}-01-01", f"{widget.field.maximum:04}-12-31"
    return widget.boxed(
        "input", type="date", value=widget.text, data_today=widget.field.today or False, min=first, max=last
    )


def _line(widget: Widget) -> Markup:
    """Return a box for a line, without a longest length: a browser would cut off what is pasted, without a word."""
    if not widget.field.secret:
        return widget.boxed("input", type="text", value=widget.text)
    # No box for passwords: a browser would offer to keep what is in it. The style sheet covers it.
    covered: dict[str, str | bool] = {"data_secret": True, "spellcheck": "false", "autocapitalize": "off"}
    show = button(widget.wording.words("action.show_word"), data_action="show-word", aria_pressed="false")
    covered |= {"type": "text", "value": widget.text}
    return widget.boxed("input", beside=show, unit=None, css="pb-field", **covered)


def _text(widget: Widget) -> Markup:
    return widget.boxed("textarea", widget.text, rows="4", css="pb-field pb-wide")


_WIDGETS: Mapping[FieldKind, Callable[[Widget], Markup]] = {
    "switch": _switch,
    "choice": _choice,
    "whole": _number,
    "hundredths": _number,
    "percent": _percent,
    "money": _money,
    "date": _date,
    "line": _line,
    "text": _text,
}
