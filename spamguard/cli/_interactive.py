"""``clean --interactive``: the blocks one by one, with the evidence and a diff in view."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from spamguard.cli._console import Output, standard_error, style_for
from spamguard.errors import UsageError
from spamguard.removal.chosen import codec_on_disk
from spamguard.report.sanitize import cut, defang, escaped
from spamguard.report.text import counted, finding_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spamguard.findings import Edit, Finding
    from spamguard.report.style import Style
    from spamguard.verdicts import FileReport

_CONTEXT_BYTES: Final = 400  # even, so that UTF-16 is not read from the middle of a character
_CONTEXT_LINES: Final = 2
_MOST_LINES: Final = 40
_LINES_WIDE: Final = 4
"""A line of the page may fill so many lines of the screen."""
_KEYS: Final = "y,n,a,s,q,?"
_HELP: Final = """\
y - take this block out
n - leave this block
a - take out this block and all that follow in this file
s - leave this block and all that follow in this file
q - leave this block and stop; what was taken out so far stays out
? - show this help
"""


def require_terminal() -> None:
    """Raise :class:`UsageError` unless there is somebody to ask."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("--interactive asks block by block: it needs a terminal on standard input")


@dataclass(slots=True)
class Asker:
    """Asks on standard error which blocks are taken out; standard output is left to the report."""

    out: Output
    style: Style
    stopped: bool = field(default=False)
    """Set when the operator has had enough."""

    def choose(self, report: FileReport, data: bytes) -> frozenset[str]:
        """The ids of the findings of one file that the operator wants out."""
        wanted: set[str] = set()
        findings = [finding for finding in report.findings if finding.edits]
        codec = codec_on_disk(report.encoding)
        for number, finding in enumerate(findings):
            for line in _shown(report, finding, data, codec, self.style):
                self.out.text(f"{line}\n")
            answer = self._ask(f"block {number + 1} of {len(findings)}")
            if answer == "a":
                wanted.update(one.id for one in findings[number:])
            elif answer == "y":
                wanted.add(finding.id)
                continue
            elif answer == "n":
                continue
            self.stopped = answer == "q"
            break
        return frozenset(wanted)

    def _ask(self, what: str) -> str:
        while True:
            self.out.text(self.style.paint(f"{what}: take it out [{_KEYS}]? ", "bold"))
            self.out.stream.flush()
            line = sys.stdin.buffer.readline()
            if not line:  # the terminal has gone, or end of file was typed
                self.out.text("\n")
                return "q"
            answer = line.strip().lower().decode("ascii", "replace")
            if answer in {"y", "n", "a", "s", "q"}:
                return answer
            self.out.text(_HELP)


def make_asker(color: str) -> Asker:
    """Make an asker for the terminal that spamguard runs on."""
    out = standard_error()
    return Asker(out, style_for(out, color))


def _shown(report: FileReport, finding: Finding, data: bytes, codec: str, style: Style) -> Iterator[str]:
    yield ""
    yield from finding_lines(report, finding, style, reasons=len(finding.evidence))
    for edit in finding.edits:
        yield style.paint(f"@@ bytes {edit.start}-{edit.end} @@", "cyan")
        yield from _diff(data, edit, codec, style)


def _diff(data: bytes, edit: Edit, codec: str, style: Style) -> Iterator[str]:
    """The edit with what stands around it. Unlike a patch it is broken at the edit: pages may be one line long."""
    before = _text(data[max(0, edit.start - _CONTEXT_BYTES) : edit.start], codec)[-_CONTEXT_LINES:]
    after = _text(data[edit.end : edit.end + _CONTEXT_BYTES], codec)[:_CONTEXT_LINES]
    removed = _text(data[edit.start : edit.end], codec)
    room = _LINES_WIDE * style.width
    yield from (f" {cut(line, room)}" for line in before)
    yield from (style.paint(f"-{cut(line, room)}", "red") for line in removed[:_MOST_LINES])
    if len(removed) > _MOST_LINES:
        yield style.paint(f"- ... and {counted(len(removed) - _MOST_LINES, 'line')} more", "red")
    yield from (style.paint(f"+{cut(_safe(line), room)}", "green") for line in edit.replacement.splitlines())
    yield from (f" {cut(line, room)}" for line in after)


def _text(data: bytes, codec: str) -> list[str]:
    # Only context can be cut inside a character; what is taken out never is.
    return [_safe(line) for line in data.decode(codec, "replace").splitlines() if line.strip()]


def _safe(line: str) -> str:
    return defang(escaped(line.replace("\t", " ")))
