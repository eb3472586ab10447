"""Invented hosts, addresses and names: what the links of a block point to."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    HostMaker = Callable[[random.Random, str], str]

_TLDS = (
    "com", "com", "com", "com", "net", "org", "info", "biz", "online", "site", "xyz", "top", "club", "shop", "live",
    "pro", "vip", "cc", "me", "io", "co", "fun", "space", "store", "win", "bet", "icu", "app", "click", "link",
    "buzz", "ru", "tr.com", "co.id", "ac.id", "go.id", "sch.id", "web.id", "or.id", "in", "co.in", "pl", "de", "fr",
    "it", "es", "br", "com.br", "vn", "edu.vn", "com.vn", "in.th", "co.th", "ac.th", "go.th", "kr", "co.kr", "jp",
    "co.jp", "cn", "com.cn", "net.cn", "tw", "com.tw", "uk", "co.uk", "us", "ca", "com.tr", "edu.tr", "gov.tr",
)  # fmt: skip
_SYLLABLES = (
    "ba", "be", "bi", "bo", "ca", "co", "da", "de", "di", "do", "fa", "fe", "ga", "go", "ha", "he", "ji", "jo",
    "ka", "ke", "ki", "la", "le", "li", "lo", "lu", "ma", "me", "mi", "mo", "na", "ne", "ni", "no", "pa", "pe",
    "po", "ra", "re", "ri", "ro", "sa", "se", "si", "so", "ta", "te", "ti", "to", "va", "ve", "vi", "vo", "wa",
    "wi", "xi", "ya", "yo", "za", "ze", "zo", "tar", "ver", "mon", "lan", "son", "per", "kal", "dor", "min", "vex",
)  # fmt: skip
_FOLDERS = (
    "-", "css", "css/app", "uploads/pdf", "wp-includes/fonts", "wp-content/uploads/2019/04", "images", "assets/js",
    "files", "public/img", "media", "news", "blog", "tag", "journal/files", "temp", "data", "docs", "storage",
    "vendor", "plugins/x", "themes/basic", "cgi-bin", "admin/tmp", "old", "en", "lang", "archive", "js/lib",
    "fonts",
)  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"


def letters(rng: random.Random, low: int, high: int) -> str:
    """Give a random run of small letters."""
    return "".join(rng.choice(_LETTERS) for _ in range(rng.randint(low, high)))


def token(rng: random.Random, low: int, high: int) -> str:
    """Give a random name of letters and digits that starts with a letter."""
    rest = "".join(rng.choice(_LETTERS + _LETTERS.upper() + _DIGITS) for _ in range(rng.randint(low, high) - 1))
    return rng.choice(_LETTERS) + rest


def hexadecimal(rng: random.Random, low: int, high: int) -> str:
    """Give random hexadecimal digits."""
    return "".join(rng.choice("0123456789abcdef") for _ in range(rng.randint(low, high)))


def invented_word(rng: random.Random) -> str:
    """Give a word that can be spoken and means nothing."""
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 4)))


def slug(text: str, joiner: str = "-") -> str:
    """Write a keyword as a piece of an address; empty when it has no Latin letters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return joiner.join(re.findall(r"[a-z0-9]+", plain))


def invented_host(rng: random.Random, keyword: str = "") -> str:
    """Make up a foreign host, with the keyword in its name now and then."""
    shape = rng.random()
    joiner = rng.choice(("", "-"))
    named = slug(keyword, joiner)[:24].strip("-")
    if named and shape < 0.3:
        name = named
    elif named and shape < 0.45:
        name = named + joiner + rng.choice((invented_word(rng), str(rng.randint(2, 999)), "vip", "club", "online"))
    elif shape < 0.6:
        name = invented_word(rng) + rng.choice(("", "-")) + invented_word(rng)
    elif shape < 0.7:
        name = invented_word(rng) + str(rng.randint(1, 9999))
    else:
        name = invented_word(rng)
    prefix = rng.choice(("", "", "", "", "www.", "www.", "www.", "m.", "blog.", letters(rng, 2, 5) + "."))
    return f"{prefix}{name}.{rng.choice(_TLDS)}"


def example_host(rng: random.Random, _keyword: str = "") -> str:
    """Give a reserved host, for pages that are shown to people."""
    return f"{rng.choice(_LETTERS)}{rng.randint(1, 99)}.example.{rng.choice(('com', 'net', 'org'))}"


def folder_path(rng: random.Random, keyword: str) -> str:
    """Give a path in an unlikely folder that ends in the keyword's slug or a random name."""
    end = slug(keyword) or invented_word(rng)
    return f"/{rng.choice(_FOLDERS)}/{end}{rng.choice(('/', '/', '', '.html', '.php'))}"


def address(rng: random.Random, host: str, keyword: str) -> str:
    """Make a link target on a host."""
    scheme = rng.choice(("https", "https", "https", "http"))
    shape = rng.random()
    if shape < 0.45:
        path = rng.choice(("/", "/", ""))
    elif shape < 0.6:
        path = folder_path(rng, keyword)
    elif shape < 0.75:
        path = f"/{slug(keyword) or invented_word(rng)}{rng.choice(('', '/', '.html', '-' + str(rng.randint(2, 99))))}"
    elif shape < 0.85:
        value = rng.choice((str(rng.randint(1, 9999)), quote(keyword)))
        path = f"/?{rng.choice(('p', 'id', 'ref', 'q', 'b', 'aff'))}={value}"
    else:
        path = f"/{rng.randint(2014, 2026)}/{rng.randint(1, 12):02d}/{invented_word(rng)}-{rng.randint(1, 9999)}.html"
    return f"{scheme}://{host}{path}"
