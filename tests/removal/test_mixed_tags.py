"""A tag of the head in which the page's own words stand beside spam is not taken as a whole, and not without asking."""

from __future__ import annotations

import pytest

import spamguard

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta name="{name}" content="{value}">
<title>Sampleton Gazette</title>
</head>
<body>
<p>The council mends the bridge in May, says the miller, and the geese may cross it on foot until then.</p>
<p>The library opens on Mondays. Who owes it a book brings a cake.</p>
</body>
</html>
"""
SPAM = [
    "buy viagra online, cheap cialis no prescription, online casino bonus",
    "казино онлайн, вулкан слоты, купить диплом",
]


@pytest.mark.parametrize("spam", SPAM, ids=["en", "ru"])
@pytest.mark.parametrize(
    ("name", "value", "own"),
    [
        ("description", "{own} {spam}.", "The paper of the village, twice a week."),
        ("description", "{spam}. {own}", "The paper of the village, twice a week."),
        ("keywords", "{own}, {spam}", "village gazette"),
        ("keywords", "{spam}, {own}", "village gazette"),
    ],
)
def test_own_words_in_a_tag_stay_until_somebody_is_asked(name: str, value: str, own: str, spam: str) -> None:
    page = PAGE.format(name=name, value=value.format(own=own, spam=spam)).encode()
    cleaned = spamguard.clean(page, path="page.html")
    assert own.encode() in cleaned.data


def test_a_tag_that_is_all_spam_goes_as_a_whole() -> None:
    page = PAGE.format(name="keywords", value=SPAM[0] + ", viagra pills").encode()
    cleaned = spamguard.clean(page, path="page.html").data
    assert b"keywords" not in cleaned
    assert b"viagra" not in cleaned
