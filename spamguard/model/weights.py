"""The model as it is stored: one ``weights.npz`` of plain arrays and a ``manifest.json`` that vouches for it.

Nothing is unpickled: a model file cannot run code. A model made for other features is refused by name.
"""

# Paths are strings where a scan needs them: pathlib takes as long to import as a model to read.
# ruff: noqa: PTH112, PTH118, PTH120, PTH123

from __future__ import annotations

import hashlib
import json
import math
import os
import struct
from binascii import crc32
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from spamguard.errors import ModelError
from spamguard.features.table import NAMES as SEGMENT_NAMES
from spamguard.model.arrays import damages, read_arrays
from spamguard.model.candidate import PAGE_NAMES, first_look, judge_of
from spamguard.model.network import Network
from spamguard.model.trees import Trees
from spamguard.text.fold import fold_table
from spamguard.text.keynotes import Keynotes, Notes
from spamguard.text.lexicon import Atom, Lexicon
from spamguard.text.ngrams import TABLE_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

FORMAT: Final = "spamguard-model/1"
NOTES: Final = "notes.npz"
"""The file beside the weights that saves a start of the program the choice of what keywords are noticed by."""
_PACKAGE: Final = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
_KEYWORDS: Final = "atoms.tsv"
_KNOWN: Final = "known.tsv"


class Thresholds(NamedTuple):
    """Where decisions fall.

    ``gate``, ``sieve`` and ``page`` (log-odds) send a page to the closer look, ``review`` and ``safe`` are
    probabilities of a block.
    """

    gate: float
    sieve: float
    page: float
    review: float
    safe: float


class _Stored(NamedTuple):
    """What is kept of a model; see :class:`Model`."""

    folds: NDArray[np.uint32]
    words: NDArray[np.int8]
    word_scale: float
    word_bias: float
    gate: Network
    sieve: Trees
    pages: Trees
    items: Trees
    blocks: Trees
    calibration: tuple[float, float]
    categories: NDArray[np.int8]
    category_names: tuple[str, ...]
    item_features: tuple[str, ...]
    block_features: tuple[str, ...]
    thresholds: Thresholds
    lexicon: Lexicon
    keynotes: Keynotes


class Model(_Stored):
    """Everything learned. Arrays are shared and never written to."""

    @cached_property
    def first_look(self) -> Any:
        """The first look at a page, compiled; it keeps nothing of a page."""
        return first_look(self)

    @cached_property
    def judge(self) -> Any:
        """What tells broken-into pages by their suspects, compiled; it keeps nothing of a page."""
        return judge_of(self)


def shipped() -> Path:
    """The folder of the model that travels with the package (or stands in the checkout beside it)."""
    from pathlib import Path

    return Path(_shipped("model", "models", "default"))


def shipped_lexicon() -> Path:
    """The keywords that travel with the package, those that spam is made of to learn from."""
    from pathlib import Path

    return Path(_lexicon_folder(), _KEYWORDS)


def known_lexicon() -> Path:
    """Keywords that are only known: no spam to learn from is made of them."""
    from pathlib import Path

    return Path(_lexicon_folder(), _KNOWN)


def list_mark() -> bytes:
    """What tells these lists from others: stored with what was chosen for them.

    A checksum is enough, and read in a third of the time that a hash is: who could forge it could change the notes.
    """
    contents = (_content(_lexicon_folder(), name) for name in (_KEYWORDS, _KNOWN))
    return b"".join(struct.pack("<II", len(content), crc32(content)) for content in contents)


def _lexicon_folder() -> str:
    return _shipped("lexicon", "data", "lexicon")


def _shipped(name: str, *in_checkout: str) -> str:
    """A folder that travels with the package, or stands in the checkout beside it."""
    installed = os.path.join(_PACKAGE, "_shipped", name)
    return installed if os.path.isdir(installed) else os.path.join(os.path.dirname(_PACKAGE), *in_checkout)


def _content(folder: str, name: str) -> bytes:
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


def load(folder: Path | None = None) -> Model:
    """Load and verify a model folder, the shipped one by default. Raises :class:`ModelError`."""
    place = _shipped("model", "models", "default") if folder is None else os.fspath(folder)
    try:
        manifest = json.loads(_content(place, "manifest.json").decode())
        stored = _content(place, "weights.npz")
    except (OSError, ValueError) as error:
        raise ModelError(f"the model in {place} cannot be read: {error}") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ModelError(f"the model in {place} is not of the form {FORMAT}")
    if hashlib.sha256(stored).hexdigest() != manifest.get("weights_sha256"):
        raise ModelError(f"the weights in {place} are damaged: their hash is not the one in the manifest")
    made_for = (tuple(manifest.get(f"{what}_features", ())) for what in ("segment", "page"))
    if tuple(made_for) != (SEGMENT_NAMES, PAGE_NAMES):
        raise ModelError(f"the model in {place} was made for other features: train it anew")
    try:
        return from_arrays(read_arrays(stored), manifest, shipped_atoms, lambda: read_notes(place))
    except damages() as error:
        raise ModelError(f"the model in {place} is damaged: {error}") from error


def from_arrays(
    arrays: Mapping[str, NDArray[Any]],
    manifest: Mapping[str, Any],
    atoms: Callable[[], Sequence[Atom]],
    notes: Callable[[], Notes | None] = lambda: None,
) -> Model:
    """Put a model together from its arrays and its manifest; ``notes`` are those that were stored of ``atoms``."""
    if arrays["words"].shape != (TABLE_SIZE,) or arrays["words"].dtype != np.int8:
        raise ValueError("the table of n-gram weights is of another kind")
    folds = fold_table(arrays["fold_source"], arrays["fold_target"])
    scale, bias = (float(number) for number in arrays["word_scale_bias"])
    if not (0 < scale < math.inf and math.isfinite(bias)):
        raise ValueError("the weights of n-grams have no scale")
    slope, offset = (float(number) for number in arrays["calibration"])
    limits = manifest["thresholds"]
    lexicon = Lexicon(atoms, folds)
    return Model(
        folds=folds,
        words=arrays["words"],
        word_scale=scale,
        word_bias=bias,
        gate=Network.from_arrays(dict(arrays), "gate_"),
        sieve=Trees.from_arrays(dict(arrays), "sieve_"),
        pages=Trees.from_arrays(dict(arrays), "pages_"),
        items=Trees.from_arrays(dict(arrays), "items_"),
        blocks=Trees.from_arrays(dict(arrays), "blocks_"),
        calibration=(slope, offset),
        categories=arrays["categories"],
        category_names=tuple(manifest["categories"]),
        item_features=tuple(manifest["item_features"]),
        block_features=tuple(manifest["block_features"]),
        thresholds=Thresholds(**{name: float(limits[name]) for name in ("gate", "sieve", "page", "review", "safe")}),
        lexicon=lexicon,
        keynotes=Keynotes(lexicon, arrays["words"], notes),
    )


def shipped_atoms() -> list[Atom]:
    """The keywords that travel with the package, each once."""
    return read_lexicon(shipped_lexicon()) + [atom._replace(only_known=True) for atom in read_lexicon(known_lexicon())]


def read_notes(folder: str | os.PathLike[str]) -> Notes | None:
    """What the keywords are noticed by; None where that was stored for another list, or not at all."""
    try:
        stored = read_arrays(_content(os.fspath(folder), NOTES))
        if stored["list"].tobytes() != list_mark():
            return None
        numbers = (stored[name].astype(np.int64) for name in ("lengths", "orders", "places", "offsets"))
        return Notes(stored["codes"].astype(np.uint32), *numbers)
    except damages():
        return None


def read_lexicon(path: Path) -> list[Atom]:
    """The atoms of a lexicon file: a header comment, then tab-separated columns."""
    try:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("# ")]
        header, *rows = [line.split("\t") for line in lines]
        places = [header.index(name) for name in ("atom", "language", "strength", "category")]
        cells = (itemgetter(*places)(row) for row in rows)
        return [Atom(text, language, int(strength), category) for text, language, strength, category in cells]
    except (OSError, IndexError, ValueError) as error:
        raise ModelError(f"the keyword list {path} cannot be read: {error}") from error
