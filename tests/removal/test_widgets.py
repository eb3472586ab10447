"""A widget that was a pretext for links goes with them; a counter of the page's own beside them stays."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged

_LINKS = (
    '<a href="https://one.example.net/casino">online casino bonus</a> '
    '<a href="https://two.example.com/slots">best online slots</a> '
    '<a href="https://three.example.net/viagra">buy viagra online</a>'
)
_DOT = '<img src="https://count.example.org/c/7.png" width="1" height="1" alt="">'


@pytest.mark.parametrize(
    "widget",
    [
        f"{_DOT} {_LINKS}\n",
        f"{_LINKS} {_DOT}\n",
        f'<noscript><img src="https://count.example.org/7.gif" alt="">{_LINKS}</noscript>\n',
        f'<object data="https://count.example.org/clock.swf"><br>{_LINKS}</object>\n',
        (
            f'<!-- free weather widget -->\n<script src="https://count.example.org/w.js"></script><noscript>'
            f'<a href="https://count.example.org/"><img src="https://count.example.org/7.gif" alt=""></a> {_LINKS}'
            f"</noscript>\n<!-- /weather -->\n"
        ),
        (
            f'<!-- Besucher Counter -->\n<script src="//count.example.org/w.js"></script>\n<noscript>'
            f'<img src="https://count.example.org/7.gif" alt=""> {_LINKS}</noscript>\n<!-- Ende Counter -->\n'
        ),
        (
            f'<!-- Start Counter --><a href="https://count.example.org/"><img src="https://count.example.org/c.php" '
            f'alt="Counter"></a><noscript>{_LINKS} <a href="https://count.example.org/">Counter gratis</a></noscript>'
            f"<!-- Ende Counter -->\n"
        ),
    ],
)
def test_the_widget_goes_with_its_links(widget: str) -> None:
    assert judged(HEAD + BODY + widget + TAIL)[2] == HEAD + BODY + TAIL


@pytest.mark.parametrize(
    "own",
    [
        f"{_DOT}\n",
        f'{_DOT}<!-- <a href="https://count.example.org/">count</a> -->\n',
        '<img src="/count.png" width="1" height="1" alt="">\n',
        '<!-- counter -->\n<script src="https://count.example.org/w.js"></script>\n',
        '<script src="https://count.example.org/w.js"></script>\n<!-- end of page -->\n',
    ],
)
def test_a_counter_of_the_pages_own_stays(own: str) -> None:
    links = f"<noscript>{_LINKS}</noscript>\n" if "script" in own else f"<p>{_LINKS}</p>\n"
    rest = "<p>The reading room is upstairs.</p>\n"
    assert judged(HEAD + BODY + own + links + rest + TAIL)[2] == HEAD + BODY + own + rest + TAIL


def test_a_widget_that_sells_nothing_is_left_alone() -> None:
    page = (
        f'{HEAD}{BODY}<!-- visitor counter -->\n<script src="https://count.example.org/c.js"></script><noscript>'
        f'<a href="https://count.example.org/"><img src="https://count.example.org/n.gif" alt="visitor counter"></a>'
        f"</noscript>\n<!-- end counter -->\n{TAIL}"
    )
    assert judged(page)[::2] == ("clean", page)
