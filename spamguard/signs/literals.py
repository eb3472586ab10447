"""Spam in the strings of a script that writes none of it: in variables, in lists, in the state that an app starts from.

What crawlers read of such strings nobody knows; kits leave them there for a script that comes later. An honest script
holds the same words where it filters them, so a list of single words is none, nor what is split or matched; and what
is found is for review, since the script may need what it holds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from spamguard.findings import Edit
from spamguard.page.linkeddata import is_linked_data
from spamguard.page.readable import readable
from spamguard.page.triggers import speaks
from spamguard.scripts.lex import Sort, tokens_of
from spamguard.scripts.undo import escapes
from spamguard.signs.anchors import words_in
from spamguard.signs.sign import Sign, excerpt_of, reason
from spamguard.signs.words import is_own_subject, says, sound_of
from spamguard.text.keynotes import names_much

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spamguard.model.weights import Model
    from spamguard.page.outline import Node
    from spamguard.scripts.lex import Token
    from spamguard.signs.sight import Sight
    from spamguard.signs.words import Sound

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
_LOUD: Final = 5.0
_FAIR: Final = 0.9
"""Whoever knows what a script does with a string knows better."""
_MOST_WORDS: Final = 2_000
_MATCHES: Final = frozenset({"split", "test", "match", "includes", "indexOf", "search", "replace", "replaceAll"})
_PATTERN: Final = "RegExp"
_FILTERS: Final = re.compile(
    r"bad|ban|black|block|censor|deny|filter|forbid|illegal|profan|prohib|reject|sensitive|spam|stop|swear|taboo|unwanted"
)
"""In the name of what holds words that are looked for in order to keep them out."""
_NAMED_BEFORE: Final = 4
_JUST_ASCII: Final = re.compile(r"[\x00-\x7f]*")
_DOUBT: Final = "the script may need the words that it holds"


class Value(NamedTuple):
    """What a string says, or all ``strings`` of a list; what goes with it are characters ``[start, end)``."""

    words: str
    start: int
    end: int
    strings: int


def speaks_spam(scripts: Iterable[str], model: Model) -> bool:
    """Whether one of some scripts holds spam in a string or a list. Asked before the page around them is read."""
    left = _MOST_OF_PAGE
    for script in scripts:
        for text, _ in _parts(script):
            left -= len(text)
            if left < 0:
                return False
            if any(_judged(model, value) is not None for value in values_in(text)):
                return True
    return False


def literals(sight: Sight) -> list[Sign]:
    """Such strings and lists, where the page does not speak of what they name: they are emptied, the script stays."""
    signs: list[Sign] = []
    left = _MOST_OF_PAGE
    for node in sight.index.raws:
        if node.tag != "script" or not _speaks(sight, node):
            continue
        text = readable(sight.page.raw, node.start, node.end, sight.page.codec, references=False)
        for part, start in _parts(text.text):
            left -= len(part)
            if left < 0:
                return signs
            for value in values_in(part):
                sound = _judged(sight.model, value)
                if sound is None or says(sight, sound.known) or is_own_subject(sight, [value.words]):
                    continue
                edit = Edit(int(text.offsets[start + value.start]), int(text.offsets[start + value.end]))
                signs.append(_sign_of(value, sound, edit))
                if len(signs) == _MOST:
                    return signs
    return signs


def _speaks(sight: Sight, node: Node) -> bool:
    """Whether a script names what is sold; structured data is judged elsewhere."""
    text = sight.page.raw[node.start : node.end].decode(sight.page.codec, "replace")
    return speaks(text) and not is_linked_data(text)


def values_in(script: str) -> Iterator[Value]:
    """The strings of a script, and its lists of strings, that are long enough to say something."""
    left = _MOST
    for row in _rows(list(tokens_of(script))):
        words = [words_in(escapes(token.text)) for token in row]
        together = " | ".join(filter(None, words))
        if _is_long(together) and (len(row) == 1 or _are_phrases(words)):
            if len(row) == 1:
                start, end = row[0].start + 1, row[0].start + 1 + len(row[0].text)
            else:
                start, end = row[0].start, row[-1].end
            yield Value(together[:_MOST_WORDS], start, end, len(row))
            left -= 1
            if not left:
                return


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
        yield script[end + 1 :].removeprefix(","), end + 1 + script.startswith(",", end + 1)


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
    return behind[:1] == ["."] and behind[-1] in _MATCHES


def _is_long(words: str) -> bool:
    spaced = _JUST_ASCII.fullmatch(words) is not None
    return len(words) >= (_LONG if spaced else _LONG_WITHOUT_SPACES) and (not spaced or " " in words)


def _are_phrases(words: Sequence[str]) -> bool:
    """Whether the values of a list are more than single words on average."""
    spaced = all(_JUST_ASCII.fullmatch(text) for text in words)
    if spaced:
        return sum(text.count(" ") + 1 for text in words) >= _WORDS_EACH * len(words)
    return sum(map(len, words)) >= _LETTERS_EACH * len(words)


def _judged(model: Model, value: Value) -> Sound | None:
    """How a value sounds, if it names what is sold."""
    sound = sound_of(model, [value.words])
    loud = sound.is_spam and sound.is_named
    return sound if loud and (sound.mean >= _LOUD or names_much(model.lexicon, value.words)) else None


def _sign_of(value: Value, sound: Sound, edit: Edit) -> Sign:
    what = "a list" if value.strings > 1 else "a string"
    return Sign(
        rule="spam-string",
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
