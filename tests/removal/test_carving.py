"""What is cut when it is known what is spam: the page before the break-in, byte for byte."""

from __future__ import annotations

import pytest

from tests.examine.scenes import cleaned

HEAD = b"<html>\n<head>\n<title>Village library</title>\n</head>\n<body>\n"
TEXT = b"<p>The library opens at nine in the morning.</p>\n<p>Bring your card with you.</p>\n"
FOOT = b"<div class=foot>Copyright Village library</div>\n"
END = b"</body>\n</html>\n"
LINKS = b'<a href="http://a.example.com/">casino slots</a> <a href="http://b.example.net/">poker bonus</a>'


def _restores(before: bytes, block: bytes, after: bytes) -> None:
    assert cleaned(before, block, after) == (before + after, None)


@pytest.mark.parametrize(
    "block",
    [
        b'<div style="display:none">' + LINKS + b"</div>\n",
        b"<style>.zq3{position:absolute;left:-9999px}</style><div class=zq3>" + LINKS + b"</div>\n",
        b"<div id=zq3>" + LINKS + b"</div>\n<script>document.getElementById('zq3').style.display='none';</script>\n",
        b"<script>document.write('<d'+'iv style=\"display:none\">');</script>\n<div>"
        + LINKS
        + b"</div>\n<script>document.write('</d'+'iv>');</script>\n",
        b'<section hidden><ul><li><a href="//a.example.com">casino</a></li></ul></section>\n',
        b'<marquee width=1 height=1><a href="//a.example.com" style="color:#fff">casino</a></marquee>\n',
        b"<noscript><img src=//a.example.com/c.gif>" + LINKS + b"</noscript>\n",
        b"<!--4f2a1c-->" + LINKS + b"<!--4f2a1c-->\n",
        b"<bkq7>" + LINKS + b"</bkq7>\n",
        b"casino slots| poker bonus| online roulette|\n",
        b"<!-- casino slots, poker bonus, online roulette -->\n",
        b"<body>\n<div style='display:none'>" + LINKS + b"</div>\n</body>\n</html>\n",
    ],
    ids=[
        "hidden div",
        "private rule",
        "hiding script",
        "split wrapper",
        "section",
        "marquee",
        "noscript",
        "markers",
        "invented tag",
        "run",
        "comment",
        "second body",
    ],
)
@pytest.mark.parametrize("place", ["end of body", "after the page"])
def test_a_block_goes_with_all_that_serves_it(block: bytes, place: str) -> None:
    if place == "end of body" and block.startswith(b"<body>"):
        pytest.skip("a second body stands behind the first")
    page = (HEAD + TEXT + FOOT, END) if place == "end of body" else (HEAD + TEXT + FOOT + END, b"")
    _restores(page[0], block, page[1])


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
@pytest.mark.parametrize(
    ("before", "after"), [(b"", b""), (b"", b"\n"), (b"\n", b"")], ids=["glued", "line end after", "line end before"]
)
def test_the_gap_is_left_as_the_page_writes_gaps(newline: bytes, before: bytes, after: bytes) -> None:
    page = HEAD + TEXT * 3 + FOOT + END
    at = page.index(FOOT)
    first, second = page[:at].replace(b"\n", newline), page[at:].replace(b"\n", newline)
    block = before.replace(b"\n", newline) + b"<div hidden>" + LINKS + b"</div>" + after.replace(b"\n", newline)
    _restores(first, block, second)


def test_indentation_before_a_closing_tag_stays() -> None:
    before = b"<body>\n  <div>\n    <p>The library opens at nine.</p>\n  "
    _restores(before, b"<div hidden>" + LINKS + b"</div>\n", b"</div>\n</body>\n")


def test_what_follows_keeps_the_indentation_of_its_own_end_tag() -> None:
    before = b"<body>\n  <main>\n    <p>The library opens at nine.</p>\n  </main>\n  <div class=wide>\n    "
    after = b"<div class=inner>\n      <p>Bring your card with you.</p>\n    </div>\n  </div>\n</body>\n</html>\n"
    _restores(before, b"<div hidden>" + LINKS + b"</div>\n", after)


def test_the_blank_behind_the_last_separator_of_a_run_goes_with_it() -> None:
    _restores(HEAD + TEXT + FOOT, b"casino slots| poker bonus| online roulette| \n", END)


def test_an_end_of_the_body_keeps_the_one_line_end_that_most_pages_have() -> None:
    block = b"\n<div hidden>" + LINKS + b"</div>\n"
    _restores(HEAD + TEXT * 3 + FOOT, block, END)


def test_an_empty_box_of_the_page_stays() -> None:
    before, after = b"<body><p>Read here.</p>\n<div id=fb-root>", b"</div>\n<p>Bring your card.</p></body>"
    _restores(before, b'<span style="position:absolute;left:-9999px">' + LINKS + b"</span>", after)


def test_boxes_that_styles_fill_stay() -> None:
    before = b'<body><div class=slides>\n<div style="background:url(a.jpg)">&nbsp;</div>\n'
    after = b'<div style="background:url(b.jpg)">&nbsp;</div>\n</div>\n<p>Bring your card.</p></body>'
    _restores(before, b"<div hidden>" + LINKS + b"</div>\n", after)


def test_only_the_rule_of_the_block_goes_from_a_shared_style() -> None:
    style = b"<style>.foot{color:#333}%s.head{color:#000}</style>"
    page = b"<html><head>" + style + b"</head><body>\n<p class=foot>Read here.</p>\n%s</body>\n</html>\n"
    block = b"<div class=zq3>" + LINKS + b"</div>\n"
    data = page % (b".zq3{position:absolute;left:-9999px}", block)
    before = data[: data.index(block)]
    result, doubt = cleaned(before, block, data[len(before) + len(block) :])
    assert (result, doubt) == (page % (b"", b""), None)


def test_a_rule_that_the_page_uses_too_stays() -> None:
    before = b"<style>.note{display:none}</style><body><p class=note>Read here.</p>\n<p>Open.</p>\n"
    _restores(before, b"<div class=note>" + LINKS + b"</div>\n", b"<p>Bring your card.</p></body>")


def test_a_script_that_names_other_elements_stays() -> None:
    before = b"<body>\n<div id=menu>Read here.</div>\n"
    script = b"document.getElementById('menu').style.left=0;document.getElementById('zq3').style.left=0"
    after = b"<script>" + script + b"</script>\n</body>"
    _restores(before, b"<div id=zq3>" + LINKS + b"</div>\n", after)


@pytest.mark.parametrize("comment", [b"<!-- sidebar -->", b"<!--more-->", b"<!-- the menu ends here -->"])
def test_honest_comments_beside_a_block_stay(comment: bytes) -> None:
    _restores(HEAD + TEXT + comment, b"<div hidden>" + LINKS + b"</div>", comment + b"\n" + FOOT + END)


@pytest.mark.parametrize(
    "block",
    [
        b'<a href="//a.example.com" title="' + b"casino slots, poker bonus, " * 3 + b'"></a>\n',
        b'<input type="hidden" name="tags" value="casino slots,poker bonus,online roulette">\n',
    ],
)
def test_an_element_that_is_nothing_but_its_value_goes(block: bytes) -> None:
    _restores(HEAD + TEXT, block, FOOT + END)


def test_a_field_of_a_form_is_emptied() -> None:
    before = HEAD + TEXT + b'<form action="/search"><input name="q"><input type="hidden" name="tags" value="'
    _restores(before, b"casino slots,poker bonus,online roulette", b'"></form>\n' + FOOT + END)


def test_the_same_marker_before_and_behind_the_end_of_a_page_goes() -> None:
    data = HEAD + TEXT + FOOT + b"%s</body></html>%s\n"
    links = b"<kp9><font style='position:absolute;height:0;overflow:hidden'>" + LINKS + b"</font>"
    dirty = data % (links, b"<kp9>")
    at = dirty.index(links)
    result, _ = cleaned(dirty[:at], links, dirty[at + len(links) :])
    assert b"kp9" not in result


def test_stars_between_a_run_and_a_title_go() -> None:
    before = b"<html><head><title>"
    after = b"Village library</title></head><body><p>Open.</p></body></html>"
    _restores(before, "casino slots★poker bonus★online roulette★".encode(), after)


def test_a_sentence_goes_with_its_full_stop() -> None:
    before, after = b"<body><p>The library opens at nine. ", b"Bring your card.</p></body>"
    _restores(before, b'Play now at <a href="//a.example.com">casino slots</a>. ', after)


def test_a_link_inside_a_sentence_leaves_the_full_stop() -> None:
    result, _ = cleaned(
        b"<body><p>The library opens at nine", b' <a href="//a.example.com">casino slots</a>', b". Bring your card.</p>"
    )
    assert b"nine. Bring" in result


def test_separators_that_led_to_a_link_at_the_end_go() -> None:
    _restores(b"<body><p>Copyright Village library", b' | <a href="//a.example.com">casino slots</a>', b"</p>\n</body>")


def test_a_swapped_title_comes_back() -> None:
    title, script = b"Village library", b'<script>if(!/bot/.test(navigator.userAgent)){document.title="%s"}</script>\n'
    page = b"<html>\n<head>\n<title>%s</title>\n%s</head>\n<body>\n<p>Read here.</p>\n</body>\n</html>\n"
    spam = b"casino slots_poker bonus_online roulette"
    data = page % (spam, script % title)
    before = data[: data.index(spam)]
    assert cleaned(before, spam, data[len(before) + len(spam) :]) == (page % (title, b""), None)


def test_a_title_that_nobody_can_tell_is_not_cut_without_asking() -> None:
    _, doubt = cleaned(
        b"<html><head><title>", b"casino slots, poker bonus", b"</title></head><body><p>Read.</p></body>"
    )
    assert doubt is not None


def test_a_table_that_is_opened_in_the_block_and_closed_after_it_loses_only_the_spam() -> None:
    before, block = b"<body><p>Read here.</p>\n", b"<div hidden><table><tr><td>casino slots</td>"
    result, _ = cleaned(before, block, b"<td>Monday</td></tr></table></div>")
    assert result == before + b"<div hidden><table><tr><td></td><td>Monday</td></tr></table></div>"


def test_cleaning_what_is_clean_changes_nothing() -> None:
    before, block, after = HEAD + TEXT, b"<div hidden>" + LINKS + b"</div>\n", FOOT + END
    once, _ = cleaned(before, block, after)
    twice, _ = cleaned(before, b"", once[len(before) :])
    assert once == twice == before + after


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (b"Library \\u2013 Village", "Library – Village"),
        (b"Library &#8211; &lt;b&gt;", "Library &#8211; &lt;b&gt;"),
        (b"&#26723;&#26696;&#39302;", "档案馆"),
        (b"\\x3c/title\\x3e\\x3cscript\\x3ealert(1)", "&lt;/title>&lt;script>alert(1)"),
        (b"\\ud83d\\ude00 Library", "😀 Library"),
    ],
    ids=["escape", "references of the page", "references of the kit", "markup", "surrogates"],
)
def test_a_title_out_of_a_script_is_text_and_nothing_else(written: bytes, title: str) -> None:
    spam = b"casino slots_poker bonus_online roulette"
    before = b"<html>\n<head>\n<meta charset=utf-8>\n<title>"
    script = b'<script>if(!/bot/.test(navigator.userAgent)){document.title="%s"}</script>\n' % written
    result, _ = cleaned(before, spam, b"</title>\n" + script + "</head>\n<body>\n<p>Füße.</p>\n</body>\n".encode())
    assert result == before + title.encode() + "</title>\n</head>\n<body>\n<p>Füße.</p>\n</body>\n".encode()


def test_an_end_tag_of_the_page_is_not_taken_for_that_of_an_unclosed_block() -> None:
    before, after = b"<body>\n<div id=bottom>\n<p>Read here.</p>", b"\n</div>\n</body>\n"
    result, _ = cleaned(before, b"<div style='display:none'>" + LINKS, after)
    assert result == before + after


def test_an_id_of_the_block_is_not_a_class_of_the_page() -> None:
    before = HEAD + b"<p class=block>Bring your card with you.</p>\n" + FOOT
    block = (
        b"<div id=block>" + LINKS + b"</div>\n<script>document.getElementById('block').style.display='none'</script>\n"
    )
    _restores(before, block, END)
