"""The diff of ``clean`` on the sample site, applied by the real programs, gives what ``clean --write`` writes."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from spamguard.cli import cli
from tests.forms import FORMS, as_is

SITE = Path(__file__).parent.parent / "data" / "sample-site" / "site"
BEFORE = SITE.with_name("before")
TOOLS = {
    "git": ["git", "apply", "--whitespace=nowarn"],
    "patch": ["patch", "--silent", "--strip=1", "--input"],
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample site, which is the working directory."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "site"
    shutil.copytree(SITE, folder)
    monkeypatch.chdir(folder)
    return folder


def _call(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="spamguard")


def _pages(site: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in site.iterdir()}


@pytest.mark.parametrize("form", FORMS)
def test_patches_apply_to_the_byte_and_undo_gives_every_byte_back(site: Path, form: object) -> None:
    assert callable(form)
    for path in site.iterdir():
        path.write_bytes(form(path.read_bytes()))
    infected = _pages(site)
    patch = site.parent / "patch"
    patch.write_bytes(_call("clean", "--diff", ".").stdout_bytes)
    assert _pages(site) == infected

    written = _call("clean", "--write", "--diff", ".")
    assert written.stdout_bytes == patch.read_bytes()
    cleaned = _pages(site)
    changed = {name for name in infected if infected[name] != cleaned[name]}
    assert changed == {path.name for path in BEFORE.iterdir()}
    if form is as_is:
        assert all(cleaned[path.name] == path.read_bytes() for path in BEFORE.iterdir())

    assert _call("undo").exit_code == 0
    assert _pages(site) == infected
    for tool, command in TOOLS.items():
        if shutil.which(tool) is None:
            continue
        subprocess.run([*command, str(patch)], check=True, cwd=site)
        assert _pages(site) == cleaned, tool
        for name, page in infected.items():
            (site / name).write_bytes(page)
    assert set(os.listdir(site)) == set(infected)  # noqa: PTH208


def test_one_finding_after_the_other_comes_back(site: Path) -> None:
    infected = _pages(site)
    _call("clean", "--write", ".")
    cleaned = _pages(site)
    listed = _call("undo", "--list", _call("undo", "--list").stdout.splitlines()[1].split()[0]).stdout.splitlines()
    at = next(number for number, line in enumerate(listed) if "en-choir-two-blocks.html" in line)
    first, second = (line.split()[0] for line in listed[at + 1 : at + 3])
    assert _call("undo", "--finding", first).exit_code == 0
    half = (site / "en-choir-two-blocks.html").read_bytes()
    assert len(cleaned["en-choir-two-blocks.html"]) < len(half) < len(infected["en-choir-two-blocks.html"])
    assert _call("undo", "--finding", second).exit_code == 0
    assert _pages(site) == {**cleaned, "en-choir-two-blocks.html": infected["en-choir-two-blocks.html"]}


@pytest.mark.parametrize("arguments", [("--diff", "--write", "--format", "jsonl"), ("--diff", "--format", "text")])
def test_a_patch_is_no_report(site: Path, arguments: tuple[str, ...]) -> None:
    infected = _pages(site)
    assert _call("clean", ".", *arguments).exit_code == 2
    assert _pages(site) == infected
