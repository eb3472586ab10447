from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

import spamguard.guard
from spamguard.cli import cli
from spamguard.guard import Guard, Settings

Fetch = Callable[..., Result]
FetchData = Callable[..., tuple[list[dict[str, Any]], int]]


@pytest.fixture(scope="session")
def guard() -> Guard:
    return Guard()


@pytest.fixture
def fetch(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> Fetch:
    """Call the command against sites of this machine, without waiting between visits; the model is loaded once."""

    def made(settings: Settings) -> Guard:
        return guard if settings == Settings() else Guard(settings)

    monkeypatch.setattr(spamguard.guard, "Guard", made)

    def call(*arguments: str, private: bool = True) -> Result:
        allowed = ["--allow-private"] if private else []
        return CliRunner().invoke(cli, ["fetch", "--delay", "0", *allowed, *arguments], prog_name="spamguard")

    return call


@pytest.fixture
def fetch_data(fetch: Fetch) -> FetchData:
    """Call the command; give the report lines as data, and the exit code."""

    def call(*arguments: str, private: bool = True) -> tuple[list[dict[str, Any]], int]:
        result = fetch("--format", "jsonl", *arguments, private=private)
        assert "Traceback" not in result.stderr, result.stderr
        return [json.loads(line) for line in result.stdout.splitlines()], result.exit_code

    return call
