from libc.stdint cimport int64_t, uint8_t, uint32_t

from spamguard.kernels._segments cimport Segments

cdef bint gather(
    const uint32_t *text, Py_ssize_t size, const uint32_t *told, uint32_t top, Segments *page, int64_t *counts
) noexcept
cdef void find_unlike(const Segments *page, uint8_t *is_unlike) noexcept
