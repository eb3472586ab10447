from __future__ import annotations

import pytest

from spamguard import Guard


@pytest.fixture(scope="session")
def guard() -> Guard:
    return Guard()
