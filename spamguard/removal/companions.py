"""What goes with a block though it is no part of it: the entry that it filled, what stands beside that for its sake."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of
from spamguard.findings import Span
from spamguard.removal.cutting import LARGEST, Surroundings, named_host
from spamguard.removal.entries import Entries
from spamguard.removal.neighbours import Neighbours

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.removal.cutting import Cut

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
