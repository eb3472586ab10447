"""Passes over the tokens of a script once, left to right, and keeps what is known of its expressions before it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.scripts import undo
from spamguard.scripts.lex import Sort, Token, tokens_of
from spamguard.scripts.reading import NAMED, VEILS, Saying, Use
from spamguard.scripts.state import MOST_TOKENS, Found, LimitError, Run
from spamguard.scripts.uses import assigned_use, called_use
from spamguard.scripts.values import Function, Pattern, Text, Value, called, growth, method

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

DEEPEST: Final = 40
"""Brackets in brackets."""
MOST_RUNS: Final = 6
"""Texts evaluated in texts that are evaluated."""
_FIRST: Final = 24
"""Tokens at the beginning of an object among which the address of a request is looked for."""
_PACKER: Final = (("p", "a", "c", "k", "e", "d"), ("p", "a", "c", "k", "e", "r"))


class Reader:
    """Reads one text. ``offsets`` tell where its characters lie in the page; of an evaluated text only ``whole``."""

    def __init__(
        self,
        script: str,
        found: Found,
        offsets: Sequence[int] | NDArray[np.int64] | None,
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
        """The value of the sum that begins at a token, and where the next one begins."""
        begin = place
        value, place = self._operand(place, depth)
        terms = [value]
        while self._is(place, "+") and place + 1 < len(self._tokens) and not self._too_deep:
            value, place = self._operand(place + 1, depth)
            terms.append(value)
        if len(terms) > 1:
            value = self._found.total(terms)
        if isinstance(value, Text) and place > begin:
            self._say(value, Use.OTHER, begin, place)
        return value, place

    def _operand(self, place: int, depth: int) -> tuple[Value, int]:
        token = self._tokens[place]
        if depth > DEEPEST:
            # All open brackets are left at once and reading goes on behind them: what is so deep is read flat.
            self._too_deep = True
            self._found.stopped = f"its brackets are nested more than {DEEPEST} deep"
            return None, place
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
            return self._after(values[-1] if values else None, self._named_in(after), place, after, depth)
        if token.text == "[":
            values, after = self._slots(place + 1, "]", depth)
            return self._after(values, [], place, after, depth)
        if token.text == "{":
            after = self._slots(place + 1, "}", depth)[1]
            return self._address_in(place + 1, after), after
        return None, place + 1

    def _named_in(self, after: int) -> list[str]:
        """What is called by brackets that end in a name behind a comma: ``(0, eval)("...")``."""
        if after < 4 or not self._is(after - 1, ")") or not self._is(after, "(") or not self._is(after - 3, ","):
            return []
        last = self._tokens[after - 2]
        return [undo.escapes(last.text)] if last.sort is Sort.NAME else []

    def _address_in(self, place: int, after: int) -> Value:
        """Of an object the one thing that is asked for: the address that a request is made of."""
        for at in range(place, min(after, place + _FIRST) - 2):
            key, mark, value = self._tokens[at : at + 3]
            if key.text == "url" and mark.text == ":" and value.sort is Sort.STRING:
                return self._literal(value)
        return None

    def _literal(self, token: Token) -> Text:
        body = token.text
        if token.sort is Sort.TEMPLATE and "${" in body:
            body = _without_holes(body)
        how = frozenset({"spelled"}) if undo.is_spelled(body) else frozenset()
        return self._found.grown(Text(undo.escapes(body), how))

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
        while place < len(self._tokens) and not self._too_deep:
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
                if (
                    len(values) == 1
                    and isinstance(values[0], Text)
                    and self._is_veiled(values[0], place + 1, after - 1)
                ):
                    self._found.veiled.add(values[0].text)
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

    def _is_veiled(self, name: Text, begin: int, end: int) -> bool:
        """Whether the name of a member, at some tokens, is written so that nobody finds it by looking for it."""
        pieces = [token for token in self._tokens[begin:end] if token.sort is Sort.STRING]
        escaped = len(pieces) == 1 and name.text.isalpha() and "\\" in pieces[0].text
        return escaped or bool(name.how & VEILS) or (len(pieces) > 1 and len(pieces) * 2 - 1 == end - begin)

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
            value = self._found.total([self._found.known.get(name), value])
        self._found.known[name] = value
        use = assigned_use(path)
        if isinstance(value, Text):
            self._say(self._veiled(path, use, value), use, begin, after)
        elif use is not Use.OTHER:
            self._found.unknown.add(use)
        return value, after

    def _veiled(self, path: Sequence[str], use: Use, value: Text) -> Text:
        """What is put to a use by a name that the script veils."""
        return value.through(value.text, NAMED) if use is not Use.OTHER and path[-1] in self._found.veiled else value

    def _called(self, path: list[str], of: Value, values: list[Value], begin: int, after: int) -> Value:
        if isinstance(of, Function) and of.packer and not path:
            return self._found.unpacked(values)
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
                self._say(self._veiled(path, use, value), use, begin, after)
            else:
                self._found.unknown.add(use)
        self._found.spend(growth(of, name, values))
        result = called(name, values)
        if result is None:
            result = method(of, name, values)
        if isinstance(result, list):
            self._found.spend(len(result))
        return self._found.grown(result) if isinstance(result, Text) else result

    def _evaluate(self, text: Text, begin: int, after: int) -> None:
        if self._run >= MOST_RUNS:
            raise LimitError(f"it evaluates texts that evaluate texts, more than {MOST_RUNS} times over")
        self._found.waiting.append(Run(text.text, self._span(begin, after), self._how | text.how, self._run + 1))

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
