"""A mirror kit's filling goes with all of its row; an empty element of the page's own stays beside it."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, restores

_FILLING = (
    '<div style="position:fixed;left:-9000px;top:-9000px"><kvq id="ytrw"><oi class="bx"></oi></kvq>'
    '<rufq id="mmkd"><ge class="wq"></ge></rufq><ahq id="ocvn"><jx class="kt"></jx></ahq></div>\n'
)


@pytest.mark.parametrize(
    "behind",
    [
        '<i id="w8p1x" style="display:none"></i><tfoot id="w8p1x"><acronym id="w8p1x"></acronym></tfoot>\n',
        '<rt id="k2"><dfn id="k2"></dfn></rt><b id="k2"></b><strike id="k2"></strike>\n',
        '<rt id="k2"><dfn id="k2"></dfn></rt><strike id="k2"></strike><!-- sj:5e0b91 --><u style="display:none"></u>\n',
    ],
)
def test_known_elements_in_the_row_of_a_filling_go_with_it(behind: str) -> None:
    restores(body=_FILLING + behind, rule="noise-tags")


def test_an_empty_element_of_its_own_name_stays_beside_a_filling() -> None:
    own = '<i id="late" style="display:none"></i>\n'
    _, _, cleaned = judged(HEAD + BODY + _FILLING + own + TAIL)
    assert cleaned == HEAD + BODY + own + TAIL
