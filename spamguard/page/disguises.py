"""Does a script hide what it writes? Asked of the few scripts that hold the means to do so: is there anything hidden?

The same means serve honest scripts: a counter unescapes a tag, an icon is kept in base64, a list of names has each
letter moved by one. What they make is read here as far as it takes to tell that it leads nowhere.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from itertools import islice
from typing import Final

from spamguard.page.patterns import pattern

_PERCENT: Final = pattern(
    r"%(?:u00)?3[Cc](?!/|script|['\"]\)\s?\+\s?['\"]\\?!|(?:span|div|img)\b[^%]{0,100}%3[Ee]%3[Cc]/)", re.IGNORECASE
)
"""Markup, but for a script's, a comment's or an empty element's: counters write these."""
_BASE64: Final = pattern(r"""(?:eval|write|Function|innerHTML|HTML)[^\n]{0,80}\batob\(|\batob\(\s{0,3}["'`]""")
_LITERAL: Final = pattern(r"""\batob\(\s{0,3}(?:(["'`])([A-Za-z0-9+/=\s]{0,8000})\1\s{0,3}\))?""")
_LEADS: Final = pattern(r"[<(]|\w\.[a-z]{2}", re.IGNORECASE)
"""In what leads somewhere or is run: markup, a call, a host."""
_PICTURE: Final = pattern(r"https?://[\w./-]{1,300}\.(?:png|gif|jpe?g|svg|webp|ico)", re.IGNORECASE)
_MOST_LITERALS: Final = 20
_CODES: Final = pattern(r"fromCharCode\(\s{0,3}(?:(?:0x)?[0-9a-fA-F]{1,6}\s{0,3},\s{0,3}){8}")
_CIPHER: Final = pattern(r"fromCharCode\(\s?[\w$]{1,20}(?:\[[^\[\]]{1,20}\]|\.charCodeAt\([^()]{0,20}\))\s?[\^+-]")
"""Letters made one by one, each moved by a key."""
_NUMBERS: Final = pattern(r"[\[(]\s?(?:(?:0x[0-9a-fA-F]{2,4}|\d{1,5})\s?,\s?){24}")
"""What letters may be made of somewhere else."""
_HEX: Final = pattern(r"(?:\\x[2-7][0-9a-fA-F]){4}")
_WIDE: Final = pattern(r"(?:\\u00[2-7][0-9a-fA-F]){5}")


def is_disguised(text: str, there: set[str]) -> bool:
    """Whether a script hides what it writes; ``there`` are the means that stand in it."""
    return bool(
        ("\\x6" in there and _HEX.search(text) is not None)
        or ("\\u006" in there and _WIDE.search(text) is not None)
        or (not there.isdisjoint(("unescape(", "decodeURI")) and "%" in text and _PERCENT.search(text))
        or ("atob(" in there and _BASE64.search(text) and _holds_base64(text))
        or ("fromCharCode" in there and _CODES.search(text) is not None)
        or "(p,a,c,k,e," in there
        or (".reverse()" in there and ".split(" in text and ".join(" in text)
    )


def deciphers(text: str) -> bool:
    """Whether a script makes letters one by one: of what, takes reading it."""
    return _CIPHER.search(text) is not None or _NUMBERS.search(text) is not None


def _holds_base64(text: str) -> bool:
    """Whether what is kept in base64 leads somewhere or is run, or is not told here."""
    found = list(islice(_LITERAL.finditer(text), _MOST_LITERALS + 1))
    if len(found) > _MOST_LITERALS or any(match[2] is None for match in found):
        return True
    try:
        kept = [b64decode(match[2]).decode("latin-1") for match in found]
    except (binascii.Error, ValueError):
        return True
    told = "".join(text for text in kept if _PICTURE.fullmatch(text) is None)
    return _LEADS.search(told) is not None
