from __future__ import annotations

import random
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from spamguard.training import honest

LANGUAGES = (
    "ar",
    "de",
    "en",
    "es",
    "fr",
    "hi",
    "id",
    "it",
    "ja",
    "ko",
    "pl",
    "pt",
    "ru",
    "th",
    "tr",
    "vi",
    "zh",
    "zh-Hant",
)
HIDDEN_KINDS = ("C07", "C08", "C09", "C10", "C11", "C12", "C13", "C14", "C15", "C16", "C19", "C22", "C23")
HIDING = re.compile(r"display:\s*none|visibility:\s*hidden|opacity:\s*0|text-indent:\s*-|(left|top):\s*-|clip:")


def _seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311


class _Balance(HTMLParser):
    """Counts open elements of the kinds that must be closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.open[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        self.open[tag] -= 1


@pytest.mark.parametrize("kind", honest.kinds())
def test_every_kind_speaks_every_language_it_claims(kind: str) -> None:
    for language in honest.languages(kind):
        for seed in range(3):
            made = honest.page(_seeded(seed), kind=kind, language=language)
            text = made.data.decode("utf-8")
            assert (made.kind, made.language) == (kind, language)
            assert re.search(honest.promise(kind), text, re.IGNORECASE | re.DOTALL), (language, seed)
            assert not re.search(r"\[=?[a-z][a-z_]*(\*|\])", text), "a part was left unfilled"
            assert "~" not in text
            assert text.count("<title>") == 1
            assert text.count("</html>") == 1


def test_elements_are_closed() -> None:
    for seed in range(150):
        made = honest.page(_seeded(seed))
        balance = _Balance()
        balance.feed(made.data.decode("utf-8"))
        for tag in ("div", "ul", "table", "tr", "p", "a", "span", "form", "script"):
            assert balance.open[tag] == 0, (seed, made.kind, made.language, tag)


def test_all_look_alikes_are_there() -> None:
    assert honest.kinds() == tuple(f"C{number:02d}" for number in range(1, 78))
    assert {language for kind in honest.kinds() for language in honest.languages(kind)} == set(LANGUAGES)


@pytest.mark.parametrize("kind", HIDDEN_KINDS)
def test_hidden_kinds_hide_something(kind: str) -> None:
    for seed in range(10):
        assert HIDING.search(honest.page(_seeded(seed), kind=kind).data.decode("utf-8"))


def test_same_seed_same_bytes() -> None:
    for seed in range(20):
        assert honest.page(_seeded(seed)) == honest.page(_seeded(seed))


def test_pages_differ() -> None:
    made = {honest.page(_seeded(seed), kind="C02", language="fr").data for seed in range(40)}
    assert len(made) == 40


def test_links_go_to_reserved_hosts_only() -> None:
    for seed in range(200):
        text = honest.page(_seeded(seed)).data.decode("utf-8")
        for host in re.findall(r"https?://([\w.-]+)", text):
            assert host in {"www.w3.org", "schema.org"} or re.search(r"(^|\.)example\.(org|com|net)$", host), host


def test_only_affiliate_pages_are_native() -> None:
    native = {kind for kind in honest.kinds() if honest.page(_seeded(1), kind=kind).native}
    assert native == {"C74", "C76"}


def test_a_language_that_a_kind_does_not_speak_is_refused() -> None:
    with pytest.raises(ValueError, match="C51"):
        honest.page(_seeded(1), kind="C51", language="pl")


def test_a_language_alone_is_enough() -> None:
    assert honest.page(_seeded(3), language="hi").language == "hi"
