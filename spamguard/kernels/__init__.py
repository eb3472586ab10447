"""Compiled twins of the few functions that see every character of every page.

They are built where a C compiler is found when the package is installed. Where none is, or where the environment says
``SPAMGUARD_PURE=1``, they are ``None``, and the same is done in Python and NumPy: same answers, several times slower.
"""

from __future__ import annotations

import os
import sys
import warnings
from importlib import import_module
from typing import Any

_NAMES = ("_letters", "_phrases", "_tables", "_look", "_markup", "_judge", "_utf8")
_SHARED = ("_segments.pxd", "_names.pxi", "_passes.pxi")
_HERE = os.path.dirname(__file__)  # noqa: PTH120


def _built() -> tuple[Any, ...]:
    """All of them, or none: half of them would be a program that nobody has tested."""
    none = (None,) * len(_NAMES)
    if os.environ.get("SPAMGUARD_PURE") or sys.maxsize < 1 << 32:  # NumPy's places are of 32 bits there
        return none
    try:
        modules = tuple(import_module(f"{__name__}.{name}") for name in _NAMES)
    except ImportError:
        return none
    if any(_is_stale(name, str(module.__file__)) for name, module in zip(_NAMES, modules, strict=True)):
        warnings.warn(
            f"The compiled modules in {_HERE} are older than their sources and are not used, which makes a scan several"
            " times slower. Install the package again.",
            RuntimeWarning,
            stacklevel=2,
        )
        return none
    return modules


def _is_stale(name: str, compiled: str) -> bool:
    """Whether a source is newer than what was compiled of it.

    After an update of a checkout that answers as it did before, or is called as it never was. Beside what a wheel has
    brought no sources stand.
    """
    sources = (f"{name}.pyx", f"{name}.pxd", *_SHARED)
    return max(_written(f"{_HERE}/{source}") for source in sources) > _written(compiled)


def _written(path: str) -> float:
    """When a file was written; 0 if there is none."""
    try:
        return os.stat(path).st_mtime  # noqa: PTH116
    except OSError:
        return 0


letters, phrases, tables, look, markup, judge, utf8 = _built()
