"""The site as one company has it: its figures, languages, navigation, look and pages, put into what MkDocs builds.

The hook (`site`) calls these at the moments that MkDocs gives it; each stops the build, with everything that is wrong
at once, before anything is made. What the company's folder says is read elsewhere: its pages by `layers`, what it shows
by `shown`, words and measures by `own`, a language of its own by `languages`, its look by `theme`.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from traceback import extract_tb
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

import calculators
from calculators import CALCULATORS
from calculators.configuration import Misconfigured, company_settings
from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Text, base, company_words, side
from calculators.work import Work
from macros import languages, layers, own, said, theme
from macros.handbook import words
from macros.pages import warn
from macros.said import say
from macros.shown import Shown, forget, shown

log = get_plugin_logger("playbook")


def stop(mistakes: Sequence[str]) -> None:
    """Stop the build if anything is wrong, at all of it."""
    if mistakes:
        raise PluginError("\n".join(mistakes))


def what_is_shown() -> Shown:
    """Return what the company shows. Raises PluginError, as all here, with what to write where it cannot be."""
    try:
        return shown()
    except Misconfigured as wrong:
        raise PluginError("\n".join(wrong.sentences(said.language()))) from None


def configure(config: MkDocsConfig) -> Settings:
    """Put the company's figures, navigation, languages and names into a configuration; return the figures."""
    forget()
    settings = _checked(Path(config.config_file_path))
    config.extra["playbook"] = settings.as_mapping()
    groups = _lay_over_navigation(config)
    _show_languages(config, groups)
    try_own_calculators(settings)
    return settings


def name_the_site(config: MkDocsConfig) -> None:
    """Put the company's name before that of the site, in the language that is built now."""
    company = config.extra["playbook"]["company"]
    # As markup, since the theme prints it as it is: into the page, its attributes and its title.
    config.site_name = escape(f"{side(company, config.theme['language'])} · {config.site_name}")


def dress(config: MkDocsConfig) -> None:
    """Give the site the company's logo, its icon and its styles, after ours."""
    if logo := theme.image("logo"):
        config.theme["logo"] = logo
    if icon := theme.image("favicon"):
        config.theme["favicon"] = icon
    config.extra_css = [*config.extra_css, *theme.styles()]


def looks(config: MkDocsConfig) -> list[File]:
    """Return the files of the company's look."""
    found = [published_file(config, name, path) for name, path in theme.files().items()]
    name = theme.ADDRESS + theme.COLOURS
    if name in config.extra_css:
        found.append(File.generated(config, name, content=theme.colours(), inclusion=InclusionLevel.INCLUDED))
    return found


def published_file(config: MkDocsConfig, name: str, path: Path) -> File:
    """Return a file that the site has under a name, wherever it lies."""
    return File.generated(config, name, abs_src_path=str(path), inclusion=InclusionLevel.INCLUDED)


# --- figures, names and languages ---------------------------------------------------------------------


def _checked(configuration: Path) -> Settings:
    try:
        return company_settings(configuration)
    except Misconfigured as wrong:
        raise PluginError("\n".join(wrong.sentences(said.language()))) from None


def _lay_over_navigation(config: MkDocsConfig) -> list[str]:
    """Give the company's new pages their place, and stop at what is wrong with how its pages lie over ours.

    Return the names of our groups, those that are left out among them.
    """
    stop(layers.mistakes())
    groups = [title for item in config.nav or [] if isinstance(item, dict) for title in item]
    try:
        config.nav = what_is_shown().navigation(layers.with_own_pages(config.nav or []))
    except ValueError as mistake:
        raise PluginError(str(mistake)) from None
    return groups


def _show_languages(config: MkDocsConfig, groups: list[str]) -> None:
    """Build the languages that the company shows, the first of them at the root; with one there is no switcher.

    What the company's folder says in any of them is checked and told first.
    """
    i18n: Any = config.plugins["i18n"]
    names = what_is_shown().languages
    of_ours = {one.locale: one for one in i18n.config.languages}
    i18n.config.languages = [of_ours.get(one) or _added(config, one, of_ours[base(one)]) for one in names]
    for one in i18n.config.languages:
        one.build, one.default = True, one.locale == names[0]
    config.extra["alternate"] = len(names) > 1
    named = _name_groups(config, groups)
    stop(own.mistakes(named))
    _tell_what_languages_lack(named)
    for sentence in own.unread():
        warn(sentence)
    for sentence in own.replaced(names):
        log.info(sentence)
    config.extra["languages"] = {one.locale: one.name for one in i18n.config.languages}
    config.extra["not_found"] = {language: words(language)["not_found"] for language in names}


def _added(config: MkDocsConfig, language: str, of: Any) -> Any:
    """Return the configuration of a language of the company's own, made from that of one of ours."""
    speaks = [path.stem for folder in config.theme.dirs for path in Path(folder).glob("partials/languages/*.html")]
    if language not in speaks:
        raise PluginError(say("build.no_theme_words", language=language, known=speaks))
    one = deepcopy(of)
    one.locale, one.link, one.name = language, f"/{language}/", company_words(language).get("site", {}).get("language")
    one.name = one.name or language
    one.theme = {**(one.theme or {}), "language": language}
    return one


def _tell_what_languages_lack(groups: Mapping[str, Mapping[str, str]]) -> None:
    """Stop at what the company's own languages lack, unless it is to be as in the language they are made from."""
    try:
        filled_up = languages.filled_up()
    except Misconfigured as wrong:
        raise PluginError("\n".join(wrong.sentences(said.language()))) from None
    found = []
    for language in languages.added(what_is_shown()):
        lacks = languages.lacks(language, what_is_shown(), groups[language])
        counted = {"language": language, "count": len(lacks), "base": base(language)}
        if lacks and language in filled_up:
            warn(say("build.filled_up", **counted))
        elif lacks:
            found += [*lacks, say("build.lacks", **counted)]
    stop(found)


def _name_groups(config: MkDocsConfig, groups: list[str]) -> dict[Any, dict[str, str]]:
    """Put the company's own names of the navigation's groups and of the site into the languages.

    Return what each group is called so far, by language and by its name in mkdocs.yml.
    """
    i18n: Any = config.plugins["i18n"]
    called = {}
    for one in i18n.config.languages:
        ours = {title: (one.nav_translations or {}).get(title, title) for title in groups}
        called[one.locale] = ours
        own_words = company_words(one.locale)
        given = own_words.get("navigation", {})
        one.nav_translations = {title: given.get(title, given.get(name, name)) for title, name in ours.items()}
        one.site_name = own_words.get("site", {}).get("name", one.site_name)
        one.site_description = own_words.get("site", {}).get("description", one.site_description)
    return called


def try_own_calculators(settings: Settings) -> None:
    """Stop at a calculator of the company's whose example cannot be shown, before that is met inside the browser's."""
    found, company = [], str(calculators.COMPANY)
    for name, calculator in CALCULATORS.items():
        own_one = calculator.folder.is_relative_to(calculators.COMPANY)
        for language in [one for one in LANGUAGES if one in what_is_shown().languages] if own_one else ():
            try:
                work = Work(settings, {"calculator": name, "language": language})
                work.page.result(work.result, example=True)
                work.form.form(work.declaration, work.entered, views=work.views(), templates="")
            except InvalidInputs as wrong:
                text = Text(language, settings)
                sentences = [text(one.code, **one.params) for one in wrong.errors]
                found += [say("build.example", name=name, language=language, sentence=one) for one in sentences]
            except Exception as mistake:  # whatever a company's own code raises is told, with its last line there
                frames = [one for one in extract_tb(mistake.__traceback__) if one.filename.startswith(company)]
                place = f"{frames[-1].filename}:{frames[-1].lineno}: " if frames else ""
                raised = mistake.args[0] if mistake.args else repr(mistake)
                found.append(f"{place}{name} ({language}): {raised}")
    stop(list(dict.fromkeys(found)))


# --- pages ----------------------------------------------------------------------------------------------


def lay_over(files: Files, config: MkDocsConfig) -> None:
    """Add what the company's folder has and ours has not, and take out what it leaves out; list what it replaces."""
    i18n: Any = config.plugins["i18n"]
    what = what_is_shown()
    for file in list(files.documentation_pages()):
        language, _, page = file.src_uri.partition("/")
        if page and (language not in what.languages or not what.has(page)):
            files.remove(file)
    for name in layers.own_files():
        ours = files.get_file_from_path(name)
        language, _, page = name.partition("/")
        if name.endswith(".md") and (language not in what.languages or not what.has(page)):
            continue
        if language not in i18n.all_languages:  # a picture of all languages
            if ours:
                files.remove(ours)
            files.append(published_file(config, name, layers.OWN / name))
        elif ours is None and files.get_file_from_path(name) is None:
            files.append(File(name, config.docs_dir, config.site_dir, config.use_directory_urls))
    if i18n.is_default_language_build:
        for page in layers.replaced():
            log.info(say("layers.replaces", page=layers.named(page)))
            if sentence := layers.outdated(page):
                warn(sentence)
        for sentence in what.speaks_of():
            log.info(sentence)


def fill_up(files: Files, config: MkDocsConfig) -> None:
    """Add the pages that the company's own languages lack, to be read from the language that each is made from."""
    what = what_is_shown()
    for language in languages.added(what):
        for page in layers.pages():
            of, _, name = page.partition("/")
            own_name = f"{language}/{name}"
            if of == base(language) and what.has(name) and files.get_file_from_path(own_name) is None:
                files.append(File(own_name, config.docs_dir, config.site_dir, config.use_directory_urls))


def read_where_they_are(files: Files, config: MkDocsConfig) -> None:
    """Have the company's files read from its folder."""
    for file in files:
        read = layers.source(file.src_uri)
        if file.src_dir == config.docs_dir and read.is_file() and read != layers.OURS / file.src_uri:
            file.src_dir, file.abs_src_path = str(layers.OWN), str(read)
