"""Which rules of a style sheet are read: none that may be for a text asked about is left out."""

from __future__ import annotations

import pytest

from spamguard.examine.reach import reach_of
from spamguard.examine.tree import Visibility
from spamguard.page.outline import NodeKind, outline_of
from spamguard.page.tokens import view_of

PAGE = """<html><head><style>{rule}</style></head><body>
<main id=Harbour class="Boats oars"><p class="lantern&#45;oil"><span>wicks</span></p><i>sails</i></main>
</body></html>"""


@pytest.mark.parametrize(
    "rule",
    [
        "span{display:none}",
        "P SPAN{display:none}",
        ".boats{display:none}",
        "#harbour.oars > p{display:none}",
        "main>p>span{display:none}",
        "html *{visibility:hidden}",
        "body{font-size:0}",
        ".nowhere, .elsewhere , p{display:none}",
        ".lantern-oil{display:none}",
        ".lantern\\2d oil{display:none}",
        "main p:not(.nowhere .else){display:none}",
        "[class~=oars] p:first-child{display:none}",
        "main :is(.x, p){display:none}",
        "@media screen{.boats{& p{display:none}}}",
        "@layer a{.boats{display:none}}",
        "p\n,\n.nowhere\n{display:none}",
    ],
)
def test_no_rule_that_hides_is_left_out(rule: str) -> None:
    view = view_of(PAGE.format(rule=rule).encode())
    nodes = list(outline_of(view).walk())
    text = next(node for node in nodes if node.kind is NodeKind.TEXT and view[node.start : node.end] == "wicks")
    around = reach_of([text, *text.ancestors()])
    found = Visibility(view, "", around).hidden(text)
    whole = Visibility(view, "").hidden(text)
    assert found is not None
    assert whole == found


def test_rules_for_other_elements_are_not_read() -> None:
    nodes = outline_of(view_of(PAGE.encode())).walk()
    reach = reach_of(nodes)
    assert not reach.meets(".nowhere")
    assert not reach.meets("p .nowhere, nav, main > #else")
    assert not reach.meets("p.nowhere:hover")


def test_long_selectors_are_answered() -> None:
    reach = reach_of(outline_of(view_of(PAGE.encode())).walk())
    for selector in (
        "a" * 4_000,
        ".a" * 2_000,
        ":a" * 2_000,
        "a " * 2_000,
        ">" * 4_000,
        "," * 4_000,
        "a:" * 2_000 + "(",
    ):
        assert all(reach.meets(selector) == reach.meets(selector) for _ in range(50))
