"""Lists, tables and boxes of entries that machines filled go whole; what a visitor wrote among them stays."""

from __future__ import annotations

import pytest

from tests.signs.cases import restores, silent

_LIST = (
    '<ul id="contact-dump"><li>#7 | Name: Larrybug | Surname: LarrybugQY | Text: take a look https://win.example.net/x9'
    "</li><li>#8 | Name: Annapip | Surname: AnnapipZT | Text: &lt;a href=&quot;https://pills.example.net/&quot;&gt;"
    "tadalafil 20mg&lt;/a&gt; order prozac online no rx &lt;a href=&quot;https://pil</li><li>#9 | Name: q7x2k9 | "
    "Surname: 8fk2 | Text: https://prize.example.com/?k=1</li></ul>\n"
)
_BOOK = (
    '<div class="visitors"><div class="line odd"><b>viagra sans ordonnance</b> <i>NY</i><p>acheter viagra en ligne '
    "http://bleue.example.net/viagra-gen</p></div>"
    '<div class="line even"><b>AnnaAnna</b> <i>Rome</i><p>[url=http://cash.example.net/]payday loans online[/url]</p>'
    "</div></div>\n"
)
_TABLE = (
    '<table class="visitors">\n<tr><td>4 May</td><td>TimTim</td><td>[url=http://cash.example.net]payday loans online'
    "[/url] [url=http://pills.example.net]kamagra jel</td></tr>\n{}</table>\n"
)
_NAMED = (
    "<dl><dt>TimTim | 4 May</dt><dd>[url=http://cash.example.net]payday loans online[/url]</dd>"
    "<dt>RobRob | 5 May</dt><dd>[url=http://pills.example.net]kamagra jelly without prescription[/url]</dd></dl>\n"
)
_TORN = '<tr><td>5 May</td><td>RobRob</td><td><a href="ht</td></tr>\n'


@pytest.mark.parametrize("body", [_LIST, _BOOK, _NAMED, _TABLE.format(_TORN), _TABLE.format(_TORN + _TORN)])
def test_a_box_of_which_every_entry_is_a_machines_goes_whole(body: str) -> None:
    restores(body=body, rule="entered-links")


def test_a_torn_link_swallows_nothing_of_the_page() -> None:
    rest = '<p class="note">The reading room opens at ten.</p>\n<p title="x">Please ring the bell.</p>\n'
    restores(body=_TABLE.format(_TORN) + rest, kept_body=rest, rule="entered-links")


@pytest.mark.parametrize(
    "own",
    [
        "<li>#8 | Name: Ida | Surname: Moor | Text: a fine site, see our garden at https://garden.example.com/</li>",
        "<li>#8 | Name: Ida | Surname: Moor | Text: is the reading room open on Monday?</li>",
    ],
)
def test_an_entry_of_somebody_stays_and_so_does_the_list(own: str) -> None:
    spam = "<li>#7 | Name: Anna | Text: [url=https://pills.example.net/]tadalafil 20mg no prescription[/url]</li>"
    restores(body=f"<ul>{spam}{own}</ul>\n", kept_body=f"<ul>{own}</ul>\n", rule="entered-links")


def test_a_text_that_stands_among_more_than_names_goes_alone() -> None:
    text = "<p>[url=https://cash.example.net/]payday loans online[/url]</p>"
    box = (
        '<div class="col a"><p>The spring fair is on the second Sunday of May, at the mill.</p>{}</div>'
        '<div class="col b"><p>The autumn fair is on the first of October.</p></div>\n'
    )
    restores(body=box.format(text), kept_body=box.format(""), rule="entered-links")


def test_entries_of_visitors_with_addresses_stay() -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>see [url=https://{name.lower()}.example.net/]my garden[/url]</td></tr>\n"
        for name in ("Ida", "Tom", "Ann")
    )
    silent(body=f"<table>\n{rows}</table>\n")
