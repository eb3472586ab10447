"""Style sheets that are broken: honest text under them stays."""

from __future__ import annotations

import pytest

import spamguard


@pytest.mark.parametrize("sheet", [50_000 * mark for mark in ("{", "}", "@media", "/*", "\\", '"')])
def test_honest_text_under_a_broken_sheet_stays(sheet: str) -> None:
    page = (
        f"<html><head><title>Boat club</title>\n<style>{sheet}</style>\n</head>\n<body>\n<h1>Boat club</h1>\n"
        "<p>We row on Sundays. Everybody is welcome at the boat house at nine.</p>\n</body></html>\n"
    ).encode()
    assert spamguard.clean(page, path="page.html").data == page
