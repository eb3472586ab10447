"""Arrays as NumPy stores them in an ``.npz`` file; many small ones are read in a third of the time that NumPy takes.

Its own reader evaluates the head of each array as Python. Those of a model all look alike, and a pattern reads them.
So do the entries of its file: what unpacks archives of every kind takes longer to import than a model to read.
"""

from __future__ import annotations

import re
from binascii import crc32
from io import BytesIO
from struct import Struct
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SUFFIX: Final = ".npy"
_HEAD: Final = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '([<|][biuf][1248])', 'fortran_order': False, 'shape': \(([\d, ]*)\), \} *\n",
    re.DOTALL,
)
_ENTRY: Final = Struct("<4s5H3I2H")
"""What stands before an entry: signature, version, flags, method, time, date, CRC, sizes, lengths of name and extra."""
_PLAIN: Final = b"PK\x03\x04\x14\x00\x00\x00\x00\x00"
"""The beginning of an entry that is stored as it is: version 2.0, no flags, no method."""
_DIRECTORY: Final = b"PK\x01\x02"


def read_arrays(stored: bytes) -> dict[str, NDArray[Any]]:
    """Every array of a file by its name; none may be written to.

    Nothing is unpickled. Raises :class:`ValueError` or :class:`zipfile.BadZipFile` if it is damaged or holds objects.
    """
    entries = _entries(stored)
    if entries is None:
        from zipfile import ZipFile

        with ZipFile(BytesIO(stored)) as archive:
            entries = {name: archive.read(name) for name in archive.namelist()}
    return {name.removesuffix(_SUFFIX): _array(entry) for name, entry in entries.items()}


def damages() -> tuple[type[Exception], ...]:
    """What is raised over a file that is damaged, or lacks an array; asked for when something was raised."""
    from zipfile import BadZipFile

    return OSError, LookupError, ValueError, TypeError, OverflowError, BadZipFile


def _entries(stored: bytes) -> dict[str, bytes] | None:
    """The entries of a file as ``training/packing.py`` writes it; None where it is of another kind, or damaged."""
    entries = {}
    place = 0
    while stored.startswith(_PLAIN, place) and place + _ENTRY.size <= len(stored):
        *_, crc, packed, size, name_length, more = _ENTRY.unpack_from(stored, place)
        begin = place + _ENTRY.size + name_length
        name, entry = stored[begin - name_length : begin], stored[begin : begin + size]
        if more or packed != size or not name.isascii() or crc32(entry) != crc:
            return None
        entries[name.decode("ascii")] = entry
        place = begin + size
    return entries if stored.startswith(_DIRECTORY, place) else None


def _array(stored: bytes) -> NDArray[Any]:
    head = _HEAD.match(stored)
    if head is None:
        array: NDArray[Any] = np.lib.format.read_array(BytesIO(stored), allow_pickle=False)
        return array
    shape = [int(size) for size in head[2].split(b",") if size.strip()]
    return np.frombuffer(stored, head[1].decode("ascii"), offset=head.end()).reshape(shape)
