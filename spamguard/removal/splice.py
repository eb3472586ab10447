"""The one function that changes bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spamguard.errors import PlanRefused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spamguard.findings import Edit


def splice(data: bytes, edits: Iterable[Edit], codec: str) -> bytes:
    """Apply edits to a file; untouched bytes are copied as they are.

    ``codec`` writes the replacements. Raises :class:`PlanRefused` when edits overlap or leave the file.
    """
    parts: list[bytes] = []
    last = 0
    for edit in checked(edits, len(data)):
        parts += (data[last : edit.start], edit.replacement.encode(codec, "xmlcharrefreplace"))
        last = edit.end
    parts.append(data[last:])
    return b"".join(parts)


def checked(edits: Iterable[Edit], size: int) -> list[Edit]:
    """The edits in order. Raises :class:`PlanRefused` when they overlap or leave a file of ``size`` bytes."""
    ordered = sorted(edits)
    last = 0
    for edit in ordered:
        if edit.start < last or edit.end < edit.start or edit.end > size:
            raise PlanRefused(f"edits overlap or leave the file at byte {edit.start}")
        last = edit.end
    return ordered
