"""A post that sells among posts that do not goes unasked; one that an owner may stand behind does not."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged

FISH = (
    "<h2><a href='/n/1'>The children's corner</a></h2><p>It has a carpet now, and a fish that looks at everybody.</p>"
)
LAMPS = "<h2><a href='/n/2'>New lamps</a></h2><p>You can read the small print again. The old ones are in the shed.</p>"
PILLS = (
    "<h3><a href='/n/4'>Buy viagra online without prescription</a></h3><p>Generic cialis and cheap tramadol are "
    "shipped overnight from an online pharmacy. Order kamagra today and buy levitra online.</p>"
)
LOANS = (
    "<h3><a href='/n/5'>Payday loans online with no credit check</a></h3><p>Get instant payday loans and bad credit "
    "loans within an hour. Cash advance loans are paid the same day.</p>"
)
CASINO = (
    "<h2><a href='/n/6'>The Newest Gambling Enterprise With No Deposit Bonus</a></h2><p>Gambling establishment players "
    "can claim free spins no deposit and play slot games for real cash. The casino welcome offer accepts bitcoin.</p>"
)


def _page(*posts: str, wrapper: str = "<article>{}</article>\n") -> str:
    return HEAD + BODY + "<section>\n" + "".join(wrapper.format(post) for post in posts) + "</section>\n" + TAIL


@pytest.mark.parametrize("wrapper", ["<article>{}</article>\n", "<div class='post'>{}</div>\n"])
@pytest.mark.parametrize("post", [PILLS, LOANS, CASINO], ids=["pills", "loans", "casino"])
def test_a_post_that_sells_among_others_goes(post: str, wrapper: str) -> None:
    verdict, _, cleaned = judged(_page(FISH, post, LAMPS, wrapper=wrapper))
    assert (verdict, cleaned) == ("infected", _page(FISH, LAMPS, wrapper=wrapper))


@pytest.mark.parametrize(
    "posts",
    [
        (FISH, PILLS.replace("<p>", "<p>Advertisement. "), LAMPS),
        (FISH, LOANS.replace("Cash", "The police warn of them. Cash"), LAMPS),
        (PILLS, LOANS),
        (FISH + LAMPS + CASINO,),
    ],
    ids=["labelled", "reported", "no other", "one post"],
)
def test_what_may_be_the_owner_s_is_not_cut_unasked(posts: tuple[str, ...]) -> None:
    page = _page(*posts)
    _, findings, cleaned = judged(page)
    assert cleaned == page
    assert all(finding.disposition == "review" for finding in findings)


def test_posts_that_name_such_things_stay() -> None:
    page = _page(
        FISH,
        "<h2><a href='/n/7'>What the casino did to our high street</a></h2><p>Nine shops shut. It has a live band "
        "and slot games, and nobody talks there.</p>",
        LAMPS,
    )
    assert judged(page) == ("clean", (), page)
