"""What goes with a block though it is no part of it: the entry that it filled, what stands beside that for its sake."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of
from spamguard.findings import Span
from spamguard.page.outline import NodeKind
from spamguard.removal.cutting import LARGEST, Cut, Surroundings, led_by, named_host
from spamguard.removal.entries import Entries
from spamguard.removal.gaps import joined
from spamguard.removal.neighbours import Neighbours

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from spamguard.page.outline import Node
    from spamguard.page.segments import Page
    from spamguard.signs.sign import Sign

_NAMED_HOST: Final = re.compile(r"(?<![\w.@-])(?:[a-z0-9-]{2,40}\.){1,3}[a-z]{2,12}(?![\w.-])")


class Companions:
    """Finds them on a page, asked for one block after the other."""

    def __init__(self, root: Node, raw: bytes, codec: str) -> None:
        self._page = Surroundings(root, raw, codec)
        self._entries = Entries(self._page)
        self._neighbours = Neighbours(self._page)

    def of(self, cut: Cut) -> list[Span]:
        """What goes with what is cut, and with that: of a box that only held both nothing is left."""
        found = self._found(cut)
        if found:
            found += self._found(cut.with_more(self._page.raw, found))
        return found

    def led_to(self, said: str) -> list[Span]:
        """The links to other sites that are named in a title that goes, by their hosts."""
        named = {host.removeprefix("www.") for host in _NAMED_HOST.findall(said.lower())}
        links = (node for node in self._page.root.walk() if node.tag == "a" and node.closed) if named else ()
        led = ((node, node.attribute("href") or "") for node in links if node.end - node.start <= LARGEST)
        return [
            Span(node.start, node.end)
            for node, address in led
            if named_host(address) in named and domain_of(address) not in self._page.own
        ]

    def _found(self, cut: Cut) -> list[Span]:
        found: list[Span] = []
        tried: set[int] = set()
        for node in cut.nodes:
            entry, outer = self._entries.around(node, cut, tried)
            if entry is not None:
                found.append(Span(entry.start, entry.end))
            if outer is not None:
                found += self._neighbours.of(outer, cut)
        return found


def cut_by(sign: Sign) -> list[Span]:
    """All that a sign takes out."""
    return [*sign.spans, *(Span(edit.start, edit.end) for edit in sign.edits if not edit.replacement)]


def _is_a_script(node: Node) -> bool:
    return node.kind is NodeKind.RAW and node.tag == "script"


class BesideSigns:
    """What signs leave of the entries that they stand in, when it is there for them alone."""

    def __init__(self, page: Page, root: Node, sold: Container[int] = frozenset()) -> None:
        self._raw = page.raw
        self._sold = sold
        self._codec = page.codec
        self._companions = None if page.plain else Companions(root, page.raw, page.codec)
        texts = (node for node in root.walk() if node.kind is NodeKind.TEXT or _is_a_script(node))
        self._texts = [] if page.plain else sorted(texts, key=lambda node: node.start)
        self._starts = [node.start for node in self._texts]

    def named_in(self, sign: Sign) -> list[Span]:
        """The links to the sites that were put into a title by their hosts."""
        if self._companions is None:
            return []
        put = " ".join(self._raw[edit.start : edit.end].decode(self._codec, "replace") for edit in sign.edits)
        return self._companions.led_to(put)

    def with_companions(self, own: Sequence[Span], sign: Sign) -> list[Span]:
        """Some spans of a sign, with what is left beside them and what it edits."""
        if self._companions is None:
            return list(own)
        spans = joined(self._raw, [*own, *cut_by(sign)])
        nodes = [node for span in spans for node in self._texts_in(span)]
        led = led_by([around for node in nodes for around in node.ancestors() if around.tag == "a"])
        return joined(self._raw, [*own, *self._companions.of(Cut(nodes, spans, led, self._sold))])

    def _texts_in(self, span: Span) -> list[Node]:
        """The texts of which some bytes are in a span."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        texts = self._texts[first : bisect_left(self._starts, span.end)]
        return [node for node in texts if node.end > span.start and self._raw[node.start : node.end].strip()]
