"""Compiles the kernels while the package is built: a hook of the build backend, and no part of the program.

Without a C compiler the package is built all the same, without kernels: slower, with the same answers.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

KERNELS = ("_letters", "_phrases", "_tables", "_look", "_markup", "_judge", "_utf8")
_HERE = "spamguard/kernels"
_PACKAGE = "spamguard.kernels"


class Kernels(BuildHookInterface[Any]):
    """Puts compiled modules into a wheel, and beside their sources for an editable install."""

    _made: Path | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files of a wheel are collected."""
        if self.target_name != "wheel":
            return
        here = Path(self.root, _HERE)
        try:
            if version == "editable":
                # Those of before may not fit the sources any more. A program that has loaded them keeps them.
                for stale in here.glob(f"*{sysconfig.get_config_var('EXT_SUFFIX')}"):
                    stale.unlink()
            if os.environ.get("SPAMGUARD_PURE"):
                return
            self._made = Path(tempfile.mkdtemp(prefix="spamguard-kernels-"))
            built = compiled(Path(self.root), self._made)
            if version == "editable":
                for module in built:
                    shutil.copy2(module, here)
        except (Exception, SystemExit) as error:  # whatever a compiler, or its absence, comes up with
            self.finalize()
            if os.environ.get("SPAMGUARD_KERNELS") == "required":
                raise
            self.app.display_warning(f"the kernels were not compiled, scans will be several times slower: {error}")
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        if version != "editable":
            build_data["force_include"] |= {str(module): f"{_HERE}/{module.name}" for module in built}

    def finalize(self, *_: object) -> None:
        """Leave nothing behind."""
        if self._made is not None:
            shutil.rmtree(self._made, ignore_errors=True)


def compiled(root: Path, folder: Path) -> list[Path]:
    """Compile the kernels of a checkout into a folder."""
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    # A product is rounded before it is added to something, as NumPy does, also where a processor could do both at once.
    options = [] if sys.platform == "win32" else ["-O3", "-g0", "-ffp-contract=off"]
    # They call one another: to the compiler they must be the package that they will be.
    package = folder / _HERE
    package.mkdir(parents=True)
    for place in (package.parent, package):
        (place / "__init__.py").touch()
    for source in (root / _HERE).iterdir():
        if source.suffix in {".pyx", ".pxd", ".pxi"}:
            shutil.copy2(source, package)
    modules = [
        Extension(f"{_PACKAGE}.{name}", [str(package / f"{name}.pyx")], extra_compile_args=options) for name in KERNELS
    ]
    # Neither the checkout's pyproject.toml nor files of the user have a say: this is not an installation.
    extensions = cythonize(modules, quiet=True, include_path=[str(folder)])
    command = build_ext(Distribution({"name": "kernels", "ext_modules": extensions}))
    command.build_lib, command.build_temp = str(folder / "built"), str(folder / "made")
    command.parallel = len(modules)
    command.ensure_finalized()
    command.run()
    return sorted((folder / "built" / _HERE).iterdir())
