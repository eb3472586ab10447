"""What scripts hide, as far as their text says so: no script is run here."""

from __future__ import annotations

import re
from typing import Final

_BY_ID: Final = re.compile(
    r"""(?:getElementById\(\s*(['"])|querySelector\(\s*(['"])\#)([\w.-]{1,64})(?:\1|\2)\s*\)\s*"""
    r"""\.(?:style\.(?:display|visibility)\s*=\s*(['"])(?:none|hidden)\4"""
    r"""|setAttribute\(\s*['"]style['"]\s*,\s*['"]\s*(?:display\s*:\s*none|visibility\s*:\s*hidden))"""
)
_KEPT_AS: Final = re.compile(r"""([\w$]{1,40})\s*=\s*document\.getElementById\(\s*(['"])([\w.-]{1,64})\2\s*\)""")
_OF_NAME: Final = re.compile(r"""([\w$]{1,40})\.style\.(?:display|visibility)\s*=\s*(['"])(?:none|hidden)\2""")
_RULE: Final = re.compile(r"""([#.])([\w-]{3,64})\s*\{[^}]{0,200}?(?:(?:top|left)\s*:\s*-\d{3,}|display\s*:\s*none)""")
_PIECES: Final = re.compile(r"""(['"])\s{0,9}\+\s{0,9}\1""")


def hidden_by_scripts(scripts: str) -> tuple[frozenset[str], frozenset[str]]:
    """The ids and the classes that the scripts of a page hide."""
    ids = {match[3] for match in _BY_ID.finditer(scripts)}
    names = {match[1]: match[3] for match in _KEPT_AS.finditer(scripts)}
    ids |= {names[match[1]] for match in _OF_NAME.finditer(scripts) if match[1] in names} if names else set()
    rules = {(match[1], match[2]) for match in _RULE.finditer(_PIECES.sub("", scripts))}
    return (
        frozenset(ids | {name for mark, name in rules if mark == "#"}),
        frozenset(name for mark, name in rules if mark == "."),
    )
