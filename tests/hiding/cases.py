"""The hiding cases, what a browser said of them, and what we say."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from spamguard.examine.tree import Visibility
from spamguard.page.outline import Node, NodeKind, outline_of
from spamguard.page.tokens import view_of

HERE: Final = Path(__file__).parent
VERDICTS: Final = HERE / "verdicts.json"
MARK: Final = "Lantern"


@dataclass(frozen=True, slots=True)
class Case:
    """A page, and whether its author meant its marked text to be hidden."""

    name: str
    page: str
    meant: bool

    @property
    def hash(self) -> str:
        """What tells a changed case from the one that the browser was asked about."""
        return hashlib.sha256(self.page.encode()).hexdigest()[:16]

    def ours(self) -> str | None:
        """How the marked text is hidden in our eyes."""
        return ours(self.page)


@dataclass(frozen=True, slots=True)
class Comparison:
    """``differences`` are by name what we say where the browser says otherwise."""

    total: int
    agreed: int
    differences: dict[str, str | None]


@cache
def cases() -> tuple[Case, ...]:
    groups = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))
    return tuple(
        Case(f"{group}/{name}", _whole(text), group == "hiding")
        for group, texts in groups.items()
        for name, text in texts.items()
    )


def stored() -> dict[str, str | None]:
    """Why people cannot read the text of each case, None where they can, as a browser has said it."""
    verdicts: dict[str, str | None] = json.loads(VERDICTS.read_text(encoding="utf-8"))["verdicts"]
    return verdicts


def pages_asked() -> dict[str, str]:
    """The hashes of the pages that the browser was asked about."""
    hashes: dict[str, str] = json.loads(VERDICTS.read_text(encoding="utf-8"))["pages"]
    return hashes


def known_differences() -> dict[str, str]:
    """Why we say otherwise than the browser, by case."""
    return {
        name: str(why) for name, why in tomllib.loads((HERE / "differences.toml").read_text(encoding="utf-8")).items()
    }


def ours(page: str) -> str | None:
    """How the marked text of a page is hidden in our eyes."""
    view = view_of(page.encode())
    nodes = list(outline_of(view).walk())
    scripts = "\n".join(view[n.start : n.end] for n in nodes if n.kind is NodeKind.RAW and n.tag == "script")
    found = Visibility(view, scripts).hidden(_marked(nodes, view))
    return found[1] if found is not None else None


def compared() -> Comparison:
    said = stored()
    differences = {}
    for case in cases():
        mechanism = case.ours()
        if (mechanism is None) is not (said[case.name] is None):
            differences[case.name] = mechanism
    return Comparison(len(said), len(said) - len(differences), differences)


def _marked(nodes: list[Node], view: str) -> Node:
    texts = (NodeKind.TEXT, NodeKind.RAW)
    return next(
        node
        for node in nodes
        if node.kind in texts and node.tag not in {"script", "style"} and MARK in view[node.start : node.end]
    )


def _whole(text: str) -> str:
    if text.startswith(("<html", "<!doctype")):
        return text
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Boat club</title></head>'
        f"<body><h1>Boat club</h1>{text}<p>See the notice board.</p></body></html>"
    )
