"""Spam outside the text flow: head tags, attributes, frames."""

from __future__ import annotations

import html

from spamguard.training.hosts import invented_word, token
from spamguard.training.registry import family
from spamguard.training.scene import Patch, Scene


@family("id-amp-canonical-head", ("id", "th", "vi", "tr"), ("gambling", "adult", "loans"))
def amp_head(scene: Scene) -> list[Patch]:
    """Foreign AMP and canonical links, verification tags, spam in the preview tags."""
    rng = scene.rng
    items = [html.escape(item) for item in scene.items(2, 5)]
    host = scene.make_host(rng, items[0])
    lines = [
        f'<link rel="amphtml" href="https://{host}/amp/">',
        f'<meta property="og:title" content="{" ".join(items)}">',
        f'<meta name="twitter:description" content="{html.escape(scene.prose(1, 1)[0])}">',
        f'<meta property="og:description" content="{", ".join(items)}">',
        f'<meta name="google-site-verification" content="{token(rng, 30, 43)}">',
        f'<link rel="canonical" href="https://{host}/">',
    ]
    kept = [lines[0], lines[1], *(line for line in lines[2:] if rng.random() < 0.5)]
    rng.shuffle(kept)
    at = rng.choice((scene.places.start_of_head(), scene.places.end_of_head()))
    return [scene.put(at, "\n".join(kept))]


@family("meta-keywords-stuffing")
def meta_keywords(scene: Scene) -> list[Patch]:
    """Build a second pair of meta tags with spam words."""
    rng = scene.rng
    joined = html.escape(rng.choice((",", ", ", "，", "|", " ")).join(scene.items(4, 60)))
    block = f'<meta name="keywords" content="{joined}"{rng.choice(("", "/", " /"))}>'
    if rng.random() < 0.5:
        block += f'\n<meta name="description" content="{html.escape(" ".join(scene.prose(1, 2)))}">'
    return [scene.put(rng.choice((scene.places.start_of_head(), scene.places.end_of_head())), block)]


@family("attribute-stuffing")
def attribute(scene: Scene) -> list[Patch]:
    """Keywords behind the honest text of an ``alt``, ``title`` or ``content``; a hidden input where there is none."""
    rng = scene.rng
    joined = html.escape(rng.choice((", ", " ", ",")).join(scene.items(4, 60)))
    at = scene.places.attribute(rng, (b"alt", b"title", b"aria-label", b"placeholder", b"summary"))
    if at is not None and rng.random() < 0.75:
        return [Patch(at, at, ", " + joined)]
    block = rng.choice(
        (
            f'<input type="hidden" name="tags" value="{joined}">',
            f'<img src="/{invented_word(rng)}.jpg" width="1" height="1" alt="{joined}">',
            f'<span data-tags="{joined}"></span>',
            f'<a href="https://{scene.make_host(rng, joined)}/" title="{joined}"></a>',
        )
    )
    return [scene.put(scene.places.between_blocks(rng), block)]


@family("hidden-iframe-meta-refresh", (), ("gambling", "adult", "pharmacy", "goods"))
def frame(scene: Scene) -> list[Patch]:
    """Build a frame without a size, a frame over the page, or a refresh to a spam host."""
    rng = scene.rng
    item = scene.item()
    target = scene.linking("many").href(rng, item)
    size = rng.randint(0, 1)
    if rng.random() < 0.25:
        block = f'<meta http-equiv="refresh" content="{rng.randint(0, 3)};url={target}">'
        return [scene.put(scene.places.end_of_head(), block)]
    block = rng.choice(
        (
            f'<iframe src="{target}" width="{size}" height="{size}" style="visibility:hidden"></iframe>',
            f'<iframe src="{target}" title="{html.escape(item)}" width="{size}" height="{size}"></iframe>',
            f'<iframe src="{target}" style="position:fixed;top:0;left:0;width:100%;height:100vh;z-index:999"></iframe>',
            f'<iframe src="{target}" style="position:absolute;left:-{rng.randint(1000, 99999)}px"></iframe>',
        )
    )
    return [scene.put(rng.choice((scene.places.start_of_body(), scene.places.end_of_body())), block)]
