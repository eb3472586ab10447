"""The pieces that strangers wrote fit the pages that they are put into, and those pages are honest to the program."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

import spamguard
from benchmarks.strangers import PIECES, Host, build, chosen_for, is_host, pieces_in, placed, shipped_hosts
from spamguard.findings import CATEGORIES
from spamguard.training.labels import read_labels

if TYPE_CHECKING:
    from pathlib import Path

HOSTS = sorted((PIECES / "hosts").rglob("*.html"))


@pytest.mark.parametrize("path", HOSTS, ids=lambda path: path.stem)
def test_a_host_page_has_every_place_and_is_clean(path: Path) -> None:
    page = path.read_bytes()
    assert is_host(page)
    assert spamguard.scan(page, path=path.name).verdict == "clean"


def test_every_piece_is_told_by_the_contract_and_can_be_placed() -> None:
    pieces = list(pieces_in(PIECES))
    page = HOSTS[0].read_bytes()
    assert len({piece.name for piece in pieces}) == len(pieces)
    for piece in pieces:
        assert (piece.category in CATEGORIES) is piece.family.startswith("F"), piece.name
        made = placed(page, piece)
        assert made is not None, piece.name
        assert all(made.data[start:end] for start, end in made.spans), piece.name


def test_taking_out_what_the_labels_say_gives_the_page_before(tmp_path: Path) -> None:
    pieces = [
        piece
        for piece in pieces_in(PIECES)
        if piece.category and not any(where in {"title", "description"} for where, _ in piece.insertions)
    ]
    hosts = [Host(path.read_bytes(), path.stem) for path in HOSTS]
    labels = read_labels(build(pieces, hosts, tmp_path, 1, 0), tmp_path)
    assert len(labels.pages) > len(pieces) // 2
    for page in labels.pages:
        data = page.path.read_bytes()
        for span in reversed(page.spans):
            data = data[: span.start] + data[span.end :]
        assert page.original is not None
        assert data == page.original.read_bytes(), page.file


@pytest.mark.parametrize("name", ["p", "x", "y", "z"])
def test_no_look_alike_of_the_last_sets_is_cut(name: str) -> None:
    hosts = [host for host in shipped_hosts() if is_host(host.data)]
    guard = spamguard.Guard()
    cut = []
    for piece in pieces_in(PIECES, {name}):
        rng = random.Random(f"0 {piece.name}")  # noqa: S311 - repeatable, not secret
        for host in chosen_for(piece, hosts, 3, rng):
            made = placed(host.data, piece)
            if made is not None and guard.clean(made.data).data != made.data:
                cut.append(piece.name)
    assert cut == []
