"""What is left of blocks that were split or torn: second halves, end tags, sources; the page's own stays."""

from __future__ import annotations

from tests.signs.cases import BODY, HEAD, TAIL, judged

_LINK = '<a href="https://{}.example.net/">{}</a>'
_CASINO = _LINK.format("spins", "online casino bonus")
_SLOTS = _LINK.format("slots", "free spins no deposit")
_LOANS = _LINK.format("cash", "payday loans online")


def _cleaned(page: str) -> str:
    return judged(page)[2]


def test_the_second_half_of_a_block_goes_with_the_first() -> None:
    first, second = f'<div style="display:none"><p>{_CASINO}<p>{_SLOTS}\n', f"<p>{_LOANS}</p></div>"
    body = BODY.replace("<body>\n", "<body>{}\n")
    assert _cleaned(HEAD + first + body.format(second) + TAIL) == HEAD + body.format("") + TAIL


def test_what_is_no_second_half_stays() -> None:
    first, own = f'<div style="display:none"><p>{_CASINO}<p>{_SLOTS}\n', '<p>Welcome to <a href="/">us</a>.</p></div>'
    body = BODY.replace("<body>\n", "<body>" + own + "\n")
    assert own in _cleaned(HEAD + first + body + TAIL)


def test_end_tags_that_end_nothing_go_with_a_torn_block() -> None:
    table = f'<table style="visibility:hidden">{_CASINO}<tr>{_SLOTS}<td></tr><li>{_LOANS}</td></table></font></center>'
    assert _cleaned(HEAD + BODY + table + "\n" + TAIL) == HEAD + BODY + TAIL


def test_an_end_tag_of_the_page_stays() -> None:
    page = HEAD + BODY + '<div style="display:none">' + _CASINO + _SLOTS + _LOANS + "</div>\n</font>\n" + TAIL
    assert "</font>" in _cleaned(page)


def test_the_source_of_an_entry_and_the_heading_go_with_the_list() -> None:
    entries = "".join(
        f'<li><a href="https://{host}.example.net/">{text}</a> <span>Source: {host}</span></li>'
        for host, text in (
            ("essay-mill", "Write my paper for me cheap"),
            ("rx-feed", "Cialis 5mg without prescription"),
            ("cash-wire", "Payday loans online direct lender"),
        )
    )
    box = f'<div class="feed-box"><h4>Latest news</h4><ul>{entries}</ul></div>\n'
    assert _cleaned(HEAD + BODY + box + TAIL) == HEAD + BODY + TAIL


def test_the_name_of_the_site_stays_in_a_title() -> None:
    styled = "𝗦𝗟𝗢𝗧 𝗚𝗔𝗖𝗢𝗥 ❱ 𝐋𝐢𝐧𝐤 𝐀𝐥𝐭𝐞𝐫𝐧𝐚𝐭𝐢𝐟 𝐌𝐚𝐱𝐰𝐢𝐧 ⚡ "
    page = (
        HEAD.replace("Opening hours", "{}Kabar Kampung Sampel - Opening hours") + BODY + "<p>Kabar Kampung Sampel</p>\n"
    )
    assert _cleaned(page.format(styled) + TAIL) == page.format("") + TAIL
