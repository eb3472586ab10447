# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Segments as rows of numbers. The twin of ``features/table.py``.

The text is the attacker's: every index is a place in an array that was asked for its length, or a number of so many
bits that a table was asked to have room for.
"""

from libc.math cimport log1p
from libc.stdint cimport int8_t, int64_t, uint8_t, uint16_t, uint32_t
from libc.string cimport memset

import numpy as np

cdef extern from *:
    """
    #define STEP 0x01000193u
    #define MIX 0x9E3779B1u
    """
    const uint32_t STEP, MIX
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


cdef enum:
    # Numbers below this fit into 16 bits.
    SHORT = 1 << 16

cdef uint16_t[TRIPLES] _SEEN_16, _INSIDE_16
cdef uint32_t[TRIPLES] _SEEN_32, _INSIDE_32
cdef uint8_t[TRIPLES] _ELSEWHERE
# Which segment a triple was seen in, how often it stands in one segment (all 0 again when that is done), and whether it
# stands anywhere else. While they are used nothing asks for memory or calls Python, so nobody comes between.

ctypedef fused number_t:
    uint16_t
    uint32_t


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
    twice_, alone_ = np.zeros(chosen, np.int64), np.zeros(chosen, np.int64)
    cdef uint16_t[::1] triple = triple_
    cdef int64_t[::1] twice = twice_, alone = alone_
    cdef int64_t[::1] until = until_
    cdef int64_t total = 0, hot = 0, length, around, sampled_all = 0, longest = 0
    cdef int64_t[CLASSES] page, histogram
    cdef double weighted = 0, spoken, heard
    cdef Py_ssize_t step = codes.shape[0] // 4096 + 1, best
    cdef int64_t whole, louds
    if kinds.shape[0] != codes.shape[0] or loud.shape[0] != codes.shape[0]:
        raise ValueError("as many classes and truths as characters")
    if not (
        size == ends.shape[0] == mean.shape[0] == window.shape[0] == links.shape[0] == foreign.shape[0]
        == linked.shape[0] == hidden.shape[0] == away.shape[0] == after_end.shape[0] == costumes.shape[0]
        == places.shape[0]
    ):
        raise ValueError("as many numbers of each sort as segments")
    for row in range(chosen):
        if not 0 <= rows[row] < size or (row and rows[row] <= rows[row - 1]):
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
        longest = max(longest, length)
    if chosen and codes.shape[0]:
        _hash(&codes[0], codes.shape[0], &triple[0])
        if chosen < SHORT - 1 and longest < SHORT:
            _count(&triple[0], codes.shape[0], starts, ends, rows, twice, alone, _SEEN_16, _INSIDE_16)
        else:
            _count(&triple[0], codes.shape[0], starts, ends, rows, twice, alone, _SEEN_32, _INSIDE_32)
    for at in range(CLASSES):
        page[at] = 0
    at = 0
    while at < codes.shape[0]:
        page[kinds[at]] += 1
        at += step
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
        louds = 0
        for place in range(start, end):
            louds += loud[place]
        for place in range(start, end):
            histogram[kinds[place]] += 1
        whole = max(length - 2, 0)
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
        cell[row, 28] = <double>twice[row] / max(whole, 1)
        cell[row, 29] = <double>alone[row] / max(whole, 1)
        cell[row, 30] = <double>costumes[number] / max(length, 1)
    return result


cdef void _hash(const uint32_t *codes, Py_ssize_t size, uint16_t *triple) noexcept:
    """A number for the three characters that start at each place; behind the last one nothing is added."""
    cdef Py_ssize_t at
    for at in range(size - 2):
        triple[at] = (((codes[at] * STEP ^ codes[at + 1]) * STEP ^ codes[at + 2]) * MIX) >> 17
    if size > 1:
        triple[size - 2] = ((codes[size - 2] * STEP ^ codes[size - 1]) * STEP * MIX) >> 17
    if size:
        triple[size - 1] = (codes[size - 1] * STEP * STEP * MIX) >> 17


cdef void _count(
    const uint16_t *triple,
    Py_ssize_t size,
    const int64_t[::1] starts,
    const int64_t[::1] ends,
    const int64_t[::1] rows,
    int64_t[::1] twice,
    int64_t[::1] alone,
    number_t *seen,
    number_t *inside,
) noexcept:
    """How many places of each chosen segment have a triple that stands there more than once, and nowhere else.

    A triple has no more than 15 bits, so there is room for it.
    """
    cdef Py_ssize_t row, at, end, done = 0
    cdef number_t before, me
    cdef int64_t more, only, near
    cdef int one
    memset(seen, 0, TRIPLES * sizeof(number_t))
    memset(_ELSEWHERE, 0, TRIPLES)
    for row in range(rows.shape[0]):
        for at in range(done, starts[rows[row]]):
            _ELSEWHERE[triple[at]] = 1
        end = max(ends[rows[row]] - 2, starts[rows[row]])
        me = <number_t>(row + 1)
        for at in range(starts[rows[row]], end):
            one = triple[at]
            # Another segment may have had it.
            before = seen[one]
            _ELSEWHERE[one] |= (before != 0) & (before != me)
            seen[one] = me
        done = end
    for at in range(done, size):
        _ELSEWHERE[triple[at]] = 1
    for row in range(rows.shape[0]):
        end = ends[rows[row]] - 2
        for at in range(starts[rows[row]], end):
            inside[triple[at]] += 1
        # Each triple is asked where it stands for the first time, and forgotten there: then there is nothing to add.
        more = only = 0
        for at in range(starts[rows[row]], end):
            one = triple[at]
            near = inside[one]
            more += near * (near >= 2)
            only += near * (1 - _ELSEWHERE[one])
            inside[one] = 0
        twice[row], alone[row] = more, only
