"""What sites call their lists of links to others, in many languages: partners, friends, sponsors, good sites."""

from __future__ import annotations

import re
from typing import Final

from spamguard.page.patterns import pattern

_CALLED: Final = (
    r"recent|latest|tags|popular|recientes|populares|beiträge|themen|récents|étiquettes|recenti|записи|метки|yazılar|etiketler"
    r"|artikelen|inlägg|wpisy|tagi|terbaru|最新文章|热门标签|partnerlinks|partnerseite|linkpartner|"
    r"sites?|sponsors?|sponsored|partners?|friends?|resources?|recommended|links?|blogroll|advertis(?:ers|ing|ements?)"
    r"|partner(?:seiten)?|sponsoren|werbepartner|freunde|empfehlungen|linktipps|werbung|anzeigen"
    r"|partenaires|liens|amis|annonces|publicité|enlaces|patrocinadores|socios|amigos|colaboradores|publicidad"
    r"|parceiros|ligações|publicidade|collegamenti|amici|pubblicità|vrienden|advertenties"
    r"|sponsorer|vänner|länkar|samarbetspartners|annonser|partnere|venner|lenker|annoncer|sponsorerede|samarbeidspartnere"
    r"|yhteistyössä|yhteistyökumppanit|kumppanit|sponsorit|ystävät|linkit|suosittelemme|mainokset|sivustot"
    r"|partnerzy|sponsorzy|przyjaciele|linki|polecamy|polecane|reklama|partneři|sponzoři|přátelé|odkazy|doporučujeme"
    r"|partneri|priatelia|sponzori|odporúčame|partnerek|partnereink|támogatók|támogatóink|barátok|linkek|hirdetés"
    r"|parteneri|prieteni|sponsori|linkuri|recomandări|publicitate|prijatelji|linkovi|preporučujemo"
    r"|партн[её]ры|спонсоры|друзья|ссылки|рекомендуем|реклама|партнери|спонсори|друзі|посилання|рекомендуємо"
    r"|партньори|приятели|връзки|пријатељи|препоручујемо|везе|серіктестер|достар|сілтемелер"
    r"|συνεργάτες|χορηγοί|φίλοι|σύνδεσμοι|διαφήμιση|siteler|partnerler|sponsorlar|bağlantılar|arkadaşlar|reklam|ortaklar"
    r"|tərəfdaşlar|dostlar|keçidlər|شركاء|شركاؤنا|أصدقاء|روابط|رعاة|إعلانات|مواقع صديقة|پیوندها|دوستان|همکاران|حامیان|تبلیغات"  # noqa: E501
    r"|שותפים|חברים|קישורים|אתרים|ספונסרים|साझेदार|मित्र|लिंक|प्रायोजक|অংশীদার|বন্ধু|লিংক|พันธมิตร|ลิงก์|ลิงค์|ผู้สนับสนุน|เว็บแนะนำ"
    r"|đối tác|bạn bè|liên kết|nhà tài trợ|mitra|teman|tautan|rekomendasi|rakan|pautan|penaja|washirika|marafiki|viungo"
    r"|파트너|친구|링크|후원|제휴|추천 사이트|パートナー|お友達|リンク|リンク集|スポンサー|おすすめサイト|相互リンク"
    r"|友情链接|友情連結|友情鏈接|合作伙伴|合作夥伴|相关链接|相關連結|推荐链接|赞助商|贊助商|好站推荐|友链"
)
_LABEL: Final = pattern(rf"(?:\S{{1,14}} ){{0,2}}(?:{_CALLED})(?: \S{{1,14}}){{0,2}}", re.IGNORECASE)
_ENDS: Final = " \t\r\n\u00a0:：-–—|·•*»>…."


def is_label_of_links(text: str) -> bool:
    """Whether a text is what a list of links to other sites is called, of few words."""
    said = " ".join(text.split()).strip(_ENDS)
    return bool(said) and _LABEL.fullmatch(said) is not None
