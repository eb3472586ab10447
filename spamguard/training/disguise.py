"""Ways to write a keyword so that a plain word filter misses it. Every function gives HTML text."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

KINDS = (
    "decimal", "hex", "mixed", "full-width", "zero-width", "homoglyph", "leet", "dots", "split", "bold", "spaced",
    "comment", "doubled", "bidi", "reversed", "small-capitals", "circled", "struck", "other-script", "pinyin",
)  # fmt: skip
_HOMOGLYPHS = str.maketrans("aeopcxyiABEKMHOPCTX", "аеорсхуіАВЕКМНОРСТХ")
_LEET = str.maketrans("aeiost", "431057")
_INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u00ad", "\ufeff", "\u2060")
_DIRECTIONS = ("\u200e", "\u200f", "\u202a", "\u202c", "\u2066", "\u2069")
_SMALL_CAPITALS = str.maketrans("abcdefghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇғɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ")
_SIMPLE = (
    "网国产区线视频码乐欧亚开台级无费韩娱赌时黄机综电门载户场资围办证录现游钱优传戏体奖车册妇观论赛计划图类软约买贷发页会验"
    "赔盘讯话复链说务坛规挂热丝内导极将竞点誉预测权运庄报号滚马种减额药请专袜诱剧噜挡凭学毕业宝厅飞结赢鱼势杀苏稳龙货节锋删侦"
)
_TRADITIONAL = (
    "網國產區線視頻碼樂歐亞開臺級無費韓娛賭時黃機綜電門載戶場資圍辦證錄現遊錢優傳戲體獎車冊婦觀論賽計劃圖類軟約買貸發頁會驗"
    "賠盤訊話復鏈說務壇規掛熱絲內導極將競點譽預測權運莊報號滾馬種減額藥請專襪誘劇嚕擋憑學畢業寶廳飛結贏魚勢殺蘇穩龍貨節鋒刪偵"
)
_OTHER_SCRIPT = str.maketrans(_SIMPLE + _TRADITIONAL, _TRADITIONAL + _SIMPLE)
_READINGS = {
    character: reading
    for reading, characters in re.findall(
        r"([a-z]+)([^a-z ]+)",
        "jiu久 wang网網 guo国國 ren人 chan产產 qu区區 xian线線 shi视視 jing精 pin品频頻 cai彩 pian片 zai在载載 ri日 "
        "ma码碼 mei美 le乐樂 se色 ou欧歐 ya亚亞 kai开開 zhu注 ji级級机機激 wu无無 qing情 bo博 mian免 fei费費 tou投 "
        "ye夜 han韩韓 yu娱娛育 du赌賭 huang黄黃 ka卡 gao高 qiu球 mao毛 dian电電 men门門 kan看 shou手 hu户戶 zi资資 "
        "si私 xiang香 gang港 ao澳 ban办辦 zheng证證 zhen真 qian钱錢 piao票 jiang奖獎 guan观觀官 dai贷貸 kuan款 yao药藥 "
        "fa发發 ti体體 deng登 lu录錄 xia下 zhan站 ping平 tai台",
    )
    for character in characters
}


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


def _doubled(rng: random.Random, text: str) -> str:
    form = rng.choice(("&amp;#{};", "&amp;#x{:x};"))
    return "".join(form.format(ord(c)) for c in text)


def _bidi(rng: random.Random, text: str) -> str:
    return "".join(html.escape(c, quote=False) + (rng.choice(_DIRECTIONS) if rng.random() < 0.5 else "") for c in text)


def _reversed(_rng: random.Random, text: str) -> str:
    """Written backwards, and shown forwards by an override."""
    return html.escape(f"\u202e{text[::-1]}\u202c", quote=False)


def _small_capitals(_rng: random.Random, text: str) -> str:
    return html.escape(text.lower(), quote=False).translate(_SMALL_CAPITALS)


def _circled(_rng: random.Random, text: str) -> str:
    def enclosed(c: str) -> str:
        if "a" <= c <= "z":
            return chr(0x24D0 + ord(c) - ord("a"))
        if "A" <= c <= "Z":
            return chr(0x24B6 + ord(c) - ord("A"))
        return chr(0x2460 + ord(c) - ord("1")) if "1" <= c <= "9" else html.escape(c, quote=False)

    return "".join(map(enclosed, text))


def _struck(rng: random.Random, text: str) -> str:
    mark = rng.choice("\u0335\u0336\u0332\u0305")
    return "".join(html.escape(c, quote=False) + (mark if c.isalnum() else "") for c in text)


def _other_script(_rng: random.Random, text: str) -> str:
    """Simplified Chinese in traditional characters, and the other way round."""
    return html.escape(text.translate(_OTHER_SCRIPT), quote=False)


def _pinyin(rng: random.Random, text: str) -> str:
    """Some characters replaced, or followed in brackets, by their reading."""
    note = rng.random() < 0.4
    pieces = []
    for c in text:
        reading = _READINGS.get(c) if rng.random() < 0.6 else None
        plain = html.escape(c, quote=False)
        pieces.append(plain if reading is None else f"{plain}({reading})" if note else reading)
    return "".join(pieces)


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
    "doubled": _doubled,
    "bidi": _bidi,
    "reversed": _reversed,
    "small-capitals": _small_capitals,
    "circled": _circled,
    "struck": _struck,
    "other-script": _other_script,
    "pinyin": _pinyin,
}
