"""English-centred families."""

from __future__ import annotations

from spamguard.training.grammar import load_grammar
from spamguard.training.hiding import Hiding, declarations, inline, name
from spamguard.training.hosts import hexadecimal, invented_word, letters
from spamguard.training.markup import run, wrap
from spamguard.training.registry import family
from spamguard.training.scene import Patch, Scene

_NUMBERED = ("gambling", "escorts", "loans", "goods", "links", "keywords", "pharmacy")


@family("en-pharma-hiddendiv-js", ("en",), ("pharmacy", "loans", "gambling", "goods"))
def hidden_div(scene: Scene) -> list[Patch]:
    """Spun prose with keywords beside their own anchors, hidden by a script, before the page's header."""
    rng = scene.rng
    linking = scene.linking()
    parts: list[str] = []
    for sentence in scene.prose(3, 10):
        keyword = scene.item()
        stray = rng.choice(load_grammar("en").slots["plain_word"])
        parts.append(f"{sentence[:-1]} {keyword} {linking.anchor(rng, keyword)} {stray}.")
    label = name(rng)
    text = rng.choice(("<p>", "")) + " ".join(parts)
    script = (
        f"<script>if(document.getElementById('{label}')!=null){{document.getElementById('{label}').style.visibility='hidden';"
        f"document.getElementById('{label}').style.display='none';}}</script>"
    )
    return [scene.put(scene.places.start_of_body(), f"<div id='{label}'>{text}</div>{script}")]


@family("en-inline-u-strong-hidden", (), ("pharmacy", "gambling", "loans", "essays", "goods", "adult", "keywords"))
def inline_element(scene: Scene) -> list[Patch]:
    """One hidden anchor in an inline element."""
    rng = scene.rng
    anchor = scene.linking("many").anchor(rng, scene.item())
    how = inline(rng, rng.choice(("display", "display", "zero-box", "near-white", "font-size")))
    block = wrap(rng, anchor, how.attributes, rng.choice(("u", "strong", "b", "i", "em", "font", "span")))
    at = scene.places.between_sentences(rng) if rng.random() < 0.25 else None
    return [scene.put(at, block, "glued")] if at is not None else [scene.put(scene.places.between_blocks(rng), block)]


@family("en-casino-offscreen-span", ("en",), ("gambling", "pharmacy", "essays", "loans"))
def offscreen_span(scene: Scene) -> list[Patch]:
    """Anchors, slogans and bare addresses in a span off the screen."""
    rng = scene.rng
    linking = scene.linking("many")
    pieces = [linking.anchor(rng, item) for item in scene.items(4, 14)]
    pieces += [linking.anchor(rng, item, f"https://{scene.make_host(rng, item)}/") for item in scene.items(1, 3)]
    pieces += [text + rng.choice(("", ")))", " $99")) for text in scene.texts(1, 6)]
    rng.shuffle(pieces)
    block = scene.hidden(rng.choice(("\n", " ")).join(pieces), "span", inline(rng, "off-screen"))
    return [scene.put(rng.choice((scene.places.after_footer(), scene.places.between_blocks(rng))), block)]


@family("en-replica-marquee-1px", (), ("goods", "gambling", "pharmacy"))
def marquee(scene: Scene) -> list[Patch]:
    """Anchors in a marquee of one pixel, sometimes a box of six pixels after it."""
    rng = scene.rng
    block = wrap(rng, "\n" + "\n".join(scene.anchors(5, 40)), "", "marquee")
    if rng.random() < 0.3:
        block += "\n" + scene.hidden("\n".join(scene.anchors(3, 15)), "div", inline(rng, "one-pixel"))
    return [scene.put(scene.tail(), block)]


@family("split-docwrite-wrapper", (), ("goods", "gambling", "pharmacy", "keywords"))
def split_write(scene: Scene) -> list[Patch]:
    """Build a script writes the hidden opening tag in pieces, a plain list follows, another script closes it."""
    rng = scene.rng
    style = f'<div style="{declarations(rng, "off-screen").lower()}">'
    pieces: list[str] = []
    while style:
        size = rng.randint(2, 7)
        pieces.append(style[:size])
        style = style[size:]
    opening = "+".join(f"'{piece}'" for piece in pieces)
    decoy = rng.choice(("friend: ", "links: ", "", "partner: ", "友情: "))
    body = f"<div>{decoy}{scene.run(4, 40, linked=True)}</div>"
    block = f"<script>document.write({opening});</script>\n{body}\n<script>document.write('<'+'/d'+'iv>');</script>"
    return [scene.put(scene.places.end_of_body(), block)]


@family("en-nearwhite-class-prose", (), ("goods", "gambling", "pharmacy", "essays"))
def near_white(scene: Scene) -> list[Patch]:
    """Elements of many kinds with one class whose colour is almost white."""
    rng = scene.rng
    label = name(rng)
    rule = f'<style type="text/css">.{label}{{{declarations(rng, "near-white")}}}</style>'
    linking = scene.linking()
    parts = [linking.anchor(rng, item) for item in scene.items(2, 10)] + scene.prose(1, 4)
    rng.shuffle(parts)
    tags = ("span", "h5", "strong", "em", "p", "SPAN", "H5")
    chosen = [(rng.choice(tags), part) for part in parts]
    body = "&nbsp;".join(f'<{tag} class="{label}">{part}</{tag}>' for tag, part in chosen)
    return [scene.put(scene.tail(), rule + rng.choice(("", "\n")) + body)]


@family("nulled-theme-vendor-links", ("en", "fr", "it", "es"), ("links", "keywords"))
def vendor_links(scene: Scene) -> list[Patch]:
    """Harmless-looking download phrases, one link in each off-screen ``div``."""
    rng = scene.rng
    phrases = load_grammar("en").slots["vendor"]
    linking = scene.linking("many")
    how = Hiding(f' style="{declarations(rng, "off-screen")}"') if rng.random() < 0.7 else inline(rng)
    chosen = rng.sample(phrases, min(len(phrases), scene.count(1, 8)))
    block = "".join(f"<div{how.attributes}>{linking.anchor(rng, phrase)}</div>" for phrase in chosen)
    return [scene.put(scene.places.between_blocks(rng), block)]


@family("widget-counter-embedded-links", (), ("gambling", "loans", "adult", "keywords"))
def widget(scene: Scene) -> list[Patch]:
    """Off-topic anchors in the fallback of a widget or behind a counter picture."""
    rng = scene.rng
    links = " ".join(scene.anchors(1, 6, "many"))
    host = scene.make_host(rng, "")
    block = rng.choice(
        (
            f'<object data="https://{host}/{invented_word(rng)}.swf"><br>{links}</object>',
            f'<noscript><img src="https://{host}/c.gif?id={rng.randint(1, 99999)}" alt="">{links}</noscript>',
            f'<img src="https://{host}/counter/{rng.randint(1, 999)}.png" width="1" height="1" alt=""> {links}',
        )
    )
    return [scene.put(scene.tail(), block)]


@family("paid-text-link-block", ("en", "de", "fr", "es"), ("loans", "pharmacy", "gambling", "essays", "goods", "links"))
def paid_links(scene: Scene) -> list[Patch]:
    """Build a visible list of sold links under a heading."""
    rng = scene.rng
    rows = "".join(f"<li>{anchor}</li>" for anchor in scene.anchors(3, 15, "many"))
    heading = rng.choice(("Featured Sites", "Sponsors", "Partners", "Friends", "Resources", "Recommended"))
    return [
        scene.put(scene.places.between_blocks(rng), f'<h3>{heading}</h3><ul class="{letters(rng, 2, 5)}">{rows}</ul>')
    ]


@family("blog-farm-numbered-crosslinks", (), _NUMBERED)
def numbered(scene: Scene) -> list[Patch]:
    """Numbers as anchors; the keywords are in the addresses."""
    rng = scene.rng
    linking = scene.linking("many")
    anchors = [linking.anchor(rng, item, str(i)) for i, item in enumerate(scene.items(5, 20), 1)]
    how = inline(rng, "display") if rng.random() < 0.7 else inline(rng)
    return [scene.put(scene.places.between_blocks(rng), scene.hidden("".join(anchors), "div", how))]


@family("footer-credit-swap", (), ("gambling", "loans", "essays", "goods", "pharmacy", "escorts", "links"))
def footer_credit(scene: Scene) -> list[Patch]:
    """Build a false designer's credit inside the copyright line."""
    rng = scene.rng
    anchors = scene.anchors(1, 2, "many")
    credit = rng.choice((" Design by ", " | ", " Powered by ", " - ", " Design © ", " ", " &amp; "))
    at = scene.places.end_of_copyright()
    text = credit + " and ".join(anchors)
    return (
        [Patch(at, at, text)] if at is not None else [scene.put(scene.places.end_of_body(), f"<p>{text.strip()}</p>")]
    )


@family("synonym-spun-casino-post", (), ("gambling", "essays", "pharmacy", "loans", "escorts"))
def teasers(scene: Scene) -> list[Patch]:
    """Category entries or post teasers of a blog that was broken into."""
    rng = scene.rng
    at = scene.places.in_list(rng)
    if at is not None and rng.random() < 0.6:
        rows = "".join(
            f'<li class="cat-item cat-item-{rng.randint(2, 999)}">{a}</li>' for a in scene.anchors(1, 20, "own")
        )
        return [scene.put(at, rows, rng.choice(("glued", "before", "indented")))]
    posts = [
        f'<article class="post"><h2>{scene.linking("own").anchor(rng, scene.item())}</h2>'
        f"<p>{' '.join(scene.prose(1, 3))}</p></article>"
        for _ in range(rng.randint(1, 5))
    ]
    return [scene.put(scene.places.between_blocks(rng), "\n".join(posts))]


@family("invented-marker-tags")
def marker_tags(scene: Scene) -> list[Patch]:
    """Build a pair of invented tags around a hidden block; now and then the end of the page stands between them."""
    rng = scene.rng
    first = letters(rng, 2, 9) + str(rng.randint(1, 9))
    second = rng.choice((first[:-1] + str(rng.randint(1, 9)), letters(rng, 5, 10)))
    inner = scene.hidden(run(rng, scene.anchors(1, 40), linked=True), rng.choice(("font", "div", "span")))
    if scene.places.body_close is not None and rng.random() < 0.5:
        start, end = scene.places.end_of_body(), scene.places.after_html()
        if start < end:
            return [Patch(start, start, f"<{first}>{inner}"), Patch(end, end, f"<{second}>")]
    token = hexadecimal(rng, 5, 5)
    opening, closing = rng.choice(
        ((f"<{first}>", f"<{second}>"), (f"<!--{token}-->", f"<!--{token}-->"), (f"<{first}>", f"</{first}>"))
    )
    return [scene.put(scene.tail(), f"{opening}{inner}{closing}")]
