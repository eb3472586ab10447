"""What an expression of a script can be known to be, and the functions that only turn strings into strings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spamguard.scripts import undo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.scripts.reading import Saying

_PLAIN_PATTERN: Final = re.compile(r"(?:[\w\s@#%&=!~:;,'\"<>-]|\\[^\w\s])+")

_LETTER_PATTERN: Final = re.compile(r"\[(?:a-z|A-Z){1,2}\](?:\+|\{1,\})")


@dataclass(frozen=True, slots=True)
class Text:
    """A string and the disguises it was found in."""

    text: str
    how: frozenset[str] = frozenset()

    def through(self, text: str, *how: str) -> Text:
        """What became of it in one more step."""
        return Text(text, self.how.union(how))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression, as written."""

    body: str


@dataclass(frozen=True, slots=True)
class Function:
    """A function; ``packer`` when its parameters are those of the packer that everybody uses.

    Its body are the tokens ``[begin, end)`` of the text with the number ``text``. It was read once when nothing was
    known of its ``parameters``: ``said`` strings were there before, ``drafts`` are those that were put to a use then
    and not known as a whole, and ``grew`` tells what was added to.
    """

    packer: bool
    parameters: tuple[str, ...] = ()
    begin: int = 0
    end: int = 0
    text: int = -1
    said: int = 0
    drafts: tuple[Saying, ...] = ()
    grew: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """What every script finds there: the document, the address of the page, and what is in them."""

    path: tuple[str, ...]


Value = Text | Pattern | Function | Place | int | list["Value"] | dict[str, "Value"] | None
"""None is what cannot be known without running the script."""


def called(name: str, values: Sequence[Value]) -> Value:
    """What a function that everybody has makes of strings; None for all others."""
    first = values[0] if values else None
    if name == "fromCharCode" or name == "fromCodePoint":
        return _codes(values)
    if not isinstance(first, Text):
        return None
    if name == "unescape":
        return first.through(undo.percent(first.text), *_if_changed("%", first.text, "percent"))
    if name in {"decodeURIComponent", "decodeURI"}:
        return first.through(undo.uri(first.text), *_if_changed("%", first.text, "percent"))
    if name == "atob":
        decoded = undo.base64_text(first.text)
        return first.through(decoded, "base64") if decoded is not None else None
    return first if name in {"String", "escape", "encodeURIComponent", "encodeURI"} else None


def _if_changed(mark: str, text: str, how: str) -> tuple[str, ...]:
    return (how,) if mark in text else ()


def _codes(values: Sequence[Value]) -> Value:
    codes = [code for value in values if (code := _code(value)) is not None]
    if not codes or len(codes) != len(values):
        return None
    text = "".join(map(chr, codes)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Text(text, frozenset({"codes"}))


def _code(value: Value) -> int | None:
    if isinstance(value, Text) and value.text.isdecimal() and len(value.text) < 8:
        value = int(value.text)
    return value if isinstance(value, int) and 0 <= value <= 0x10FFFF else None


def method(of: Value, name: str, values: Sequence[Value]) -> Value:
    """What a method of a string or an array makes of it; None when that is not known."""
    if isinstance(of, list):
        return _of_list(of, name, values)
    if isinstance(of, Text):
        return _of_text(of, name, values)
    return None


def growth(of: Value, name: str, values: Sequence[Value]) -> int:
    """How many characters a method would write beyond those that are there, asked before it does."""
    texts = [value for value in values if isinstance(value, Text)]
    if name == "join" and isinstance(of, list) and texts:
        return len(of) * len(texts[0].text) + sum(len(item.text) for item in of if isinstance(item, Text))
    if name in {"replace", "replaceAll"} and isinstance(of, Text) and texts:
        what = _what(values[0])
        return of.text.count(what) * len(texts[-1].text) if what else 0
    return 0


def _what(value: Value) -> str:
    """What a method is told to look for, as far as it is plain; else nothing."""
    if isinstance(value, Pattern):
        return re.sub(r"\\(.)", r"\1", value.body) if _PLAIN_PATTERN.fullmatch(value.body) else ""
    return value.text if isinstance(value, Text) else ""


def _of_list(items: list[Value], name: str, values: Sequence[Value]) -> Value:
    if name == "reverse":
        return [item.through(item.text, "reversed") if isinstance(item, Text) else item for item in reversed(items)]
    if name == "concat" and all(isinstance(value, list) for value in values):
        return items + [item for value in values if isinstance(value, list) for item in value]
    if name in {"join", "toString"}:
        between = values[0].text if values and isinstance(values[0], Text) else ","
        known = [item for item in items if isinstance(item, Text | int)]
        texts = [item if isinstance(item, Text) else Text(str(item)) for item in known]
        how = frozenset().union(*(text.how for text in texts))
        return Text(between.join(text.text for text in texts), how)
    if name == "slice" and (numbers := [value for value in values if isinstance(value, int)]) == list(values) != []:
        return items[numbers[0] : numbers[1] if len(numbers) > 1 else None] if min(numbers) >= 0 else None
    return items if name in {"slice", "sort", "filter"} and not values else None


def _of_text(of: Text, name: str, values: Sequence[Value]) -> Value:
    numbers = [value for value in values if isinstance(value, int)]
    if name == "split":
        return [Text(part, of.how) for part in _parts(of.text, values[0] if values else None)]
    if name == "replace" or name == "replaceAll":
        return _replaced(of, values)
    if name == "concat":
        return of.through(of.text + "".join(value.text for value in values if isinstance(value, Text)))
    if name in {"toString", "trim", "valueOf"}:
        return of
    if name == "toLowerCase":
        return of.through(of.text.lower())
    if name in {"substring", "slice"} and len(numbers) == len(values) > 0 and min(numbers) >= 0:
        return of.through(of.text[numbers[0] : numbers[1] if len(numbers) > 1 else None])
    if name == "substr" and len(numbers) == len(values) > 0 and min(numbers) >= 0:
        return of.through(of.text[numbers[0] :][: numbers[1] if len(numbers) > 1 else None])
    if name == "charAt" and numbers and 0 <= numbers[0] < len(of.text):
        return of.through(of.text[numbers[0]])
    return None


def _parts(text: str, between: Value) -> list[str]:
    if isinstance(between, Pattern) and _LETTER_PATTERN.fullmatch(between.body):
        return re.split("[a-zA-Z]+", text)
    if isinstance(between, Text) and not between.text:
        return list(text)
    what = _what(between)
    return text.split(what) if what else [text]


def _replaced(of: Text, values: Sequence[Value]) -> Value:
    if len(values) != 2 or not isinstance(values[1], Text):
        return of
    what = _what(values[0])
    return of.through(of.text.replace(what, values[1].text)) if what else of
