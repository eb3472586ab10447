"""What several rooms' tests ask for."""

from __future__ import annotations

import pytest


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """One entry for each page that was looked at closely."""
    import spamguard.closer  # asked for by few tests, and a good part of the program

    made: list[bool] = []
    look = spamguard.closer.look

    def noted(*given: object, **named: object) -> object:
        made.append(True)
        return look(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(spamguard.closer, "look", noted)
    return made
