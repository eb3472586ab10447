"""Cells that a script fills and that a careless page calls all by one id stay, whatever a reader writes below them."""

from __future__ import annotations

import pytest

from spamguard.guard import Guard

PROSE = "<p>The library of the town opens at nine and closes when the last reader leaves it.</p>\n" * 3
COMMENT = '<div class="comment"><p>Nice <a href="https://x.example.net/">online casino slots bonus</a></p></div>\n'


@pytest.mark.parametrize(
    "honest",
    [
        "<table>" + '<tr><td>Price</td><td id="price"></td></tr>\n' * 4 + "</table>\n",
        '<p>Loaded: <progress id="bar"></progress></p>\n' * 4,
        '<p>Says: <samp id="output"></samp></p>\n' * 4,
        "<table>" + '<tr id="r"><td id="r"></td><th id="r"></th></tr>\n' * 4 + "</table>\n",
    ],
)
def test_empty_elements_of_the_page(honest: str) -> None:
    page = f"<html><body>{PROSE}{honest}{COMMENT}</body></html>".encode()
    assert honest.strip().encode() in Guard().clean(page, path="page.html").data


def test_empty_elements_of_a_kit() -> None:
    sown = '<acronym id="q7x"></acronym><xqd id="q7x"></xqd><tr id="q7x"></tr>'
    page = f"<html><body>{PROSE}{sown}{COMMENT}</body></html>".encode()
    assert b"q7x" not in Guard().clean(page, path="page.html").data
