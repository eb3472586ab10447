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


include "_names.pxi"


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


include "_passes.pxi"
