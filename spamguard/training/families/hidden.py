"""Technique families of any language: how a block is hidden or broken."""

from __future__ import annotations

from spamguard.training.disguise import KINDS
from spamguard.training.hiding import KINDS as HIDING_KINDS
from spamguard.training.hiding import Hiding, by_rule, by_script, declarations, inline
from spamguard.training.hosts import letters, token
from spamguard.training.markup import run, shown, wrap
from spamguard.training.registry import family
from spamguard.training.scene import Patch, Scene

_CONTAINERS = (
    ("<noscript>", "</noscript>"), ("<template>", "</template>"),
    ("<textarea style=\"display:none\">", "</textarea>"), ("<noframes>", "</noframes>"),
    ("<details><summary></summary>", "</details>"), ("<dialog>", "</dialog>"), ("<div hidden>", "</div>"),
    ("<div inert hidden>", "</div>"), ("<div aria-hidden=\"true\" style=\"display:none\">", "</div>"),
    ("<xmp hidden>", "</xmp>"), ("<svg width='0' height='0'><desc>", "</desc></svg>"), ("<map>", "</map>"),
    ("<section hidden>", "</section>"),
)  # fmt: skip


@family("generic-hidden-block")
def hidden_block(scene: Scene) -> list[Patch]:
    """Any run, hidden in any way, at any place."""
    high = 2000 if scene.rng.random() < 0.03 else 120
    return [scene.put(scene.anywhere(), scene.hidden(scene.run(1, high), unclosed=0.08))]


@family("generic-visible-block")
def visible_block(scene: Scene) -> list[Patch]:
    """Any run in the open, in a wrapper or bare, at any place."""
    rng = scene.rng
    block = scene.run(1, 80)
    shape = rng.random()
    if shape < 0.55:
        block = wrap(rng, block, "", None if shape < 0.5 else "invented")
    return [scene.put(scene.anywhere(), block)]


@family("hidden-mixed-topics", (), ("gambling", "links", "keywords", "escorts"))
def mixed_topics(scene: Scene) -> list[Patch]:
    """One hidden block with words of several categories and languages."""
    rng = scene.rng
    pairs = [pair for pair in scene.vocabulary.pairs() if pair[1] != "prompt-injection"]
    linking = scene.linking()
    pieces = scene.items(2, 10)
    for pair in rng.sample(pairs, min(len(pairs), rng.randint(2, 5))):
        pieces += [rng.choice(scene.vocabulary.get(*pair)) for _ in range(rng.randint(1, 8))]
    rng.shuffle(pieces)
    body = run(rng, [linking.anchor(rng, piece) for piece in pieces], linked=True)
    return [scene.put(scene.anywhere(), scene.hidden(body))]


@family("random-id-js-style-hide", (), ("pharmacy", "gambling", "escorts", "loans", "goods"))
def script_made_style(scene: Scene) -> list[Patch]:
    """Build a random id, and a script that builds the style element which moves it away."""
    rng = scene.rng
    label = token(rng, 8, 22)
    far = rng.randint(1000000, 160000000)
    side = rng.choice(("top", "left"))
    css = f"#{label}{{position:fixed;{side}:-{far}px;overflow:hidden;z-index:{rng.randint(1, far)};}}"
    body = f'<div id="{label}"><p>{scene.run(1, 4, linked=True, joiner=" ")}</p></div>'
    a, b = letters(rng, 1, 4), letters(rng, 5, 7)
    script = (
        f"<script>(function(){{var {a}='{css}',{b}=document.createElement('st'+'yle');{b}.type='text/css';"
        f"{b}.appendChild(document.createTextNode({a}));document.getElementsByTagName('hea'+'d')[0].appendChild({b});}})()</script>"
    )
    return [scene.put(scene.places.between_blocks(rng), body + rng.choice(("", "\n")) + script)]


@family("style-block-class-hide")
def class_rule(scene: Scene) -> list[Patch]:
    """Build a block hidden by a private class; the rule stands beside it or in the head."""
    rng = scene.rng
    how = by_rule(rng, rng.choice(HIDING_KINDS))
    body = scene.run(2, 60)
    at = scene.anywhere()
    if how.before and rng.random() < 0.4:
        head = scene.places.end_of_head()
        if head < at:
            block = scene.hidden(body, "div", Hiding(how.attributes))
            return [Patch(head, head, how.before), scene.put(at, block)]
    return [scene.put(at, scene.hidden(body, "div", how))]


@family("script-hide-by-id")
def script_rule(scene: Scene) -> list[Patch]:
    """Build a block hidden by a script that follows it."""
    return [scene.put(scene.anywhere(), scene.hidden(scene.run(2, 60), "div", by_script(scene.rng)))]


@family("same-colour-text", (), ("gambling", "pharmacy", "keywords", "escorts", "adult", "loans", "goods"))
def same_colour(scene: Scene) -> list[Patch]:
    """Plain keywords in the colour of the page."""
    rng = scene.rng
    body = scene.run(4, 60, linked=rng.random() < 0.2, joiner=rng.choice((", ", ",", " ", " | ")))
    if rng.random() < 0.3:
        colour = rng.choice(("#ffffff", "#FFFFFE", "#F7F0FB", "white"))
        block = f'<font color="{colour}" size="{rng.choice((0, 1))}">{body}</font>'
    else:
        block = scene.hidden(
            body, rng.choice(("p", "span", "div")), inline(rng, rng.choice(("near-white", "near-white", "font-size")))
        )
    return [scene.put(rng.choice((scene.places.after_footer(), scene.places.between_blocks(rng))), block)]


@family("rare-container-hide")
def rare_container(scene: Scene) -> list[Patch]:
    """Elements whose content is not shown."""
    rng = scene.rng
    opening, closing = rng.choice(_CONTAINERS)
    body = scene.run(2, 40, linked=None if "textarea" not in opening else False)
    block = f"{opening}{rng.choice(('', chr(10)))}{body}{closing}"
    if rng.random() < 0.15:
        options = "".join(f"<option>{text}</option>" for text in scene.texts(3, 30))
        block = f'<select style="{declarations(rng, "display")}">{options}</select>'
    return [scene.put(scene.anywhere(), block)]


@family("html-comment-bait")
def comment_bait(scene: Scene) -> list[Patch]:
    """Keywords in a comment."""
    rng = scene.rng
    high = 800 if rng.random() < 0.05 else 60
    if rng.random() < 0.35:
        text = "\n".join(scene.anchors(3, 30))
    else:
        text = rng.choice((", ", ",", " | ", " ", "\n")).join(scene.items(4, high))
    text = text.replace("--", "-").replace(">", "> ") if "<a" not in text else text.replace("--", "-")
    label = rng.choice(("", "", "keywords: ", "tags: ", "seo: "))
    at = rng.choice(
        (
            scene.places.end_of_head(),
            scene.places.end_of_body(),
            scene.places.after_html(),
            scene.places.between_blocks(rng),
        )
    )
    return [scene.put(at, f"<!-- {label}{text} -->")]


@family("unicode-obfuscation")
def obfuscated(scene: Scene) -> list[Patch]:
    """Build runs or short lists in one of the disguises."""
    rng = scene.rng
    items = scene.items(2, 30)
    written = shown(rng, items, rng.choice(KINDS))
    if rng.random() < 0.4:
        linking = scene.linking()
        written = [linking.anchor(rng, item, text) for item, text in zip(items, written, strict=True)]
    block = run(rng, written)
    shape = rng.random()
    if shape < 0.3:
        block = scene.hidden(block)
    elif shape < 0.7:
        block = f"<p>{block}</p>"
    return [scene.put(scene.anywhere(), block)]


@family("malformed-and-deep-markup")
def malformed(scene: Scene) -> list[Patch]:
    """Blocks that are not closed, nested without end, or opened with two styles."""
    rng = scene.rng
    body = scene.run(2, 40, linked=True)
    style = declarations(rng)
    depth = rng.choice((3, 8, 30, 200))
    block = rng.choice(
        (
            f'<div style="{style}">{body}',
            f'</body>\n<body>\n<div style="{style}">\n{body}\n',
            f'<div style="{style}" style="display:block">{body}</div>',
            "<div>" * depth + f'<span style="{style}">{body}</span>' + "</div>" * depth,
            f'<div style="{style}"><p>{body}</br>',
            f'<li style="{style}">{body}',
            f'<div style="{style}"><table>{body}</table></div>',
            f"<div style={style.replace(' ', '')}>{body}</div>",
        )
    )
    return [scene.put(scene.tail(), block)]
