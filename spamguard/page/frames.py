"""How a frame is taken out of sight, or laid over the page, by its own markup."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from spamguard.page.patterns import pattern

_LONGEST_STYLE: Final = 2_000
_COVERS: Final = pattern(
    r"(?=.*position\s*:\s*fixed)(?=.*width\s*:\s*100(?:%|vw))(?=.*height\s*:\s*100(?:%|vh))"
    r"|(?=.*position\s*:\s*(?:fixed|absolute))(?=.*(?:inset\s*:\s*0|width\s*:\s*100))(?=.*z-index\s*:\s*\d{5})",
    re.IGNORECASE | re.DOTALL,
)
_DOT: Final = pattern(r"\s*[0-3](?:\.\d+)?\s*(?:px|pt|%)?\s*")
_STYLED_DOT: Final = pattern(
    r"(?<![\w-])(?:max-)?(width|height)\s*:\s*[0-3](?:px|pt|%)?\s*(?:!important\s*)?(?:;|$)", re.IGNORECASE
)
_AWAY: Final = pattern(
    r"(?:left|top|right|bottom|margin|text-indent)\s*:\s*-(?:\d{4,}|[5-9]\d\d)(?:px|pt|em|;|\s|$)"
    r"|translate(?:x|y|3d)?\(\s*(?:0\s*,\s*)?-(?:\d{4,}|[5-9]\d\d)",
    re.IGNORECASE,
)
_UNSEEN: Final = pattern(
    r"visibility\s*:\s*hidden|opacity\s*:\s*0?(?:\.0\d*)?\s*(?:!important\s*)?(?:;|$)", re.IGNORECASE
)
_GONE: Final = pattern(r"display\s*:\s*none", re.IGNORECASE)

_LONGEST: Final = 80
_MEASURES: Final = pattern(r"[;=\[]|\d{8}")
"""What stands in the path of an address that tells of a visit."""
_SHORT_QUERY: Final = 12
"""Characters of a query that tells nothing of the visitor: ``a=19``. What measures visits sends more."""


class Look(NamedTuple):
    """How a frame is to be seen: ``dot`` is one of next to no size, ``away`` one beside the screen.

    ``gone`` is how honest frames are hidden that only talk to their own site: a visitor counter, a challenge.
    """

    dot: bool
    away: bool
    over: bool
    faint: bool
    gone: bool

    @property
    def unseen(self) -> bool:
        """Whether people do not see it."""
        return self.dot or self.away or self.faint or self.gone

    @property
    def twice(self) -> bool:
        """Whether it would not be seen either if it stood elsewhere, or were larger."""
        return self.dot and self.away

    @property
    def way(self) -> str | None:
        """What hides it."""
        if self.away:
            return "off-screen"
        return "one-pixel" if self.dot else "style" if self.faint or self.gone else None

    def within(self, box: Look) -> Look:
        """How it is to be seen in a box that is hidden itself."""
        return Look(
            self.dot or box.dot, self.away or box.away, self.over, self.faint or box.faint, self.gone or box.gone
        )


def look_of(width: str | None, height: str | None, style: str) -> Look:
    """How something with these attributes is to be seen."""
    style = style[:_LONGEST_STYLE]
    styled = {side.lower() for side in _STYLED_DOT.findall(style)}
    small = _DOT.fullmatch(width or "") is not None or "width" in styled
    low = _DOT.fullmatch(height or "") is not None or "height" in styled
    away = _AWAY.search(style) is not None
    over = _COVERS.match(style) is not None and not away
    return Look(small and low, away, over, _UNSEEN.search(style) is not None, _GONE.search(style) is not None)


def is_silent(address: str, look: Look) -> bool:
    """Whether an address tells nothing of the visitor; one with a short query has to be hidden twice over."""
    path, _, query = address.partition("?")
    if len(address) > _LONGEST or _MEASURES.search(path) is not None or look.gone:
        return False
    if query or address.endswith("?"):
        said = "&" in query and "=" in query
        return len(query) <= _SHORT_QUERY and not said and (look.twice or look.over)
    return look.dot or look.away or look.over
