"""How an owner tells readers, and machines, that something is an advertisement, as law and manners ask.

Whoever breaks in gives nothing of that away: it would take the worth from what was put in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spamguard.page.outline import Node

_LABEL: Final = re.compile(
    r"(?<![^\W_])(?:ads?|adverts?|advertis(?:ement|ements|ing|er|ers)|advertorial|sponsor(?:s|ed|en|er|et|ad|erad|izzato"
    r"|isé|iser|ováno|owany|owane)?|affiliates?|referral|promoted|paid (?:link|partnership|content|post)s?|commissions?"
    r"|anzeigen?|werbung|werbelinks?|affiliate-links?|provision(?:en)?|publicité|annonces?|lien sponsorisé|partenariat"
    r"|publicidad|publi|patrocinad[oa]s?|enlaces? de afiliad[oa]s?|publicidade|patrocínio|pubblicità|sponsorizzat[oiae]"
    r"|advertentie|reclame|annonser?|annonsør|annonslänk|reklamlänk|reklame?|mainos|mainoslinkki|kaupallinen yhteistyö"
    r"|reklam[ay]?|sponzor(?:ováno|ované)?|inzerce|hirdetés|reklám|publicitate|advertising|διαφήμιση|χορηγούμενο"
    r"|реклам[аы]|на правах рекламы|партн[её]рская ссылка|спонсор[ы]?|quảng cáo|tài trợ|iklan|advertensi|ilan"
    r"|sponsorlu|matangazo|patalastas)(?![^\W_])"
    r"|广告|廣告|推广链接|推廣|赞助|贊助|広告|スポンサー|アフィリエイト|광고|협찬|제휴|โฆษณา|ผู้สนับสนุน|إعلان|ممول|آگهی|تبلیغ|רפרל|פרסומת|ממומן|विज्ञापन|বিজ্ঞাপন",
    re.IGNORECASE,
)
_GROWN: Final = re.compile(r"(?<![\d£€$])(?:18|21)\s?\+|\+\s?(?:18|21)(?!\d)|\bt&(?:amp;)?cs?\b", re.IGNORECASE)
"""What bookmakers must say where they advertise: that it is for adults, and that there are conditions."""


def is_labelled(text: str) -> bool:
    """Whether a text tells its readers that something in it is an advertisement."""
    return _LABEL.search(text) is not None or _GROWN.search(text) is not None


def is_paid_for(link: Node) -> bool:
    """Whether a link tells machines that it was paid for, which readers do not see."""
    return "sponsored" in (link.attribute("rel") or "").lower()
