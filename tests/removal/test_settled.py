"""What cleaning promises of any page: it only takes away, and once is enough."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from spamguard.guard import Guard
from tests.forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parent.parent.parent / "data"
PAGES = sorted(path for path in chain((DATA / "sample-site").rglob("*.html"), (DATA / "sample-site").rglob("*.txt")))


@pytest.fixture(scope="module")
def guard() -> Guard:
    return Guard()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", PAGES, ids=[str(path.relative_to(DATA)) for path in PAGES])
def test_a_second_cleaning_changes_nothing_more(guard: Guard, path: Path, form: Callable[[bytes], bytes]) -> None:
    once = guard.clean(form(path.read_bytes()), path=path.name)
    assert guard.clean(once.data, path=path.name).data == once.data


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", PAGES, ids=[str(path.relative_to(DATA)) for path in PAGES])
def test_what_is_left_are_the_pages_own_bytes_in_their_order(
    guard: Guard, path: Path, form: Callable[[bytes], bytes]
) -> None:
    page = form(path.read_bytes())
    cleaned = guard.clean(page, path=path.name)
    if any(edit.replacement for edit in cleaned.report.safe_edits()):
        pytest.skip("a true title is put back")
    left = iter(page)
    assert all(byte in left for byte in cleaned.data)
