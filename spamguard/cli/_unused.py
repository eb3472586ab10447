"""Modules that libraries import and a scan never uses: they are run when somebody asks them for something.

NumPy puts the texts of its help on hundreds of functions by one of them, and imports others for calls that we do not
make; together they take an eighth of the time of a scan of one page. This is the recipe for lazy imports of the
documentation of ``importlib``: who uses such a module after all, finds it as it always is.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib.machinery import PathFinder
from importlib.util import LazyLoader
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

NAMES: Final = frozenset(
    {
        "ctypes",
        "linecache",
        "numpy._core._add_newdocs",
        "numpy._core._add_newdocs_scalars",
        "platform",
        "textwrap",
    }
)


class _Finder:
    """Finds what Python finds, and has it run later."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name in NAMES else None
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


@contextmanager
def left_alone() -> Iterator[None]:
    """Let imports pass by these modules. For one thread: two must not be the first to use one at the same time."""
    sys.meta_path.insert(0, _Finder)
    try:
        yield
    finally:
        sys.meta_path.remove(_Finder)
