"""The small words of languages in Latin letters: every second sentence has some, and hardly one of another language."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WORDS: Final = {
    "en": "the of and to in is that it for was on are as with his they be at this have from or by you your we an if "
    "not what all can has there which when who will more no out up our do their how than been its my would "
    "her she he but one so about into them then some only other these most also before after where here over "
    "every any between",
    "de": "der die das und ist im in den von zu mit dem des ein eine einen einer nicht auf für sich als auch an es "
    "bei aus nach wie wird werden sind oder zum zur um über noch nur hat haben sie er wir ihr ich kann so "
    "dass wenn man am war bis vor durch aber keine kein mehr sehr seit",
    "fr": "le la les des du de et est en un une dans pour que qui sur pas au aux avec ce se il elle par plus ne "
    "sont ou son sa ses nous vous leur cette mais comme on tout être fait ont été sans si ces entre où y d l "
    "qu",
    "es": "el la los las de del y en que es un una por con para se no su al lo como más o pero sus le ya este sí "
    "porque esta entre cuando muy sin sobre también hasta hay donde quien desde todo nos",
    "pt": "o a os as de do da dos das e em no na nos nas que é um uma por com para se não ao mais ou mas foi como "
    "seu sua quem à às pelo pela até também já são sem sobre entre quando muito há",
    "it": "il lo la i gli le di del della dei delle e in che è un una per con non si al alla da dal nel nella sono "
    "come più ma anche o se su dai ai ci questo questa chi quando dove senza tra d l",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij of uit nog naar door "
    "over hij ze wij je u werd wordt kan al meer geen deze dit wie waar tot",
    "pl": "i w na z do się nie to jest że za od o po jak przez dla jego są co tak ale czy lub tym który która które "
    "oraz pod przed tylko już może u ze we by gdy",
    "cs": "a v na se je že z do s o i k to jako pro ve by ale jsou po za od si nebo podle už při která který které "
    "jen tak jeho není u pod ze co když kde aby než",
    "sk": "a v na sa je že z do s o aj k to ako pre vo by ale sú po za od si alebo podľa už pri ktorá ktorý ktoré "
    "len tak jeho nie u pod zo čo keď kde aby než",
    "hu": "a az és hogy nem is egy ez van csak meg volt el már de ha mint vagy még azt ki be fel akik aki ami után "
    "lesz itt ott minden mert között szerint alatt",
    "ro": "și de la în a pe cu nu că este o un din care pentru mai sau se al ale lui fi prin după dar sunt au va "
    "fost ca ce până între când unde fără",
    "sv": "och i att det som en på är av för med den till har de inte om ett var vi men från kan så ska eller när "
    "hon han sig du man alla efter vid blir mer än",
    "da": "og i at det er en til på af den for som med der de ikke et har om var vi men fra kan så skal eller når "
    "hun han sig du man alle efter ved bliver mere end",
    "no": "og i å det er en til på av den for som med de ikke et har om var vi men fra kan så skal eller når hun "
    "han seg du man alle etter ved blir mer enn",
    "fi": "ja on ei että se oli hän en ovat mutta kun myös tai jos niin kuin mitä joka jotka sekä ole voi vain jo "
    "sen ennen jälkeen kanssa nyt ovat mukaan",
    "et": "ja on ei et see oli ta kui ka või siis aga mis kes oma nii ning seda ole pole välja üle enne pärast",
    "tr": "ve bir bu da de için ile çok daha ne gibi olan olarak her ama en var o kadar sonra mi ya veya değil göre "
    "ki şu biz siz önce hem yok",
    "vi": "và của là có không được trong cho một các những với này đã để ở khi như người từ tại đến cũng thì về ra "
    "sẽ nhiều còn theo hay",
    "id": "yang dan di ini itu dengan untuk dari tidak ke pada adalah dalam akan ada juga atau bisa oleh saat "
    "karena sudah lebih kami kita mereka anda saya para bagi serta seperti telah tersebut",
    "sw": "na ya wa kwa ni la za katika kuwa hii hiyo cha vya yake wake kama au si pia ili huu huo baada kabla wote "
    "kila",
    "ca": "el la els les de del i en que és un una per amb no es al als més o però com seu ha són si dels aquest "
    "aquesta també sense us",
    "hr": "i u na je se da za su od s o a ne kao po do ali iz koji koja koje bi nije ili samo što već kod uz",
}
_LISTS: Final = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_LANGUAGES: Final = {
    word: tuple(language for language, words in _LISTS.items() if word in words)
    for word in frozenset[str]().union(*_LISTS.values())
}
"""The languages that each small word is of: a text has fewer words than all the lists together."""
_CHINESE: Final = frozenset("的了是从与和同将让其并于至着被把已而则但")
_LEAST: Final = 3
_SHARE: Final = 0.06
"""Small words, and their share of all words, from which on a text tells its language."""
_LATIN: Final = re.compile("[a-z\u00df-\u024f\u1e00-\u1eff]")
_LEAST_LATIN: Final = 1 / 3
"""Share of all words that those in Latin letters are taken to be where they are fewer."""


def has_particles(text: str) -> bool:
    """Whether a text is held together by several small words of Chinese, which rows of phrases have no use for."""
    return len(_CHINESE & set(text)) >= _LEAST


def small_words(words: Iterable[str] | Mapping[str, int]) -> frozenset[str] | None:
    """The small words of the language that some words (in small letters) are of; None when they do not tell it.

    The words may be counted already. Most of those in other letters than Latin count for nothing: a notice in a second
    script takes no language from a page.
    """
    said = Counter(words)
    found = dict.fromkeys(_LISTS, 0)
    for word, times in said.items():
        for language in _LANGUAGES.get(word, ()):
            found[language] += times
    best = max(found, key=found.__getitem__)
    if found[best] < _LEAST:
        return None
    whole, latin = said.total(), sum(times for word, times in said.items() if _LATIN.match(word))
    return _LISTS[best] if found[best] >= _SHARE * max(latin, whole * _LEAST_LATIN) else None
