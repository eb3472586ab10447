"""The wheel works far from the checkout: it carries its model, judges a page, and says so by its exit code.

The dependencies come from the running interpreter, so that no network is needed; the gate (``.ci/run``) also installs
the wheel with its own.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from spamguard import kernels

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "sample-site"

for tool in ("build", "hatchling", "pip"):
    pytest.importorskip(tool, reason=f"{tool} comes with the dev extra")


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the interpreter of a fresh environment with the built wheel in it."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT), cwd=folder)
    (wheel,) = folder.glob("*.whl")
    _run(sys.executable, "-m", "venv", "--without-pip", str(folder / "venv"), cwd=folder)
    interpreter = folder / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    offline = ("--no-index", "--no-deps", "--disable-pip-version-check")
    _run(sys.executable, "-m", "pip", "--python", str(interpreter), "install", *offline, str(wheel), cwd=folder)
    # A .pth file adds the folder of the dependencies behind the wheel's own; .pth files in there are not followed, so
    # an editable install of the checkout stays out of sight.
    purelib = _run(str(interpreter), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).stdout
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(purelib.strip(), "borrowed.pth").write_text("\n".join(sorted(borrowed)), encoding="utf-8")
    return interpreter


def test_the_wheel_is_used_and_not_the_checkout(python: Path, tmp_path: Path) -> None:
    where = _run(str(python), "-c", "import spamguard; print(spamguard.__file__)", cwd=tmp_path).stdout
    assert Path(where.strip()).is_relative_to(python.parent.parent)


def test_the_wheel_says_that_it_is_typed(python: Path, tmp_path: Path) -> None:
    package = _run(str(python), "-c", "import spamguard; print(spamguard.__path__[0])", cwd=tmp_path).stdout
    assert Path(package.strip(), "py.typed").is_file()


def test_an_infected_page_gives_a_finding_and_exit_code_1(python: Path, tmp_path: Path) -> None:
    page = _sample(infected=True)
    done = _scan(python, page, tmp_path)
    (line,) = done.stdout.splitlines()
    report = json.loads(line)
    assert done.returncode == 1
    assert report["verdict"] == "infected"
    assert report["findings"]


def test_a_clean_page_gives_exit_code_0(python: Path, tmp_path: Path) -> None:
    done = _scan(python, _sample(infected=False), tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["findings"] == []


def test_the_wheel_carries_kernels_where_they_can_be_built(python: Path, tmp_path: Path) -> None:
    there = _run(
        str(python), "-c", "from spamguard import kernels; print(kernels.look is not None)", cwd=tmp_path
    ).stdout
    assert there.strip() == str(kernels.look is not None)


def test_without_a_compiler_the_package_is_built_all_the_same(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT))
    done = _run(*command, cwd=tmp_path, CC=str(tmp_path / "no-compiler"))
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name.endswith("-none-any.whl")
    assert "not compiled" in done.stdout + done.stderr


def _sample(*, infected: bool) -> Path:
    """Pick the first page of the sample site that its labels call infected, or clean."""
    with (SAMPLE / "labels.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    row = next(row for row in rows if bool(row["start_byte"]) is infected)
    return next(path for path in (SAMPLE / row["file"], SAMPLE / "site" / row["file"]) if path.is_file())


def _scan(python: Path, page: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    command = (str(python), "-m", "spamguard", "scan", "--format", "jsonl", str(page))
    return _run(*command, cwd=folder, accept={0, 1})


def _run(
    *command: str, cwd: Path, accept: frozenset[int] | set[int] = frozenset({0}), **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment |= variables
    done = subprocess.run(
        command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode in accept, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done
