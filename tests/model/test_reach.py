"""One hidden link in a long honest page is reason enough for the closer look; the same link in the open is not more."""

from __future__ import annotations

import pytest

from spamguard.guard import Guard
from spamguard.model.candidate import is_candidate
from spamguard.page.segments import read
from tests.model.notes import PARAGRAPHS

GUARD = Guard()


def _page(inside: str) -> bytes:
    head = "<!doctype html><html lang=en><head><meta charset=utf-8><title>Village notes</title></head><body>"
    foot = "<p>Written by the parish clerk.</p></body></html>"
    return f"{head}<h1>Village notes</h1>{PARAGRAPHS}{inside}{PARAGRAPHS}{foot}".encode()


def _is_looked_at(inside: str) -> bool:
    return is_candidate(read(_page(inside), path="page.html"), GUARD._model)


LINK = '<a href="https://a.example.net/x">agen parlay malam ini</a>'


@pytest.mark.parametrize(
    "inside",
    [
        f'<div style="position:fixed;inset:-3000px auto auto -3000px">{LINK}</div>',
        f'<div style="background:#fff;color:#ffffff">{LINK}</div>',
        f'<p style="color:#fff">{LINK}</p>',
        f'<div style="transform:scale(0)">{LINK}</div>',
        f'<div style="d\\69splay:none">{LINK}</div>',
        f"<div hidden>{LINK}</div>",
        f"<dialog>{LINK}</dialog>",
        f"<details><summary>More</summary><p>{LINK}</p></details>",
        f"<template>{LINK}</template>",
        f"<noscript><ul><li>{LINK}</li></ul></noscript>",
        f"<style>.bq7{{color:#FFFFFE !important;}}</style><p class=bq7>{LINK}</p>",
        f"<style>#zz1{{position:absolute;left:-9999px}}</style><div id=zz1>{LINK}</div>",
        f'<div style="left:-9999px;position:absolute"><p>One</p><p>two</p><p>three</p><p>four</p><p>{LINK}</p></div>',
    ],
)
def test_a_hidden_link_called_like_spam_is_looked_at(inside: str) -> None:
    assert _is_looked_at(inside)


@pytest.mark.parametrize(
    "inside",
    [
        '<a href="#main" style="position:absolute;clip:rect(0,0,0,0)">Skip to the content</a>',
        '<div hidden><a href="https://maps.example.org/">Map of the village</a></div>',
        "<details><summary>Who we are</summary><p><a href='https://county.example.org/'>The county</a></p></details>",
        '<dialog><p>May we store what you like?</p><a href="https://privacy.example.org/">Read more</a></dialog>',
        '<section style="opacity:0.0"><a href="https://partner.example.org/">Our partner school</a></section>',
        '<div style="transform:translate3d(-1140px,0,0)"><a href="https://photos.example.org/">Photos</a></div>',
        '<noscript><a href="https://chat.example.org/">Write to the clerk</a></noscript>',
        '<style>.bar{color:#fff}</style><p class="bar"><a href="https://county.example.org/">County council</a></p>',
        '<template><a href="https://county.example.org/">Opening hours</a></template>',
    ],
)
def test_honest_hidden_links_are_not(inside: str) -> None:
    assert not _is_looked_at(inside)
    assert GUARD.scan(_page(inside), path="page.html").verdict == "clean"
