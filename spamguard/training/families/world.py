"""Turkish, Russian, Arabic, Persian and other European families."""

from __future__ import annotations

from spamguard.training.grammar import load_grammar
from spamguard.training.hiding import Hiding, declarations, inline, name
from spamguard.training.hosts import hexadecimal, letters
from spamguard.training.markup import run
from spamguard.training.registry import family
from spamguard.training.scene import Patch, Scene

_EUROPE = ("de", "nl", "pl", "cs", "hu", "ro", "el", "sv", "fi", "da", "no", "it", "fr", "es", "pt", "uk")


@family("tr-hacklink-after-html", ("tr",), ("gambling", "escorts", "links", "adult", "keywords"))
def hacklink(scene: Scene) -> list[Patch]:
    """Build a sold package behind ``</html>``: a style rule, one anchor many times, a BOM before the end."""
    rng = scene.rng
    anchors = scene.anchors(6, 80)
    anchors += [rng.choice(anchors)] * rng.choice((0, 0, 3, 15))
    label = name(rng)
    css = declarations(rng, rng.choice(("table-column", "display", "off-screen")))
    rule = f'<style type="text/css">.{label}{{text-align:center;{css}}}</style>'
    body = rng.choice(("<br/>", "", "\n", " ")).join(anchors) + rng.choice(("", "", "\ufeff "))
    return [
        scene.put(
            scene.places.after_html(),
            f'{rule}\n<div class="{label}">{body}</div>',
            rng.choice(("before", "glued", "both")),
        )
    ]


@family("tr-escort-city-span", ("tr", "en", "ru", "de"), ("escorts",))
def city_span(scene: Scene) -> list[Patch]:
    """City by city in a span without a size, the first child of a cell."""
    rng = scene.rng
    cities = load_grammar(scene.language).slots["city"]
    words = scene.items(1, 4)
    linking = scene.linking()
    named = [f"{city} {rng.choice(words)}" for city in rng.sample(cities, min(len(cities), scene.count(6, 60)))]
    body = " ".join(linking.anchor(rng, text) for text in named)
    how = inline(rng, "zero-box") if rng.random() < 0.7 else inline(rng)
    return [
        scene.put(
            scene.places.in_cell(rng), scene.hidden(body, rng.choice(("span", "span", "div", "font")), how), "glued"
        )
    ]


@family("tr-visible-footer-dash-list", ("tr", "ru", "en", "id", "es"), ("escorts", "gambling", "adult", "links"))
def dash_list(scene: Scene) -> list[Patch]:
    """Plain anchors with dashes behind the copyright line, in the open."""
    rng = scene.rng
    joiner = rng.choice((" - ", " - ", " | ", ", ", " "))
    block = joiner.join(scene.anchors(3, 25)) + rng.choice((joiner, joiner, ""))
    return [scene.put(scene.places.after_footer(), block, rng.choice(("glued", "before", "line")))]


@family("ru-casino-alternating-comment", ("ru", "uk", "en", "pl"), ("gambling", "pharmacy", "adult", "essays"))
def alternating(scene: Scene) -> list[Patch]:
    """Anchor, loose phrase, comma, anchor: a comment without a sentence."""
    rng = scene.rng
    anchors = scene.anchors(3, 14, rng.choice(("one", "few", "many")))
    body = " , ".join(f"{anchor} {scene.item()}" for anchor in anchors)
    block = rng.choice(('<div class="comment">{}</div>', "<p>{}</p>", '<li class="comment"><p>{}</p></li>')).format(
        body
    )
    row = scene.places.in_list(rng) if block.startswith("<li") else None
    return [scene.put(row if row is not None else scene.places.between_blocks(rng), block)]


@family(
    "ru-link-broker-block",
    ("ru", "en", "uk", "de", "pl"),
    ("loans", "essays", "gambling", "goods", "pharmacy", "keywords", "links"),
)
def broker(scene: Scene) -> list[Patch]:
    """Rented links: three to five sentences of no common topic, an anchor in each."""
    rng = scene.rng
    linking = scene.linking("many")
    rows = [f"{sentence[:-1]} {linking.anchor(rng, scene.item())}." for sentence in scene.prose(3, 5)]
    body = rng.choice((" ", " | ", "<br>")).join(rows)
    block = rng.choice(
        (f'<div id="{letters(rng, 2, 4)}">{body}</div>', body, f"<p>{body}</p>", f"<noindex>{body}</noindex>")
    )
    return [scene.put(scene.tail(), block)]


@family("ru-diploma-escort-posts", ("ru", "uk"), ("essays", "escorts", "loans", "pharmacy", "gambling"))
def russian_post(scene: Scene) -> list[Patch]:
    """Two or three sentences with one anchor."""
    rng = scene.rng
    sentences = scene.prose(2, 3)
    spot = rng.randrange(len(sentences))
    sentences[spot] += " " + scene.linking("many").anchor(rng, scene.item()) + "."
    return [scene.put(scene.places.between_blocks(rng), f"<p>{' '.join(sentences)}</p>")]


@family("ar-fa-gambling-medical", ("ar", "fa", "he", "hi", "bn"))
def right_to_left(scene: Scene) -> list[Patch]:
    """Build blocks in scripts that the page is not written in, hidden or not, letters stretched now and then."""
    rng = scene.rng
    block = scene.run(2, 40, joiner=rng.choice(("، ", " - ", "\n", " | ", None)))
    if rng.random() < 0.2:
        block = block.replace("ا", "اـ", rng.randint(1, 3))
    if rng.random() < 0.4:
        block = " ".join(scene.prose(1, 4)) + " " + block
    block = rng.choice((f"<p>{block}</p>", f'<div dir="rtl">{block}</div>', scene.hidden(block), scene.hidden(block)))
    return [scene.put(scene.anywhere(), block)]


@family(
    "offscreen-prose-random-px", (*_EUROPE, "en", "tr"), ("gambling", "pharmacy", "loans", "essays", "goods", "escorts")
)
def offscreen_prose(scene: Scene) -> list[Patch]:
    """Believable sentences around one or two links, off the screen by a random number."""
    rng = scene.rng
    linking = scene.linking("many")
    sentences = scene.prose(2, 6)
    for _ in range(rng.randint(1, 2)):
        spot = rng.randrange(len(sentences))
        sentences[spot] = f"{sentences[spot]} {linking.anchor(rng, scene.item())}."
    how = inline(rng, "off-screen") if rng.random() < 0.8 else inline(rng)
    block = scene.hidden(" ".join(sentences), "div", how)
    if rng.random() < 0.5:
        block += f"<!--{hexadecimal(rng, 5, 5)}-->"
    return [scene.put(scene.places.between_blocks(rng), block, rng.choice(("glued", "glued", "line")))]


@family("pt-es-betting-links", ("pt", "es"), ("gambling", "loans", "pharmacy", "escorts"))
def betting_paragraph(scene: Scene) -> list[Patch]:
    """Build a paragraph or list of links to betting pages between honest ones."""
    rng = scene.rng
    block = scene.run(2, 12, linked=True, joiner=rng.choice((", ", " | ", "<br>", " ")))
    if rng.random() < 0.5:
        block = f"{scene.prose(1, 1)[0]} {block}"
    return [scene.put(scene.anywhere(), f"<p>{block}</p>")]


@family("eu-unlicensed-casino-links", _EUROPE, ("gambling", "loans", "pharmacy"))
def unlicensed(scene: Scene) -> list[Patch]:
    """One to five anchors: an appended sentence, or a block, hidden or not."""
    rng = scene.rng
    anchors = scene.anchors(1, 5, "many")
    at = scene.places.between_sentences(rng) if rng.random() < 0.5 else None
    if at is not None:
        sentence = scene.prose(1, 1)[0]
        return [Patch(at, at, f"{sentence} {anchors[0]}. ")]
    block = run(rng, anchors, linked=True)
    return [scene.put(scene.tail(), scene.hidden(block, how=None if rng.random() < 0.5 else Hiding()))]
