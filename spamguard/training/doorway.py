"""Whole pages of spam: nothing in them is worth keeping, so the label covers the file."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from spamguard.training.hosts import invented_host, invented_word, letters
from spamguard.training.inject import Injected, Label, encoded
from spamguard.training.places import Places
from spamguard.training.scene import Scene
from spamguard.training.spamtext import default_vocabulary, pairs

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from spamguard.training.hosts import HostMaker
    from spamguard.training.vocabulary import Vocabulary

_UNSPACED = frozenset({"zh", "zh-Hant", "ja"})


def doorway(
    rng: random.Random,
    *,
    language: str | None = None,
    category: str | None = None,
    encoding: str = "utf-8",
    vocabulary: Vocabulary | None = None,
    make_host: HostMaker = invented_host,
) -> Injected:
    """Make a page that exists only for search engines; its ``original`` is empty.

    Raises:
        ValueError: no words fit what was asked for.

    """
    words = vocabulary or default_vocabulary()
    fitting = [pair for pair in pairs(words) if language in (None, pair[0]) and category in (None, pair[1])]
    if not fitting:
        raise ValueError(f"no words for language={language}, category={category}")
    pair = rng.choices(fitting, [len(words.get(*pair)) ** 0.5 for pair in fitting])[0]
    scene = Scene(Places(b"", encoding), rng, pair[0], pair[1], words, make_host)
    name, build = rng.choice(_SHAPES)
    data = encoded(_page(scene, build(scene), encoding), encoding)
    label = Label(0, len(data), pair[1], pair[0], name)
    return Injected(data, (label,), b"", name, pair[0], pair[1])


def _page(scene: Scene, body: str, encoding: str) -> str:
    rng = scene.rng
    title = html.escape(rng.choice((" - ", ",", " | ", "_", " ", "")).join(scene.items(2, 7)))
    keywords = html.escape(",".join(scene.items(3, 20)))
    description = html.escape(" ".join(scene.prose(1, 2)))
    lines = [
        f'<meta charset="{encoding}">',
        f"<title>{title}</title>",
        f'<meta name="keywords" content="{keywords}">',
        f'<meta name="description" content="{description}">',
        f'<link rel="canonical" href="https://{scene.make_host(rng, title)}/">',
    ]
    head = "\n".join(line for line in lines if line.startswith("<title") or rng.random() < 0.75)
    return (
        f'<!DOCTYPE html>\n<html lang="{scene.language}">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'
    )


def _article(scene: Scene) -> str:
    rng = scene.rng
    gap = "" if scene.language in _UNSPACED else " "
    linking = scene.linking("one")
    parts = [f"<h1>{html.escape(scene.item(), quote=False)}</h1>"]
    for _ in range(rng.randint(3, 10)):
        sentences = scene.prose(2, 5)
        if rng.random() < 0.4:
            sentences.append(linking.anchor(rng, scene.item()))
        parts.append(f"<h2>{html.escape(scene.item(), quote=False)}</h2>\n<p>{gap.join(sentences)}</p>")
    return "\n".join(parts)


def _shop(scene: Scene) -> str:
    rng = scene.rng
    linking = scene.linking("own")
    cards = [
        f'<div class="item"><img src="/img/{rng.randint(1, 9999)}.jpg" alt="{html.escape(item)}">'
        f"{linking.anchor(rng, item)}<b>{rng.randint(9, 999)}.{rng.randint(0, 99):02d}</b>"
        f"<span>★★★★★ ({rng.randint(2, 999)})</span></div>"
        for item in scene.items(6, 60)
    ]
    return f"<h1>{html.escape(scene.item(), quote=False)}</h1>\n<p>{' '.join(scene.prose(1, 3))}</p>\n" + "\n".join(
        cards
    )


def _link_list(scene: Scene) -> str:
    rng = scene.rng
    rows = "\n".join(f"<li>{anchor}</li>" for anchor in scene.anchors(20, 400, rng.choice(("own", "many"))))
    return (
        f"<h1>{html.escape(scene.item(), quote=False)}</h1>\n<ul>\n{rows}\n</ul>\n<p>{' '.join(scene.prose(1, 4))}</p>"
    )


def _spider_pool(scene: Scene) -> str:
    rng = scene.rng
    head = rng.choice(("<h1>404 Not Found</h1><p>nginx</p>", "<h1>404</h1>", f"<h1>{invented_word(rng)}</h1>"))
    site_map = rng.choice(("网站地图", "sitemap", "site map"))
    run = scene.run(8, 40, linked=None, joiner=" ")
    return f'{head}<p><a href="/{letters(rng, 2, 5)}.html">{site_map}</a> {run}</p>'


def _video_site(scene: Scene) -> str:
    rng = scene.rng
    linking = scene.linking("own")
    menu = " | ".join(linking.anchor(rng, item) for item in scene.items(5, 12))
    cards = "\n".join(
        f"<li>{linking.anchor(rng, item)}<span>{rng.randint(1, 59)}:{rng.randint(0, 59):02d}</span></li>"
        for item in scene.items(12, 80)
    )
    return f"<nav>{menu}</nav>\n<ul>\n{cards}\n</ul>\n<footer>{scene.run(4, 30, linked=False)}</footer>"


_SHAPES: tuple[tuple[str, Callable[[Scene], str]], ...] = (
    ("ai-doorway-article", _article),
    ("ja-keyword-hack-doorway", _shop),
    ("id-doorway-cloned-shell", _link_list),
    ("zh-spider-pool-404", _spider_pool),
    ("pt-es-betting-doorway", _video_site),
)
