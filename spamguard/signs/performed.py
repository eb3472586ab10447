"""What scripts put into a page, judged as if it stood there in their place.

A script that opens a layer of offers, or writes links where nobody sees them, does what the markup of other break-ins
does. Nothing is run: what is known of a script's strings, and of the styles and links that it builds, is put together.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of, own_domains
from spamguard.findings import Span
from spamguard.page.readable import decoded
from spamguard.page.segments import as_utf8, read_as
from spamguard.page.sold import sells
from spamguard.page.triggers import what_tells
from spamguard.scripts.read import read_script
from spamguard.scripts.reading import Use
from spamguard.signs.scripts import sign_of
from spamguard.signs.sight import MOST_READ, names_sold, scripts_among
from spamguard.signs.sign import reason
from spamguard.signs.written import addresses_in, pieces_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spamguard.findings import Finding
    from spamguard.model.weights import Model
    from spamguard.page.outline import Node
    from spamguard.page.segments import Page
    from spamguard.scripts.reading import Reading
    from spamguard.signs.sight import Script
    from spamguard.signs.sign import Sign
    from spamguard.verdicts import FileReport

    Judge = Callable[[Page], FileReport]

_MOST_SCRIPTS: Final = 6
_MOST_ADDRESSES: Final = 20
_PROBABLE: Final = 0.5
_MOST_WRITTEN: Final = 30_000
"""Characters that a script puts into a page, as far as they are judged."""
_PLACED: Final = re.compile(
    r"(?:position|left|top|right|bottom|inset|z-index|width|height|max-width|max-height|overflow|clip|clip-path"
    r"|text-indent|font-size|margin(?:-\w+)?|transform)\s*:[^;:<>\"]{1,80}",
    re.IGNORECASE,
)
"""Where something is to be seen. What a close button does to it later is not."""
_BUILT: Final = frozenset({"createElement", "css", "cssText"})


def performed(page: Page, root: Node, model: Model, found: Sequence[Sign], judge: Judge) -> list[Sign]:
    """The scripts that put into a page what is spam there; those that signs were ``found`` in are left out."""
    known = [part for sign in found for part in sign.parts]
    own = own_domains(root)
    acts = []
    for script in _telling(page, root):
        element = script.element
        if any(part.overlaps(Span(element.start, element.end)) for part in known):
            continue
        reading = read_script(page.raw, script.body.start, script.body.end, page.codec)
        written = _written(reading)
        if written and any(_leads_away(address, own) for address in addresses_in(written)):
            acts.append((script, reading, written))
        if len(acts) == _MOST_SCRIPTS:
            break
    return _signs_of(page, model, acts, judge) if acts else []


def _telling(page: Page, root: Node) -> Iterator[Script]:
    left = MOST_READ
    for script in scripts_among(root.walk()):
        node = script.body
        left -= node.end - node.start
        if left < 0:
            break
        if script.runs and what_tells(decoded(page.raw, node.start, node.end, page.codec)):
            yield script


def _leads_away(address: str, own: frozenset[str]) -> bool:
    domain = domain_of(address)
    return domain is not None and domain not in own


def _written(reading: Reading) -> str:
    """What a script puts into the page, as markup; links and boxes that it builds as it styles them."""
    pieces = {id(piece) for piece in pieces_of(reading)}
    parts: list[str] = []
    led = ""
    for saying in reading.sayings:
        if saying.use is Use.LINKED:
            led = saying.text
        elif id(saying) in pieces:
            text = saying.text if "<" in saying.text else escape(saying.text)
            if led and "<a" not in text:
                text = f'<a href="{escape(led)}">{text}</a>'
            led = ""
            parts.append(text)
    written = "\n".join(dict.fromkeys(parts))[:_MOST_WRITTEN]
    styled = ";".join(found[0] for said in reading.used(Use.STYLED) for found in _PLACED.finditer(said.text))
    if written and styled and reading.names & _BUILT:
        written = f'<div style="{escape(styled)}">{written}</div>'
    return written


def _signs_of(page: Page, model: Model, acts: Sequence[tuple[Script, Reading, str]], judge: Judge) -> list[Sign]:
    raw = bytearray()
    last = 0
    places: list[Span] = []
    for script, _, written in acts:
        raw += page.raw[last : script.element.start]
        start = len(raw)
        raw += written.encode(page.codec, "xmlcharrefreplace")
        places.append(Span(start, len(raw)))
        last = script.element.end
    raw += page.raw[last:]
    report = judge(read_as(as_utf8(page), bytes(raw)))
    if report.verdict not in {"infected", "spam"}:
        return []
    signs = []
    for (script, reading, written), place in zip(acts, places, strict=True):
        inside = [one for one in report.findings if place.start <= one.span.start and one.span.end <= place.end]
        found = max(inside, key=_weight, default=None)
        if found is not None and (found.disposition == "safe" or _tells(found, written, model)):
            signs.append(_sign_of(script, reading, found))
    return signs


def _tells(finding: Finding, written: str, model: Model) -> bool:
    """Whether what is not certain names more than one thing that is sold, or leads to where something is."""
    known = next((str(told.value) for told in finding.evidence if told.name == "keywords"), "")
    if known.count(",") or finding.confidence < _PROBABLE:
        return bool(known.count(","))
    led = addresses_in(written)[:_MOST_ADDRESSES]
    return any(sells(address) or names_sold(model, address) for address in led)


def _weight(finding: Finding) -> tuple[bool, float]:
    return finding.disposition == "safe", finding.confidence


def _sign_of(script: Script, reading: Reading, finding: Finding) -> Sign:
    told = reason("performed", finding.rule, f"a script puts it into the page, which makes it {finding.rule}")
    sign = sign_of(
        script,
        "written-block",
        finding.category,
        finding.excerpt,
        (told, *finding.evidence),
        reading=reading,
        about=[*pieces_of(reading), *reading.used(Use.LINKED, Use.STYLED)],
    )
    if finding.disposition != "safe":
        doubt = finding.evidence[-1].text if finding.evidence else "it is not certain"
        sign = replace(sign, confidence=min(sign.confidence, finding.confidence), doubt=sign.doubt or doubt)
    return sign
