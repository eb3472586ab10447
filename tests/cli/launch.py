"""Run the real program in a process of its own, with the fake guard in the place of the model."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path


def _install() -> None:
    path = Path(__file__).with_name("fake_guard.py")
    spec = importlib.util.spec_from_file_location("spamguard.guard", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["spamguard.guard"] = module
    spec.loader.exec_module(module)


if __name__ == "__main__":
    _install()
    from spamguard.cli import main

    main()
