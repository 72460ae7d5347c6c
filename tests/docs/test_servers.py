"""The site on real web servers, with the very lines that the handbook's page on publishing gives for them.

nginx and Apache are tried where they are installed (Debian: apt-get install nginx-light apache2); IIS is not, so of its
web.config only what can be checked without it.
"""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser import HOST, MISSING, SERVED_TYPES, policies, start
from tests.conftest import ROOT
from tests.journey import STARTED

PUBLISH = "make-it-yours/publish.md"
A_YEAR = 365 * 24 * 3600
NGINX = """
{user}
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; {lines} }}
}}
"""
APACHE = """
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/error.log
DefaultRuntimeDir {folder}
{user}
{modules}
TypesConfig /etc/mime.types
<Directory />
  Require all denied
</Directory>
DirectoryIndex index.html
{lines}
"""
APACHE_MODULES = Path("/usr/lib/apache2/modules")


def lines_for(server: str) -> str:
    """Return the lines that the page gives for a server; both languages give the same."""
    given = {
        tuple(re.findall(rf"```{server}\n(.*?)```", (ROOT / "docs" / language / PUBLISH).read_text("utf-8"), re.DOTALL))
        for language in ("zh", "en")
    }
    (lines,) = given
    return "\n".join(lines)


@contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[str]:
    """Run a server in the foreground until the test is over and yield its address."""
    with subprocess.Popen(command) as process:
        try:
            for _ in range(200):
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    assert process.poll() is None, log.read_text() if log.exists() else command
                    time.sleep(0.05)
            yield f"http://127.0.0.1:{port}/playbook/"
        finally:
            process.terminate()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@pytest.fixture(params=["nginx", "apache"])
def address(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    """Yield where the site is served by a real server."""
    program = shutil.which({"nginx": "nginx", "apache": "apache2"}[request.param]) or ""
    if not program:
        pytest.skip(f"{request.param} is not installed")
    folder = Path(tempfile.mkdtemp(prefix="playbook-"))
    try:
        shutil.copytree(site, folder / "srv/playbook")
        for place in (folder, folder / "srv/playbook"):
            place.chmod(0o755)  # a server that root has started reads as another user
        port, root = free_port(), os.geteuid() == 0
        lines = lines_for(request.param).replace("/srv", f"{folder}/srv")
        if request.param == "nginx":
            text = NGINX.format(folder=folder, port=port, lines=lines, user="user root;" if root else "")
            command = [program, "-c", str(folder / "conf"), "-p", str(folder), "-g", "daemon off;"]
        else:
            names = ("mpm_event", "authz_core", "alias", "mime", "dir", "expires", "headers")
            modules = "\n".join(f"LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so" for name in names)
            user = "User www-data\nGroup www-data" if root else ""
            text = APACHE.format(folder=folder, port=port, lines=lines, modules=modules, user=user)
            command = [program, "-d", str(folder), "-f", str(folder / "conf"), "-DFOREGROUND"]
        (folder / "conf").write_text(text, encoding="utf-8")
        with running(command, port, folder / "error.log") as url:
            yield url
    finally:
        shutil.rmtree(folder)


def test_every_file_is_served_as_what_it_is(address: str, site: Path) -> None:
    """Each file of the site arrives whole, pages as HTML, scripts as JavaScript; what is named by content is kept."""
    kept = 0
    for path in sorted(site.rglob("*")):
        if not path.is_file() or path.suffix not in SERVED_TYPES:
            continue
        name = path.relative_to(site).as_posix()
        with urllib.request.urlopen(f"{address}{name}") as answer:
            assert answer.read() == path.read_bytes(), name
            kind = answer.headers.get_content_type()
            caching = answer.headers.get("Cache-Control", "")
        if path.suffix in {".html", ".css", ".svg", ".png"}:
            assert kind == SERVED_TYPES[path.suffix], name
        if path.suffix == ".js":
            assert kind in {"application/javascript", "text/javascript"}, name
            policy = answer.headers.get("Content-Security-Policy")
        assert "Content-Encoding" not in caching
        named_by_content = re.match(r"assets/(runtime|playbook-[0-9a-f]+)/", name)
        assert policy == policies(str(site))["scripts" if named_by_content else "pages"], name
        assert (caching == f"max-age={A_YEAR}") is bool(named_by_content), (name, caching)
        kept += bool(named_by_content)
    assert kept > 10


def test_a_folder_shows_its_home_page(address: str) -> None:
    """The address of the folder alone is the Chinese home page, and en/ the English one."""
    for folder, language in (("", "zh"), ("en/", "en")):
        with urllib.request.urlopen(f"{address}{folder}") as answer:
            assert f'<html lang="{language}"'.encode() in answer.read()


def test_a_calculator_answers(address: str, playwright: Playwright) -> None:
    """A reader's figure is computed by Python in the browser on the real server, from the memory snapshot."""
    chromium = start(playwright, f"--host-resolver-rules=MAP {HOST} 127.0.0.1, MAP * ~NOTFOUND")
    if chromium is None:
        pytest.skip(MISSING)
    try:
        page = chromium.new_page()
        page.goto(f"{address.replace('127.0.0.1', HOST)}calculators/efficiency_alert.html")
        page.locator('input[name="deals"]').fill("100")
        expect(page.locator('[data-figure="by_chance"]')).to_have_text("23.0%", timeout=STARTED)
        expect(page.locator("[data-calculator]")).to_have_attribute("data-boot", "snapshot")
    finally:
        chromium.close()


def test_web_config_names_folders_that_are_there(site: Path) -> None:
    """IIS gets well-formed XML about caching and the policies, for the site as a whole and for folders that exist."""
    root = ElementTree.parse(site / "web.config").getroot()
    places = [place.get("path", "") for place in root.findall("location")]
    assert len(places) == 2
    assert all((site / place).is_dir() for place in places)
    settings = {element.tag for element in root.iter() if not len(element)}
    assert settings == {"clientCache", "add", "remove"}
    policy = "./system.webServer/httpProtocol/customHeaders/add"
    found = [place.find(policy) for place in [root, *root.findall("location")]]
    assert [one.get("value") for one in found if one is not None] == [
        policies(str(site))[name] for name in ("pages", "scripts", "scripts")
    ]
    assert [path.relative_to(site).as_posix() for path in site.rglob("web.config")] == ["web.config"]
