"""Spam in the strings of a script that writes none of it: in variables, in lists, in the state that an app starts from.

What crawlers read of such strings nobody knows; kits leave them there for a script that comes later. An honest script
holds the same words where it filters them, so a list of single words is none, nor what is split or matched; and what
is found is for review, since the script may need what it holds.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from spamguard.findings import Edit
from spamguard.page.linkeddata import is_linked_data
from spamguard.page.readable import Readable, readable
from spamguard.page.triggers import speaks
from spamguard.scripts.lex import Sort, tokens_of
from spamguard.scripts.undo import escapes
from spamguard.signs.anchors import words_in
from spamguard.signs.sign import Sign, excerpt_of, reason
from spamguard.signs.words import MOST_JUDGED, advertised, heard_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spamguard.model.weights import Model
    from spamguard.scripts.lex import Token
    from spamguard.signs.sight import Sight
    from spamguard.signs.words import Sound

LITERAL: Final = "spam-string"
_MOST_READ: Final = 1 << 16
"""Characters of a script that are read, half of them from its end; of all scripts of a page, eight times as many."""
_MOST_OF_PAGE: Final = 8 * _MOST_READ
_MOST: Final = 40
"""Values that are judged in one part of a script, and that are told on one page."""
_LONG, _LONG_WITHOUT_SPACES = 40, 16
"""Letters of what is worth judging; a text without spaces says as much in fewer."""
_FEWEST: Final = 3
"""Values of a list."""
_WORDS_EACH, _LETTERS_EACH = 2.0, 5.0
"""How long the values of a list are on average where they are what is sold, not what is filtered."""
_FAIR: Final = 0.9
"""Whoever knows what a script does with a string knows better."""
_MATCHES: Final = frozenset({"split", "test", "match", "includes", "indexOf", "search", "replace", "replaceAll"})
_PATTERN: Final = "RegExp"
_FILTERS: Final = re.compile(
    r"bad|ban|black|block|censor|deny|filter|forbid|illegal|profan|prohib|reject|sensitive|spam|stop|swear|taboo|unwanted"
)
"""In the name of what holds words that are looked for in order to keep them out."""
_NAMED_BEFORE: Final = 4
_DOUBT: Final = "the script may need the words that it holds"


class Value(NamedTuple):
    """What a string says, or all ``strings`` of a list; what goes with it are characters ``[start, end)``."""

    words: str
    start: int
    end: int
    strings: int


def speaks_spam(scripts: Iterable[str], model: Model) -> bool:
    """Whether one of some scripts holds spam in a string or a list. Asked before the page around them is read."""
    values = _values_of(Readable(script, ()) for script in scripts)
    return any(heard_in(model, value.words) is not None for _, value in values)


def literals(sight: Sight) -> list[Sign]:
    """Such strings and lists, where the page does not speak of what they name: they are emptied, the script stays."""
    return list(islice(_signs(sight), _MOST))


def _signs(sight: Sight) -> Iterator[Sign]:
    scripts = (
        readable(sight.page.raw, node.start, node.end, sight.page.codec, references=False)
        for node in sight.index.raws
        if node.tag == "script" and _speaks(sight.text_between(node.start, node.end))
    )
    for script, value in _values_of(scripts):
        if (sound := advertised(sight, value.words)) is not None:
            edit = Edit(int(script.offsets[value.start]), int(script.offsets[value.end]))
            yield _sign_of(value, sound, edit)


def _speaks(script: str) -> bool:
    """Whether a script names what is sold; structured data is judged elsewhere."""
    return speaks(script) and not is_linked_data(script)


def _values_of(scripts: Iterable[Readable]) -> Iterator[tuple[Readable, Value]]:
    """What the strings and lists of a page's scripts say, each with its script, as far as those are read."""
    left = _MOST_OF_PAGE
    for script in scripts:
        for part, start in _parts(script.text):
            left -= len(part)
            if left < 0:
                return
            for value in islice(values_in(part), _MOST):
                yield script, value._replace(start=start + value.start, end=start + value.end)


def values_in(script: str) -> Iterator[Value]:
    """The strings of a script, and its lists of strings, that are long enough to say something."""
    for row in _rows(list(tokens_of(script))):
        words = [words_in(escapes(token.text)) for token in row]
        together = " | ".join(filter(None, words))
        if _is_long(together) and (len(row) == 1 or _are_phrases(words)):
            quote = int(len(row) == 1)  # of one string the quotes stay
            yield Value(together[:MOST_JUDGED], row[0].start + quote, row[-1].end - quote, len(row))


def _parts(script: str) -> Iterator[tuple[str, int]]:
    """What is read of a script, and where that begins: all of it, or its two ends."""
    if len(script) <= _MOST_READ:
        yield script, 0
        return
    half = _MOST_READ // 2
    yield script[: script.rfind("\n", 0, half) + 1 or half], 0
    # A string that the cut goes through would turn all that follows inside out.
    end = max(script.rfind(mark, -half, -half // 2) for mark in (";", "\n", '",', '"}'))
    if end >= 0:
        yield script[end + 1 :], end + 1


def _rows(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The strings of a script one by one, those of a list together; what words are looked for with is left out."""
    row: list[Token] = []
    for at, token in enumerate(tokens):
        if token.sort in {Sort.STRING, Sort.TEMPLATE}:
            if token.end - token.start < len(token.text) + len('""'):
                row = []  # it never ends, or not in what is read of the script
                continue
            row.append(token)
            if _goes_on(tokens, at):
                continue
            listed = _is_list(tokens, at, row)
            if not _is_matched(tokens, at + listed, at - 2 * len(row) + 2 - listed):
                yield from [row] if listed else ([one] for one in row)
            row = []


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether behind the string at a place there is a comma and another string."""
    return (
        at + 2 < len(tokens)
        and (tokens[at + 1].sort, tokens[at + 1].text) == (Sort.MARK, ",")
        and tokens[at + 2].sort in {Sort.STRING, Sort.TEMPLATE}
    )


def _is_list(tokens: Sequence[Token], at: int, row: Sequence[Token]) -> bool:
    """Whether a row that ends at a place is all that stands between two brackets."""
    first = at - 2 * (len(row) - 1)
    return (
        len(row) >= _FEWEST
        and first > 0
        and tokens[first - 1].text == "["
        and at + 1 < len(tokens)
        and tokens[at + 1].text == "]"
    )


def _is_matched(tokens: Sequence[Token], last: int, first: int) -> bool:
    """Whether what stands from one place to another is split, compared with something, or named like a filter."""
    before = [token.text for token in tokens[max(0, first - _NAMED_BEFORE) : first]]
    if _FILTERS.search(" ".join(before).lower()) is not None:
        return True
    if before[-1:] == ["("] and before[-2:-1] and before[-2] in _MATCHES | {_PATTERN}:
        return True
    behind = [token.text for token in tokens[last + 1 : last + 3]]
    if behind[:1] == ["."] and behind[-1] in _MATCHES:
        return True
    return before[-1:] == ["="] and _looks_for(tokens, before[-2:-1])


def _looks_for(tokens: Sequence[Token], name: list[str]) -> bool:
    """Whether a script looks for what a variable of some name holds."""
    return any(
        token.text in _MATCHES and [one.text for one in tokens[at + 1 : at + 3]] == ["(", *name]
        for at, token in enumerate(tokens)
    )


def _is_long(words: str) -> bool:
    spaced = words.isascii()
    return len(words) >= (_LONG if spaced else _LONG_WITHOUT_SPACES) and (not spaced or " " in words)


def _are_phrases(words: Sequence[str]) -> bool:
    """Whether the values of a list are more than single words on average."""
    if all(map(str.isascii, words)):
        return sum(text.count(" ") + 1 for text in words) >= _WORDS_EACH * len(words)
    return sum(map(len, words)) >= _LETTERS_EACH * len(words)


def _sign_of(value: Value, sound: Sound, edit: Edit) -> Sign:
    what = "a list" if value.strings > 1 else "a string"
    return Sign(
        rule=LITERAL,
        category=sound.category,
        confidence=_FAIR,
        spans=(),
        edits=(edit,),
        excerpt=excerpt_of([value.words]),
        doubt=_DOUBT,
        hidden_by="script",
        evidence=(
            reason("literals", value.strings, f"{what} in a script says what the page does not"),
            *sound.evidence(),
        ),
    )
