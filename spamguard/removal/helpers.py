"""The parts that serve a block and nothing else: the rule that hides it, the script that hides it or swaps the title.

Removing only the links would leave broken helpers behind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spamguard.examine.scripted import hidden_by_scripts
from spamguard.examine.servants import (
    LONGEST_SCRIPT,
    RULE,
    named_in,
    names_in_sheet,
    names_of,
    names_ruled,
    shows,
    whole_strings,
)
from spamguard.findings import Span
from spamguard.page.outline import Node, NodeKind
from spamguard.scripts.titles import as_title

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

_WRITES_OPENING: Final = re.compile(r"document\.write(?:ln)?\s*\(", re.IGNORECASE)
_BODY_ENDS: Final = re.compile(r"\s*</body\s*>\s*", re.IGNORECASE)
_LONGEST_WRITERS: Final = 2_000
_SWAP: Final = re.compile(
    r"""document\s*\.\s*title\s*=\s*(['"])((?:(?!\1)[^\\\r\n]|\\.){1,1000})\1""",
)
_SETS: Final = re.compile(
    r"document\s*\.\s*title\s*=[^=]|getElementsByTagName\(\s*[\"']title[\"']\s*\)[\s\S]{0,400}removeChild"
)
_CAN_HIDE: Final = re.compile(
    r"[{;\s/](?:display|visibility|position|left|top|right|bottom|text-indent|opacity|font(?:-size)?|(?:max-|min-)?(?:height|"
    r"width)|overflow(?:-[xy])?|color|clip(?:-path)?|transform|z-index|line-height|filter|content-visibility|zoom)\s*:",
    re.IGNORECASE,
)
_CRAWLERS: Final = re.compile(r"bot\b|baidu|google|bing|yandex|sogou|360|spider|crawl", re.IGNORECASE)
_LONGEST_SETTER: Final = 1_000
_ASKS_WHO: Final = re.compile(r"userAgent|referrer", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\(.)")


@dataclass(frozen=True, slots=True)
class Swap:
    """A script that shows people another title than crawlers get: its element and the title it holds."""

    node: Node
    title: str


@dataclass(frozen=True, slots=True)
class _Rule:
    """A style rule whose every selector begins with one of ``names``."""

    style: Node
    span: Span
    names: frozenset[str]


class Helpers:
    """The style rules and scripts of a page that name elements, found by the names."""

    def __init__(self, root: Node, view: str) -> None:
        self._root = root
        self._view = view
        self._uses: Counter[str] = Counter()
        self._rules: dict[str, list[_Rule]] = defaultdict(list)
        self._sizes: dict[int, int] = {}
        self._scripts: dict[str, list[tuple[Node, frozenset[str]]]] = defaultdict(list)
        self._elements: dict[int, list[Node]] = {}
        self._written: list[Node] = []
        for node in root.walk():
            if node.kind is NodeKind.ELEMENT:
                self._uses.update(names_of(node))
            elif node.kind is NodeKind.RAW and node.tag == "style":
                self._add_style(node)
            elif node.kind is NodeKind.RAW and node.tag == "script" and node.parent is not None:
                self._written.append(node.parent)
                named = named_in(view[node.start : node.end])
                for name in named:
                    self._scripts[name].append((node.parent, named))

    def _add_style(self, style: Node) -> None:
        rules = list(RULE.finditer("}" + self._view[style.start : style.end]))
        self._sizes[style.start] = len(rules)
        for rule in rules:
            names = names_ruled(rule[1])
            for name in names:
                span = Span(style.start - 1 + rule.start(1), style.start + rule.end())
                self._rules[name].append(_Rule(style, span, names))

    def spans(self, cut: Sequence[Node]) -> list[Span]:
        """Style rules and scripts outside the cut nodes that only serve them."""
        inside = [node for top in cut for node in top.walk() if node.kind is NodeKind.ELEMENT]
        uses: Counter[str] = Counter()
        for node in inside:
            uses.update(names_of(node))
        names = {name for name, count in uses.items() if self._uses[name] == count}
        cut_ids = {id(node) for node in inside}
        spans = {*self._writers(cut), *self._styles_beside(cut, frozenset(uses))}
        rules: dict[int, set[Span]] = defaultdict(set)
        styles: dict[int, Node] = {}
        for name in names:
            for rule in self._rules.get(name, ()):
                if rule.names <= names and id(rule.style.parent) not in cut_ids:
                    rules[rule.style.start].add(rule.span)
                    styles[rule.style.start] = rule.style
            spans.update(
                Span(script.start, script.end)
                for script, named in self._scripts.get(name, ())
                if named <= names and id(script) not in cut_ids
            )
        for start, ours in rules.items():
            element = styles[start].parent
            if element is not None and len(ours) == self._sizes[start]:
                spans.add(Span(element.start, element.end))
                continue
            # Of a sheet that styles more only what hides: the page may have had the rest for what is called alike.
            spans |= {span for span in ours if _CAN_HIDE.search(self._view, span.start, span.end) is not None}
        return sorted(spans)

    def _writers(self, cut: Sequence[Node]) -> Iterable[Span]:
        """A pair of scripts around the block, one writing the opening tag of its hiding place, one the closing tag."""
        for node in cut:
            siblings = self._siblings(node)
            place = bisect_left(siblings, node.start, key=lambda n: n.start)
            if not 0 < place < len(siblings) or siblings[place] is not node:
                continue
            before = siblings[place - 1]
            after = siblings[place + 1] if place + 1 < len(siblings) else self._after_body(node)
            if after is not None and before.tag == after.tag == "script" and self._write_a_wrapper(before, after):
                yield Span(before.start, before.end)
                yield Span(after.start, after.end)

    def _after_body(self, node: Node) -> Node | None:
        """The script that stands behind the body of which a node is the last element."""
        match = _BODY_ENDS.match(self._view, node.end)
        if match is None:
            return None
        return next((parent for parent in self._written if parent.start == match.end()), None)

    def _styles_beside(self, cut: Sequence[Node], names: frozenset[str]) -> Iterable[Span]:
        """Style elements right beside the block that speak of nothing but its names, whoever else bears them."""
        for node in cut:
            siblings = self._siblings(node)
            place = bisect_left(siblings, node.start, key=lambda n: n.start)
            for beside in siblings[max(0, place - 1) : place + 2]:
                between = self._view[min(beside.end, node.end) : max(beside.start, node.start)]
                if beside.tag == "style" and not between.strip() and self._serves(beside, names):
                    yield Span(beside.start, beside.end)

    def _serves(self, style: Node, names: frozenset[str]) -> bool:
        ruled = names_in_sheet(self._view[style.inner_start : style.inner_end])
        return bool(ruled) and ruled <= names

    def _siblings(self, node: Node) -> list[Node]:
        parent = node.parent or self._root
        if id(parent) not in self._elements:
            self._elements[id(parent)] = [n for n in parent.children if n.kind is NodeKind.ELEMENT]
        return self._elements[id(parent)]

    def _write_a_wrapper(self, before: Node, after: Node) -> bool:
        if before.end - before.start + after.end - after.start > _LONGEST_WRITERS:
            return False
        opening = whole_strings(self._view[before.start : before.end])
        closing = whole_strings(self._view[after.start : after.end])
        return bool(
            _WRITES_OPENING.search(opening)
            and shows(opening)
            and _WRITES_OPENING.search(closing)
            and "</" in closing.split("document.write", 1)[-1].replace("<\\/", "</")
        )


def raws_of(root: Node) -> list[Node]:
    """The scripts and style sheets of a page."""
    return [node for node in root.walk() if node.kind is NodeKind.RAW and node.tag in {"script", "style"}]


def sheets_of(raws: Sequence[Node], view: str) -> list[tuple[Span, str, frozenset[str]]]:
    """The style elements of a page that speak of nothing but names, with what they say and the names."""
    found: list[tuple[Span, str, frozenset[str]]] = []
    for node in raws:
        element = node.parent
        if node.tag != "style" or element is None or node.end - node.start > LONGEST_SCRIPT:
            continue
        sheet = view[node.start : node.end]
        if names := names_in_sheet(sheet):
            found.append((Span(element.start, element.end), sheet, names))
    return found


def styles_of(sheets: Sequence[tuple[Span, str, frozenset[str]]], view: str, cuts: Sequence[Span]) -> list[Span]:
    """Those of some style elements outside some cuts whose names stand in these and nowhere else."""
    gone = "\n".join(view[cut.start : cut.end] for cut in cuts)
    return [
        element
        for element, sheet, names in sheets
        if all(name[1:] in gone for name in names)
        and not any(cut.start <= element.start < cut.end for cut in cuts)
        and all(_stands_only_in(name[1:], gone, sheet, view) for name in names)
    ]


def hiders_in(raws: Sequence[Node], view: str, signs: Container[Span]) -> list[tuple[Span, str, frozenset[str]]]:
    """The scripts of a page that name nothing but what they hide, with what they say and the names."""
    found: list[tuple[Span, str, frozenset[str]]] = []
    for node in raws:
        element = node.parent
        if node.tag != "script" or element is None or node.end - node.start > _LONGEST_SETTER:
            continue
        script, span = view[node.start : node.end], Span(element.start, element.end)
        hidden = hidden_by_scripts(script)[0]
        if hidden and span not in signs and named_in(script) == {f"#{name}" for name in hidden}:
            found.append((span, script, hidden))
    return found


def hiders_of(hiders: Sequence[tuple[Span, str, frozenset[str]]], view: str, cuts: Sequence[Span]) -> list[Span]:
    """Those of some scripts outside some cuts that hide only what stands in these."""
    gone = "\n".join(view[cut.start : cut.end] for cut in cuts) if hiders else ""
    return [
        element
        for element, script, names in hiders
        if not any(cut.start <= element.start < cut.end for cut in cuts)
        and all(_stands_only_in(name, gone, script, view) for name in names)
    ]


def scripts_by_text(raws: Sequence[Node], view: str, signs: Container[Span]) -> dict[str, list[Span]]:
    """The script elements of a page that are no signs themselves, by what is written there."""
    found: dict[str, list[Span]] = {}
    for node in raws:
        element = node.parent
        if node.tag == "script" and element is not None:
            span = Span(element.start, element.end)
            if span not in signs:
                found.setdefault(view[span.start : span.end], []).append(span)
    return found


def twins_of(scripts: Mapping[str, Sequence[Span]], view: str, cuts: Sequence[Span]) -> list[Span]:
    """Script elements outside some cuts that are written letter for letter as one that is such a cut."""
    gone = {view[cut.start : cut.end].strip() for cut in cuts}
    twins = (script for text in gone for script in scripts.get(text, ()))
    return [script for script in twins if not any(cut.start <= script.start < cut.end for cut in cuts)]


def _stands_only_in(name: str, gone: str, sheet: str, view: str) -> bool:
    named = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")

    def times_in(text: str) -> int:
        return sum(1 for _ in named.finditer(text))

    # Of most names nothing stands in the cuts: the page need not be read for them.
    inside = times_in(gone)
    return inside > 0 and inside + times_in(sheet) == times_in(view)


def swap_of(root: Node, raw: bytes, codec: str) -> Swap | None:
    """The script that sets the page's true title for people, if there is one."""
    for node in root.walk():
        if node.kind is NodeKind.RAW and node.tag == "script" and node.end - node.start <= LONGEST_SCRIPT:
            text = raw[node.start : node.end].decode(codec, "replace")
            match = _SWAP.search(text)
            if match is not None and _ASKS_WHO.search(text) and node.parent is not None:
                return Swap(node.parent, as_title(_ESCAPE.sub(_unescaped, match[2]), raw, codec))
    return None


def setters_of(root: Node, view: str) -> list[Span]:
    """The short scripts that show people a title from the page itself and leave another to crawlers."""
    scripts = (node for node in raws_of(root) if node.tag == "script")
    return [
        Span(script.parent.start, script.parent.end)
        for script in scripts
        if script.parent is not None
        and script.end - script.start <= _LONGEST_SETTER
        and _SETS.search(text := view[script.start : script.end]) is not None
        and _CRAWLERS.search(text) is not None
        and _ASKS_WHO.search(text) is not None
    ]


def _unescaped(match: re.Match[str]) -> str:
    if match[3] is not None:
        return str(match[3])
    return chr(int(match[1] or match[2], 16))
