"""Regular expressions that are compiled when they are first used.

To compile those that are asked of pages takes longer than to judge a small page, which needs hardly any of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, AnyStr, cast

if TYPE_CHECKING:
    from collections.abc import Callable


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What :func:`re.compile` returns, but compiled at the first use; a mistake in ``source`` is raised there, too."""
    return cast("re.Pattern[AnyStr]", _Late(lambda: re.compile(source, flags)))


class _Late:
    """Has the methods of a compiled pattern from its first use on; to find one takes 30 ns more from then on."""

    def __init__(self, compiled: Callable[[], re.Pattern[Any]]) -> None:
        self._compiled = compiled

    def __getattr__(self, name: str) -> Any:
        # Python comes here only for what the object does not have yet.
        if name.startswith("_"):
            raise AttributeError(name)
        compiled = self._compiled()
        vars(self).update({known: getattr(compiled, known) for known in dir(compiled) if not known.startswith("_")})
        return getattr(compiled, name)
