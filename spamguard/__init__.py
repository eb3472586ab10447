"""Finds search-engine spam injected into honest web pages, says why, and cuts exactly it out.

``scan(data)`` judges the bytes of one page, ``clean(data)`` gives them back without the spam; a :class:`Guard` keeps
the loaded model for many calls. Importing this package loads nothing heavy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from spamguard.errors import (
    ConfigError,
    LabelError,
    ModelError,
    PlanRefused,
    SpamguardError,
    Unjudgeable,
    UsageError,
)

if TYPE_CHECKING:
    from spamguard.findings import CATEGORIES, Edit, Evidence, Finding, Span
    from spamguard.guard import Guard, Settings, clean, scan
    from spamguard.verdicts import Cleaned, Explanation, FileReport, Near

__version__ = "0.1.0"

__all__ = [
    "CATEGORIES",
    "Cleaned",
    "ConfigError",
    "Edit",
    "Evidence",
    "Explanation",
    "FileReport",
    "Finding",
    "Guard",
    "LabelError",
    "ModelError",
    "Near",
    "PlanRefused",
    "Settings",
    "SpamguardError",
    "Span",
    "Unjudgeable",
    "UsageError",
    "__version__",
    "clean",
    "scan",
]

_LATE: Final = {
    "findings": frozenset({"CATEGORIES", "Edit", "Evidence", "Finding", "Span"}),
    "guard": frozenset({"Guard", "Settings", "clean", "scan"}),
    "verdicts": frozenset({"Cleaned", "Explanation", "FileReport", "Near"}),
}
"""What is loaded when it is first asked for, by the file that it stands in: a start of the program is short of time."""


def __getattr__(name: str) -> Any:
    for file, names in _LATE.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{file}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
