"""What the site has besides pages: our scripts and styles, the runtime's files, licences, and workbooks to download.

Scripts and styles are published in a folder named after their content; which of them a page asks for at once is known
from what they import. When each of this happens is for the hook (``site.py``); what pages print is not here.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from calculators.engine.asks.settings import Settings
from macros import licences, tailored, templates
from macros.folder import PAGE, scripts
from macros.pages import RUNTIME_FOLDER, template_files
from macros.policy import integrity
from macros.runtime.bundle import Bundle
from macros.runtime.vendor import Vendor
from macros.said import say

log = get_plugin_logger("playbook")

ASSETS = "assets/"
PUBLISHED_ASSETS = ("javascripts", "stylesheets")
"""The folders of docs/assets that readers get under a name of their content."""
FOR_THE_REPOSITORY = ("screenshot.png",)
"""What of docs/assets readers do not get."""
FROM_FOLDER = "javascripts/folder/"
"""Of these, what readers get as a part of others (macros/folder.py)."""
_COMMENTS = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)[ \t]*$", re.MULTILINE)


def name_scripts(config: MkDocsConfig, runtime: Bundle) -> None:
    """Have the templates know scripts and styles by the names that they are published under, and who asks for which."""
    docs = Path(config.docs_dir)
    folder = config.extra["assets_folder"] = assets_folder(docs)
    config.extra["scripts"] = f"{folder}javascripts/"
    scripts_folder = docs / ASSETS / "javascripts"
    named = [Path(str(getattr(script, "path", script))).name for script in config.extra_javascript]
    first = [name for name in named if (scripts_folder / name).is_file()]
    config.extra["imported"] = _without(first, *(imported(scripts_folder / name) for name in first))
    config.extra["parts"] = parts(scripts_folder / "parts.js")
    config.extra["calculator_scripts"] = _without(
        [*first, *config.extra["imported"]], imported(scripts_folder / "calculators.js")
    )
    config.extra["worker_scripts"] = ["worker.js", *imported(scripts_folder / "worker.js")]
    published = {f"{folder}{name}": content for name, content in published_assets(docs)}
    published |= {f"{RUNTIME_FOLDER}/{name}": runtime.files[name].read_bytes() for name in runtime.libraries.values()}
    config.extra["integrities"] = {
        name: integrity(content)
        for name, content in published.items()
        if name.endswith(".js") and not name.startswith(f"{folder}{FROM_FOLDER}")
    }
    config.extra_css = [_published(path, folder) for path in config.extra_css]
    for place, script in enumerate(config.extra_javascript):
        if isinstance(script, ExtraScriptValue):
            script.path = _published(script.path, folder)
        else:
            config.extra_javascript[place] = _published(script, folder)
    classic = [str(script) for script in config.extra_javascript if getattr(script, "type", "") != "module"]
    own = f"{config.extra['scripts']}{PAGE}"
    config.extra["from_folder"] = [own, _material(config, "bundle.*.min.js")[0], *classic]


def _published(path: str, folder: str) -> str:
    return re.sub(rf"^{ASSETS}(?={'|'.join(PUBLISHED_ASSETS)})", folder, path)


def published_assets(docs: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every script and style under docs/assets that readers get."""
    for folder in PUBLISHED_ASSETS:
        for path in sorted((docs / ASSETS / folder).rglob("*")):
            if path.is_file() and not path.name.endswith(".d.ts"):
                yield path.relative_to(docs / ASSETS).as_posix(), without_comments(path.read_text("utf-8")).encode()


def without_comments(source: str) -> str:
    """Return a script or style without the comments that have lines of their own, which are a third of it.

    Its lines keep their numbers.

    >>> without_comments("// Why.\\nlet a = 1; // here\\n/** Two\\n * lines. */\\nlet b;")
    '\\nlet a = 1; // here\\n\\n\\nlet b;'
    """
    return _COMMENTS.sub(lambda comment: "\n" * comment[0].count("\n"), source)


def assets_folder(docs: Path) -> str:
    """Return where scripts and styles are published: a folder named after their content.

    All of them move together, so that a script never imports a cached module of another version.
    """
    digest = hashlib.sha256()
    for name, content in published_assets(docs):
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


def parts(script: Path) -> dict[str, str]:
    """Return the scripts that work with something in a page, by its attribute, as parts.js has them."""
    return dict(re.findall(r'^  "(data-[\w-]+)": "([\w-]+\.js)",$', script.read_text("utf-8"), re.MULTILINE))


def _without(known: list[str], *lists: list[str]) -> list[str]:
    """Return what stands in the lists, each once, and is not known already."""
    return [name for name in dict.fromkeys(name for names in lists for name in names) if name not in known]


def leave_out(files: Files, config: MkDocsConfig) -> None:
    """Leave out of docs/assets what is published under other names, and what is for the repository.

    Images and whatever else stands there is published as it is.
    """
    search = config.plugins.get("material/search")
    is_plain = search is not None and search.config["lang"] == ["en"]
    for file in list(files):
        if is_plain and file.src_uri.startswith(licences.UNUSED):
            files.remove(file)
        if file.src_uri.startswith(ASSETS) and file.src_dir == config.docs_dir:
            files.remove(file)
            if file.src_uri.split("/")[1] not in (*PUBLISHED_ASSETS, *FOR_THE_REPOSITORY):
                files.append(tailored.published_file(config, file.src_uri, Path(str(file.abs_src_path))))


def add(files: Files, config: MkDocsConfig, settings: Settings, runtime: Bundle) -> None:
    """Put everything that is not a page among the files."""
    docs = Path(config.docs_dir)
    folder = config.extra["assets_folder"]
    for name, asset in published_assets(docs):
        if not name.startswith(FROM_FOLDER):
            files.append(File.generated(config, f"{folder}{name}", content=asset, inclusion=InclusionLevel.INCLUDED))
    for file in tailored.looks(config):
        files.append(file)
    search = _material(config, "workers/search.*.min.js")[1].read_text("utf-8")
    for name, path in runtime.files.items():
        files.append(tailored.published_file(config, f"{RUNTIME_FOLDER}/{name}", path))
    for name, content in scripts(docs / ASSETS / "javascripts", search, runtime).items():
        place = f"{RUNTIME_FOLDER}/" if "/" in name else f"{folder}javascripts/"
        files.append(File.generated(config, f"{place}{name}", content=content, inclusion=InclusionLevel.INCLUDED))
    vendor = Vendor(say=log.info)
    terms = {**licences.texts(vendor), licences.MATERIALS: licences.materials(vendor)}
    what = tailored.what_is_shown()
    downloads = {
        **template_files(settings, what.languages, what.calculators),
        **templates.files(settings, what.languages, what.templates),
    }
    legal = {f"{licences.FOLDER}/{name}": content for name, content in terms.items()}
    for name, content in {**legal, **downloads}.items():
        files.append(File.generated(config, name, content=content, inclusion=InclusionLevel.INCLUDED))


def _material(config: MkDocsConfig, pattern: str) -> tuple[str, Path]:
    """Return address in the site, and file, of a script that Material brings."""
    for folder in map(Path, config.theme.dirs):
        for path in (folder / ASSETS / "javascripts").glob(pattern):
            return path.relative_to(folder).as_posix(), path
    raise PluginError(say("build.no_material", what=pattern))


def web_config(scripts: str, page_policy: str, worker_policy: str) -> str:
    """Return IIS's configuration of the site, which it can do without; ``scripts`` is the folder of ours."""
    text = Path(__file__).with_name("web.config").read_text(encoding="utf-8")
    text = text.replace("{pages}", page_policy).replace("{workers}", worker_policy)
    return text.replace("{scripts}", scripts.rstrip("/"))
