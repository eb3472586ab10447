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
