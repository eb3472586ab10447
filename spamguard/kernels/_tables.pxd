from libc.stdint cimport int8_t, int64_t, uint16_t

from spamguard.kernels._segments cimport Segments

cdef void describe(
    const Segments *page,
    const int8_t *places,
    const int64_t *rows,
    Py_ssize_t chosen,
    const uint16_t *triple,
    int64_t *until,
    float *cells,
) noexcept
