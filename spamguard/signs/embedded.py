"""Links in the code of a widget that lead neither to the site nor to where the widget comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import domain_of
from spamguard.findings import Edit, Span
from spamguard.page.outline import NodeKind
from spamguard.signs.outside import outside_of
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason
from spamguard.signs.whispered import is_sold
from spamguard.signs.words import sound_of

if TYPE_CHECKING:
    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_WIDGETS: Final = frozenset({"object", "embed", "applet", "video", "audio", "canvas"})
_ADDRESSES: Final = ("data", "src", "value", "archive", "code")
_LARGEST: Final = 20_000
_HALF: Final = 0.5
_SEVERAL: Final = 3
_FAIR: Final = 0.8
_UNNAMED: Final = "no keyword of these links is known"


def embedded(sight: Sight) -> list[Sign]:
    """Runs of such links in a widget, when most are called what is sold; its own credit stays."""
    signs = []
    for node in sight.index.called(_WIDGETS):
        if node.end - node.start > _LARGEST or any(around.tag in _WIDGETS for around in node.ancestors()):
            continue
        parts = list(node.walk())
        links = [part for part in parts if part.tag == "a" and part.closed and part.attribute("href")]
        homes = {domain_of(part.attribute(name) or "") for part in parts if part.tag != "a" for name in _ADDRESSES} - {
            None
        }
        strange = [
            link
            for link in links
            if sight.is_foreign(link.attribute("href") or "") and domain_of(link.attribute("href") or "") not in homes
        ]
        if strange and (sign := _judged(sight, node, strange)) is not None:
            signs.append(sign)
    return signs + [sign for node in sight.index.called(("noscript",)) if (sign := _fallback(sight, node)) is not None]


def _fallback(sight: Sight, node: Node) -> Sign | None:
    """A text for browsers without scripts that is nothing but links, three at least, to several other sites.

    What a page cannot do without scripts is told in a sentence, and what counts visits is a picture. For review, where
    no link is called like what is sold.
    """
    if not node.closed or node.end - node.start > _LARGEST:
        return None
    parts = list(node.walk())
    links = [part for part in parts if part.tag == "a" and part.closed and part.attribute("href")]
    words = [" ".join(sight.text_between(link.inner_start, link.inner_end).split()) for link in links]
    hosts = {(link.attribute("href") or "").split("//")[-1].split("/")[0] for link in links}
    if len(links) < _SEVERAL or len(hosts) < 2 or not all(words) or any("<" in text for text in words):
        return None
    if any(part.tag in {"img", "iframe", "form", "script", "p", "nav"} for part in parts):
        return None
    if not all(sight.is_foreign(link.attribute("href") or "") for link in links) or _says_more(sight, node, links):
        return None
    span = Span(node.start, node.end)
    if outside_of(sight).speaks_of(words, [span]):
        return None
    named = [text for text in words if is_sold(sight, text)]
    sound = sound_of(sight.model, words)
    plain = len(named) <= _HALF * len(words) and not sound.is_spam
    said = reason("embedded", len(links), f"without scripts, links to other sites are shown: {', '.join(words[:4])}")
    return Sign(
        rule="widget-links",
        category=sound.category if sound.is_spam else sight.topic(words),
        confidence=_FAIR if plain else SURE,
        spans=(span,),
        excerpt=excerpt_of(words[:6]),
        doubt=_UNNAMED if plain else None,
        hidden_by="noscript",
        spare=True,
        evidence=(said, *sound.evidence()),
    )


def _judged(sight: Sight, widget: Node, links: list[Node]) -> Sign | None:
    words = [" ".join(sight.text_between(link.inner_start, link.inner_end).split()) for link in links]
    named = [text for text in words if is_sold(sight, text)]
    spans = _runs(sight, links)
    if len(named) <= _HALF * len(words) or outside_of(sight).speaks_of(named, spans):
        return None
    sound = sound_of(sight.model, named)
    kept = not widget.closed or _says_more(sight, widget, links)
    said = reason("embedded", len(links), f"links in the code of a widget are called {', '.join(named[:4])}")
    return Sign(
        rule="widget-links",
        category=sound.category if sound.is_spam else sight.topic(named),
        confidence=SURE,
        spans=() if kept else (Span(widget.start, widget.end),),
        edits=tuple(Edit(span.start, span.end) for span in spans) if kept else (),
        excerpt=excerpt_of(words[:6]),
        evidence=(said, *sound.evidence()),
    )


def _says_more(sight: Sight, widget: Node, links: list[Node]) -> bool:
    """Whether a widget holds words that are in none of some links: without any it was a pretext for the links."""
    return any(
        part.kind is NodeKind.TEXT
        and sight.page.raw[part.start : part.end].strip(b" \t\r\n|,-")
        and not any(link.start < part.start < link.end for link in links)
        for part in widget.walk()
    )


def _runs(sight: Sight, links: list[Node]) -> list[Span]:
    """The stretches that links cover with what parts them; of one in the middle the white space behind it, too."""
    raw = sight.page.raw
    runs: list[Span] = []
    for link in links:
        if runs and not raw[runs[-1].end : link.start].strip(b" \t\r\n|,-"):
            runs[-1] = Span(runs[-1].start, link.end)
        else:
            runs.append(Span(link.start, link.end))
    return [Span(run.start, run.end + raw[run.end : run.end + 1].isspace()) for run in runs]
