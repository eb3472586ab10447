# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Segments as rows of numbers. The twin of ``features/table.py``.

The text is the attacker's: every index is a place in an array that was asked for its length, or a number of so many
bits that a table was asked to have room for.
"""

from libc.math cimport log1p
from libc.stdint cimport int8_t, int64_t, uint8_t, uint16_t, uint32_t

import numpy as np

cdef uint32_t STEP = 0x01000193u
cdef uint32_t MIX = 0x9E3779B1u
cdef enum:
    # The classes of classes.py.
    CLASSES = 16
    OTHER = 0
    WHITE = 1
    DIGIT = 2
    SEPARATOR = 3
    SENTENCE = 4
    LATIN = 5
    KANA = 13
    HAN = 14
    TRIPLES = 1 << 15
    COLUMNS = 31


_ON_PAGE, _INSIDE = np.zeros(TRIPLES, np.uint32), np.zeros(TRIPLES, np.uint32)
"""Counts of triples on the page and in one segment: all 0 again when :func:`table` is done."""


def table(
    const uint32_t[::1] codes,
    const uint8_t[::1] kinds,
    const int64_t[::1] starts,
    const int64_t[::1] ends,
    const double[::1] mean,
    const double[::1] window,
    const uint8_t[::1] loud,
    const int64_t[:] links,
    const int64_t[:] foreign,
    const double[::1] linked,
    const int64_t[:] hidden,
    const int64_t[:] away,
    const uint8_t[::1] after_end,
    const int64_t[::1] costumes,
    const int8_t[::1] places,
    const int64_t[::1] rows,
):
    """The table of ``table.feature_table``, columns in the order of its names."""
    cdef Py_ssize_t size = starts.shape[0], chosen = rows.shape[0], number, row, at, place, start, end, near
    result = np.zeros((chosen, COLUMNS), np.float32)
    cdef float[:, ::1] cell = result
    triple_, until_ = np.empty(codes.shape[0], np.uint16), np.empty(size, np.int64)
    cdef uint32_t[::1] on_page = _ON_PAGE, inside = _INSIDE
    cdef uint16_t[::1] triple = triple_
    cdef int64_t[::1] until = until_
    cdef uint32_t state
    cdef int64_t total = 0, hot = 0, length, around, sampled_all = 0
    cdef int64_t[CLASSES] page, histogram
    cdef double weighted = 0, spoken, heard
    cdef Py_ssize_t step = codes.shape[0] // 4096 + 1, best
    cdef int64_t twice, alone, whole, louds
    if kinds.shape[0] != codes.shape[0] or loud.shape[0] != codes.shape[0]:
        raise ValueError("as many classes and truths as characters")
    for number in (
        *(ends.shape[0], mean.shape[0], window.shape[0], links.shape[0], foreign.shape[0], linked.shape[0]),
        *(hidden.shape[0], away.shape[0], after_end.shape[0], costumes.shape[0], places.shape[0]),
    ):
        if number != size:
            raise ValueError("as many numbers of each sort as segments")
    for row in range(chosen):
        if not 0 <= rows[row] < size:
            raise ValueError("a segment that is not there")
    for number in range(size):
        if not 0 <= starts[number] <= ends[number] <= codes.shape[0]:
            raise ValueError("a segment outside of the text")
        length = ends[number] - starts[number]
        total += length
        until[number] = total
        weighted += mean[number] * length
        if mean[number] > 0:
            hot += length
    # From here on nothing asks for memory or calls Python: what interrupted it would leave its counts behind.
    for at in range(codes.shape[0]):
        state = codes[at] * STEP
        if at + 1 < codes.shape[0]:
            state ^= codes[at + 1]
        state *= STEP
        if at + 2 < codes.shape[0]:
            state ^= codes[at + 2]
        triple[at] = (state * MIX) >> 17
        on_page[triple[at]] += 1
    for at in range(CLASSES):
        page[at] = 0
    for at in range(0, codes.shape[0], step):
        page[kinds[at]] += 1
    page[HAN] += page[KANA]
    page[KANA] = 0
    for at in range(LATIN, HAN + 1):
        sampled_all += page[at]
    for row in range(chosen):
        number = rows[row]
        start = starts[number]
        end = ends[number]
        length = end - start
        cell[row, 0] = mean[number]
        cell[row, 1] = mean[number] * log1p(length)
        cell[row, 2] = window[number]
        cell[row, 3] = linked[number]
        cell[row, 4] = log1p(links[number])
        cell[row, 5] = <double>foreign[number] / max(links[number], 1)
        cell[row, 6] = hidden[number] > 0
        cell[row, 7] = away[number] > 0
        for near in range(max(number - 3, 0), number):
            if hidden[near]:
                cell[row, 8] = 1
            if away[near]:
                cell[row, 9] = 1
        cell[row, 10] = after_end[number]
        around = 0
        spoken = heard = 0
        for near in range(max(number - 2, 0), min(number + 3, size)):
            if near != number:
                around += ends[near] - starts[near]
                spoken += mean[near] * (ends[near] - starts[near])
                heard += window[near] * (ends[near] - starts[near])
        around = max(around, 1)
        cell[row, 11] = spoken / around
        cell[row, 12] = heard / around
        cell[row, 13] = (weighted - mean[number] * length) / max(total - length, 1)
        cell[row, 14] = <double>(hot - (length if mean[number] > 0 else 0)) / max(total - length, 1)
        cell[row, 15] = log1p(total - until[number])
        cell[row, 16] = log1p(size)
        for at in range(CLASSES):
            histogram[at] = 0
        louds = twice = alone = 0
        for place in range(start, end):
            histogram[kinds[place]] += 1
            louds += loud[place]
            if place < end - 2:
                inside[triple[place]] += 1
        whole = max(length - 2, 0)
        # Each triple is asked where it stands for the first time, and forgotten there.
        for place in range(start, end - 2):
            near = inside[triple[place]]
            if near:
                if near >= 2:
                    twice += near
                if on_page[triple[place]] == near:
                    alone += near
                inside[triple[place]] = 0
        histogram[HAN] += histogram[KANA]
        histogram[KANA] = 0
        best = LATIN
        around = 0
        for at in range(LATIN, HAN + 1):
            around += histogram[at]
            if histogram[at] > histogram[best]:
                best = at
        if histogram[OTHER] > 6 + 2 * around:
            cell[row, 17] = 1 - <double>page[OTHER] / max(page[OTHER] + sampled_all, 1)
        elif around:
            cell[row, 17] = 1 - <double>page[best] / max(sampled_all, 1)
        cell[row, 18] = <double>louds / max(length, 1)
        cell[row, 19] = log1p(length)
        cell[row, 20] = <double>histogram[DIGIT] / max(length, 1)
        cell[row, 21] = <double>histogram[SEPARATOR] / max(length, 1)
        cell[row, 22] = <double>histogram[SENTENCE] / max(length, 1)
        cell[row, 23] = <double>histogram[WHITE] / max(length, 1)
        cell[row, 24] = places[number] == 1
        cell[row, 25] = places[number] == 2
        cell[row, 26] = places[number] == 3
        cell[row, 27] = places[number] == 4
        cell[row, 28] = <double>twice / max(whole, 1)
        cell[row, 29] = <double>alone / max(whole, 1)
        cell[row, 30] = <double>costumes[number] / max(length, 1)
    for at in range(codes.shape[0]):
        on_page[triple[at]] = 0
    return result
