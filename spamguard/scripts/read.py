"""Reads a script without running it: what is known of its expressions before it runs, left to right, once.

Every token is passed once and nothing is ever tried twice, so time grows with the size of the script; what strings
may grow to, how deep brackets and evaluated texts may nest, is limited, and a limit that is met is named.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.findings import Span
from spamguard.page.readable import readable
from spamguard.scripts import undo
from spamguard.scripts.lex import Sort, Token, tokens_of
from spamguard.scripts.reading import Reading, Saying, Use
from spamguard.scripts.uses import assigned_use, called_use
from spamguard.scripts.values import Function, Pattern, Text, Value, called, method

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LONGEST: Final = 64 * 1024
"""Bytes of a script that are read, half of them from its end."""
_TOO_LONG: Final = "the script is longer than what is read of it"
MOST_TOKENS: Final = 200_000
"""Of a script and all that it evaluates."""
MOST_TEXT: Final = 2_000_000
"""Characters that its strings may grow to, all steps counted."""
DEEPEST: Final = 40
"""Brackets in brackets."""
MOST_RUNS: Final = 6
"""Texts evaluated in texts that are evaluated."""
_CLOSERS: Final = {"(": ")", "[": "]", "{": "}"}
_PACKER: Final = (("p", "a", "c", "k", "e", "d"), ("p", "a", "c", "k", "e", "r"))
_SPLIT: Final = 3
PARTLY: Final = "partly"
"""Among how a text was found: something in it is not known."""


class _LimitError(Exception):
    """A limit is met."""


@dataclass(slots=True)
class _Found:
    """What has been read so far, and what may still be spent."""

    sayings: list[Saying] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    patterns: list[str] = field(default_factory=list)
    unknown: set[Use] = field(default_factory=set)
    known: dict[str, Value] = field(default_factory=dict)
    tokens: int = 0
    text: int = 0
    stopped: str | None = None


def read_script(raw: bytes, start: int, end: int, codec: str) -> Reading:
    """Read the script in bytes ``[start, end)`` of a page."""
    if end - start <= LONGEST:
        whole = readable(raw, start, end, codec, references=False)
        return _reading(whole.text, whole.offsets, None)
    # Of a long script both ends are read: what is added to one is added there.
    head = readable(raw, start, start + LONGEST // 2, codec, references=False)
    tail = readable(raw, end - LONGEST // 2, end, codec, references=False)
    text = f"{head.text}\n{tail.text}"
    return _reading(text, np.concatenate((head.offsets, tail.offsets)), _TOO_LONG)


def read_text(script: str) -> Reading:
    """Read a script by itself; where its strings stand in a page is not told."""
    if len(script) <= LONGEST:
        return _reading(script, None, None)
    return _reading(f"{script[: LONGEST // 2]}\n{script[-LONGEST // 2 :]}", None, _TOO_LONG)


def _reading(script: str, offsets: NDArray[np.int64] | None, stopped: str | None) -> Reading:
    found = _Found(stopped=stopped)
    try:
        _Reader(script, found, offsets).read()
    except _LimitError as stop:
        found.stopped = str(stop)
    return Reading(
        tuple(found.sayings),
        frozenset(found.names),
        tuple(found.patterns),
        frozenset(found.unknown),
        found.stopped,
    )


class _Reader:
    """Reads one text. ``offsets`` tell where its characters lie in the page; of an evaluated text only ``whole``."""

    def __init__(
        self,
        script: str,
        found: _Found,
        offsets: NDArray[np.int64] | None,
        *,
        whole: Span | None = None,
        how: frozenset[str] = frozenset(),
        run: int = 0,
    ) -> None:
        self._found = found
        self._offsets = offsets
        self._whole = whole
        self._how = how
        self._run = run
        self._too_deep = False
        self._tokens: list[Token] = []
        for token in tokens_of(script):
            self._tokens.append(token)
            if found.tokens + len(self._tokens) > MOST_TOKENS:
                found.stopped = f"it has more than {MOST_TOKENS:,} words and marks"
                break
        found.tokens += len(self._tokens)

    def read(self) -> None:
        """Read all of it."""
        place = 0
        while place < len(self._tokens):
            self._too_deep = False
            place = self._expression(place, 0)[1]

    def _is(self, place: int, mark: str) -> bool:
        return place < len(self._tokens) and self._tokens[place].text == mark and self._tokens[place].sort is Sort.MARK

    def _expression(self, place: int, depth: int) -> tuple[Value, int]:
        """The value of the sum that begins at a token, and where the next one begins: always further on."""
        begin = place
        value, place = self._operand(place, depth)
        terms = [value]
        while self._is(place, "+") and place + 1 < len(self._tokens):
            value, place = self._operand(place + 1, depth)
            terms.append(value)
        if len(terms) > 1:
            value = self._sum(terms)
        if isinstance(value, Text):
            self._say(value, Use.OTHER, begin, place)
        return value, place

    def _sum(self, terms: Sequence[Value]) -> Value:
        """Strings put together; what is not known among them is left out."""
        if all(isinstance(term, int) for term in terms):
            return sum(term for term in terms if isinstance(term, int))
        texts = [term if isinstance(term, Text) else Text(str(term)) for term in terms if isinstance(term, Text | int)]
        if not any(isinstance(term, Text) for term in terms):
            return None
        how = frozenset().union(*(text.how for text in texts))
        if len(texts) < len(terms):
            how |= {PARTLY}
        if sum(len(text.text) <= _SPLIT for text in texts) >= _SPLIT and len(texts) == len(terms):
            how |= {"split"}
        return self._grown(Text("".join(text.text for text in texts), how))

    def _grown(self, text: Text) -> Text:
        self._found.text += len(text.text)
        if self._found.text > MOST_TEXT:
            raise _LimitError(f"its strings grow to more than {MOST_TEXT:,} characters")
        return text

    def _operand(self, place: int, depth: int) -> tuple[Value, int]:
        token = self._tokens[place]
        if depth > DEEPEST:
            # All open brackets are left at once and reading goes on behind them: what is so deep is read flat.
            self._too_deep = True
            self._found.stopped = f"its brackets are nested more than {DEEPEST} deep"
            return None, place + 1
        if token.sort is Sort.STRING or token.sort is Sort.TEMPLATE:
            return self._after(self._literal(token), [], place, place + 1, depth)
        if token.sort is Sort.NUMBER:
            return _number(token.text), place + 1
        if token.sort is Sort.REGEX:
            self._found.patterns.append(token.text)
            return self._after(Pattern(token.text), [], place, place + 1, depth)
        if token.sort is Sort.NAME:
            return self._name(place, depth)
        if token.text == "(":
            values, after = self._slots(place + 1, ")", depth)
            return self._after(values[-1] if values else None, [], place, after, depth)
        if token.text == "[":
            values, after = self._slots(place + 1, "]", depth)
            return self._after(values, [], place, after, depth)
        if token.text == "{":
            return None, self._slots(place + 1, "}", depth)[1]
        return None, place + 1

    def _literal(self, token: Token) -> Text:
        body = token.text
        if token.sort is Sort.TEMPLATE and "${" in body:
            body = _without_holes(body)
        how = frozenset({"spelled"}) if undo.is_spelled(body) else frozenset()
        return self._grown(Text(undo.escapes(body), how))

    def _name(self, place: int, depth: int) -> tuple[Value, int]:
        name = undo.escapes(self._tokens[place].text)
        self._found.names.add(name)
        if name == "function":
            return self._function(place, depth)
        if name in {"new", "return", "typeof", "void", "await", "throw", "delete"} and place + 1 < len(self._tokens):
            return self._operand(place + 1, depth + 1)
        return self._after(self._found.known.get(name), [name], place, place + 1, depth)

    def _function(self, place: int, depth: int) -> tuple[Value, int]:
        after = place + 1
        if after < len(self._tokens) and self._tokens[after].sort is Sort.NAME:
            after += 1
        if not self._is(after, "("):
            return None, after
        begin = after + 1
        after = self._slots(begin, ")", depth)[1]
        parameters = tuple(token.text for token in self._tokens[begin:after] if token.sort is Sort.NAME)
        if self._is(after, "{"):
            after = self._slots(after + 1, "}", depth)[1]
        return self._after(Function(parameters[:6] in _PACKER), [], place, after, depth)

    def _slots(self, place: int, closer: str, depth: int) -> tuple[list[Value], int]:
        """The values between brackets, and where it goes on; a slot that is more than one expression is not known."""
        values: list[Value] = []
        filled = 0
        while place < len(self._tokens) and not self._too_deep:
            token = self._tokens[place]
            if token.sort is Sort.MARK:
                if token.text == closer:
                    return values, place + 1
                if token.text in {")", "]", "}"}:
                    return values, place
                if token.text in {",", ";"}:
                    filled, place = 0, place + 1
                    continue
            value, place = self._expression(place, depth + 1)
            filled += 1
            if filled == 1:
                values.append(value)
            elif values:
                values[-1] = None
        return values, place

    def _after(self, value: Value, path: list[str], begin: int, place: int, depth: int) -> tuple[Value, int]:
        """Follow what stands behind an operand: members, calls, and at last what is assigned to it."""
        while place < len(self._tokens):
            token = self._tokens[place]
            if token.sort is not Sort.MARK:
                break
            follows = place + 1 < len(self._tokens)
            if token.text == "?" and self._is(place + 1, "."):
                place += 1
            elif token.text == "." and follows and self._tokens[place + 1].sort is Sort.NAME:
                name = undo.escapes(self._tokens[place + 1].text)
                self._found.names.add(name)
                place += 2
                if self._is(place, "("):
                    values, after = self._slots(place + 1, ")", depth)
                    value = self._called([*path, name], value, values, begin, after)
                    path, place = [*path, name, "()"], after
                else:
                    path = [*path, name]
                    value = self._found.known.get(".".join(path)) if len(path) > 1 else None
            elif token.text == "[":
                values, after = self._slots(place + 1, "]", depth)
                value, path, place = self._member(value, path, values, begin, after, depth)
            elif token.text == "(":
                values, after = self._slots(place + 1, ")", depth)
                value = self._called(path, value, values, begin, after)
                path, place = [*path, "()"], after
            elif token.text in {"=", "+="} and path and follows:
                return self._assigned(path, token.text, begin, place, depth)
            else:
                break
            if len(path) > DEEPEST:
                path = path[-DEEPEST:]
        return value, place

    def _member(
        self, value: Value, path: list[str], values: list[Value], begin: int, place: int, depth: int
    ) -> tuple[Value, list[str], int]:
        index = values[0] if len(values) == 1 else None
        if isinstance(index, int) and isinstance(value, list):
            return (value[index] if 0 <= index < len(value) else None), [*path, "[]"], place
        if isinstance(index, int) and isinstance(value, Text):
            return (value.through(value.text[index]) if 0 <= index < len(value.text) else None), [*path, "[]"], place
        if not isinstance(index, Text):
            return None, [*path, "[]"], place
        name = index.text
        self._found.names.add(name)
        if self._is(place, "("):
            arguments, after = self._slots(place + 1, ")", depth)
            return self._called([*path, name], value, arguments, begin, after), [*path, name, "()"], after
        return self._found.known.get(".".join([*path, name])), [*path, name], place

    def _assigned(self, path: list[str], mark: str, begin: int, place: int, depth: int) -> tuple[Value, int]:
        value, after = self._expression(place + 1, depth + 1)
        name = ".".join(path)
        if mark == "+=":
            value = self._sum([self._found.known.get(name), value])
        self._found.known[name] = value
        use = assigned_use(path)
        if isinstance(value, Text):
            self._say(value, use, begin, after)
        elif use is not Use.OTHER:
            self._found.unknown.add(use)
        return value, after

    def _called(self, path: list[str], of: Value, values: list[Value], begin: int, after: int) -> Value:
        if isinstance(of, Function) and of.packer and not path:
            return self._unpacked(values)
        name = path[-1] if path else ""
        if name in {"apply", "call"} and len(path) > 1:
            name, path = path[-2], path[:-1]
            values = values[1] if len(values) > 1 and isinstance(values[1], list) else values[1:]
        use, at, runs = called_use(path, values)
        if runs:
            for value in values:
                if isinstance(value, Text):
                    self._evaluate(value, begin, after)
        if use is not Use.OTHER:
            value = values[at] if at < len(values) else None
            if isinstance(value, Text):
                self._say(value, use, begin, after)
            else:
                self._found.unknown.add(use)
        result = called(name, values)
        if result is None:
            result = method(of, name, values)
        if isinstance(result, list):
            self._found.text += len(result)
        return self._grown(result) if isinstance(result, Text) else result

    def _unpacked(self, values: list[Value]) -> Value:
        payload, radix, words = values[0] if values else None, values[1] if len(values) > 1 else None, None
        if len(values) > 3:
            words = values[3]
        if not isinstance(payload, Text) or not isinstance(radix, int) or not isinstance(words, list):
            return None
        texts = [word.text if isinstance(word, Text) else "" for word in words]
        longest = max(map(len, texts), default=0)
        self._found.text += len(payload.text)
        if len(payload.text) * max(longest, 1) > 8 * MOST_TEXT:
            raise _LimitError("what it packs would unpack to too much")
        return self._grown(payload.through(undo.unpacked(payload.text, radix, texts), "packed"))

    def _evaluate(self, text: Text, begin: int, after: int) -> None:
        if self._run >= MOST_RUNS:
            raise _LimitError(f"it evaluates texts that evaluate texts, more than {MOST_RUNS} times over")
        inner = _Reader(
            text.text,
            self._found,
            None,
            whole=self._span(begin, after),
            how=self._how | text.how,
            run=self._run + 1,
        )
        inner.read()

    def _span(self, begin: int, after: int) -> Span:
        """The bytes of the page that the tokens up to ``after`` come from."""
        if self._offsets is None:
            return self._whole or Span(0, 0)
        last = self._tokens[max(after, begin + 1) - 1]
        return Span(int(self._offsets[self._tokens[begin].start]), int(self._offsets[last.end]))

    def _say(self, text: Text, use: Use, begin: int, after: int) -> None:
        if text.text:
            span = self._span(begin, after)
            self._found.sayings.append(Saying(text.text, use, span, self._how | text.how, self._run))


def _number(text: str) -> Value:
    try:
        return int(text, 16) if text[:2] in {"0x", "0X"} else int(text)
    except ValueError:
        return None


def _without_holes(body: str) -> str:
    """A template without what is filled in; nesting inside a hole is counted."""
    parts: list[str] = []
    place = 0
    while (hole := body.find("${", place)) >= 0:
        parts.append(body[place:hole])
        level, place = 1, hole + 2
        while place < len(body) and level:
            level += {"{": 1, "}": -1}.get(body[place], 0)
            place += 1
    return "".join(parts) + body[place:]
