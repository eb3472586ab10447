"""What is read out of a script."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spamguard.findings import Span


class Use(IntEnum):
    """What a script does with a string, where that is cheap to see."""

    OTHER = 0
    WRITTEN = 1
    """Put into the page as markup or text."""
    LEADS = 2
    """Where the visitor is sent."""
    TITLE = 3
    SOURCE = 4
    """The address of something that is put into the page."""
    FETCHED = 5
    STYLED = 6
    """How something is to be seen, in declarations of a style."""
    LINKED = 7
    """Where a link leads that is built."""


PARTLY: Final = "partly"
"""Among how a text was found: something in it is not known."""

HALVED: Final = "halved"
"""Among how a text was found: it is the name of a sort of element, put together from two pieces or more."""

NAMED: Final = "named"
"""Among how a text was found: what is done with it has a name that is itself in disguise."""
VEILS: Final = frozenset({"spelled", "base64", "codes", "reversed", "split"})
"""Disguises of a name."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A string of a script with its disguises undone.

    ``span`` are the bytes of the page that it was made of, ``how`` names the disguises; ``run`` is how many times a
    text was evaluated to get to it.
    """

    text: str
    use: Use
    span: Span
    how: frozenset[str] = frozenset()
    run: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A script that was read. ``names`` are the names in it, ``patterns`` its regular expressions.

    ``unknown`` are the uses to which something was put that could not be read. ``stopped`` says which limit ended the
    reading, None when all of it was read.
    """

    sayings: tuple[Saying, ...]
    names: frozenset[str]
    patterns: tuple[str, ...]
    unknown: frozenset[Use]
    stopped: str | None

    def used(self, *uses: Use) -> list[Saying]:
        """The strings that are put to one of these uses."""
        return [saying for saying in self.sayings if saying.use in uses]
