"""After an update of a checkout the kernels that were compiled before it are not used."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from spamguard import kernels

HERE = Path(kernels.__file__).parent

pytestmark = pytest.mark.skipif(
    kernels.letters is None, reason="the kernels were not compiled: no C compiler, or SPAMGUARD_PURE"
)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return the folder of a package of kernels and nothing else."""
    (tmp_path / "spamguard").mkdir()
    (tmp_path / "spamguard" / "__init__.py").touch()
    return Path(shutil.copytree(HERE, tmp_path / "spamguard" / "kernels"))


def _asked(package: Path) -> tuple[str, str]:
    """Whether the kernels are used, and what was told."""
    command = (sys.executable, "-c", "from spamguard import kernels; print(kernels.look is not None, kernels.__file__)")
    environment = os.environ | {"PYTHONWARNINGS": "default"}
    done = subprocess.run(
        command, env=environment, cwd=package.parent.parent, capture_output=True, text=True, check=True
    )
    used, where = done.stdout.split(maxsplit=1)
    assert Path(where.strip()).parent == package
    return used, done.stderr


def test_kernels_of_their_sources_are_used(package: Path) -> None:
    assert _asked(package) == ("True", "")


@pytest.mark.parametrize("name", ["_look.pyx", "_phrases.pxd", "_segments.pxd", "_passes.pxi"])
def test_kernels_that_are_older_than_a_source_are_not_used(name: str, package: Path) -> None:
    newest = max(path.stat().st_mtime for path in package.iterdir())
    (package / name).touch()
    os.utime(package / name, (newest + 10, newest + 10))
    used, told = _asked(package)
    assert used == "False"
    assert "older than their sources" in told


def test_kernels_without_sources_are_used(package: Path) -> None:
    for source in package.glob("*.p[yx][xdi]"):
        source.unlink()
    assert _asked(package) == ("True", "")
