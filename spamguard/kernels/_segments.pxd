"""The segments of a page as the kernels hand them on: numbers side by side, in memory that somebody else holds."""

from libc.stdint cimport int64_t, uint8_t, uint32_t

cdef struct Segments:
    # Folded characters with their classes, and which of them are loud; how many.
    uint32_t *codes
    uint8_t *kinds
    uint8_t *loud
    Py_ssize_t letters
    # Where each segment starts and ends, what marks stand in it, and what its words sound like; how many.
    int64_t *starts
    int64_t *ends
    int64_t *links
    int64_t *foreign
    int64_t *hidden
    int64_t *away
    int64_t *costumes
    double *linked
    double *mean
    double *window
    uint8_t *ended
    Py_ssize_t size

cdef extern from *:
    """
    #define STEP 0x01000193u
    #define MIX 0x9E3779B1u
    """
    # How n-grams are hashed, as in ngrams.py.
    const uint32_t STEP, MIX
