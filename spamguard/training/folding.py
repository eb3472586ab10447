"""How the fold table is made.

NFKC and lower case for single characters, invisible ones dropped, traditional Chinese read as simplified.
The Chinese pairs come from the package ``zhconv``, needed only here; the table itself is shipped with the model.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np

from spamguard.text.classes import SIZE
from spamguard.text.fold import DROP, SPACE

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇғɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢꜱ", "abcdefghijklmnoprtuvwyzs", strict=True))
_COMBINING = range(0x300, 0x370)


def fold_pairs() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Code points that change, and what they change to."""
    import zhconv

    source, target = [], []
    for code in range(0x80, SIZE):
        character = chr(code)
        folded = _folded(character)
        if "\u3400" <= folded <= "\u9fff":
            simple = zhconv.convert(folded, "zh-hans")
            folded = simple if len(simple) == 1 else folded
        if folded != character:
            source.append(code)
            target.append(ord(folded))
    source += range(ord("A"), ord("Z") + 1)
    target += range(ord("a"), ord("z") + 1)
    return np.asarray(source, dtype=np.uint32), np.asarray(target, dtype=np.uint32)


def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or ord(character) in _COMBINING or unicodedata.name(character, "").startswith("VARIATION"):
        return chr(DROP)
    if category in {"Zs", "Zl", "Zp"}:
        return chr(SPACE)
    if 0x1F130 <= ord(character) <= 0x1F189:  # squared and negative letters
        return chr(ord("a") + (ord(character) - 0x1F130) % 32) if (ord(character) - 0x1F130) % 32 < 26 else character
    character = _SMALL_CAPITALS.get(character, character)
    compatible = unicodedata.normalize("NFKC", character)
    if len(compatible) == 1:
        character = compatible
    lower = character.lower()
    return lower if len(lower) == 1 else character
