"""How much of a segment is link: share of linked characters, number of anchors, share with an absolute target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.features.characters import Characters

NAMES: Final = ("linked_share", "links", "foreign_share")


def columns(chars: Characters) -> list[NDArray[np.float32]]:
    """Columns :data:`NAMES`; ``links`` is log(1 + anchors)."""
    lengths = np.maximum(chars.ends - chars.starts, 1).astype(np.float32)
    return [chars.linked / lengths, np.log1p(chars.links), chars.foreign / np.maximum(chars.links, 1)]
