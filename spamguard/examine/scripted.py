"""What scripts hide, as far as their text says so: no script is run here."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_BY_ID: Final = re.compile(
    r"""(?:getElementById\(\s*(['"])|querySelector\(\s*(['"])\#)([\w.-]{1,64})(?:\1|\2)\s*\)\s*"""
    r"""\.(?:style\.(?:display|visibility)\s*=\s*(['"])(?:none|hidden)\4"""
    r"""|style\.cssText\s*\+?=\s*['"]\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)"""
    r"""|setAttribute\(\s*['"]style['"]\s*,\s*['"]\s*(?:display\s*:\s*none|visibility\s*:\s*hidden))"""
)
_KEPT: Final = re.compile(r"""document\.getElementById\(\s*(['"])([\w.-]{1,64})\1\s*\)""")
_KEPT_AS: Final = re.compile(r"([\w$]{1,40})\s{0,9}=\s{0,9}\Z")
_HIDES: Final = re.compile(r"""\.style\.(?:display|visibility)\s*=\s*(['"])(?:none|hidden)\1""")
_SHOWS: Final = re.compile(
    r"""\.style\.(?:display\s*=\s*['"](?:block|flex|grid|inline|table)|visibility\s*=\s*['"]visible|opacity\s*=\s*['"]?1\b)"""
)
_SHOWN_BY_ID: Final = re.compile(rf"""getElementById\(\s*['"]([\w.-]{{1,64}})['"]\s*\){_SHOWS.pattern}""")
_OF_NAME: Final = re.compile(r"[\w$]{1,40}\Z")
_BEFORE: Final = 60
"""Characters in front of a place in which a name stands. A pattern that begins with the name is tried everywhere."""
_RULE: Final = re.compile(r"""([#.])([\w-]{3,64})\s*\{[^}]{0,200}?(?:(?:top|left)\s*:\s*-\d{3,}|display\s*:\s*none)""")
_PIECES: Final = re.compile(r"""(['"])\s{0,9}\+\s{0,9}\1""")


def shown_by_scripts(view: str) -> frozenset[str]:
    """The ids of what a page's scripts, and what its buttons do, bring into sight: an age gate, a filter of a form.

    To say so costs nothing: it speaks for what leads to no other site only.
    """
    if "getElementById" not in view or _SHOWS.search(view) is None:
        return frozenset()
    return frozenset({match[1] for match in _SHOWN_BY_ID.finditer(view)} | _ids_kept(view, _SHOWS))


def _ids_kept(scripts: str, done: re.Pattern[str]) -> set[str]:
    """The ids of the elements that scripts keep under a name, and with which something is ``done`` by that name."""
    names = {
        kept[1]: match[2]
        for match in _KEPT.finditer(scripts)
        if (kept := _KEPT_AS.search(scripts, max(match.start() - _BEFORE, 0), match.start())) is not None
    }
    if not names:
        return set()
    called = (
        _OF_NAME.search(scripts, max(match.start() - _BEFORE, 0), match.start()) for match in done.finditer(scripts)
    )
    return {names[name[0]] for name in called if name is not None and name[0] in names}


@lru_cache(maxsize=2)
def hidden_by_scripts(scripts: str) -> tuple[frozenset[str], frozenset[str]]:
    """The ids and the classes that the scripts of a page hide. Of one page it is asked several times in a row."""
    ids = {match[3] for match in _BY_ID.finditer(scripts)} | _ids_kept(scripts, _HIDES)
    rules = {(match[1], match[2]) for match in _RULE.finditer(_PIECES.sub("", scripts))}
    return (
        frozenset(ids | {name for mark, name in rules if mark == "#"}),
        frozenset(name for mark, name in rules if mark == "."),
    )
