# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""The first look at a page: the twin of what ``model/candidate.py`` asks of every page, in one go.

The text is the attacker's: every index is a place in an array that was asked for its length, or a number of so many
bits that a table was asked to have room for.
"""

from libc.stdint cimport int8_t, int64_t, uint8_t, uint32_t

import math

import numpy as np

from spamguard.kernels import _letters as letters
from spamguard.kernels import _phrases as phrases
from spamguard.kernels import _tables as tables

cdef enum:
    # The marks of tokens.py.
    LINK = 2
    HIDDEN = 4
    FOREIGN = 5
    AWAY = 6
    END = 7
    VEILED = 8
    # Columns of the table of features.
    COLUMNS = 31
    WORD_MEAN = 0
    FOREIGN_SHARE = 5
    HIDES_ITSELF = 6
    HIDES_AWAY = 7
    HIDDEN_BEFORE = 8
    AWAY_BEFORE = 9
    BEHIND_THE_END = 10
    LENGTH = 19
    MOST_UNITS = 256
    WINDOW = 24


cdef class FirstLook:
    """What ``candidate.is_candidate`` asks of every page, in one go: most pages are answered here."""

    cdef const uint32_t[::1] folds, joint
    cdef const uint8_t[::1] kinds_of
    cdef const int8_t[::1] weights
    cdef double scale, bias
    cdef tuple keywords
    cdef const float[::1] gate_mean, gate_scale, hidden_bias, output
    cdef const float[:, ::1] hidden
    cdef float output_bias
    cdef object limits

    def __init__(self, tables, words, gate, keywords, limits):
        self.folds, self.kinds_of = tables
        self.joint = letters.joined(*tables)
        self.weights, self.scale, self.bias = words
        self.gate_mean, self.gate_scale, self.hidden, self.hidden_bias, self.output, self.output_bias = gate
        self.keywords, self.limits = keywords, limits
        if self.hidden.shape[0] != COLUMNS or not 0 < self.output.shape[0] <= MOST_UNITS or not (
            self.hidden.shape[1] == self.hidden_bias.shape[0] == self.output.shape[0]
        ) or not self.gate_mean.shape[0] == self.gate_scale.shape[0] == COLUMNS:
            raise ValueError("a gate of the wrong size")

    def look(self, raw, forward, const int8_t[::1] places, undone, bint plain, float quiet):
        """Whether the page is a candidate, as far as that can be told; else what was found out.

        That is: the folded codes, where keywords stand in them, where the last segments with links to other sites do,
        the suspects (as ``candidate.Suspects``) and what the gate takes them for, ``None`` if none reaches ``quiet``.
        ``undone`` is called for disguises.
        """
        cdef Py_ssize_t size = places.shape[0], number, row
        gathered = None if forward is not raw else letters.gathered(raw, size, self.joint)
        if gathered is None:
            codes_, kinds_, dropped, keep, disguised = letters.folded(forward, self.folds, self.kinds_of)
            if disguised:
                codes_, kinds_ = undone(codes_, kinds_, keep, dropped)
            gathered = (codes_, kinds_, *letters.bounds(codes_), *letters.marks(raw, dropped.view(np.uint8), size))
        codes_, kinds_, starts_, ends_, counts_, linked_, costumes_ = gathered
        cdef const uint32_t[::1] codes = codes_
        cdef const uint8_t[::1] kinds = kinds_
        cdef const int64_t[::1] starts = starts_, ends = ends_
        if size != starts.shape[0]:
            raise ValueError("a page has as many kinds as segments")
        sums_, worst_, loud_ = phrases.words(codes, starts, ends, self.weights, math.floor(-self.bias / self.scale))
        cdef const int64_t[:, ::1] counts = counts_
        cdef const int64_t[::1] costumes = costumes_, sums = sums_, worst = worst_
        mean_, window_ = np.empty(size, np.float64), np.empty(size, np.float64)
        ended_, links_ = np.zeros(size, np.bool_), np.empty(size, np.int64)
        cdef double[::1] mean = mean_, window = window_
        cdef uint8_t[::1] ended = ended_.view(np.uint8)
        cdef int64_t[::1] links = links_
        cdef int64_t length, total = 0
        cdef double spoken = 0
        for number in range(size):
            length = ends[number] - starts[number]
            mean[number] = <double>sums[number] / max(length, 1) * self.scale + self.bias
            window[number] = (worst[number] * self.scale + min(length, WINDOW) * self.bias) / WINDOW
            ended[number] = counts[number, END] > 0 or (number > 0 and ended[number - 1])
            links[number] = counts[number, LINK] + counts[number, FOREIGN]
            total += length
            spoken += mean[number] * length
        lengths = np.subtract(ends_, starts_)
        if not plain and _hides_something(lengths, counts, links, self.limits.long):
            return True
        rows_ = self.chosen(codes, kinds, starts, ends, counts, ended, costumes, window, places)
        cdef const int64_t[::1] rows = rows_
        table_ = tables.table(
            *(codes_, kinds_, starts_, ends_, mean_, window_, loud_.view(np.uint8)),
            *(links_, counts_[:, FOREIGN], linked_, counts_[:, HIDDEN], counts_[:, AWAY], ended, costumes_),
            *(places, rows_),
        )
        cdef const float[:, ::1] cell = table_
        cdef double page_words = spoken / max(total, 1)
        if not rows.shape[0]:
            return False
        if self.is_veiled(lengths, counts, mean) or self.whispers(cell):
            return True
        found = self.named(codes, starts_, ends_, counts, rows)
        gate_ = np.empty(rows.shape[0], np.float32)
        cdef float[::1] gate = gate_
        cdef bint any_quiet = False
        for row in range(rows.shape[0]):
            gate[row] = self.gate_of(&cell[row, 0])
            any_quiet |= gate[row] >= quiet
        if not found and not any_quiet:
            return False
        first = max(size - <Py_ssize_t>self.limits.credits, 0)
        credited = [(starts[number], ends[number]) for number in range(first, size) if counts[number, FOREIGN]]
        return codes_, found, credited, (rows_, table_, lengths, page_words), gate_ if any_quiet else None

    cdef float gate_of(self, const float *cell) noexcept:
        """What the gate makes of a row: unit beside unit, each of which adds up the columns one by one, as its twin does."""
        cdef float[MOST_UNITS] inner
        cdef float asked, score = self.output_bias
        cdef Py_ssize_t column, unit, units = self.output.shape[0]
        cdef const float *hidden = &self.hidden[0, 0]
        for unit in range(units):
            inner[unit] = self.hidden_bias[unit]
        for column in range(COLUMNS):
            asked = (cell[column] - self.gate_mean[column]) / self.gate_scale[column]
            for unit in range(units):
                inner[unit] += asked * hidden[unit]
            hidden += units
        for unit in range(units):
            if inner[unit] > 0:
                score += inner[unit] * self.output[unit]
        return score

    cdef object chosen(
        self,
        const uint32_t[::1] codes,
        const uint8_t[::1] kinds,
        const int64_t[::1] starts,
        const int64_t[::1] ends,
        const int64_t[:, ::1] counts,
        const uint8_t[::1] ended,
        const int64_t[::1] costumes,
        const double[::1] window,
        const int8_t[::1] places,
    ):
        """The numbers of the segments that are described."""
        cdef Py_ssize_t size = starts.shape[0], number, count = 0, texts = 0, seen = 0
        cdef int64_t linked_away = self.limits.linked_away, in_costume = self.limits.in_costume
        cdef Py_ssize_t first = self.limits.first, last = self.limits.last
        cdef double sounds = self.limits.sounds
        cdef const uint8_t[::1] strange = letters.unlike(codes, kinds, starts, ends).view(np.uint8)
        rows_ = np.empty(size, np.int64)
        cdef int64_t[::1] rows = rows_
        for number in range(size):
            texts += places[number] == 0
        for number in range(size):
            seen += places[number] == 0
            if (
                window[number] >= sounds
                or strange[number]
                or ended[number]
                or counts[number, HIDDEN] + counts[number, AWAY] > 0
                or counts[number, FOREIGN] >= linked_away
                or costumes[number] >= in_costume
                or places[number] == 1
                or places[number] == 2
                or (places[number] == 0 and (seen <= first or seen > texts - last))
            ):
                rows[count] = number
                count += 1
        if count > self.limits.most_rows:
            chosen = rows_[:count]
            loudest = np.argsort(-np.asarray(window)[chosen], kind="stable")[: self.limits.most_rows]
            return np.sort(chosen[loudest])
        return rows_[:count]

    cdef bint is_veiled(
        self, const int64_t[::1] lengths, const int64_t[:, ::1] counts, const double[::1] mean
    ) except -1:
        cdef Py_ssize_t number, near, hidden_at = -1, veiled_at = -1
        cdef Py_ssize_t few = self.limits.few, box = self.limits.box, nearby = self.limits.nearby
        cdef double link = self.limits.veiled_link, beside = self.limits.beside
        for number in range(lengths.shape[0]):
            if counts[number, HIDDEN] + counts[number, AWAY]:
                hidden_at = number
            if counts[number, VEILED]:
                veiled_at = number
            if counts[number, FOREIGN] and lengths[number] >= few and mean[number] > link:
                if veiled_at == number:
                    return True
                if mean[number] > beside and (
                    (hidden_at >= 0 and number - hidden_at <= box) or (veiled_at >= 0 and number - veiled_at <= nearby)
                ):
                    return True
        return False

    cdef bint whispers(self, const float[:, ::1] cell) except -1:
        cdef Py_ssize_t row
        cdef float short = self.limits.short, said = self.limits.whispered
        cdef float link = self.limits.whispered_link, beside = self.limits.beside
        cdef bint hidden, foreign
        for row in range(cell.shape[0]):
            if cell[row, WORD_MEAN] <= link or cell[row, LENGTH] <= short:
                continue
            hidden = cell[row, HIDES_ITSELF] + cell[row, HIDES_AWAY] > 0
            foreign = cell[row, FOREIGN_SHARE] > 0
            if hidden and cell[row, WORD_MEAN] > said:
                return True
            if foreign and (hidden or cell[row, BEHIND_THE_END] > 0 or cell[row, AWAY_BEFORE] > 0):
                return True
            if foreign and cell[row, HIDDEN_BEFORE] > 0 and cell[row, WORD_MEAN] > beside:
                return True
        return False

    cdef list named(
        self, const uint32_t[::1] codes, starts, ends, const int64_t[:, ::1] counts, const int64_t[::1] rows
    ):
        """Where keywords stand in suspects and in the last links to other sites."""
        cdef Py_ssize_t number, left = self.limits.most_linked
        asked_ = np.zeros(counts.shape[0], np.bool_)
        cdef uint8_t[::1] asked = asked_.view(np.uint8)
        for number in range(counts.shape[0] - 1, -1, -1):
            if counts[number, FOREIGN]:
                asked[number] = True
                left -= 1
                if not left:
                    break
        for number in range(rows.shape[0]):
            asked[rows[number]] = True
        return phrases.standing(codes, starts[asked_], ends[asked_], *self.keywords)


cdef bint _hides_something(
    const int64_t[::1] lengths, const int64_t[:, ::1] counts, const int64_t[::1] links, int64_t long_
) noexcept:
    cdef Py_ssize_t number
    for number in range(lengths.shape[0]):
        if counts[number, HIDDEN] + counts[number, AWAY] and lengths[number] > long_ and not links[number]:
            return True
    return False
