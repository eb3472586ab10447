"""Chinese families: keyword runs, kits of mirror networks, betting links."""

from __future__ import annotations

from spamguard.training.grammar import load_grammar
from spamguard.training.hiding import by_script, hiding, inline, name
from spamguard.training.hosts import invented_word, letters, slug, token
from spamguard.training.markup import run, shown, wrap
from spamguard.training.registry import family
from spamguard.training.scene import Patch, Scene

_CHINESE = ("zh", "zh-Hant")
_RUNS = ("adult", "gambling", "keywords", "escorts", "goods")
_STRAY_TAGS = (
    "td", "tr", "tfoot", "rt", "source", "fieldset", "dfn", "acronym", "noframes", "listing", "samp", "strike",
    "menu", "progress",
)  # fmt: skip


@family("zh-porn-footer-pipe-run", _CHINESE, _RUNS)
def footer_run(scene: Scene) -> list[Patch]:
    """Build a run of plain keywords as the very last text, mostly in the open."""
    rng = scene.rng
    high = 2000 if rng.random() < 0.05 else 400 if rng.random() < 0.15 else 70
    joiner = rng.choice(("| ", "| ", "| ", " | ", "|\n", "、", ",", "，", " ", "\n", "_", "-", " I ", None))
    block = scene.run(6, high, linked=False, joiner=joiner)
    shape = rng.random()
    if shape < 0.2:
        block = wrap(rng, block, "", rng.choice(("div", "p", "span", "font", "td", "center")))
        block = block.replace("<td", "<table><tr><td", 1).replace("</td>", "</td></tr></table>", 1)
    elif shape < 0.4:
        block = scene.hidden(block)
    at = rng.choice(
        (scene.places.after_footer, scene.places.after_footer, scene.places.end_of_body, scene.places.after_html)
    )()
    return [scene.put(at, block)]


@family("zh-porn-h1-selflink-bar", _CHINESE, _RUNS)
def heading_bar(scene: Scene) -> list[Patch]:
    """Build the first words of the body: a heading or a bare text that links to the page's own host."""
    rng = scene.rng
    bar = run(rng, scene.texts(6, 30), rng.choice(("-", "_", ",", " I ", "|", "|")))
    bar += rng.choice(("", "", "?", "\ufffd"))
    host = f"https://www.{invented_word(rng)}.com/"
    linked = f'<a href="{rng.choice((host, "/", "#"))}">{bar}</a>'
    block = rng.choice((f"<h1>{linked}</h1>", linked, bar, f"<h1>{bar}</h1>", f"<div>{linked}</div>"))
    return [scene.put(scene.places.start_of_body(), block)]


@family("zh-offscreen-noise-tags", _CHINESE, ("adult", "gambling", "keywords"))
def noise_tags(scene: Scene) -> list[Patch]:
    """Empty elements of invented or misplaced names, off the screen, with a keyword here and there."""
    rng = scene.rng
    repeated = token(rng, 5, 5)
    stray = rng.random() < 0.4
    parts: list[str] = []
    for _ in range(scene.count(15, 120)):
        if stray:
            tag = rng.choice(_STRAY_TAGS)
            parts.append(f'<{tag} id="{repeated}"></{tag}>')
        else:
            outer, inner = letters(rng, 2, 5), letters(rng, 2, 5)
            parts.append(
                f'<{outer} id="{letters(rng, 6, 6)}"><{inner} class="{letters(rng, 5, 5)}"></{inner}></{outer}>'
            )
    for text in scene.texts(1, 8):
        parts.insert(rng.randint(0, len(parts)), text)
    opener = rng.choice(
        (
            f'<div id="body_jx_{rng.randint(10000, 999999)}" style="position:fixed;left:-9000px;top:-9000px;">',
            '<div class="pl_css_ganrao" style="display: none;">',
        )
    )
    block = opener + "".join(parts) + "</div>"
    return [scene.put(rng.choice((scene.places.start_of_body(), scene.places.end_of_body())), block)]


@family("zh-tail-resource-phrase", _CHINESE, ("adult", "keywords", "gambling"))
def tail_phrase(scene: Scene) -> list[Patch]:
    """Build the polite sentence of the mirror kit and its keyword."""
    rng = scene.rng
    phrase = rng.choice(load_grammar("zh").slots["tail_phrase"])
    keys = "".join(f"<p>{text}</p>" for text in scene.texts(1, 6))
    grid = _grid(scene) if rng.random() < 0.4 else ""
    block = rng.choice(
        (
            f"{grid}<div><p>{phrase}</p>{keys}</div>",
            f"{phrase}\n{keys}{grid}",
            f"<div>{keys}<p>{phrase}</p></div>{grid}",
        )
    )
    return [scene.put(scene.tail(), block)]


@family("zh-county-grid-list", _CHINESE, ("adult", "keywords", "gambling"))
def county_grid(scene: Scene) -> list[Patch]:
    """Place names from everywhere in no order, with a keyword and foreign links among them."""
    return [scene.put(scene.tail(), _grid(scene))]


def _grid(scene: Scene) -> str:
    rng = scene.rng
    slots = load_grammar("zh").slots
    names = [rng.choice(slots["county"]) for _ in range(scene.count(18, 60))]
    names += scene.items(1, 5)
    rng.shuffle(names)
    if rng.random() < 0.5:
        linking = scene.linking("many")
        names = [linking.anchor(rng, name) for name in names]
    if rng.random() < 0.5:
        return "<ul>" + "".join(f"<li>{name}</li>" for name in names) + "</ul>"
    return "<p>" + "|".join(names) + "|</p>"


@family("zh-mirror-converted", _CHINESE, _RUNS)
def mirror_runs(scene: Scene) -> list[Patch]:
    """Several short runs of the other script strewn over one page."""
    rng = scene.rng
    spots = {scene.places.between_blocks(rng) for _ in range(rng.randint(2, 4))}
    runs = [(at, scene.run(3, 14, linked=False, joiner=rng.choice((",", "，", " ", "|")))) for at in sorted(spots)]
    return [scene.put(at, rng.choice((f"<p>{text}</p>", text, f"<div>{text}</div>"))) for at, text in runs]


@family("zh-entity-encoded-text")
def entity_text(scene: Scene) -> list[Patch]:
    """Any run, every character of it a numeric reference."""
    rng = scene.rng
    items = scene.items(2, 60)
    written = shown(rng, items, rng.choice(("decimal", "decimal", "hex", "mixed")))
    if rng.random() < 0.5:
        linking = scene.linking()
        written = [linking.anchor(rng, item, text) for item, text in zip(items, written, strict=True)]
    block = run(rng, written)
    return [scene.put(scene.anywhere(), scene.hidden(block) if rng.random() < 0.6 else block)]


@family("zh-gambling-links-js-hide", _CHINESE, ("gambling", "adult", "keywords", "goods"))
def script_hidden_links(scene: Scene) -> list[Patch]:
    """Build a list of anchors, one a line, hidden by a script that follows."""
    rng = scene.rng
    joiner = rng.choice(("<br>", "</br>\n", "<br>\n", "\n", "<br/>"))
    block = scene.run(8, 200, linked=True, joiner=joiner)
    return [scene.put(scene.tail(), scene.hidden(block, "div", by_script(rng)))]


@family(
    "zh-friendlink-abuse",
    categories=("gambling", "goods", "keywords", "escorts", "pharmacy", "adult", "links", "loans"),
)
def partner_links(scene: Scene) -> list[Patch]:
    """Entries among the partner links that are there already, or a small list of their own."""
    rng = scene.rng
    anchors = scene.anchors(1, 12, rng.choice(("many", "few")))
    entries = "".join(f"<li>{anchor}</li>" + rng.choice(("", "\n")) for anchor in anchors)
    at = scene.places.in_list(rng)
    if at is not None:
        return [scene.put(at, entries, rng.choice(("glued", "before", "indented")))]
    return [scene.put(scene.places.after_footer(), f"<ul>{entries}</ul>")]


@family("zh-piracy-trending-run", ("zh", "vi", "id", "en", "tr"), ("keywords", "adult"))
def trending_run(scene: Scene) -> list[Patch]:
    """Build a hidden text node of very many search terms."""
    rng = scene.rng
    high = 2500 if rng.random() < 0.15 else 500
    block = scene.run(60, high, linked=False, joiner=rng.choice((" ", " ", " ", ",", "\n")))
    how = inline(rng, "display") if rng.random() < 0.7 else hiding(rng)
    return [
        scene.put(
            rng.choice((scene.places.after_footer(), scene.places.between_blocks(rng))), scene.hidden(block, "div", how)
        )
    ]


@family("zh-illicit-service-post", _CHINESE, ("essays", "escorts", "loans", "keywords", "pharmacy", "goods"))
def service_post(scene: Scene) -> list[Patch]:
    """Build a post with a chat number: brackets, stars and letters in odd shapes."""
    rng = scene.rng
    slots = load_grammar("zh").slots
    words = scene.texts(2, 7)
    bracket = rng.choice((("【", "】"), ("★", "★"), ("", " "), ("「", "」"), ("◆", "")))
    number = "".join(rng.choice("0123456789") for _ in range(rng.randint(6, 11)))
    if rng.random() < 0.5:
        number = "".join(chr(ord(c) + 0xFEE0) for c in number)
    body = "".join(f"{bracket[0]}{word}{bracket[1]}" for word in words)
    text = f"{body}{rng.choice(slots['contact'])}{number}{rng.choice(('', '（24小时）', '，诚信合作', ' 同号', '！'))}"
    row = scene.places.in_list(rng) if rng.random() < 0.5 else None
    if row is not None:
        return [scene.put(row, f'<li class="comment"><p>{text}</p></li>')]
    return [scene.put(scene.places.between_blocks(rng), f"<p>{text}</p>")]


@family("zh-ad-overlay-layer", ("zh", "zh-Hant", "vi", "id", "th"), ("gambling", "adult"))
def overlay(scene: Scene) -> list[Patch]:
    """Build a fixed layer of betting buttons on top of the page."""
    rng = scene.rng
    linking = scene.linking("few")
    rows = "".join(f"<li>{linking.anchor(rng, item)}</li>" for item in scene.items(3, 12))
    heading = rng.choice(load_grammar(scene.language).slots["overlay_title"])
    corner = f"{rng.choice(('bottom', 'top'))}:0;{rng.choice(('left', 'right'))}:0"
    style = f"position:fixed;{corner};z-index:{rng.choice((999, 9999, 2147483647))}"
    block = (
        f'<div class="{name(rng)}" style="{style}"><span class="close">×</span><b>{heading}</b><ul>{rows}</ul></div>'
    )
    return [scene.put(scene.places.end_of_body(), block)]


@family("zh-gambling-tdk-swap", (), ("gambling", "adult"), replaces=True)
def title_swap(scene: Scene) -> list[Patch]:
    """Spam title and meta pair, and a script that shows people the true title."""
    rng = scene.rng
    kind = rng.choice(("decimal", "hex", "none", "decimal"))
    items = shown(rng, scene.items(3, 9), kind)
    joined = rng.choice(("_", "-", ",", "|")).join(items)
    span = scene.places.title()
    true_title = (
        scene.places.page[span[0] : span[1]].decode(scene.places.encoding, "replace").strip()
        if span
        else slug(items[0])
    )
    quoted = true_title.replace("\\", "").replace('"', "'").replace("<", "")
    spiders = rng.choice(("/baidu|sogou/i", "/baiduspider|360spider|sogou|yisou/i", "/googlebot|bingbot|baidu/i"))
    script = f'<script>if(!{spiders}.test(navigator.userAgent)){{document.title="{quoted}"}}</script>'
    meta = f'<meta name="keywords" content="{joined}"/>\n<meta name="description" content="{joined}"/>\n'
    if span is None:
        at = scene.places.start_of_head()
        return [Patch(at, at, f"<title>{joined}</title>\n{meta}{script}\n")]
    at = scene.places.start_of_head()
    return [
        Patch(at, at, f"\n{meta}{script}") if at <= span[0] - 7 else Patch(span[1] + 8, span[1] + 8, script),
        Patch(*span, joined),
    ]


@family("zh-porn-title-prefix", (), ("adult", "gambling", "goods", "escorts"))
def title_prefix(scene: Scene) -> list[Patch]:
    """Spam items in front of the title, and a second pair of meta tags."""
    rng = scene.rng
    items = shown(rng, scene.items(2, 8), rng.choice(("none", "none", "none", "decimal", "hex")))
    joined = rng.choice((",", ",", "_", "-", "|", "丨", " ")).join(items)
    head = scene.places.start_of_head()
    meta = f'\n<meta name="keywords" content="{joined}">'
    if rng.random() < 0.5:
        meta += f'\n<meta name="description" content="{joined}">'
    span = scene.places.title()
    if span is None:
        return [Patch(head, head, f"<title>{joined}</title>{meta}\n")]
    prefix = Patch(span[0], span[0], joined + rng.choice((" - ", "-", "_", ",", " | ", "—")))
    if rng.random() < 0.3:
        prefix = Patch(span[1], span[1], rng.choice((" - ", "-", "_", ",", " | ")) + joined)
    return [prefix, Patch(head, head, meta)] if rng.random() < 0.5 and head <= span[0] - 7 else [prefix]
