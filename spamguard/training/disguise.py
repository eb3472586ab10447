"""Ways to write a keyword so that a plain word filter misses it. Every function gives HTML text."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

KINDS = (
    "decimal", "hex", "mixed", "full-width", "zero-width", "homoglyph", "leet", "dots", "split", "bold", "spaced",
    "comment",
)  # fmt: skip
_HOMOGLYPHS = str.maketrans("aeopcxyiABEKMHOPCTX", "аеорсхуіАВЕКМНОРСТХ")
_LEET = str.maketrans("aeiost", "431057")
_INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u00ad", "\ufeff", "\u2060")


def disguise(rng: random.Random, text: str, kind: str) -> str:
    """Write ``text`` in one of ``KINDS``; any other kind only escapes it."""
    maker = _MAKERS.get(kind)
    return maker(rng, text) if maker else html.escape(text, quote=False)


def _decimal(_rng: random.Random, text: str) -> str:
    return "".join(f"&#{ord(c)};" for c in text)


def _hex(rng: random.Random, text: str) -> str:
    form = rng.choice(("&#x{:x};", "&#x{:X};", "&#X{:x};", "&#x0{:x};"))
    return "".join(form.format(ord(c)) for c in text)


def _mixed(rng: random.Random, text: str) -> str:
    return "".join(f"&#{ord(c)};" if rng.random() < 0.45 else html.escape(c, quote=False) for c in text)


def _full_width(_rng: random.Random, text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _zero_width(rng: random.Random, text: str) -> str:
    mark = rng.choice(_INVISIBLE)
    if rng.random() < 0.5:
        mark = f"&#{ord(mark)};"
    return "".join(html.escape(c, quote=False) + (mark if rng.random() < 0.5 else "") for c in text)


def _homoglyph(rng: random.Random, text: str) -> str:
    return "".join(c.translate(_HOMOGLYPHS) if rng.random() < 0.6 else html.escape(c, quote=False) for c in text)


def _leet(rng: random.Random, text: str) -> str:
    return html.escape("".join(c.translate(_LEET) if rng.random() < 0.6 else c for c in text), quote=False)


def _dots(rng: random.Random, text: str) -> str:
    return html.escape(rng.choice(".·-*_").join(text), quote=False)


def _split(rng: random.Random, text: str) -> str:
    if len(text) < 2:
        return html.escape(text, quote=False)
    at = rng.randint(1, len(text) - 1)
    pair = rng.choice(("<b></b>", "<i></i>", "<span></span>", "<wbr>", "<font></font>"))
    return html.escape(text[:at], quote=False) + pair + html.escape(text[at:], quote=False)


def _bold(rng: random.Random, text: str) -> str:
    upper, lower, digit = rng.choice(((0x1D400, 0x1D41A, 0x1D7CE), (0x1D5D4, 0x1D5EE, 0x1D7EC)))

    def styled(c: str) -> str:
        if "A" <= c <= "Z":
            return chr(upper + ord(c) - ord("A"))
        if "a" <= c <= "z":
            return chr(lower + ord(c) - ord("a"))
        if "0" <= c <= "9":
            return chr(digit + ord(c) - ord("0"))
        return html.escape(c, quote=False)

    return "".join(map(styled, text))


def _spaced(rng: random.Random, text: str) -> str:
    return html.escape(rng.choice((" ", "\u3000")).join(text), quote=False)


def _comment(rng: random.Random, text: str) -> str:
    if len(text) < 2:
        return html.escape(text, quote=False)
    at = rng.randint(1, len(text) - 1)
    return f"{html.escape(text[:at], quote=False)}<!--{rng.randint(1, 9999)}-->{html.escape(text[at:], quote=False)}"


_MAKERS = {
    "decimal": _decimal,
    "hex": _hex,
    "mixed": _mixed,
    "full-width": _full_width,
    "zero-width": _zero_width,
    "homoglyph": _homoglyph,
    "leet": _leet,
    "dots": _dots,
    "split": _split,
    "bold": _bold,
    "spaced": _spaced,
    "comment": _comment,
}
