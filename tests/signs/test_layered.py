"""A layer of offers over the page goes with its mask, its sheet and its close button; a site's own layers stay."""

from __future__ import annotations

import pytest

from tests.signs.cases import restores, silent

_SHEET = (
    "<style>\n.qm{position:fixed;inset:0;background:rgba(0,0,0,.6)}\n"
    ".qb{position:fixed;left:50%;top:50%;animation:q-in .3s}\n.qb a{display:block}\n"
    "@keyframes q-in{from{opacity:0}50%{opacity:.4}to{opacity:1}}\n</style>\n"
)
_OFFERS = (
    '<b onclick="this.parentNode.remove()">×</b><a href="https://a.example.net/?c=7">online casino 200% bonus</a>'
    '<a href="https://b.example.com/?c=7">slot gacor free spins</a><a href="https://b.example.com/app">Install</a>'
)


@pytest.mark.parametrize(
    "layer",
    [
        f'{_SHEET}<div class="qm" id="qm1"></div>\n<div class="qb">{_OFFERS}</div>\n',
        f'<div style="position:fixed;bottom:0;left:0;z-index:99999">{_OFFERS}</div>\n',
        (
            '<dialog open style="position:fixed;inset:auto 0 0 0"><form method="dialog"><button>✕</button></form>'
            f"<table><tr><td>{_OFFERS}</td></tr></table></dialog>\n"
        ),
        (
            '<div id="l1" style="position:fixed;left:4px;top:90px"><a href="https://a.example.net/?u=1"><img '
            'alt="online casino bonus" src="https://i.example.org/l.gif">casino</a><i>close</i></div>'
            '<div id="r1" style="position: fixed;right:4px;top:90px"><a href="https://a.example.net/?u=1"><img '
            'alt="slot gacor jackpot" '
            'src="https://i.example.org/r.gif">slot gacor online</a><i>close</i></div>\n'
        ),
    ],
    ids=["by a sheet", "by its style", "dialog", "two banners"],
)
def test_a_layer_of_offers_goes_as_a_whole(layer: str) -> None:
    restores(body=layer, rule="offer-layer")


@pytest.mark.parametrize(
    "layer",
    [
        (
            '<div style="position:fixed;bottom:0"><p>We use cookies. <a href="https://a.example.net/privacy">Privacy</a>'
            '</p><a href="#">Accept</a></div>\n'
        ),
        (
            '<div style="position:fixed;right:0;bottom:0"><a href="https://chat.example.net/">Talk to us</a>'
            '<a href="https://m.example.com/">Write to us</a></div>\n'
        ),
        (
            '<dialog open style="position:fixed;inset:0"><form action="/news"><input name="mail"><button>Send</button>'
            "</form></dialog>\n"
        ),
        (
            '<div style="position:fixed;left:0;top:90px"><a href="https://shop.example.net/"><img alt="Autumn books" '
            'src="https://i.example.org/l.gif"></a></div>\n'
        ),
    ],
    ids=["consent", "chat", "newsletter", "advertisement"],
)
def test_layers_of_consent_chats_newsletters_and_advertisements_stay(layer: str) -> None:
    silent(body=layer)
