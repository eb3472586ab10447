"""Is a script worth reading? Asked of every script of every page: plain searches first, the cheapest and rarest.

What passes here is read closely (``spamguard/signs``), so a script may pass that turns out to be honest, but not many.
"""

from __future__ import annotations

import re
from typing import Final

_FETCHES: Final = re.compile(r"\bfetch\(|XMLHttpRequest|\$\.(?:get|ajax|post)\(|\.load\(")


def script_tells(text: str) -> bool:
    """Whether a script holds what scripts of intruders hold."""
    fills = "HTML" in text or ".html(" in text or ".load(" in text
    return fills and _FETCHES.search(text) is not None
