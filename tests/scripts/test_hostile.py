"""A hostile script costs a bounded amount of work, and what ended the reading has a name."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from spamguard.scripts.read import LONGEST, read_script
from spamguard.scripts.reading import Reading, Use
from spamguard.scripts.state import MOST_TEXT
from tests.work import grows_evenly

if TYPE_CHECKING:
    from collections.abc import Callable


def reading(script: str | bytes) -> Reading:
    raw = script.encode() if isinstance(script, str) else script
    return read_script(raw, 0, len(raw), "utf-8")


def nested(levels: int) -> str:
    script = "document.write('<b>')"
    for _ in range(levels):
        script = f"eval(atob('{base64.b64encode(script.encode()).decode()}'))"
    return script


def test_a_hundred_megabytes_of_escapes() -> None:
    found = reading(b'document.write("' + b"\\x5c" * 25_000_000 + b'")')
    assert found.stopped == "the script is longer than what is read of it"
    assert sum(len(saying.text) for saying in found.sayings) < LONGEST


@pytest.mark.parametrize(
    "opening", ["(", "[", "{", "f(", "a[", "function(){", "x=>{", "(function(){", "a=", "new ", "'a'+("]
)
def test_ten_thousand_levels(opening: str) -> None:
    found = reading(opening * 10_000 + "document.write('<b>')")
    assert found.stopped is not None
    if len(opening) * 10_000 < LONGEST:
        assert [saying.text for saying in found.used(Use.WRITTEN)] == ["<b>"]


def test_texts_evaluated_in_texts() -> None:
    assert [saying.text for saying in reading(nested(5)).used(Use.WRITTEN)] == ["<b>"]
    assert reading(nested(9)).stopped == "it evaluates texts that evaluate texts, more than 6 times over"


def test_brackets_in_texts_in_brackets() -> None:
    script = "document.write('<b>')"
    for _ in range(6):
        script = "f(" * 38 + f"eval(atob('{base64.b64encode(script.encode()).decode()}'))" + ")" * 38
    assert [saying.text for saying in reading(script).used(Use.WRITTEN)] == ["<b>"]


def test_a_script_that_evaluates_itself() -> None:
    found = reading("s='eval(s)';eval(s)")
    assert found.stopped == "it evaluates texts that evaluate texts, more than 6 times over"


def test_a_packer_that_unpacks_to_itself() -> None:
    packer = "eval(function(p,a,c,k,e,d){return p}(s,10,1,['s'],0,{}))"
    found = reading(f's="{packer}";{packer}')
    assert found.stopped == "it evaluates texts that evaluate texts, more than 6 times over"


@pytest.mark.parametrize(
    "script",
    [
        "a='xxxxxxxx';" + "a+=a;" * 60,
        "a='xxxxxxxx';" + "a=[a,a,a,a,a,a,a,a].join(a);" * 60,
        "a='xxxxxxxx';" + "a=a.replace('x',a);" * 60,
        "a='xxxxxxxx';" + "a=a.split('').join(a);" * 60,
        "a=['x'];" + "a=a.concat(a);" * 60 + "document.write(a.join(''))",
        "a='x'," + "a=a+a+a+a+a+a+a+a," * 60,
        "eval(function(p,a,c,k,e,d){return p}('" + "0 " * 15_000 + "',10,1,['" + "x" * 20_000 + "'],0,{}))",
        "eval(function(p,a,c,k,e,d){return p}('0',10,1,['x'],0,{}));" * 5 + "a='y';" + "a+=a+a;" * 40,
    ],
)
def test_strings_that_grow(script: str) -> None:
    found = reading(script)
    assert found.stopped is not None
    assert sum(len(saying.text) for saying in found.sayings) < 4 * MOST_TEXT


@pytest.mark.parametrize(
    "piece",
    [
        "'\\'", '"\\"', "`${", "/*", "=/[", "=/a", "a.b", "a()", "a['b']", "'a'+", "[", "(", "{", ")", "}", ",", "a=",
        "var a='x';", "x?.y", "eval('a');", "unescape('%3C')+", "function f(a){", "\\u0061", "<!--", "1+", "=>", "\\",
        "for(i=0;i<9;i++){a+='x';", "for(i=0;i<9;i++)f(i);", "(a=>b.src=a+c)('x');", "[1,2,3].map(a=>", "{a:", "async ",
        "function f(a){b.src=a+c}f('x');", "x=>", "`${a}`,", "for(k of ['a','b'])",
    ],
)  # fmt: skip
def test_work_grows_with_the_size(piece: str) -> None:
    def work(size: int) -> Callable[[], object]:
        raw = (piece * size).encode()
        return lambda: read_script(raw, 0, len(raw), "utf-8")

    grows_evenly(work, 400)
