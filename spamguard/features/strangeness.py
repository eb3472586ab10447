"""Whether a segment speaks like the rest of its page: what gives spam away in a language that no word list knows.

A run of keywords repeats itself and says little else; what was put into a page seldom shares its letters in a row with
what stood there before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard import kernels
from spamguard.text.classes import COUNT, FIRST_SCRIPT, HAN, KANA, OTHER, SENTENCE
from spamguard.text.ngrams import TRIPLE_BITS, triples

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.features.characters import Counted, Folded

NAMES: Final = ("repeated", "strange")
_ONLY: Final = (1 << TRIPLE_BITS) - 1
_TWICE: Final = 2
_SAMPLED_AT: Final = np.asarray((0.2, 0.5, 0.8))
_MOST_OF: Final = 2
_RARE: Final = 0.3
_PHRASE: Final = 6
_LIST: Final = 120
_SENTENCE_LENGTH: Final = 200
_LETTERS, _SIGNS, _LETTERS_AGAIN = 0x530, 0x2000, 0xA000
"""Where letters of scripts without a class stand: from the first to the second, and from the last on."""
_ANY_OTHER: Final = HAN + 1


def columns(text: Folded, counted: Counted, rows: NDArray[np.intp]) -> list[NDArray[np.float64]]:
    """Columns :data:`NAMES` of the counted segments ``rows``.

    ``repeated``: the share of the places whose three characters stand in the segment more than once. ``strange``: the
    share of those whose three characters stand nowhere else on the page.
    """
    index = triples(text.codes)
    on_page = np.bincount(index, minlength=_ONLY + 1)
    inside = counted.places < text.ends[rows][counted.owner] - 2
    keys = counted.owner[inside].astype(np.int32) << TRIPLE_BITS
    keys |= index[counted.places[inside]].view(np.int32)
    keys.sort()
    edge = np.ones(len(keys) + 1, dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=edge[1:-1])
    edges = np.flatnonzero(edge)
    counts = np.diff(edges)
    keys = keys[edges[:-1]]
    owner = (keys >> TRIPLE_BITS).astype(np.intp)
    repeated, nowhere_else = counts >= _TWICE, on_page[keys & _ONLY] == counts
    weights = counts.astype(np.float64)
    whole, *parts = (
        np.bincount(owner, weights=weighed, minlength=len(rows))
        for weighed in (weights, weights * repeated, weights * nowhere_else)
    )
    whole = np.maximum(whole, 1)
    return [part / whole for part in parts]


def unlike_the_page(text: Folded) -> NDArray[np.bool_]:
    """Segments in a script that is rare on the page, by a few of their characters, and long ones without sentences."""
    if kernels.letters is not None:
        unlike: NDArray[np.bool_] = kernels.letters.unlike(text.codes, text.kinds, text.starts, text.ends)
        return unlike
    lengths = text.lengths()
    places = text.starts[:, None] + (lengths[:, None] * _SAMPLED_AT).astype(np.int64)
    scripts = text.kinds[places].astype(np.intp)
    scripts[scripts == KANA] = HAN
    codes = text.codes[places]
    scripts[(scripts == OTHER) & (codes >= _LETTERS) & ((codes < _SIGNS) | (codes >= _LETTERS_AGAIN))] = _ANY_OTHER
    share = np.bincount(scripts[:, 1], weights=lengths, minlength=COUNT) / max(int(lengths.sum()), 1)
    letters = (scripts >= FIRST_SCRIPT) & (share[scripts] < _RARE)
    unlike = (letters.sum(axis=1) >= _MOST_OF) & (lengths >= _PHRASE)
    long = np.flatnonzero(lengths >= _LIST)
    if len(long):
        sentences = np.zeros(len(text.kinds) + 1, dtype=np.int32)
        np.cumsum(text.kinds == SENTENCE, out=sentences[1:])
        marks = sentences[text.ends[long]] - sentences[text.starts[long]]
        unlike[long[marks * _SENTENCE_LENGTH < lengths[long]]] = True
    return unlike
