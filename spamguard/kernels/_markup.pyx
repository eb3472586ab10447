# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""The compiled twin of ``tokens._read``: one pass over the markup of a page, without an object for every token.

It knows of HTML what a tokeniser knows. What is rare it leaves to Python: styles, frames, meta tags, attributes that
hold text and the contents of raw elements go to the same functions that the twin calls.

The page is the attacker's: a character is only read through :meth:`Reader.at` and :func:`_at`, which answer 0 outside
the text, or where a comparison with the end of the text stands beside it.
"""

from cpython.mem cimport PyMem_Free, PyMem_Realloc
from libc.stdint cimport int8_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memchr, memcpy

cdef extern from "Python.h":
    int PyUnicode_KIND(object text) noexcept
    const void *PyUnicode_DATA(object text) noexcept
    uint32_t PyUnicode_READ(int kind, const void *data, Py_ssize_t index) noexcept
    Py_ssize_t PyUnicode_FindChar(object text, uint32_t wanted, Py_ssize_t start, Py_ssize_t end, int direction) except -2
    object PyUnicode_FromKindAndData(int kind, const void *data, Py_ssize_t size)
    object PyUnicode_Substring(object text, Py_ssize_t start, Py_ssize_t end)
    bint Py_UNICODE_ISSPACE(uint32_t one) noexcept

cdef enum:
    # As in tokens.py, from _BLOCK to _SHUT.
    BLOCK = 0
    INLINE = 1
    ANCHOR = 2
    META = 3
    TOLD = 4
    RAW = 5
    WHOLE = 6
    SHUT = 7
    # Elements that mean nothing: known ones, and those that hardly any page calls by an id.
    KNOWN = 8
    SELDOM = 9
    UNKNOWN = 10
    # The marks of tokens.py.
    BREAK = 0
    MARK_LINK = 2
    MARK_UNLINK = 3
    MARK_HIDDEN = 4
    MARK_FOREIGN = 5
    MARK_AWAY = 6
    MARK_END = 7
    MARK_VEILED = 8
    # Its limits: of comments, of titles of links, the least one of attributes.
    LONG_COMMENT = 16
    LONG_TITLE = 60
    SHORTEST_TOLD = 24
    PLACES = 2048
    PACKED = 8
    MOST_LABELS = 8
    LONGEST_LABEL = 16
    LENGTH_OF_PLACEHOLDER = 11

ctypedef fused letter:
    uint8_t
    uint16_t
    uint32_t

cdef struct Attribute:
    uint64_t key
    Py_ssize_t start, end, value, until


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


cdef inline uint32_t _at(const letter *data, Py_ssize_t size, Py_ssize_t place) noexcept:
    """A character at a place that is not negative."""
    return data[place] if place < size else 0


cdef Py_ssize_t _find(const letter *data, Py_ssize_t start, Py_ssize_t end, uint32_t wanted) noexcept:
    """The next place of a character below 0x80, the end if there is none."""
    cdef Py_ssize_t place = start
    cdef uint64_t four
    cdef const void *found
    if place >= end:
        return end
    if letter is uint8_t:
        found = memchr(data + place, <int>wanted, end - place)
        return end if found == NULL else <const letter *>found - data
    else:
        if letter is uint16_t:
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
    cdef int shift = 0
    cdef bint odd = False
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


cdef class Reader:
    """One pass over one text. To the functions that it calls it is the token that it stands at (``attr``)."""

    cdef str text
    cdef Tags tags
    cdef const void *data
    cdef int kind
    cdef Py_ssize_t size, place, shut
    cdef Attribute *attributes
    cdef Py_ssize_t count, room
    cdef uint64_t name
    cdef Py_ssize_t name_start, name_end
    cdef uint32_t *written
    cdef Py_ssize_t length, space
    cdef uint32_t last
    cdef list pieces
    cdef bint labelled

    def __cinit__(self, str text, Tags tags):
        self.text, self.tags = text, tags
        self.size = len(text)
        self.shut = -1
        self.kind = PyUnicode_KIND(text)
        self.data = PyUnicode_DATA(text)
        self.attributes = NULL
        self.written = NULL
        self.count = self.room = self.place = self.length = self.space = self.last = 0

    def __dealloc__(self):
        PyMem_Free(self.attributes)
        PyMem_Free(self.written)

    cdef inline uint32_t at(self, Py_ssize_t place) noexcept:
        return PyUnicode_READ(self.kind, self.data, place) if 0 <= place < self.size else 0

    cdef inline Py_ssize_t find(self, uint32_t wanted, Py_ssize_t start) except -2:
        """The next place of a character, the end of the text if there is none."""
        cdef Py_ssize_t found
        if start >= self.size:
            return self.size
        found = PyUnicode_FindChar(self.text, wanted, start, self.size, 1)
        return self.size if found < 0 else found

    cdef str part(self, Py_ssize_t start, Py_ssize_t end):
        return PyUnicode_Substring(self.text, start, min(end, self.size)) if start < end else ""

    # What is written down

    cdef int make_room(self, Py_ssize_t more) except -1:
        cdef uint32_t *longer
        if self.length + more > self.space:
            longer = <uint32_t *>PyMem_Realloc(self.written, (2 * self.space + more + 4096) * sizeof(uint32_t))
            if longer == NULL:
                raise MemoryError
            self.written = longer
            self.space = 2 * self.space + more + 4096
        return 0

    cdef inline int mark(self, uint32_t mark) except -1:
        """Write down one character, which is remembered as the ``last`` thing written."""
        self.make_room(1)
        self.written[self.length] = self.last = mark
        self.length += 1
        return 0

    cdef int write(self, str text) except -1:
        cdef Py_ssize_t place, size = len(text)
        cdef int kind = PyUnicode_KIND(text)
        cdef const void *data = PyUnicode_DATA(text)
        self.make_room(size)
        for place in range(size):
            self.written[self.length + place] = PyUnicode_READ(kind, data, place)
        self.wrote(size)
        return 0

    cdef void wrote(self, Py_ssize_t size) noexcept:
        """Note a text that is written down. No text but one of a single character is like a mark."""
        self.last = self.written[self.length] if size == 1 else BREAK
        self.length += size

    cdef int flush(self) except -1:
        """Hand over what is written."""
        if self.length:
            self.pieces.append(PyUnicode_FromKindAndData(4, self.written, self.length))
        self.length = 0
        return 0

    # One tag

    cdef bint read_tag(self, Py_ssize_t start) except -1:
        """Read the tag whose name begins at ``start``; false if the text ends inside it. Its end is ``place``."""
        if self.kind == 1:
            return _read_tag(self, <const uint8_t *>self.data, start)
        if self.kind == 2:
            return _read_tag(self, <const uint16_t *>self.data, start)
        return _read_tag(self, <const uint32_t *>self.data, start)

    cdef Attribute *new_attribute(self) except NULL:
        cdef Attribute *longer
        if self.count == self.room:
            longer = <Attribute *>PyMem_Realloc(self.attributes, max(2 * self.room, 16) * sizeof(Attribute))
            if longer == NULL:
                raise MemoryError
            self.attributes = longer
            self.room = max(2 * self.room, 16)
        self.count += 1
        return &self.attributes[self.count - 1]

    cdef Attribute *given(self, uint64_t key) noexcept:
        """An attribute of the tag by its packed name."""
        cdef Py_ssize_t number
        for number in range(self.count):
            if self.attributes[number].key == key:
                return &self.attributes[number]
        return NULL

    def attr(self, str name):
        """The value of an attribute as a person wrote it, ``None`` if there is none: what a token answers."""
        cdef uint64_t key = packed(name)
        cdef Py_ssize_t number
        cdef Attribute *one
        if key:
            one = self.given(key)
            return None if one == NULL else self.value_of(one)
        for number in range(self.count):
            one = &self.attributes[number]
            if not one.key and one.end - one.start == len(name) and _lowered(self.part(one.start, one.end)) == name:
                return self.value_of(one)
        return None

    cdef str value_of(self, Attribute *one):
        cdef str value = _plain(self.part(one.value, one.until))
        return self.resolved_value(value) if _has(value, 0x26) else value

    # The page

    def read(self, flow, depth, rules):
        """Add what the text holds to ``flow``; ``rules`` are what ``tokens.py`` says of it."""
        cdef bint broken = True, opens, hides
        cdef Py_ssize_t place = 0, begin, segments = 0
        cdef int act, way, perhaps = rules.perhaps
        cdef uint32_t one
        cdef str data, raw
        cdef Attribute *attribute
        cdef bint veiling = bool(flow.veils)
        cdef list carriers = flow.carriers
        self.pieces = flow.pieces
        way_of = rules.way_of
        while place < self.size:
            if self.text_from(place, broken):
                broken = False
            place = self.place
            if place >= self.size:
                break
            one = self.at(place + 1)
            if one == 0x21 or one == 0x3F or (one == 0x2F and not is_letter(self.at(place + 2))):
                data = self.comment_from(place)
                place = self.place
                if data is not None and len(data) >= LONG_COMMENT and not (broken and data.isspace()):
                    if not data.startswith("[if"):
                        carriers.append((rules.comment, data))
                continue
            opens = one != 0x2F
            if not self.read_tag(place + 1 if opens else place + 2):
                break
            place = self.place
            if opens and self.labelled:  # hardly ever: what a label says is asked in Python
                flow.labels += rules.labels_of(self)
            act = self.tags.act_of(self.name) if self.name else self.act_by_name()
            if act == BLOCK or act >= WHOLE and act <= SHUT:
                if not broken:
                    self.mark(BREAK)
                    segments += 1
                    broken = True
            if act == BLOCK or act == INLINE:
                if not opens or not self.count:
                    continue
                way = self.way(way_of)
                if way:
                    self.mark(MARK_OF[way])
                    if way != perhaps:
                        data = self.value_of(self.given(STYLE))
                        flow.signs = flow.signs or rules.is_far(data)
                        rules.unseen(self, flow)
                elif self.given(HIDDEN) != NULL:
                    self.mark(MARK_HIDDEN)
                if veiling and self.is_veiled(flow.veils):
                    self.mark(MARK_VEILED)
            elif act == ANCHOR:
                if not opens:
                    self.mark(MARK_UNLINK)
                    continue
                way = self.way(way_of)
                if way:
                    self.mark(MARK_OF[way])
                attribute = self.given(HREF)
                if attribute != NULL and self.leads_away(attribute):
                    if way and way != perhaps and self.given(CLASS) == NULL and self.given(ID) == NULL:
                        flow.signs = True
                    if self.given(HIDDEN) != NULL:
                        self.mark(MARK_HIDDEN)
                    if veiling and self.is_veiled(flow.veils):
                        self.mark(MARK_VEILED)
                    self.mark(MARK_FOREIGN)
                    if self.may_advertise(attribute) and rules.advertises(self.value_of(attribute)):
                        flow.signs = True
                    attribute = self.given(STYLE)
                    if attribute != NULL and rules.disguised(self.value_of(attribute)):
                        flow.signs = True
                else:
                    self.mark(MARK_LINK)
                attribute = self.given(TITLE)
                if attribute != NULL and attribute.until - attribute.value >= LONG_TITLE:
                    data = self.value_of(attribute)
                    if len(data) >= LONG_TITLE:
                        carriers.append((rules.attribute, data))
            elif act == KNOWN:
                pass
            elif act == RAW:
                if not opens:
                    continue
                data = self.name_now()
                if data == "iframe" and not depth:
                    if rules.frame(self, flow, boxed=self.last == MARK_AWAY):
                        flow.signs = True
                begin = place
                place = self.raw_end(data, begin)
                if place > begin:
                    if data == "script":
                        if not self.may_matter(begin, place, True, rules):
                            continue
                    elif data == "style" and not self.may_matter(begin, place, False, rules, not depth):
                        continue
                    raw = _plain(self.part(begin, place))
                    if _has(raw, 0x26) and (data == "title" or data == "textarea"):
                        raw = self.resolved_text(f"<{data}>{raw}")
                    if not (broken and raw.isspace()):
                        if data != "script" and data != "style" and data != "title":
                            self.flush()
                        begin = len(self.pieces)
                        rules.raw_text(data, raw, flow, depth)
                        veiling = bool(flow.veils)
                        if len(self.pieces) > begin:
                            raw = self.pieces[len(self.pieces) - 1]
                            self.last = ord(raw[len(raw) - 1]) if raw else BREAK
            elif act == SHUT:
                if opens:
                    way = self.way(way_of)
                    if way or self.given(OPEN) == NULL:
                        self.mark(MARK_OF[way] if way else MARK_VEILED)
                    else:
                        self.last = BREAK  # something stands between a box that hides and what comes next
            elif act == WHOLE:
                if not opens:
                    self.mark(MARK_END)
            elif act == META:
                if opens and self.may_be_told(rules.told_meta):
                    rules.meta(self, flow)
            elif act == TOLD:
                if opens and self.may_tell():
                    rules.told(self, self.name_now(), flow)
            elif act == SELDOM:
                if opens and self.given(ID) != NULL:
                    flow.signs = True
            elif not flow.signs:
                data = self.name_now()
                hides = self.last in (MARK_HIDDEN, MARK_AWAY)
                if data in rules.feed_tags or (hides and rules.is_invented(data)):
                    flow.signs = True
        if not broken:
            self.mark(BREAK)
            segments += 1
        self.flush()
        flow.size += segments

    cdef bint may_matter(self, Py_ssize_t start, Py_ssize_t end, bint script, rules, bint outermost=False) except -1:
        """Whether a script or a style sheet may hold anything that is asked for: most do not, and no text is made of
        them. What may is asked again in Python (``raw_text`` of the rules)."""
        cdef str text = self.text
        if self.has(0x0D, start, end):
            text = _plain(self.part(start, end))  # where a script has its edges depends on what its ends of lines become
            start, end = 0, len(text)
        if script:
            telling = rules.telling if self.may_join(text, start, end, rules.edge) else rules.telling_alone
            if telling(text, start, end, rules.edge):
                return True
        if outermost and end - start <= rules.small_sheet:
            return True
        return end - start <= rules.longest_rule and _leaps(text, start, end)

    cdef bint may_join(self, str text, Py_ssize_t start, Py_ssize_t end, Py_ssize_t edge) except -1:
        """Whether a string may be put together from two where a script is asked."""
        if end - start <= 2 * edge:
            return _joins(text, start, end)
        if _joins(text, start, start + edge) or _joins(text, end - edge, end):
            return True
        seam = text[start + edge - 4 : start + edge] + text[end - edge : end - edge + 4]
        return _joins(seam, 0, len(seam))

    cdef bint has(self, uint32_t one, Py_ssize_t start, Py_ssize_t end) except -1:
        return PyUnicode_FindChar(self.text, one, start, end, 1) >= 0

    cdef int way(self, way_of) except -1:
        """How the tag's own style hides it."""
        cdef Attribute *style = self.given(STYLE)
        if style == NULL or style.until == style.value:
            return 0
        return way_of(self.value_of(style))

    cdef bint is_veiled(self, set veils) except -1:
        """Whether a small style sheet may hide the element: as ``tokens.py`` asks."""
        cdef Attribute *one = self.given(CLASS)
        cdef str name
        if one != NULL:
            name = self.value_of(one)
            if name and (name in veils or (_has(name, 0x20) and not veils.isdisjoint(name.split()))):
                return True
        one = self.given(ID)
        if one == NULL:
            return False
        name = self.value_of(one)
        return bool(name) and "#" + name in veils

    cdef bint may_be_told(self, names) except -1:
        """Whether a meta tag has one of the names, or none at all."""
        cdef Attribute *one = self.given(NAME)
        cdef str name = None if one == NULL else self.value_of(one)
        if not name:
            one = self.given(PROPERTY)
            if one == NULL:
                return True
            name = self.value_of(one)
        return name.lower() in names

    cdef bint may_tell(self) noexcept:
        """Whether an attribute that is read as words is long enough."""
        cdef Py_ssize_t number
        cdef Attribute *one
        for number in range(self.count):
            one = &self.attributes[number]
            if one.until - one.value < SHORTEST_TOLD:
                continue
            if one.key == ALT or one.key == TITLE or one.key == VALUE or one.key == SUMMARY:
                return True
            if one.key == 0 and one.end - one.start == LENGTH_OF_PLACEHOLDER:
                return True
        return False

    cdef str name_now(self):
        cdef uint8_t[PACKED] letters
        cdef int length = 0
        if self.name:
            while length < PACKED and self.name >> 8 * length:
                letters[length] = <uint8_t>(self.name >> 8 * length)
                length += 1
            return PyUnicode_FromKindAndData(1, letters, length)
        return _lowered(self.part(self.name_start, self.name_end)).replace("\0", "\ufffd")

    cdef int act_by_name(self) except -1:
        return self.tags.long_names.get(self.name_now(), UNKNOWN)

    cdef bint leads_away(self, Attribute *one) except -1:
        """Whether an address is absolute."""
        cdef Py_ssize_t at = one.value
        cdef uint32_t first = self.at(at) if at < one.until else 0
        if first == 0x26 or (first in (0x68, 0x2F) and PyUnicode_FindChar(self.text, 0x26, at, min(at + 4, one.until), 1) >= 0):
            return self.value_of(one).startswith(("http", "//"))
        if first == 0x2F:
            return at + 1 < one.until and self.at(at + 1) == 0x2F
        return (
            first == 0x68 and at + 3 < one.until
            and self.at(at + 1) == 0x74 and self.at(at + 2) == 0x74 and self.at(at + 3) == 0x70
        )

    cdef bint may_advertise(self, Attribute *one) noexcept:
        """Whether an address holds an escaped sign or one that is not ASCII."""
        cdef Py_ssize_t place
        cdef uint32_t sign
        cdef bint plain
        if self.kind == 1:
            plain = _is_plain_address(<const uint8_t *>self.data, one.value, one.until)
        elif self.kind == 2:
            plain = _is_plain_address(<const uint16_t *>self.data, one.value, one.until)
        else:
            plain = _is_plain_address(<const uint32_t *>self.data, one.value, one.until)
        if plain:
            return False
        for place in range(one.value, one.until):
            sign = self.at(place)
            if sign >= 0x80 or sign == 0x25 or (sign == 0x26 and self.may_stand_for(place + 1)):
                return True
        return False

    cdef bint may_stand_for(self, Py_ssize_t start) noexcept:
        """Whether a reference may stand for anything but the ``&`` between two parts of a query."""
        cdef Py_ssize_t place = start
        while is_letter(self.at(place)) or 0x30 <= self.at(place) <= 0x39:
            place += 1
        if self.at(place) == 0x3B:
            return not (place - start == 3 and self.at(start) == 0x61 and self.at(start + 1) == 0x6D)
        return self.at(place) != 0x3D

    cdef bint text_from(self, Py_ssize_t start, bint broken) except -1:
        """Write down the text up to the next tag or comment, where ``place`` is then: white space as one space, and
        none where no segment has begun (``broken``). Answers whether there was more than white space."""
        if self.kind == 1:
            return _text_from(self, <const uint8_t *>self.data, start, broken)
        if self.kind == 2:
            return _text_from(self, <const uint16_t *>self.data, start, broken)
        return _text_from(self, <const uint32_t *>self.data, start, broken)

    cdef bint text_in_parts(self, Py_ssize_t start, bint broken) except -1:
        """The same where end tags without a name stand in between: they are nothing."""
        cdef list parts = []
        cdef Py_ssize_t place = start
        while True:
            if self.kind == 1:
                place = _end_of_text(<const uint8_t *>self.data, start, self.size)
            elif self.kind == 2:
                place = _end_of_text(<const uint16_t *>self.data, start, self.size)
            else:
                place = _end_of_text(<const uint32_t *>self.data, start, self.size)
            parts.append(self.resolved(start, place))
            if self.at(place + 1) != 0x2F or self.at(place + 2) != 0x3E:
                break
            start = place + 3
        self.place = place
        return self.write_text("".join(parts), broken)

    cdef bint write_text(self, str text, bint broken) except -1:
        if not text or text.isspace():
            if text and not broken:
                self.mark(0x20)
            return False
        self.write(text)
        return True

    cdef str resolved(self, Py_ssize_t start, Py_ssize_t end):
        cdef str text = self.part(start, end)
        if _has(text, 0x0D):
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return self.resolved_text(text) if _has(text, 0x26) else text

    cdef str comment_from(self, Py_ssize_t start):
        """The comment or declaration that begins at ``start``; ``None`` for a declaration of the type."""
        cdef Py_ssize_t end, begin = start + 2
        cdef str data
        if self.at(start + 1) == 0x21 and self.at(start + 2) == 0x2D and self.at(start + 3) == 0x2D:
            begin = start + 4
            if self.at(begin) == 0x3E:
                self.place = begin + 1
                return ""
            if self.at(begin) == 0x2D and self.at(begin + 1) == 0x3E:
                self.place = begin + 2
                return ""
            end = begin
            while True:
                end = self.find(0x2D, end)
                if end >= self.size:
                    break
                if self.at(end + 1) == 0x2D:
                    if self.at(end + 2) == 0x3E:
                        self.place = end + 3
                        break
                    if self.at(end + 2) == 0x21 and self.at(end + 3) == 0x3E:
                        self.place = end + 4
                        break
                end += 1
            data = self.part(begin, end)
            if end >= self.size:
                self.place = self.size
                for tail in ("--!", "--", "-"):
                    if data.endswith(tail):
                        data = data[: -len(tail)]
                        break
        else:
            if self.at(start + 1) == 0x3F:
                self.place = self.find(0x3E, begin) + 1
                return self.resolved_text(self.part(start, self.place))
            elif self.at(start + 1) == 0x21 and self.part(begin, begin + 7).lower() == "doctype":
                self.place = self.find(0x3E, begin) + 1
                return None
            end = self.find(0x3E, begin)
            self.place = end + 1
            data = self.part(begin, end)
        return _plain(data)

    cdef bint named(self, Py_ssize_t start, str name):
        """Whether a tag's name stands at a place, whole."""
        cdef Py_ssize_t number, length = len(name)
        cdef uint32_t one
        for number in range(length):
            if lowered(self.at(start + number)) != <uint32_t>ord(name[number]):
                return False
        one = self.at(start + length)
        return start + length < self.size and (is_blank(one) or one == 0x2F or one == 0x3E)

    cdef Py_ssize_t raw_end(self, str name, Py_ssize_t start) except -1:
        """Where the end tag of a raw element begins, or the text ends."""
        cdef Py_ssize_t place = start, shut = -1
        cdef bint escaped = False, twice = False
        cdef bint script = name == "script"
        if name == "plaintext":
            return self.size
        while True:
            place = self.find(0x3C, place)
            if escaped:
                if shut < place:
                    escaped = twice = False
                    place = shut + 3
                    continue
            if place >= self.size:
                return self.size
            if self.at(place + 1) == 0x2F and self.named(place + 2, name):
                if not twice:
                    return place
                twice = False
            elif script and not escaped and self.at(place + 1) == 0x21:
                if self.at(place + 2) == 0x2D and self.at(place + 3) == 0x2D:
                    escaped = True
                    shut = self.shut_from(place + 2)
            elif escaped and not twice and self.named(place + 1, name):
                twice = True
            place += 1

    cdef Py_ssize_t shut_from(self, Py_ssize_t place) except -1:
        """Where the next end of a comment begins: looked for once, however many scripts ask before it is reached."""
        if place > self.shut:
            while True:
                place = self.find(0x2D, place)
                if place >= self.size or (self.at(place + 1) == 0x2D and self.at(place + 2) == 0x3E):
                    break
                place += 1
            self.shut = place
        return self.shut

    # References

    cdef str resolved_text(self, str text):
        """The text of a piece of a page in which nothing but references, a comment or one tag need to be understood."""
        return "".join([token.data for token in self.tokens(text) if token.data is not None])

    cdef str resolved_value(self, str value):
        """A value of an attribute with its references resolved, which has rules of its own."""
        cdef Py_ssize_t size = len(value)
        cdef int kind = PyUnicode_KIND(value)
        cdef const void *data = PyUnicode_DATA(value)
        self.make_room(size)
        if kind == 1:
            size = _resolve(self.tags, <const uint8_t *>data, 0, size, self.written + self.length)
        elif kind == 2:
            size = _resolve(self.tags, <const uint16_t *>data, 0, size, self.written + self.length)
        else:
            size = _resolve(self.tags, <const uint32_t *>data, 0, size, self.written + self.length)
        if size >= 0:
            return PyUnicode_FromKindAndData(4, self.written + self.length, size)
        quote = '"' if '"' not in value else "'" if "'" not in value else ""  # only one without quotes holds both
        for token in self.tokens(f"<a b={quote}{value}{quote}>"):
            return token.attr("b") or ""
        return ""

    cdef object tokens(self, str text):
        return self.tags.tokenize(text, resolve_references=True, capture_source=False, capture_attributes=True)


cdef bint _read_tag(Reader reader, const letter *data, Py_ssize_t start) except -1:
    cdef uint32_t one
    cdef Py_ssize_t size = reader.size
    cdef Py_ssize_t place = _end_of_name(data, start, size, False, &reader.name)
    reader.count = 0
    reader.labelled = False
    reader.name_start, reader.name_end = start, place
    while place < size:
        one = data[place]
        if one == 0x3E:
            reader.place = place + 1
            return True
        if is_blank(one) or one == 0x2F:
            place += 1
        else:
            place = _read_attribute(reader, data, place)
    reader.place = size
    return False


cdef Py_ssize_t _read_attribute(Reader reader, const letter *data, Py_ssize_t start) except -1:
    """Read the attribute that begins at ``start``, and say where it ends."""
    cdef Attribute *new
    cdef Py_ssize_t size = reader.size, ahead, end
    cdef Py_ssize_t place
    cdef uint32_t quote
    if reader.count < reader.room:
        new = &reader.attributes[reader.count]
        reader.count += 1
    else:
        new = reader.new_attribute()
    place = _end_of_name(data, start, size, True, &new.key)
    new.start, new.end, new.value, new.until = start, place, place, place
    ahead = place
    while is_blank(_at(data, size, ahead)):
        ahead += 1
    if _at(data, size, ahead) != 0x3D:
        return place
    place = ahead + 1
    while is_blank(_at(data, size, place)):
        place += 1
    quote = _at(data, size, place)
    if quote == 0x22 or quote == 0x27:
        new.value = place + 1
        new.until = end = _find(data, place + 1, size, quote)
        end = min(end + 1, size)
    else:
        end = place
        while end < size and not is_blank(data[end]) and data[end] != 0x3E:
            end += 1
        new.value, new.until = place, end
    if new.until - new.value >= SHORTEST_TOLD and reader.tags.may_be_label(new):
        reader.labelled |= _is_label(reader.tags, data, new)
    return end


cdef bint _is_label(Tags tags, const letter *data, Attribute *one) noexcept:
    """Whether an attribute, which has a name that ends inside the text, may be a label of the length that counts."""
    cdef Label *label
    cdef Py_ssize_t number, place
    for number in range(tags.label_count):
        label = &tags.labels[number]
        if one.end - one.start != label.length or one.until - one.value < label.least:
            continue
        for place in range(label.length):
            if lowered(data[one.start + place]) != label.letters[place]:
                break
        else:
            return True
    return False


cdef inline Py_ssize_t _end_of_text(const letter *data, Py_ssize_t start, Py_ssize_t size) noexcept:
    """Where the next tag, comment or end tag without a name begins, or the text ends."""
    cdef Py_ssize_t place = start
    cdef uint32_t one
    while True:
        place = _find(data, place, size, 0x3C)
        if place >= size:
            return size
        one = _at(data, size, place + 1)
        if is_letter(one) or one == 0x21 or one == 0x3F or (one == 0x2F and place + 2 < size):
            return place
        place += 1


cdef bint _text_from(Reader reader, const letter *data, Py_ssize_t start, bint broken) except -1:
    cdef Py_ssize_t size = reader.size, place = start, end, length
    cdef uint32_t *to
    # Between two tags most text is white space.
    while place < size and (data[place] == 0x20 or 0x09 <= data[place] <= 0x0D):
        place += 1
    end = _end_of_text(data, place, size)
    if end + 2 < size and data[end + 1] == 0x2F and data[end + 2] == 0x3E:
        return reader.text_in_parts(start, broken)
    reader.place = end
    if place == end or _is_space(data, place, end):
        if start < end and not broken:
            reader.mark(0x20)
        return False
    reader.make_room(end - start)
    to = reader.written + reader.length
    length = end - start
    if not _copy(data, start, end, to):
        length = _resolve(reader.tags, data, start, end, to)
        if length < 0:
            return reader.write_text(reader.resolved(start, end), broken)
        if _is_space(<const uint32_t *>to, 0, length):
            if not broken:
                reader.mark(0x20)
            return False
    reader.wrote(length)
    return True


cdef bint _is_plain_address(const letter *data, Py_ssize_t start, Py_ssize_t end) noexcept:
    """Whether there is nothing but ASCII, and no escape."""
    cdef Py_ssize_t place
    cdef int odd = 0
    for place in range(start, end):
        odd |= (data[place] >= 0x80) | (data[place] == 0x25) | (data[place] == 0x26)
    return not odd


cdef Py_ssize_t _resolve(Tags tags, const letter *data, Py_ssize_t start, Py_ssize_t end, uint32_t *to) noexcept:
    """Copy letters with their references resolved and their ends of lines made one, and say how many there are then: never
    more than before. It is -1 where a reference is not one of those whose meaning is plain: the tokeniser knows it."""
    cdef Py_ssize_t place = start, length = 0
    cdef uint32_t one
    while place < end:
        one = data[place]
        place += 1
        if one == 0x0D:
            one = 0x0A
            if place < end and data[place] == 0x0A:
                place += 1
        elif one == 0x26 and place < end:
            if data[place] == 0x23:
                place = _number(data, place + 1, end, &one)
            elif is_letter(data[place]) or 0x30 <= data[place] <= 0x39:
                place = _named(tags, data, place, end, &one)
            if place < 0:
                return -1
        to[length] = one
        length += 1
    return length


cdef Py_ssize_t _number(const letter *data, Py_ssize_t start, Py_ssize_t end, uint32_t *stands_for) noexcept:
    """Where a reference by number ends, whose digits begin at ``start``, and its character; -1 unless both are plain."""
    cdef Py_ssize_t place = start
    cdef uint32_t number = 0, one, base = 10
    if place < end and (data[place] == 0x78 or data[place] == 0x58):
        base = 16
        place += 1
    while place < end and number < 0x110000:
        one = data[place]
        place += 1
        if one == 0x3B:
            stands_for[0] = number
            # Neither control characters, of which some stand for others, nor half of a pair or what is no character.
            if 0x20 <= number < 0x7F or 0xA0 <= number < 0xD800 or 0xE000 <= number < 0xFDD0 or 0xFE00 <= number < 0xFFFE:
                return place
            return place if 0x10000 <= number < 0x110000 and number & 0xFFFE != 0xFFFE else -1
        if 0x30 <= one <= 0x39:
            number = number * base + one - 0x30
        elif base == 16 and 0x61 <= (one | 0x20) <= 0x66 and one < 0x80:
            number = number * base + (one | 0x20) - 0x61 + 10
        else:
            return -1
    return -1


cdef Py_ssize_t _named(Tags tags, const letter *data, Py_ssize_t start, Py_ssize_t end, uint32_t *stands_for) noexcept:
    """Where a reference by name ends, which begins at ``start``, and its character; -1 if it is not one of the list."""
    cdef Py_ssize_t place = start
    cdef uint64_t key = 0
    while place < end and place - start < PACKED and data[place] != 0x3B:
        if not 0 < data[place] < 0x80:  # a zero would not be seen in the number of a name
            return -1
        key |= <uint64_t>data[place] << 8 * (place - start)
        place += 1
    if place >= end or data[place] != 0x3B:
        return -1
    stands_for[0] = tags.character_of(key)
    return place + 1 if stands_for[0] else -1
