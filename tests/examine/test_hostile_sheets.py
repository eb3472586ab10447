"""Style sheets that a hostile hand wrote: the block that one of their rules hides is found, and named as hidden."""

from __future__ import annotations

import pytest

from spamguard import Guard

WORDS = ("online casino", "slot machine bonus", "poker real money", "casino bonus", "betting odds")
BLOCK = "".join(f'<a href="https://{name}.example.net/">{word}</a> ' for name, word in zip("abcde", WORDS, strict=True))
OWN = ".q{display:none}"
MANY = "".join(f'<div class="c{number}"><p>x{number}</p></div>' for number in range(10_000))
DEEP = "<div>" * 5_000 + "x" + "</div>" * 5_000

SHEETS: dict[str, tuple[str, str]] = {
    "ten megabytes": (".z{color:red}" * 800_000 + OWN, ""),
    "more rules than elements": ("".join(f".c{number} p{{display:none}}" for number in range(100_000)) + OWN, MANY),
    "conditions in conditions": ("@media screen{" * 50_000 + OWN + "}" * 50_000, ""),
    "layers in layers": ("@layer a{" * 50_000 + OWN + "}" * 50_000, ""),
    "rules in rules": (OWN + ".a{& .b{" * 50_000 + "}}" * 50_000, ""),
    "open braces": (OWN + "a{" * 500_000, ""),
    "closing braces": ("}" * 500_000 + "a{}" + OWN, ""),
    "a megabyte of selector": (".q" + " .q" * 300_000 + "{display:none}" + OWN, ""),
    "a megabyte of alternatives": (".z," * 300_000 + ".z{display:none}" + OWN, ""),
    "has in has": (":has(" * 2_000 + "a" + ")" * 2_000 + "{display:none}" + OWN, MANY),
    "has beside has": ("div" + ":has(p)" * 500 + "{color:red}" + OWN, MANY),
    "not beside not": ("div" + ":not(.a)" * 50_000 + "{display:none}" + OWN, MANY),
    "siblings": (OWN + "div ~ div ~ div ~ div ~ div ~ p{display:none}" * 50, MANY),
    "parts of classes": (OWN + '[class*="a"] [class*="b"] [class*="c"] p{display:none}' * 2_000, MANY),
    "deep elements": (OWN + "div div div div div div div p{display:none}" * 200, DEEP),
    "variables of variables": (
        ".q{display:var(--a)}:root{" + "".join(f"--v{n}:var(--v{n + 1});" for n in range(50_000)) + "--a:none}",
        "",
    ),
    "open comment": (OWN + "/*" * 300_000, ""),
    "open strings": (OWN + 'a{content:"' * 100_000, ""),
}


@pytest.fixture(scope="module")
def guard() -> Guard:
    return Guard()


@pytest.mark.parametrize("name", SHEETS)
def test_what_a_rule_hides_is_found_whatever_stands_beside_the_rule(name: str, guard: Guard) -> None:
    sheet, body = SHEETS[name]
    page = (
        f"<!doctype html><html><head><title>Boat club</title><style>{sheet}</style></head><body><h1>Boat club</h1>"
        "<p>We row on Sundays. Everybody is welcome at the boat house at nine.</p>"
        f'<div class="q">{BLOCK}</div>{body}</body></html>'
    )
    report = guard.scan(page.encode(), path="page.html")
    found = {(finding.rule, finding.hidden_by) for finding in report.findings}
    assert ("hidden-block", "display") in found, (report.verdict, report.reason)
