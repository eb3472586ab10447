"""The tokeniser of turbohtml, without the rest of it.

``import turbohtml`` also makes what turns trees into Markdown, feeds and records: it takes ten times as long as its
compiled core, which is all that tokens need, and a seventh of the time of a scan of one page.
"""

from __future__ import annotations

import sys
from importlib import import_module, util
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import ModuleType

    from turbohtml import TokenType, tokenize

__all__ = ["TokenType", "tokenize"]

_PACKAGE: Final = "turbohtml"
_CORE: Final = f"{_PACKAGE}._html"


def _core() -> ModuleType:
    """The compiled core, as the package itself would load it: from then on the package takes the one that is here.

    Wherever it does not lie as expected, the whole package is imported.
    """
    whole = None if _PACKAGE in sys.modules else util.find_spec(_PACKAGE)
    places = whole and whole.submodule_search_locations
    spec = PathFinder.find_spec(_CORE, places) if places else None
    if spec is None or spec.loader is None:
        return import_module(_CORE)
    core = util.module_from_spec(spec)
    spec.loader.exec_module(core)
    return sys.modules.setdefault(_CORE, core)


if not TYPE_CHECKING:
    TokenType, tokenize = _core().TokenType, _core().tokenize
