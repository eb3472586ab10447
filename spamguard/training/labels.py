"""Reads the contract's labels: which bytes of which page are spam, and which page is honest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spamguard.errors import LabelError
from spamguard.findings import CATEGORIES, Span

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS: Final = ("file", "start_byte", "end_byte", "category", "language", "family", "original")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a labels file; ``span`` is None on the row of a clean page."""

    span: Span | None
    category: str
    language: str
    family: str


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """All that the labels say of one file. ``file`` is its name there, ``path`` where it lies."""

    file: str
    path: Path
    original: Path | None
    rows: tuple[Row, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The labelled bytes in file order; empty for a clean page."""
        return tuple(sorted(row.span for row in self.rows if row.span is not None))


@dataclass(frozen=True, slots=True)
class Labels:
    """The pages in the order in which the file names them first, and what is odd but no error."""

    pages: tuple[LabelledPage, ...]
    warnings: tuple[str, ...]


def read_labels(labels: Path, folder: Path) -> Labels:
    """Read and check a labels file against a folder of pages.

    An ``original`` is looked for in the folder, then beside the labels file. Raises :class:`LabelError` with the file
    and line of what breaks the contract.
    """
    if not folder.is_dir():
        raise LabelError(f"no such folder: {folder}")
    pages: dict[str, LabelledPage] = {}
    warnings: dict[str, None] = {}
    for where, cells in _table(labels):
        page = _page(where, cells, labels, folder)
        known = pages.get(page.file)
        pages[page.file] = page if known is None else _together(where, known, page)
        category = cells["category"]
        if category and category not in CATEGORIES:
            warnings.setdefault(f"{where}: unknown category {category!r}")
    return Labels(tuple(pages.values()), tuple(warnings))


def _table(labels: Path) -> list[tuple[str, dict[str, str]]]:
    """Every row as ``(file:line, cells by column)``."""
    try:
        lines = labels.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise LabelError(f"cannot read {labels}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise LabelError(f"{labels}: not UTF-8 at byte {error.start}") from error
    header = lines[0].rstrip("\r").split("\t")
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise LabelError(f"{labels}:1: missing column {', '.join(missing)}")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        where = f"{labels}:{number}"
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > len(header):
            raise LabelError(f"{where}: {len(cells)} cells, but the header names {len(header)} columns")
        # Editors strip the tabs of empty cells at the end of a line.
        cells += [""] * (len(header) - len(cells))
        rows.append((where, dict(zip(header, cells, strict=True))))
    return rows


def _page(where: str, cells: dict[str, str], labels: Path, folder: Path) -> LabelledPage:
    name = cells["file"]
    if not name:
        raise LabelError(f"{where}: no file is named")
    path = _inside(where, name, folder)
    if path is None:
        raise LabelError(f"{where}: no such file in {folder}: {name}")
    original = None
    if wanted := cells["original"]:
        original = _inside(where, wanted, folder) or _inside(where, wanted, labels.parent)
        if original is None:
            raise LabelError(f"{where}: no such original: {wanted}")
    row = Row(_span(where, cells, path), cells["category"], cells["language"], cells["family"])
    return LabelledPage(name, path, original, (row,))


def _inside(where: str, name: str, folder: Path) -> Path | None:
    """The file of that name, None if there is none."""
    root = folder.resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        raise LabelError(f"{where}: {name} lies outside {folder}")
    return path if path.is_file() else None


def _span(where: str, cells: dict[str, str], path: Path) -> Span | None:
    start, end = cells["start_byte"], cells["end_byte"]
    if not start and not end:
        return None
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        raise LabelError(f"{where}: start_byte and end_byte must be two whole numbers, not {start!r} and {end!r}")
    size = path.stat().st_size
    if not int(start) < int(end) <= size:
        raise LabelError(f"{where}: bytes {start} to {end} are no stretch of a file of {size} bytes")
    return Span(int(start), int(end))


def _together(where: str, known: LabelledPage, page: LabelledPage) -> LabelledPage:
    if bool(known.spans) != bool(page.spans):
        raise LabelError(f"{where}: {page.file} is called clean in one row and has a block in another")
    if known.original and page.original and known.original != page.original:
        raise LabelError(f"{where}: {page.file} has two originals")
    return LabelledPage(known.file, known.path, known.original or page.original, known.rows + page.rows)
