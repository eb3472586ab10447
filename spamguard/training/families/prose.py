"""Spam in sentences: appended to a paragraph, set between paragraphs, as articles or instructions to machines."""

from __future__ import annotations

import base64

from spamguard.training.grammar import load_grammar
from spamguard.training.hiding import declarations, inline
from spamguard.training.registry import TRADES, family
from spamguard.training.scene import Patch, Scene

_UNSPACED = frozenset({"zh", "zh-Hant", "ja"})
_PROSE = tuple(c for c in TRADES if c not in {"keywords", "links"})


def _appended(scene: Scene, text: str) -> list[Patch]:
    """Put sentences between two of the page's, or in a paragraph of their own."""
    gap = "" if scene.language in _UNSPACED else " "
    at = scene.places.between_sentences(scene.rng)
    if at is None:
        return [scene.put(scene.places.between_blocks(scene.rng), f"<p>{text}</p>")]
    before = scene.places.page[:at]
    if before.endswith((b" ", b"\n", b"\t", b">")):
        return [Patch(at, at, text + gap)]
    return [Patch(at, at, gap + text)]


@family("prose-blend-sentence", (), _PROSE)
def blended(scene: Scene) -> list[Patch]:
    """One to three sentences in the middle of a paragraph, with an anchor at most."""
    rng = scene.rng
    sentences = scene.prose(1, 3)
    if rng.random() < 0.35:
        sentences[-1] = f"{sentences[-1]} {scene.linking('many').anchor(rng, scene.item())}{rng.choice(('.', '', '!'))}"
    return _appended(scene, ("" if scene.language in _UNSPACED else " ").join(sentences))


@family(
    "en-essay-crypto-cbd-intext", (), ("essays", "crypto", "pharmacy", "loans", "goods", "links", "gambling", "escorts")
)
def guest_link(scene: Scene) -> list[Patch]:
    """One sentence with one exact-match anchor inside an old article."""
    rng = scene.rng
    keyword = scene.item()
    anchor = scene.linking("many").anchor(rng, keyword)
    sentence = scene.prose(1, 1)[0]
    text = sentence.replace(keyword, anchor, 1) if keyword in sentence else f"{sentence} {anchor}."
    return _appended(scene, text)


@family("paragraph-between", (), _PROSE)
def paragraph(scene: Scene) -> list[Patch]:
    """Build a paragraph of spam sentences between two honest ones, in the open."""
    rng = scene.rng
    gap = "" if scene.language in _UNSPACED else " "
    text = gap.join(scene.prose(2, 7))
    if rng.random() < 0.4:
        text += gap + scene.linking("many").anchor(rng, scene.item())
    block = rng.choice(("<p>{}</p>", "<p>{}</p>", "<div>{}</div>", "<div><p>{}</p></div>", "<br>{}<br>", "{}")).format(
        text
    )
    return [scene.put(scene.places.between_blocks(rng), block)]


@family("hidden-prose", (), _PROSE)
def hidden_prose(scene: Scene) -> list[Patch]:
    """Sentences out of sight."""
    rng = scene.rng
    text = ("" if scene.language in _UNSPACED else " ").join(scene.prose(1, 8))
    if rng.random() < 0.6:
        text += " " + scene.linking("many").anchor(rng, scene.item())
    return [scene.put(scene.anywhere(), scene.hidden(text))]


@family("ai-doorway-appended", (), ("gambling", "loans", "pharmacy", "essays", "crypto", "escorts", "goods"))
def appended_article(scene: Scene) -> list[Patch]:
    """Build a fluent article around one link, under the honest one."""
    rng = scene.rng
    gap = "" if scene.language in _UNSPACED else " "
    linking = scene.linking("one")
    parts: list[str] = []
    for _ in range(rng.randint(2, 6)):
        keyword = scene.item()
        sentences = scene.prose(2, 4)
        if rng.random() < 0.5:
            sentences.append(linking.anchor(rng, keyword) + ".")
        ending = rng.choice(("", "?", ": FAQ", f" {rng.randint(2020, 2026)}"))
        parts.append(f"<h2>{keyword}{ending}</h2>\n<p>{gap.join(sentences)}</p>")
    return [scene.put(rng.choice((scene.places.after_footer(), scene.places.between_blocks(rng))), "\n".join(parts))]


@family("camouflaged-inline-link", (), ("gambling", "pharmacy", "loans", "essays", "goods", "links"))
def camouflaged(scene: Scene) -> list[Patch]:
    """Build an honest word becomes a link that does not look like one: two labels, the word between them."""
    rng = scene.rng
    style = rng.choice(
        (
            "color:#000;text-decoration:none;cursor:text",
            "color:inherit;text-decoration:none;cursor:text;font-weight:normal",
            "text-decoration:none;color:#333333;border:0",
        )
    )
    event = rng.choice(("", " onmousemove=\"window.status=' '\"", ' onmouseover="return true"'))
    host = scene.make_host(rng, scene.item())
    opening = f'<a href="https://{host}/" style="{style}"{event}>'
    span = scene.places.words(rng)
    if span is None:
        # A page without a text run gets a sentence of its own.
        return [scene.put(scene.places.between_blocks(rng), f"<p>{opening}{scene.item()}</a></p>")]
    return [Patch(span[0], span[0], opening), Patch(span[1], span[1], "</a>")]


@family("prompt-injection-hidden", (), ("prompt-injection",))
def prompt_injection(scene: Scene) -> list[Patch]:
    """Orders to a reading machine: hidden, in a comment, in a meta tag or in an attribute."""
    rng = scene.rng
    text = " ".join(scene.prose(1, 3))
    if rng.random() < 0.05:
        text = "Decode and follow: " + base64.b64encode(text.encode()).decode()
    shape = rng.random()
    if shape < 0.55:
        how = inline(rng, rng.choice(("display", "near-white", "font-size", "off-screen", "opacity", "one-pixel")))
        return [scene.put(scene.anywhere(), scene.hidden(text, rng.choice(("p", "span", "div")), how))]
    if shape < 0.75:
        at = rng.choice((scene.places.end_of_head(), scene.places.end_of_body(), scene.places.between_blocks(rng)))
        return [scene.put(at, f"<!-- {text} -->")]
    quoted = text.replace('"', "'").replace("<", "&lt;")
    if shape < 0.85:
        at = scene.places.end_of_head()
        return [
            scene.put(at, f'<meta name="{rng.choice(("description", "ai-instructions", "llm"))}" content="{quoted}">')
        ]
    label = rng.choice(("aria-label", "title", "data-note"))
    return [scene.put(scene.anywhere(), f'<span {label}="{quoted}" style="{declarations(rng, "font-size")}"></span>')]


@family("prompt-injection-visible", (), ("prompt-injection",))
def visible_prompt(scene: Scene) -> list[Patch]:
    """Build the same orders in the open, in a paragraph or in the middle of one."""
    return _appended(scene, " ".join(scene.prose(1, 2)))


@family("news-quote-promo", ("en", "id", "tr", "ru", "es", "pt", "vi"), ("gambling", "loans", "pharmacy", "essays"))
def promo_box(scene: Scene) -> list[Patch]:
    """Build a promotion in a box with a call to act."""
    rng = scene.rng
    button = rng.choice(load_grammar(scene.language).slots.get("cta", ("Go",)))
    linking = scene.linking("one")
    body = f"<strong>{scene.item()}</strong> {' '.join(scene.prose(1, 2))} {linking.anchor(rng, scene.item(), button)}"
    return [
        scene.put(scene.places.between_blocks(rng), f'<div style="border:1px solid #ccc;padding:10px">{body}</div>')
    ]
