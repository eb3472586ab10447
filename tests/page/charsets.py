"""Pages in every charset that a page may come in, with words that only a right reading gives."""

from __future__ import annotations

from typing import Final

ASCII_COMPATIBLE: Final = {
    # label: (codec, words)
    "utf-8": ("utf-8", "Füße, 档案馆 und 😀"),
    "gbk": ("gbk", "示例县档案馆每天九点开放"),
    "gb18030": ("gb18030", "示例县㐀𠀀档案馆"),
    "big5": ("big5", "縣立圖書館許功蓋"),
    "shift_jis": ("cp932", "図書館は九時ソ表十に開館"),
    "euc-jp": ("euc_jp", "図書館は九時に開館"),
    "euc-kr": ("cp949", "예시시립도서관 똠방각하"),
    "windows-1250": ("cp1250", "Příliš žluťoučký kůň"),
    "windows-1251": ("cp1251", "Городская библиотека"),
    "windows-1252": ("cp1252", "Café “déjà vu” – straße"),
    "windows-1254": ("cp1254", "Kütüphane dokuzda açılır ğışİ"),
    "windows-1256": ("cp1256", "المكتبة العامة"),
    "koi8-r": ("koi8_r", "Городская библиотека"),
    "iso-8859-2": ("iso8859_2", "Příliš žluťoučký kůň"),
    "tis-620": ("cp874", "ห้องสมุดประชาชน"),
    "windows-874": ("cp874", "ห้องสมุดประชาชน"),
}
WIDE: Final = {
    "utf-16-le": ("utf-16-le", b"\xff\xfe", "档案馆 café 😀"),
    "utf-16-be": ("utf-16-be", b"\xfe\xff", "档案馆 café 😀"),
    "utf-16-le without mark": ("utf-16-le", b"", "library café opens"),
    "utf-16-be without mark": ("utf-16-be", b"", "library café opens"),
    "iso-2022-jp": ("iso2022_jp", b"", "図書館 opens 九時"),
    "hz-gb-2312": ("hz", b"", "档案馆 opens 九点"),
}


def page_in(label: str, codec: str, words: str, mark: bytes = b"") -> bytes:
    """A page that declares ``label`` and says ``words`` in every place that is read."""
    text = (
        f'<html><head><meta charset="{label}">\n<title>{words}</title>\r\n'
        f'<meta name="keywords" content="{words}"></head>\n'
        f"<body><!-- note: {words} {words} -->\n<div class=a><p>{words} &amp; more</p>\n"
        f"<p>last {words}</p></div></body></html>\n"
    )
    return mark + text.encode(codec)
