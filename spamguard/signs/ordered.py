"""Orders to language models where people do not see them: hidden text, comments, attributes. Only reported."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from functools import lru_cache
from html import unescape
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from spamguard.findings import ORDERS, Edit, Span
from spamguard.page.outline import NodeKind
from spamguard.page.tokens import AMP
from spamguard.signs.hiding import may_be_hidden, way_of
from spamguard.signs.sign import SURE, Sign, excerpt_of, reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spamguard.page.outline import Node
    from spamguard.signs.sight import Sight

_IGNORE: Final = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:instructions?|prompts?|guidelines|directions"
    r"|the above)\b"
    r"|\b(?:ignore|disregard|forget|override|bypass|drop|discard|set aside|abandon)\b (?:\w+ ){0,3}"
    r"(?:previous|prior|earlier|developer|system|operator|safety)\b (?:\w+ )?(?:rules|guidance|guardrails|orders|policy"
    r"|policies|messages?|context|commands?)\b"
    r"|\b(?:ignorier\w*|vergiss|vergessen sie|missachte\w*)\b.{0,40}(?:anweisung|instruktion|vorgabe)"
    r"|\b(?:ignore[zr]?|oublie[zr]?)\b.{0,40}(?:instructions|consignes)"
    r"|\b(?:ignor[ae]n?|ignorate|ignorem|olvid[ae]n?|desconsidere|esque[cç]am?|dimentica(?:te)?)\b.{0,40}"
    r"(?:instruccion|instruç|istruzion|indicacion)"
    r"|\b(?:negeer|vergeet)\b.{0,40}(?:instructies|opdrachten|aanwijzingen)"
    r"|\b(?:ignorera|ignorer|glöm|glem|bortse|se bort)\b.{0,40}(?:instruk[st]|anvisning)"
    r"|\b(?:zignoruj|ignoruj|zapomnij|pomiń|zapomeň)\w{0,20}.{0,40}(?:instrukc|poleceń|polecenia|pokyn)"
    r"|hagyd? figyelmen kívül.{0,40}(?:utasítás|instrukc)|(?:utasítás|instrukció)\w{0,20}.{0,30}figyelmen kívül"
    r"|\b(?:unohda|ohita|sivuuta)\b.{0,40}ohje|\b(?:ignoră|uită|ignorați|uitați)\b.{0,40}instrucțiun"
    r"|(?:αγνόησ|ξέχασ|αγνοήσ|ξεχάσ)\w{0,20}.{0,40}(?:οδηγίες|εντολές)"
    r"|(?:игнорируй|забудь|не обращай|ігноруй|пропусти)\w{0,20}.{0,40}(?:инструкц|указани|інструкц|вказів)"
    r"|تجاهل.{0,20}(?:التعليمات|الأوامر)|(?:دستور|راهنما)\S{0,20}.{0,20}نادیده|نادیده.{0,20}دستور"
    r"|निर्देश\S{0,20}.{0,20}(?:अनदेखा|भूल|नज़रअंदाज़)|(?:ละเว้น|ลืม|เพิกเฉย).{0,20}คำสั่ง"
    r"|(?:忽略|无视|忘记|忽視|無視).{0,8}(?:指令|指示|提示|说明|說明)|(?:指示|命令|プロンプト).{0,4}(?:無視|忘れ)"
    r"|(?:지시|명령|프롬프트).{0,6}(?:무시|잊)|talimat\w{0,20}.{0,20}(?:görmezden|yok say|unut)"
    r"|(?:не зважа|ігнору|забудь)\w{0,20}.{0,40}(?:інструкц|вказів)"
    r"|(?:z?ignoruj|zapomnij|zapomeň)\w{0,20}.{0,40}(?:instruk|polece|pokyn)"
    r"|(?:negeer|vergeet)\b.{0,40}(?:instructie|aanwijzing)|(?:ignorera|glöm|ignorer|glem)\b.{0,40}(?:instruk|anvisning)"
    r"|ignor(?:ă|ați|a)\b.{0,40}instruc[tț]iun"
    r"|(?:figyelmen kívül|felejtsd).{0,40}utasítás|utasítás.{0,40}figyelmen kívül"
    r"|αγνόησ\w{1,20}.{0,40}(?:οδηγ|εντολ)|התעלמ?[םו]?.{0,30}הוראות|(?:دستور|راهنما)\w{0,20}.{0,30}نادیده"
    r"|निर्देश\w{0,20}.{0,30}(?:अनदेखा|नज़रअंदाज़|भूल)|(?:เพิกเฉย|ไม่ต้องสนใจ|ละเว้น|ลืม).{0,20}(?:คำสั่ง|คำแนะนำ)"
    r"|bỏ qua.{0,20}(?:hướng dẫn|chỉ dẫn)|abaikan.{0,20}(?:instruksi|perintah)"
    r"|\byou are now (?:in |an? )?(?:developer|dan|admin|unrestricted|god)\b|<\|im_start\|>|\[system override\]"
)
_MODEL: Final = (
    r"(?:(?:an? |the |all |any )?(?:helpful )?(?:ai|a\.i\.|llms?|chat-?gpt|gpt-?\d|claude|gemini|copilot|chatbots?"
    r"|(?:large )?language models?)(?:[ -](?:assistants?|systems?|agents?|models?|reviewers?|crawlers?|bots?"
    r"|summari[sz]ers?))?)"
)
_ADDRESSED: Final = re.compile(
    rf"\b(?:if (?:you are|you're) |as |dear |hey |attention[,:]? |note (?:to|for) |instructions? (?:to|for) "
    rf"|message (?:to|for) "
    rf"|important[,:]? )?{_MODEL}\b(?=[,:.!]| must | should | please| always| recommend| reviewing| reading| summari)"
    rf"|\b(?:if you are|if you're|dear|hey|attention|note (?:to|for)|instructions? (?:to|for)|message (?:to"
    rf"|for)) {_MODEL}\b"
    r"|\bwenn (?:du|sie) (?:eine? )?ki\b|\bsi (?:vous êtes|tu es) (?:une?|un assistant) (?:ia|assistant ia)"
    r"|\bassistant ia\b"
    r"|\bsi eres una? (?:ia|asistente)|\bse (?:você é|sei) uma? (?:ia|assistente)|если (?:ты|вы) (?:ии"
    r"|искусствен|языков|нейро)"
    r"|(?:如果|作为|作為|致).{0,4}(?:ai|人工智能|人工智慧|大模型|语言模型|語言模型|智能助手)|(?:ai"
    r"|人工智能).{0,2}助手"
    r"|あなたがai|aiアシスタント|言語モデル|(?:당신이|만약) ?(?:ai|인공지능)|ai ?어시스턴트|인공지능 비서"
    r"|eğer bir yapay zeka|nếu bạn là (?:ai|trí tuệ|trợ lý)|jika (?:kamu|anda) (?:adalah )?(?:ai|asisten|model)"
    r"|إذا كنت.{0,12}(?:ذكاء|مساعد)"
)
_ORDER: Final = re.compile(
    r"\b(?:recommend|praise|cite|summari[sz]e|rank|rate|mention|describe|promote|endorse|reveal|append"
    r"|exfiltrate|forward"
    r"|positive(?:ly)? (?:review|only)?|highest|favou?rabl[ey]|do not (?:mention|disclose|tell|reveal|highlight"
    r"|say)|never mention|state that|keep (?:this|it) (?:\w+ )?(?:secret|hidden|confidential)|leave this \w+ out"
    r"|list it (?:first|before)|link (?:to )?(?:it|them|us) first)\b"
    r"|(?:empfiehl|empfehle|bewerte|erwähne|lobe|zitiere)|(?:recommandez|recommande|citez|mentionne|évalue)"
    r"|(?:recomienda|recomiende|cita |menciona|recomende|raccomanda|consiglia)|(?:рекоменду|упомина|хвали|цитиру"
    r"|оцени)"
    r"|推荐|推薦|优先|優先|好评|好評|引用|提及|总结|總結|推奨|紹介|評価|추천|소개|인용|평가|öner|tavsiye"
    r"|đề xuất|giới thiệu|khuyên|rekomendasi|sarankan|اوص|رشح"
)
_ENCODED: Final = re.compile(r"\b(?:decode|base64|follow|execute)\b.{0,40}?([A-Za-z0-9+/]{40,4000}={0,2})", re.DOTALL)
_NEARLY_WHITE: Final = re.compile(
    r"(?<![\w-])color\s*:\s*(?:#f[a-f0-9](?:f[a-f0-9]){0,2}\b|white|transparent|rgba?\(\s*25\d\s*,\s*25\d\s*,\s*25\d)"
    r"|font-size\s*:\s*[01]?(?:\.\d+)?\s*(?:px|pt|em|rem|;|$)|line-height\s*:\s*0|clip(?:-path)?\s*:",
    re.IGNORECASE,
)
_SPOKEN: Final = ("alt", "title", "aria-label", "aria-description", "content", "placeholder", "value", "summary")
_SHORTEST: Final = 12
_SHORT: Final = 200
_LONGEST: Final = 6_000
_BOX: Final = 4_000
_ONLY_TOLD: Final = "orders to language models are only reported: an article about them quotes them"


def commands(text: str) -> bool:
    """Whether a text gives orders to a language model."""
    # A page gives its pictures and links the same few titles; what is long is not worth keeping.
    return _known(text) if len(text) <= _SHORT else _commands(text)


def _commands(text: str) -> bool:
    plain = " ".join(unicodedata.normalize("NFKC", text[:_LONGEST]).lower().split())
    if _IGNORE.search(plain) is not None:
        return True
    return _ADDRESSED.search(plain) is not None and _ORDER.search(plain) is not None


_known: Final = lru_cache(maxsize=4096)(_commands)


def ordered(sight: Sight) -> list[Sign]:
    """Orders in comments, in attributes and in elements that their own style hides."""
    index = sight.index
    spoken = [name for name in index.given if name in _SPOKEN or name.startswith("data-")]
    found = [(node.start, sign) for node in index.comments if (sign := _comment(sight, node)) is not None]
    found += [(node.start, sign) for node in index.having(spoken) for sign in _attributes(sight, node)]
    end = 0
    for node in index.having(("style", "hidden"), tags=("marquee",)):
        if node.attributes and node.start >= end and node.closed and _may_be_hidden(node):
            text = _text(sight, node)
            if text and commands(text) and (way := way_of(sight, node)) is not None:
                found.append((node.start, _sign(Span(node.start, node.end), text, "hidden text", way)))
                end = node.end
    return [sign for _, sign in sorted(found, key=itemgetter(0))]


def _comment(sight: Sight, node: Node) -> Sign | None:
    text = sight.text_of(node)
    if len(text) > _SHORTEST and (commands(text) or commands(_decoded(text))):
        return _sign(Span(node.start, node.end), text, "a comment")
    return None


def _decoded(text: str) -> str:
    """What a comment says in base64, if it asks to be decoded."""
    match = _ENCODED.search(text)
    if match is None:
        return ""
    try:
        return base64.b64decode(match[1][: len(match[1]) // 4 * 4]).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _may_be_hidden(node: Node) -> bool:
    return may_be_hidden(node) or _NEARLY_WHITE.search(node.attribute("style") or "") is not None


def _text(sight: Sight, node: Node) -> str:
    """The text of a small element."""
    if node.end - node.start > _BOX:
        return ""
    texts = (part for part in node.walk() if part.kind is NodeKind.TEXT)
    return " ".join(sight.text_of(text) for text in texts)


def _attributes(sight: Sight, node: Node) -> Iterator[Sign]:
    for name, value in node.attributes.items():
        if len(value) <= _SHORTEST or not (name in _SPOKEN or name.startswith("data-")) or value.startswith(("{", "[")):
            continue
        if value.isascii() and " " not in value and AMP not in value:
            continue  # an address, not a sentence
        written = value.replace(AMP, "&").encode("latin-1", "replace")
        text = unescape(written.decode(sight.page.codec, "replace"))
        if not commands(text):
            continue
        empty = node.tag != "img" and not sight.page.raw[node.inner_start : node.inner_end].strip()
        at = sight.page.raw.find(written, node.start, node.inner_start or node.end)
        if node.tag == "meta" or (empty and node.tag != "input" and node.closed):
            yield _sign(Span(node.start, node.end), text, f"the attribute {name}")
        elif at >= 0:
            yield _sign(Span(at, at + len(written)), text, f"the attribute {name}", emptied=True)


def _sign(span: Span, text: str, where: str, way: str | None = None, *, emptied: bool = False) -> Sign:
    said = reason("orders", where, f"{where} speaks to a language model and tells it what to say")
    return Sign(
        rule="hidden-orders",
        category=ORDERS,
        confidence=SURE,
        spans=() if emptied else (span,),
        edits=(Edit(span.start, span.end),) if emptied else (),
        excerpt=excerpt_of([text]),
        doubt=_ONLY_TOLD,
        hidden_by=way,
        spare=True,
        evidence=(said,),
    )
