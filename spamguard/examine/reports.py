"""Whether sentences report on such things: the police, a court, a warning, a ban. Nobody sells by these words.

The news and notices that name what is sold name who acts against it too, in the same sentence or the one beside it.
"""

from __future__ import annotations

import re
from typing import Final

from spamguard.page.patterns import pattern

_LATIN: Final = (
    # English, German, French, Spanish, Portuguese, Italian, Dutch
    r"police|arrest(?:ed|s)|offici?als? said|illegal(?:ly|e|es|em|en|er)?|unlawful|warn(?:s|ed|ing)|fraud(?:sters?)?"
    r"|prosecut(?:ed|ors?)|sentenced|convicted|crackdown|raid(?:ed|s)?|seized|counterfeit(?:s|ers)?|scams?|addiction"
    r"|polizei|festgenommen|betrug|betrüger|verboten|razzia|verurteilt|arrêtés?|escroquerie|arnaques?|interdite?s?"
    r"|illégal(?:e|es|aux)?|policía|detenid[oa]s?|estafas?|ilega(?:l|les|is)|advierten?|polícia|pres[oa]s"
    r"|golpes?|invasão"
    r"|invadid[oa]s?|polizia|arrestat[oi]|truff[ae]|vietat[oi]|politie|oplichting|illegale"
    r"|dangerous|dangers? of|gefährlich\w*|dangereu(?:x|ses?)|peligros[oa]s?|perigos[oa]s?|pericolos[aeio]|gevaarlijke?"
    r"|confiscated|customs officers?|helpline|debt (?:advice|line|help)|beschlagnahm\w+"
    r"|sichergestellt|schuldnerberatung|saisies?"
    r"|surendettement|incautad[oa]s?|decomisad[oa]s?|apreendid[oa]s?|sequestrat[oiae]|contraffatt[oiae]|falsificad[oa]s?"
    r"|in beslag genomen|schuldhulp\w*|beslaglagt\w*|polisen|politiet|poliisi|takavarikoi\w+"
    # Indonesian and Malay, Vietnamese, Turkish, Polish, Czech, Romanian, Hungarian
    r"|polisi|polres|menangkap|ditangkap|memblokir|diblokir|pemblokiran|ilegal|penipuan|waspada|larangan|kominfo"
    r"|haram|berbahaya|tehlikeli|niebezpieczn\w+|nebezpečn\w+|periculos\w*|veszélyes|nguy hiểm|farlig[at]?|vaarallis\w*"
    r"|memberantas|pemberantasan|pidana|công an|bắt giữ|lừa đảo|trái phép|cảnh báo|triệt phá|khởi tố|xử phạt|bị cấm"
    r"|polis|gözaltı(?:na)?|dolandırıcı(?:lık|lar)?|yasa dışı|yasadışı|kaçak olarak|operasyon(?:u|da)?|policja"
    r"|policji"
    r"|skonfiskowa\w+|podrób\w+|zadłużen\w+|poradn[aěy]|oddlužen\w+|zabaven\w*|padělk\w+|confiscat[eă]?|lefoglal\w*"
    r"|ostrzega(?:ją)?|varuj[eí]|varovan\w*|upozorňuj\w+|polícia|figyelmeztet\w*|avertiz\w+|uyarı\w*|uyardı|emniyet"
    # Swedish, Norwegian, Danish, Finnish, Swahili
    r"|varnar|varning|varnas|åtal\w*|dömd\w*|bluff\w*|bedräger\w*|politi(?:et|folk)|advar\w+|svindel|svindlere|ulovlig\w*"
    r"|poliisi\w*|varoit\w+|huijau\w+|laiton\w*|polisi|marufuku|utapeli|onyo|imeonya|hatari"
    r"|spielsucht\w*|suchtberatung\w*|ludopat[ií]a|gokverslav\w+|uzależnie\w+|játékfüggő\w*|spelberoende\w*|peliriippuv\w*"
    r"|bağımlılı\w+|závislost\w*|dependenț\w+|nielegaln\w+|oszu[sś]\w+|zatrzyman\w+|policie|podvod\w*|poli[tț]ia|ilegal[eă]|rendőrség|illegális"
)
_OTHERS: Final = (
    r"поліці\w+|полици\w+|задержан\w*|затриман\w*|незаконн\w*|мошенни\w*|шахра\w*|запрещ[её]н\w*|заборонен\w*"
    r"|осужд[её]н\w*"
    r"|изъят\w*|конфискова\w+|контрафакт\w*|підроб\w+|вилуч\w+"
    r"|игров\w+ зависимост\w*|ігров\w+ залежн\w+"
    r"|опасн\w+|небезпечн\w+|επικίνδυν\w+|предупрежда\w+|попереджа\w+|προειδοποι\w+"
    r"|αστυνομία|παράνομ\w+|απάτ\w+|משטר\w+|הונאה|לא חוקי"
    r"|警方|警察|公安|查处|查處|打击|打擊|取缔|取締|违法|違法|非法|犯罪|被告人|判处|判處|诈骗|詐騙|警惕|反诈"
    r"|骗局|騙局|提醒市民|警方提醒|立案|有期徒刑|曝光|反詐|谨防|謹防|严禁|嚴禁|危险|危險|危険"
    r"|逮捕|摘発|詐欺|偽物|見分け方|被害|注意喚起|경찰|검거|불법|단속|사기|도박중독|예방|적발|위험"
    r"|ตำรวจ|เตือนภัย|ประกาศเตือน|แอบอ้าง|จำคุก|หลอกลวง|จับกุม|ผิดกฎหมาย|อันตราย"
    r"|मामला दर्ज|पुलिस|गिरफ्तार|अवैध|ठगी|পুলিশ|গ্রেপ্তার|অবৈধ|প্রতারণা"
    r"|الشرطة|شرطة|تحذ[يّ]?ر|احتيال|غير قانوني\w*|القبض|مصادرة|مزيف\w*|خطير"
    r"|پلیس|غیرقانونی|غیر قانونی|کلاهبرداری|مسدود|توقیف|ضبط شد|خطر"
)
_REPORTS: Final = re.compile(rf"(?<!\w)(?:{_LATIN})(?!\w)|{_OTHERS}", re.IGNORECASE)
_QUOTES: Final = pattern(
    r"injections?\b|payloads?\b|jailbreak|attack(?:s|ers?)?\b|researchers?\b|vulnerab|angreifer|angriff|attaque"
    r"|ataque|атак"
    r"|注入|攻击|攻擊|インジェクション|攻撃|인젝션|공격"
    r"|(?:[\"“„«「『‘]|(?<!\w)')(?:\s?\w+[,:]?){0,6}\s?(?:ignor|disregard|forget|vergiss|忽略|无视|指示|指令|이전|あなた"
    r"|игнор|oublie|si vous|if you are)",
    re.IGNORECASE,
)
_MODELS: Final = re.compile(
    r"\b(?:AI|KI|IA|ИИ|ШІ|GPT|LLM)s?\b|(?i:\b(?:llms?|chat-?gpt|openai|chatbots?|prompts?|jailbreak\w*"
    r"|(?:machine|deep) learning|neural net\w*|language models?|artificial intelligence|prompt\w* injection"
    r"|künstliche\w* intelligenz|sprachmodell\w*|intelligence artificielle|modèles? de langage"
    r"|intel[ie]\w+ artificial[e]?|modelos? de (?:lenguaje|linguagem)|modell[oi] linguistic[oi]"
    r"|intelligenza artificiale|kunstmatige intelligentie|taalmodel\w*|konstgjord intelligens|språkmodell\w*"
    r"|sztuczn\w+ inteligencj\w+|uměl\w+ inteligenc\w+|yapay zek\w+|kecerdasan buatan|trí tuệ nhân tạo"
    r"|искусственн\w+ интеллект\w*|нейросет\w*|языков\w+ модел\w+|штучн\w+ інтелект\w*|мовн\w+ модел\w+))"
    r"|人工智能|人工智慧|大模型|语言模型|語言模型|提示词|提示詞|生成AI|言語モデル|プロンプト|인공지능|언어 모델"
    r"|프롬프트|الذكاء الاصطناعي|هوش مصنوعی|בינה מלאכותית|ปัญญาประดิษฐ์|कृत्रिम बुद्धिमत्ता"
)
"""What a page that speaks of such models calls them."""
_MOST: Final = 4_000


def reports(text: str) -> bool:
    """Whether a text says that somebody acts against what it speaks of."""
    return _REPORTS.search(text[:_MOST]) is not None


def quotes_orders(text: str) -> bool:
    """Whether a text speaks of orders to language models, or quotes them, rather than giving them."""
    return _QUOTES.search(text[:_MOST]) is not None


def naming_models(text: str) -> int:
    """How often a text names language models."""
    return sum(1 for _ in _MODELS.finditer(text))
