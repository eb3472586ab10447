"""Orders to language models among the sentences that people read, on a page that has nothing to do with such models.

Only reported. Who writes about such orders names the models too, and then nothing is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spamguard.examine.reports import naming_models
from spamguard.findings import ORDERS, Edit
from spamguard.page.watch import Watch
from spamguard.signs.orders import ONLY_TOLD, addresses, asks, cancels, commands
from spamguard.signs.paragraphs import fitted, is_hidden, paragraphs_of, read, script_of, span_of
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spamguard.signs.paragraphs import Paragraph
    from spamguard.signs.sight import Sight

TO_MODELS: Final = "visible-orders"
_MOST: Final = 3
"""Sentences of one order that say together what none of them says alone; and orders on a page that is not of them."""
_WORDS: Final = Watch((
    "nstru", "istruz", "guidelines", "directions", "the above", "previous", "prior ", "earlier ", "you are now",
    "rompt", "nweisung", "orgabe", "onsignes", "ndicacion", "pdrachten", "anwijzing", "nvisning", "olece", "okyn",
    "ohje", "tasítás", "alimat", "erintah", "hỉ dẫn", "ướng dẫn", "οδηγ", "εντολ", "нструкц", "казани", "казів",
    "التعليمات", "الأوامر", "دستور", "راهنما", "הוראות", "निर्देश", "คำสั่ง", "คำแนะนำ", "指令", "指示", "提示",
    "说明", "說明", "命令", "プロンプト", "지시", "명령", "프롬프트", "<|im", "AI", "A.I.", " ai ", " ai,", " ai.",
    " ai:", "-ai", "'ai", "LLM", "llm", "GPT", "gpt", "laude", "emini", "opilot", "hatbot", "anguage model",
    "ssistan", "KI", "IA", " ia", "ИИ", " ии", "人工智", "大模型", "语言模型", "語言模型", "助手", "言語モデル",
    "アシスタント", "인공지능", "어시스턴트", "apay zek", "rí tuệ", "là ai", "sisten", "ذكاء", "مساعد", "скусствен",
    "языков", "нейро",
))  # fmt: skip
"""One of them stands in whatever :func:`commands` knows."""
_QUOTES: Final = "“”„«»「」『』\"'‘’`"
_QUOTED: Final = '“”„«»「」『』"'


def addressed(sight: Sight) -> list[Sign]:
    """The orders in the paragraphs of a page that is not about language models."""
    if not _WORDS.finds_any(sight.page.text):
        return []
    found = list(_orders(sight))
    if not 0 < len(found) <= _MOST:
        return []
    said = [" ".join(paragraph.plain[start:end].split()) for paragraph, start, end in found]
    if naming_models(sight.page.text) > sum(map(naming_models, said)):
        return []
    own = script_of(sight)
    return [
        _sign(sight, paragraph, *fitted(paragraph, start, end, own), order)
        for (paragraph, start, end), order in zip(found, said, strict=True)
    ]


def _orders(sight: Sight) -> Iterator[tuple[Paragraph, int, int]]:
    """Where paragraphs that people see give orders, and from where to where."""
    for place in paragraphs_of(sight):
        text = sight.text_between(place.inner_start, place.inner_end)
        if place.attribute("lang") or not (_WORDS.finds_any(text) and commands(text)):
            continue
        paragraph = read(sight, place)
        stretch = None if paragraph is None else _stretch(paragraph)
        if paragraph is None or stretch is None:
            continue
        start, end = stretch
        beside = paragraph.plain[:start].rstrip()[-1:] + paragraph.plain[end:].lstrip()[:1]
        if any(mark in _QUOTES for mark in beside) or any(mark in _QUOTED for mark in paragraph.plain[start:end]):
            continue
        if not is_hidden(sight, place, span_of(sight, paragraph, start, end)):
            yield paragraph, start, end


def _stretch(paragraph: Paragraph) -> tuple[int, int] | None:
    """From the first to the last of the few sentences that speak to a model, and tell it what to say."""
    sentences, plain = paragraph.sentences(), paragraph.plain
    spoken = [number for number, (start, end) in enumerate(sentences) if addresses(plain[start:end])]
    told = [number for number, (start, end) in enumerate(sentences) if cancels(plain[start:end])]
    if not (spoken or told):
        return None
    first, last = min(spoken + told), max(spoken + told)
    for more in range(_MOST if spoken else 1):
        if last + more >= len(sentences):
            break
        start, end = paragraph.trimmed(sentences[first][0], sentences[last + more][1])
        if (spoken and told) or asks(plain[start:end], anybody=not spoken):
            return start, end
    return None


def _sign(sight: Sight, paragraph: Paragraph, start: int, end: int, order: str) -> Sign:
    span = span_of(sight, paragraph, start, end)
    return Sign(
        rule=TO_MODELS,
        category=ORDERS,
        confidence=SURE,
        spans=(),
        edits=(Edit(span.start, span.end),),
        excerpt=excerpt_of([order]),
        doubt=ONLY_TOLD,
        evidence=(reason("orders", order, "it tells language models what to say, and the page is not about them"),),
    )
