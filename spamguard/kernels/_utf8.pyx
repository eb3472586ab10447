# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""The text of bytes in UTF-8: what ``bytes.decode`` answers, which copies letter by letter as soon as one is not ASCII.

The bytes are the attacker's: each is read behind a comparison with the end. A letter is written for each byte that does
not continue another, and for so many there is room.
"""

from libc.stdint cimport int8_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcpy

cdef extern from "Python.h":
    object PyUnicode_New(Py_ssize_t size, uint32_t largest)
    void *PyUnicode_DATA(object text) noexcept

cdef enum:
    RUN = 32  # bytes that are most often ASCII, all of them
    BLOCK_SIZE = 128  # bytes, of which a number of eight bits counts some

ctypedef fused letter:
    uint8_t
    uint16_t
    uint32_t


def text_of(const uint8_t[::1] raw):
    """The text; ``None`` if the bytes are not valid."""
    cdef Py_ssize_t size = raw.shape[0], letters
    cdef const uint8_t *data = &raw[0] if size else NULL
    cdef uint8_t largest = 0
    cdef bint valid
    if not size:
        return ""
    letters = _letters(data, size, &largest)
    if largest < 0x80:
        text = PyUnicode_New(size, 0x7F)
        memcpy(PyUnicode_DATA(text), data, size)
        return text
    if largest < 0xC4:
        text = PyUnicode_New(letters, 0xFF)
        valid = _decode(data, size, <uint8_t *>PyUnicode_DATA(text))
    elif largest < 0xF0:
        text = PyUnicode_New(letters, 0xFFFF)
        valid = _decode(data, size, <uint16_t *>PyUnicode_DATA(text))
    else:
        text = PyUnicode_New(letters, 0x10FFFF)
        valid = _decode(data, size, <uint32_t *>PyUnicode_DATA(text))
    return text if valid else None


cdef Py_ssize_t _letters(const uint8_t *data, Py_ssize_t size, uint8_t *largest) noexcept:
    """How many letters begin, and the largest byte of all."""
    cdef Py_ssize_t at = 0, place, letters = 0
    cdef uint8_t most = 0, some
    while at + BLOCK_SIZE <= size:
        some = 0
        for place in range(BLOCK_SIZE):
            some += <int8_t>data[at + place] >= -0x40  # in signed numbers, all that continues is below
            most = data[at + place] if data[at + place] > most else most
        letters += some
        at += BLOCK_SIZE
    for place in range(at, size):
        letters += <int8_t>data[place] >= -0x40
        most = data[place] if data[place] > most else most
    largest[0] = most
    return letters


cdef bint _decode(const uint8_t *data, Py_ssize_t size, letter *to) noexcept:
    """Write letters down where there is room for as many as begin, none of them too large; false if bytes are not valid."""
    cdef Py_ssize_t at = 0
    cdef uint8_t[RUN] run  # a copy, which nothing is written into: all of it can be written down at once
    cdef uint64_t[4] eights
    cdef uint32_t one, two, three
    cdef int place
    while at < size:
        one = data[at]
        if one < 0x80:
            while at + RUN <= size:
                memcpy(run, data + at, RUN)
                memcpy(eights, run, RUN)
                if (eights[0] | eights[1] | eights[2] | eights[3]) & <uint64_t>0x8080808080808080u:
                    break
                for place in range(RUN):
                    to[place] = run[place]
                to += RUN
                at += RUN
            while at < size and data[at] < 0x80:
                to[0] = data[at]
                to += 1
                at += 1
            continue
        if one < 0xC2 or at + 1 >= size or not _continues(data[at + 1]):
            return False
        two = data[at + 1] & 0x3F
        if one < 0xE0:
            to[0] = <letter>((one & 0x1F) << 6 | two)
            at += 2
        else:
            if at + 2 >= size or not _continues(data[at + 2]):
                return False
            three = (one & 0x0F) << 12 | two << 6 | (data[at + 2] & 0x3F)
            if one < 0xF0:
                # Neither one that would fit into two bytes, nor half of a pair.
                if three < 0x800 or 0xD800 <= three < 0xE000:
                    return False
                to[0] = <letter>three
                at += 3
            else:
                if one > 0xF4 or at + 3 >= size or not _continues(data[at + 3]):
                    return False
                three = (one & 0x07) << 18 | two << 12 | (data[at + 2] & 0x3F) << 6 | (data[at + 3] & 0x3F)
                if three < 0x10000 or three > 0x10FFFF:
                    return False
                to[0] = <letter>three
                at += 4
        to += 1
    return True


cdef inline bint _continues(uint8_t one) noexcept:
    return one & 0xC0 == 0x80
