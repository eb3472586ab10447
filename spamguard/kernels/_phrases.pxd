from libc.stdint cimport int8_t, int16_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t

from spamguard.kernels._segments cimport Segments

cdef void sum_words(
    const Segments *page,
    const int8_t *table,
    int quiet,
    int16_t *weights,
    uint16_t *triple,
    int64_t *sums,
    int64_t *worst,
) noexcept

cdef struct Text:
    const uint32_t *codes
    Py_ssize_t size
    const uint32_t *texts
    const int64_t *begins
    const int32_t *listed
    const uint16_t *tables[4]
    const uint8_t *filters[5]

cdef class Keywords:
    cdef Text text
    cdef Py_ssize_t count
    cdef tuple held
    cdef int add(self, Text *text, Py_ssize_t start, Py_ssize_t end, list found) except -1
