"""Whether a sentence says that something is not done: not sold, not taken, not published. Nobody sells by these words.

Honest hosts, forums and pharmacies name what they refuse in the words of those who sell it.
"""

from __future__ import annotations

import re
from typing import Final

_LATIN: Final = (
    # English, German, Dutch, the north
    r"(?:we|they)\s(?:do not|don['’]?t|never|will not|won['’]?t|cannot|can['’]?t|no longer)\s(?:\w+\s){0,2}?"
    r"(?:sell|buy|offer|accept|publish|host|exchange|trade|write|stock|allow|link|run|dispense|ship|carry|place)"
    r"|(?:not|no longer|never)\s(?:sold|offered|accepted|allowed|permitted|published|stocked|dispensed|for sale)"
    r"|(?:will be|are|is)\s(?:declined|refused|rejected|turned away|not welcome)|will be (?:removed|deleted)"
    r"|no (?:paid|sponsored) (?:posts?|links?)|(?<!no )prescription (?:is )?(?:required|only)|only (?:with"
    r"|on) (?:a )?prescription"
    r"|(?:verkaufen|kaufen|vermitteln|nehmen|bieten|akzeptieren|veröffentlichen|setzen|tauschen|schreiben"
    r"|führen|machen)"
    r"\s(?:\w+\s){0,4}?(?:kein\w*|nicht|nie|niemals)|lehnen (?:wir )?(?:\w+\s){0,4}?ab"
    r"|werden (?:\w+\s)?(?:abgelehnt|gelöscht)"
    r"|(?:nur|ausschließlich) (?:gegen|auf) rezept|(?:verkopen|kopen|accepteren|plaatsen|bieden|nemen"
    r"|schrijven) (?:\w+ )"
    r"{0,3}?(?:geen|niet|nooit)|(?:säljer|köper|accepterar|publicerar|erbjuder|byter) (?:\w+ ){0,2}?(?:inte"
    r"|inga|ingen|aldrig)"
    r"|(?:selger|sælger|kjøper|køber|aksepterer|accepterer|publiserer|tilbyr|tilbyder"
    r"|bytter) (?:\w+ ){0,2}?(?:ikke|ingen|aldri"
    r"|aldrig)|emme (?:\w+ ){0,2}?(?:myy|osta|ota|hyväksy|julkaise|tarjoa|vaihda)|ei (?:myydä|oteta|hyväksytä"
    r"|julkaista)"
    # French, Spanish, Portuguese, Italian, Romanian
    r"|n(?:e |['’])(?:vendons|achetons|acceptons|publions|proposons|offrons|prenons|faisons|échangeons)"
    r"|(?:no|ni|tampoco) (?:se )?(?:vendemos|compramos|aceptamos|publicamos|ofrecemos|admitimos|hacemos"
    r"|intercambiamos"
    r"|venden?|aceptan?|admiten?|publican?)|não (?:se )?(?:vendemos|compramos|aceitamos|publicamos|oferecemos|fazemos"
    r"|trocamos|trabalhamos)|non (?:si )?(?:vendiamo|compriamo|accettiamo|pubblichiamo|offriamo|facciamo|scambiamo"
    r"|trattiamo|accettano)|nu (?:vindem|cumpărăm|acceptăm|primim|publicăm|oferim|facem)"
    r"|sur ordonnance|(?:solo )?con receta médica|somente com receita|solo con ricetta"
    # Polish, Czech, Slovak, Croatian, Hungarian
    r"|nie (?:sprzedajemy|kupujemy|przyjmujemy|publikujemy|oferujemy|zamieszczamy|udzielamy|prowadzimy"
    r"|zajmujemy|wymieniamy"
    r"|obsługujemy|akceptujemy|piszemy)|ne(?:prodáv|kupuj|přijím|nabíz|zveřejňuj|vyměňuj|poskytuj|píš|ber|děl"
    r"|predáv|prijím"
    r"|ponúk)\w*me|ne (?:prodajemo|kupujemo|primamo|objavljujemo|nudimo)"
    r"|nem (?:árulunk|adunk el|veszünk|fogadunk|kínálunk|teszünk közzé|vállalunk|forgalmazunk|értékesítünk|cserélünk)"
    # Turkish, Vietnamese, Indonesian and Malay, Swahili, Tagalog
    r"|(?:sat|yayınla|yayımla|yap|gir|çalış|et|öner|sun|paylaş|kullan)(?:mıyoruz|miyoruz|muyoruz|müyoruz|mayız|meyiz)"
    r"|kabul edil(?:mez|miyor)|(?:satıl|yapıl|yayınlan|reçetesiz veril)(?:maz|mez|mıyor|miyor)"
    r"|không (?:hề |bao giờ )?(?:mua|bán|cung cấp|đăng|trao đổi|kinh doanh|nhận quảng cáo)"
    r"|tidak (?:pernah )?(?:menjual|membeli|menerima|melayani|menyediakan|memasang|memuat|menawarkan)"
    r"|hatu(?:uzi|nunui|pokei|kubali|chapishi)|hindi (?:kami )?(?:nagbebenta|tumatanggap|bumibili|nag-aalok)"
)
_OTHERS: Final = (
    r"(?<!\w)не (?:прода[её]м|покупаем|принимаем|размещаем|публикуем|предлагаем|оказываем|торгуем|занимаемся|обменива"
    r"|принимаются|публикуются|размещаются|рассматриваются|продаємо|купуємо|приймаємо|розміщуємо|публікуємо"
    r"|пропонуємо"
    r"|займаємо|приймаються|продаваме|купуваме|приемаме|публикуваме|предлагаме)"
    r"|(?:строго|только) по рецепту|лише за рецептом"
    r"|δεν (?:πουλάμε|πωλούμε|αγοράζουμε|δεχόμαστε|δημοσιεύουμε|προσφέρουμε|διαθέτουμε|αναλαμβάνουμε)"
    r"|(?<!\w)לא (?:מוכרים|קונים|מקבלים|מפרסמים|מציעים)"
    r"|(?:不|从不|從不|绝不|絕不|概不|谢绝|謝絕|拒绝|拒絕|请勿|請勿|禁止)[^，。,、]{0,3}(?:出售|销售|銷售|买卖|買賣|承接|接受|刊登"
    r"|发布|發布|發佈|交换|交換|代写|代寫|代发)|凭处方|憑處方"
    r"|(?:販売|取り扱い|取扱い?|掲載|受付|お受け|募集|購入|売買|代行|紹介)[はをも]?(?:一切)?(?:して|いたして|行って|致して)?"
    r"(?:おりません|いません|しません|いたしません|できません|致しません)|お断り"
    r"|(?:판매|취급|제공|접수|게재|구매|대행|허용)[을를은는도]?\s?(?:하지|되지) (?:않|안)|받지 않|사절합니다|거절합니다"
    r"|ไม่(?:ได้)?(?:ขาย|จำหน่าย|รับลง|รับทำ|รับซื้อ)|งดรับ"
    r"|(?<!\w)(?:لا|لن) (?:نبيع|نشتري|نقبل|ننشر|نقدم|نعرض|نوفر)|نمی[\u200c ]?(?:فروشیم|خریم|پذیریم)"
    r"|قبول نمی[\u200c ]?کنیم"
    r"|नहीं (?:बेचते|खरीदते|लेते|देते|छापते)|स्वीकार नहीं|বিক্রি করি না|গ্রহণ করি না"
)
_REFUSES: Final = re.compile(rf"(?<!\w)(?:{_LATIN})(?!\w)|{_OTHERS}", re.IGNORECASE)
_BANS: Final = re.compile(
    r"(?<!\w)(?:(?:banned|blocked|disallowed|forbidden|prohibited|filtered|censored|stop) (?:words?|terms|keys|phrases)"
    r"|block-?list|words? (?:that|which) (?:we|are|is|put|get|our)|(?:gesperrte|verbotene) (?:wörter|begriffe)|"
    r"sperrliste|wortfilter|mots (?:interdits|bloqués|bannis)|palabras (?:prohibidas|bloqueadas|vetadas)"
    r"|palavras (?:proibidas|bloqueadas)|parole (?:vietate|bloccate)|verboden woorden|förbjudna ord|forbudte ord"
    r"|kielletyt sanat|(?:zakazane|zablokowane) słowa|zakázan[áé] slova|tiltott szavak|cuvinte interzise"
    r"|yasak(?:lı)? kelimeler|từ (?:bị )?cấm|kata (?:yang )?(?:terlarang|dilarang|diblokir))(?!\w)"
    r"|(?:запрещ[её]нные|стоп|заборонені)[\s-]слов|απαγορευμένες λέξεις|מילים אסורות|كلمات (?:محظورة|ممنوعة)"
    r"|کلمات ممنوع"
    r"|प्रतिबंधित शब्द|คำต้องห้าม|屏蔽[词詞]|敏感[词詞]|[违違]禁[词詞]|禁用[词詞]|禁止用語|NGワード"
    r"|投稿できない|금지어|금칙어",
    re.IGNORECASE,
)
_MOST: Final = 4_000


def refuses(text: str) -> bool:
    """Whether a text says that something is not sold, taken or done."""
    return _REFUSES.search(text[:_MOST]) is not None


def bans(text: str) -> bool:
    """Whether a text heads a list of words that are kept out."""
    return _BANS.search(text[:_MOST]) is not None
