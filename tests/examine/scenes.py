"""Pages looked at closely without a model: what is spam is said by the test, not judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from spamguard.examine.blocks import Stretch
from spamguard.examine.closely import Block
from spamguard.examine.describe import ITEM_NAMES, Scene
from spamguard.examine.hosts import own_domains
from spamguard.examine.items import items_of, leaves_of
from spamguard.examine.structure import leaf_facts
from spamguard.examine.tree import Visibility
from spamguard.page.outline import Node, NodeKind, outline_of
from spamguard.page.segments import Page, read
from spamguard.page.tokens import view_of
from spamguard.removal.plan import Plan, plans_of
from spamguard.removal.splice import splice

__all__ = ["block", "cleaned", "plans_for", "plans_of", "scene_of", "stretches_in"]

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spamguard.findings import Edit


def scene_of(data: bytes) -> tuple[Page, Node, Scene]:
    """The items of a page with the facts that carving needs."""
    page = read(data, path="page.html")
    view = view_of(page.raw)
    root = outline_of(view)
    leaves = leaves_of(page, root)
    items = items_of(page, leaves)
    scripts = "\n".join(view[n.start : n.end] for n in root.walk() if n.kind is NodeKind.RAW and n.tag == "script")
    facts = leaf_facts(
        leaves,
        page.raw,
        Visibility(view, scripts),
        own_domains(root),
        lambda texts: np.zeros(len(texts), dtype=np.float32),
    )
    table = np.zeros((len(items), len(ITEM_NAMES)), dtype=np.float32)
    return page, root, Scene(leaves, items, facts, table, np.zeros(len(items)))


def stretches_in(scene: Scene, spans: Sequence[tuple[int, int]]) -> list[Stretch]:
    """One stretch for each span of bytes, of the items that mostly lie in it."""
    found = []
    for start, end in spans:
        inside = []
        for index, item in enumerate(scene.items):
            offsets = scene.leaves[item.leaf].readable.offsets
            first, last = int(offsets[item.start]), int(offsets[item.end])
            if (min(last, end) - max(first, start)) * 2 > last - first:
                inside.append(index)
        if inside:
            found.append(Stretch(inside[0], inside[-1] + 1))
    return found


def block(stretch: Stretch) -> Block:
    """A stretch that is judged to be spam."""
    return Block(stretch, np.zeros(0, dtype=np.float32), 0.0, 1.0, "links", (), 0.0)


def plans_for(data: bytes, spans: Sequence[tuple[int, int]]) -> tuple[Page, list[Plan]]:
    """The plans for blocks that lie at ``spans``."""
    page, root, scene = scene_of(data)
    blocks = [block(stretch) for stretch in stretches_in(scene, spans)]
    return page, plans_of(page, root, scene, blocks)


def cleaned(before: bytes, block: bytes, after: bytes) -> tuple[bytes, str | None]:
    """The page ``before + block + after`` with the block cut out, and the doubt about it."""
    data = before + block + after
    page, plans = plans_for(data, [(len(before), len(before) + len(block))])
    edits: list[Edit] = sorted({edit for plan in plans for edit in plan.edits})
    return splice(page.raw, edits, page.codec), next((plan.doubt for plan in plans if plan.doubt), None)
