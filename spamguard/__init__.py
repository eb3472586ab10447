"""Finds search-engine spam injected into honest web pages, says why, and cuts exactly it out.

``scan(data)`` judges the bytes of one page, ``clean(data)`` gives them back without the spam; a :class:`Guard` keeps
the loaded model for many calls. Importing this package loads nothing heavy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spamguard.errors import (
    ConfigError,
    LabelError,
    ModelError,
    PlanRefused,
    SpamguardError,
    Unjudgeable,
    UsageError,
)
from spamguard.findings import CATEGORIES, Cleaned, Edit, Evidence, Explanation, FileReport, Finding, Near, Span

if TYPE_CHECKING:
    from spamguard.guard import Guard, Settings, clean, scan

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

_LATE = frozenset({"Guard", "Settings", "clean", "scan"})


def __getattr__(name: str) -> Any:
    """Load what needs the model's libraries when it is first asked for."""
    if name in _LATE:
        from spamguard import guard

        return getattr(guard, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
