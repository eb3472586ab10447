"""What the compiled reader decides by itself is what its twin decides: references, names of attributes, scripts."""

from __future__ import annotations

import random
from html.entities import html5
from typing import TYPE_CHECKING

import pytest

from spamguard import kernels
from spamguard.page import linkeddata, triggers
from spamguard.page.tokens import _REFERENCES, LABELS, TOLD_ATTRIBUTES, Flow, flow_of
from spamguard.page.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(
    kernels.markup is None, reason="the kernels were not compiled: no C compiler, or SPAMGUARD_PURE"
)

WIDE = ("", "\u20ac", "\U0001f600")
"""Put into a text, they make it one of one, two or four bytes a character."""


def _told(flow: Flow) -> tuple[object, ...]:
    return "".join(flow.pieces), *(getattr(flow, name) for name in Flow.__slots__ if name != "pieces")


def _is_read_alike(text: str) -> Flow:
    compiled = flow_of(text)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("letters", "phrases", "tables", "look", "markup", "judge", "utf8"):
            patch.setattr(kernels, name, None)
        assert _told(compiled) == _told(flow_of(text)), text[:200]
    return compiled


def _around(reference: str) -> Iterator[str]:
    """A reference where it may stand, each time in a text of its own: none may hide what the next one is."""
    for before, after in (("", ""), ("a", "b"), ("\r\n", "="), ("&", "&amp;"), (" ", " \r"), ("&nbsp;", "1")):
        yield f"<p>{before}{reference}{after}</p>"
    yield f"<p>{reference}"
    yield f"<p title=x style='{reference}display:none'>words</p>"
    yield f"<meta name=description content='{reference} said'>"
    yield f'<meta name=description content="a{reference}b">'


def _mixed(references: list[str]) -> Iterator[str]:
    for wide in WIDE:
        for reference in references:
            yield from (text + wide for text in _around(reference))


def test_a_reference_by_name_is_read_alike() -> None:
    plain = [f"&{name}" for name in html5]  # with a semicolon and without one, where that is allowed
    _all_alike(plain)
    _all_alike([reference.rstrip(";") for reference in plain])


def _all_alike(references: list[str]) -> None:
    """Each alone is what matters, so every one has a paragraph; only if they differ are they asked one by one."""
    for wide in WIDE:
        for place in range(len(list(_around("")))):
            _is_read_alike(wide + "".join(list(_around(reference))[place] + "</p><hr>" for reference in references))


@pytest.mark.parametrize("name", [*_REFERENCES, "NBSP", "nbs", "nbspx", "quo", "hearts1", "a", "thetasym", "thetasyms"])
def test_a_reference_that_pages_are_full_of_is_read_alike(name: str) -> None:
    for text in _mixed([f"&{name};", f"&{name}", f"&{name.upper()};", f"&{name[:-1]};", f"&{name}é;"]):
        _is_read_alike(text)


def test_a_plain_reference_is_the_character_that_the_standard_says() -> None:
    assert all(len(html5[f"{name};"]) == 1 for name in _REFERENCES)
    text = "|".join(f"&{name};" for name in _REFERENCES)
    assert flow_of(f"<p>{text}|</p>").pieces == ["|".join(html5[f"{name};"] for name in _REFERENCES) + "|\0"]


@pytest.mark.parametrize(
    "numbers",
    [
        range(0x100),
        (0xD7FF, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xE000, 0xFDCF, 0xFDD0, 0xFDEF, 0xFDF0, 0xFFFD, 0xFFFE, 0xFFFF),
        (0x2028, 0x3000, 0x10000, 0x1F600, 0x1FFFE, 0x1FFFF, 0x10FFFD, 0x10FFFE, 0x10FFFF, 0x110000, 0x110001),
        (0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x100000041, 0x10000000000000041, 10**30),
    ],
    ids=["bytes", "halves", "large", "too-large"],
)
def test_a_reference_by_number_is_read_alike(numbers: tuple[int, ...]) -> None:
    for number in numbers:
        for text in (f"&#{number};", f"&#{number}", f"&#x{number:x};", f"&#X{number:X};", f"&#000{number};"):
            _is_read_alike(f"<p>{text}</p>")
            _is_read_alike(f"<p>a{text}b</p>\u20ac<p>{text} c")
            _is_read_alike(f"<meta name=description content='{text}x'>")


@pytest.mark.parametrize(
    "text",
    ["&", "&#", "&#;", "&#x", "&#x;", "&#xg;", "&#1a;", "&;", "&&amp;", "&# 38;", "&\x00;", "&amp\x00;", "&l\x00t;"],
)
def test_what_is_no_reference_is_read_alike(text: str) -> None:
    for around in _mixed([text]):
        _is_read_alike(around)


LONG = "words, and more words, as many as a label has to have before anybody reads it"


@pytest.mark.parametrize(
    "name", sorted({name for name, _ in LABELS} | {"data-x", "aria-labelled", "title", "data-sео"})
)
@pytest.mark.parametrize("wide", WIDE)
def test_a_label_is_found_by_its_name(name: str, wide: str) -> None:
    least = dict(LABELS).get(name, 24)
    for size in (least - 1, least, least + 1):
        for written in (name, name.upper(), name[:-1] + "\u212a", name + "x", name[:-1]):
            _is_read_alike(f"<p x=1 {written}='{LONG[:size]}' y>{wide}</p>")
            _is_read_alike(
                f"{wide}<zorp {written}='a &amp; {LONG[:size]}'><script {written}=\"{LONG[:size]}\"></script>"
            )
    if name in dict(LABELS):
        assert flow_of(f"<p {name}='{LONG}'>{wide}").carriers


@pytest.mark.parametrize("tag", ["img", "a", "input"])
def test_an_attribute_that_is_read_as_words_is_found(tag: str) -> None:
    for name, least in TOLD_ATTRIBUTES[tag]:
        for size in (least - 1, least):
            flow = _is_read_alike(f"<{tag} href=http://x.example data-source='{LONG}' {name}='{LONG[:size]}'>")
            assert bool(flow.carriers) is (size == least)


WORDS = ("document.write('<a href=http://x.example>words</a>')", "eval(atob('YWJj'))", "x='left:-9999999px';y:-1")


@pytest.mark.parametrize("wide", WIDE)
@pytest.mark.parametrize("words", [*WORDS, '{"@type":"Thing","name":"words"}', "{}//schema.org", "<!--", "ab<acd"])
def test_a_script_is_read_at_its_edges(words: str, wide: str) -> None:
    edge = triggers.EDGE
    for line_end in ("\n", "\r\n"):
        for before in (0, 1, 39, edge - len(words) - 1, edge - len(words), edge - 9, edge, edge + 1, 3 * edge):
            for after in (0, 1, edge - 9, edge - len(words), edge + 9, 2 * edge):
                script = f"{'-' * before}{words}{line_end * after}"
                _is_read_alike(f"<script>{script}</script><p>{wide}")
                if before < len(words) or after == edge - 9:
                    _is_read_alike(f"<style>{script}</style><script>{{{script}</script>{wide}")


JOINED = (
    "'scr'+'ipt'",
    "'scr' + \"ipt\"",
    "'scr'\t+\n'ipt'",
    "'scr'\u2003+'ipt'",
    "'scr' +  'ipt'",
    "'scr'+x",
    "+'ipt'",
)


@pytest.mark.parametrize("joined", JOINED)
def test_a_name_put_together_is_read_wherever_it_stands(joined: str) -> None:
    call = f"createElement({joined})"
    edge = triggers.EDGE
    for before in (0, edge - 30, *range(edge - len(call) - 1, edge + 1), 2 * edge):
        for after in (0, edge - 7, 2 * edge):
            _is_read_alike(f"<script>{'-' * before}{call}{'+' * after}</script>")
    for cut in range(len(call)):  # the two ends of a long script are asked as one text
        text = f"{'-' * (edge - cut)}{call[:cut]}{'-' * 99}{call[cut:]}"
        _is_read_alike(f"<script>{text.ljust(2 * edge + 99, '-')}</script>")
    assert bool(flow_of(f"<script>{call}{'-' * 40}</script>").scripts) is (joined not in JOINED[4:])


def test_what_tells_structured_data_stands_where_every_script_is_asked() -> None:
    assert linkeddata.CONTEXT <= triggers.EDGE


@pytest.mark.parametrize("size", [599, 600, 601, 2_999, 3_000, 3_001])
def test_the_length_of_a_sheet_is_that_of_its_text(size: int) -> None:
    rule = ".veiled{display:none}"
    for fill in (" ", "\r\n", "\0", "é", "\u20ac"):
        for more in ("", "p{left:-9999999px}", 'x="-9999999"', "UA-1234567", "-١٢٣٤٥٦٧"):
            sheet = (rule + more + fill * size)[: size + (size - len(rule + more)) * (len(fill) - 1)]
            _is_read_alike(f"<style>{sheet}</style><p class=veiled>words</p><p class='a veiled'>more")
            _is_read_alike(f"<script>{sheet}</script>")


@pytest.mark.parametrize("element", ["p", "a href=http://x.example", "a"])
def test_what_a_small_sheet_hides_is_told_apart(element: str) -> None:
    names = (
        "class=veiled",
        "class='a veiled b'",
        "class='a\nveiled'",
        "class='a veile&#100;'",
        "class=''",
        "id=hidden",
    )
    for name in (*names, "id=veiled", "class=hidden", "id=''", "CLASS=veiled ID=x", "class=a id=hidden"):
        _is_read_alike(f"<style>.veiled,#hidden{{display:none}}</style><{element} {name}>words</p>")


def test_a_box_that_hides_is_forgotten_where_a_dialog_opens() -> None:
    _is_read_alike("<div style='left:-9999px'><dialog open><zorp>words")


@pytest.mark.parametrize(
    "meta", ["name= property=description", "name property", "name=a", "property='DESCRIPTION'", ""]
)
def test_a_meta_tag_is_known_by_its_name(meta: str) -> None:
    _is_read_alike(f"<meta {meta} http-equiv=refresh content='0; url=http://x.example'><p>words")


LISTS = (
    (
        "word",
        "two",
        "слов",
        "\U0001f600w",
        "longer words",
        "wo",
        "ab",
        "ba",
        "aa",
        "中文",
        "é!",
        "入侵",
        "e侵",
        "\u0165a",
    ),
    tuple(a + b + c for a in "abcdefgh" for b in "ijklmn" for c in "opqrstuv"),
    (*triggers.TELLING, *linkeddata.MARKS),
)


@pytest.mark.parametrize("words", LISTS, ids=["some", "many", "scripts"])
@pytest.mark.parametrize("seed", range(4))
def test_words_are_found_wherever_they_stand(words: tuple[str, ...], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    watch = kernels.phrases.Words(words)
    for _ in range(500):
        text = "".join(_crumb(words, chance) for _ in range(chance.randrange(30)))
        there = {word for word in words if word in text}
        assert watch.found_in(text) == there
        assert bool(watch.found_in(text, True)) is bool(there)
        start = chance.randrange(len(text) + 1)
        end = chance.randrange(start, len(text) + 1)
        edge = chance.choice((4, 10, 40))
        part = text[start:end] if end - start <= 2 * edge else text[start : start + edge] + text[end - edge : end]
        assert watch.may_stand_in(text, start, end, edge) is any(word in part for word in words)


def _crumb(words: tuple[str, ...], chance: random.Random) -> str:
    word = chance.choice(words)
    at = chance.randrange(len(word) + 1)
    return chance.choice((word, word[at:], word[:at], " ", "<", '"', "\0", "\xe9", "\u0141", "\U0001f600", " " * at))


def test_a_list_of_words_is_long_and_its_words_are_not_short() -> None:
    with pytest.raises(ValueError, match="single letter"):
        kernels.phrases.Words(("word", "a"))
    assert Watch(("word",)).found_in("a word" * 300) == {"word"}
