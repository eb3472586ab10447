# What letters, names and references are, and what to do at each element: a part of _markup.pyx.

cdef extern from *:
    """
    #if defined(__GNUC__) && defined(__SSE2__)
    #include <emmintrin.h>
    #define EIGHT_AT_ONCE 1
    typedef __m128i Eight;
    static inline Eight eight_1(const void *data) {
        return _mm_unpacklo_epi8(_mm_loadl_epi64((const __m128i *)data), _mm_setzero_si128());
    }
    static inline Eight eight_2(const void *data) { return _mm_loadu_si128((const __m128i *)data); }
    static inline int first_of(int mask) { return mask ? __builtin_ctz(mask) >> 1 : 8; }
    static inline int first_like(Eight eight, int wanted) {
        return first_of(_mm_movemask_epi8(_mm_cmpeq_epi16(eight, _mm_set1_epi16((short)wanted))));
    }
    static inline int first_of_words(Eight eight) {
        Eight controls = _mm_and_si128(
            _mm_cmpgt_epi16(eight, _mm_set1_epi16(0x08)), _mm_cmplt_epi16(eight, _mm_set1_epi16(0x0E))
        );
        Eight blank = _mm_or_si128(controls, _mm_cmpeq_epi16(eight, _mm_set1_epi16(0x20)));
        return first_of(~_mm_movemask_epi8(blank) & 0xFFFF);
    }
    static inline int first_but_small(Eight eight, uint64_t *letters) {
        Eight small = _mm_and_si128(
            _mm_cmpgt_epi16(eight, _mm_set1_epi16(0x60)), _mm_cmplt_epi16(eight, _mm_set1_epi16(0x7B))
        );
        _mm_storel_epi64((__m128i *)letters, _mm_packus_epi16(eight, eight));
        return first_of(~_mm_movemask_epi8(small) & 0xFFFF);
    }
    #else
    #define EIGHT_AT_ONCE 0
    typedef int Eight;
    #define eight_1(data) 0
    #define eight_2(data) 0
    #define first_like(eight, wanted) 0
    #define first_of_words(eight) 0
    #define first_but_small(eight, letters) 0
    #endif
    """
    # Eight letters of one or two bytes, and the place among them of the first one that is like another, that is no white
    # space of ASCII, that is none of its small letters: 8 if there is none. The letters up to there, as a number.
    ctypedef int Eight
    const bint EIGHT_AT_ONCE
    Eight eight_1(const void *data) noexcept
    Eight eight_2(const void *data) noexcept
    int first_like(Eight eight, int wanted) noexcept
    int first_of_words(Eight eight) noexcept
    int first_but_small(Eight eight, uint64_t *letters) noexcept


cdef inline bint is_blank(uint32_t one) noexcept:
    return one == 0x20 or one == 0x0A or one == 0x09 or one == 0x0D or one == 0x0C


cdef inline bint is_quote(uint32_t one) noexcept:
    return one == 0x22 or one == 0x27


cdef inline bint is_letter(uint32_t one) noexcept:
    return 0x61 <= (one | 0x20) <= 0x7A and one < 0x80


cdef inline uint32_t lowered(uint32_t one) noexcept:
    return one | 0x20 if 0x41 <= one <= 0x5A else one


cdef bint _is_space(const letter *data, Py_ssize_t start, Py_ssize_t end) noexcept:
    cdef Py_ssize_t place
    for place in range(start, end):
        if data[place] == 0x20 or 0x09 <= data[place] <= 0x0D:
            continue
        if 0x20 < data[place] < 0x85 or not Py_UNICODE_ISSPACE(data[place]):
            return False
    return True


cdef inline Py_ssize_t _behind_blanks(const letter *data, Py_ssize_t start, Py_ssize_t end) noexcept:
    """The next place of a letter that is no white space of ASCII, the end if there is none."""
    cdef Py_ssize_t place = start
    cdef int among
    if EIGHT_AT_ONCE and letter is not uint32_t:
        while place + 8 <= end:
            if letter is uint8_t:
                among = first_of_words(eight_1(data + place))
            else:
                among = first_of_words(eight_2(data + place))
            place += among
            if among < 8:
                return place
    while place < end and (data[place] == 0x20 or 0x09 <= data[place] <= 0x0D):
        place += 1
    return place


cdef inline uint32_t _at(const letter *data, Py_ssize_t size, Py_ssize_t place) noexcept:
    """A character at a place that is not negative."""
    return data[place] if place < size else 0


cdef Py_ssize_t _find(const letter *data, Py_ssize_t start, Py_ssize_t end, uint32_t wanted) noexcept:
    """The next place of a character below 0x80, the end if there is none."""
    cdef Py_ssize_t place = start
    cdef uint64_t four
    cdef int among
    cdef const void *found
    if place >= end:
        return end
    if letter is uint8_t:
        found = memchr(data + place, <int>wanted, end - place)
        return end if found == NULL else <const letter *>found - data
    else:
        if letter is uint16_t:
            if EIGHT_AT_ONCE:
                while place + 8 <= end:
                    among = first_like(eight_2(data + place), <int>wanted)
                    place += among
                    if among < 8:
                        return place
            while place + 4 <= end:  # four at once: what is looked for is 0 then
                memcpy(&four, data + place, sizeof(four))
                four ^= wanted * <uint64_t>0x0001000100010001u
                if (four - <uint64_t>0x0001000100010001u) & ~four & <uint64_t>0x8000800080008000u:
                    break
                place += 4
        while place < end and data[place] != wanted:
            place += 1
        return place


cdef uint8_t[0x100] IN_NAME  # the small letter of what a name is made of, or one of these:
cdef enum:
    ENDS_NAME = 0
    IS_ODD = 1  # a zero, or not ASCII
    IS_EQUALS = 2
for _one in range(0x100):
    IN_NAME[_one] = IS_ODD if not 0 < _one < 0x80 else ENDS_NAME if chr(_one) in "\t\n\f\r />" else ord(chr(_one).lower())
IN_NAME[0x01] = IN_NAME[0x02] = IS_ODD  # names with such letters are no names that anybody knows
IN_NAME[0x3D] = IS_EQUALS


cdef inline uint8_t _in_name(uint32_t one) noexcept:
    return IN_NAME[one] if one < 0x100 else <uint8_t>IS_ODD


cdef inline Py_ssize_t _end_of_name(
    const letter *data, Py_ssize_t start, Py_ssize_t size, bint attribute, uint64_t *key
) noexcept:
    """Where the name of a tag or of an attribute ends, and the name as a number: 0 for one that is not like others."""
    cdef Py_ssize_t place = start, stop = min(start + PACKED, size)
    cdef uint64_t number = 0, low
    cdef int shift = 0, length = 0
    cdef bint odd = False
    # Most names are a few small letters: the end of such a one is found without a guess how long it is.
    if EIGHT_AT_ONCE and place + 8 <= size:
        if letter is uint8_t:
            length = first_but_small(eight_1(data + place), &number)
        elif letter is uint16_t:
            length = first_but_small(eight_2(data + place), &number)
        if 0 < length < PACKED:
            low = _in_name(data[place + length])
            if low == ENDS_NAME or (low == IS_EQUALS and attribute):
                key[0] = number & ((<uint64_t>1 << 8 * length) - 1)
                return place + length
        number = 0
    while place < stop:
        low = _in_name(data[place])
        if low <= IS_EQUALS:
            if low == ENDS_NAME or (low == IS_EQUALS and attribute and place > start):
                key[0] = 0 if odd else number
                return place
            odd = True  # no name that anybody knows
        number |= low << shift
        shift += 8
        place += 1
    while place < size:
        low = _in_name(data[place])
        if low == ENDS_NAME or (low == IS_EQUALS and attribute and place > start):
            break
        odd = True
        place += 1
    key[0] = 0 if odd else number
    return place


cdef bint _copy(const letter *data, Py_ssize_t start, Py_ssize_t end, uint32_t *to) noexcept:
    """Copy letters, and say whether no reference and no carriage return is among them."""
    cdef Py_ssize_t place
    cdef int odd = 0
    for place in range(start, end):
        odd |= (data[place] == 0x26) | (data[place] == 0x0D)
        to[place - start] = data[place]
    return not odd


cdef bint _has(str text, uint32_t one) except -1:
    return PyUnicode_FindChar(text, one, 0, len(text), 1) >= 0


cdef str _plain(str text):
    """What becomes of some control characters in values, comments and raw text."""
    if _has(text, 0x0D):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "\ufffd") if _has(text, 0) else text


cdef bint _joins(str text, Py_ssize_t start, Py_ssize_t end) except -1:
    """Whether a plus stands between two quotes in a part of a text, with one letter of white space at most on either
    side. What is not ASCII is taken for white space."""
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t place = start, before, behind
    cdef uint32_t one
    while True:
        place = PyUnicode_FindChar(text, 0x2B, place, end, 1)
        if place < 0:
            return False
        before, behind = place - 1, place + 1
        if before > start:
            one = PyUnicode_READ(kind, data, before)
            before -= one <= 0x20 or one >= 0x80
        if behind < end - 1:
            one = PyUnicode_READ(kind, data, behind)
            behind += one <= 0x20 or one >= 0x80
        if before >= start and behind < end and is_quote(PyUnicode_READ(kind, data, before)):
            if is_quote(PyUnicode_READ(kind, data, behind)):
                return True
        place += 1


cdef bint _leaps(str text, Py_ssize_t start, Py_ssize_t end) except -1:
    """Whether a minus with seven digits may stand in a part of a text, behind what it stands behind in a style. What is
    not ASCII is taken for anything."""
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t place = start, ahead
    cdef uint32_t one
    while True:
        place = PyUnicode_FindChar(text, 0x2D, place, end, 1)
        if place < 0:
            return False
        ahead = place + 1
        while ahead < end and ahead < place + 8:
            one = PyUnicode_READ(kind, data, ahead)
            if not (0x30 <= one <= 0x39 or one >= 0x80):
                break
            ahead += 1
        if ahead == place + 8 and place > start:
            one = PyUnicode_READ(kind, data, place - 1)
            if one <= 0x22 or one == 0x27 or one == 0x3A or one >= 0x80:
                return True
        place += 1


cdef str _lowered(str name):
    """A name as HTML knows it, where only letters of ASCII have two cases."""
    return name.lower() if name.isascii() else name.translate(_LOWER)


_LOWER = {number: number + 0x20 for number in range(0x41, 0x5B)}


cdef uint64_t packed(str name):
    """A name of ASCII letters as a number; 0 for one that is too long."""
    cdef uint64_t key = 0
    if len(name) > PACKED or not name.isascii():
        return 0
    for place, letter in enumerate(name):
        key |= <uint64_t>ord(letter) << 8 * <int>place
    return key


cdef uint64_t STYLE = packed("style"), HIDDEN = packed("hidden"), CLASS = packed("class"), ID = packed("id")
cdef uint64_t HREF = packed("href"), TITLE = packed("title"), OPEN = packed("open")
cdef uint64_t ALT = packed("alt"), VALUE = packed("value"), SUMMARY = packed("summary")
cdef uint64_t NAME = packed("name"), PROPERTY = packed("property")
cdef uint32_t[4] MARK_OF = [0, MARK_HIDDEN, MARK_AWAY, MARK_VEILED]


cdef struct Label:
    Py_ssize_t length, least
    uint8_t[LONGEST_LABEL] letters


cdef class Tags:
    """What to do at each element: ``acts`` by name, the other ``known`` names, and those ``seldom`` named by an id.

    ``labels`` are attributes that are read on every element, each with the length from which on it is. ``references``
    are the characters of the names that pages are full of. ``tokenize`` is the tokeniser, asked what all others mean.
    """

    cdef uint64_t keys[PLACES]
    cdef int8_t acts[PLACES]
    cdef uint64_t references[PLACES]
    cdef uint32_t characters[PLACES]
    cdef Label labels[MOST_LABELS]
    cdef Py_ssize_t label_count
    cdef uint32_t label_lengths
    cdef dict long_names
    cdef object tokenize

    def __init__(self, acts, known, seldom, labels, references, tokenize):
        cdef uint64_t key
        cdef Py_ssize_t place, number
        self.tokenize = tokenize
        everything = dict.fromkeys(known, KNOWN) | dict.fromkeys(seldom, SELDOM) | acts
        if max(len(everything), len(references)) > PLACES // 2 or len(labels) > MOST_LABELS:
            raise ValueError("more names than there is room for")
        self.long_names = {name: act for name, act in everything.items() if not packed(name)}
        for place in range(PLACES):
            self.keys[place] = self.references[place] = 0
        for name, act in everything.items():
            key = packed(name)
            if key:
                place = _place_of(key, self.keys)
                self.keys[place], self.acts[place] = key, act
        for name, character in references.items():
            key = packed(name)
            if key:
                place = _place_of(key, self.references)
                self.references[place], self.characters[place] = key, ord(character)
        self.label_count = len(labels)
        self.label_lengths = 0
        for number, (name, least) in enumerate(labels):
            if len(name) > LONGEST_LABEL or least < SHORTEST_TOLD:
                raise ValueError("a label that is not looked for")
            self.labels[number].length, self.labels[number].least = len(name), least
            self.label_lengths |= <uint32_t>1 << <int>len(name)
            for place, one in enumerate(name.encode("ascii")):
                self.labels[number].letters[place] = one

    cdef int act_of(self, uint64_t key) noexcept:
        cdef Py_ssize_t place = _place_of(key, self.keys)
        return self.acts[place] if self.keys[place] else UNKNOWN

    cdef inline bint may_be_label(self, Attribute *one) noexcept:
        """Whether there is a label with a name as long."""
        cdef Py_ssize_t length = one.end - one.start
        return length <= LONGEST_LABEL and self.label_lengths >> length & 1

    cdef uint32_t character_of(self, uint64_t key) noexcept:
        cdef Py_ssize_t place = _place_of(key, self.references)
        return self.characters[place] if key and self.references[place] else 0


cdef Py_ssize_t _place_of(uint64_t key, const uint64_t *keys) noexcept:
    """Where a key stands in a table that is at most half full, or would have to."""
    cdef Py_ssize_t place = (key * <uint64_t>0x9E3779B97F4A7C15u) >> 53
    while keys[place] and keys[place] != key:
        place = (place + 1) & (PLACES - 1)
    return place
