"""The adapter to MkDocs: what pages call, each one line over a plain function of `pages` or `handbook`."""

from typing import Any

from mkdocs.utils import get_relative_url

from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import base
from macros import licences, ninety_days, pages, templates
from macros.examples import rows
from macros.handbook import Handbook, as_of, page_name, printed
from macros.reference import reference
from macros.runtime.charts import render_svg
from macros.settings import table as settings_table
from macros.walkthrough import walkthrough


def define_env(env: Any) -> None:
    """Give the pages the company's figures as ``playbook``, and what is the same in every language."""
    env.variables["playbook"] = pages.literal(env.conf["extra"]["playbook"])
    env.macro(walkthrough)


def on_pre_page_macros(env: Any) -> None:
    """Give a page what depends on it and its language; CONTRIBUTING.md lists everything for writers."""
    language = env.conf["plugins"]["i18n"].current_language
    settings = Settings.from_mapping(env.conf["extra"]["playbook"])
    handbook = Handbook(language, settings)
    words = handbook.words
    example = handbook.example(page_name(env.page.file.src_uri))
    root = f"{get_relative_url('.', env.page.url)}/"

    def calculator(name: str) -> str:
        """Print a calculator's form and its worked example."""
        return pages.calculator(
            name,
            language,
            settings,
            root=root,
            manifest=env.conf["extra"]["runtime_manifest"],
            draw=lambda charts: render_svg(charts, prefix=name),
        )

    def navigated() -> list[str]:
        """Return the files of the language's pages, in the order of the navigation."""
        return [page.file.src_uri for page in env.variables["navigation"].pages]

    env.variables.update(
        {
            "example": example,
            "rows": lambda name: rows(getattr(example, name)),
            "calculator": calculator,
            "software": lambda: pages.software(root),
            "build": lambda: env.conf["extra"]["build"],
            "licences": lambda: f"{root}{licences.FOLDER}/{licences.MATERIALS}",
            "figure": handbook.figure,
            "figures": handbook.figures,
            "alert_by_chance": handbook.alert_by_chance,
            "picture": lambda name: handbook.picture(name, root=root),
            "cards": lambda folder: handbook.cards(folder, navigated(), root=root),
            "calculators": lambda: handbook.calculators(navigated(), env.page.file.src_uri),
            "template": lambda name: handbook.template(name, root=root),
            "template_page": lambda name: templates.page(name, language, settings),
            "templates": lambda: handbook.templates(root=root),
            "experience": handbook.experience,
            "checklist": handbook.checklist,
            "measures": lambda *names: handbook.measures(names, vars(example), root=root),
            "stages": handbook.stages,
            "stage_count": handbook.stage_count,
            "stages_to_read": lambda: handbook.stages_to_read(root=root),
            "slides": handbook.slides,
            "columns": handbook.columns,
            "exports": handbook.exports,
            "settings": lambda: settings_table(language, settings),
            "reference": lambda part: reference(part, base(language)),
            "own_work": lambda: handbook.own_work(as_of(), root=root),
            "dictionary": lambda: handbook.dictionary(root=root),
            "glossary": lambda: handbook.glossary(root=root),
            "quiz": lambda stage=None: handbook.quiz(
                stage=stage, root=root, fill=lambda text: env.env.from_string(text).render(env.variables)
            ),
            "company_pages": lambda: ninety_days.company_pages(language, words["calendar"], handbook.roles),
            "first_week": lambda: ninety_days.first_week(language, words["calendar"]),
            "weeks": lambda: ninety_days.weeks(language, words["calendar"]),
            "calendar_file": lambda: ninety_days.download(language, words["calendar"]),
            "progress": lambda part: handbook.progress(part, root=root),
        }
    )
    env.env.filters.update(handbook.filters())
    env.env.finalize = printed
