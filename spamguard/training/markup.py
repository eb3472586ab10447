"""Markup of a block: anchors, separators and wrappers."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spamguard.training.disguise import disguise
from spamguard.training.hiding import name
from spamguard.training.hosts import address, folder_path, hexadecimal, invented_host, invented_word, letters, slug

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from spamguard.training.hosts import HostMaker

SEPARATORS = (
    "| ", "|", " | ", ",", "，", "、", "-", "_", " I ", " - ", " , ", ", ", " ", "\n", "<br>", "<br/>", "<br />\n",
    "</br>", "&nbsp;", "&nbsp;&nbsp;", " · ", " / ", ";", "丨", " • ", "",
)  # fmt: skip
_WRAPPERS = (
    "div", "div", "div", "div", "div", "span", "p", "font", "section", "center", "small", "ul", "ul", "table",
    "marquee", "u", "strong", "b", "i", "em", "h1", "h5", "footer", "noscript",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Linking:
    """How all anchors of one block are written."""

    targets: str
    hosts: tuple[str, ...]
    before: str
    after: str
    titled: bool
    quote: str
    make_host: HostMaker

    @classmethod
    def pick(cls, rng: random.Random, make_host: HostMaker = invented_host, targets: str | None = None) -> Linking:
        """Choose the writing of a block's anchors: many hosts, few, one, or folders that look like the page's own."""
        kind = targets or rng.choice(("many", "many", "many", "few", "one", "own"))
        count = {"few": rng.randint(2, 5), "one": 1}.get(kind, 0)
        extra = [rng.choice((' rel="dofollow"', ' rel="nofollow"', ' rel="noopener"', "", "", ""))]
        extra.append(rng.choice((' target="_blank"', ' target="_blank"', "", "", "")))
        extra.append(rng.choice((f' class="{letters(rng, 2, 6)}"', "", "", "", "")))
        extra.append(rng.choice((' style="color:#fff"', ' style="text-decoration:none"', "", "", "", "", "", "")))
        rng.shuffle(extra)
        cut = rng.randint(0, 1) * rng.randint(0, len(extra))
        return cls(
            targets=kind,
            hosts=tuple(make_host(rng, "") for _ in range(count)),
            before="".join(extra[:cut]),
            after="".join(extra[cut:]),
            titled=rng.random() < 0.3,
            quote=rng.choice(('"', '"', '"', '"', "'")),
            make_host=make_host,
        )

    def href(self, rng: random.Random, keyword: str) -> str:
        """Give the target of an anchor."""
        if self.targets == "own":
            return rng.choice(
                (folder_path(rng, keyword), f"/?{letters(rng, 1, 4)}={slug(keyword) or invented_word(rng)}")
            )
        host = rng.choice(self.hosts) if self.hosts else self.make_host(rng, keyword)
        return address(rng, host, keyword)

    def anchor(self, rng: random.Random, keyword: str, shown: str | None = None, extra: str = "") -> str:
        """Write one anchor; ``shown`` is HTML text in the place of the keyword."""
        q = self.quote
        title = f" title={q}{html.escape(keyword)}{q}" if self.titled else ""
        text = shown if shown is not None else html.escape(keyword, quote=False)
        href = html.escape(self.href(rng, keyword))
        return f"<a{self.before} href={q}{href}{q}{title}{self.after}{extra}>{text}</a>"


def separator(rng: random.Random, *, linked: bool) -> str:
    """Pick a separator that suits the run."""
    if linked:
        return rng.choice(
            ("\n", "\n", "\n", " ", " ", "<br>", "<br/>\n", "</br>", "", " | ", " - ", ", ", "&nbsp;", *SEPARATORS)
        )
    return rng.choice(("| ", "| ", "|", ",", " ", "，", *SEPARATORS[:-1]))


def run(rng: random.Random, pieces: Sequence[str], joiner: str | None = None, *, linked: bool = False) -> str:
    """Join pieces with one separator, which stands behind the last one too more often than not."""
    between = separator(rng, linked=linked) if joiner is None else joiner
    trailing = between if rng.random() < 0.6 else ""
    return between.join(pieces) + trailing


def shown(rng: random.Random, texts: Sequence[str], kind: str) -> list[str]:
    """Write every text in one disguise (``"none"`` only escapes)."""
    return [disguise(rng, text, kind) for text in texts]


def wrap(rng: random.Random, inner: str, attributes: str = "", tag: str | None = None) -> str:
    """Put a block in one element, or in a table or a list when that is what the tag says."""
    chosen = tag or rng.choice(_WRAPPERS)
    extra = "" if "id=" in attributes or "class=" in attributes or rng.random() < 0.6 else _label(rng)
    if chosen == "table":
        return f"<table{attributes}{extra}><tr><td>{inner}</td></tr></table>"
    if chosen == "ul":
        return f"<ul{attributes}{extra}><li>{inner}</li></ul>"
    if chosen == "marquee":
        size = rng.choice(('width="1" height="6"', "width=1 height=6", 'height="1" width="5"', 'width="0" height="0"'))
        return f"<marquee scrollAmount={rng.choice((3000, 10000))} {size}{attributes}{extra}>{inner}</marquee>"
    if chosen == "invented":
        label = letters(rng, 2, 7) + rng.choice(("", str(rng.randint(1, 9))))
        return f"<{label}{attributes}>{inner}</{label}>"
    return f"<{chosen}{attributes}{extra}>{inner}</{chosen}>"


def marker(rng: random.Random) -> str:
    """Write a campaign marker comment."""
    return rng.choice(
        (f"<!--{hexadecimal(rng, 5, 5)}-->", f"<!-- sj:{hexadecimal(rng, 8, 8)} -->", f"<!--{letters(rng, 3, 6)}-->")
    )


def _label(rng: random.Random) -> str:
    return f' {rng.choice(("class", "class", "id"))}="{name(rng)}"'
