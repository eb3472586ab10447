"""Results on disk: one Markdown table and one JSON file a part, and folds that are not run twice."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any

from benchmarks._machine import table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from benchmarks.study.setting import Study
    from spamguard.training.figures import Figure

_STARTED = time.monotonic()


def say(text: str) -> None:
    """Progress, on the error stream."""
    print(f"[{time.monotonic() - _STARTED:6.0f} s] {text}", file=sys.stderr, flush=True)


def kept(path: Path, key: str, made: Callable[[], Any]) -> Any:
    """What ``made`` returns (JSON), or what it returned under the same key before."""
    if path.is_file():
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["key"] == key:
            say(f"{path.stem}: kept from an earlier run")
            return stored["result"]
    result = made()
    temporary = path.with_suffix(".part")
    temporary.write_text(json.dumps({"key": key, "result": result}, ensure_ascii=False), encoding="utf-8")
    os.replace(temporary, path)  # noqa: PTH105 - a fold that was killed half-way must not count
    return result


def report(
    study: Study, part: str, told: str, tables: Sequence[tuple[str, Sequence[str], Sequence[Sequence[str]]]], data: Any
) -> None:
    """Write ``PART.md`` and ``PART.json`` and print the former; every table is ``(title, head, rows)``."""
    facts = study.stated()
    lines = [f"# {part}", "", told, "", *(f"- {name.replace('_', ' ')}: {value}" for name, value in facts.items())]
    for title, head, rows in tables:
        lines += ["", f"## {title}", "", table(head, rows) if rows else "(nothing)"]
    lines += ["", "Brackets hold 95 % intervals: Wilson for shares of pages, bootstrap over pages for bytes.", ""]
    study.out.mkdir(parents=True, exist_ok=True)
    text = "\n".join(lines)
    (study.out / f"{part}.md").write_text(text, encoding="utf-8")
    whole = json.dumps(facts | {"part": part, "result": data}, indent=1, ensure_ascii=False, default=_plain)
    (study.out / f"{part}.json").write_text(whole + "\n", encoding="utf-8")
    print(text)


def _plain(value: object) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no place in a JSON file")


def percent(figure: Figure, digits: int = 1) -> str:
    """A share with its interval."""
    if figure.value is None:
        return "-"
    value = f"{100 * figure.value:.{digits}f}"
    if figure.low is None or figure.high is None:
        return value
    return f"{value} [{100 * figure.low:.{digits}f}-{100 * figure.high:.{digits}f}]"
