"""Japanese, Korean, South-East Asian families."""

from __future__ import annotations

import json
from urllib.parse import quote

from spamguard.training.grammar import brand, load_grammar
from spamguard.training.hiding import Hiding, inline
from spamguard.training.hosts import letters
from spamguard.training.markup import run
from spamguard.training.registry import family
from spamguard.training.scene import Patch, Scene

_INDONESIAN = ("id", "ms")
_PAYLOAD_MARKS = ("【{}】", "〖{}〗", "[{}]", "ᐅ{}ᐊ", "≪{}≫", "⟦{}⟧")


@family("ja-keyword-hack-head", ("ja",), ("goods", "pharmacy", "loans"))
def japanese_head(scene: Scene) -> list[Patch]:
    """Shop words in title and description of a page in another language."""
    rng = scene.rng
    texts = scene.texts(4, 12)
    joined = rng.choice((" ", "|", "★", "")).join(rng.choice((f"【{t}】", t, t)) for t in texts)
    head = scene.places.start_of_head()
    span = scene.places.title()
    description = f'\n<meta name="description" content="{joined}">'
    if span is None:
        return [Patch(head, head, f"<title>{joined}</title>{description}\n")]
    patches = [Patch(span[0], span[0], joined + rng.choice((" ", " - ", "|")))]
    return [*patches, Patch(head, head, description)] if head <= span[0] - 7 and rng.random() < 0.6 else patches


@family("ja-hidden-links-in-foreign-page", ("ja",), ("goods", "pharmacy", "adult", "loans"))
def japanese_links(scene: Scene) -> list[Patch]:
    """Hidden links to shops of copies."""
    return [scene.put(scene.tail(), scene.hidden(scene.run(4, 60, linked=True)))]


@family("ko-casino-toto-links", ("ko",), ("gambling", "escorts", "pharmacy", "loans"))
def korean_links(scene: Scene) -> list[Patch]:
    """Build a few exact-match anchors in the open, or a hidden block of them."""
    rng = scene.rng
    anchors = scene.anchors(2, 10, "one" if rng.random() < 0.5 else None)
    line = run(rng, anchors, rng.choice((" ", ", ", " | ", " - ")))
    if rng.random() < 0.5:
        return [scene.put(scene.places.between_blocks(rng), f"<p>{line}</p>")]
    return [scene.put(scene.anywhere(), scene.hidden(line))]


@family("ko-massage-region-matrix", ("ko",), ("escorts",))
def region_matrix(scene: Scene) -> list[Patch]:
    """Every district with every service word."""
    rng = scene.rng
    regions = rng.sample(load_grammar("ko").slots["city"], 12)
    services = scene.items(2, 5)
    cells = [f"{region}{rng.choice(('', ' '))}{service}" for region in regions for service in services]
    if rng.random() < 0.5:
        linking = scene.linking()
        cells = [linking.anchor(rng, cell) for cell in cells]
    block = run(rng, cells, rng.choice((" · ", ", ", "\n", " ", "|")))
    return [scene.put(scene.anywhere(), rng.choice((f"<p>{block}</p>", f"<div>{block}</div>", block)))]


@family("reflected-search-url-links", ("ko", "zh", "id", "th", "vi"), ("escorts", "gambling", "adult"))
def reflected_search(scene: Scene) -> list[Patch]:
    """Harmless words as text; the keyword is in the query of a search address."""
    rng = scene.rng
    common = load_grammar("en").slots["plain_word"]
    anchors: list[str] = []
    for item in scene.items(8, 120):
        payload = item + rng.choice(_PAYLOAD_MARKS).format(letters(rng, 2, 6) + rng.choice(("。com", "．com", "｡net")))
        host = scene.make_host(rng, "")
        page = rng.choice(("search", "find", "results", "index.php"))
        target = f"https://{host}/{page}?{rng.choice(('q', 's', 'query'))}={quote(payload)}"
        text = " ".join(rng.choice(common) for _ in range(rng.randint(2, 3)))
        href = f' href="{target}"' if rng.random() < 0.9 else ""
        anchors.append(f'<a{href} target="_blank">{text}</a>')
    how = inline(rng, "one-pixel") if rng.random() < 0.7 else inline(rng)
    return [scene.put(scene.places.between_blocks(rng), scene.hidden(" ".join(anchors), "div", how))]


@family("id-hidden-div-footer-links", _INDONESIAN, ("gambling", "adult", "pharmacy", "links", "loans"))
def footer_links(scene: Scene) -> list[Patch]:
    """Build a hidden ``div`` of links before ``</body>``, often never closed, with slips of the pen."""
    rng = scene.rng
    anchors = scene.anchors(3, 130)
    rows = [
        rng.choice(("{}", "{}", "{}", "<p>{}</p>", "<li>{}</li>", "<b>{}</b>")).format(anchor) for anchor in anchors
    ]
    if rng.random() < 0.25:
        spot = rng.randrange(len(rows))
        rows[spot] += rng.choice((">li>", ' rel="noopener">', "</a>", "<br>"))
    if rng.random() < 0.1:
        rows[0] = rows[0].replace("href=", "herf=")
    block = rng.choice(("\n", "\n", "", " ")).join(rows)
    how = inline(rng, "display") if rng.random() < 0.8 else inline(rng)
    return [scene.put(scene.places.end_of_body(), scene.hidden(block, "div", how, unclosed=0.25))]


@family("id-after-html-list", _INDONESIAN, ("gambling", "adult", "goods"))
def after_html(scene: Scene) -> list[Patch]:
    """Build a hidden list behind ``</html>``, sometimes in a second body."""
    rng = scene.rng
    rows = "\n".join(f"<li>{anchor}</li>" for anchor in scene.anchors(5, 80))
    block = scene.hidden(rows, "div", inline(rng, "display"))
    if rng.random() < 0.3:
        block = f"<body>\n{block}\n</body>\n</html>"
    return [scene.put(scene.places.after_html(), block, rng.choice(("before", "line", "both", "glued")))]


@family("id-anchor-level-hide", _INDONESIAN, ("gambling", "adult", "links"))
def anchor_level(scene: Scene) -> list[Patch]:
    """Few anchors, each hidden on its own; some show a bare address."""
    rng = scene.rng
    linking = scene.linking("many")
    style = f' style="{rng.choice(("display: none", "display:none", "display:none;"))}"'
    anchors = []
    for item in scene.items(2, 10):
        bare = f"https://{scene.make_host(rng, item)}/" if rng.random() < 0.25 else None
        anchors.append(linking.anchor(rng, item, bare, style))
    block = rng.choice(("", "\n")).join(anchors)
    return [scene.put(scene.anywhere(), rng.choice((f"<div>{block}</div>", block)))]


@family("id-brand-wordlist", (*_INDONESIAN, "th", "vi"), ("gambling",))
def brand_list(scene: Scene) -> list[Patch]:
    """Very many operator-like names, one link each or plain text."""
    rng = scene.rng
    slots = load_grammar("id").slots
    names = [brand(rng, slots) for _ in range(scene.count(8, 400))]
    if rng.random() < 0.6:
        target = f"/?{letters(rng, 1, 3)}={letters(rng, 1, 4)}"
        names = [f'<a href="{target}">{name}</a>' for name in names]
    block = run(rng, names, rng.choice(("\n", " ", ", ", "<br>", " | ")))
    return [scene.put(scene.anywhere(), scene.hidden(block, how=None if rng.random() < 0.8 else Hiding()))]


@family("vi-concat-title", ("vi", "th", "id"), ("gambling",))
def glued_title(scene: Scene) -> list[Patch]:
    """Several queries glued to one another in front of the title."""
    rng = scene.rng
    joined = rng.choice(("", "", "", " ", "|")).join(scene.texts(3, 6))
    span = scene.places.title()
    if span is None:
        at = scene.places.start_of_head()
        return [Patch(at, at, f"<title>{joined}</title>\n")]
    return [Patch(span[0], span[0], joined + rng.choice((" - ", " | ", "-")))]


@family("vi-hidden-links", ("vi",))
def vietnamese_links(scene: Scene) -> list[Patch]:
    """Hidden anchors with titles."""
    return [scene.put(scene.anywhere(), scene.hidden(scene.run(3, 60, linked=True)))]


@family("th-slot-links-and-query-mix", ("th",))
def thai_links(scene: Scene) -> list[Patch]:
    """Hidden betting links among everyday search queries."""
    rng = scene.rng
    pieces = scene.anchors(3, 40) + [rng.choice(load_grammar("th").slots["query"]) for _ in range(rng.randint(0, 6))]
    rng.shuffle(pieces)
    return [scene.put(scene.anywhere(), scene.hidden(run(rng, pieces, linked=True)))]


@family("id-jsonld-spam", (*_INDONESIAN, "tr", "vi", "ko", "en"), ("gambling", "escorts", "pharmacy", "loans"))
def json_ld(scene: Scene) -> list[Patch]:
    """Structured data of a product that is only a keyword."""
    rng = scene.rng
    item = scene.item()
    data = {
        "@context": "https://schema.org",
        "@type": rng.choice(("Product", "Organization", "Game", "LocalBusiness", "SoftwareApplication")),
        "name": item,
        "description": " ".join(scene.prose(1, 2)),
        "brand": {"@type": "Brand", "name": scene.item()},
        "url": f"https://{scene.make_host(rng, item)}/",
        "keywords": ", ".join(scene.items(3, 20)),
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": f"4.{rng.randint(5, 9)}",
            "reviewCount": str(rng.randint(100, 99999)),
        },
    }
    text = json.dumps(data, ensure_ascii=rng.random() < 0.5 or scene.places.encoding.lower() not in {"utf-8", "utf8"})
    safe = text.replace("</", "<\\/")
    block = f'<script type="application/ld+json">{safe}</script>'
    return [scene.put(rng.choice((scene.places.end_of_head(), scene.places.end_of_body())), block)]
