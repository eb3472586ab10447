"""What a segment is made of: length, digits, separators, sentence marks, the kind of place it stands in.

Spam runs are long lists without sentences; honest prose has spaces and full stops, menus are short.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.page.tokens import Kind
from spamguard.text import classes

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAMES: Final = (
    "length",
    "digit_share",
    "separator_share",
    "sentence_share",
    "space_share",
    "in_title",
    "in_meta",
    "in_comment",
    "in_attribute",
)
_PLACES: Final = tuple(int(kind) for kind in (Kind.TITLE, Kind.META, Kind.COMMENT, Kind.ATTRIBUTE))
"""As plain numbers: to ask an enumeration for a member and NumPy for what it is takes longer than to compare."""


def columns(
    histogram: NDArray[np.float32], lengths: NDArray[np.int64], kinds: NDArray[np.int8]
) -> list[NDArray[np.float64]]:
    """Columns :data:`NAMES`: log(1 + characters), shares of the characters, and one-hot places."""
    filled = np.maximum(lengths, 1)
    counted = (classes.DIGIT, classes.SEPARATOR, classes.SENTENCE, classes.SPACE)
    shares = [histogram[:, kind] / filled for kind in counted]
    places = [kinds == kind for kind in _PLACES]
    return [np.log1p(lengths), *shares, *places]
