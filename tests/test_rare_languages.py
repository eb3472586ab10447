"""Languages of which the program knows keywords and nothing else: their spam goes, what is honest in them stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

import spamguard

if TYPE_CHECKING:
    from collections.abc import Sequence

RUNS: Final = {
    "am": ("የመስመር ላይ ካዚኖ", "ነጻ ጉርሻ ያለ ተቀማጭ", "የእግር ኳስ ውርርድ ጣቢያ", "የቁማር ማሽን በነጻ", "የካዚኖ ጉርሻ", "ስሎት በእውነተኛ ገንዘብ"),
    "eu": (
        "online kasino onenak",
        "doako birak gordailurik gabe",
        "diru errealeko tragaperrak",
        "kasinoko ongietorri bonua",
    ),
    "gu": (
        "ઓનલાઇન કેસિનો",
        "ડિપોઝિટ વગર કેસિનો બોનસ",
        "ક્રિકેટ સટ્ટા એપ ડાઉનલોડ",
        "ઓનલાઇન સ્લોટ મશીન રમો",
        "તીન પત્તી રિયલ મની",
    ),
    "hy": (
        "առցանց կազինո",
        "առանց դեպոզիտի բոնուս",
        "խաղային ավտոմատներ առցանց",
        "կազինո իրական փողով",
        "խաղադրույքների կայք",
    ),
    "is": (
        "spilavíti á netinu",
        "spilakassar fyrir alvöru peninga",
        "póker á netinu fyrir alvöru peninga",
        "netspilavíti",
    ),
    "km": ("កាស៊ីណូអនឡាញ", "ភ្នាល់កីឡាអនឡាញ", "បាការ៉ាត់អនឡាញលុយពិត", "លេងស្លតឥតគិតថ្លៃ", "គេហទំព័រភ្នាល់បាល់"),
    "mk": (
        "онлајн казино",
        "бесплатни спинови без депозит",
        "казино бонус за добредојде",
        "покер онлајн за вистински пари",
    ),
    "si": ("ඔන්ලයින් කැසිනෝ", "කැසිනෝ බෝනස්", "ක්‍රීඩා ඔට්ටු ඇල්ලීම", "නොමිලේ ස්පින් බෝනස්", "පාපන්දු ඔට්ටු වෙබ් අඩවි"),
}
HONEST: Final = {
    "am": "ፓርላማው ስለ ካዚኖ እና ሎተሪ አዲስ ሕግ ትናንት ተወያየ፤ ቤተ መጻሕፍቱ ሰኞ ይከፈታል።",
    "eu": "Legebiltzarrak kasinoei buruzko lege berria eztabaidatu zuen atzo; liburutegia astelehenean irekiko da.",
    "gu": "વિધાનસભાએ ગઈકાલે જુગાર અને લોટરી અંગેના નવા કાયદાની ચર્ચા કરી, અને પુસ્તકાલય સોમવારે ખુલશે.",
    "hy": "Խորհրդարանը երեկ քննարկեց խաղատների և վիճակախաղերի մասին նոր օրենքը, իսկ գրադարանը կբացվի երկուշաբթի։",
    "is": "Alþingi ræddi í gær ný lög um spilavíti og happdrætti, og bókasafnið verður opnað aftur á mánudag.",
    "km": "រដ្ឋសភាបានពិភាក្សាអំពីច្បាប់ថ្មីស្តីពីកាស៊ីណូ និងឆ្នោតកាលពីម្សិលមិញ ហើយបណ្ណាល័យនឹងបើកនៅថ្ងៃចន្ទ។",
    "mk": "Собранието вчера расправаше за законот за игри на среќа и казина, а библиотеката ќе се отвори утре.",
    "si": "කැසිනෝ සහ ලොතරැයි පිළිබඳ නව නීතිය පාර්ලිමේන්තුව ඊයේ සාකච්ඡා කළ අතර පුස්තකාලය සඳුදා විවෘත වේ.",
}


def _page(body: str, language: str = "en") -> bytes:
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>Mill Lane</title></head>\n'
        "<body>\n<h1>Mill Lane library</h1>\n<p>The reading room opens at nine. Returned books go on the shelf by the "
        "door, and the kettle is on from ten. On Saturdays we mend old bindings together.</p>\n"
        f"<p>Our next talk is about bees.</p>\n<footer>Mill Lane 4</footer>\n{body}</body>\n</html>\n"
    ).encode()


@pytest.mark.parametrize("language", sorted(RUNS))
def test_a_hidden_box_of_links_goes(language: str) -> None:
    links = " ".join(
        f'<a href="https://n{number}.example.net/p">{words}</a>' for number, words in enumerate(RUNS[language] * 2)
    )
    cleaned = spamguard.clean(_page(f'<div style="display:none">{links}</div>\n'))
    assert cleaned.data == _page("")


@pytest.mark.parametrize("language", sorted(RUNS))
def test_a_run_after_the_footer_is_found(language: str) -> None:
    run = " | ".join(RUNS[language] * 3)
    report = spamguard.scan(_page(f"<div>{run}</div>\n"))
    assert report.verdict == "infected"
    assert [finding.category for finding in report.findings] == ["gambling"]


@pytest.mark.parametrize("language", sorted(HONEST))
def test_news_of_a_law_stays(language: str) -> None:
    page = _page(f'<article lang="{language}"><p>{HONEST[language]}</p></article>\n', language)
    assert spamguard.scan(page).verdict == "clean"


@pytest.mark.parametrize(
    "words",
    [
        ("ነጻ ጉርሻ", "ፖከር ጨዋታ", "ሩሌት", "የውርርድ ድረገጽ", "ገንዘብ አሸንፍ", "ባካራት"),
        ("սլոտ խաղեր", "պոկեր", "ռուլետկա", "վիճակախաղ", "բլեքջեք", "խաղադրույք"),
    ],
)
def test_letters_that_count_as_signs_tell_of_another_hand(words: Sequence[str]) -> None:
    """As Chinese ones do: Armenian and Amharic letters have no class of their own."""
    link = f'<a href="https://k.example.net/p">{words[0]}</a>'
    cleaned = spamguard.clean(_page(f'<div class="comment"><p>{link} {", ".join(words[1:])}</p></div>\n'))
    assert cleaned.data == _page("")


MORE: Final = ("loteria zenbakiak", "apustu etxe berriak", "erruleta zuzenean", "txanpon bereziak", "sari handiak gaur")
"""Words of the trade that no list knows."""


def test_a_run_goes_whole_though_most_of_its_words_are_new() -> None:
    run = " | ".join((*RUNS["eu"][:3], *MORE))
    assert spamguard.clean(_page(f"<div>{run}</div>\n")).data == _page("")


def test_the_line_of_the_site_that_a_run_was_put_behind_stays() -> None:
    run = " | ".join((*RUNS["eu"][:3], *MORE))
    own = "<div>Opening hours | How to find us | Imprint"
    assert own.encode() in spamguard.Guard().clean(_page(f"{own} | {run}</div>\n"), unsafe=True).data


def test_a_row_of_links_goes_whole_though_its_last_words_are_new() -> None:
    row = " - ".join(
        f'<a href="https://n{number}.example.net/">{words}</a>' for number, words in enumerate((*RUNS["eu"], *MORE[:2]))
    )
    own = (
        '<p>Friends: <a href="https://a.example.org/">Weavers</a> - <a href="https://b.example.org/">Millers</a></p>\n'
    )
    assert spamguard.clean(_page(f"{own}<p>{row}</p>\n")).data == _page(own)


def test_links_of_which_no_word_is_known_are_no_orders_to_a_model() -> None:
    words = ("မိတ်ဖက်ဝဘ်ဆိုက်များ", "ဘောလောင်းကစား အကောင့်ဖွင့်", "ထီပေါက်စဉ် တိုက်ရိုက်", "စလော့ အခမဲ့ခရက်ဒစ်", "ရှမ်းကိုးမီး အွန်လိုင်း", "ငါးပစ်ဂိမ်း")
    links = " ".join(f'<a href="https://n{number}.example.net/">{word}</a>' for number, word in enumerate(words))
    report = spamguard.scan(_page(f'<div style="display:none">{links}</div>\n'))
    assert report.findings
    assert all(finding.category != "prompt-injection" for finding in report.findings)
