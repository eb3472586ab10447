"""The families of injected spam, each under a name of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spamguard.findings import CATEGORIES

if TYPE_CHECKING:
    from spamguard.training.scene import Patch, Scene

Builder = Callable[["Scene"], "list[Patch]"]
TRADES = tuple(c for c in CATEGORIES if c != "prompt-injection")


@dataclass(frozen=True, slots=True)
class Family:
    """One family: what it is called, where it is at home, and how it is built.

    ``languages`` empty means any. ``replaces`` tells that page bytes are overwritten, so that deleting the
    labels alone does not give the page back.
    """

    name: str
    languages: tuple[str, ...]
    categories: tuple[str, ...]
    replaces: bool
    build: Builder


REGISTRY: dict[str, Family] = {}


def family(
    name: str,
    languages: tuple[str, ...] = (),
    categories: tuple[str, ...] = TRADES,
    *,
    replaces: bool = False,
) -> Callable[[Builder], Builder]:
    """Register a family under its name."""

    def register(build: Builder) -> Builder:
        REGISTRY[name] = Family(name, languages, categories, replaces, build)
        return build

    return register
