"""Spam that users leave: comments, profiles, forms, pasted pages."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from spamguard.training.disguise import disguise
from spamguard.training.grammar import brand, load_grammar
from spamguard.training.hosts import invented_word, letters
from spamguard.training.registry import family
from spamguard.training.spamtext import flattery

if TYPE_CHECKING:
    from spamguard.training.scene import Patch, Scene

_WESTERN = ("en", "fr", "de", "es", "it", "pt", "pl", "ru", "nl")


@family(
    "en-blog-comment-spam",
    _WESTERN,
    ("pharmacy", "goods", "loans", "gambling", "essays", "escorts", "links", "adult", "crypto"),
)
def blog_comment(scene: Scene) -> list[Patch]:
    """Praise and a link; the author is a keyword."""
    rng = scene.rng
    linking = scene.linking("one")
    author = linking.anchor(rng, scene.item(), extra=' rel="external nofollow ugc"')
    text = flattery(rng, scene.language)
    keyword = scene.item()
    end = rng.choice(
        (
            linking.anchor(rng, keyword),
            f"[url={linking.href(rng, keyword)}]{keyword}[/url]",
            f"{keyword} {linking.href(rng, keyword)}",
            linking.href(rng, keyword),
            f"Visit my homepage: {linking.anchor(rng, keyword)}",
            "",
        )
    )
    body = html.escape(end, quote=False) if end.startswith(("http", "[")) else end
    number = rng.randint(100, 99999)
    row = scene.places.in_list(rng) if rng.random() < 0.4 else None
    if row is not None:
        return [
            scene.put(row, f'<li class="comment" id="comment-{number}"><cite>{author}</cite><p>{text} {body}</p></li>')
        ]
    block = f'<div class="comment" id="comment-{number}"><span class="author">{author}</span><p>{text} {body}</p></div>'
    return [scene.put(scene.places.between_blocks(rng), block)]


@family("id-comment-styled-unicode", ("id", "ms"), ("gambling",))
def styled_comment(scene: Scene) -> list[Patch]:
    """Build a fan of one operator, whose name is written in odd letters."""
    rng = scene.rng
    slots = load_grammar("id").slots
    operator = disguise(
        rng,
        brand(rng, slots).upper(),
        rng.choice(("bold", "full-width", "leet", "dots", "homoglyph", "spaced", "zero-width")),
    )
    pattern = rng.choice(slots["fan_comment"])
    text = pattern.replace("{operator}", operator)
    if rng.random() < 0.3:
        text += " " + scene.item()
    row = scene.places.in_list(rng)
    if row is not None and rng.random() < 0.5:
        return [scene.put(row, f"<li>{text}</li>")]
    block = rng.choice(('<p class="comment">{}</p>', "<p>{}</p>", "<div>{}</div>")).format(text)
    return [scene.put(scene.places.between_blocks(rng), block)]


@family(
    "en-forum-profile-spam",
    ("en", "ru", "vi", "th", "id", "tr"),
    ("gambling", "essays", "links", "escorts", "goods", "pharmacy"),
)
def profile(scene: Scene) -> list[Patch]:
    """Build a profile: a brand as the name, an address, a phone number, hashtags."""
    rng = scene.rng
    slots = load_grammar("id").slots
    host = scene.make_host(rng, scene.item())
    account = brand(rng, slots)
    tags = " ".join("#" + item.replace(" ", "") for item in scene.items(2, 8))
    lines = [
        " ".join(scene.prose(1, 2)),
        f'Website: <a href="https://{host}/">https://{host}/</a>',
        f"Hotline: 0{rng.randint(100000000, 999999999)}",
        f"Email: {account}@{host.removeprefix('www.')}",
        tags,
    ]
    kept = [line for line in lines if rng.random() < 0.8] or lines
    block = f'<div class="profile"><h3>{account}</h3><p>{"<br>".join(kept)}</p></div>'
    return [scene.put(scene.places.between_blocks(rng), block)]


@family("en-form-spam-in-tables", ("en", "ru", "de"), ("loans", "pharmacy", "links", "gambling", "adult", "crypto"))
def form_rows(scene: Scene) -> list[Patch]:
    """Form entries that a page prints, cut at a column limit."""
    rng = scene.rng
    linking = scene.linking("many")
    rows: list[str] = []
    for item in scene.items(1, 6):
        anchor = linking.anchor(rng, item)
        cell = html.escape(f"{anchor} {linking.anchor(rng, scene.item())}", quote=False)[: rng.randint(60, 400)]
        cell = rng.choice((cell, f"{anchor} {scene.item()}", f"{scene.prose(1, 1)[0]} {anchor}"))
        who = invented_word(rng).capitalize()
        rows.append(f"<tr><td>{who}{invented_word(rng)}</td><td>{letters(rng, 2, 2).upper()}</td><td>{cell}</td></tr>")
    at = scene.places.in_table(rng)
    if at is not None:
        return [scene.put(at, "\n".join(rows))]
    return [scene.put(scene.places.between_blocks(rng), f"<table>{''.join(rows)}</table>")]


@family("pasted-page-in-ugc", ("id", "en", "vi", "th"), ("gambling", "pharmacy"))
def pasted_page(scene: Scene) -> list[Patch]:
    """Build a promotion page pasted with its inline styles."""
    rng = scene.rng
    linking = scene.linking("one")
    noise = "padding:0px;margin:0px;box-sizing:border-box;-webkit-tap-highlight-color:transparent;outline:0px"
    rows = [
        f'<a href="{linking.href(rng, item)}" style="{noise}">'
        f'<amp-img alt="{html.escape(item)}" width="{rng.randint(20, 900)}"></amp-img>{item}</a>'
        for item in scene.items(2, 15)
    ]
    text = "".join(f"<p>{sentence}</p>" for sentence in scene.prose(1, 5))
    bar = (
        '<div style="position: fixed; bottom: 0px; left: 0px; width: 100%; z-index: 999">'
        + "".join(rows[:3])
        + "</div>"
    )
    block = f'<div class="post"><h1>{scene.item()}</h1>{"".join(rows)}{text}{bar}</div>'
    return [scene.put(scene.places.between_blocks(rng), block)]


@family("guestbook-list", (), ("gambling", "pharmacy", "adult", "loans", "escorts", "goods", "essays"))
def guestbook(scene: Scene) -> list[Patch]:
    """Several guestbook entries in a row, each a sentence and a link."""
    rng = scene.rng
    linking = scene.linking("many")
    entries = [
        f"<p><b>{invented_word(rng).capitalize()}</b>: {' '.join(scene.prose(1, 2))} "
        f"{linking.anchor(rng, scene.item())}</p>"
        for _ in range(rng.randint(1, 8))
    ]
    return [scene.put(scene.places.between_blocks(rng), "\n".join(entries))]
