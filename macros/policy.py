"""What a built site says of itself, so that browsers take nothing else for it: hashes, a policy, and its own name.

Every script and style gets its integrity, every page the strict Content-Security-Policy of what was printed, as a meta
tag, and servers the same as lines to include. The build's hash names the site as a whole.

Here: working over the pages once they are all there. Not here: checking what arrives
(docs/assets/javascripts/verified.js), and when this happens (`site`).
"""

import base64
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

UNKNOWN_BUILD = "0" * 64
"""What stands in the pages for the build's hash until it is known."""
HEADERS = "headers"
"""The folder of the lines for servers, in the site."""

_LINKED = re.compile(
    r"""<(?:script\b[^>]*?\ssrc|link\b(?=[^>]*\srel="?(?:stylesheet|modulepreload)\b)[^>]*?\shref)="?([^">\s]+)"?[^>]*?(?=/?>)"""
)
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL)
_TYPE = re.compile(r"""\btype="?([^"\s>]+)""")
_RUN = {"", "module", "importmap", "text/javascript"}
"""Types of inline scripts that a policy is about; any other is data."""


def integrity(content: bytes) -> str:
    """Return the hash of a file as integrity attributes and policies have it.

    >>> integrity(b"")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def policy(scripts: list[str], styles: list[str], *, in_page: bool) -> str:
    """Return the policy of pages with these inline scripts and styles.

    ``in_page`` is for the meta tag: it cannot say who may frame the page, and must let a page that is opened from a
    folder make its worker of text, since no file can be one there.
    """
    parts = {
        "default-src": ["'none'"],
        "connect-src": ["'self'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", *_quoted(scripts)],
        "style-src-elem": ["'self'", *_quoted(styles)],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "worker-src": ["'self'", *(["blob:"] if in_page else [])],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        **({} if in_page else {"frame-ancestors": ["'none'"]}),
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in parts.items())


WORKERS = "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval' blob:"
"""The policy of scripts that are workers: Python's runs what it has checked, and not what the address gives."""


def _quoted(hashes: list[str]) -> list[str]:
    return [f"'{one}'" for one in hashes]


def seal(site: Path, web_config: Callable[[str, str], str]) -> str:
    """Work over a site's pages, write the lines for servers, and return the build's hash.

    ``web_config`` makes IIS's configuration of both policies.
    """
    pages = {path: path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}
    hashes: dict[Path, str] = {}

    def with_integrity(page: Path, text: str) -> str:
        def adapted(match: re.Match[str]) -> str:
            if " integrity=" in match[0] or ":" in match[1]:
                return match[0]
            path = Path(os.path.normpath(page.parent / unquote(match[1])))
            if path not in hashes:
                hashes[path] = integrity(path.read_bytes())
            return f'{match[0]} integrity="{hashes[path]}"'

        return _LINKED.sub(adapted, text)

    pages = {path: with_integrity(path, text) for path, text in pages.items()}
    scripts = sorted({integrity(code.encode()) for text in pages.values() for code in _inline_scripts(text)})
    styles = sorted({integrity(code.encode()) for text in pages.values() for code in _STYLE.findall(text)})
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(scripts, styles, in_page=True)}">'
    for path, text in pages.items():
        changed, found = re.subn(r"(<meta charset=\"?utf-8\"?\s*/?>)", rf"\1\n    {meta}", text, count=1, flags=re.I)
        if not found:
            raise ValueError(f"{path.relative_to(site)} does not say how it is encoded; its policy would stand nowhere")
        # With its mark, by which browsers know the code of a page whatever a server says of it.
        path.write_text(changed, encoding="utf-8-sig")
    header = policy(scripts, styles, in_page=False)
    _write_headers(site, header)
    (site / "web.config").write_text(web_config(header, WORKERS), encoding="utf-8")
    return _name(site)


def _inline_scripts(text: str) -> Iterator[str]:
    for attributes, code in _SCRIPT.findall(text):
        kind = _TYPE.search(attributes)
        if not re.search(r"\ssrc=", attributes) and (kind[1] if kind else "") in _RUN:
            yield code


def _write_headers(site: Path, pages: str) -> None:
    folder = site / HEADERS
    folder.mkdir(exist_ok=True)
    for name, value in {"pages": pages, "scripts": WORKERS}.items():
        nginx = f'add_header Content-Security-Policy "{value}" always;\n'
        apache = f'Header always set Content-Security-Policy "{value}"\n'
        (folder / f"nginx-{name}.conf").write_text(nginx, encoding="utf-8")
        (folder / f"apache-{name}.conf").write_text(apache, encoding="utf-8")


def build_hash(site: Path, known: str) -> str:
    """Return the SHA-256 over names and contents of a site's files, in which 64 zeros stand where ``known`` does."""
    total = hashlib.sha256()
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    for name, path in sorted(files.items()):
        content = path.read_bytes()
        if path.suffix == ".html":
            content = content.replace(known.encode(), UNKNOWN_BUILD.encode())
        total.update(f"{hashlib.sha256(content).hexdigest()}  {name}\n".encode())
    return total.hexdigest()


def _name(site: Path) -> str:
    name = build_hash(site, UNKNOWN_BUILD)
    for path in site.rglob("*.html"):
        content = path.read_bytes()
        path.write_bytes(content.replace(UNKNOWN_BUILD.encode(), name.encode()))
    return name
