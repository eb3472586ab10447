# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""What is made of a page once its segments are described. Twins of ``model/trees.py`` and of the end of
``model/candidate.py``.

Every index is a place in an array that was asked for its length.
"""

from libc.math cimport log1p
from libc.stdint cimport int16_t, int64_t

import numpy as np

cdef enum:
    # Columns of the table of features.
    COLUMNS = 31
    FOREIGN_SHARE = 5
    HIDES_ITSELF = 6
    HIDES_AWAY = 7
    # Numbers of a page before those of its segments, and all of them.
    OF_PAGE = 17
    PAGE_COLUMNS = OF_PAGE + 2 * COLUMNS
    LOUDEST = 10


cdef struct Node:
    float below
    float value
    int16_t feature
    int16_t left
    int16_t right


cdef class Forest:
    """Trees that were looked through once: none of their nodes leads outside."""

    cdef Node[::1] nodes
    cdef Py_ssize_t trees, size
    cdef readonly Py_ssize_t columns
    cdef double base

    def __init__(
        self,
        const int16_t[:, ::1] feature,
        const float[:, ::1] below,
        const int16_t[:, ::1] left,
        const int16_t[:, ::1] right,
        const float[:, ::1] value,
        double base,
    ):
        cdef Py_ssize_t tree, at
        cdef Node *node
        self.trees, self.size, self.base = feature.shape[0], feature.shape[1], base
        if not self.trees == below.shape[0] == left.shape[0] == right.shape[0] == value.shape[0] or (
            not self.size == below.shape[1] == left.shape[1] == right.shape[1] == value.shape[1]
        ):
            raise ValueError("as many numbers of each sort as nodes")
        if self.trees and not self.size:
            raise IndexError("a tree without a node")
        self.nodes = np.empty(self.trees * self.size, _NODE)
        for tree in range(self.trees):
            for at in range(self.size):
                node = &self.nodes[tree * self.size + at]
                node.below, node.value, node.feature = below[tree, at], value[tree, at], feature[tree, at]
                node.left, node.right = left[tree, at], right[tree, at]
                if node.left == at:
                    continue
                if not (0 <= node.left < self.size and 0 <= node.right < self.size) or node.feature < 0:
                    raise IndexError("a node that leads outside of its tree")
                self.columns = max(self.columns, node.feature + 1)

    def score(self, const float[:, ::1] table):
        """What ``trees.Trees.score`` answers."""
        cdef Py_ssize_t row
        if table.shape[1] < self.columns:
            raise IndexError("a tree asks for a feature that is not there")
        scores_ = np.empty(table.shape[0], np.float64)
        cdef double[::1] scores = scores_
        for row in range(table.shape[0]):
            scores[row] = self.of_row(&table[row, 0]) if table.shape[1] else self.of_row(NULL)
        return scores_

    cdef double of_row(self, const float *cells) noexcept:
        """The score of a row of as many numbers as there are ``columns``, or more."""
        cdef Py_ssize_t tree, step
        cdef const Node *first
        cdef const Node *node
        cdef double total = 0
        for tree in range(self.trees):
            first = node = &self.nodes[tree * self.size]
            # Trees from a file may go round: a path has no more steps than there are nodes.
            for step in range(self.size):
                if first + node.left == node:
                    break
                node = first + (node.left if cells[node.feature] <= node.below else node.right)
            total += node.value
        return self.base + total


_NODE = np.dtype(
    [("below", np.float32), ("value", np.float32), ("feature", np.int16), ("left", np.int16), ("right", np.int16)],
    align=True,
)


cdef class Judge:
    """What sieve and judge of pages make of suspects: the twin of the end of ``candidate.is_candidate``."""

    cdef Forest sieve, pages
    cdef float gate_from, gate_quiet
    cdef double sieve_from, sieve_quiet, page_from, page_quiet, floor, ceiling, silent
    cdef Py_ssize_t[5] top

    def __init__(self, Forest sieve not None, Forest pages not None, gate_from, sieve_from, page_from, limits):
        self.sieve, self.pages = sieve, pages
        self.gate_from, self.gate_quiet = gate_from
        self.sieve_from, self.sieve_quiet = sieve_from
        self.page_from, self.page_quiet = page_from
        self.floor, self.ceiling, self.silent, top = limits
        for number in range(5):
            self.top[number] = top[number]
            if not 0 <= self.top[number] < LOUDEST:
                raise ValueError("a place that is not asked for")
        if sieve.columns > COLUMNS or pages.columns > PAGE_COLUMNS:
            raise IndexError("a tree asks for a feature that is not there")

    def is_broken_into(
        self,
        const int64_t[::1] rows,
        const float[:, ::1] table,
        const int64_t[::1] lengths,
        double page_words,
        const float[::1] gate,
    ):
        """Whether the page is a candidate for what its suspects are together."""
        cdef Py_ssize_t size = rows.shape[0], at, quiet = 0, count = 0
        if table.shape[0] != size or gate.shape[0] != size or table.shape[1] != COLUMNS:
            raise ValueError("as many rows and scores as suspects")
        for at in range(size):
            if not 0 <= rows[at] < lengths.shape[0]:
                raise ValueError("a segment that is not there")
            quiet += gate[at] >= self.gate_quiet
        if not quiet:
            return False
        asked_, chosen_ = np.empty(quiet, np.int64), np.empty(quiet, np.int64)
        score_, scores_ = np.empty(quiet, np.float64), np.empty(quiet, np.float64)
        cdef int64_t[::1] asked = asked_, chosen = chosen_
        cdef double[::1] score = score_, scores = scores_
        quiet = 0
        for at in range(size):
            if gate[at] >= self.gate_quiet:
                asked[quiet], score[quiet] = at, self.sieve.of_row(&table[at, 0])
                quiet += 1
        for at in range(quiet):
            if gate[asked[at]] >= self.gate_from:
                chosen[count], scores[count] = asked[at], score[at]
                count += 1
        cdef Page page
        page.rows, page.table, page.lengths, page.gate = &rows[0], &table[0, 0], &lengths[0], &gate[0]
        page.segments, page.words = lengths.shape[0], page_words
        page.suspects, page.scores = &chosen[0], &scores[0]
        if self.takes(&page, count, self.sieve_from, self.page_from):
            return True
        # A hidden link to another site was asked whether it whispers.
        count = 0
        for at in range(quiet):
            if (
                table[asked[at], HIDES_ITSELF] + table[asked[at], HIDES_AWAY] == 0
                or table[asked[at], FOREIGN_SHARE] == 0
            ):
                chosen[count], scores[count] = asked[at], score[at]
                count += 1
        return self.takes(&page, count, self.sieve_quiet, self.page_quiet)

    cdef bint takes(self, const Page *page, Py_ssize_t count, double sieve_from, double page_from) noexcept:
        """What ``candidate._is_broken_into`` answers for the first ``count`` of the chosen suspects."""
        cdef Py_ssize_t at
        cdef float[PAGE_COLUMNS] row
        for at in range(count):
            if page.scores[at] >= sieve_from:
                self.describe(page, count, row)
                return self.pages.of_row(row) >= page_from
        return False

    cdef void describe(self, const Page *page, Py_ssize_t count, float *row) noexcept:
        """What ``candidate.page_row`` makes of one suspect or more."""
        cdef Py_ssize_t at, column, place, segment, before = 0, worst = 0, first = 0, last = 0, begun = 0
        cdef Py_ssize_t hot = 0, very_hot = 0, loudest = min(count, 3)
        cdef int64_t characters = 0, whole = 0
        cdef double score, running = 0, least = 0, total = 0
        cdef double[LOUDEST] top
        cdef float[3] gates
        cdef float gate, added
        cdef const float *cells
        for at in range(LOUDEST):
            top[at] = self.floor
        for at in range(count):
            segment = page.rows[page.suspects[at]]
            score = min(max(page.scores[at], self.floor), self.ceiling)
            _sort_in(top, score)
            # The worst run: what stands between two suspects is paid for.
            if at:
                running += (segment - before - 1) * self.silent
            before = segment
            if at == 0 or running < least:
                least, begun = running, at
            running += score + 0.5
            if at == 0 or running - least > total:
                total, first, last = running - least, begun, at
            if score > 0:
                hot += 1
                characters += page.lengths[segment]
            very_hot += score > 1
            if page.scores[at] > page.scores[worst]:
                worst = at
        for at in range(page.segments):
            whole += page.lengths[at]
        whole = max(whole, 1)
        # The loudest three of the gate, added up from the least one on.
        for at in range(count):
            gate = page.gate[page.suspects[at]]
            if at < 3:
                gates[at] = gate
            elif gate > gates[0]:
                gates[0] = gate
            else:
                continue
            _sort_three(gates, min(at + 1, 3))
        gate = gates[0]
        for at in range(1, loudest):
            gate += gates[at]
        for at in range(5):
            row[at] = top[self.top[at]]
        row[5] = total
        row[6] = last - first + 1
        row[7] = page.rows[page.suspects[last]] - page.rows[page.suspects[first]] + 1
        row[8] = count
        row[9] = hot
        row[10] = very_hot
        row[11] = <double>hot / page.segments
        row[12] = log1p(characters)
        row[13] = <double>characters / whole
        row[14] = gate / loudest
        row[15] = page.words
        row[16] = log1p(whole)
        cells = page.table + page.suspects[worst] * COLUMNS
        for column in range(COLUMNS):
            row[OF_PAGE + column] = cells[column]
        for column in range(COLUMNS):
            added = 0
            for place in range(first, last + 1):
                added += page.table[page.suspects[place] * COLUMNS + column]
            row[OF_PAGE + COLUMNS + column] = added / <float>(last + 1 - first)


cdef struct Page:
    # The suspects, the segments and the chosen suspects of a page; see candidate.Suspects.
    const int64_t *rows
    const float *table
    const int64_t *lengths
    const float *gate
    const int64_t *suspects
    const double *scores
    Py_ssize_t segments
    double words


cdef void _sort_in(double *top, double score) noexcept:
    """Put a score in its place among the largest."""
    cdef Py_ssize_t at = LOUDEST - 1
    if score <= top[at]:
        return
    while at > 0 and top[at - 1] < score:
        top[at] = top[at - 1]
        at -= 1
    top[at] = score


cdef void _sort_three(float *gates, Py_ssize_t count) noexcept:
    """Sort up to three numbers, the least first."""
    if count > 1 and gates[0] > gates[1]:
        gates[0], gates[1] = gates[1], gates[0]
    if count > 2 and gates[1] > gates[2]:
        gates[1], gates[2] = gates[2], gates[1]
    if count > 1 and gates[0] > gates[1]:
        gates[0], gates[1] = gates[1], gates[0]
