"""Which characters do these bytes mean? The order is: byte-order mark, UTF-8 validity, declaration, guess.

Valid UTF-8 beats a declared legacy charset: text in GBK or windows-1251 that happens to be valid UTF-8 is
practically unknown, pages whose declaration was never updated are common. A declaration that came with the page
(``said``: the charset of an HTTP header) beats the one inside it, as it does in browsers.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from spamguard import kernels
from spamguard.errors import Unjudgeable
from spamguard.page.patterns import pattern

_SNIFF_BYTES = 4096
_GUESS_BYTES = 1500
_GUESSED_FROM = 200_000

# WHATWG name -> the Python codec that reads it. Only what the Encoding Standard knows, and its superset where
# browsers read one (GBK as GB18030, Latin-1 as windows-1252, Shift_JIS as code page 932).
_CODECS: dict[str, str] = {
    "utf-8": "utf-8",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp_2",
    "euc-kr": "cp949",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "ibm866": "cp866",
    "hz-gb-2312": "hz",
    "windows-874": "cp874",
    **{f"windows-125{n}": f"cp125{n}" for n in range(9)},
    **{f"iso-8859-{n}": f"iso8859_{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
}

_ALIASES: dict[str, str] = {
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "gb2312": "gbk",
    "gb_2312-80": "gbk",
    "gb-2312": "gbk",
    "chinese": "gbk",
    "x-gbk": "gbk",
    "cp936": "gbk",
    "big5-hkscs": "big5",
    "x-x-big5": "big5",
    "cn-big5": "big5",
    "shift-jis": "shift_jis",
    "sjis": "shift_jis",
    "x-sjis": "shift_jis",
    "windows-31j": "shift_jis",
    "ms_kanji": "shift_jis",
    "eucjp": "euc-jp",
    "x-euc-jp": "euc-jp",
    "euckr": "euc-kr",
    "ks_c_5601-1987": "euc-kr",
    "ksc5601": "euc-kr",
    "korean": "euc-kr",
    "cp949": "euc-kr",
    "windows-949": "euc-kr",
    "uhc": "euc-kr",
    "koi8": "koi8-r",
    "koi": "koi8-r",
    "koi8_r": "koi8-r",
    "tis-620": "windows-874",
    "iso-8859-11": "windows-874",
    "hz": "hz-gb-2312",
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "latin1": "windows-1252",
    "latin-1": "windows-1252",
    "iso-8859-1": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso_8859-1": "windows-1252",
    "latin2": "iso-8859-2",
    "latin5": "windows-1254",
    "iso-8859-9": "windows-1254",
    "iso8859-9": "windows-1254",
    "iso-8859-8-i": "iso-8859-8",
    "mac": "macintosh",
    "x-mac-roman": "macintosh",
    "cp866": "ibm866",
    "maccyrillic": "x-mac-cyrillic",
    **{f"cp125{n}": f"windows-125{n}" for n in range(9)},
    **{f"x-cp125{n}": f"windows-125{n}" for n in range(9)},
    **{f"iso8859-{n}": f"iso-8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    # A declaration inside ASCII-readable bytes cannot be true; browsers read UTF-8.
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "unicode": "utf-8",
}

_STATEFUL = frozenset({"iso-2022-jp", "hz-gb-2312"})
_WIDE = frozenset({"utf-16le", "utf-16be"})

_DECLARED = pattern(
    rb"""<meta\b[^>]{0,600}?\bcharset\s*=\s*["']?\s*([\w.:+-]{1,40})|<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:+-]{1,40})""",
    re.IGNORECASE,
)
_COMMENT = pattern(rb"<!--.*?-->", re.DOTALL)
_RAW_TEXT = pattern(rb"<(script|style)\b", re.IGNORECASE)
_TAG = pattern(rb"<[^<>]*>")
_ISO_2022 = pattern(rb"\x1b(?:\$[@B]|\$\(D|\([JI])")
_HZ = pattern(rb"~\{(?:[!-w][!-~]){1,400}~\}")
_MAGIC = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"%PDF",
    b"\x7fELF",
    b"\x1f\x8b",
    b"MZ\x90",
    b"RIFF",
    b"BZh",
    b"\xfd7zXZ",
    b"wOFF",
    b"wOF2",
    b"OggS",
    b"ID3\x03",
    b"SQLite format 3",
)


class Charset(NamedTuple):
    """A charset by its WHATWG name, the Python codec that reads it, and the length of a byte-order mark."""

    name: str
    codec: str
    bom: int = 0

    @property
    def ascii_bytes(self) -> bool:
        """Whether ``<``, ``>``, quotes and newline are always the single bytes that ASCII gives them."""
        return self.name not in _STATEFUL and self.name not in _WIDE


def _charset(name: str, bom: int = 0) -> Charset:
    return Charset(name, _CODECS[name], bom)


def lookup(label: str) -> Charset | None:
    """The charset a label stands for, or None when the Encoding Standard does not know it."""
    key = label.strip().lower()
    name = _ALIASES.get(key, key)
    return _charset(name) if name in _CODECS else None


def sniff(raw: bytes) -> Charset:
    """Decide the charset of a page.

    Raises :class:`Unjudgeable` with the reason ``binary`` or ``unknown-charset``.
    """
    return decoded(raw)[0]


def decoded(raw: bytes, said: str | None = None) -> tuple[Charset, str | None]:
    """The charset of a page, and its text where finding the charset has read it already. Raises as :func:`sniff`."""
    charset = _marked(raw)
    if charset is not None:
        return charset, None
    text = _from_utf8(raw)
    if text is None:
        return _legacy(raw, said), None
    if len(text) < len(raw):
        return _charset("utf-8"), text
    return _ascii_charset(raw), text


def _from_utf8(raw: bytes) -> str | None:
    if kernels.utf8 is not None:
        text: str | None = kernels.utf8.text_of(raw)
        return text
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _marked(raw: bytes) -> Charset | None:
    """What a byte-order mark or a pattern of zero bytes tells. Raises for what is no text."""
    if raw.startswith(codecs.BOM_UTF8):
        return _charset("utf-8", 3)
    if raw.startswith(codecs.BOM_UTF16_LE):
        return _charset("utf-16le", 2)
    if raw.startswith(codecs.BOM_UTF16_BE):
        return _charset("utf-16be", 2)
    head = raw[:_SNIFF_BYTES]
    if head.startswith(_MAGIC):
        raise Unjudgeable("binary", "the file is not text (it starts like an image, archive or program)")
    if b"\0" in head:
        zeros = head.count(0)
        wide = _wide_without_mark(head, zeros)
        if wide is not None:
            return wide
        if zeros > len(head) // 64 + 2:
            raise Unjudgeable("binary", "the file is not text (it is full of zero bytes)")
    return None


def _legacy(raw: bytes, said: str | None) -> Charset:
    """The charset of bytes that are not valid UTF-8."""
    label = _declared_label(raw[:_SNIFF_BYTES])
    declared = lookup(label) if label else None
    for charset in (lookup(said) if said else None, declared):
        if charset is not None and (charset.name != "utf-8" or _is_nearly_utf8(raw)):
            return charset
    if label and declared is None:
        raise Unjudgeable("unknown-charset", f"the page declares a charset nobody knows: {label!r}")
    return _guess(raw)


def _ascii_charset(raw: bytes) -> Charset:
    if b"\x1b" in raw and _ISO_2022.search(raw):
        return _charset("iso-2022-jp")
    # The one byte first: a search for two in a row has to look at every byte by itself.
    if b"~" in raw and b"~{" in raw and (label := _declared_label(raw[:_SNIFF_BYTES])):
        declared = lookup(label)
        if declared is not None and declared.name == "hz-gb-2312" and _HZ.search(raw):
            return declared
    return _charset("utf-8")


def _declared_label(head: bytes) -> str | None:
    match = _DECLARED.search(_COMMENT.sub(b"", head))
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def _is_nearly_utf8(raw: bytes) -> bool:
    """Whether at most one in fifty non-ASCII characters is broken, or three of them."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken * 50 <= len(text) - len(text.encode("ascii", "ignore")) or broken <= 3


def _wide_without_mark(head: bytes, zeros: int) -> Charset | None:
    """UTF-16 without a byte-order mark: nearly every second byte of its markup is zero."""
    if zeros * 4 < len(head):
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 8 * even and b"<\x00" in head:
        return _charset("utf-16le")
    if even > 8 * odd and b"\x00<" in head:
        return _charset("utf-16be")
    return None


def _without_code(raw: bytes) -> bytes:
    """The bytes without the content of scripts and styles; one that never ends takes the rest."""
    lower = raw.lower()
    kept = []
    last = 0
    while (match := _RAW_TEXT.search(raw, last)) is not None:
        kept.append(raw[last : match.start()])
        end = lower.find(b"</" + match[1].lower(), match.end())
        last = len(raw) if end < 0 else end
    kept.append(raw[last:])
    return b" ".join(kept)


def _guess(raw: bytes) -> Charset:
    """Let the detector look at the text of an undeclared page, markup taken out."""
    text = bytearray()
    for piece in _TAG.split(_without_code(raw[:_GUESSED_FROM])):
        if piece and not piece.isascii():
            text += piece.strip() + b" "
        if len(text) >= _GUESS_BYTES:
            break
    from turbohtml.detect import detect  # most pages declare their charset: those do not wait for it

    match = detect(bytes(text[: _GUESS_BYTES * 2]) or raw[:_GUESS_BYTES])
    found = lookup(match.encoding) if match.encoding else None
    if found is None or not found.ascii_bytes:
        raise Unjudgeable("unknown-charset", "the page declares no charset and its bytes do not tell it")
    control = sum(raw.count(bytes([b])) for b in (*range(1, 9), *range(14, 27)))
    if control * 50 > len(raw):
        raise Unjudgeable("binary", "the file is not text (it is full of control bytes)")
    return found
