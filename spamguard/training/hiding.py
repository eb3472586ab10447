"""Ways to keep a block out of sight: inline styles, style rules, scripts, attributes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spamguard.training.hosts import letters, token

if TYPE_CHECKING:
    import random

KINDS = (
    "display", "visibility", "off-screen", "zero-box", "one-pixel", "table-column", "near-white", "font-size",
    "indent", "clip", "opacity", "max-height", "margin", "scale",
)  # fmt: skip
_USUAL = ("display",) * 6 + ("off-screen",) * 5 + ("zero-box",) * 2 + KINDS
_HARMLESS_NAMES = (
    "footer-links", "links", "more", "info", "content2", "nav2", "box", "side", "extra", "partner", "friend", "seo",
    "tags", "bottom", "copy", "sub", "wrap2", "block", "item", "note", "widget-x", "textwidget", "list2", "related",
    "spx", "bbb", "lnk", "main2", "hideX", "tla", "foot2", "pages", "hot", "cloud", "row9",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hiding:
    """What is added to a wrapper and around it. ``attributes`` starts with a space when not empty."""

    attributes: str = ""
    before: str = ""
    after: str = ""


def declarations(rng: random.Random, kind: str | None = None) -> str:
    """Give the CSS declarations of a kind, in one of many spellings."""
    chosen = kind or rng.choice(_USUAL)
    unit = rng.choice(("px", "px", "px", "px", "pt", "em"))
    far = rng.choice(
        ("9999", "9990", "10000", "5000", "99999", str(rng.randint(1000, 20000)), str(rng.randint(1000000, 160000000)))
    )
    side = rng.choice(("left", "left", "top"))
    zero = rng.choice(("0", "0px", "0pt", "0"))
    white = rng.choice(
        ("#fff", "#ffffff", "#FFFFFE", "#fefefe", "#fffffd", "white", "transparent", "#F7F0FB", "rgba(255,255,255,0)")
    )
    small = (rng.choice("126"), rng.choice("126"))
    parts: dict[str, list[str]] = {
        "display": ["display:none"],
        "visibility": ["visibility:hidden"],
        "off-screen": [f"position:{rng.choice(('absolute', 'absolute', 'fixed'))}", f"{side}:-{far}{unit}"],
        "zero-box": [
            rng.choice(("overflow:hidden", "overflow:auto", "overflow:hidden")),
            "position:absolute",
            f"height:{zero}",
            f"width:{zero}",
        ],
        "one-pixel": [f"width:{small[0]}px", f"height:{small[1]}px", "overflow:hidden"],
        "table-column": ["display:table-column"],
        "near-white": [f"color:{white}"],
        "font-size": [f"font-size:{rng.choice(('0', '0px', '1px', '0.1px'))}"],
        "indent": [f"text-indent:-{far}px"],
        "clip": ["position:absolute", rng.choice(("clip:rect(0 0 0 0)", "clip:rect(0,0,0,0)", "clip-path:inset(50%)"))],
        "opacity": [rng.choice(("opacity:0", "opacity:0.01", "opacity:0;filter:alpha(opacity=0)"))],
        "max-height": [f"max-height:{zero}", "overflow:hidden"],
        "margin": [f"margin-left:-{far}px"],
        "scale": ["transform:scale(0)", "position:absolute"],
    }
    made = parts[chosen]
    if chosen == "off-screen" and rng.random() < 0.3:
        made.append(
            rng.choice(("width:1000px", "top:auto", "overflow:hidden", "z-index:-1", f"top:-{far}px", "height:1px"))
        )
    if chosen == "near-white" and rng.random() < 0.5:
        made.append(rng.choice(("font-size:1px", "font-size:0", "line-height:0", "background:#fff")))
    if rng.random() < 0.1:
        made = [f"{part} !important" for part in made]
    rng.shuffle(made)
    colon = rng.choice((":", ":", ": "))
    text = rng.choice((";", "; ")).join(part.replace(":", colon, 1) for part in made)
    text += rng.choice((";", ""))
    if rng.random() < 0.04:
        text = text.upper()
    if rng.random() < 0.03:
        text = text.replace("display", "d\\69splay").replace("none", "/**/none", 1)
    return text


def name(rng: random.Random) -> str:
    """Give an id or class name: harmless or random."""
    return rng.choice((rng.choice(_HARMLESS_NAMES), letters(rng, 2, 7), token(rng, 5, 22)))


def inline(rng: random.Random, kind: str | None = None) -> Hiding:
    """Hide by a ``style`` attribute."""
    quote = rng.choice(('"', '"', '"', "'"))
    return Hiding(
        attributes=f" {rng.choice(('style', 'style', 'style', 'STYLE'))}={quote}{declarations(rng, kind)}{quote}"
    )


def by_rule(rng: random.Random, kind: str | None = None) -> Hiding:
    """Hide by a class and a private style rule."""
    label = name(rng)
    by_id = rng.random() < 0.25
    kind_attribute = rng.choice(("", ' type="text/css"'))
    selector = f"{'#' if by_id else '.'}{label}{rng.choice(('', ' '))}"
    rule = f"<style{kind_attribute}>{selector}{{{declarations(rng, kind)}}}</style>"
    gap = rng.choice(("\n", ""))
    attribute = f' {"id" if by_id else "class"}="{label}"'
    return Hiding(attribute, before=rule + gap) if rng.random() < 0.85 else Hiding(attribute, after=gap + rule)


def by_script(rng: random.Random) -> Hiding:
    """Hide by a script that finds the block by its id."""
    label = name(rng)
    quote = rng.choice(("'", '"'))
    target = f"document.getElementById({quote}{label}{quote})"
    action = rng.choice(
        (
            f"{target}.style.display={quote}none{quote};",
            f"{target}.style.visibility = {quote}hidden{quote};",
            f"if({target}!=null){{{target}.style.visibility={quote}hidden{quote};{target}.style.display={quote}none{quote};}}",
            f"var {letters(rng, 1, 3)}9={target};if({target}){{{target}.style.display = {quote}none{quote}}}",
        )
    )
    kind = rng.choice(("", ' type="text/javascript"', ' language="javascript"'))
    return Hiding(f' id="{label}"', after=f"\n<script{kind}>{action}</script>")


def by_attribute(rng: random.Random) -> Hiding:
    """Hide by an attribute that browsers or readers respect."""
    return Hiding(rng.choice((" hidden", ' hidden="hidden"', ' aria-hidden="true" hidden', " inert hidden")))


def hiding(rng: random.Random) -> Hiding:
    """Pick any way to hide, the inline style most often."""
    shape = rng.random()
    if shape < 0.62:
        return inline(rng)
    if shape < 0.8:
        return by_rule(rng)
    if shape < 0.92:
        return by_script(rng)
    return by_attribute(rng)
