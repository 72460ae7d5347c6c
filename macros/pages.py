"""What the site has of the calculators: forms and examples in pages, templates to fill in, the browser's runtime.

Plain functions over ``calculators``; MkDocs itself is met in ``macros/__init__.py`` and ``site.py``.
"""

import json
import re
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mkdocs.plugins import get_plugin_logger

import calculators
from calculators import CALCULATORS, roster
from calculators.engine.asks.settings import Settings
from calculators.engine.shows import charts
from calculators.engine.shows.form import inputs_id
from calculators.engine.shows.markup import Markup, button, tag
from calculators.engine.shows.text import LANGUAGES, Language, words_of
from calculators.work import Work
from macros import licences
from macros.runtime.bundle import Bundle, build_bundle
from macros.runtime.vendor import Vendor, read_lock
from macros.said import say

log = get_plugin_logger("playbook")

RUNTIME_FOLDER = "assets/runtime"
WARM_UP = "from calculators.warm_up import warm_up; warm_up()"
Draw = Callable[[Sequence[Mapping[str, Any]]], list[str]]
TEMPLATE_FOLDER = "assets/templates"


def bundle(settings: Settings, *, snapshot: bool = True) -> Bundle:
    """Return the browser's runtime with the calculators of this checkout and the company's settings in it.

    Without ``snapshot`` pages start Python the ordinary way. Made once for all pages of a build; the hook in
    ``site.py`` imports us anew when our sources change.
    """
    folders = tuple(Path(folder) for folder in calculators.__path__)
    return _bundle(folders, json.dumps(settings.as_mapping()), WARM_UP if snapshot else None)


def literal(given: Any) -> Any:
    """Return settings as a page may print them: whatever a text has in it is shown, and never read as Markdown or HTML.

    >>> literal({"company": {"en": "A & <b>"}, "unit": 1})
    {'company': {'en': 'A &#38; &#60;b&#62;'}, 'unit': 1}
    """
    if isinstance(given, Mapping):
        return {key: literal(inner) for key, inner in given.items()}
    if isinstance(given, list):
        return [literal(inner) for inner in given]
    return re.sub(r"[^\w\s.,-]", lambda mark: f"&#{ord(mark[0])};", given) if isinstance(given, str) else given


def warn(sentence: str) -> None:
    """Say aloud what is a pity but no mistake: under ``--strict`` MkDocs would take its own warnings for one."""
    print(say("build.warning", sentence=sentence), file=sys.stderr)


@lru_cache
def _bundle(folders: tuple[Path, ...], settings: str, warm_up: str | None) -> Bundle:
    return build_bundle(folders, json.loads(settings), log.info, warn, company=calculators.COMPANY, warm_up=warm_up)


def template_files(
    settings: Settings, languages: Sequence[Language] = LANGUAGES, left_out: Collection[str] = ()
) -> dict[str, bytes]:
    """Return every calculator's templates but of those left out, empty and filled in, by their address in the site."""
    files = [
        file
        for name in CALCULATORS
        if name not in left_out
        for language in languages
        for file in _example(name, language, settings).templates()
    ]
    return {f"{TEMPLATE_FOLDER}/{file.name}": file.content for file in files}


def _example(name: str, language: Language, settings: Settings) -> Work:
    return Work(settings, {"calculator": name, "language": language})


def _roster(work: Work) -> str:
    """Return, as JSON, which lists of other calculators can fill which table of this one, and what they are called."""
    text = work.text
    return json.dumps(
        {
            table: [
                {
                    "calculator": offer.calculator,
                    "table": offer.table,
                    "label": text(f"{offer.calculator}.table_input.{offer.table}.label"),
                }
                for offer in offered
            ]
            for table, offered in roster.offers(work.calculator.name, work.settings).items()
        },
        ensure_ascii=False,
    )


def software(root: str) -> str:
    """Return the rows of a Markdown table: what the site ships of other people's work, its version, terms and texts."""
    own, theme = ("sales-playbook", ""), (licences.THEME, version(licences.THEME))
    terms: dict[tuple[str, str], dict[str, None]] = {own: {"MIT": None}, theme: {"MIT": None}}
    for file in read_lock().files:
        if file.part != "build":
            terms.setdefault((file.project, file.version), {})[file.licence] = None
    texts = licences.texts(Vendor(say=log.info))

    def links(project: str) -> str:
        return " ".join(
            tag("a", text.split("/")[1].removesuffix(".txt"), href=f"{root}{licences.FOLDER}/{text}")
            for text in texts
            if text.startswith(f"{project}/")
        )

    return "\n".join(
        f"| {project} | {of} | {'; '.join(names)} | {links(project)} |"
        for (project, of), names in sorted(terms.items())
    )


def calculator(name: str, language: Language, settings: Settings, *, root: str, manifest: str, draw: Draw) -> Markup:
    """Return a calculator: its form, and the worked example's result computed here and now.

    ``root`` leads from the page to the top of the site, where ``manifest`` is the runtime's; ``draw`` makes
    SVGs of charts.
    """
    if name not in CALCULATORS:
        raise ValueError(say("names.calculator", name=name, known=list(CALCULATORS)))
    example = _example(name, language, settings)
    drawn = draw(
        [
            {"options": charts.options(chart, example.wording), "width": charts.WIDTH, "height": charts.HEIGHT}
            for chart in example.result.charts
        ]
    )
    drawings = {chart.name: svg for chart, svg in zip(example.result.charts, drawn, strict=True)}
    words = {**words_of("page", language), **words_of(name, language).get("page", {})}
    verdict = example.result.verdict
    templates = f"{root}{TEMPLATE_FOLDER}/"
    rail = bool(example.declaration.fields or example.declaration.tables)
    change = button(
        words["change"], "pb-primary", data_action="inputs", aria_controls=inputs_id(name), aria_expanded="false"
    )
    # Inputs and result side by side; over the result its name and actions, and a bar that stays in sight (bench.css).
    head = tag(
        "div",
        tag("h3", words["example_heading"], data_result_heading=True),
        example.form.toolbar(example.declaration),
        class_="pb-result-head",
    )
    bar = tag(
        "div",
        tag(
            "p",
            None if verdict is None else example.text(verdict.code, **verdict.params),
            class_="pb-verdict",
            hidden=verdict is None,
            data_verdict=True,
        ),
        tag("p", class_="pb-origin", data_origin=True, role="status"),
        tag("div", data_status=True, class_="pb-status", role="status", aria_live="polite"),
        tag(
            "div",
            tag("dl", data_strip=True, aria_hidden="true"),
            change if rail else None,
            class_="pb-strip",
            data_needs_script=True,
        ),
        tag("div", data_errors=True, class_="pb-errors", role="alert"),
        class_="pb-bar",
    )
    return tag(
        "section",
        tag("noscript", tag("p", words["no_script"], class_="pb-note")),
        tag(
            "p",
            hidden=True,
            class_="pb-note",
            data_unavailable=True,
            data_incomplete=words["incomplete"],
            data_old_browser=words["old_browser"],
        ),
        example.form.form(example.declaration, example.entered, views=example.views(), templates=templates),
        tag(
            "div",
            head,
            bar,
            example.form.scenarios(example.declaration),
            tag(
                "div",
                example.page.result(example.result, drawings=drawings, example=True, choices=example.choices()),
                data_result=True,
                class_="pb-result",
            ),
            class_="pb-outcome",
        ),
        class_="pb-calculator pb-bench" if rail else "pb-calculator",
        data_calculator=name,
        data_state="static",
        data_language=language,
        # an attribute and not a script: Material runs every script again after an instant navigation
        data_words=json.dumps(words, ensure_ascii=False),
        data_roster=_roster(example) if example.declaration.people else None,
        data_runtime=f"{root}{RUNTIME_FOLDER}/{manifest}",
    )
