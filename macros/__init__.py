"""The adapter to MkDocs: macros that pages call, each one line over a plain function of `macros.pages`."""

from typing import Any

from mkdocs.utils import get_relative_url

from calculators.settings import Settings
from macros import pages
from macros.runtime import render_svg


def define_env(env: Any) -> None:
    """Give the pages the company's figures as ``playbook``, ``calculator(name)`` and ``software()``."""
    playbook = env.conf["extra"]["playbook"]
    settings = Settings.from_mapping(playbook)
    env.variables["playbook"] = playbook
    env.macro(pages.software)

    @env.macro  # type: ignore[untyped-decorator]  # the macros plugin has no types
    def calculator(name: str) -> str:
        """Print a calculator's form and its worked example."""
        return pages.calculator(
            name,
            env.conf["plugins"]["i18n"].current_language,
            settings,
            root=get_relative_url(".", env.page.url) + "/",
            manifest=env.conf["extra"]["runtime_manifest"],
            draw=lambda charts: render_svg(charts, prefix=name),
        )
