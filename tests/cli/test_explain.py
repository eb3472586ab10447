from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Invoke

SPAM = b"<p>a</p><spam>slot</spam>"


def test_everything_about_one_file(invoke: Invoke, site: Path) -> None:
    (site / "a.html").write_bytes(SPAM)
    result = invoke("explain", "a.html")
    assert result.exit_code == 1
    assert "a.html: infected\n" in result.stdout
    assert "+2.5 words of betting stand close together" in result.stdout
    assert "bytes 8-25, id f8" in result.stdout
    assert "came close:\n    line 7, 0.31: nearly [2Jspam\n" in result.stdout


@pytest.mark.parametrize(
    ("file", "code"), [("clean.html", 0), ("large.html", 3), ("missing.html", 2), (".", 2), ("raises.html", 2)]
)
def test_exit_codes(invoke: Invoke, site: Path, file: str, code: int) -> None:
    (site / "clean.html").write_bytes(b"<p>a</p>")
    (site / "large.html").write_bytes(b"x" * 10_001)
    (site / "raises.html").write_bytes(b"RAISE")
    assert invoke("explain", file).exit_code == code


def test_standard_input(invoke: Invoke) -> None:
    assert invoke("explain", "-", stdin=SPAM).exit_code == 1
