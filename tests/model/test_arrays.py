from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from spamguard.model.arrays import damages, read_arrays
from spamguard.training.packing import packed

if TYPE_CHECKING:
    from numpy.typing import NDArray


def stored(**arrays: NDArray[Any]) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)  # type: ignore[arg-type]  # its last parameter is no array
    return file.getvalue()


@pytest.mark.parametrize("kind", ["i1", "u1", "i2", "u4", "i8", "f4", "f8", "?", ">i4", "U3", "c16"])
@pytest.mark.parametrize("shape", [(), (0,), (7,), (2, 3), (2, 3, 4)])
def test_arrays_come_back_as_they_were(kind: str, shape: tuple[int, ...]) -> None:
    array = np.arange(np.prod(shape, dtype=int)).astype(kind).reshape(shape)
    read = read_arrays(stored(one=array, other=np.asarray([1.5])))
    assert sorted(read) == ["one", "other"]
    assert read["one"].dtype == array.dtype
    np.testing.assert_array_equal(read["one"], array)


def test_columns_that_stand_one_after_the_other_come_back_too() -> None:
    array = np.asfortranarray(np.arange(6).reshape(2, 3))
    np.testing.assert_array_equal(read_arrays(stored(one=array))["one"], array)


def test_nothing_is_unpickled() -> None:
    with pytest.raises(ValueError, match="allow_pickle"):
        read_arrays(stored(one=np.asarray([{}], dtype=object)))


def test_what_is_damaged_is_refused() -> None:
    whole = stored(one=np.arange(6))
    with pytest.raises(zipfile.BadZipFile):
        read_arrays(whole[: len(whole) // 2])
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive, zipfile.ZipFile(io.BytesIO(whole)) as before:
        archive.writestr("one.npy", before.read("one.npy")[:-8])
    with pytest.raises(ValueError, match="reshape"):
        read_arrays(file.getvalue())


@pytest.mark.parametrize("place", range(0, 500, 7))
def test_no_byte_of_a_file_changes_unnoticed(place: int) -> None:
    whole = packed({"one": np.arange(6), "other": np.asarray([1.5])})
    changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
    try:
        read = read_arrays(changed)
    except damages():
        return
    # Names and dates are not checked by anybody: the numbers are.
    assert [array.tolist() for array in read.values()] == [[0, 1, 2, 3, 4, 5], [1.5]]


def test_the_plainest_files_are_read_without_what_unpacks_archives(monkeypatch: pytest.MonkeyPatch) -> None:
    arrays = {"one": np.arange(6).reshape(2, 3), "other": np.asarray([1.5])}
    whole = packed(arrays)
    with monkeypatch.context() as patch:
        patch.setattr("zipfile.ZipFile", None)
        read = read_arrays(whole)
    assert sorted(read) == ["one", "other"]
    for name, array in arrays.items():
        np.testing.assert_array_equal(read[name], array)
