"""Keywords written without a space between them in a title: how a kit joins what people search for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from spamguard.findings import ORDERS, Edit
from spamguard.page.readable import readable
from spamguard.signs.headed import own_in, said_on
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.text.lexicon import is_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight
    from spamguard.text.lexicon import Atom, Lexicon

    _Atoms: TypeAlias = Mapping[str, Sequence[tuple[str, Atom]]]

_SEPARATOR: Final = re.compile(r"\s*[|_–—»·]\s*|\s*-\s*")
_SHORTEST: Final = 5
_LONGEST: Final = 2_000
_SEVERAL: Final = 2
_BEGINS: Final = 4
"""First letters of keywords that are asked for before the keywords are."""
_SPACED: Final = "\u0e00"
"""Scripts from here on write no spaces between words."""
_NOTHING_LEFT: Final = "nothing on the page tells the true title"


def glued(sight: Sight) -> list[Sign]:
    """The title of a page, when keywords are glued to each other in it."""
    title = sight.index.title()
    return _judged(sight, title) if title is not None else []


def _judged(sight: Sight, node: Node) -> list[Sign]:
    read = readable(sight.page.raw, node.start, node.end, sight.page.codec)
    text = read.text
    if not _SHORTEST < len(text) < _LONGEST:
        return []
    lexicon = sight.model.lexicon
    atoms = _spaced(lexicon)
    found = _glued(text, lexicon, atoms)
    if len(found) < _SEVERAL:
        return []
    first, last = _without_told(sight, text, *_bounds(text, lexicon, atoms))
    whole = not (text[:first] + text[last:]).strip()
    told = f"keywords stand in the title without a space between them: {', '.join(atom.text for atom in found[:6])}"
    return [
        Sign(
            rule="glued-title",
            category=max(found, key=lambda atom: atom.strength).category,
            confidence=SURE,
            spans=(),
            edits=(Edit(int(read.offsets[first]), int(read.offsets[last])),),
            excerpt=excerpt_of([text]),
            doubt=_NOTHING_LEFT if whole else None,
            evidence=(reason("glued", len(found), told),),
        )
    ]


@lru_cache(maxsize=1)
def _spaced(lexicon: Lexicon) -> dict[str, list[tuple[str, Atom]]]:
    """The keywords of scripts that part words by spaces, each with its folded text, by their first letters."""
    found: dict[str, list[tuple[str, Atom]]] = {}
    for folded, atom in lexicon.atoms():
        if len(folded) >= _SHORTEST and atom.category != ORDERS and max(folded) < _SPACED:
            found.setdefault(folded[:_BEGINS], []).append((folded, atom))
    return found


def _named_in(folded: str, atoms: _Atoms) -> Iterator[tuple[str, Atom]]:
    """The keywords in a folded text. There are thousands, and a title begins few of them."""
    for begins in dict.fromkeys(folded[at : at + _BEGINS] for at in range(len(folded) - _BEGINS + 1)):
        for keyword, atom in atoms.get(begins, ()):
            if keyword in folded:
                yield keyword, atom


def _bounds(text: str, lexicon: Lexicon, atoms: _Atoms) -> tuple[int, int]:
    """Where the glued part of a title begins and ends, the separator between it and the site's own words included."""
    first, last = 0, len(text)
    for match in _SEPARATOR.finditer(text):
        if not _named(text[match.end() :], lexicon, atoms):
            last = match.end()
            break
    for match in reversed(list(_SEPARATOR.finditer(text, 0, last))):
        if match.end() < last and not _named(text[: match.start()], lexicon, atoms):
            return match.start(), len(text) if last == len(text) else last
    return first, last


def _without_told(sight: Sight, text: str, first: int, last: int) -> tuple[int, int]:
    """The bounds of the glued part without what the page says elsewhere too, at one of its ends.

    A title of several parts has been glued to the keywords without a separator.
    """
    lexicon = sight.model.lexicon
    for start, end in own_in(text, list(said_on(sight))):
        if first < start < last and not _named(text[start:], lexicon, _spaced(lexicon)):
            last = start
        elif first < end < last and not _named(text[:end], lexicon, _spaced(lexicon)):
            first = end
    return first, last


def _named(text: str, lexicon: Lexicon, atoms: _Atoms) -> bool:
    """Whether a keyword stands in a text, glued to others or not."""
    folded = lexicon.folded(text)
    return any(True for _ in _named_in(folded, atoms))


def _glued(text: str, lexicon: Lexicon, atoms: _Atoms) -> list[Atom]:
    """The keywords that begin where another ends or end where another begins, and those of words glued to others."""
    folded = lexicon.folded(text)
    places = [
        (match.start(), match.end(), atom)
        for keyword, atom in _named_in(folded, atoms)
        for match in re.finditer(re.escape(keyword), folded)
    ]
    starts, ends = {place[0] for place in places}, {place[1] for place in places}
    touching = [
        (start, end, atom)
        for start, end, atom in places
        if (start in ends and folded[start - 1].isalpha() and folded[start].isalpha())
        or (end in starts and folded[end - 1].isalpha() and folded[end].isalpha())
        or (" " in atom.text and not is_whole(folded, start, end))
    ]
    return list({atom.text: atom for _, _, atom in sorted(touching, key=lambda place: place[:2])}.values())
