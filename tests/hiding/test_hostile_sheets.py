"""Style sheets that a hostile hand wrote: the block that one of their rules hides is found and cut all the same."""

from __future__ import annotations

import pytest

import spamguard

LINKS = " ".join(
    f'<a href="https://{host}.example.net/">{words}</a>'
    for host, words in (
        ("a", "online casino"),
        ("b", "slot gacor"),
        ("c", "poker real money"),
        ("d", "casino bonus"),
        ("e", "togel online"),
    )
)
BLOCK = f'<div class="q">{LINKS}</div>\n'
RULE = ".q{display:none}"
MANY = "".join(f'<div class="c{n}"><p>Row {n}</p></div>\n' for n in range(3_000))


def _page(sheet: str, body: str, block: str = "") -> bytes:
    return (
        f"<html><head><title>Boat club</title>\n<style>{sheet}</style>\n</head>\n<body>\n<h1>Boat club</h1>\n"
        f"<p>We row on Sundays. Everybody is welcome at the boat house at nine.</p>\n{block}{body}</body></html>\n"
    ).encode()


@pytest.mark.parametrize(
    ("sheet", "body"),
    [
        (".z{color:red}\n" * 50_000 + RULE, ""),
        ("".join(f".c{n} p{{display:none}}" for n in range(10_000)) + RULE, MANY),
        ("@media screen{" * 200 + RULE + "}" * 200, ""),
        (RULE + "a{" * 100_000, ""),
        (".q" + " .q" * 100_000 + "{display:none}" + RULE, ""),
        (":has(" * 500 + "a" + ")" * 500 + "{display:none}" + RULE, MANY),
        ("div" + ":not(.a)" * 5_000 + "{display:none}" + RULE, MANY),
        (RULE + "div ~ div ~ div ~ div ~ div ~ p{display:none}" * 20, MANY),
        (RULE + '[class*="a"] [class*="b"] [class*="c"] p{display:none}' * 500, MANY),
        (RULE + "div div div div div div div b{display:none}" * 100, "<div>" * 3_000 + "x" + "</div>" * 3_000),
        (".q{display:var(--v0)}:root{" + "".join(f"--v{n}:var(--v{n + 1});" for n in range(5_000)) + "}", ""),
    ],
    ids=[
        "many rules",
        "rules and elements",
        "nested media",
        "open braces",
        "long selector",
        "has in has",
        "many nots",
        "siblings",
        "attributes",
        "deep",
        "variables",
    ],
)
def test_a_block_among_hostile_rules_is_found(sheet: str, body: str) -> None:
    report = spamguard.scan(_page(sheet, body, BLOCK), path="page.html")
    assert report.verdict == "infected"
    assert any("online casino" in finding.excerpt for finding in report.findings)


@pytest.mark.parametrize(
    "sheet", ["{" * 50_000, "}" * 50_000, "@media" * 50_000, "/*" * 50_000, "\\" * 50_000, '"' * 50_000]
)
def test_honest_text_under_a_broken_sheet_stays(sheet: str) -> None:
    page = _page(sheet, "")
    assert spamguard.clean(page, path="page.html").data == page
