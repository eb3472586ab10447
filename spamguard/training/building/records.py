"""Takes the documents out of a source's file: an archive's members, the records of a table, or the file as it is."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
import zlib
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spamguard.training.building.sourcelist import Source

LARGEST_FILE: Final = 64 << 20
"""Bytes of a file or an archive's member; a document has a smaller bound of its own."""
_LFS: Final = b"version https://git-lfs.github.com/spec/"


class Refused(Exception):  # noqa: N818 - it is an outcome, named as such
    """A file is left out; the message says why."""


def documents_in(source: Source, path: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every document of a file, with a path that tells where it lay (``file``, ``file#3``). Raises :class:`Refused`."""
    if data.startswith(_LFS):
        raise Refused("its content is kept elsewhere (a pointer of git-lfs)")
    try:
        for member in _unpacked(path, data):
            if source.format == "file":
                yield path, member
                continue
            texts = (text for text in _texts(source, member) if text.strip())
            number = 0
            while group := tuple(islice(texts, source.join)):
                yield f"{path}#{number}", "\n".join((*group, "")).encode("utf-8")
                number += 1
    except RecursionError:
        raise Refused("too deeply nested") from None
    except (ValueError, csv.Error) as error:
        raise Refused(f"not read as {source.format}: {error}") from error


def _unpacked(path: str, data: bytes) -> Iterator[bytes]:
    """The members of a ``.zip``, the content of a ``.gz``, else the data. Sizes are counted while unpacking."""
    try:
        if path.endswith(".gz"):
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
                yield _bounded(stream)
        elif path.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for member in archive.infolist():
                    if not member.is_dir():
                        with archive.open(member) as file:
                            yield _bounded(file)
        else:
            yield data
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise Refused(f"cannot be unpacked: {error}") from error


def _bounded(stream: Any) -> bytes:
    data: bytes = stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise Refused("too large when unpacked")
    return data


def _texts(source: Source, data: bytes) -> Iterator[str]:
    text = data.decode("utf-8-sig")
    if source.format == "json":
        whole = json.loads(text)
        records = whole.get(source.records, []) if source.records and isinstance(whole, dict) else whole
        for record in records if isinstance(records, list) else [records]:
            yield _joined(record, source.field)
    elif source.format == "jsonl":
        for line in text.split("\n"):
            if line.strip():
                yield _joined(json.loads(line), source.field)
    elif source.format == "csv":
        for row in csv.DictReader(io.StringIO(text, newline="")):
            yield row.get(source.field) or ""
    else:
        for line in text.split("\n"):
            yield line.partition("\t")[0].rstrip("\r")


def _joined(record: Any, field: str) -> str:
    """The texts under a key anywhere in a record, each once."""
    return "\n\n".join(dict.fromkeys(_under(record, field)))


def _under(record: Any, field: str) -> Iterable[str]:
    if isinstance(record, dict):
        for key, value in record.items():
            if key == field and isinstance(value, str):
                yield value
            else:
                yield from _under(value, field)
    elif isinstance(record, list):
        for value in record:
            yield from _under(value, field)
