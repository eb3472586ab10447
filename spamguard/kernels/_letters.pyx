# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""What stands on a page letter by letter: folded, in classes, between marks. Twins of ``features/characters.py``,
``text/undone.py`` and ``features/strangeness.py``.

The text is the attacker's: every index is a place in an array that was asked for its length, or a number of so many
bits that a table was asked to have room for.
"""

from libc.stdint cimport int64_t, uint8_t, uint32_t
from libc.string cimport memchr

import numpy as np

from spamguard.kernels._segments cimport Segments

cdef extern from "Python.h":
    Py_UCS4 *PyUnicode_AsUCS4(object text, Py_UCS4 *codes, Py_ssize_t size, int with_end) except NULL

cdef uint32_t[8] LEET = [0x6F, 0x69, 0, 0x65, 0x61, 0x73, 0, 0x74]
"""What digits stand for, by the digit; 0 for those that look like no letter."""

cdef enum:
    # What fold.py calls what nobody sees, and white space.
    DROP = 1
    SPACE = 0x20
    # The marks of tokens.py.
    BREAK = 0
    LINK = 2
    UNLINK = 3
    FOREIGN = 5
    MARKS = 9
    # The classes of classes.py.
    CLASSES = 16
    OTHER = 0
    WHITE = 1
    DIGIT = 2
    SENTENCE = 4
    LATIN = 5
    CYRILLIC = 6
    GREEK = 7
    KANA = 13
    HAN = 14
    SHORTEST_RULE = 8
    LONGEST_WORD = 16
    FIRST_LETTER = 0x61
    FIRST_COSTUME = 0x2460
    LAST_COSTUME = 0x1F18A
    OPENS = 0x28
    CLOSES = 0x29
    LONGEST_ASIDE = 6


def folded(const uint32_t[::1] raw, const uint32_t[::1] folds, const uint8_t[::1] kinds_of):
    """What ``characters.folded`` makes of a text: codes, classes, starts and ends of segments, what is dropped and kept,
    and whether there is anything left to be undone."""
    cdef Py_ssize_t size = raw.shape[0], top = folds.shape[0] - 1, at, count = 0, run = 0
    codes = np.empty(size, np.uint32)
    dropped = np.empty(size, np.bool_)
    kept = np.empty(size, np.uint32)
    kinds = np.empty(size, np.uint8)
    kept_at = np.empty(size, np.bool_)
    cdef uint8_t[::1] stays = kept_at.view(np.uint8)
    cdef uint32_t[::1] code = codes, keep = kept
    cdef uint8_t[::1] drop = dropped.view(np.uint8), kind = kinds
    cdef uint32_t one, last = 0
    cdef bint found = False, ruled = False, to_and_fro = False
    cdef int now, before = OTHER, third = OTHER
    if kinds_of.shape[0] != folds.shape[0] or not folds.shape[0]:
        raise ValueError("tables of different sizes")
    for at in range(size):
        one = raw[at]
        one = folds[one if one < top else top]
        code[at] = one
        # A row of one letter is a drawn line.
        run = run + 1 if one == last and one >= FIRST_LETTER else 1
        ruled |= run == SHORTEST_RULE
        last = one
    if ruled:
        _without_rules(code)
    last = 0
    for at in range(size):
        one = code[at]
        drop[at] = one == DROP
        stays[at] = one != DROP and (one != SPACE or last != SPACE)
        last = one
        if not stays[at]:
            continue
        keep[count] = one
        now = kinds_of[one if one < top else top]
        kind[count] = now
        count += 1
        if now != before:
            if before == LATIN:
                found |= now == CYRILLIC or now == GREEK
            elif now == LATIN:
                found |= before == CYRILLIC or before == GREEK
        to_and_fro |= now == third and ((now == LATIN and before == DIGIT) or (now == DIGIT and before == LATIN))
        third, before = before, now
    found = found or _stand_apart(keep[:count], kind[:count], to_and_fro)
    if to_and_fro and not found:
        _letters_for_digits(&keep[0], &kind[0], count)
    return kept[:count], kinds[:count], dropped, kept_at, found


def bounds(const uint32_t[::1] codes):
    """Where the segments of folded characters start and end."""
    cdef Py_ssize_t at, count = 0, number = 0
    for at in range(codes.shape[0]):
        count += codes[at] == BREAK
    starts_, ends_ = np.empty(count, np.int64), np.empty(count, np.int64)
    cdef int64_t[::1] starts = starts_, ends = ends_
    cdef int64_t start = 0
    for at in range(codes.shape[0]):
        if codes[at] == BREAK:
            starts[number], ends[number] = start, at
            start = at + 1
            number += 1
    return starts_, ends_


def marks(const uint32_t[::1] raw, const uint8_t[::1] dropped, Py_ssize_t size):
    """What ``characters.marks_of`` reads: counts by segment and mark, linked shares, costumes."""
    counts = np.zeros((size, MARKS), np.int64)
    linked = np.zeros(size, np.float64)
    costumes = np.zeros(size, np.int64)
    cdef int64_t[:, ::1] count = counts
    cdef double[::1] share = linked
    cdef int64_t[::1] costume = costumes
    cdef Py_ssize_t at, segment = 0, last = size - 1, begun = -1, inside = 0, whole = 0
    cdef uint32_t one
    cdef bint open = False
    if not size:
        return counts, linked, costumes
    if dropped.shape[0] != raw.shape[0]:
        raise ValueError("as many truths as characters")
    for at in range(raw.shape[0]):
        one = raw[at]
        if one >= MARKS:
            whole += 1
            inside += open
            if dropped[at] or (one >= FIRST_COSTUME and _is_styled(one)):
                if segment <= last:
                    costume[segment] += 1
            continue
        count[min(segment, last), one] += 1
        if one == BREAK:
            if segment < last:
                share[segment] = <double>inside / max(whole, 1)
                inside = whole = 0
            segment += 1
        elif one == LINK or one == FOREIGN:
            open = True
        elif one == UNLINK:
            open = False
    share[last] = <double>inside / max(whole, 1)
    return counts, linked, costumes


cdef enum:
    # What :func:`joined` says of a character beside what it folds to: its class, and whether it is a mark, in costume,
    # dropped or a space.
    FOLDS_TO = 0xFFFFFF
    CLASS_AT = 24
    IS_MARK = 1 << 28
    IN_COSTUME = 1 << 29
    IS_DROPPED = 1 << 30


def joined(const uint32_t[::1] folds, const uint8_t[::1] kinds_of):
    """What a character folds to and all that :func:`gathered` asks of it, in one table."""
    cdef Py_ssize_t written, top = folds.shape[0] - 1
    cdef uint32_t one
    if kinds_of.shape[0] != folds.shape[0] or folds.shape[0] < LAST_COSTUME:
        raise ValueError("tables of different sizes")
    joined_ = np.empty(folds.shape[0], np.uint32)
    cdef uint32_t[::1] joint = joined_
    for written in range(folds.shape[0]):
        one = folds[written]
        if one > FOLDS_TO or kinds_of[one if one < top else top] >= CLASSES:
            raise ValueError("a character that there is not")
        joint[written] = one | <uint32_t>kinds_of[one if one < top else top] << CLASS_AT
        if written < MARKS:
            joint[written] |= IS_MARK
        elif one == DROP or (written >= FIRST_COSTUME and _is_styled(<uint32_t>written)):
            joint[written] |= IN_COSTUME
        if one == DROP:
            joint[written] |= IS_DROPPED
    return joined_


cdef bint gather(
    const uint32_t *text, Py_ssize_t size, const uint32_t *told, uint32_t top, Segments *page, int64_t *counts
) noexcept:
    """What :func:`folded`, :func:`bounds` and :func:`marks` make of a text, in one pass: false if it is disguised or has
    another number of segments, and what was written then means nothing.

    ``told`` is what :func:`joined` made of the tables, ``top`` its last place. The page has room for as many letters as
    the text; ``counts`` are of all segments for a mark, mark by mark, and 0, as are the costumes.
    """
    cdef Py_ssize_t at, count = 0, number = 0
    cdef Py_ssize_t run = 0, alone_at = -9, alone_row = 0, start = 0, passed
    # Characters of a segment are those behind ``base``, which every mark moves; those in anchors from ``opened`` on.
    cdef Py_ssize_t base = 0, opened = 0, inside = 0
    cdef uint32_t *codes = page.codes
    cdef uint8_t *kinds = page.kinds
    cdef uint32_t written, one, both, last = 0
    cdef int now, before = OTHER, third = OTHER
    cdef bint open = False, to_and_fro = False, letter, was_letter = False
    cdef bint was_alone = False, aside = False
    at = -1
    while at + 1 < size:
        at += 1
        written = text[at]
        both = told[written if written < top else top]
        one = both & FOLDS_TO
        if both & (IS_MARK | IN_COSTUME):
            if number >= page.size:
                return False
            if not both & IS_MARK:
                page.costumes[number] += 1
            else:
                counts[written * page.size + number] += 1
                if open and written in (BREAK, LINK, FOREIGN, UNLINK):
                    inside += at - base - opened
                if written == BREAK:
                    page.linked[number] = <double>inside / max(at - base, 1)
                    inside = opened = 0
                    base = at
                elif written == LINK or written == FOREIGN:
                    open = True
                    opened = at - base
                elif written == UNLINK:
                    open = False
                base += 1
        if one == last:
            if one == SPACE:
                run += 1
                continue
            # A row of one letter is a drawn line.
            run += 1
            if run == SHORTEST_RULE and one >= FIRST_LETTER:
                return False
        else:
            run = 1
        last = one
        if both & IS_DROPPED:
            continue
        now = both >> CLASS_AT & (CLASSES - 1)
        codes[count], kinds[count] = one, now
        count += 1
        if now == before:
            # A letter beside one of its own sort does not stand alone, and nothing changes.
            third = before
            was_alone = False
            if one != BREAK:
                continue
        else:
            letter = _is_letter(now)
            if was_alone and not letter:
                # The letter before this place stands alone.
                alone_row = alone_row + 1 if count - 2 - alone_at == 2 else 1
                alone_at = count - 2
                if alone_row == 4:
                    return False
            was_alone = letter and not was_letter
            was_letter = letter
            if (now == LATIN and (before == CYRILLIC or before == GREEK)) or (
                before == LATIN and (now == CYRILLIC or now == GREEK)
            ):
                return False
            if third == HAN and before == OTHER and (now == LATIN or now == DIGIT) and codes[count - 2] == OPENS:
                if now == LATIN:
                    return False
                aside = True
            to_and_fro |= now == third and ((now == LATIN and before == DIGIT) or (now == DIGIT and before == LATIN))
            third, before = before, now
            if letter:
                # Most letters stand among their like: those are passed in one go.
                passed = _pass_words(
                    text + at + 1, size - at - 1, told, top, now, was_alone, codes + count, kinds + count, &last, &run
                )
                if passed < 0:
                    return False
                if passed:
                    at += passed
                    count += passed
                    third, before = kinds[count - 2], kinds[count - 1]
                    was_letter = before == now
                    was_alone = was_letter and third != now
                continue
            if one != BREAK:
                continue
        if number >= page.size:
            return False
        page.starts[number], page.ends[number] = start, count - 1
        start = count
        number += 1
    if number != page.size:
        return False
    if to_and_fro:
        if aside:
            return False
        _letters_for_digits(codes, kinds, count)
    page.letters = count
    return True


cdef Py_ssize_t _pass_words(
    const uint32_t *text,
    Py_ssize_t size,
    const uint32_t *told,
    uint32_t top,
    int now,
    bint alone,
    uint32_t *codes,
    uint8_t *kinds,
    uint32_t *last_of_all,
    Py_ssize_t *run_of_all,
) noexcept:
    """Fold letters of one class in words with one space between, as :func:`gather` does, and say how many: up to the first
    other character, and to a space behind a letter that is ``alone``; -1 if they draw a line. At the end of a word
    nothing branches: no processor can guess how long it is."""
    cdef Py_ssize_t at = 0, run = run_of_all[0]
    cdef uint32_t written, both, one, last = last_of_all[0], like = <uint32_t>now << CLASS_AT
    cdef bint white, was_white = False
    while at < size:
        written = text[at]
        both = told[written if written < top else top]
        white = both == (SPACE | <uint32_t>WHITE << CLASS_AT)
        if ((both ^ like) > FOLDS_TO) & (not white) | white & (alone | was_white):
            break
        one = both & FOLDS_TO
        run = (run & -<Py_ssize_t>(one == last)) + 1
        if run == SHORTEST_RULE and one >= FIRST_LETTER:
            return -1
        codes[at], kinds[at] = one, both >> CLASS_AT
        last = one
        at += 1
        alone = was_white
        was_white = white
    last_of_all[0], run_of_all[0] = last, run
    return at


cdef void _letters_for_digits(uint32_t *codes, uint8_t *kinds, Py_ssize_t size) noexcept:
    """What ``undone.letters_for_digits`` does."""
    cdef Py_ssize_t begin, end = 0, at, changes
    cdef bint strange
    # From one word with a digit to the next: what stands between is not looked at letter by letter.
    while True:
        begin = at = _next_of(DIGIT, kinds, size, end)
        if at == size:
            return
        while begin > end and kinds[begin - 1] == LATIN:
            begin -= 1
        changes = begin < at
        strange = False
        end = at
        while end < size and (kinds[end] == LATIN or kinds[end] == DIGIT):
            changes += end > at and kinds[end] != kinds[end - 1]
            strange |= kinds[end] == DIGIT and not _is_leet(codes[end])
            end += 1
        if changes > 1 and not strange and end - begin <= LONGEST_WORD:
            for at in range(begin, end):
                if kinds[at] == DIGIT:
                    codes[at] = LEET[codes[at] - 0x30]
                    kinds[at] = LATIN


cdef inline Py_ssize_t _next_of(uint8_t kind, const uint8_t *kinds, Py_ssize_t size, Py_ssize_t at) noexcept:
    """Where the next character of a class stands, from a place on; the number of them all if none does."""
    cdef const void *found
    if at >= size:
        return size
    found = memchr(kinds + at, kind, size - at)
    return size if found == NULL else <const uint8_t *>found - kinds


cdef void _without_rules(uint32_t[::1] code) noexcept:
    """What ``undone.without_rules`` does."""
    cdef Py_ssize_t at = 0, end, back
    while at < code.shape[0]:
        end = at + 1
        while end < code.shape[0] and code[end] == code[at]:
            end += 1
        if code[at] >= FIRST_LETTER and end - at >= SHORTEST_RULE:
            for back in range(at, end):
                code[back] = SPACE
        at = end


cdef bint _stand_apart(const uint32_t[::1] codes, const uint8_t[::1] kinds, bint digits) noexcept:
    """Whether letters stand apart one by one, four in a row, or a reading in brackets behind a Chinese character.

    With ``digits`` it may begin with one that will be a letter.
    """
    cdef Py_ssize_t size = codes.shape[0], at, row = 0, since = 0
    cdef bint alone
    for at in range(size):
        if _is_letter(kinds[at]):
            alone = (at == 0 or not _is_letter(kinds[at - 1])) and (at + 1 == size or not _is_letter(kinds[at + 1]))
            if not alone:
                row = 0
            elif since == 2:
                row += 1
            else:
                row = 1
            if row >= 4:
                return True
            since = 0
        elif codes[at] == OPENS and 0 < at < size - 2 and kinds[at - 1] == HAN:
            if kinds[at + 1] == LATIN or (digits and kinds[at + 1] == DIGIT):
                return True
        since += 1
    return False


cdef inline bint _is_letter(uint8_t kind) noexcept:
    return kind >= LATIN or kind == DIGIT


cdef inline bint _is_leet(uint32_t digit) noexcept:
    return digit in (0x30, 0x31, 0x33, 0x34, 0x35, 0x37)


cdef inline bint _is_styled(uint32_t one) noexcept:
    return (
        0x1D400 <= one < 0x1D800 or 0xFF10 <= one < 0xFF5B or 0x2460 <= one < 0x2500 or 0x1F130 <= one < 0x1F18A
    )


def unlike(
    const uint32_t[::1] codes, const uint8_t[::1] kinds, const int64_t[::1] starts, const int64_t[::1] ends
):
    """What ``strangeness.unlike_the_page`` answers."""
    cdef Segments page
    cdef uint8_t highest = 0
    cdef Py_ssize_t at
    result = np.zeros(starts.shape[0], np.bool_)
    cdef uint8_t[::1] is_unlike = result.view(np.uint8)
    page.size = starts.shape[0]
    if not page.size:
        return result
    if kinds.shape[0] != codes.shape[0] or ends.shape[0] != page.size:
        raise ValueError("as many classes as characters")
    for at in range(kinds.shape[0]):
        highest = max(highest, kinds[at])
    if highest >= CLASSES:
        raise ValueError("a class that there is not")
    for number in range(page.size):
        if not 0 <= starts[number] <= ends[number] < codes.shape[0]:
            raise ValueError("a segment outside of the text")
    page.codes, page.kinds = <uint32_t *>&codes[0], <uint8_t *>&kinds[0]
    page.starts, page.ends = <int64_t *>&starts[0], <int64_t *>&ends[0]
    find_unlike(&page, &is_unlike[0])
    return result


cdef void find_unlike(const Segments *page, uint8_t *is_unlike) noexcept:
    """Whether each segment is written unlike the page: in letters that are rare there, or without an end of a sentence."""
    cdef Py_ssize_t number, place, at
    cdef int64_t length, total = 0, marks
    cdef double[CLASSES] share
    cdef double *points = [0.2, 0.5, 0.8]
    cdef int rare, point
    for at in range(CLASSES):
        share[at] = 0
    for number in range(page.size):
        length = page.ends[number] - page.starts[number]
        total += length
        share[_script_at(page, page.starts[number] + <int64_t>(length * 0.5))] += length
    for at in range(CLASSES):
        share[at] /= max(total, 1)
    for number in range(page.size):
        length = page.ends[number] - page.starts[number]
        is_unlike[number] = False
        if length < 6:
            continue
        rare = 0
        for point in range(3):
            at = _script_at(page, page.starts[number] + <int64_t>(length * points[point]))
            rare += at >= LATIN and share[at] < 0.3
        is_unlike[number] = rare >= 2
        if length >= 120 and not is_unlike[number]:
            marks = 0
            for place in range(page.starts[number], page.ends[number]):
                marks += page.kinds[place] == SENTENCE
            is_unlike[number] = marks * 200 < length


cdef inline Py_ssize_t _script_at(const Segments *page, Py_ssize_t at) noexcept:
    """The script of a character; that behind an empty segment is its mark."""
    cdef uint32_t code = page.codes[at]
    if page.kinds[at] == KANA:
        return HAN
    if page.kinds[at] == OTHER and code >= 0x530 and (code < 0x2000 or code >= 0xA000):
        return HAN + 1
    return page.kinds[at]


def undone(codes_, kinds_, const uint8_t[::1] keep, uint8_t[::1] dropped, tables):
    """What ``characters.undone`` does: disguises that :func:`folded` has found undone, in place where that can be."""
    cdef uint32_t[::1] codes = codes_
    cdef uint8_t[::1] kinds = kinds_
    cdef const uint32_t[::1] as_latin = tables[0], as_cyrillic = tables[1]
    cdef Py_ssize_t size = codes.shape[0], at, count = 0
    if kinds.shape[0] != size or keep.shape[0] != dropped.shape[0]:
        raise ValueError("as many classes and truths as characters")
    if as_latin.shape[0] != as_cyrillic.shape[0] or not as_latin.shape[0]:
        raise ValueError("tables of different sizes")
    if not size:
        return codes_, kinds_
    _one_alphabet(codes, kinds, as_latin, as_cyrillic)
    at = _next_of(DIGIT, &kinds[0], size, 0)
    while at < size:
        # One letter between two digits, or one digit between two letters.
        if at + 1 < size and kinds[at + 1] == LATIN and (
            (at > 0 and kinds[at - 1] == LATIN) or (at + 2 < size and kinds[at + 2] == DIGIT)
        ):
            _letters_for_digits(&codes[0], &kinds[0], size)
            break
        at = _next_of(DIGIT, &kinds[0], size, at + 1)
    unread_ = np.zeros(size, np.uint8)
    cdef uint8_t[::1] unread = unread_
    # Both are asked: what the one leaves out does not change what the other sees.
    if not _gaps(codes, kinds, unread) | _asides(codes, kinds, unread):
        return codes_, kinds_
    cdef Py_ssize_t read = 0
    for at in range(keep.shape[0]):
        if not keep[at]:
            continue
        if count == size:
            raise ValueError("as many characters as are kept")
        if unread[count]:
            dropped[at] = True
        else:
            codes[read], kinds[read] = codes[count], kinds[count]
            read += 1
        count += 1
    return codes_[:read], kinds_[:read]


cdef void _one_alphabet(
    uint32_t[::1] codes, uint8_t[::1] kinds, const uint32_t[::1] as_latin, const uint32_t[::1] as_cyrillic
) noexcept:
    """What ``undone.one_alphabet`` does."""
    cdef Py_ssize_t size = codes.shape[0], top = as_latin.shape[0] - 1, at = 0, end, place
    cdef bint latin, other, odd, greek
    cdef uint32_t alike
    if _next_of(CYRILLIC, &kinds[0], size, 0) == size == _next_of(GREEK, &kinds[0], size, 0):
        return
    while at < size:
        if not _is_western(kinds[at]):
            at += 1
            continue
        latin = other = odd = greek = False
        end = at
        while end < size and _is_western(kinds[end]):
            if kinds[end] == LATIN:
                latin = True
            else:
                other = True
                odd |= not as_latin[min(<Py_ssize_t>codes[end], top)]
                greek |= kinds[end] == GREEK
            end += 1
        if latin and other and not (odd and greek):
            for place in range(at, end):
                if (kinds[place] == LATIN) != odd:
                    continue
                alike = (as_cyrillic if odd else as_latin)[min(<Py_ssize_t>codes[place], top)]
                if alike:
                    codes[place] = alike
                    kinds[place] = CYRILLIC if odd else LATIN
        at = end


cdef bint _gaps(const uint32_t[::1] codes, const uint8_t[::1] kinds, uint8_t[::1] unread) except -1:
    """Whether ``undone.left_out`` finds letters that stand apart; what stands between them is ``unread``."""
    cdef Py_ssize_t size = codes.shape[0], at, near, place, alone_at = -9, row = 0, begin = -1, end = -1
    cdef bint letter, was_letter = False, alone = False
    for at in range(size + 1):
        letter = at < size and _is_letter(kinds[at])
        if alone and not letter:
            row = row + 1 if at - 1 - alone_at == 2 else 1
            alone_at = at - 1
            if row >= 4:
                begin, end = (at - 6 if begin < 0 else begin), at - 1
                for place in (at - 6, at - 4, at - 2):
                    unread[place] = codes[place] != BREAK
        alone = letter and not was_letter
        was_letter = letter
    if begin < 0:
        return False
    marks = {codes[at] for at in range(begin, end) if unread[at] and codes[at] != SPACE}
    # What parts the letters of a word often stands before and behind it as well; such places are told by a 2.
    for at in range(max(begin - 1, 0), min(end + 1, size)):
        if unread[at] == 1 or not ((at > 0 and unread[at - 1] == 1) or (at + 1 < size and unread[at + 1] == 1)):
            continue
        for near in (at - 1, at + 1):
            if 0 <= near < size and not unread[near] and codes[near] in marks:
                unread[near] = 2
    for at in range(max(begin - 2, 0), min(end + 2, size)):
        unread[at] = unread[at] > 0
    return True


cdef bint _asides(const uint32_t[::1] codes, const uint8_t[::1] kinds, uint8_t[::1] unread) noexcept:
    """Whether ``undone.left_out`` finds readings in brackets behind Chinese characters; they are ``unread``."""
    cdef Py_ssize_t size = codes.shape[0], at, end, place
    cdef bint found = False
    for at in range(1, size - 2):
        if codes[at] != OPENS or kinds[at - 1] != HAN:
            continue
        end = at + 1
        while end < size and end - at <= LONGEST_ASIDE and kinds[end] == LATIN:
            end += 1
        if end - at > 1 and end < size and codes[end] == CLOSES:
            found = True
            for place in range(at, end + 1):
                unread[place] = True
    return found


cdef inline bint _is_western(uint8_t kind) noexcept:
    return kind == LATIN or kind == CYRILLIC or kind == GREEK


def codes_of(str text):
    """What ``fold.codes_of`` answers."""
    cdef Py_ssize_t size = len(text)
    codes_ = np.empty(size, np.uint32)
    cdef uint32_t[::1] codes = codes_
    if size:
        PyUnicode_AsUCS4(text, <Py_UCS4 *>&codes[0], size, False)
    return codes_
