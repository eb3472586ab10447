# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""The first look at a page: the twin of what ``model/candidate.py`` asks of every page, in one go.

The text is the attacker's: every index is a place in an array that was asked for its length, or a number of so many
bits that a table was asked to have room for.
"""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.math cimport floor
from libc.stdint cimport int8_t, int16_t, int64_t, uint8_t, uint16_t, uint32_t
from libc.string cimport memcpy, memset

import numpy as np

from spamguard.kernels import _letters as letters

from spamguard.kernels._letters cimport find_unlike, gather
from spamguard.kernels._phrases cimport Keywords, Text, sum_words
from spamguard.kernels._segments cimport Segments
from spamguard.kernels._tables cimport describe

cdef extern from "Python.h":
    Py_UCS4 *PyUnicode_AsUCS4(object text, Py_UCS4 *codes, Py_ssize_t size, int with_end) except NULL

cdef enum:
    # The marks of tokens.py.
    LINK = 2
    HIDDEN = 4
    FOREIGN = 5
    AWAY = 6
    END = 7
    VEILED = 8
    MARKS = 9
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
    # Numbers of 64 bits, and of 8, that are noted of each segment; bytes that are noted of each letter.
    WIDE = 12
    NARROW = 3
    OF_LETTER = 4 + 4 + 2 + 2 + 1 + 1


cdef class Room:
    """Memory for one page; given back when nobody holds it any more."""

    cdef char *memory
    cdef Py_ssize_t taken, size

    def __cinit__(self, Py_ssize_t size):
        self.memory = <char *>PyMem_Malloc(size)
        self.taken, self.size = 0, size
        if self.memory == NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.memory)

    cdef void *take(self, Py_ssize_t bytes_) except NULL:
        """A part of it, the widest numbers first."""
        cdef void *part = self.memory + self.taken
        if bytes_ < 0 or bytes_ > self.size - self.taken:
            raise MemoryError
        self.taken += bytes_
        return part


cdef class FirstLook:
    """What ``candidate.is_candidate`` asks of every page, in one go: most pages are answered here.

    Nothing in it changes when it is made: threads share it.
    """

    cdef const uint32_t[::1] folds, joint
    cdef const uint8_t[::1] kinds_of
    cdef const int8_t[::1] weights
    cdef double scale, bias
    cdef int loud_from
    cdef Keywords keywords
    cdef const float[::1] gate_mean, gate_scale, hidden_bias, output
    cdef const float[:, ::1] hidden
    cdef float output_bias
    cdef object undone
    # The limits of candidate.py.
    cdef int64_t long_, linked_away, in_costume
    cdef Py_ssize_t most_rows, first, last, few, box, nearby, most_linked, credits
    cdef double sounds, veiled_link
    cdef float short_, whispered, whispered_link, beside

    def __init__(self, tables, words, gate, keywords, limits, undone):
        self.folds, self.kinds_of = tables
        self.joint = letters.joined(*tables)
        self.weights, self.scale, self.bias = words
        self.loud_from = <int>min(max(floor(-self.bias / self.scale), -1e6), 1e6)
        self.gate_mean, self.gate_scale, self.hidden, self.hidden_bias, self.output, self.output_bias = gate
        self.keywords, self.undone = keywords, undone
        self.long_, self.linked_away, self.in_costume = limits.long, limits.linked_away, limits.in_costume
        self.most_rows, self.first, self.last = limits.most_rows, limits.first, limits.last
        self.few, self.box, self.nearby = limits.few, limits.box, limits.nearby
        self.most_linked, self.credits = limits.most_linked, limits.credits
        self.sounds, self.veiled_link, self.beside = limits.sounds, limits.veiled_link, limits.beside
        self.short_, self.whispered, self.whispered_link = limits.short, limits.whispered, limits.whispered_link
        if self.weights.shape[0] < (1 << 15) + (1 << 17) + 2 * (1 << 18):
            raise ValueError("a table of the wrong size")
        if self.hidden.shape[0] != COLUMNS or not 0 < self.output.shape[0] <= MOST_UNITS or not (
            self.hidden.shape[1] == self.hidden_bias.shape[0] == self.output.shape[0]
        ) or not self.gate_mean.shape[0] == self.gate_scale.shape[0] == COLUMNS:
            raise ValueError("a gate of the wrong size")

    def look(self, str text, forward, const int8_t[::1] places, bint plain, float quiet):
        """Whether the page is a candidate, as far as that can be told; else what was found out.

        That is: the folded codes, where keywords stand in them, where the last segments with links to other sites do,
        the suspects (as ``candidate.Suspects``) and what the gate takes them for, ``None`` if none reaches ``quiet``.
        ``forward`` are the codes of the text as it is read, if it is written so that it is read otherwise, else ``None``.
        """
        cdef Py_ssize_t size = places.shape[0], length = len(text), number, row, chosen, first
        cdef Segments page
        if not size or not length:
            return False
        cdef Room room = Room(size * (8 * WIDE + 8 * MARKS + NARROW) + (length + 8) * OF_LETTER)
        cdef int64_t *counts = <int64_t *>room.take(8 * MARKS * size)
        cdef int64_t *sums = <int64_t *>room.take(8 * size)
        cdef int64_t *worst = <int64_t *>room.take(8 * size)
        cdef int64_t *until = <int64_t *>room.take(8 * size)
        cdef int64_t *rows = <int64_t *>room.take(8 * size)
        page.size = size
        page.starts, page.ends = <int64_t *>room.take(8 * size), <int64_t *>room.take(8 * size)
        page.links, page.costumes = <int64_t *>room.take(8 * size), <int64_t *>room.take(8 * size)
        page.linked, page.mean = <double *>room.take(8 * size), <double *>room.take(8 * size)
        page.window = <double *>room.take(8 * size)
        page.foreign, page.hidden, page.away = counts + FOREIGN * size, counts + HIDDEN * size, counts + AWAY * size
        cdef uint32_t *raw = <uint32_t *>room.take(4 * length)
        page.codes = <uint32_t *>room.take(4 * length)
        cdef int16_t *weights = <int16_t *>room.take(2 * length)
        cdef uint16_t *triple = <uint16_t *>room.take(2 * length)
        page.kinds, page.loud = <uint8_t *>room.take(length), <uint8_t *>room.take(length)
        page.ended = <uint8_t *>room.take(size)
        cdef uint8_t *asked = <uint8_t *>room.take(size)
        memset(counts, 0, 8 * MARKS * size)
        memset(page.costumes, 0, 8 * size)
        PyUnicode_AsUCS4(text, <Py_UCS4 *>raw, length, False)
        if forward is not None or not gather(
            raw, length, &self.joint[0], <uint32_t>(self.joint.shape[0] - 1), &page, counts
        ):
            self.undo(text, forward, &page, counts)
        sum_words(&page, &self.weights[0], self.loud_from, weights, sums, worst)
        cdef double spoken = self.sum_up(&page, counts, sums, worst)
        cdef int64_t total = 0
        for number in range(size):
            total += page.ends[number] - page.starts[number]
        if not plain and self.hides_something(&page):
            return True
        chosen = self.choose(&page, &places[0], asked, rows)
        if not chosen:
            return False
        table_ = np.empty((chosen, COLUMNS), np.float32)
        cdef float[:, ::1] cell = table_
        describe(&page, &places[0], rows, chosen, triple, until, &cell[0, 0])
        if self.is_veiled(&page, counts + VEILED * size) or self.whispers(&cell[0, 0], chosen):
            return True
        cdef list found = self.named(&page, asked, rows, chosen)
        gate_ = np.empty(chosen, np.float32)
        cdef float[::1] gate = gate_
        cdef bint any_quiet = False
        for row in range(chosen):
            gate[row] = self.gate_of(&cell[row, 0])
            any_quiet |= gate[row] >= quiet
        if not found and not any_quiet:
            return False
        first = max(size - self.credits, 0)
        credited = [(page.starts[number], page.ends[number]) for number in range(first, size) if page.foreign[number]]
        rows_, lengths_ = np.empty(chosen, np.int64), np.empty(size, np.int64)
        codes_ = np.empty(page.letters, np.uint32)
        cdef int64_t[::1] numbers = rows_, lengths = lengths_
        cdef uint32_t[::1] codes = codes_
        memcpy(&numbers[0], rows, 8 * chosen)
        memcpy(&codes[0], page.codes, 4 * page.letters)
        for number in range(size):
            lengths[number] = page.ends[number] - page.starts[number]
        return codes_, found, credited, (rows_, table_, lengths_, spoken / max(total, 1)), gate_ if any_quiet else None

    cdef int undo(self, str text, forward, Segments *page, int64_t *counts) except -1:
        """The page where letters are disguised: the slow way, which knows how."""
        raw = letters.codes_of(text)
        cdef Py_ssize_t size = page.size, number, mark
        codes_, kinds_, dropped, keep, disguised = letters.folded(
            raw if forward is None else forward, self.folds, self.kinds_of
        )
        if disguised:
            codes_, kinds_ = self.undone(codes_, kinds_, keep, dropped)
        starts_, ends_ = letters.bounds(codes_)
        counts_, linked_, costumes_ = letters.marks(raw, dropped.view(np.uint8), size)
        cdef const uint32_t[::1] codes = codes_
        cdef const uint8_t[::1] kinds = kinds_
        cdef const int64_t[::1] starts = starts_, ends = ends_, costumes = costumes_
        cdef const int64_t[:, ::1] each = counts_
        cdef const double[::1] linked = linked_
        if starts.shape[0] != size or codes.shape[0] > len(text) or kinds.shape[0] != codes.shape[0]:
            raise ValueError("a page has as many kinds as segments")
        page.letters = codes.shape[0]
        memcpy(page.codes, &codes[0], 4 * page.letters)
        memcpy(page.kinds, &kinds[0], page.letters)
        for number in range(size):
            page.starts[number], page.ends[number] = starts[number], ends[number]
            page.costumes[number], page.linked[number] = costumes[number], linked[number]
            for mark in range(MARKS):
                counts[mark * size + number] = each[number, mark]
        return 0

    cdef double sum_up(self, Segments *page, const int64_t *counts, const int64_t *sums, const int64_t *worst) noexcept:
        """What segments sound like, their links, and which stand behind the end; answers what all letters weigh."""
        cdef Py_ssize_t number, size = page.size
        cdef int64_t length
        cdef double spoken = 0
        for number in range(size):
            length = page.ends[number] - page.starts[number]
            page.mean[number] = <double>sums[number] / max(length, 1) * self.scale + self.bias
            page.window[number] = (worst[number] * self.scale + min(length, WINDOW) * self.bias) / WINDOW
            page.ended[number] = counts[END * size + number] > 0 or (number > 0 and page.ended[number - 1])
            page.links[number] = counts[LINK * size + number] + page.foreign[number]
            spoken += page.mean[number] * length
        return spoken

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

    cdef Py_ssize_t choose(self, const Segments *page, const int8_t *places, uint8_t *strange, int64_t *rows) except -1:
        """Write down the numbers of the segments that are described, and say how many they are."""
        cdef Py_ssize_t number, count = 0, texts = 0, seen = 0
        find_unlike(page, strange)
        for number in range(page.size):
            texts += places[number] == 0
        for number in range(page.size):
            seen += places[number] == 0
            if (
                page.window[number] >= self.sounds
                or strange[number]
                or page.ended[number]
                or page.hidden[number] + page.away[number] > 0
                or page.foreign[number] >= self.linked_away
                or page.costumes[number] >= self.in_costume
                or places[number] == 1
                or places[number] == 2
                or (places[number] == 0 and (seen <= self.first or seen > texts - self.last))
            ):
                rows[count] = number
                count += 1
        if count <= self.most_rows:
            return count
        # The loudest, in their order.
        quiet = np.array([-page.window[rows[number]] for number in range(count)])
        for number, place in enumerate(np.sort(np.argsort(quiet, kind="stable")[: self.most_rows]).tolist()):
            rows[number] = rows[<Py_ssize_t>place]
        return self.most_rows

    cdef bint is_veiled(self, const Segments *page, const int64_t *veiled) noexcept:
        cdef Py_ssize_t number, hidden_at = -1, veiled_at = -1
        for number in range(page.size):
            if page.hidden[number] + page.away[number]:
                hidden_at = number
            if veiled[number]:
                veiled_at = number
            if (
                page.foreign[number]
                and page.ends[number] - page.starts[number] >= self.few
                and page.mean[number] > self.veiled_link
            ):
                if veiled_at == number:
                    return True
                if page.mean[number] > self.beside and (
                    (hidden_at >= 0 and number - hidden_at <= self.box)
                    or (veiled_at >= 0 and number - veiled_at <= self.nearby)
                ):
                    return True
        return False

    cdef bint whispers(self, const float *cell, Py_ssize_t rows) noexcept:
        cdef Py_ssize_t row
        cdef bint hidden, foreign
        for row in range(rows):
            if cell[WORD_MEAN] > self.whispered_link and cell[LENGTH] > self.short_:
                hidden = cell[HIDES_ITSELF] + cell[HIDES_AWAY] > 0
                foreign = cell[FOREIGN_SHARE] > 0
                if hidden and cell[WORD_MEAN] > self.whispered:
                    return True
                if foreign and (hidden or cell[BEHIND_THE_END] > 0 or cell[AWAY_BEFORE] > 0):
                    return True
                if foreign and cell[HIDDEN_BEFORE] > 0 and cell[WORD_MEAN] > self.beside:
                    return True
            cell += COLUMNS
        return False

    cdef list named(self, const Segments *page, uint8_t *asked, const int64_t *rows, Py_ssize_t chosen):
        """Where keywords stand in suspects and in the last links to other sites."""
        cdef Py_ssize_t number, left = self.most_linked
        cdef Text text = self.keywords.text
        cdef list found = []
        memset(asked, 0, page.size)
        for number in range(page.size - 1, -1, -1):
            if page.foreign[number]:
                asked[number] = True
                left -= 1
                if not left:
                    break
        for number in range(chosen):
            asked[rows[number]] = True
        text.codes, text.size = page.codes, page.letters
        for number in range(page.size):
            if asked[number]:
                self.keywords.add(&text, page.starts[number], page.ends[number], found)
        found.sort()
        return found

    cdef bint hides_something(self, const Segments *page) noexcept:
        cdef Py_ssize_t number
        for number in range(page.size):
            if (
                page.hidden[number] + page.away[number]
                and page.ends[number] - page.starts[number] > self.long_
                and not page.links[number]
            ):
                return True
        return False
