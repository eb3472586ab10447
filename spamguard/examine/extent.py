"""How far a block reaches in the bytes: the run inside a text node, or the wrapper that holds nothing else.

White space around a block is not decided here: see :mod:`spamguard.removal.gaps`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from spamguard.examine.describe import ITEM_NAMES
from spamguard.examine.items import UNSEEN, Bound
from spamguard.examine.removable import Ground, Removable, is_box, is_hollow
from spamguard.findings import Span
from spamguard.page.outline import Node, NodeKind
from spamguard.page.readable import readable
from spamguard.page.tokens import BLOCK_TAGS, Kind
from spamguard.text.writing import scripts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.examine.blocks import Stretch
    from spamguard.examine.describe import Scene
    from spamguard.examine.items import Leaf
    from spamguard.page.segments import Page

_SEPARATORS: Final = " \t|｜丨¦,，、;；•·‧★☆►▶-–—_/~"
_EDGES: Final = _SEPARATORS + "»›«"
_PART: Final = re.compile(r"\s*[|｜_–—»›⚡❱★☆🔥✅►▶•·]+\s*|\s+-\s+")
_STOPS: Final = "。.!！?？"
_BLOCK_EDGE: Final = re.compile(rb"</?(?:%s)\b[^<>]*>\Z" % "|".join(sorted(BLOCK_TAGS)).encode(), re.IGNORECASE)
_BREAK: Final = re.compile(rb"<br ?/?>", re.IGNORECASE)
_BREAK_BEFORE: Final = re.compile(rb"<br ?/?>\Z", re.IGNORECASE)
_BREAKS: Final = frozenset({b"<br>", b"<br/>", b"<br />"})
_ONCE: Final = frozenset({"html", "body"})
"""What a page has one of. The end tags that an intruder writes before a second one end nothing."""
_SHAPING: Final = frozenset({"font", "center", "b", "i", "u", "em", "strong", "span", "small", "big", "p"})
_WIDEST: Final = 200
_LEFT_OVER: Final = 40
_NEAR: Final = 12
_SHORTEST_MIRROR: Final = 8
_WORD_MEAN: Final = ITEM_NAMES.index("word_mean")
_OWN_WORDS: Final = -3.5
"""Log-odds of words under which the rest of a tag is the page's own."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The bytes of a block.

    ``spans`` are whole elements, text nodes and comments without the white space around them; ``runs`` are exact
    stretches inside a text or a value. ``indents`` says, for a span by its end, how what follows is indented.
    ``closed`` is False when text of the page's own is glued to the block inside a sentence, ``mixed`` tells whether the
    smaller rest of a tag that the block fills reads like the page's own.
    """

    spans: tuple[Span, ...]
    runs: tuple[Span, ...]
    nodes: tuple[Node, ...]
    indents: dict[int, bytes]
    closed: bool
    mixed: bool = False


def extent_of(page: Page, scene: Scene, stretch: Stretch, ground: Ground) -> Extent:
    """The bytes that a stretch of items stands for; ``ground`` is that of the page."""
    whole, partial = _leaves_of(scene, stretch)
    removable = Removable(ground, [leaf.node for leaf in whole if leaf.kind is Kind.TEXT])
    hiders = {
        id(scene.leaves[i.leaf].node): scene.facts[i.leaf].hider for i in scene.items[stretch.first : stretch.last]
    }
    nodes = _tops([removable.top(leaf.node, hiders.get(id(leaf.node))) for leaf in whole if leaf.kind is Kind.TEXT])
    spans, runs, indents = [], [], {}
    for group in _groups(nodes, removable):
        span = _node_span(page, removable, group)
        spans.append(span)
        indent = _indent_after(page.raw, group[-1], removable)
        if indent is not None:
            indents[span.end] = indent
    for leaf in whole:
        if leaf.kind in {Kind.COMMENT, Kind.META} or (leaf.kind is Kind.ATTRIBUTE and is_hollow(leaf.node)):
            spans.append(Span(leaf.node.start, leaf.node.end))
            if leaf.kind is Kind.ATTRIBUTE and (indent := _indent_after(page.raw, leaf.node, removable)) is not None:
                indents[leaf.node.end] = indent
        elif leaf.kind is not Kind.TEXT:
            runs.append(Span(int(leaf.readable.offsets[0]), int(leaf.readable.offsets[-1])))
    spans.sort()
    mixed = False
    for leaf, first, last in partial:
        start, end = (first, last)
        if leaf.kind is Kind.TITLE:
            start, end = _without_own(scene, leaf, *_mirrored(scene, leaf, first, last))
        valued = leaf.kind is Kind.META or (leaf.kind is Kind.ATTRIBUTE and is_hollow(leaf.node))
        shared = valued and _is_most(leaf, start, end) and _reads_like_own(scene, leaf, stretch)
        mixed = mixed or shared
        if leaf.kind is Kind.COMMENT or (valued and _is_most(leaf, start, end) and not shared):
            spans.append(Span(leaf.node.start, leaf.node.end))
            continue
        bare = _bare_run(leaf, start, end)
        at = bisect_left(spans, bare)
        if any(are_neighbours(page.raw, bare, span) for span in spans[max(0, at - 1) : at + 1]):
            spans.append(bare)  # the block goes on in an element beside the text
        else:
            runs.append(_run_span(leaf, start, end))
    spans = [_with_stop(page, span) for span in _bridged(page.raw, spans)]
    runs += _unseen_between(page.raw, sorted((*spans, *runs)))
    return Extent(_merged(spans), _merged(runs), tuple(nodes), indents, not _mid_sentence(scene, stretch), mixed)


def _unseen_between(raw: bytes, parts: Sequence[Span]) -> list[Span]:
    """The empty elements and comments between the parts of a block that they cut in two."""
    apart = (Span(one.end, other.start) for one, other in pairwise(parts) if one.end < other.start <= one.end + _WIDEST)
    return [gap for gap in apart if UNSEEN.fullmatch(raw, gap.start, gap.end) is not None]


def _mirrored(scene: Scene, title: Leaf, start: int, end: int) -> tuple[int, int]:
    """The part of a title ``[start, end)`` (-1: to its end), or what a meta tag says again of it and what is beside it.

    A kit puts the same text before the true title and into a tag of its own.
    """
    text = title.readable.text
    stop = len(text) if end < 0 else end
    for leaf in scene.leaves:
        said = leaf.readable.text.strip() if leaf.kind is Kind.META else ""
        if not _SHORTEST_MIRROR <= len(said) < len(text.strip()):
            continue
        place = text.find(said) if text.lstrip().startswith(said) else text.rfind(said)
        if place < 0 or (text[:place].strip() and text[place + len(said) :].strip()):
            continue
        shared = min(stop, place + len(said)) - max(start, place)
        if shared * 2 > stop - start and shared * 4 > len(said):
            return (place, place + len(said)) if text[place + len(said) :].strip() else (place, -1)
    return start, end


def _without_own(scene: Scene, leaf: Leaf, start: int, end: int) -> tuple[int, int]:
    """The part of a title ``[start, end)`` (-1: to its end) without what the page says elsewhere, next to the rest.

    It says it in words that do not sell.
    """
    text = leaf.readable.text
    stop = len(text) if end < 0 else end
    if start == 0 and stop < len(text):
        inner = text[start:stop].rstrip(_EDGES)
        at = max((match.end() for match in _PART.finditer(inner)), default=0)
        if at and _says_elsewhere(scene, inner[at:]):
            return start, start + at
    if start > 0 and stop == len(text):
        inner = text[start:].lstrip(_EDGES)
        begin = len(text) - len(inner)
        match = _PART.search(inner)
        if match is not None and _says_elsewhere(scene, inner[: match.start()]):
            return begin + match.start(), end
    return start, end


def _says_elsewhere(scene: Scene, part: str) -> bool:
    """Whether a text of the page that does not sell says a part of its title."""
    if len(part.strip()) < _SHORTEST_MIRROR:
        return False
    return any(
        part.strip() in item.text and scene.scores[index] < 0 and scene.leaves[item.leaf].kind is Kind.TEXT
        for index, item in enumerate(scene.items)
    )


def _is_most(leaf: Leaf, start: int, end: int) -> bool:
    """Whether characters ``[start, end)`` (-1: to its end) of a value are more than half of it."""
    size = len(leaf.readable.text)
    return ((size if end < 0 else end) - start) * 2 > size


def _reads_like_own(scene: Scene, leaf: Leaf, stretch: Stretch) -> bool:
    """Whether what of a tag a block leaves sounds like nothing that is sold; operators have digits in their names."""
    outside = (*range(stretch.first), *range(stretch.last, len(scene.items)))
    rest = [index for index in outside if scene.leaf_of(index) is leaf]
    if not rest or scene.table.shape[1] <= _WORD_MEAN:
        return False
    if any(character.isdigit() for index in rest for character in scene.items[index].text):
        return False
    said = {index for index, other in enumerate(scene.items) if scene.leaves[other.leaf].kind is Kind.TEXT}
    if _is_in_other_letters(scene, rest, said):
        return False
    honest = {scene.items[index].text.strip(_STOPS) for index in said if scene.scores[index] < 0}
    if all(scene.items[index].text.strip(_STOPS) in honest for index in rest):
        return True
    lengths = [scene.items[index].end - scene.items[index].start for index in rest]
    return bool(float(scene.table[rest, _WORD_MEAN] @ lengths) / sum(lengths) < _OWN_WORDS)


def _is_in_other_letters(scene: Scene, rest: Sequence[int], said: set[int]) -> bool:
    """Whether some items are in letters of which what the page says has none; Latin ones stand everywhere."""
    ours = scripts_of("".join(scene.items[index].text for index in rest)) - {"LATIN"}
    own = scripts_of("".join(scene.items[index].text for index in said if scene.scores[index] < 0)) if ours else ours
    return bool(own) and not ours & own


def _mid_sentence(scene: Scene, stretch: Stretch) -> bool:
    """Whether the block begins or ends inside a sentence of a text node. In titles and values commas part, not join."""
    items = scene.items
    return any(
        0 < index < len(items)
        and items[index - 1].leaf == items[index].leaf
        and items[index].bound is Bound.SPACE
        and scene.leaf_of(index).kind is Kind.TEXT
        for index in (stretch.first, stretch.last)
    )


def _leaves_of(scene: Scene, stretch: Stretch) -> tuple[list[Leaf], list[tuple[Leaf, int, int]]]:
    """Leaves whose every item is in the stretch, and the character range of those that are cut through."""
    whole, partial = [], []
    items = scene.items
    index = stretch.first
    while index < stretch.last:
        leaf_index = items[index].leaf
        last = index
        while last < stretch.last and items[last].leaf == leaf_index:
            last += 1
        before = index > 0 and items[index - 1].leaf == leaf_index
        after = last < len(items) and items[last].leaf == leaf_index
        leaf = scene.leaves[leaf_index]
        if last == len(items):
            # Of an overlong page not all items are judged: what follows them in their text stays.
            after = sum(map(str.isalnum, leaf.readable.text[items[last - 1].end :])) > _LEFT_OVER
        if before or after:
            partial.append((leaf, items[index].start if before else 0, items[last - 1].end if after else -1))
        else:
            whole.append(leaf)
        index = last
    return whole, partial


def _tops(nodes: list[Node]) -> list[Node]:
    """Nodes in source order, those inside another left out."""
    kept: list[Node] = []
    for node in sorted({id(n): n for n in nodes}.values(), key=lambda n: (n.start, -n.end)):
        if not kept or node.start >= kept[-1].end:
            kept.append(node)
    return kept


def _groups(nodes: list[Node], removable: Removable) -> list[list[Node]]:
    """Siblings with only silent nodes between them make one stretch of bytes."""
    groups: list[list[Node]] = []
    for node in nodes:
        if groups and groups[-1][-1].parent is node.parent and _silent_between(groups[-1][-1], node, removable):
            groups[-1].append(node)
        else:
            groups.append([node])
    return groups


def _silent_between(one: Node, other: Node, removable: Removable) -> bool:
    parent = one.parent
    if parent is None:
        return False
    between = parent.children[removable.children_from(parent, one.end) : removable.children_from(parent, other.start)]
    return not any(is_box(child) or not removable.silent(child) for child in between)


def _node_span(page: Page, removable: Removable, group: list[Node]) -> Span:
    """Bytes of neighbouring nodes, with the breaks and separators that came along, white space around left out."""
    start, end = group[0].start, group[-1].end
    raw = page.raw
    if group[-1].kind is NodeKind.ELEMENT and (not group[-1].closed or _ends_with_another(raw, group[-1])):
        end = _last_content(group[-1], raw)
    if group[0].kind is NodeKind.TEXT:
        start += len(raw[start:end]) - len(raw[start:end].lstrip())
    if group[-1].kind is NodeKind.TEXT:
        end = max(start, start + len(raw[start:end].rstrip()))
    parent = group[-1].parent
    if parent is None:
        return Span(start, end)
    if group[0].tag in _ONCE:
        start = _before_stray_ends(raw, group[0], removable)
    framed = _between_breaks(raw, start, end)
    if framed is not None:
        return framed
    siblings = parent.children
    breaks = _broken_lines(group, removable)
    for sibling in islice(siblings, removable.children_from(parent, group[-1].end), None):
        if sibling.kind is NodeKind.TEXT:
            taken, rest = _leading_separators(page, sibling, raw[start:end])
            if removable.silent(sibling) or _divides(raw[sibling.start : taken], raw[start:end]):
                end = max(end, taken)
            if rest:
                break
        elif sibling.tag == "br" and breaks:
            end = sibling.end
        else:
            break
    else:
        start = _before_separators(page, group[0], removable, start)
    return Span(start, _behind_stray_ends(group, removable, end))


def _before_stray_ends(raw: bytes, node: Node, removable: Removable) -> int:
    """Where the end tags begin that end nothing and stand right before a node."""
    parent, start = node.parent, node.start
    before = parent.children[: removable.children_from(parent, node.start)] if parent is not None else []
    for other in reversed(before):
        if other.kind is NodeKind.STRAY:
            start = other.start
        elif not _is_blank(raw, other):
            break
    return start


def _behind_stray_ends(group: list[Node], removable: Removable, end: int) -> int:
    """Where the end tags end that end nothing and are written on to a block that has such in it, too."""
    parent = group[-1].parent
    if parent is None or not any(part.kind is NodeKind.STRAY for node in group for part in node.walk()):
        return end
    for other in islice(parent.children, removable.children_from(parent, end), None):
        if other.kind is not NodeKind.STRAY or other.start != end or other.tag not in _SHAPING:
            break
        end = other.end
    return end


def _between_breaks(raw: bytes, start: int, end: int) -> Span | None:
    """A block with a break glued to either side, where no line of the page's own was to be broken."""
    before, after = _BREAK_BEFORE.search(raw, max(0, start - 9), start), _BREAK.match(raw, end)
    if before is None or after is None:
        return None
    edge = _BLOCK_EDGE.search(raw[max(0, before.start() - _WIDEST) : before.start()].rstrip())
    return Span(before.start(), after.end()) if edge is not None and edge[0].lower() not in _BREAKS else None


def _broken_lines(group: list[Node], removable: Removable) -> bool:
    """Whether the parts of a block are divided by breaks, so that one behind it is its own."""
    parent = group[0].parent
    if parent is None or len(group) < 2:
        return False
    low, high = (removable.children_from(parent, node.start) for node in (group[0], group[-1]))
    return sum(1 for child in parent.children[low:high] if child.tag == "br") >= len(group) - 1


def _leading_separators(page: Page, text: Node, block: bytes) -> tuple[int, bool]:
    """Where the separators end that a silent text begins with, and whether there is more in it.

    A space that does not break is taken only when the block has such spaces too.
    """
    read = readable(page.raw, text.start, text.end, page.codec)
    hard = "\xa0" if b"&nbsp;" in block or "\xa0".encode(page.codec, "ignore") in block else ""
    rest = read.text.lstrip(_SEPARATORS + _STOPS + "I\r\n" + hard)
    taken = read.text[: len(read.text) - len(rest)].rstrip(None if not hard else " \t\r\n")
    end = int(read.offsets[len(taken)]) if taken else 0
    if not taken and read.text[:1] == " " and read.text[1:2] in {"", "\r", "\n"} and b"</a> <a" in block:
        return text.start + 1, bool(rest)
    spaced = taken and _divides(page.raw[text.start : end + 1], block)
    return end + 1 if spaced and page.raw[end : end + 1] == b" " else end, bool(rest)


def _divides(separator: bytes, block: bytes) -> bool:
    """Whether the links of a block are divided by just such a separator."""
    return bool(separator.strip()) and b"</a>" + separator + b"<a" in block


def _before_separators(page: Page, first: Node, removable: Removable, start: int) -> int:
    """Where a block at the end of its parent begins, with the separators that led to it from the page's own text."""
    parent = first.parent
    index = removable.children_from(parent, first.start) if parent is not None else 0
    if parent is None or index == 0 or first.kind is NodeKind.TEXT:
        return start
    before = parent.children[index - 1]
    if before.kind is not NodeKind.TEXT:
        return start
    read = readable(page.raw, before.start, before.end, page.codec)
    kept = read.text.rstrip(_SEPARATORS + "&")
    if read.text[len(kept) :].strip():
        return int(read.offsets[len(kept)])
    return start


def are_neighbours(raw: bytes, one: Span, other: Span) -> bool:
    """Whether nothing but white space stands between two stretches."""
    first, second = sorted((one, other))
    return first.end >= second.start or not raw[first.end : second.start].strip()


def _bridged(raw: bytes, spans: Sequence[Span]) -> list[Span]:
    """Spans in order; those that touch are one."""
    bridged: list[Span] = []
    for span in sorted(spans):
        if bridged and are_neighbours(raw, bridged[-1], span):
            bridged[-1] = Span(bridged[-1].start, max(bridged[-1].end, span.end))
        else:
            bridged.append(span)
    return bridged


def _with_stop(page: Page, span: Span) -> Span:
    """A stretch that begins like a sentence, with the full stop behind it: the sentence was the block's."""
    around = page.raw[max(0, span.start - 200) : span.start].rstrip()
    if not around.decode(page.codec, "ignore").endswith(tuple(_STOPS)) and _BLOCK_EDGE.search(around) is None:
        return span
    after = page.raw[span.end : span.end + 4].decode(page.codec, "ignore")
    stop = after.lstrip(" ")
    if not stop.startswith(tuple(_STOPS)) or len(after) - len(stop) > 1:
        return span
    return Span(span.start, span.end + len(after) - len(stop) + len(stop[0].encode(page.codec)))


def _indent_after(raw: bytes, node: Node, removable: Removable) -> bytes | None:
    """How what follows a node should be indented; None when nothing tells.

    An end tag stands under its start tag, so what follows is indented like its own end or the one of its parent, else
    like its siblings. Where the follower itself begins now says nothing: a line end of the block may stand before it.
    """
    parent = node.parent
    if parent is None:
        return None
    after = removable.children_from(parent, node.end)
    told = (child for child in islice(parent.children, after, after + _NEAR) if not _is_blank(raw, child))
    following = next(told, None)
    if following is None:
        return _indent_of(raw, parent.start) if parent.parent is not None else None
    if following.kind is NodeKind.ELEMENT and following.closed and b"\n" in raw[following.start : following.end]:
        own = _indent_of(raw, following.inner_end)
        if own is not None:
            return own
    here = removable.children_from(parent, node.start)
    near = parent.children[max(0, here - _NEAR) : here + _NEAR]
    others = (child for child in near if child not in (node, following) and child.kind is NodeKind.ELEMENT)
    found = [indent for other in others if (indent := _indent_of(raw, other.start)) is not None]
    return max(sorted(set(found)), key=found.count, default=None)


def _is_blank(raw: bytes, node: Node) -> bool:
    return node.kind is NodeKind.TEXT and not raw[node.start : node.end].strip()


def _indent_of(raw: bytes, place: int) -> bytes | None:
    """The indentation before a place, None when it does not begin its line."""
    line = raw[max(0, place - _WIDEST) : place]
    indent = line[len(line.rstrip(b" \t")) :]
    return indent if len(indent) == place or line[-len(indent) - 1 :][:1] in {b"\r", b"\n"} else None


def _ends_with_another(raw: bytes, node: Node) -> bool:
    """Whether the end tag that closes a block was an honest element's, which has none now.

    So it looks when it stands under that element's start tag, and the block's own start tag does not.
    """
    robbed = next((around for around in node.ancestors() if around.tag == node.tag), None)
    if robbed is None or robbed.closed or node.tag == "p":
        return False
    if node.tag in _ONCE:
        return True
    indent = _indent_of(raw, node.inner_end)
    return indent is not None and indent == _indent_of(raw, robbed.start) and indent != _indent_of(raw, node.start)


def _last_content(node: Node, raw: bytes) -> int:
    """Where an element that was never closed really ends: after its last child, white space left out."""
    end = node.inner_start
    for child in node.children:
        if child.kind is not NodeKind.TEXT or raw[child.start : child.end].strip():
            end = child.end
            if child.kind is NodeKind.ELEMENT and (not child.closed or _ends_with_another(raw, child)):
                end = _last_content(child, raw)
    return end


def _bare_run(leaf: Leaf, start: int, end: int) -> Span:
    """Characters ``[start, end)`` of a leaf (-1: to its end), white space at its end left out."""
    text = leaf.readable.text
    end = len(text) if end < 0 else end
    while end > start and text[end - 1].isspace():
        end -= 1
    start = _behind_stop(text, start, end)
    return Span(int(leaf.readable.offsets[start]), int(leaf.readable.offsets[end]))


def _behind_stop(text: str, start: int, end: int) -> int:
    """Where a run at the beginning of a text begins when the text goes on with the end of a sentence before it."""
    rest = text[start:end].lstrip(_STOPS + ",;:)")
    behind = end - len(rest)
    return end - len(rest.lstrip()) if not text[:start].strip() and behind > start and rest[:1].isspace() else start


def _run_span(leaf: Leaf, start: int, end: int) -> Span:
    """Characters ``[start, end)`` of a leaf (-1: to its end) with the separators and the space that came with them."""
    text = leaf.readable.text
    to_end = end < 0
    end = len(text) if to_end else end
    start = _behind_stop(text, start, end)
    if to_end:
        while end > start and text[end - 1].isspace():
            end -= 1
    while end < len(text) and text[end] in _SEPARATORS + "。.!！" and not text[end - 1].isspace():
        if text[end].isspace():
            break
        end += 1
    offsets = leaf.readable.offsets
    if not text[end:].strip():
        before = _before_mark(leaf, start)
        # Hardly anybody writes a space before an end tag.
        end = len(text) if before < start and text[end:] == " " else end
        start = before
    elif start > 0 and text[start - 1] in " \t" and text[end] in " \t\r\n":
        start -= 1
        while text[end : end + 2] == "  " and "  " not in text[:start] and "  " not in text[end + 2 :]:
            end += 1
    elif start == 0:
        while end < len(text) and text[end] in _SEPARATORS:
            end += 1
    return Span(int(offsets[start]), int(offsets[end]))


def _before_mark(leaf: Leaf, start: int) -> int:
    """Where the separators begin that lead to ``start``; in a value one kind of them: an arrow is the site's own."""
    text = leaf.readable.text
    mark = ""
    while start > 0 and text[start - 1] in " \u3000" + _SEPARATORS:
        here = text[start - 1]
        if not here.isspace() and leaf.kind is Kind.ATTRIBUTE:
            if mark and here != mark:
                break
            mark = here
        start -= 1
    return start


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        elif span.end > span.start:
            merged.append(span)
    return tuple(merged)
