"""Publishing: a swap of folders that readers never see half done, and the hash that names a build."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from macros.policy import UNKNOWN_BUILD, build_hash
from macros.publish import PublishError, check, main, publish
from tests.conftest import ROOT

FILES = 300


def made(folder: Path, word: str) -> Path:
    """Write a small site of many files that say a word, and give it its hash."""
    for number in range(FILES):
        path = folder / f"stage-{number % 7}" / f"page-{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(word * 2_000, "utf-8")
    index = folder / "index.html"
    index.write_text(f'<meta name="pb-build" content="{UNKNOWN_BUILD}">{word}', "utf-8")
    name = build_hash(folder, UNKNOWN_BUILD)
    index.write_text(index.read_text("utf-8").replace(UNKNOWN_BUILD, name), "utf-8")
    return folder


def test_what_was_there_stays_beside_it(tmp_path: Path) -> None:
    """The target is the new build and nothing else, the former is whole beside it, and no copy is left over."""
    first, second = made(tmp_path / "first", "a"), made(tmp_path / "second", "b")
    target = tmp_path / "srv/playbook"
    builds = [publish(site, target) for site in (first, second)]
    assert [check(target), check(target.with_name("playbook.previous"))] == builds[::-1]
    assert sorted(path.name for path in target.parent.iterdir()) == ["playbook", "playbook.previous"]
    assert publish(first, target) == builds[0] == check(target)


def test_whenever_it_is_killed_a_whole_site_is_there(tmp_path: Path) -> None:
    """Killed anywhere in the midst, the folder is the old build or the new one; the next run ends what was begun."""
    sites = [made(tmp_path / name, name) for name in ("one", "two")]
    builds = {check(site) for site in sites}
    target = tmp_path / "srv/playbook"
    publish(sites[0], target)
    chance = random.Random(16)
    ended = 0
    for turn in range(12):
        command = [sys.executable, "-m", "macros.publish", str(target), "--site", str(sites[turn % 2])]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
            time.sleep(chance.uniform(0.05, 0.6))
            process.send_signal(signal.SIGKILL)
        ended += process.returncode == 0
        assert check(target) in builds
    assert ended < 12
    assert publish(sites[1], target) == check(target)


def test_a_site_that_is_not_whole_is_not_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is missing, cut off or added is found by the build's hash, and what is published stays."""
    site, target = made(tmp_path / "site", "a"), tmp_path / "target"
    build = publish(site, target)
    page = site / "stage-1/page-1.txt"
    for damage in (lambda: page.write_text("cut", "utf-8"), page.unlink, (site / "more.txt").touch):
        damage()
        assert main([str(target), "--site", str(site)]) == 1
        assert "not whole" in capsys.readouterr().err
    assert check(target) == build
    assert main(["--check", str(target)]) == 0
    assert build in capsys.readouterr().out


def test_what_is_no_playbook_is_not_replaced(tmp_path: Path) -> None:
    """Neither another site's folder nor the one that is to be published."""
    site = made(tmp_path / "site", "a")
    other = tmp_path / "other"
    other.mkdir()
    (other / "index.html").write_text("<p>the intranet's home", "utf-8")
    for target in (other, site, site / "inside"):
        with pytest.raises(PublishError):
            publish(site, target)
    assert "home" in (other / "index.html").read_text("utf-8")
