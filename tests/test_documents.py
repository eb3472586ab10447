"""The examples in the documents run, in their order and one namespace, and print what the documents say."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "data" / "sample-site" / "site" / "en-school.html"
_FENCED = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """A block of Python; ``printed`` is the text block that follows it at once, if one does."""

    line: int
    code: str
    runs: bool
    printed: str | None


def _examples(text: str) -> list[Example]:
    fences = list(_FENCED.finditer(text))
    examples = []
    for fence, following in zip(fences, [*fences[1:], None], strict=True):
        kind, *marks = fence[1].split() or [""]
        if kind != "python":
            continue
        joined = following is not None and not text[fence.end() : following.start()].strip() and following[1] == "text"
        line = text.count("\n", 0, fence.start(2))
        examples.append(Example(line, fence[2], marks != ["no-run"], following[2] if joined and following else None))
    return examples


@pytest.mark.parametrize(("document", "at_least"), [("README.md", 1), ("docs/python.md", 12)])
def test_the_examples_run_and_print_what_they_say(
    document: str, at_least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copyfile(PAGE, tmp_path / "page.html")
    monkeypatch.chdir(tmp_path)
    examples = _examples((ROOT / document).read_text(encoding="utf-8"))
    assert sum(example.runs for example in examples) >= at_least
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for example in examples:
        # Empty lines in front, so that a traceback names the line of the document.
        code = compile("\n" * example.line + example.code, str(ROOT / document), "exec")
        if not example.runs:
            continue
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(code, namespace)  # noqa: S102 - our own documents
        if example.printed is not None:
            assert printed.getvalue() == example.printed, f"{document}:{example.line}"


def test_links_inside_the_repository_lead_somewhere() -> None:
    for document in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)\s]*)?\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_every_rule_that_the_program_can_name_is_explained() -> None:
    told = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")))
    named = set()
    for source in (ROOT / "spamguard" / "signs").glob("*.py"):
        named |= set(re.findall(r'(?:rule=|sight, )"([a-z]+-[a-z-]+)"', source.read_text(encoding="utf-8")))
    plan = (ROOT / "spamguard" / "removal" / "plan.py").read_text(encoding="utf-8")
    named |= set(re.findall(r'"((?:spam|hidden|link|keyword)-[a-z]+)"', plan))
    assert len(named) > 12
    assert named <= told, sorted(named - told)
