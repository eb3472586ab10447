"""How well a model does on spam and look-alikes that somebody wrote who knew neither its lists nor its injector.

The pieces stand in ``data/strangers``: for every family two ways to write it, for every look-alike one or two, each
with where it goes. They are put into honest pages (look-alikes into pages of their language where there are any), by
default those that this repository ships, with ``--corpus`` held-out pages of a corpus folder. Nothing of them is ever
trained on.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks._pages import MANIFEST, ROOT
from benchmarks.study.pages import write_labels
from spamguard.errors import Unjudgeable
from spamguard.guard import Guard, Settings
from spamguard.page.charset import sniff
from spamguard.training.corpus import load
from spamguard.training.evaluate import evaluate
from spamguard.training.tables import render_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

PIECES: Final = ROOT / "data" / "strangers"
_LARGEST: Final = 150_000
_PARAGRAPH: Final = re.compile(rb"<p\b[^<>]*>([^<]{60,3000})</p>", re.IGNORECASE)
_TITLE: Final = re.compile(rb"<title\b[^>]*>([^<]+)</title>", re.IGNORECASE)
_HEAD: Final = re.compile(rb"<head\b[^>]*>", re.IGNORECASE)
_BODY: Final = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
_DESCRIPTION: Final = re.compile(rb'<meta name="description" content="([^"]*)"', re.IGNORECASE)
_ENDS: Final = (b"</head>", b"</body>", b"</html>")


@dataclass(frozen=True, slots=True)
class Piece:
    """What a stranger wrote: one or more texts that belong together, each with where it goes."""

    name: str
    family: str
    language: str
    category: str
    insertions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Host:
    """An honest page and its language. ``only`` is the file of pieces that it is for, empty when it is for all."""

    data: bytes
    language: str
    only: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A page with a piece in it: its bytes, the page before, and the spans of what was put in."""

    data: bytes
    before: bytes
    spans: tuple[tuple[int, int], ...]


def main(arguments: list[str] | None = None) -> int:
    """Build the labelled folder, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.strangers", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="take the honest pages from here, as `spamguard train` reads it")
    parser.add_argument("--model", type=Path, help="a model folder instead of the shipped one")
    parser.add_argument("--pages", type=int, default=3, help="honest pages that each piece is put into")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--sets", help="only these files of pieces, by name, with commas between")
    parser.add_argument("--endings", help="only pieces whose names end so, with commas between: who may look at which")
    parser.add_argument("--families", help="only these, with commas between")
    parser.add_argument("--list", action="store_true", help="name the pages that went wrong")
    chosen = parser.parse_args(arguments)
    wanted = set(chosen.families.split(",")) if chosen.families is not None else None
    sets = set(chosen.sets.split(",")) if chosen.sets is not None else None
    pieces = [piece for piece in pieces_in(PIECES, sets) if wanted is None or piece.family in wanted]
    if chosen.endings is not None:
        pieces = [piece for piece in pieces if piece.name[-1] in chosen.endings.split(",")]
    offered = _of_corpus(chosen.corpus) if chosen.corpus is not None else shipped_hosts()
    hosts = [host for host in offered if is_host(host.data)]
    if not hosts or not pieces:
        print("no page or no piece to measure with", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory(prefix="spamguard-strangers-") as name:
        folder = Path(name)
        labels = build(pieces, hosts, folder, chosen.pages, chosen.seed)
        result = evaluate(labels, folder, Guard(Settings(model=chosen.model)), jobs=chosen.jobs)
    today = dt.datetime.now(tz=dt.UTC).date()
    print(f"{today}, seed {chosen.seed}, {len(pieces)} pieces, {chosen.pages} pages each, of {len(hosts)} honest pages")
    print(render_text(result))
    if chosen.list:
        for word, names in (("accused", result.accused), ("missed", result.missed), ("kept", result.not_restored)):
            print(word, *sorted(set(names) - set(result.missed) if word == "kept" else names))
    return 0


def pieces_in(folder: Path, sets: Collection[str] | None = None) -> Iterator[Piece]:
    """The pieces that strangers wrote, in the order of the files; with ``sets``, of the files so called."""
    for path in sorted(folder.glob("*.jsonl")):
        if sets is not None and path.stem not in sets:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            insertions = tuple((part["where"], part["text"]) for part in told["insertions"])
            yield Piece(told["id"], told["family"], told["language"], told["category"], insertions)


def is_host(page: bytes) -> bool:
    """Whether every place that pieces ask for is there once, in UTF-8."""
    low = page.lower()
    if len(page) > _LARGEST or any(low.count(end) != 1 for end in _ENDS) or not _PARAGRAPH.search(page):
        return False
    try:
        charset = sniff(page)
    except Unjudgeable:
        return False
    return charset.name == "utf-8" and all(place.search(page) for place in (_HEAD, _BODY, _TITLE))


def placed(page: bytes, piece: Piece) -> Placed | None:
    """Put a piece into a page; None if two of its parts want the same bytes."""
    if any(where == "description" for where, _ in piece.insertions):
        page = _with_description(page)
    parts = sorted(
        ((*_PLACES[where](page), text.encode()) for where, text in piece.insertions), key=lambda part: part[:2]
    )
    data, last = b"", 0
    spans = []
    for start, end, text in parts:
        if start < last:
            return None
        data += page[last:start]
        spans.append((len(data), len(data) + len(text)))
        data += text
        last = end
    return Placed(data + page[last:], page, tuple(spans))


def build(pieces: Sequence[Piece], hosts: Sequence[Host], folder: Path, pages: int, seed: int) -> Path:
    """Write the pages and their labels; returns the labels file."""
    rows: list[tuple[str, str, str, str, str, str, str]] = []
    for piece in pieces:
        rng = random.Random(f"{seed} {piece.name}")  # noqa: S311 - repeatable, not secret
        for number, host in enumerate(chosen_for(piece, hosts, pages, rng)):
            made = placed(host.data, piece)
            if made is None:
                continue
            name, original = f"{piece.name}-{number}.html", f"{piece.name}-{number}.before.html"
            (folder / name).write_bytes(made.data)
            if not piece.category:
                rows.append((name, "", "", "", piece.language, piece.family, ""))
                continue
            (folder / original).write_bytes(made.before)
            for start, end in made.spans:
                rows.append((name, str(start), str(end), piece.category, piece.language, piece.family, original))
    return write_labels(folder, rows)


def chosen_for(piece: Piece, hosts: Sequence[Host], pages: int, rng: random.Random) -> list[Host]:
    """The honest pages that a piece is put into: a look-alike into those of its language, where there are any.

    Of a language that has a page for this file of pieces alone spam stands in that page too.
    """
    alone = [host for host in hosts if host.only == piece.name[-1] and host.language == piece.language]
    common = [host for host in hosts if not host.only]
    if piece.category:
        return alone[:pages] + rng.sample(common, min(pages - len(alone[:pages]), len(common)))
    fitting = alone or [host for host in common if host.language == piece.language] or common
    return rng.sample(fitting, min(pages, len(fitting)))


def shipped_hosts() -> Iterator[Host]:
    """The honest pages of this repository that pieces may be put into."""
    for path in sorted((ROOT / "data" / "hard-clean").glob("*.html")):
        yield Host(path.read_bytes(), path.stem.split("-")[1])
    yield from _of_strangers()


def _of_strangers() -> Iterator[Host]:
    for path in sorted((PIECES / "hosts").rglob("*.html")):
        only = path.parent.name if path.parent.name != "hosts" else ""
        yield Host(path.read_bytes(), path.stem, only)


def _of_corpus(corpus: Path) -> Iterator[Host]:
    held_out = set(json.loads(MANIFEST.read_text(encoding="utf-8")).get("held_out_sources", ()))
    for document in load(corpus):
        if document.kind == "html" and (document.use == "measure" or document.name.split("/")[1] in held_out):
            yield Host(document.data, document.language or "en")
    yield from _of_strangers()


def _with_description(page: bytes) -> bytes:
    if _DESCRIPTION.search(page):
        return page
    head, title = _HEAD.search(page), _TITLE.search(page)
    if head is None or title is None:
        return page
    told = title[1].strip().replace(b'"', b"") + b": all of it, with pictures and what readers wrote to us."
    return page[: head.end()] + b'\n<meta name="description" content="' + told + b'">' + page[head.end() :]


def _found(pattern: re.Pattern[bytes], page: bytes, group: int = 0) -> tuple[int, int]:
    match = pattern.search(page)
    if match is None:
        raise ValueError(f"a host page has no {pattern.pattern!r}")
    return match.span(group)


def _behind(pattern: re.Pattern[bytes]) -> Callable[[bytes], tuple[int, int]]:
    return lambda page: (_found(pattern, page)[1],) * 2


def _before(end: bytes) -> Callable[[bytes], tuple[int, int]]:
    return lambda page: (page.lower().rindex(end),) * 2


def _longest(page: bytes) -> re.Match[bytes]:
    return max(_PARAGRAPH.finditer(page), key=lambda match: len(match[1]))


def _between_blocks(page: bytes) -> tuple[int, int]:
    ends = [match.end() for match in _PARAGRAPH.finditer(page)]
    return (ends[len(ends) // 2],) * 2


def _in_the_middle(page: bytes) -> tuple[int, int]:
    match = _longest(page)
    sentence = match[1].find(b". ", len(match[1]) // 3)
    return (match.start(1) + sentence + 1 if sentence >= 0 else match.end(1),) * 2


_PLACES: Final[dict[str, Callable[[bytes], tuple[int, int]]]] = {
    "file-start": lambda _: (0, 0),
    "head-start": _behind(_HEAD),
    "head-end": _before(b"</head>"),
    "body-start": _behind(_BODY),
    "body-end": _before(b"</body>"),
    "after-body": _before(b"</html>"),
    "after-html": lambda page: (page.lower().rindex(b"</html>") + len(b"</html>"),) * 2,
    "between-blocks": _between_blocks,
    "in-paragraph-end": lambda page: (_longest(page).end(1),) * 2,
    "in-paragraph-middle": _in_the_middle,
    "title": lambda page: _found(_TITLE, page, 1),
    "title-start": lambda page: (_found(_TITLE, page, 1)[0],) * 2,
    "description": lambda page: _found(_DESCRIPTION, page, 1),
}


if __name__ == "__main__":
    sys.exit(main())
