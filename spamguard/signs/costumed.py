"""An operator's name in costume: styled, mixed or parted letters, or some that nobody sees between them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from spamguard.page.costumes import JOINED, UNSEEN, is_mixed
from spamguard.signs.sign import SURE
from spamguard.signs.words import sound_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spamguard.model.weights import Model

_STYLED: Final = re.compile("[\U0001d400-\U0001d7ff\uff10-\uff5a\u24b6-\u24e9\U0001f130-\U0001f189]{5,40}")
_MIXED: Final = re.compile(
    r"(?<!\w)(?=\w{0,30}[A-Za-z])(?=\w{0,30}[\u0370-\u04ff])[A-Za-z0-9\u0370-\u04ff]{5,30}(?!\w)"
)
_APART: Final = re.compile(r"(?<!\w)(?:[A-Za-z0-9][·.\-_*•/ ]){5,30}[A-Za-z0-9](?!\w)")
OPERATOR: Final = re.compile(
    r"[a-z]{3,16}(?:88|77|777|138|99|168|303|888|188|123|69|89|365|234|[345]d)"
    r"|[a-z]{0,14}(?:slots?|toto|togel|casino|jackpot|gacor|poker|hoki|betting|sbobet)[a-z]{0,8}\d{0,4}"
    r"|(?:mpo|qq)[a-z]{2,10}\d{0,4}|[a-z]{3,14}(?:mpo\d{1,4}|qq\d{0,4})"
    r"|[a-z]{3,14}(?:bet|win|jitu)(?:pro|vip|club)?\d{0,4}"
)
"""How operators of games for money are called. No word of many letters is: *important* has ``mpo`` inside."""
_EVERYDAY: Final = re.compile(r"[a-z]{3,14}(?:bet|win)")
"""How the alphabet and Darwin are called as well."""
_WHAT_IS_SOLD: Final = re.compile(r"(?:online)?(?:slots?|casino|jackpot|poker|betting)(?:online|s)?")
_HOUSE: Final = re.compile(r"[a-z]{4,14}(?:vip|pro|club)\d{0,4}")
"""How they are called, and clubs."""
_BETWEEN: Final = re.compile(rf"[·.\-_*•/ {UNSEEN}]")
_UNSEEN: Final = re.compile(f"[{UNSEEN}]")
_FAIR: Final = 0.8
_LIKE_SPAM, _NOT_UNLIKE = 0.0, -2.0
"""Mean weight of the words around a name: those of honest comments weigh -4 and less."""
_SEVERAL: Final = 2


class Costume(NamedTuple):
    """A name as it is written, as it is read, and how sure it is that an operator is named."""

    name: str
    plain: str
    confidence: float


def operator_in(text: str, model: Model) -> Costume | None:
    """The first name in a text that hides in its letters from whoever searches for operators.

    Letters of two alphabets in one word, or several things between its letters that nobody sees, have no honest
    reason; styled letters and letters apart have: nicknames, headings. Those have to be called as operators alone are.
    """
    for name, deceives in _dressed(text):
        joined = _BETWEEN.sub("", unicodedata.normalize("NFKC", name))
        # Digits that letters stand on both sides of are read as letters, but not those of "4D".
        readings = (model.lexicon.folded(joined), joined.lower())
        plain = next((reading for reading in readings if OPERATOR.fullmatch(reading)), None)
        if (
            plain is not None
            and (deceives or not (_EVERYDAY.fullmatch(plain) or _may_be_hyphenated(name) or _is_all(text, name)))
            and _WHAT_IS_SOLD.fullmatch(plain) is None
        ):
            return Costume(name, plain, SURE)
        house = _HOUSE.fullmatch(readings[0]) is not None
        if plain is None and not house and not deceives:
            continue
        least = _LIKE_SPAM if plain is not None or not house else _NOT_UNLIKE
        if (house and deceives) or sound_of(model, [text]).mean > least:
            return Costume(name, plain or readings[0], _FAIR)
    return None


def _may_be_hyphenated(name: str) -> bool:
    """Whether something that nobody sees stands in a name: it tells where a line may end, or may not."""
    return _UNSEEN.search(name) is not None


def _is_all(text: str, name: str) -> bool:
    """Whether a name is all that a text says, as where the author of a comment is told."""
    return text.strip(" :@#\t\r\n") == name


def _dressed(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a text in costume, each with whether that deceives."""
    if not text.isascii():
        if any(unseen in text for unseen in UNSEEN):
            for match in JOINED.finditer(text):
                # Who parts long words where a line may end leaves no letter alone.
                parts = [part for part in _UNSEEN.split(match[0]) if part]
                yield match[0], len(parts) > _SEVERAL and min(map(len, parts)) == 1
        yield from ((match[0], False) for match in _STYLED.finditer(text))
        yield from ((match[0], is_mixed(match[0])) for match in _MIXED.finditer(text))
    yield from ((match[0], False) for match in _APART.finditer(text))
