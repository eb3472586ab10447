"""Asks a real browser which of the hiding cases people can read, and compares: with what is stored, and with us.

Run as ``python -m benchmarks.browser``; ``--renew`` stores what the browser says. Needs Chromium or Chrome.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.hiding.cases import VERDICTS, Case, cases, compared, stored

if TYPE_CHECKING:
    from collections.abc import Sequence

SCRIPT: Final = Path(__file__).with_suffix(".js")
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
OPTIONS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--window-size=1280,800",
)
FRAME: Final = "position:fixed;top:0;left:0;width:1280px;height:800px;border:0"
PATIENCE: Final = 120.0
"""Seconds that the browser may take for all cases."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, compare, print; 1 when the stored verdicts are not what this browser says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.browser", description=__doc__)
    parser.add_argument("--browser", default=next(filter(shutil.which, BROWSERS), None), help="the program to ask")
    parser.add_argument("--renew", action="store_true", help="store what the browser says")
    options = parser.parse_args(arguments)
    if options.browser is None:
        print("no browser found: name one with --browser", file=sys.stderr)
        return 3
    version = subprocess.run((options.browser, "--version"), check=True, capture_output=True, text=True).stdout.strip()
    every = cases()
    said = ask(options.browser, every)
    print(f"{version}: {len(every)} cases, {sum(why is not None for why in said.values())} of them hidden from people")
    for case in every:
        if (said[case.name] is not None) is not case.meant:
            print(f"  {case.name}: meant to be {_word(case.meant)}, browser says {said[case.name] or 'seen'}")
    if options.renew:
        text = json.dumps(
            {"browser": version, "pages": {case.name: case.hash for case in every}, "verdicts": said},
            indent=1,
            sort_keys=True,
        )
        VERDICTS.write_text(text + "\n", encoding="utf-8")
    known = stored() if VERDICTS.exists() else {}
    changed = [case.name for case in every if case.name not in known or known[case.name] != said[case.name]]
    for name in changed:
        print(f"  {name}: stored {known.get(name, 'nothing')}, browser says {said[name] or 'seen'}")
    result = compared()
    print(f"spamguard agrees in {result.agreed} of {result.total} ({result.agreed / result.total:.1%}); it differs in:")
    for name, ours in sorted(result.differences.items()):
        print(f"  {name}: {ours or 'seen'}, browser says {known[name] or 'seen'}")
    return int(bool(changed))


def ask(browser: str, every: Sequence[Case]) -> dict[str, str | None]:
    """Why people cannot read the text of each case, None where they can."""
    frames = "\n".join(
        f'<iframe name="{html.escape(case.name)}" style="{FRAME}" srcdoc="{html.escape(case.page)}"></iframe>'
        for case in every
    )
    script = SCRIPT.read_text("utf-8")
    page = f"<!doctype html><meta charset=utf-8><title>Cases</title><script>{script}</script>{frames}"
    with tempfile.TemporaryDirectory(prefix="spamguard-browser-") as name:
        cases_page = Path(name) / "cases.html"
        cases_page.write_text(page, encoding="utf-8")
        command = (browser, *OPTIONS, f"--user-data-dir={name}/profile", "--dump-dom", cases_page.as_uri())
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE)
    found = re.search(r'<pre id="verdicts">(.*?)</pre>', done.stdout, re.DOTALL)
    if found is None:
        raise RuntimeError(f"the browser gave no verdicts: {done.stderr[-2000:]}")
    verdicts: dict[str, str | None] = json.loads(html.unescape(found[1]))
    return verdicts


def _word(hidden: bool) -> str:
    return "hidden" if hidden else "seen"


if __name__ == "__main__":
    sys.exit(main())
