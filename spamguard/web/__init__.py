"""Middleware that takes the spam out of a site's pages on their way to the visitor.

:class:`CleanWSGI` wraps a WSGI application, :class:`CleanASGI` an ASGI one. Whatever goes wrong in here, the page goes
out as the application made it.
"""

from __future__ import annotations

from spamguard.web.asgi import CleanASGI
from spamguard.web.counts import Counts
from spamguard.web.wsgi import CleanWSGI

__all__ = ["CleanASGI", "CleanWSGI", "Counts"]
