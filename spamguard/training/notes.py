"""Stores what the keywords of the shipped list are noticed by, beside a model's weights.

``spamguard train`` does. When only the list has changed, ``python -m spamguard.training.notes`` does it for the shipped
model; a list that the stored notes were not made for is read at run time, which is as right and takes a fifth of a
second longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from spamguard.model.weights import NOTES, list_mark, load, shipped
from spamguard.text.keynotes import notes_of, telling
from spamguard.training.packing import packed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.text.lexicon import Lexicon


def notes_file(lexicon: Lexicon, words: NDArray[np.int8]) -> bytes:
    """The notes of the shipped list under a model's word weights, as they are stored."""
    notes = notes_of(list(telling(lexicon)), words)
    return packed(
        {
            "list": np.frombuffer(list_mark(), dtype=np.uint8),
            "codes": notes.codes.astype(np.uint16 if notes.codes.max(initial=0) < 1 << 16 else np.uint32),
            "lengths": notes.lengths.astype(np.uint16),
            "orders": notes.orders.astype(np.uint8),
            "places": notes.places.astype(np.uint32),
            "offsets": notes.offsets.astype(np.uint16),
        }
    )


if __name__ == "__main__":
    model = load()
    (shipped() / NOTES).write_bytes(notes_file(model.lexicon, model.words))
