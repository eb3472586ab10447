"""Compiled twins of the few functions that see every character of every page.

They are built where a C compiler is found when the package is installed. Where none is, or where the environment says
``SPAMGUARD_PURE=1``, they are ``None``, and the same is done in Python and NumPy: same answers, several times slower.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

_NAMES = ("_letters", "_phrases", "_tables", "_look", "_markup", "_judge", "_utf8")


def _built() -> tuple[Any, ...]:
    """All of them, or none: half of them would be a program that nobody has tested."""
    if os.environ.get("SPAMGUARD_PURE") or sys.maxsize < 1 << 32:  # NumPy's places are of 32 bits there
        return (None,) * len(_NAMES)
    try:
        return tuple(import_module(f"{__name__}.{name}") for name in _NAMES)
    except ImportError:
        return (None,) * len(_NAMES)


letters, phrases, tables, look, markup, judge, utf8 = _built()
