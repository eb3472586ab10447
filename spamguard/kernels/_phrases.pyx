# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""What a page says: scores of its n-grams, keywords, words of a list. Twins of ``features/keywords.py``,
``text/keynotes.py`` and ``page/watch.py``.

The text is the attacker's: every index is a place in an array that was asked for its length, or a number of so many
bits that a table was asked to have room for.
"""

from libc.stdint cimport int8_t, int16_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t
from libc.string cimport memset

import numpy as np

from spamguard.kernels._segments cimport (
    AT_ONCE,
    LONGEST,
    MIX,
    STEP,
    Hashes,
    Segments,
    hash_places,
    triples,
)

cdef extern from "Python.h":
    int PyUnicode_KIND(object text) noexcept
    const void *PyUnicode_DATA(object text) noexcept
    uint32_t PyUnicode_READ(int kind, const void *data, Py_ssize_t index) noexcept

cdef enum:
    WINDOW = 24
    ALL_PAIRS = 1 << 16
    GROUPS = 256
    SIZE = (1 << 15) + (1 << 17) + 2 * (1 << 18)


def words(
    const uint32_t[::1] codes,
    const int64_t[::1] starts,
    const int64_t[::1] ends,
    const int8_t[::1] table,
    int64_t quiet,
):
    """What ``keywords.words_of`` sums up: each segment's sum and its worst window, and which places are loud.

    ``starts`` and ``ends`` are those of ``bounds``: every segment's end is a place in ``codes``, and the next one begins
    behind it.
    """
    cdef Segments page
    cdef Py_ssize_t number, end = -1
    if table.shape[0] < SIZE:
        raise ValueError("a table of the wrong size")
    sums_, worst_ = np.zeros(starts.shape[0], np.int64), np.zeros(starts.shape[0], np.int64)
    loud_, weights_ = np.zeros(codes.shape[0], np.bool_), np.empty(codes.shape[0], np.int16)
    triple_ = np.empty(codes.shape[0], np.uint16)
    cdef int64_t[::1] sums = sums_, worst = worst_
    cdef uint8_t[::1] loud = loud_.view(np.uint8)
    cdef int16_t[::1] weights = weights_
    cdef uint16_t[::1] triple = triple_
    page.size, page.letters = starts.shape[0], codes.shape[0]
    if not page.size:
        return sums_, worst_, loud_
    for number in range(page.size):
        if not end < starts[number] <= ends[number] < page.letters:
            raise ValueError("a segment outside of the text")
        end = ends[number]
    page.codes, page.loud = <uint32_t *>&codes[0], &loud[0]
    page.starts, page.ends = <int64_t *>&starts[0], <int64_t *>&ends[0]
    sum_words(
        &page, &table[0], <int>min(max(quiet, -(1 << 15)), 1 << 15), &weights[0], &triple[0], &sums[0], &worst[0]
    )
    return sums_, worst_, loud_


cdef void sum_words(
    const Segments *page,
    const int8_t *table,
    int quiet,
    int16_t *weights,
    uint16_t *triple,
    int64_t *sums,
    int64_t *worst,
) noexcept:
    """The same for a page with at least one segment, each of which begins behind the one before. The n-grams of three
    letters are noted by the way: see ``triples``."""
    cdef Py_ssize_t number, at, end = page.ends[page.size - 1]
    _weigh(page.codes, page.letters, table, weights, triple)
    triples(page.codes, max(page.letters - LONGEST + 1, 0), page.letters, triple)
    for number in range(page.size):
        _weigh_tail(page.codes, page.starts[number], page.ends[number], table, weights)
        _sum_up(
            weights + page.starts[number], page.ends[number] - page.starts[number], &sums[number], &worst[number]
        )
    for at in range(end + 1):
        page.loud[at] = weights[at] > quiet


cdef void _weigh(
    const uint32_t *codes, Py_ssize_t size, const int8_t *table, int16_t *weights, uint16_t *triple
) noexcept:
    """The weight of the n-grams at each place, as if no segment ended."""
    cdef const int8_t *three = table + (1 << 15)
    cdef const int8_t *four = three + (1 << 17)
    cdef const int8_t *five = four + (1 << 18)
    cdef Py_ssize_t start, at, many
    cdef Hashes hashes
    for start in range(0, size - LONGEST + 1, AT_ONCE):
        many = min(size - LONGEST + 1 - start, AT_ONCE)
        hash_places(codes + start, <int>many, &hashes)
        for at in range(many):
            weights[start + at] = (
                table[hashes.two[at]] + three[hashes.three[at]] + four[hashes.four[at]] + five[hashes.five[at]]
            )
        for at in range(many):
            triple[start + at] = <uint16_t>(hashes.three[at] >> 2)


cdef void _weigh_tail(
    const uint32_t *codes, Py_ssize_t start, Py_ssize_t end, const int8_t *table, int16_t *weights
) noexcept:
    """The same for the last places of a segment, whose n-grams end where it does, and its mark."""
    cdef Py_ssize_t at
    cdef uint32_t state
    cdef int weight
    for at in range(max(start, end - 4), end):
        weight = 0
        if at + 2 <= end:
            state = codes[at] * STEP ^ codes[at + 1]
            weight += table[state * MIX >> 17]
            if at + 3 <= end:
                state = state * STEP ^ codes[at + 2]
                weight += table[(1 << 15) + <Py_ssize_t>(state * MIX >> 15)]
                if at + 4 <= end:
                    state = state * STEP ^ codes[at + 3]
                    weight += table[(1 << 15) + (1 << 17) + <Py_ssize_t>(state * MIX >> 14)]
        weights[at] = weight
    weights[end] = 0


cdef void _sum_up(const int16_t *weights, Py_ssize_t length, int64_t *total, int64_t *worst) noexcept:
    """The sum of a segment's weights, and the largest of a window; the sum if it is no longer than a window."""
    cdef Py_ssize_t at
    cdef int64_t window = 0, most, all_ = 0
    for at in range(min(length, WINDOW)):
        window += weights[at]
    most = all_ = window
    for at in range(WINDOW, length):
        all_ += weights[at]
        window += weights[at] - weights[at - WINDOW]
        most = max(most, window)
    total[0], worst[0] = all_, most


cdef class Keywords:
    """The keywords that are watched for: see ``keynotes.Keynotes.listed``.

    ``filters`` are the ``tables`` with a bit for each number that is not 0: they fit into the nearest memory. One more
    has a bit for the first three letters of each n-gram: hardly any place passes it. ``keywords`` is what :func:`listed`
    made: it has looked whether all that is said in there can be.
    """

    def __init__(self, list tables, list filters, const int64_t[::1] begins, const int32_t[:, ::1] keywords,
                 const uint32_t[::1] texts):
        cdef const uint16_t[::1] table
        cdef const uint8_t[::1] filter_
        cdef int order
        _hold(filters, tables)
        self.count = keywords.shape[0]
        if not self.count:
            return
        # What the pointers point into has to stay.
        self.held = (list(tables), list(filters), begins, keywords, texts)
        self.text.texts, self.text.begins, self.text.listed = &texts[0], &begins[0], &keywords[0, 0]
        for order in range(4):
            table = tables[order]
            self.text.tables[order] = &table[0]
        for order in range(5):
            filter_ = filters[order]
            self.text.filters[order] = &filter_[0]

    def standing(self, const uint32_t[::1] codes, const int64_t[::1] starts_of, const int64_t[::1] ends_of):
        """Where keywords stand in the stretches from ``starts_of`` to ``ends_of``: starts and ends, in order."""
        cdef Text text = self.text
        cdef Py_ssize_t number
        cdef list found = []
        if starts_of.shape[0] != ends_of.shape[0]:
            raise ValueError("as many starts as ends")
        if not codes.shape[0]:
            return found
        text.codes, text.size = &codes[0], codes.shape[0]
        for number in range(starts_of.shape[0]):
            self.add(&text, max(starts_of[number], 0), min(ends_of[number], text.size), found)
        return sorted(found)

    cdef int add(self, Text *text, Py_ssize_t start, Py_ssize_t end, list found) except -1:
        """Note where keywords stand in a stretch of the text."""
        cdef Py_ssize_t at, all_, many, kept, each
        cdef Py_ssize_t[AT_ONCE] asked
        cdef Hashes hashes
        if not self.count:
            return 0
        while start + LONGEST <= end:
            all_ = min(end - LONGEST + 1 - start, AT_ONCE)
            hash_places(text.codes + start, <int>all_, &hashes)
            # Few places are left over, but which ones no processor can guess: so nothing branches.
            many = 0
            for at in range(all_):
                asked[many] = at
                many += _bit(text.filters[0], hashes.two[at]) | _bit(text.filters[4], hashes.three[at])
            kept = 0
            for each in range(many):
                at = asked[each]
                asked[kept] = at
                kept += (
                    _bit(text.filters[0], hashes.two[at])
                    | _bit(text.filters[1], hashes.three[at])
                    | _bit(text.filters[2], hashes.four[at])
                    | _bit(text.filters[3], hashes.five[at])
                )
            for each in range(kept):
                _ask(text, start + asked[each], end, found)
            start += all_
        # The last letters.
        for at in range(start, end - 1):
            _ask(text, at, end, found)
        return 0


cdef inline int _bit(const uint8_t *filter_, uint32_t index) noexcept:
    return filter_[index >> 3] >> (index & 7) & 1


cdef int _ask(Text *text, Py_ssize_t at, Py_ssize_t end, list found) except -1:
    """Note the keywords with an n-gram that stands at a place of a stretch which goes to ``end``."""
    cdef uint32_t state = text.codes[at], index
    cdef int order, *bits = [17, 15, 14, 14]
    for order in range(4):
        if at + order + 2 > end:
            return 0
        state = state * STEP ^ text.codes[at + order + 1]
        index = state * MIX >> bits[order]
        if _bit(text.filters[order], index):
            _compare(text, at, text.tables[order][index], found)
    return 0


cdef int _compare(Text *text, Py_ssize_t place, Py_ssize_t number, list found) except -1:
    """Note which of the keywords with an n-gram's ``number`` stand around a place."""
    cdef Py_ssize_t keyword, start, length, at
    cdef const uint32_t *letters
    cdef const int32_t *listed
    for keyword in range(text.begins[number], text.begins[number + 1]):
        listed = text.listed + 4 * keyword
        start = place - listed[0]
        length = listed[1]
        if start < 0 or start + length > text.size or text.codes[start] != <uint32_t>listed[3]:
            continue
        letters = text.texts + listed[2]
        for at in range(1, length):
            if text.codes[start + at] != letters[at]:
                break
        else:
            found.append((start, start + length))
    return 0


def listed(offsets, lengths, starts, texts, begins, tables):
    """The keywords as :class:`Keywords` takes them: offset, length, place and first letter of each, side by side."""
    size = len(texts)
    if not len(offsets) == len(lengths) == len(starts):
        raise ValueError("keywords without a place")
    for table in tables:
        if int(table.max()) + 1 >= len(begins):
            raise ValueError("an n-gram has a number that is not listed")
    # A length that is too large is asked for by itself: added to a start, it could come out as a small one.
    if len(starts) and (
        int(starts.min()) < 0 or int(lengths.min()) < 1 or int(lengths.max()) > size
        or int((starts + lengths).max()) > size or int(offsets.min()) < 0 or int(offsets.max()) > size
    ):
        raise ValueError("a keyword outside of the texts")
    if int(begins.min()) < 0 or int(begins.max()) > len(starts):
        raise ValueError("a number outside of the list")
    return np.ascontiguousarray(np.stack((offsets, lengths, starts, texts[starts]), axis=1), dtype=np.int32)


cdef int _hold(list filters, list tables) except -1:
    """Every table must have a place for every index."""
    if len(filters) != 5 or [len(table) for table in tables] != [1 << 15, 1 << 17, 1 << 18, 1 << 18]:
        raise ValueError("a table of the wrong size")
    if [len(filter_) for filter_ in filters] != [1 << 12, 1 << 14, 1 << 15, 1 << 15, 1 << 14]:
        raise ValueError("a table of the wrong size")
    return 0


ctypedef fused letter:
    uint8_t
    uint16_t
    uint32_t


cdef inline Py_ssize_t _pair(const letter *data, Py_ssize_t at) noexcept:
    """Two letters in a row as a number, by what is lowest in each: other letters are taken for the same, but seldom."""
    return <uint8_t>data[at] | <Py_ssize_t><uint8_t>data[at + 1] << 8


cdef class Words:
    """Words of two letters and more, looked for by two letters of each in a row.

    Only every other place of a text is looked at: of each word, two pairs of letters are known that lie an odd number of
    letters apart. A word of two letters is also known by any letter before or behind it.
    """

    cdef uint8_t marked[ALL_PAIRS]  # by pair: 0, or the number of its group
    cdef int32_t begins[GROUPS + 1]  # by group: where its entries begin, and those of the next
    cdef const int32_t[:, ::1] entries  # the number of a word, and the place of the pair in it
    cdef const int32_t[:, ::1] places  # by word: where its letters begin and end
    cdef const uint32_t[::1] letters
    cdef list words
    cdef Py_ssize_t longest

    def __init__(self, words):
        cdef int group
        self.words = list(words)
        if not self.words or min(map(len, self.words)) < 2:
            raise ValueError("no words, or one of a single letter")
        self.longest = max(map(len, self.words))
        self.letters = np.frombuffer("".join(self.words).encode("utf-32-le"), np.uint32)
        ends = np.cumsum([len(word) for word in self.words])
        lengths = np.array([len(word) for word in self.words])
        self.places = np.ascontiguousarray(np.stack((ends - lengths, ends), axis=1), np.int32)
        of_pair = _by_pair(self.words)
        groups = list(dict.fromkeys(tuple(entries) for entries in of_pair.values()))
        if len(groups) >= GROUPS:  # what is too much has one group, where every word is compared
            groups[GROUPS - 2 :] = [tuple(sum(groups[GROUPS - 2 :], ()))]
        number_of = dict(zip(groups, range(1, GROUPS)))
        memset(self.marked, 0, sizeof(self.marked))
        for number, entries in of_pair.items():  # numbers of two bytes
            self.marked[number] = number_of.get(tuple(entries), GROUPS - 1)
        self.begins[0] = self.begins[1] = 0
        for group in range(1, GROUPS):
            more = len(groups[group - 1]) if group <= len(groups) else 0
            self.begins[group + 1] = self.begins[group] + <int32_t>more
        self.entries = np.array(sum(groups, ()), np.int32)

    def found_in(self, str text, bint any_one=False):
        """The words that stand in a text, as a set; the first one found is enough if ``any_one`` is."""
        found = set()
        self.search(text, 0, len(text), found, any_one)
        return found

    def may_stand_in(self, str text, Py_ssize_t start, Py_ssize_t end, Py_ssize_t edge):
        """Whether one of the words stands in a part of a text, of which so much is asked at either end. If it is longer, the
        two ends are one text, as if there were nothing between them."""
        start = max(start, 0)
        end = min(end, len(text))
        found = set()
        if end - start <= 2 * edge:
            return self.search(text, start, end, found, True)
        if self.search(text, start, start + edge, found, True) or self.search(text, end - edge, end, found, True):
            return True
        joint = min(edge, self.longest)
        seam = text[start + edge - joint : start + edge] + text[end - edge : end - edge + joint]
        return self.search(seam, 0, len(seam), found, True)

    cdef bint search(self, str text, Py_ssize_t start, Py_ssize_t end, set found, bint any_one) except -1:
        """Add what stands between two places of a text, which are inside, and say whether there was anything."""
        cdef int kind = PyUnicode_KIND(text)
        cdef const void *data = PyUnicode_DATA(text)
        if end - start < 2:
            return False
        if kind == 1:
            return _search(self, <const uint8_t *>data + start, end - start, found, any_one)
        if kind == 2:
            return _search(self, <const uint16_t *>data + start, end - start, found, any_one)
        return _search(self, <const uint32_t *>data + start, end - start, found, any_one)


cdef bint _search(Words words, const letter *data, Py_ssize_t size, set found, bint any_one) except -1:
    cdef const uint8_t *marked = words.marked
    cdef Py_ssize_t at = 0, place
    cdef int group
    while at + 2 <= size:
        if at + 8 <= size:
            # Four pairs at once: hardly ever is there one.
            if not (
                marked[_pair(data, at)] | marked[_pair(data, at + 2)]
                | marked[_pair(data, at + 4)] | marked[_pair(data, at + 6)]
            ):
                at += 8
                continue
            for place in range(at, at + 8, 2):
                group = marked[_pair(data, place)]
                if group and _stand(words, data, size, place, group, found) and any_one:
                    return True
            at += 8
        else:
            group = marked[_pair(data, at)]
            if group and _stand(words, data, size, at, group, found) and any_one:
                return True
            at += 2
    if at < size:  # one letter is left over: as if a zero stood behind it
        group = marked[<uint8_t>data[at]]
        if group:
            _stand(words, data, size, at, group, found)
    return len(found) > 0


cdef bint _stand(Words words, const letter *data, Py_ssize_t size, Py_ssize_t at, int group, set found) except -1:
    """Add the words of a pair's group that stand around it, and say whether one does."""
    cdef Py_ssize_t entry, begin, first, length, place
    cdef int32_t number
    cdef bint any_one = False
    for entry in range(words.begins[group], words.begins[group + 1]):
        number = words.entries[entry, 0]
        begin = at - words.entries[entry, 1]
        first = words.places[number, 0]
        length = words.places[number, 1] - first
        if begin < 0 or begin + length > size:
            continue
        for place in range(length):
            if data[begin + place] != words.letters[first + place]:
                break
        else:
            found.add(words.words[number])
            any_one = True
    return any_one


def _by_pair(words):
    """By pair, which words it may stand for, each with where the pair stands in it: the rarest one at an even place of
    the word, and at an odd one."""
    of_pair = {}
    for number, word in enumerate(words):
        low = [ord(letter) & 0xFF for letter in word]
        for parity in (0, 1):
            offsets = range(parity, len(word) - 1, 2)
            if len(offsets):
                offset = min(offsets, key=lambda at: _COMMON.find(word[at]) + _COMMON.find(word[at + 1]))
                of_pair.setdefault(low[offset] | low[offset + 1] << 8, []).append((number, offset))
            else:
                behind = _COMMON.find(chr(low[1])) < _COMMON.find(chr(low[0]))
                for any_one in range(0x100):
                    pair = low[1] | any_one << 8 if behind else any_one | low[0] << 8
                    of_pair.setdefault(pair, []).append((number, 1 if behind else -1))
    return of_pair


_COMMON = "zqjxkvb9876543210=);,\"'.(ywgpfmucdlhrsnioate "
"""Letters of scripts and texts, the common ones last: all others are rarer."""
