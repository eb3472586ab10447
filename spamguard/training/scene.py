"""What a family works with: a page, a language, a category, words, and the tools to build a block."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spamguard.training.hiding import Hiding, hiding
from spamguard.training.markup import Linking, marker, run, shown, wrap
from spamguard.training.spamtext import items, prose

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from spamguard.training.hosts import HostMaker
    from spamguard.training.places import Places
    from spamguard.training.vocabulary import Vocabulary

    Rewrite = Callable[[random.Random, list[str]], list[str]]

_DISGUISES = (
    "decimal",
    "hex",
    "mixed",
    "full-width",
    "zero-width",
    "homoglyph",
    "leet",
    "split",
    "bold",
    "dots",
    "comment",
    "bidi",
    "struck",
    "other-script",
    "pinyin",
)


@dataclass(frozen=True, slots=True)
class Patch:
    """Put ``text`` in the place of the page's bytes ``[start, end)``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One injection in the making. ``places`` knows the page, ``rng`` decides everything else.

    ``rewrite`` writes the keyword items of runs and link lists as HTML text, in the place of a disguise that is drawn.
    """

    places: Places
    rng: random.Random
    language: str
    category: str
    vocabulary: Vocabulary
    make_host: HostMaker
    few: bool = False
    rewrite: Rewrite | None = None

    def count(self, low: int, high: int) -> int:
        """Pick a size between two bounds, small ones more often (even on a log scale); one to three for ``few``."""
        if self.few:
            return self.rng.randint(1, min(high, 3))
        return round(math.exp(self.rng.uniform(math.log(low), math.log(high))))

    def items(self, low: int, high: int) -> list[str]:
        """Make keyword items."""
        return items(self.rng, self.language, self.category, self.count(low, high), self.vocabulary)

    def item(self) -> str:
        """Make one keyword item."""
        return items(self.rng, self.language, self.category, 1, self.vocabulary)[0]

    def prose(self, low: int, high: int) -> list[str]:
        """Make sentences."""
        return prose(self.rng, self.language, self.category, self.rng.randint(low, high), self.vocabulary)

    def linking(self, targets: str | None = None) -> Linking:
        """Choose how the anchors of one block are written."""
        return Linking.pick(self.rng, self.make_host, targets)

    def disguise_kind(self) -> str:
        """Mostly none."""
        return self.rng.choice(_DISGUISES) if self.rng.random() < 0.1 else "none"

    def anchors(self, low: int, high: int, targets: str | None = None) -> list[str]:
        """Make anchors that are written alike."""
        linking = self.linking(targets)
        made, written = self._written(low, high)
        return [linking.anchor(self.rng, item, text) for item, text in zip(made, written, strict=True)]

    def texts(self, low: int, high: int) -> list[str]:
        """Make keyword items as HTML text."""
        return self._written(low, high)[1]

    def _written(self, low: int, high: int) -> tuple[list[str], list[str]]:
        """Keyword items, and the same as HTML text."""
        kind = self.disguise_kind()
        made = self.items(low, high)
        return made, shown(self.rng, made, kind) if self.rewrite is None else self.rewrite(self.rng, made)

    def run(self, low: int, high: int, *, linked: bool | None = None, joiner: str | None = None) -> str:
        """Make a separated run of items or anchors."""
        as_links = self.rng.random() < 0.5 if linked is None else linked
        pieces = self.anchors(low, high) if as_links else self.texts(low, high)
        if as_links and joiner is None and self.rng.random() < 0.15:
            return "".join(f"<li>{piece}</li>" + self.rng.choice(("\n", "")) for piece in pieces)
        return run(self.rng, pieces, joiner, linked=as_links)

    def hidden(self, inner: str, tag: str | None = None, how: Hiding | None = None, *, unclosed: float = 0.0) -> str:
        """Wrap a block out of sight; ``unclosed`` is the chance that its last end tag is missing."""
        chosen = how or hiding(self.rng)
        gap = self.rng.choice(("", "", "\n", "\n"))
        block = wrap(self.rng, gap + inner + gap, chosen.attributes, tag)
        if self.rng.random() < unclosed and block.endswith("</div>"):
            block = block.removesuffix("</div>").rstrip("\n")
        return chosen.before + block + chosen.after

    def put(self, at: int, block: str, layout: str | None = None) -> Patch:
        """Insert a block at an offset: glued, on a line of its own, or indented like its neighbours."""
        newline = self.places.newline
        chosen = layout or self.rng.choice(("line", "line", "line", "before", "glued", "glued", "indented", "both"))
        if self.rng.random() < 0.06:
            block = marker(self.rng) + block + (marker(self.rng) if self.rng.random() < 0.5 else "")
        if chosen == "line":
            block = block + "\n"
        elif chosen == "before":
            block = "\n" + block
        elif chosen == "both":
            block = "\n" + block + "\n"
        elif chosen == "indented":
            block = "\n" + self.places.indent_at(at) + block
        return Patch(at, at, block.replace("\n", newline) if newline != "\n" else block)

    def anywhere(self) -> int:
        """Pick any place a block is found at."""
        return self.rng.choice(
            (
                self.places.after_footer,
                self.places.end_of_body,
                self.places.end_of_body,
                self.places.after_html,
                self.places.start_of_body,
                lambda: self.places.between_blocks(self.rng),
                lambda: self.places.between_blocks(self.rng),
                lambda: self.places.before_header(self.rng),
                lambda: self.places.in_cell(self.rng),
            )
        )()

    def tail(self) -> int:
        """Pick a place at the end of the page."""
        return self.rng.choice(
            (self.places.after_footer, self.places.end_of_body, self.places.end_of_body, self.places.after_html)
        )()
