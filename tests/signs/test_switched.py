from __future__ import annotations

import pytest

from tests.signs.cases import restores, silent

SPAM = "<h1>best online casino<\\/h1>online casino bonus, best slots online, no deposit casino, roulette for money"


@pytest.mark.parametrize(
    "script",
    [
        'if(/google|bing/.test(document.referrer)){location.replace("https://a.example.net/slot")}',
        'var r=document.referrer;if(r.indexOf("google")>-1){window.location.href="https://a.example.net/slot";}',
        (
            "if(/android|iphone/i.test(navigator.userAgent)&&/baidu|sogou/.test(document.referrer))"
            '{top.location="https://a.example.net/"}'
        ),
        (
            "var s=document.referrer;if(s.match(/yandex/)&&!sessionStorage.seen){sessionStorage.seen=1;"
            "setTimeout(\"location.href='https://a.example.net/'\",200)}"
        ),
        (
            "if(document.cookie.indexOf('v=')<0&&/google\\./.test(document.referrer)){document.cookie='v=1';"
            "window.location='https://a.example.net/'}"
        ),
        (
            'if(/\\x67oogle/.test(window["document"]["\\x72eferrer"])||document["referrer"]["indexOf"]("google")>0)'
            '{window["location"]["href"]="\\x68\\x74\\x74\\x70\\x73\\x3a\\x2f\\x2fa.example.net/"}'
        ),
    ],
)
def test_a_script_that_leads_visitors_from_search_away_goes(script: str) -> None:
    restores(head=f"<script>{script}</script>\n", rule="search-redirect")


def test_a_script_that_shows_crawlers_another_page_goes() -> None:
    script = f'if(/googlebot|bingbot/i.test(navigator.userAgent)){{document.body.innerHTML="{SPAM}";}}'
    restores(head=f"<script>{script}</script>\n", rule="crawler-page")


@pytest.mark.parametrize(
    "script",
    [
        'if(navigator.language.indexOf("de")===0){location.replace("https://de.example.org/")}',
        'if(/iphone|ipad/i.test(navigator.userAgent)){location="https://apps.example.net/library"}',
        'if(/google/.test(document.referrer)){location.replace("/welcome")}',
        'var r=document.referrer;if(r.indexOf("google")>-1){track("search","google",r)}',
        'if(/googlebot/i.test(navigator.userAgent)){document.getElementById("banner").innerHTML="";}',
        'if(/bot|crawl|spider/i.test(navigator.userAgent)){document.title="Opening hours"}',
        "if(navigator.userAgent.indexOf('Googlebot')<0){document.write('<p>Please accept our cookies.<\\/p>')}",
    ],
)
def test_honest_switches_stay(script: str) -> None:
    silent(head=f"<script>{script}</script>\n")


def test_a_redirect_to_the_sites_own_host_stays() -> None:
    silent(
        head='<link rel="canonical" href="https://www.example.org/">\n'
        '<script>if(/google/.test(document.referrer)){location.replace("https://shop.example.org/")}</script>\n'
    )
