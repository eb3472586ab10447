"""Run the real program in a process of its own, with the fake guard in the place of the model."""

from __future__ import annotations

import sys
from importlib import import_module

if __name__ == "__main__":
    # This file's folder leads the module path, here and in the worker processes.
    fake_guard = import_module("fake_guard")
    sys.modules["spamguard.guard"] = fake_guard
    vars(import_module("spamguard.cli._run"))["load_guard"] = fake_guard.load_guard
    import_module("spamguard.cli").main()
