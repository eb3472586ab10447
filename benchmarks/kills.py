"""Kill ``spamguard clean --write`` at random instants, and ``undo`` too: is any file ever lost, torn or not restored?

Run as ``python -m benchmarks.kills``; ``benchmarks/README.md`` says how to read the table.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks._machine import heading, table
from benchmarks._pages import ROOT
from spamguard.cli import _run, cli
from spamguard.guard import Guard
from spamguard.run.journal import prepare
from spamguard.run.runlog import read_run, run_ids
from spamguard.run.undo import looked_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spamguard.run.runner import HasMaxBytes, Judge
    from spamguard.verdicts import Cleaned, FileReport

INFECTED = ROOT / "data" / "sample-site" / "site"
_BODY = b"<p>Note %d of the parish office: the hall is open on day %d of the month.</p>"


@dataclass(frozen=True, slots=True)
class Site:
    """A folder of pages, and what each is before and after cleaning."""

    folder: Path
    before: dict[str, bytes]
    after: dict[str, bytes]


@dataclass(slots=True)
class Found:
    """Counts over all rounds. Whatever is in ``wrong`` should not have happened."""

    killed: int = 0
    undo_killed: int = 0
    within_a_step: int = 0
    strays: int = 0
    """Temporary files that a killed process left in the site; all must be gone after ``undo``."""
    written: list[int] = field(default_factory=list)
    """Files that were clean when the process was killed, a number a round."""
    wrong: Counter[str] = field(default_factory=Counter)


class _Known:
    """Gives the reports that were made before: what is killed is then the writing, not the judging."""

    def __init__(self, known: dict[bytes, Cleaned]) -> None:
        self._known = known

    def scan(self, data: bytes, *, path: str | None = None) -> FileReport:
        return self.clean(data, path=path).report

    def clean(self, data: bytes, *, path: str | None = None, unsafe: bool = False) -> Cleaned:  # noqa: ARG002
        cleaned = self._known[hashlib.sha256(data).digest()]
        return replace(cleaned, report=replace(cleaned.report, path=path or "-"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill and count; returns 1 if anything went wrong."""
    options = _options(arguments)
    # The threads that newer Pythons warn of are those of NumPy, which the forked processes do not use.
    warnings.filterwarnings("ignore", message=".*fork.*", category=DeprecationWarning)
    chance = random.Random(options.seed)  # noqa: S311 - a seed that can be repeated, not a secret
    with tempfile.TemporaryDirectory(prefix="spamguard-kills-") as folder:
        site = _build(Path(folder) / "site", options.files)
        journal = Path(folder) / "journal"
        clean = partial(_command, "clean", "--write", "--quiet", "--journal", str(journal), str(site.folder))
        undo = partial(_command, "undo", "--quiet", "--journal", str(journal))
        import_module("spamguard.cli._write")  # or every process would begin with that
        start = time.perf_counter()
        _ended(clean)
        seconds = time.perf_counter() - start
        if _ended(undo) != 0 or not _infected(site):
            raise SystemExit("a run that nobody kills does not work: there is nothing to measure")
        found = Found()
        for number in range(options.kills):
            _round(site, journal, clean, undo, seconds, chance, found)
            if options.progress and (number + 1) % options.progress == 0:
                print(f"{number + 1} kills: {_wrong(found)}", file=sys.stderr, flush=True)
            _ended(partial(_command, "undo", "--quiet", "--journal", str(journal), "--prune", "0"))
    print(heading("Kills", ["spamguard", "click"]))
    print(f"run:       {options.kills} kills, {len(site.before):,} files, {len(_infected(site)):,} of them infected;")
    print(f"           seed {options.seed}; a run that nobody kills took {seconds:.1f} s, kills are drawn from that")
    print()
    print(report(found))
    return 1 if found.wrong else 0


def report(found: Found) -> str:
    """Lay out the table."""
    written = sorted(found.written)
    middle = written[len(written) // 2] if written else 0
    rows = [
        ("clean --write killed while it ran", f"{found.killed:,}"),
        ("of these within the change of a file", f"{found.within_a_step:,}"),
        ("files clean at the kill: least / median / most", f"{written[0]:,} / {middle:,} / {written[-1]:,}"),
        ("undo killed while it ran, then done again", f"{found.undo_killed:,}"),
        ("temporary files a kill left, all removed by undo", f"{found.strays:,}"),
    ]
    rows += [(f"WRONG: {what}", f"{count:,}") for what, count in found.wrong.items()]
    rows.append(("files lost, torn, not restored or misreported", f"{found.wrong.total():,}"))
    return table(("", "count"), rows)


def _round(
    site: Site,
    journal: Path,
    clean: Callable[[], None],
    undo: Callable[[], None],
    seconds: float,
    chance: random.Random,
    found: Found,
) -> None:
    found.killed += _killed(clean, chance.uniform(0, seconds))
    kept = prepare(str(journal))
    runs = run_ids(kept)
    found.within_a_step += any(read_run(kept, run).open is not None for run in runs)
    told = {Path(file.path).name for run in runs for file in looked_at(kept, run).files.values() if file.put_back == ()}
    cleaned = _look(site, found)
    found.written.append(len(cleaned))
    found.wrong["files of which the journal did not know the state"] += len(told ^ cleaned)
    if chance.random() < 0.5:
        found.undo_killed += _killed(undo, chance.uniform(0, seconds * len(cleaned) / max(1, len(_infected(site)))))
        still = _look(site, found)
        found.wrong["undo took out what was in"] += len(still - cleaned)
    _ended(undo)
    left = sorted(path.name for path in site.folder.iterdir())
    found.wrong["temporary files left after undo"] += sum(name not in site.before for name in left)
    found.wrong["files not restored"] += sum(not _has(site.folder / name, page) for name, page in site.before.items())
    found.wrong += Counter()  # drops what did not happen


def _look(site: Site, found: Found) -> set[str]:
    """Count what is neither old nor new, and the strays; returns the names of cleaned files."""
    cleaned = set()
    for name, before in site.before.items():
        path = site.folder / name
        if _has(path, before):
            continue
        if _has(path, site.after[name]):
            cleaned.add(name)
        else:
            found.wrong["files lost or torn"] += 1
    found.strays += sum(path.name not in site.before for path in site.folder.iterdir())
    return cleaned


def _build(folder: Path, files: int) -> Site:
    """Write the pages, no two alike, and judge them once for all rounds."""
    folder.mkdir()
    guard = Guard()
    templates = [(path.name, path.read_bytes()) for path in sorted(INFECTED.iterdir())]
    before: dict[str, bytes] = {}
    known: dict[bytes, Cleaned] = {}
    for number in range(files):
        name, template = templates[number % len(templates)]
        page = template.replace(b"</body>", _BODY % (number, number % 28 + 1) + b"</body>")
        if page == template:
            page += b"\nNote %d of the parish office.\n" % number
        cleaned = guard.clean(page)
        before[f"{number:06d}-{name}"] = page
        (folder / f"{number:06d}-{name}").write_bytes(page)
        for data, result in ((page, cleaned), (cleaned.data, guard.clean(cleaned.data))):
            known[hashlib.sha256(data).digest()] = result
    after = {name: known[hashlib.sha256(page).digest()].data for name, page in before.items()}
    vars(_run)["load_guard"] = partial(_known, _Known(known))
    return Site(folder, before, after)


def _known(judge: Judge, _settings: HasMaxBytes) -> Judge:
    return judge


def _infected(site: Site) -> list[str]:
    return [name for name, page in site.before.items() if site.after[name] != page]


def _killed(command: Callable[[], None], after: float) -> bool:
    """Run a command in a process of its own and kill that; False if it had ended before."""
    child = _started(command)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def _ended(command: Callable[[], None]) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(_started(command), 0)[1])


def _started(command: Callable[[], None]) -> int:
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
            command()
        except SystemExit as end:
            os._exit(end.code if isinstance(end.code, int) else 1)
        except BaseException:
            traceback.print_exc()
            os._exit(2)
        os._exit(0)
    return child


def _command(*arguments: str) -> None:
    cli.main(list(arguments), prog_name="spamguard")


def _has(path: Path, page: bytes) -> bool:
    try:
        return path.read_bytes() == page
    except OSError:
        return False


def _wrong(found: Found) -> str:
    return ", ".join(f"{count} {what}" for what, count in found.wrong.items()) or "nothing wrong"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--progress", type=int, default=50, help="say so after every so many kills; 0 for never")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
