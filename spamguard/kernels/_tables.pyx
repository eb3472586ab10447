# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Segments as rows of numbers. The twin of ``features/table.py``.

The text is the attacker's: every index is a place in an array that was asked for its length, or a number of so many
bits that a table was asked to have room for.
"""

from libc.math cimport log1p
from libc.stdint cimport int8_t, int64_t, uint8_t, uint16_t, uint32_t
from libc.string cimport memset

import numpy as np

from spamguard.kernels._segments cimport Segments, triples

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
    const int64_t[::1] links,
    const int64_t[::1] foreign,
    const double[::1] linked,
    const int64_t[::1] hidden,
    const int64_t[::1] away,
    const uint8_t[::1] after_end,
    const int64_t[::1] costumes,
    const int8_t[::1] places,
    const int64_t[::1] rows,
):
    """The table of ``table.feature_table``, columns in the order of its names."""
    cdef Segments page
    cdef Py_ssize_t size = starts.shape[0], chosen = rows.shape[0], number, row
    cdef uint8_t highest = 0
    result = np.zeros((chosen, COLUMNS), np.float32)
    cdef float[:, ::1] cell = result
    if kinds.shape[0] != codes.shape[0] or loud.shape[0] != codes.shape[0]:
        raise ValueError("as many classes and truths as characters")
    for number in range(kinds.shape[0]):
        highest = max(highest, kinds[number])
    if highest >= CLASSES:
        raise ValueError("a class that there is not")
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
    if not chosen or not codes.shape[0]:
        return result
    triple_, until_ = np.empty(codes.shape[0], np.uint16), np.empty(size, np.int64)
    cdef uint16_t[::1] triple = triple_
    cdef int64_t[::1] until = until_
    page.size, page.letters = size, codes.shape[0]
    page.codes, page.kinds, page.loud = <uint32_t *>&codes[0], <uint8_t *>&kinds[0], <uint8_t *>&loud[0]
    page.starts, page.ends = <int64_t *>&starts[0], <int64_t *>&ends[0]
    page.mean, page.window, page.linked = <double *>&mean[0], <double *>&window[0], <double *>&linked[0]
    page.links, page.foreign = <int64_t *>&links[0], <int64_t *>&foreign[0]
    page.hidden, page.away = <int64_t *>&hidden[0], <int64_t *>&away[0]
    page.ended, page.costumes = <uint8_t *>&after_end[0], <int64_t *>&costumes[0]
    triples(page.codes, 0, page.letters, &triple[0])
    describe(&page, &places[0], &rows[0], chosen, &triple[0], &until[0], &cell[0, 0])
    return result


cdef void describe(
    const Segments *page,
    const int8_t *places,
    const int64_t *rows,
    Py_ssize_t chosen,
    const uint16_t *triple,
    int64_t *until,
    float *cells,
) noexcept:
    """Fill the rows of the table for the segments ``rows``, which are in order, by the ``triples`` of the page; ``until`` is to
    write on."""
    cdef Py_ssize_t size = page.size, number, row, at, start, end, near, best
    cdef int64_t length, around, sampled = 0, total = 0, hot = 0, longest = 0, louds
    cdef int64_t[CLASSES] sample, histogram
    cdef double weighted = 0, spoken, heard
    cdef float *cell
    for number in range(size):
        length = page.ends[number] - page.starts[number]
        total += length
        until[number] = total
        weighted += page.mean[number] * length
        if page.mean[number] > 0:
            hot += length
        longest = max(longest, length)
    memset(cells, 0, chosen * COLUMNS * sizeof(float))
    if chosen < SHORT - 1 and longest < SHORT:
        _count(triple, page, rows, chosen, cells, _SEEN_16, _INSIDE_16)
    else:
        _count(triple, page, rows, chosen, cells, _SEEN_32, _INSIDE_32)
    for at in range(CLASSES):
        sample[at] = 0
    at = 0
    while at < page.letters:
        sample[page.kinds[at]] += 1
        at += page.letters // 4096 + 1
    sample[HAN] += sample[KANA]
    sample[KANA] = 0
    for at in range(LATIN, HAN + 1):
        sampled += sample[at]
    for row in range(chosen):
        cell = cells + row * COLUMNS
        number = rows[row]
        start = page.starts[number]
        end = page.ends[number]
        length = end - start
        cell[0] = page.mean[number]
        cell[1] = page.mean[number] * log1p(length)
        cell[2] = page.window[number]
        cell[3] = page.linked[number]
        cell[4] = log1p(page.links[number])
        cell[5] = <double>page.foreign[number] / max(page.links[number], 1)
        cell[6] = page.hidden[number] > 0
        cell[7] = page.away[number] > 0
        for near in range(max(number - 3, 0), number):
            if page.hidden[near]:
                cell[8] = 1
            if page.away[near]:
                cell[9] = 1
        cell[10] = page.ended[number]
        around = 0
        spoken = heard = 0
        for near in range(max(number - 2, 0), min(number + 3, size)):
            if near != number:
                around += page.ends[near] - page.starts[near]
                spoken += page.mean[near] * (page.ends[near] - page.starts[near])
                heard += page.window[near] * (page.ends[near] - page.starts[near])
        around = max(around, 1)
        cell[11] = spoken / around
        cell[12] = heard / around
        cell[13] = (weighted - page.mean[number] * length) / max(total - length, 1)
        cell[14] = <double>(hot - (length if page.mean[number] > 0 else 0)) / max(total - length, 1)
        cell[15] = log1p(total - until[number])
        cell[16] = log1p(size)
        louds = 0
        for at in range(start, end):
            louds += page.loud[at]
        _count_kinds(page.kinds + start, length, histogram)
        histogram[HAN] += histogram[KANA]
        histogram[KANA] = 0
        best = LATIN
        around = 0
        for at in range(LATIN, HAN + 1):
            around += histogram[at]
            if histogram[at] > histogram[best]:
                best = at
        if histogram[OTHER] > 6 + 2 * around:
            cell[17] = 1 - <double>sample[OTHER] / max(sample[OTHER] + sampled, 1)
        elif around:
            cell[17] = 1 - <double>sample[best] / max(sampled, 1)
        cell[18] = <double>louds / max(length, 1)
        cell[19] = log1p(length)
        cell[20] = <double>histogram[DIGIT] / max(length, 1)
        cell[21] = <double>histogram[SEPARATOR] / max(length, 1)
        cell[22] = <double>histogram[SENTENCE] / max(length, 1)
        cell[23] = <double>histogram[WHITE] / max(length, 1)
        cell[24] = places[number] == 1
        cell[25] = places[number] == 2
        cell[26] = places[number] == 3
        cell[27] = places[number] == 4
        # The two columns between are those of :func:`_count`.
        cell[30] = <double>page.costumes[number] / max(length, 1)


cdef void _count_kinds(const uint8_t *kinds, Py_ssize_t size, int64_t *histogram) noexcept:
    """How many letters of each class there are. Letters of one class follow one another: four counters of each do not wait
    for one another."""
    cdef int64_t[4 * CLASSES] counts
    cdef Py_ssize_t at = 0
    cdef int kind
    memset(counts, 0, sizeof(counts))
    while at + 4 <= size:
        counts[kinds[at]] += 1
        counts[CLASSES + kinds[at + 1]] += 1
        counts[2 * CLASSES + kinds[at + 2]] += 1
        counts[3 * CLASSES + kinds[at + 3]] += 1
        at += 4
    while at < size:
        counts[kinds[at]] += 1
        at += 1
    for kind in range(CLASSES):
        histogram[kind] = (
            counts[kind] + counts[CLASSES + kind] + counts[2 * CLASSES + kind] + counts[3 * CLASSES + kind]
        )


cdef void _count(
    const uint16_t *triple,
    const Segments *page,
    const int64_t *rows,
    Py_ssize_t chosen,
    float *cells,
    number_t *seen,
    number_t *inside,
) noexcept:
    """The share of places of each chosen segment with a triple that stands there more than once, and nowhere else.

    A triple has no more than 15 bits, so there is room for it.
    """
    cdef Py_ssize_t row, at, start, end, done = 0
    cdef number_t before, me
    cdef int64_t more, only, near, whole
    cdef int one
    memset(seen, 0, TRIPLES * sizeof(number_t))
    memset(_ELSEWHERE, 0, TRIPLES)
    for row in range(chosen):
        start = page.starts[rows[row]]
        end = max(page.ends[rows[row]] - 2, start)
        for at in range(done, start):
            _ELSEWHERE[triple[at]] = 1
        me = <number_t>(row + 1)
        for at in range(start, end):
            one = triple[at]
            # Another segment may have had it.
            before = seen[one]
            _ELSEWHERE[one] |= (before != 0) & (before != me)
            seen[one] = me
        done = end
    for at in range(done, page.letters):
        _ELSEWHERE[triple[at]] = 1
    for row in range(chosen):
        start = page.starts[rows[row]]
        end = page.ends[rows[row]] - 2
        for at in range(start, end):
            inside[triple[at]] += 1
        # Each triple is asked where it stands for the first time, and forgotten there: then there is nothing to add.
        more = only = 0
        for at in range(start, end):
            one = triple[at]
            near = inside[one]
            more += near * (near >= 2)
            only += near * (1 - _ELSEWHERE[one])
            inside[one] = 0
        whole = max(end - start, 1)
        cells[row * COLUMNS + 28], cells[row * COLUMNS + 29] = <double>more / whole, <double>only / whole
