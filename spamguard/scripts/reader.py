"""Passes over the tokens of a script once, left to right, and keeps what is known of its expressions before it runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.scripts import undo
from spamguard.scripts.lex import Sort, Token, tokens_of
from spamguard.scripts.reading import NAMED, PARTLY, VEILS, Saying, Use
from spamguard.scripts.state import MOST_REPEATED, MOST_TOKENS, Found, LimitError, Run
from spamguard.scripts.uses import FETCH, assigned_use, called_use
from spamguard.scripts.values import Function, Pattern, Place, Text, Value, called, growth, method

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

DEEPEST: Final = 40
"""Brackets in brackets."""
MOST_RUNS: Final = 6
"""Texts evaluated in texts that are evaluated."""
MOST_ROUNDS: Final = 16
"""How often a loop, or what is called for each entry of a list, is read."""
_MOST_CALLS: Final = 3
"""Calls in calls that are followed."""
_PLACES: Final = frozenset(
    {"document", "window", "self", "top", "parent", "location", "navigator", "String", "eval", "atob", "unescape"}
)
_LONGEST_PLACE: Final = 3
_EACH: Final = frozenset({"forEach", "map", "each", "reduce"})
_SIDES: Final = frozenset({"width", "height"})
_HOLE: Final = re.compile(r"\s*((?:[^\W\d]|\$)[\w$]{0,60}(?:\.(?:[^\W\d]|\$)[\w$]{0,60}|\[\d{1,3}\]){0,4})\s*")
_LONGEST_VALUE, _LONGEST_STYLE = 60, 400
_STYLES: Final = frozenset({"style", "cssText"})
"""What holds all declarations of an element at once."""
_STEP: Final = re.compile(r"[\w$]+")
_CAPITAL: Final = re.compile(r"[A-Z]")
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
        self._calls = 0
        self._rounds = 0
        found.texts += 1
        self._number = found.texts
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
            if self._is(after, "=>"):
                return self._arrow(self._parameters(place + 1, after - 1), after + 1, depth)
            last = values[-1] if values else None
            path = list(last.path) if isinstance(last, Place) else self._named_in(after)
            return self._after(last, path, place, after, depth)
        if token.text == "[":
            values, after = self._slots(place + 1, "]", depth)
            return self._after(values, [], place, after, depth)
        if token.text == "{":
            return self._object(place, depth)
        return None, place + 1

    def _named_in(self, after: int) -> list[str]:
        """What is called by brackets that end in a name behind a comma: ``(0, eval)("...")``."""
        if after < 4 or not self._is(after - 1, ")") or not self._is(after, "(") or not self._is(after - 3, ","):
            return []
        last = self._tokens[after - 2]
        return [undo.escapes(last.text)] if last.sort is Sort.NAME else []

    def _object(self, place: int, depth: int) -> tuple[Value, int]:
        """An object, or a block of statements; and where it goes on."""
        items: dict[str, Value] = {}
        place += 1
        while place < len(self._tokens) and not self._too_deep:
            token = self._tokens[place]
            if token.sort is Sort.MARK:
                if token.text == "}":
                    return items or None, place + 1
                if token.text in {")", "]"}:
                    break
                if token.text in {",", ";"}:
                    place += 1
                    continue
            key = None
            if self._is(place + 1, ":") and (self._is(place - 1, "{") or self._is(place - 1, ",")):
                key = undo.escapes(token.text)
                place += 2
                if token.sort is Sort.NAME:
                    self._found.names.add(key)
                if place >= len(self._tokens):
                    break
            value, place = self._expression(place, depth + 1)
            if key is not None:
                items[key] = value if self._is(place, ",") or self._is(place, "}") else None
        return items or None, place

    def _parameters(self, begin: int, end: int) -> tuple[str, ...]:
        return tuple(token.text for token in self._tokens[begin:end] if token.sort is Sort.NAME)

    def _arrow(self, parameters: tuple[str, ...], place: int, depth: int) -> tuple[Value, int]:
        """A function that is written as an arrow, from its body on."""
        said, grew = len(self._found.sayings), len(self._found.grew)
        if place >= len(self._tokens):
            return None, place
        if self._is(place, "{"):
            after = self._slots(place + 1, "}", depth + 1)[1]
            begin, end = place + 1, after - 1
        else:
            after = self._expression(place, depth + 1)[1]
            begin, end = place, after
        return self._made(parameters, begin, end, said, grew), after

    def _made(self, parameters: tuple[str, ...], begin: int, end: int, said: int, grew: int) -> Function:
        """A function that was just read; so many strings were there before it, and so many had grown."""
        drafts = (
            saying for saying in self._found.sayings[said:] if saying.use is not Use.OTHER and PARTLY in saying.how
        )
        packs = parameters[:6] in _PACKER
        return Function(packs, parameters, begin, end, self._number, said, tuple(drafts), (grew, len(self._found.grew)))

    def _repeats(self, begin: int, end: int) -> bool:
        """Whether some tokens may be read once more."""
        self._found.repeated += end - begin + 1
        return self._found.repeated <= MOST_REPEATED and self._calls < _MOST_CALLS

    def _run_through(self, function: Function, values: Sequence[Value], depth: int) -> Value:
        """What a function makes of some values; what is put to a use in it is told again, with what they are."""
        told = function.parameters and any(value is not None for value in values)
        if function.text != self._number or function.packer or not told or self._too_deep:
            return None
        if not self._repeats(function.begin, function.end):
            return None
        known = self._found.known
        self._forget_drafts(function)
        kept = {name: known.get(name) for name in function.parameters}
        for number, name in enumerate(function.parameters):
            known[name] = values[number] if number < len(values) else None
        self._calls += 1
        result: Value = None
        place = function.begin
        arrow = not self._is(function.begin - 1, "{")
        while place < function.end and not self._too_deep:
            returns = arrow or self._tokens[place].text == "return"
            value, place = self._expression(place, depth + 1)
            result = value if returns else result
        self._calls -= 1
        known.update(kept)
        return result

    def _forget_drafts(self, function: Function) -> None:
        """Before a function is run through for the first time, forget what was said of it when nothing was known."""
        found = self._found
        key = (function.text, function.begin)
        if key in found.ran:
            return
        found.ran.add(key)
        said = max(0, function.said - found.forgotten)
        drafts = {id(saying) for saying in function.drafts}
        left = [saying for saying in found.sayings[said:] if id(saying) not in drafts]
        found.forgotten += len(found.sayings) - said - len(left)
        found.sayings[said:] = left
        found.repeatedly.difference_update(function.drafts)
        found.repeatedly.update(left)
        if len(found.grew) == function.grew[1]:
            # Nothing came between: what was added while nothing was known is added now.
            known = found.grew[function.grew[0] :]
            found.known.update(reversed(known))

    def _each(self, name: str, of: Value, values: Sequence[Value], depth: int) -> Value:
        """What is called for each entry of a list."""
        if name == "each" and len(values) > 1 and isinstance(values[0], list | dict):
            of, values = values[0], values[1:]
        function = values[0] if values else None
        if not isinstance(function, Function) or not isinstance(of, list | dict):
            return None
        entries = list(of.items()) if isinstance(of, dict) else list(enumerate(of))
        made: list[Value] = []
        sum_up = values[1] if name == "reduce" and len(values) > 1 else None
        for key, value in entries[:MOST_ROUNDS]:
            told: Value = Text(key) if isinstance(key, str) else key
            given = [told, value] if name == "each" else [sum_up, value, told] if name == "reduce" else [value, told]
            sum_up = self._run_through(function, given, depth)
            made.append(sum_up)
        return sum_up if name == "reduce" else made if name == "map" else None

    def _loop(self, place: int, depth: int) -> tuple[Value, int]:
        """A loop: over a list that is known, its body is read for each entry."""
        after = self._slots(place + 2, ")", depth)[1]
        if after >= len(self._tokens) or self._too_deep:
            return None, after
        counter, entries = self._counted(place + 2, after - 1)
        known = self._found.known
        begin, end = after, after
        for entry in entries[:MOST_ROUNDS]:
            if end > begin and not self._repeats(begin, end):
                break
            known[counter] = entry
            self._rounds += 1
            end = self._statement(begin, depth)
            self._rounds -= 1
        return None, end if end > begin else self._statement(begin, depth)

    def _statement(self, place: int, depth: int) -> int:
        """Read a block, or the expressions up to the next semicolon; where it goes on."""
        if self._is(place, "{"):
            return self._slots(place + 1, "}", depth + 1)[1]
        while place < len(self._tokens) and not self._too_deep:
            if self._tokens[place].sort is Sort.MARK and self._tokens[place].text in {";", "}", ")", "]"}:
                break
            place = self._expression(place, depth + 1)[1]
        return place

    def _counted(self, begin: int, end: int) -> tuple[str, list[Value]]:
        """Of the head of a loop what it counts with, and what that becomes in turn; nothing when it is not known."""
        for at in range(begin, end - 2):
            name, mark, of = self._tokens[at : at + 3]
            if name.sort is not Sort.NAME or mark.text not in {"<", "of", "in"}:
                continue
            value: Value = _number(of.text) if of.sort is Sort.NUMBER else self._found.known.get(of.text)
            if mark.text == "of" and isinstance(value, list):
                return name.text, value
            if mark.text == "in" and isinstance(value, dict):
                return name.text, [Text(key) for key in value]
            if mark.text == "in" and isinstance(value, list):
                return name.text, list(range(len(value)))
            path = "".join(token.text for token in self._tokens[at + 2 : end]).split(";")[0]
            if mark.text == "<" and path.endswith(".length"):
                value = self._looked_up(path.removesuffix(".length"))
                value = len(value) if isinstance(value, list) else None
            first = self._found.known.get(name.text)
            if mark.text == "<" and isinstance(value, int):
                start = first if isinstance(first, int) else 0
                return name.text, list(range(start, min(value, start + MOST_ROUNDS)))
        return "", []

    def _looked_up(self, path: str) -> Value:
        """What a name, and the names and numbers behind it, stand for."""
        steps = _STEP.findall(path)
        if _HOLE.fullmatch(path) is None or not steps:
            return None
        value = self._found.known.get(steps[0])
        for step in steps[1:]:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
                value = value[int(step)]
            else:
                return None
        return value

    def _literal(self, token: Token) -> Text:
        body = token.text
        if token.sort is Sort.TEMPLATE and "${" in body:
            body = self._filled(body)
        how = frozenset({"spelled"}) if undo.is_spelled(body) else frozenset()
        return self._found.grown(Text(undo.escapes(body), how))

    def _filled(self, body: str) -> str:
        """A template with what is known of what is filled in; nesting inside a hole is counted."""
        parts: list[str] = []
        place = 0
        while (hole := body.find("${", place)) >= 0:
            parts.append(body[place:hole])
            level, place = 1, hole + 2
            while place < len(body) and level:
                level += {"{": 1, "}": -1}.get(body[place], 0)
                place += 1
            value = self._looked_up(body[hole + 2 : place - 1][:100])
            parts.append(value.text if isinstance(value, Text) else str(value) if isinstance(value, int) else "")
        return "".join(parts) + body[place:]

    def _name(self, place: int, depth: int) -> tuple[Value, int]:
        name = undo.escapes(self._tokens[place].text)
        self._found.names.add(name)
        if name == "function":
            return self._function(place, depth)
        if name in {"new", "return", "typeof", "void", "await", "throw", "delete"} and place + 1 < len(self._tokens):
            return self._operand(place + 1, depth + 1)
        if name == "async" and place + 1 < len(self._tokens) and not self._is(place + 1, "="):
            return self._operand(place + 1, depth + 1)
        if name == "for" and self._is(place + 1, "("):
            return self._loop(place, depth)
        if self._is(place + 1, "=>"):
            return self._arrow((name,), place + 2, depth)
        value = self._found.known.get(name)
        path = list(value.path) if isinstance(value, Place) else [name]
        return self._after(value, path, place, place + 1, depth)

    def _function(self, place: int, depth: int) -> tuple[Value, int]:
        after = place + 1
        called = ""
        if after < len(self._tokens) and self._tokens[after].sort is Sort.NAME:
            called = undo.escapes(self._tokens[after].text)
            self._found.names.add(called)
            after += 1
        if not self._is(after, "("):
            return None, after
        begin = after + 1
        said, grew = len(self._found.sayings), len(self._found.grew)
        after = self._slots(begin, ")", depth)[1]
        parameters = self._parameters(begin, after)
        begin = after
        if self._is(after, "{"):
            after = self._slots(after + 1, "}", depth)[1]
        function = self._made(parameters, begin + 1, after - 1, said, grew)
        if called:
            self._found.known[called] = function
        return self._after(function, [], place, after, depth)

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
                    value = self._called([*path, name], value, values, begin, after, depth)
                    path, place = [*path, name, "()"], after
                else:
                    path = [*path, name]
                    value = _member_of(value, name, self._found.known.get(".".join(path)) if len(path) > 1 else None)
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
                value = self._called(path, value, values, begin, after, depth)
                path, place = [*path, "()"], after
            elif token.text in {"=", "+="} and path and follows:
                return self._assigned(path, token.text, begin, place, depth)
            else:
                break
            if len(path) > DEEPEST:
                path = path[-DEEPEST:]
        if value is None and path and path[0] in _PLACES and len(path) <= _LONGEST_PLACE and "()" not in path:
            value = Place(tuple(path))
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
            made = self._called([*path, name], value, arguments, begin, after, depth)
            return made, [*path, name, "()"], after
        return _member_of(value, name, self._found.known.get(".".join([*path, name]))), [*path, name], place

    def _assigned(self, path: list[str], mark: str, begin: int, place: int, depth: int) -> tuple[Value, int]:
        value, after = self._expression(place + 1, depth + 1)
        name = ".".join(path)
        if mark == "+=":
            self._found.grew.append((name, self._found.known.get(name)))
            value = self._found.total([self._found.known.get(name), value])
        self._found.known[name] = value
        use = assigned_use(path)
        if isinstance(value, Text) and path[-1] in _STYLES:
            self._styles(value, begin, after)
        elif isinstance(value, Text | int) and (path[-1] in _SIDES or path[-2:-1] == ["style"]):
            self._style(path[-1], value, begin, after)
        if isinstance(value, Text):
            self._say(self._veiled(path, use, value), use, begin, after)
        elif use is not Use.OTHER:
            self._found.unknown.add(use)
        return value, after

    def _style(self, name: str, value: Text | int, begin: int, after: int) -> None:
        """Tell how something is to be seen, as a sheet would say it."""
        told = f"{value}px" if isinstance(value, int) else value.text
        if len(told) <= _LONGEST_VALUE:
            name = _CAPITAL.sub(lambda match: f"-{match[0].lower()}", name)
            self._say(Text(f"{name}:{told}"), Use.STYLED, begin, after)

    def _declared(self, values: Sequence[Value], begin: int, after: int) -> None:
        """Tell how something is to be seen that a library is told in a list of its own, or in two words."""
        first = values[0]
        given = first if isinstance(first, dict) else {}
        if isinstance(first, Text) and len(values) > 1:
            given = {first.text: values[1]}
        for name, value in given.items():
            if isinstance(value, Text | int):
                self._style(name, value, begin, after)

    def _styles(self, declarations: Text, begin: int, after: int) -> None:
        if ":" in declarations.text and len(declarations.text) <= _LONGEST_STYLE:
            self._say(declarations, Use.STYLED, begin, after)

    def _veiled(self, path: Sequence[str], use: Use, value: Text) -> Text:
        """What is put to a use by a name that the script veils."""
        return value.through(value.text, NAMED) if use is not Use.OTHER and path[-1] in self._found.veiled else value

    def _called(self, path: list[str], of: Value, values: list[Value], begin: int, after: int, depth: int) -> Value:
        if isinstance(of, Function) and of.packer and not path:
            return self._found.unpacked(values)
        if isinstance(of, Function):
            given = values[1:] if path[-1:] == ["call"] else values
            return self._run_through(of, given, depth)
        name = path[-1] if path else ""
        if name in _EACH:
            return self._each(name, of, values, depth)
        if name in FETCH and values and isinstance(values[0], dict):
            values = [values[0].get("url"), *values[1:]]
        side = values[0].text if name == "setAttribute" and values and isinstance(values[0], Text) else ""
        if side in _SIDES and len(values) > 1 and isinstance(values[1], Text | int):
            self._style(side, values[1], begin, after)
        if side == "style" and len(values) > 1 and isinstance(values[1], Text):
            self._styles(values[1], begin, after)
        if name == "css" and values:
            self._declared(values, begin, after)
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
            saying = Saying(text.text, use, self._span(begin, after), self._how | text.how, self._run)
            # What is read again says the same again where it does not depend on what is known by then.
            if self._calls or self._rounds:
                if saying in self._found.repeatedly:
                    return
                self._found.repeatedly.add(saying)
            self._found.sayings.append(saying)


def _number(text: str) -> Value:
    try:
        return int(text, 16) if text[:2] in {"0x", "0X"} else int(text)
    except ValueError:
        return None


def _member_of(value: Value, name: str, known: Value) -> Value:
    """What is called so in a value, if the script did not assign it."""
    if known is None and isinstance(value, dict):
        return value.get(name)
    if known is None and name == "length" and isinstance(value, list):
        return len(value)
    return known
