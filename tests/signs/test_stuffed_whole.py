"""An element that was nothing but a list of what is sold goes with the list; a picture of the page's own stays."""

from __future__ import annotations

import pytest

import spamguard

PAGE = (
    "<html>\n<head>\n<title>Village library</title>\n</head>\n<body>\n<p>The library opens at nine.</p>%s\n"
    "<p>Bring your card with you.</p>\n</body>\n</html>\n"
)
LIST = "slot gacor, togel online, judi bola, situs slot88, casino online, bandar togel, poker online"


def _cleaned(element: str) -> str:
    return spamguard.clean((PAGE % element).encode(), path="page.html").data.decode()


@pytest.mark.parametrize(
    "element",
    [
        f'<input type="hidden" name="tags" value="{LIST}">',
        f'<a href="https://a.example.com/" title="{LIST}"></a>',
        f'<img src="/x.png" width="1" height="1" alt="{LIST}">',
    ],
    ids=["field", "link", "dot"],
)
def test_an_element_that_holds_nothing_else_goes(element: str) -> None:
    assert _cleaned(element) == PAGE % ""


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ('<form action="/find"><input type="hidden" name="tags" value="', '"></form>'),
        ('<img src="/roses.jpg" width="300" height="200" alt="', '">'),
    ],
    ids=["form", "picture"],
)
def test_an_element_of_the_page_loses_only_the_list(before: str, behind: str) -> None:
    assert _cleaned(before + LIST + behind) == PAGE % (before + behind)


@pytest.mark.parametrize("name", ["title", "data-tags", "aria-label"])
def test_what_only_says_something_goes_with_its_name(name: str) -> None:
    assert _cleaned(f'<a href="/roses" {name}="{LIST}">Roses</a>') == PAGE % '<a href="/roses">Roses</a>'
