"""``python -m spamguard``."""

from __future__ import annotations

from spamguard.cli import main

if __name__ == "__main__":
    main()
