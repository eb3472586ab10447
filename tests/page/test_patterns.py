from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from spamguard import page
from spamguard.page.patterns import pattern

MODULES = sorted(path.stem for path in Path(page.__path__[0]).glob("[a-z]*.py"))


def test_it_does_what_a_compiled_pattern_does() -> None:
    late, compiled = pattern(r"(?P<word>[a-z]+)", re.IGNORECASE), re.compile(r"(?P<word>[a-z]+)", re.IGNORECASE)
    for text in ("One two", "", "12"):
        assert late.findall(text) == compiled.findall(text)
        assert [match.span() for match in late.finditer(text)] == [match.span() for match in compiled.finditer(text)]
        assert late.sub("x", text) == compiled.sub("x", text)
    match = late.search("12 Three", 1)
    assert match is not None
    assert match["word"] == "Three"
    assert (late.pattern, late.flags, late.groups) == (compiled.pattern, compiled.flags, compiled.groups)


def test_it_reads_bytes() -> None:
    assert pattern(rb"<(\w+)").findall(b"<p><br>") == [b"p", b"br"]


def test_it_has_no_other_attributes() -> None:
    assert not hasattr(pattern("a"), "replace")
    assert not hasattr(pattern("a"), "__wrapped__")


@pytest.mark.parametrize("module", MODULES)
def test_every_pattern_of_the_room_compiles(module: str) -> None:
    late = type(pattern(""))
    for value in vars(import_module(f"spamguard.page.{module}")).values():
        if isinstance(value, late):
            re.compile(value.pattern, value.flags)
