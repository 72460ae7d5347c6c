"""MkDocs hook: checks the configuration, publishes what is not a page, gives each language its own search.

What pages print is in `macros.pages`; what the browser runs is made by `macros.runtime`.
"""

import datetime
import hashlib
import json
import logging
import os
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError
from markupsafe import escape
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs_macros.errors import format_error

if TYPE_CHECKING:
    from calculators.engine.asks.settings import Settings
    from macros.runtime.bundle import Bundle

log = get_plugin_logger("playbook")

ROOT = Path(__file__).resolve().parent.parent
OUR_PACKAGES = ("calculators", "macros")
ASSETS = "assets/"
PUBLISHED_ASSETS = ("javascripts", "stylesheets")
"""The folders of docs/assets that readers get; the rest (a screenshot, say) is for the repository."""

FROM_FOLDER = "javascripts/folder/"
"""Of these, what readers get as a part of others (macros/folder.py)."""

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
    if _serves:
        log.info("mkdocs serve makes no snapshot: pages take some seconds to start Python, and one after mkdocs build")


@event_priority(100)  # before the macros plugin imports our modules
def _prepare(config: MkDocsConfig) -> MkDocsConfig:
    """Make the checkout importable, check the company's figures, and point to the published assets."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    company = _forget_changed_modules()
    if company.is_dir():
        config.watch.append(str(company))
    settings = checked_settings(Path(config.config_file_path))
    _lay_over_navigation(config)
    config.extra["playbook"] = settings.as_mapping()
    from calculators.engine.shows.text import LANGUAGES, words_of
    from macros.folder import PAGE
    from macros.pages import RUNTIME_FOLDER
    from macros.policy import UNKNOWN_BUILD, integrity

    runtime = _make_runtime(settings)
    config.extra["runtime_manifest"] = runtime.manifest
    config.extra["build"] = UNKNOWN_BUILD
    config.extra["arrival_script"] = (ROOT / "overrides" / "arrival.js").read_text("utf-8")
    arrival = ("arrival_missing", "arrival_late", "incomplete", "framed", "reload")
    config.extra["arrival"] = {
        language: {name: words_of("page", language)[name] for name in arrival} for language in LANGUAGES
    }
    config.extra["habits"] = {language: words_of("habits", language) for language in LANGUAGES}
    docs = Path(config.docs_dir)
    folder = assets_folder(docs)
    config.extra["scripts"] = f"{folder}javascripts/"
    scripts_folder = docs / ASSETS / "javascripts"
    config.extra["imported"] = imported(scripts_folder / "playbook.js")
    config.extra["worker_scripts"] = ["worker.js", *imported(scripts_folder / "worker.js")]
    published = {f"{folder}{name}": path for name, path in published_assets(docs) if not name.startswith(FROM_FOLDER)}
    published |= {f"{RUNTIME_FOLDER}/{name}": runtime.files[name] for name in runtime.libraries.values()}
    config.extra["integrities"] = {
        name: integrity(path.read_bytes()) for name, path in published.items() if path.suffix == ".js"
    }
    config.extra_css = [_published(path, folder) for path in config.extra_css]
    scripts = config.extra_javascript
    for place, script in enumerate(scripts):
        if isinstance(script, ExtraScriptValue):
            script.path = _published(script.path, folder)
        else:
            scripts[place] = _published(script, folder)
    classic = [str(script) for script in scripts if getattr(script, "type", "") != "module"]
    own = f"{config.extra['scripts']}{PAGE}"
    config.extra["from_folder"] = [own, _material(config, "bundle.*.min.js")[0], *classic]
    return config


def _lay_over_navigation(config: MkDocsConfig) -> None:
    """Give the company's new pages their place, and stop at what is wrong with how its pages lie over ours."""
    from macros import layers

    if found := layers.mistakes():
        raise PluginError("\n".join(found))
    try:
        config.nav = layers.with_own_pages(config.nav or [])
    except ValueError as mistake:
        raise PluginError(str(mistake)) from None


def _published(path: str, folder: str) -> str:
    return re.sub(rf"^{ASSETS}(?={'|'.join(PUBLISHED_ASSETS)})", folder, path)


def _forget_changed_modules() -> Path:
    """Let the next import read our Python afresh once a file of it has changed (`mkdocs serve`).

    Return where a company has calculators of its own, if it has.
    """
    from calculators import COMPANY

    seen = {
        path: path.stat().st_mtime_ns
        for folder in (*(ROOT / package for package in OUR_PACKAGES), COMPANY / "calculators")
        for path in folder.rglob("*")
        if path.suffix in {".py", ".toml", ".csv"}
    }
    if _sources_seen and seen != _sources_seen:
        for name in [name for name in sys.modules if name.split(".")[0] in OUR_PACKAGES]:
            del sys.modules[name]
    _sources_seen.clear()
    _sources_seen.update(seen)
    return COMPANY


def checked_settings(configuration: Path) -> "Settings":
    """Return the company's figures; PluginError says in both languages what to write where they are wrong."""
    from calculators.configuration import Misconfigured, company_settings

    try:
        return company_settings(configuration)
    except Misconfigured as wrong:
        raise PluginError("\n".join(wrong.sentences())) from None


def _make_runtime(settings: "Settings") -> "Bundle":
    """Return the browser runtime, from its cache after the first time; what stops it ends the build in a sentence."""
    from macros.pages import bundle
    from macros.runtime.node import NodeError
    from macros.runtime.vendor import VendorError

    try:
        return bundle(settings, snapshot=not _serves)
    except (NodeError, VendorError) as error:
        raise PluginError(f"The browser runtime could not be made: {error}") from error


@event_priority(-200)  # after static-i18n has put in the language's own name
def _name_the_company(config: MkDocsConfig) -> MkDocsConfig:
    company = config.extra["playbook"]["company"]
    # As markup, since the theme prints it as it is: into the page, its attributes and its title.
    config.site_name = escape(f"{company[config.theme['language']]} · {config.site_name}")
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
    source = page.file.content_string.rstrip()
    front_matter = source.count("\n") - markdown.rstrip().count("\n")
    frames = extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == "<template>"]
    if isinstance(error, TemplateSyntaxError):
        lines = [error.lineno]
    line = next((number for number in lines if number), None)
    place = f", line {line + front_matter}" if line else ""
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT)]
    origin = f" ({Path(ours[-1].filename).relative_to(ROOT)}, line {ours[-1].lineno})" if ours else ""
    return f"{place}: {type(error).__name__}: {error}{origin}"


# --- the company's pages ---------------------------------------------------------------------------------


@event_priority(100)  # before static-i18n, which takes what lies under docs and hands it to the languages
def _lay_over(files: Files, config: MkDocsConfig) -> Files:
    """Add what the company's folder has and ours has not; the build lists what it replaces."""
    from macros import layers
    from macros.pages import warn

    i18n: Any = config.plugins["i18n"]
    for name in layers.own_files():
        ours = files.get_file_from_path(name)
        if name.partition("/")[0] not in i18n.all_languages:  # a picture of all languages
            if ours:
                files.remove(ours)
            files.append(_published_file(config, name, layers.OWN / name))
        elif ours is None:
            files.append(File(name, config.docs_dir, config.site_dir, config.use_directory_urls))
    if i18n.is_default_language_build:
        for page in layers.replaced():
            log.info("%s replaces ours", layers.named(page))
            if sentence := layers.outdated(page):
                warn(sentence)
    return files


@event_priority(-200)  # after static-i18n, which looks for every file under docs
def _read_own(files: Files, config: MkDocsConfig) -> Files:
    """Have the company's files read where they are."""
    from macros import layers

    for file in files:
        own = layers.OWN / file.src_uri
        if file.src_dir == config.docs_dir and own.is_file():
            file.src_dir, file.abs_src_path = str(layers.OWN), str(own)
    return files


# --- handbook pages ----------------------------------------------------------------------------------


@event_priority(100)  # before static-i18n, which hands each language its own pages only
def _check_front_matter(files: Files, config: MkDocsConfig) -> Files:
    """Stop at front matter that cannot be read, which MkDocs would print as text, and at what the files alone tell.

    That is a page that a language lacks, and one past its review where such pages stop the build. All this is known
    before anything is made, so that a writer does not wait for it, and told of all pages at once.
    """
    from macros.anatomy import overdue
    from macros.layers import front_matter_of

    i18n: Any = config.plugins["i18n"]
    unreadable, found = [], []
    there = {file.src_uri for file in files.documentation_pages()}
    for name in there if i18n.is_default_language_build else ():
        try:
            meta = front_matter_of(name)
        except ValueError as mistake:
            unreadable.append(f"docs/{name}: {mistake}")
            continue
        if os.environ.get("PLAYBOOK_OVERDUE") == "stop" and overdue(meta, datetime.date.today()):
            found.append(f"docs/{name} was due for review on {meta['next_review']}")
        own, _, page = name.partition("/")
        for language in sorted(i18n.all_languages):
            if own in i18n.all_languages and f"{language}/{page}" not in there:
                found.append(f"docs/{name} has no counterpart in docs/{language}")
    if unreadable:
        raise PluginError("\n".join([*unreadable, *found]))
    _tell(found, config)
    return files


def _tell(mistakes: list[str], config: MkDocsConfig) -> None:
    """Stop a strict build at mistakes in pages; ``mkdocs serve`` warns, and the writer sees the pages as they are."""
    if mistakes and config.strict and not _serves:
        raise PluginError("\n".join(mistakes))
    for mistake in mistakes:
        log.warning(mistake)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Print a page's title, typed in its front matter, as its heading."""
    from macros.anatomy import titled

    try:
        return titled(markdown, page.meta.get("title"), page.file.src_uri)
    except ValueError as mistake:
        raise PluginError(f"docs/{page.file.src_uri} {mistake}") from None


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Show the glossary's terms as tooltips in the pages of the language that is built now."""
    from macros.glossary import install
    from macros.handbook import words

    language = config.theme["language"]
    install(config, language, words(language)["glossary"]["tooltip"])


@event_priority(100)  # before anything is made for the site
def _check_practices(env: Any, config: MkDocsConfig, files: Files) -> None:
    """Stop at practice pages of the language that lack a part."""
    from macros.anatomy import mistakes
    from macros.handbook import words

    found = []
    for page in (file.page for file in files.documentation_pages()):
        if page and page.content is not None:
            headings = re.findall(r'<h[1-6] id="([^"]+)"', page.content)
            lacks = mistakes(page.meta, headings, page.content, words("en")["roles"])
            found += [f"docs/{page.file.src_uri} {mistake}" for mistake in lacks]
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
    """
    html = html.replace("<svg", "<svg data-search-exclude")
    return re.sub(rf"(</(?:{_BLOCKS})>)(?=<)", r"\1\n", html)


def on_page_context(context: Any, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    """Give the page's template who answers for the page and when it is reviewed."""
    from calculators.engine.asks.settings import Settings
    from macros.handbook import Handbook

    handbook = Handbook(config.theme["language"], Settings.from_mapping(config.extra["playbook"]))
    context["playbook_footer"] = handbook.footer(page.meta)


# --- files that are not pages ------------------------------------------------------------------------


def published_assets(docs: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and file of every script and style under docs/assets that readers get."""
    for folder in PUBLISHED_ASSETS:
        for path in sorted((docs / ASSETS / folder).rglob("*")):
            if path.is_file() and not path.name.endswith(".d.ts"):
                yield path.relative_to(docs / ASSETS).as_posix(), path


def assets_folder(docs: Path) -> str:
    """Return where scripts and styles are published: a folder named after their content.

    All of them move together, so that a script never imports a cached module of another version.
    """
    digest = hashlib.sha256()
    for name, path in published_assets(docs):
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return f"{ASSETS}playbook-{digest.hexdigest()[:12]}/"


def imported(script: Path) -> list[str]:
    """Return the names of the modules that a script beside them imports, and these in turn.

    A page asks for them at once, and not only after it has read what imports them.
    """
    names = [script.name]
    for name in names:  # which grows meanwhile
        source = script.with_name(name).read_text("utf-8")
        names += [
            found for found in re.findall(r'^(?:import|\} from) .*"\./(.+)";$', source, re.M) if found not in names
        ]
    return names[1:]


@event_priority(100)  # before static-i18n, which would copy each file once per language
def _leave_out_assets(files: Files, config: MkDocsConfig) -> Files:
    for file in list(files):
        if file.src_uri.startswith(ASSETS) and file.src_dir == config.docs_dir:
            files.remove(file)
    return files


def _add_assets(env: Any, config: MkDocsConfig, files: Files) -> None:
    """Publish what is not a page, once for both languages, and only after the pages are found to be right."""
    i18n: Any = config.plugins["i18n"]
    if not i18n.is_default_language_build:
        return
    from calculators.engine.asks.settings import Settings
    from macros import licences, templates
    from macros.folder import scripts
    from macros.pages import RUNTIME_FOLDER, template_files
    from macros.runtime.vendor import Vendor

    docs = Path(config.docs_dir)
    folder = assets_folder(docs)
    settings = Settings.from_mapping(config.extra["playbook"])
    for name, path in published_assets(docs):
        if not name.startswith(FROM_FOLDER):
            files.append(_published_file(config, f"{folder}{name}", path))
    runtime = _make_runtime(settings)
    search = _material(config, "workers/search.*.min.js")[1].read_text("utf-8")
    for name, path in runtime.files.items():
        files.append(_published_file(config, f"{RUNTIME_FOLDER}/{name}", path))
    for name, content in scripts(docs / ASSETS / "javascripts", search, runtime).items():
        place = f"{RUNTIME_FOLDER}/" if "/" in name else f"{folder}javascripts/"
        files.append(File.generated(config, f"{place}{name}", content=content, inclusion=InclusionLevel.INCLUDED))
    vendor = Vendor(say=log.info)
    terms = {**licences.texts(vendor), licences.MATERIALS: licences.materials(vendor)}
    legal = {f"{licences.FOLDER}/{name}": content for name, content in terms.items()}
    for name, content in {**legal, **template_files(settings), **templates.files(settings)}.items():
        files.append(File.generated(config, name, content=content, inclusion=InclusionLevel.INCLUDED))


def _material(config: MkDocsConfig, pattern: str) -> tuple[str, Path]:
    """Return address in the site, and file, of a script that Material brings."""
    for folder in map(Path, config.theme.dirs):
        for path in (folder / ASSETS / "javascripts").glob(pattern):
            return path.relative_to(folder).as_posix(), path
    raise PluginError(f"Material has no {pattern} any more; mend macros/site.py")


def web_config(scripts: str, page_policy: str, worker_policy: str) -> str:
    """Return IIS's configuration of the site, which it can do without; ``scripts`` is the folder of ours."""
    text = Path(__file__).with_name("web.config").read_text(encoding="utf-8")
    text = text.replace("{pages}", page_policy).replace("{workers}", worker_policy)
    return text.replace("{scripts}", scripts.rstrip("/"))


def _published_file(config: MkDocsConfig, name: str, path: Path) -> File:
    return File.generated(config, name, abs_src_path=str(path), inclusion=InclusionLevel.INCLUDED)


on_files = CombinedEvent(_lay_over, _check_front_matter, _leave_out_assets, _read_own)
on_env = CombinedEvent(_check_practices, _name_sections, _add_assets)


# --- languages ---------------------------------------------------------------------------------------


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Tell Material's script where the reader's language begins, for search and pages, and to search through ours."""
    i18n: Any = config.plugins["i18n"]
    language = "" if i18n.is_default_language_build else f"{i18n.current_language}/"
    search = assets_folder(Path(config.docs_dir)) + "javascripts/search.js"

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
        raise PluginError(f"docs/{page.file.src_uri}: Material's page has no __config any more; mend macros/site.py")
    return output


SKIP = {"zh": ("跳到正文", "跳到计算器"), "en": ("Skip to content", "Skip to the calculator")}


def _with_skip_link(output: str, language: str) -> str:
    """Say where the first link of a page leads, and let that of a calculator's page lead to the first thing to do."""
    content, calculator = SKIP[language]
    heading = re.search(r'<h2 id="([^"]+)"(?:(?!<h2 )[\s\S])*?<section[^>]* data-calculator=', output)
    link = rf'<a href="#{heading[1]}" class="md-skip">{calculator}</a>' if heading else rf"\1{content}</a>"
    return re.sub(r'(<a href="#[^"]*" class="md-skip">)[^<]*</a>', link, output, count=1)


@event_priority(-200)  # after static-i18n has built the other languages and merged their search entries
def on_post_build(config: MkDocsConfig) -> None:
    """Split the search index by language, give pages their policy and the build its hash, and say where the site is.

    The runtime's files are compared once more with their names: what is published is what was checked.
    """
    from macros import policy
    from macros.pages import RUNTIME_FOLDER
    from macros.runtime.cache import named_hash

    i18n: Any = config.plugins["i18n"]
    if i18n.building:
        return
    site = Path(config.site_dir)
    others = [language for language in i18n.build_languages if language != i18n.default_language]
    split_search_index(site, others)
    for language in others:
        (site / language / "sitemap.xml").write_bytes((site / "sitemap.xml").read_bytes())
    for path in (site / RUNTIME_FOLDER).glob("*.*"):
        if hashlib.sha256(path.read_bytes()).hexdigest() != named_hash(path.name):
            raise PluginError(f"{path.name} changed while the site was built; build it again")
    if _serves:  # what mkdocs serve adds to a page is in no policy
        return
    folder = assets_folder(Path(config.docs_dir))
    name = policy.seal(site, lambda pages, workers: web_config(folder, pages, workers))
    log.info("The site is in %s; this build is %s", site, name)
    log.info("Copy it to a server, or open its index.html; make zip makes one file of it to send")


def split_search_index(site: Path, languages: list[str]) -> None:
    """Give each language of a built site the search entries of its own pages, and nobody the others'."""
    index: dict[str, Any] = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    entries: list[dict[str, Any]] = index["docs"]
    built: dict[str, list[dict[str, Any]]] = {}
    for language in languages:
        prefix = f"{language}/"
        own = [entry for entry in entries if entry["location"].startswith(prefix)]
        entries = [entry for entry in entries if not entry["location"].startswith(prefix)]
        built[language] = [{**entry, "location": entry["location"].removeprefix(prefix)} for entry in own]
    built["zh"] = entries
    for language, own in built.items():
        root = site if language == "zh" else site / language
        _write_index(root, {**index, "docs": [*own, *also_called(language, own)]})
        _write_pages(root, language, built)


def also_called(language: str, built: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return a search entry for each built page that readers also look for by other words (docs/synonyms.toml).

    It is a section of its page and has the words for its title, which search weighs most; the page opens at its top.
    """
    begin, between = {"zh": ("也叫：", "、"), "en": ("Also: ", ", ")}[language]
    pages = {entry["location"] for entry in built}
    called = {page: begin + between.join(words[language]) for page, words in _synonyms().items()}
    return [{"location": f"{page}#also", "title": title, "text": ""} for page, title in called.items() if page in pages]


def _synonyms() -> dict[str, dict[str, list[str]]]:
    """Return what pages are also called, by address and language."""
    listed = tomllib.loads((ROOT / "docs/synonyms.toml").read_text(encoding="utf-8"))["also"]
    return {f"{entry['page'].removesuffix('.md')}.html": entry for entry in listed}


def _write_index(root: Path, index: object) -> None:
    """Write a search index; its script is what Material's takes in a page opened from a folder."""
    _write_with_script(root, "search_index", "__index", index)


def _write_pages(root: Path, language: str, built: Mapping[str, list[dict[str, Any]]]) -> None:
    """Write what palette.js finds pages by: address, title, and in both languages what else they are called."""
    titles = {
        name: {one["location"]: unescape(one["title"]) for one in entries if "#" not in one["location"]}
        for name, entries in built.items()
    }
    others = [of for name, of in titles.items() if name != language]
    also = {page: " ".join([*words["zh"], *words["en"]]) for page, words in _synonyms().items()}
    pages = [
        [page, title, " ".join([*(of.get(page, "") for of in others), also.get(page, "")]).strip()]
        for page, title in titles[language].items()
    ]
    _write_with_script(root, "pages", "playbookPages", pages)


def _write_with_script(root: Path, name: str, variable: str, content: object) -> None:
    """Write JSON for the search, and once more as a script for pages opened from a folder."""
    folder = root / "search"
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (folder / f"{name}.json").write_text(text, encoding="utf-8")
    (folder / f"{name}.js").write_text(f"var {variable} = {text};\n", encoding="utf-8")
