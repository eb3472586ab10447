"""The feature table of a page: one row a segment, one column a feature, families side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard import kernels
from spamguard.features import context, disguise, keywords, layout, links, strangeness
from spamguard.features.characters import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spamguard.features.characters import Folded, Marks
    from spamguard.features.keywords import Words

NAMES: Final = (
    *keywords.NAMES,
    *links.NAMES,
    *context.NAMES,
    "script_apart",
    "word_share",
    *layout.NAMES,
    *strangeness.NAMES,
    *disguise.NAMES,
)


def feature_table(
    text: Folded,
    marks: Marks,
    words: Words,
    kinds: NDArray[np.int8],
    rows: NDArray[np.intp],
) -> NDArray[np.float32]:
    """Features of the segments ``rows``, shape ``(len(rows), len(NAMES))``.

    What asks for every character is counted for these segments only; what compares them with their page knows it all.
    """
    if kernels.tables is not None:
        compiled: NDArray[np.float32] = kernels.tables.table(
            *(text.codes, text.kinds, text.starts, text.ends),
            *(words.mean, words.window, words.loud),
            *(np.ascontiguousarray(each) for each in (marks.links, marks.foreign, marks.linked, marks.hidden)),
            *(np.ascontiguousarray(marks.away), marks.after_end, marks.costumes),
            *(kinds, rows),
        )
        return compiled
    lengths = text.lengths()
    numbers = counted(text, rows)
    of_all = [*keywords.columns(words, lengths), *links.columns(marks), *context.columns(words, lengths)]
    of_rows = [
        context.script_apart(numbers),
        keywords.word_share(words, numbers),
        *layout.columns(numbers.histogram, lengths[rows], kinds[rows]),
        *strangeness.columns(text, numbers, rows),
        disguise.costume_share(marks, lengths, rows),
    ]
    table = np.empty((len(rows), len(NAMES)), dtype=np.float32)
    for number, column in enumerate(of_all):
        table[:, number] = column[rows]
    for number, column in enumerate(of_rows, start=len(of_all)):
        table[:, number] = column
    return table
