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
    SIZE = (1 << 15) + (1 << 17) + 2 * (1 << 18)
    # Numbers of 64 bits, and of 8, that are noted of each segment; bytes that are noted of each letter.
    WIDE = MARKS + 11
    NARROW = 2
    OF_LETTER = 4 + 4 + 2 + 2 + 1 + 1


cdef class Room:
    """What is noted of one page, in memory that is given back when nobody holds it any more.

    ``counts`` are of all segments for a mark, mark by mark; ``spoken`` is what all letters weigh.
    """

    cdef Segments page
    cdef int64_t *counts
    cdef int64_t *sums
    cdef int64_t *worst
    cdef int64_t *until
    cdef int64_t *rows
    cdef uint32_t *raw
    cdef int16_t *weights
    cdef uint16_t *triple
    cdef uint8_t *asked
    cdef double spoken
    cdef char *memory
    cdef char *free

    def __cinit__(self, Py_ssize_t size, Py_ssize_t letters):
        self.memory = self.free = <char *>PyMem_Malloc(size * (8 * WIDE + NARROW) + letters * OF_LETTER)
        if self.memory == NULL:
            raise MemoryError
        cdef Segments *page = &self.page
        page.size, page.letters = size, letters
        # The widest numbers first: so each stands where its kind may stand.
        self.counts = <int64_t *>self.take(8 * MARKS * size)
        page.foreign, page.hidden = self.counts + FOREIGN * size, self.counts + HIDDEN * size
        page.away = self.counts + AWAY * size
        self.sums, self.worst = <int64_t *>self.take(8 * size), <int64_t *>self.take(8 * size)
        self.until, self.rows = <int64_t *>self.take(8 * size), <int64_t *>self.take(8 * size)
        page.starts, page.ends = <int64_t *>self.take(8 * size), <int64_t *>self.take(8 * size)
        page.links, page.costumes = <int64_t *>self.take(8 * size), <int64_t *>self.take(8 * size)
        page.linked, page.mean = <double *>self.take(8 * size), <double *>self.take(8 * size)
        page.window = <double *>self.take(8 * size)
        self.raw, page.codes = <uint32_t *>self.take(4 * letters), <uint32_t *>self.take(4 * letters)
        self.weights, self.triple = <int16_t *>self.take(2 * letters), <uint16_t *>self.take(2 * letters)
        page.kinds, page.loud = <uint8_t *>self.take(letters), <uint8_t *>self.take(letters)
        page.ended, self.asked = <uint8_t *>self.take(size), <uint8_t *>self.take(size)
        memset(self.counts, 0, 8 * MARKS * size)
        memset(page.costumes, 0, 8 * size)

    def __dealloc__(self):
        PyMem_Free(self.memory)

    cdef void *take(self, Py_ssize_t bytes_) noexcept:
        cdef void *part = self.free
        self.free += bytes_
        return part

    cdef object codes(self):
        """The folded letters, as an array of its own."""
        codes_ = np.empty(self.page.letters, np.uint32)
        cdef uint32_t[::1] codes = codes_
        memcpy(&codes[0], self.page.codes, 4 * self.page.letters)
        return codes_


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
        if self.weights.shape[0] < SIZE:
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
        cdef Py_ssize_t size = places.shape[0], number, row, chosen, first
        if not size or not text:
            return False
        cdef Room room = self.read(text, forward, size)
        cdef Segments *page = &room.page
        # Behind each segment stands its mark.
        cdef int64_t total = page.ends[size - 1] + 1 - size
        if not plain and self.hides_something(page):
            return True
        chosen = self.choose(page, &places[0], room.asked, room.rows)
        if not chosen:
            return False
        table_ = np.empty((chosen, COLUMNS), np.float32)
        cdef float[:, ::1] cell = table_
        describe(page, &places[0], room.rows, chosen, room.triple, room.until, &cell[0, 0])
        if self.is_veiled(page, room.counts + VEILED * size) or self.whispers(&cell[0, 0], chosen):
            return True
        cdef list found = self.named(page, room.asked, room.rows, chosen)
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
        cdef int64_t[::1] numbers = rows_, lengths = lengths_
        memcpy(&numbers[0], room.rows, 8 * chosen)
        for number in range(size):
            lengths[number] = page.ends[number] - page.starts[number]
        suspects = rows_, table_, lengths_, room.spoken / max(total, 1)
        return room.codes(), found, credited, suspects, gate_ if any_quiet else None

    def heard(self, str text, forward, Py_ssize_t size):
        """The folded characters of so many texts, each ended by 0, where each starts and ends, and the mean of each as
        ``score.word_means`` answers it. ``forward`` is as above."""
        if size < 1 or len(text) < size:
            raise ValueError("a text without an end")
        cdef Room room = self.read(text, forward, size)
        cdef Segments *page = &room.page
        starts_, ends_ = np.empty(size, np.int64), np.empty(size, np.int64)
        cdef int64_t[::1] starts = starts_, ends = ends_
        memcpy(&starts[0], page.starts, 8 * size)
        memcpy(&ends[0], page.ends, 8 * size)
        return room.codes(), starts_, ends_, [page.mean[number] for number in range(size)]

    cdef Room read(self, str text, forward, Py_ssize_t size):
        """Fold a text of so many segments, and note what marks and words say of each."""
        cdef Room room = Room(size, len(text))
        PyUnicode_AsUCS4(text, <Py_UCS4 *>room.raw, len(text), False)
        if forward is not None or not gather(
            room.raw, len(text), &self.joint[0], <uint32_t>(self.joint.shape[0] - 1), &room.page, room.counts
        ):
            self.undo(text, forward, &room.page, room.counts)
        sum_words(&room.page, &self.weights[0], self.loud_from, room.weights, room.triple, room.sums, room.worst)
        room.spoken = self.sum_up(&room.page, room.counts, room.sums, room.worst)
        return room

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
