# The loops of the reader over letters, one for each kind of text: a part of _markup.pyx.

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
    cdef Py_ssize_t size = reader.size, place, end, length
    cdef uint32_t *to
    # Between two tags most text is white space.
    place = _behind_blanks(data, start, size)
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
