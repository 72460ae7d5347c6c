"""MkDocs hook: what happens at each moment of a build.

What is published besides pages is in `assets`. What a company has of its own comes in through `tailored`, the search
index is in `searched`, a save of ``mkdocs serve`` in `serving`; what pages print is in `pages` and `handbook`, what the
browser runs in `runtime`.
"""

import atexit
import errno
import hashlib
import json
import logging
import re
import shutil
import sys
import time
import uuid
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler
from mkdocs_macros.errors import format_error

if TYPE_CHECKING:
    from calculators.engine.asks.settings import Settings
    from macros.runtime.bundle import Bundle
    from macros.serving import Serving

log = get_plugin_logger("playbook")

ROOT = Path(__file__).resolve().parent.parent
OUR_PACKAGES = ("calculators", "macros")
REFUSALS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG})
"""What a full disk, or one that may not be written, says."""

NAMED = 4
"""So many pages that were built again are named; of more their number is told."""

_aims: dict[Path, Path] = {}
"""Where a site that is being built will be in the end."""
_sources_seen: dict[Path, int] = {}
_serves = False

# Plugins that tell every step of every language at each build; their warnings are still seen.
for _name in ("mkdocs.plugins.mkdocs_static_i18n", "mkdocs.plugins.mkdocs_macros.util", "jieba"):
    logging.getLogger(_name).setLevel(logging.WARNING)


# --- configuration -----------------------------------------------------------------------------------


def on_startup(command: str, dirty: bool) -> None:
    """Leave the snapshot out of ``mkdocs serve``: it takes longer to make than a writer waits after a save."""
    global _serves  # noqa: PLW0603 - MkDocs tells a hook its command in no other way
    _serves = command == "serve"
    _reach_checkout()
    if _serves:
        from macros.said import say

        log.info(say("build.serves"))


def _reach_checkout() -> None:
    """Let our modules be imported however MkDocs was started."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))


@event_priority(100)  # before the macros plugin imports our modules
def _prepare(config: MkDocsConfig) -> MkDocsConfig:
    """Make the checkout importable, check the company's figures, and point to the published assets.

    Once for all languages: each but the first is built from within the first's build, with what this has prepared.
    """
    i18n: Any = config.plugins["i18n"]
    if i18n.building:
        return config
    _reach_checkout()
    company = _forget_changed_modules()
    if company.is_dir():
        config.watch.append(str(company))
    if _serves:
        _serving().begins(config)
    from calculators.engine.shows.text import words_of
    from macros import assets, searched, tailored
    from macros.policy import UNKNOWN_BUILD

    settings = tailored.configure(config)
    _build_beside(config)
    runtime = _make_runtime(settings)
    config.extra["runtime_manifest"] = runtime.manifest
    config.extra["build"] = UNKNOWN_BUILD
    config.extra["arrival_script"] = (ROOT / "overrides" / "arrival.js").read_text("utf-8")
    arrival = ("arrival_missing", "arrival_late", "incomplete", "framed", "reload")
    languages = tailored.what_is_shown().languages
    config.extra["arrival"] = {
        language: {name: words_of("page", language)[name] for name in arrival} for language in languages
    }
    config.extra["habits"] = {
        language: {
            **words_of("habits", language),
            **{name: words_of("page", language)[name] for name in ("failed_upgraded", "reload")},
        }
        for language in languages
    }
    assets.name_scripts(config, runtime)
    searched.read_dictionary()
    tailored.dress(config)
    return config


def _build_beside(config: MkDocsConfig) -> None:
    """Have the site built beside the last one, which stays as it is until this one is whole (`on_post_build`)."""
    if _serves:
        return
    site = Path(config.site_dir)
    coming = site.with_name(f".{site.name}.{uuid.uuid4().hex}")
    try:
        coming.mkdir(parents=True)
    except OSError:  # a folder of its own in one that nobody may write; it is built where it stands, as MkDocs does
        return
    atexit.register(shutil.rmtree, coming, ignore_errors=True)
    _aims[coming] = site
    config.site_dir = str(coming)


def _strictly_warned(config: MkDocsConfig) -> bool:
    """Say whether a strict build has warned, for which MkDocs stops it when all else is done."""
    counting = (handler for handler in logging.getLogger("mkdocs").handlers if isinstance(handler, CountHandler))
    return bool(config.strict and any(handler.get_counts() for handler in counting))


def on_build_error(error: Exception) -> None:
    """Remove what has been built of a site, and say in a sentence what the computer itself refuses."""
    for coming in _aims:
        shutil.rmtree(coming, ignore_errors=True)
    _aims.clear()
    if isinstance(error, OSError) and error.errno in REFUSALS:
        from macros.said import say

        reason = f"{error.strerror} ({error.filename})" if error.filename else error.strerror
        raise Abort(say("build.not_written", reason=reason)) from None


def _forget_changed_modules() -> Path:
    """Let the next import read our Python afresh once a file of it has changed (`mkdocs serve`).

    Return where a company has calculators of its own, if it has.
    """
    from calculators import COMPANY

    seen = {
        path: path.stat().st_mtime_ns
        for folder in (*(ROOT / package for package in OUR_PACKAGES), COMPANY)
        for path in folder.rglob("*")
        if path.suffix in {".py", ".toml", ".csv", ".yml"}
    }
    if _sources_seen and seen != _sources_seen:
        for name in [name for name in sys.modules if name.split(".")[0] in OUR_PACKAGES]:
            del sys.modules[name]
    _sources_seen.clear()
    _sources_seen.update(seen)
    return COMPANY


def _make_runtime(settings: "Settings") -> "Bundle":
    """Return the browser runtime, from its cache after the first time; what stops it ends the build in a sentence."""
    from macros.pages import bundle
    from macros.runtime.node import NodeError
    from macros.runtime.vendor import VendorError
    from macros.said import say

    try:
        return bundle(settings, snapshot=not _serves)
    except (NodeError, VendorError) as error:
        raise PluginError(say("build.runtime", error=error)) from error


@event_priority(-200)  # after static-i18n has put in the language's own name
def _name_the_company(config: MkDocsConfig) -> MkDocsConfig:
    from macros.tailored import name_the_site

    name_the_site(config)
    return config


on_config = CombinedEvent(_prepare, _name_the_company)


# --- mistakes in a page ------------------------------------------------------------------------------


@format_error.register(TemplateSyntaxError)
@format_error.register(Exception)
def _stop_at_mistake(error: Exception, markdown: str, page: Page) -> str:
    """Stop the build with page and line; the macros plugin by itself prints a traceback without them."""
    raise PluginError(f"docs/{page.file.src_uri}{describe_mistake(error, markdown, page)}")


def describe_mistake(error: Exception, markdown: str, page: Page) -> str:
    """Return line and reason of an error that a page's macros raised, the line counted in the page's file."""
    from macros.said import say

    source = page.file.content_string.rstrip()
    front_matter = source.count("\n") - markdown.rstrip().count("\n")
    frames = extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == "<template>"]
    if isinstance(error, TemplateSyntaxError):
        lines = [error.lineno]
    line = next((number for number in lines if number), None)
    place = say("build.line", line=line + front_matter) if line else ""
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT)]
    file = Path(ours[-1].filename).relative_to(ROOT) if ours else None
    origin = say("build.at_line", file=file, line=ours[-1].lineno) if ours else ""
    return f"{place}: {type(error).__name__}: {error}{origin}"


# --- handbook pages ----------------------------------------------------------------------------------


@event_priority(100)  # before static-i18n, which takes what lies under docs and hands it to the languages
def _lay_over(files: Files, config: MkDocsConfig) -> Files:
    """Put the company's pages and pictures among ours, and what its own languages lack."""
    from macros import tailored

    tailored.lay_over(files, config)
    tailored.fill_up(files, config)
    return files


@event_priority(-200)  # after static-i18n, which looks for every file under docs
def _read_own(files: Files, config: MkDocsConfig) -> Files:
    """Have the company's files read where they are."""
    from macros.tailored import read_where_they_are

    read_where_they_are(files, config)
    return files


@event_priority(100)  # before static-i18n, which hands each language its own pages only
def _check_sources(files: Files, config: MkDocsConfig) -> Files:
    """Stop at what the files alone tell, of all pages at once and before anything is made.

    Front matter that cannot be read stops ``mkdocs serve`` too: MkDocs would print it as text.
    """
    from macros import checks
    from macros.tailored import stop, what_is_shown

    i18n: Any = config.plugins["i18n"]
    if i18n.is_default_language_build:
        there = {file.src_uri for file in files.documentation_pages()}
        found = checks.in_sources(there, what_is_shown())
        if checks.unreadable(there):
            stop(found)
        _tell(found, config)
    return files


def _tell(mistakes: list[str], config: MkDocsConfig) -> None:
    """Stop a strict build at mistakes in pages; ``mkdocs serve`` warns, and the writer sees the pages as they are."""
    from macros.tailored import stop

    if config.strict and not _serves:
        stop(mistakes)
    for mistake in mistakes:
        log.warning(mistake)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Print a page's title, typed in its front matter, as its heading."""
    from calculators.engine.asks.settings import Settings
    from macros.anatomy import titled
    from macros.handbook import Handbook
    from macros.said import say
    from macros.shown import Unlinked

    for extension in config.markdown_extensions:
        if isinstance(extension, Unlinked):
            extension.page = page.file.src_uri.partition("/")[2]
    if page.meta.get("unwritten"):
        handbook = Handbook(config.theme["language"], Settings.from_mapping(config.extra["playbook"]))
        markdown = handbook.not_written(page.meta) + markdown
    try:
        return titled(markdown, page.meta.get("title"), page.file.src_uri)
    except ValueError as mistake:
        raise PluginError(say("anatomy.of_page", page=page.file.src_uri, mistake=mistake)) from None


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Show the glossary's terms as tooltips in the pages of the language that is built now."""
    from macros.glossary import install
    from macros.handbook import words
    from macros.shown import Unlinked
    from macros.tailored import what_is_shown

    language = config.theme["language"]
    install(config, language, words(language)["glossary"]["tooltip"])
    others = (extension for extension in config.markdown_extensions if not isinstance(extension, Unlinked))
    config.markdown_extensions = [*others, Unlinked(what_is_shown())]  # type: ignore[list-item]  # as for the glossary


@event_priority(100)  # before anything is made for the site
def _check_practices(env: Any, config: MkDocsConfig, files: Files) -> None:
    """Stop at practice pages of the language that lack a part."""
    from macros.anatomy import mistakes
    from macros.handbook import words
    from macros.said import say

    found = []
    for page in (file.page for file in files.documentation_pages()):
        if page and page.content is not None:
            headings = re.findall(r'<h[1-6] id="([^"]+)"', page.content)
            lacks = mistakes(page.meta, headings, page.content, words("en")["roles"])
            found += [say("anatomy.of_page", page=page.file.src_uri, mistake=mistake) for mistake in lacks]
    _tell(found, config)


def _name_sections(env: Any, config: MkDocsConfig, files: Files) -> None:
    """Make a page that bears its section's name the section's own, so that navigation shows the name once.

    Material takes for that (``navigation.indexes``) a page whose file is called index; its address stays as it was.
    """
    for page in (file.page for file in files.documentation_pages()):
        if page and page.parent and page.title == page.parent.title:
            page.file.name = "index"


_BLOCKS = "td|th|tr|dt|dd|p|li|option|label|legend|h[1-6]|div|summary|button|caption|figcaption|title|desc|text"


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep neighbours apart: search reads a page without its tags, and words in two cells or lines would become one.

    Of a drawing it reads nothing: its labels one after the other are no sentence, and what it shows stands beside it.
    What macros have linked to is left out by some companies.
    """
    from macros.tailored import what_is_shown

    html = html.replace("<svg", "<svg data-search-exclude")
    html = what_is_shown().without_links(html, page.file.url, config.theme["language"])
    return re.sub(rf"(</(?:{_BLOCKS})>)(?=<)", r"\1\n", html)


def on_page_context(context: Any, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    """Give the page's template who answers for the page and when it is reviewed."""
    from calculators.engine.asks.settings import Settings
    from macros.handbook import Handbook

    if _serves and config.theme["language"] in _serving().languages:
        _serving().languages[config.theme["language"]].nav = nav
    handbook = Handbook(config.theme["language"], Settings.from_mapping(config.extra["playbook"]))
    change = handbook.change(page.file.src_uri, str(page.title), str(page.meta.get("owner", "")))
    context["playbook_footer"] = handbook.footer(page.meta) + change


# --- files that are not pages ------------------------------------------------------------------------


@event_priority(100)  # before static-i18n, which would copy each file once per language
def _leave_out_assets(files: Files, config: MkDocsConfig) -> Files:
    """Leave out of docs/assets what is published under other names, and what is for the repository."""
    from macros import assets

    assets.leave_out(files, config)
    return files


def _note_calculators(env: Any, config: MkDocsConfig, files: Files) -> None:
    """Have the templates know the pages that have calculators."""
    config.extra["calculator_pages"] = [
        page.url
        for page in (file.page for file in files.documentation_pages())
        if page and ' data-calculator="' in (page.content or "")
    ]


def _add_assets(env: Any, config: MkDocsConfig, files: Files) -> None:
    """Publish what is not a page, once for all languages, and only after the pages are found to be right."""
    from calculators.engine.asks.settings import Settings
    from macros import assets

    i18n: Any = config.plugins["i18n"]
    if i18n.is_default_language_build:
        settings = Settings.from_mapping(config.extra["playbook"])
        assets.add(files, config, settings, _make_runtime(settings))


def _note_built(env: Any, config: MkDocsConfig, files: Files) -> None:
    """Keep what a language is built of, for the next save of ``mkdocs serve``."""
    from macros.serving import Built

    macros: Any = config.plugins["macros"]
    if _serves and config.theme["language"] not in _serving().languages:
        _serving().languages[config.theme["language"]] = Built(env, files, macros.variables["navigation"])


def _serving() -> "Serving":
    """Return what the last build of ``mkdocs serve`` was; another as soon as our modules are read anew."""
    from macros.serving import last

    return last


def on_serve(server: Any, config: MkDocsConfig, builder: Any) -> Any:
    """Build a page alone where nothing but its text has changed, so that a writer sees it at once."""
    from macros.said import say

    def build() -> None:
        start = time.monotonic()
        if pages := _serving().again():
            key = "build.again" if len(pages) <= NAMED else "build.again_many"
            log.info(say(key, pages=pages, count=len(pages), seconds=time.monotonic() - start))
        else:
            builder()

    server.builder = build
    return server


on_files = CombinedEvent(_lay_over, _check_sources, _leave_out_assets, _read_own)
on_env = CombinedEvent(_check_practices, _note_calculators, _name_sections, _add_assets, _note_built)


# --- languages ---------------------------------------------------------------------------------------


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Tell Material's script where the reader's language begins, for search and pages, and to search through ours."""
    i18n: Any = config.plugins["i18n"]
    language = "" if i18n.is_default_language_build else f"{i18n.current_language}/"
    search = f"{config.extra['scripts']}search.js"

    def adapted(match: re.Match[str]) -> str:
        settings = json.loads(match[2])
        root, worker = settings["search"].split("assets/javascripts/workers/")
        settings["base"] = root + language or "."
        settings["search"] = f"{root}{search}#{worker}"
        return match[1] + json.dumps(settings).replace("<", r"\u003c")

    output = _with_skip_link(output, config.theme["language"])
    # Firefox fetches the next page at once, which the page's policy forbids, and says so aloud. Readers have its link.
    output = re.sub(r'\s*<link rel="(?:next|prev)"[^>]*>', "", output)
    output, found = re.subn(r'(<script id="__config"[^>]*>)([^<]+)', adapted, output, count=1)
    if not found:
        from macros.said import say

        raise PluginError(say("build.page_no_config", page=page.file.src_uri))
    return output


def _with_skip_link(output: str, language: str) -> str:
    """Say where the first link of a page leads, and let that of a calculator's page lead to the first thing to do."""
    from calculators.engine.shows.text import LANGUAGES
    from macros.handbook import words

    if language not in LANGUAGES:  # one that a company has added has its theme's words
        return output
    said = words(language)["skip"]
    heading = re.search(r'<h2 id="([^"]+)"(?:(?!<h2 )[\s\S])*?<section[^>]* data-calculator=', output)
    link = rf'<a href="#{heading[1]}" class="md-skip">{said["calculator"]}' if heading else rf"\1{said['content']}"
    return re.sub(r'(<a href="#[^"]*" class="md-skip">)[^<]*', link, output, count=1)


@event_priority(-200)  # after static-i18n has built the other languages and merged their search entries
def on_post_build(config: MkDocsConfig) -> None:
    """Split the search index by language, give pages their policy and the build its hash, and say where the site is.

    The runtime's files are compared once more with their names: what is published is what was checked.
    """
    from macros import assets, checks, policy, publish, searched
    from macros.pages import RUNTIME_FOLDER
    from macros.runtime.cache import named_hash
    from macros.said import say

    i18n: Any = config.plugins["i18n"]
    if i18n.building:
        return
    site = Path(config.site_dir)
    last = _aims.pop(site, site)
    others = [language for language in i18n.build_languages if language != i18n.default_language]
    searched.split_index(site, i18n.default_language, others)
    for language in others:
        (site / language / "sitemap.xml").write_bytes((site / "sitemap.xml").read_bytes())
    for path in (site / RUNTIME_FOLDER).glob("*.*"):
        if hashlib.sha256(path.read_bytes()).hexdigest() != named_hash(path.name):
            raise PluginError(say("build.file_changed", name=path.name))
    if _serves:  # what mkdocs serve adds to a page is in no policy
        return
    folder = config.extra["assets_folder"]
    if assets.assets_folder(Path(config.docs_dir)) != folder:
        raise PluginError(say("build.script_changed"))
    name = policy.seal(site, lambda pages, workers: assets.web_config(folder, pages, workers))
    _tell(checks.in_site(site), config)
    if site != last:
        config.site_dir = str(last)
        if _strictly_warned(config):  # MkDocs is about to stop
            shutil.rmtree(site)
            return
        publish.put_in_place(site, last)
    log.info(say("build.where", site=last, build=name))
    log.info(say("build.next"))
