"""Honest pages that look like spam: what a classifier must learn to leave alone.

The pages are composed from the parts in ``data/honest``; all texts there are our own. The pages that
*measure* false alarms are others, written by hand, in ``data/hard-clean``.
"""

from __future__ import annotations

from spamguard.training.honest.pages import HonestPage, page
from spamguard.training.honest.parts import kinds, languages, promise

__all__ = ["HonestPage", "kinds", "languages", "page", "promise"]
