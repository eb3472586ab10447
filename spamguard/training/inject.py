"""Put a block of spam into an honest page, and say where it is.

Everything is decided by the random generator that is handed in: the same seed gives the same bytes.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spamguard.training.families import REGISTRY
from spamguard.training.hosts import invented_host
from spamguard.training.places import Places
from spamguard.training.scene import Patch, Scene
from spamguard.training.spamtext import default_vocabulary

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from spamguard.training.hosts import HostMaker
    from spamguard.training.registry import Family
    from spamguard.training.scene import Rewrite
    from spamguard.training.vocabulary import Vocabulary

_OUT_OF_PLACE = 0.2
"""Share of injections in a language that the family is not known for."""


@dataclass(frozen=True, slots=True)
class Label:
    """Injected bytes ``[start, end)`` of the infected page."""

    start: int
    end: int
    category: str
    language: str
    family: str


@dataclass(frozen=True, slots=True)
class Injected:
    """An infected page, its labels in file order, and the page before."""

    data: bytes
    labels: tuple[Label, ...]
    original: bytes
    family: str
    language: str
    category: str


def families() -> tuple[str, ...]:
    """Every family that can be injected into a page."""
    return tuple(REGISTRY)


def replacing_families() -> frozenset[str]:
    """Families that overwrite page bytes: deleting their labels does not give the page back."""
    return frozenset(name for name, family in REGISTRY.items() if family.replaces)


def inject(
    page: bytes,
    encoding: str,
    rng: random.Random,
    *,
    family: str | None = None,
    language: str | None = None,
    category: str | None = None,
    vocabulary: Vocabulary | None = None,
    make_host: HostMaker = invented_host,
    few: bool = False,
    rewrite: Rewrite | None = None,
) -> Injected:
    """Infect one page.

    What is not given is drawn: a family, then a language it is known in (one time in five any other), then
    a category that has words there. ``few`` makes blocks of one to three items, whatever the family is known for.
    Characters that the encoding lacks become numeric references.
    ``rewrite`` writes the keyword items of runs and lists as HTML text, one text an item.

    Raises:
        ValueError: no family and no words fit what was asked for, or the encoding is not ASCII-compatible.

    """
    if _wide(encoding):
        raise ValueError(f"pages in {encoding} cannot be injected byte by byte")
    words = vocabulary or default_vocabulary()
    chosen, pair = _choose(rng, words, family, language, category)
    scene = Scene(Places(page, encoding), rng, pair[0], pair[1], words, make_host, rewrite=rewrite, few=few)
    data, spans = splice(page, chosen.build(scene), encoding)
    labels = tuple(Label(start, end, pair[1], pair[0], chosen.name) for start, end in spans)
    return Injected(data, labels, page, chosen.name, pair[0], pair[1])


def splice(page: bytes, patches: Sequence[Patch], encoding: str) -> tuple[bytes, list[tuple[int, int]]]:
    """Apply patches and tell where their bytes lie in the result; neighbours are joined."""
    out: list[bytes] = []
    spans: list[tuple[int, int]] = []
    length = position = 0
    for patch in sorted(patches, key=lambda p: (p.start, p.end)):
        kept = page[position : patch.start]
        new = encoded(patch.text, encoding)
        start = length + len(kept)
        out += (kept, new)
        length = start + len(new)
        position = patch.end
        if spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], length)
        elif new:
            spans.append((start, length))
    out.append(page[position:])
    return b"".join(out), spans


def encoded(text: str, encoding: str) -> bytes:
    """Write text in the page's encoding, with references for what it lacks."""
    try:
        return text.encode(codecs.lookup(encoding).name, "xmlcharrefreplace")
    except LookupError:
        return text.encode("ascii", "xmlcharrefreplace")


def _wide(encoding: str) -> bool:
    try:
        return "<a>".encode(encoding) != b"<a>"
    except LookupError:
        return False


def _choose(
    rng: random.Random, words: Vocabulary, family: str | None, language: str | None, category: str | None
) -> tuple[Family, tuple[str, str]]:
    known = words.pairs()
    candidates = [REGISTRY[family]] if family else list(REGISTRY.values())
    if category and not family:
        candidates = [f for f in candidates if category in f.categories]
    if language and not family:
        at_home = [f for f in candidates if not f.languages or language in f.languages]
        if at_home and rng.random() > _OUT_OF_PLACE:
            candidates = at_home
    rng.shuffle(candidates)
    for chosen in candidates:
        # A family that is asked for by name may be given a category it is not known for.
        wanted = (category,) if category else chosen.categories
        fitting = [pair for pair in known if pair[1] in wanted and language in (None, pair[0])]
        at_home_pairs = [pair for pair in fitting if not chosen.languages or pair[0] in chosen.languages]
        pool = at_home_pairs if at_home_pairs and rng.random() > _OUT_OF_PLACE else fitting
        if pool:
            # The square root keeps small languages and topics in play without making them as common as large ones.
            sizes = [len(words.get(*pair)) ** 0.5 for pair in pool]
            return chosen, rng.choices(pool, sizes)[0]
    raise ValueError(f"no words for family={family}, language={language}, category={category}")
