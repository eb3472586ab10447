"""Orders to language models: whether a text gives some, and why they are never cut."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from spamguard.page.patterns import pattern

_IGNORE_BY_LANGUAGE: Final = {
    "en": (
        r"(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:instructions?|prompts?|guidelines|directions"
        r"|the above)\b"
        r"|(?:ignore|disregard|forget|override|bypass|drop|discard|set aside|abandon)\b (?:\w+ ){0,3}"
        r"(?:previous|prior|earlier|developer|system|operator|safety)\b (?:\w+ )?(?:rules|guidance|guardrails|orders"
        r"|policy|policies|messages?|context|commands?)\b"
        r"|you are now (?:in |an? )?(?:developer|dan|admin|unrestricted|god)\b"
    ),
    "de": r"(?:ignorier\w*|vergiss|vergessen sie|missachte\w*)\b.{0,40}(?:anweisung|instruktion|vorgabe)",
    "fr": r"(?:ignore[zr]?|oublie[zr]?)\b.{0,40}(?:instructions|consignes)",
    "es, pt, it": (
        r"(?:ignor[ae]n?|ignorate|ignorem|olvid[ae]n?|desconsidere|esque[cç]am?|dimentica(?:te)?)\b.{0,40}"
        r"(?:instruccion|instruç|istruzion|indicacion)"
    ),
    "nl": r"(?:negeer|vergeet)\b.{0,40}(?:instructie|opdrachten|aanwijzing)",
    "sv, da, no": r"(?:ignorera|ignorer|glöm|glem|bortse|se bort)\b.{0,40}(?:instruk|anvisning)",
    "pl, cs": r"(?:z?ignoruj|zapomnij|pomiń|zapomeň)\w{0,20}.{0,40}(?:instruk|polece|pokyn)",
    "fi": r"(?:unohda|ohita|sivuuta)\b.{0,40}ohje",
    "ro": r"(?:ignor(?:ă|ați|a)|uită|uitați)\b.{0,40}instruc[tț]iun",
}
"""How the orders before are cancelled, as text in small letters says it from the beginning of a word on."""
_IGNORE_IN_WORDS: Final = {
    "any": r"<\|im_start\|>|\[system override\]",
    "hu": (
        r"(?:figyelmen kívül|felejtsd).{0,40}(?:utasítás|instrukc)"
        r"|(?:utasítás|instrukció)\w{0,20}.{0,40}figyelmen kívül"
    ),
    "el": r"(?:αγνόησ|αγνοήσ|ξέχασ|ξεχάσ)\w{0,20}.{0,40}(?:οδηγ|εντολ)",
    "ru, uk": (
        r"(?:игнорируй|забудь|не обращай|пропусти|ігнору|не зважа)\w{0,20}.{0,40}"
        r"(?:инструкц|указани|інструкц|вказів)"
    ),
    "ar": r"تجاهل.{0,20}(?:التعليمات|الأوامر)",
    "fa": r"(?:دستور|راهنما)\S{0,20}.{0,30}نادیده|نادیده.{0,20}دستور",
    "he": r"התעלמ?[םו]?.{0,30}הוראות",
    "hi": r"निर्देश\S{0,20}.{0,30}(?:अनदेखा|नज़रअंदाज़|भूल)",
    "th": r"(?:เพิกเฉย|ไม่ต้องสนใจ|ละเว้น|ลืม).{0,20}(?:คำสั่ง|คำแนะนำ)",
    "zh": r"(?:忽略|无视|忘记|忽視|無視).{0,8}(?:指令|指示|提示|说明|說明)",
    "ja": r"(?:指示|命令|プロンプト).{0,4}(?:無視|忘れ)",
    "ko": r"(?:지시|명령|프롬프트).{0,6}(?:무시|잊)",
    "tr": r"talimat\w{0,20}.{0,20}(?:görmezden|yok say|unut)",
    "vi": r"bỏ qua.{0,20}(?:hướng dẫn|chỉ dẫn)",
    "id": r"abaikan.{0,20}(?:instruksi|perintah)",
}
"""The same of languages that part or join their words in other ways: a language stands in one of the two, once."""
# A text is asked in compatible characters (NFKC), which part some letters of Thai in two. Where no word begins, half of
# the languages need not be tried.
_IGNORE: Final = re.compile(
    unicodedata.normalize(
        "NFKC", rf"\b(?:{'|'.join(_IGNORE_BY_LANGUAGE.values())})|{'|'.join(_IGNORE_IN_WORDS.values())}"
    )
)
_MODEL: Final = (
    r"(?:(?:an? |the |all |any )?(?:helpful )?(?:ai|a\.i\.|llms?|chat-?gpt|gpt-?\d|claude|gemini|copilot|chatbots?"
    r"|(?:large )?language models?)(?:[ -](?:assistants?|systems?|agents?|models?|reviewers?|crawlers?|bots?"
    r"|summari[sz]ers?))?)"
)
_ADDRESSED: Final = re.compile(
    rf"\b(?:(?:if (?:you are|you're) |as |dear |hey |attention[,:]? |note (?:to|for) |instructions? (?:to|for) "
    rf"|message (?:to|for) "
    rf"|important[,:]? )?{_MODEL}\b(?=[,:.!]| must | should | please| always| recommend| reviewing| reading| summari)"
    rf"|(?:if you are|if you're|dear|hey|attention|note (?:to|for)|instructions? (?:to|for)|message (?:to"
    rf"|for)) {_MODEL}\b"
    r"|wenn (?:du|sie) (?:eine? )?ki\b|si (?:vous êtes|tu es) (?:une?|un assistant) (?:ia|assistant ia)"
    r"|assistant ia\b"
    r"|si eres una? (?:ia|asistente)|se (?:você é|sei) uma? (?:ia|assistente))|если (?:ты|вы) (?:ии"
    r"|искусствен|языков|нейро)"
    r"|(?:如果|作为|作為|致).{0,4}(?:ai|人工智能|人工智慧|大模型|语言模型|語言模型|智能助手)|(?:ai"
    r"|人工智能).{0,2}助手"
    r"|あなたがai|aiアシスタント|言語モデル|(?:당신이|만약) ?(?:ai|인공지능)|ai ?어시스턴트|인공지능 비서"
    r"|eğer bir yapay zeka|nếu bạn là (?:ai|trí tuệ|trợ lý)|jika (?:kamu|anda) (?:adalah )?(?:ai|asisten|model)"
    r"|إذا كنت.{0,12}(?:ذكاء|مساعد)"
)
_PRAISE: Final = (
    r"\b(?:recommend|praise|cite|rank|promote|endorse|reveal|exfiltrate|positive(?:ly)? (?:review|only)?|highest"
    r"|favou?rabl[ey]|do not (?:mention|disclose|tell|reveal|highlight|say)|never mention|state that"
    r"|keep (?:this|it) (?:\w+ )?(?:secret|hidden|confidential)|leave this \w+ out|list it (?:first|before)"
    r"|link (?:to )?(?:it|them|us) first)\b"
    r"|(?:empfiehl|empfehle|bewerte|erwähne|lobe|zitiere)|(?:recommandez|recommande|citez|mentionne|évalue)"
    r"|(?:recomienda|recomiende|cita |menciona|recomende|raccomanda|consiglia)|(?:рекоменду|упомина|хвали|цитиру"
    r"|оцени)"
    r"|推荐|推薦|优先|優先|好评|好評|引用|提及|总结|總結|推奨|紹介|評価|추천|소개|인용|평가|öner|tavsiye"
    r"|đề xuất|giới thiệu|khuyên|rekomendasi|sarankan|اوص|رشح"
)
_ORDER: Final = pattern(rf"\b(?:summari[sz]e|rate|mention|describe|append|forward)\b|{_PRAISE}")
"""What is asked of a model. Who cancels the orders before without a word to whom may ask people for the weaker ones."""
_LOUD: Final = pattern(_PRAISE)
ONLY_TOLD: Final = "orders to language models are only reported: an article about them quotes them"
_SHORT: Final = 200
_LONGEST: Final = 6_000


def commands(text: str) -> bool:
    """Whether a text gives orders to a language model."""
    # A page gives its pictures and links the same few titles; what is long is not worth keeping.
    return _known(text) if len(text) <= _SHORT else _commands(text)


def addresses(text: str) -> bool:
    """Whether a text speaks to a language model."""
    return _ADDRESSED.search(_plain(text)) is not None


def cancels(text: str) -> bool:
    """Whether a text cancels the orders before. A recipe may do so too."""
    return _IGNORE.search(_plain(text)) is not None


def asks(text: str, *, anybody: bool) -> bool:
    """Whether a text asks for what models are asked for; ``anybody``: for what is asked of nobody else."""
    plain = _plain(text)
    return _LOUD.search(plain) is not None or (not anybody and _ORDER.search(plain) is not None)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text[:_LONGEST]).lower().split())


def _commands(text: str) -> bool:
    plain = _plain(text)
    if _IGNORE.search(plain) is not None:
        return True
    return _ORDER.search(plain) is not None and _ADDRESSED.search(plain) is not None


_known: Final = lru_cache(maxsize=1024)(_commands)
