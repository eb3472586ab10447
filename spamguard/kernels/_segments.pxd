"""The segments of a page as the kernels hand them on: numbers side by side, in memory that somebody else holds."""

from libc.stdint cimport int64_t, uint8_t, uint16_t, uint32_t

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

    typedef struct {
        uint32_t two[64], three[64], four[64], five[64];
    } Hashes;

    #if defined(__GNUC__) && !defined(__clang__)
    #define ONE_BY_ONE __attribute__((unused, optimize("no-tree-vectorize")))
    #elif defined(__GNUC__)
    #define ONE_BY_ONE __attribute__((unused))
    #else
    #define ONE_BY_ONE
    #endif

    #define HASH_ALL \
        for (int at = 0; at < many; at++) { \
            uint32_t state = codes[at] * STEP ^ codes[at + 1]; \
            to->two[at] = state * MIX >> 17; \
            state = state * STEP ^ codes[at + 2]; \
            to->three[at] = state * MIX >> 15; \
            state = state * STEP ^ codes[at + 3]; \
            to->four[at] = state * MIX >> 14; \
            state = state * STEP ^ codes[at + 4]; \
            to->five[at] = state * MIX >> 14; \
        }

    #if defined(__GNUC__) && defined(__x86_64__)
    __attribute__((target("avx2"), unused))
    static void hash_eight_at_once(const uint32_t *__restrict codes, int many, Hashes *__restrict to) { HASH_ALL }
    #endif

    /* Eight products at once take half the time of one by one; four at once, as SSE2 has them, take more. */
    ONE_BY_ONE static void hash_places(const uint32_t *__restrict codes, int many, Hashes *__restrict to) {
    #if defined(__GNUC__) && defined(__x86_64__)
        if (__builtin_cpu_supports("avx2")) {
            hash_eight_at_once(codes, many, to);
            return;
        }
    #endif
        HASH_ALL
    }
    """
    # How n-grams are hashed, as in ngrams.py.
    const uint32_t STEP, MIX
    # The numbers of the n-grams that start at each of 64 places, by how many letters they have.
    ctypedef struct Hashes:
        uint32_t two[64]
        uint32_t three[64]
        uint32_t four[64]
        uint32_t five[64]
    # Fill them for so many places, 64 at most, behind the last of which there are four more letters.
    void hash_places(const uint32_t *codes, int many, Hashes *to) noexcept

cdef enum:
    AT_ONCE = 64  # places whose n-grams are hashed together
    LONGEST = 5  # letters of an n-gram


cdef inline void triples(const uint32_t *codes, Py_ssize_t start, Py_ssize_t size, uint16_t *triple) noexcept:
    """A number for the three characters at each place from ``start`` on; behind the last one nothing is added."""
    cdef Py_ssize_t at
    for at in range(start, size - 2):
        triple[at] = (((codes[at] * STEP ^ codes[at + 1]) * STEP ^ codes[at + 2]) * MIX) >> 17
    if size > 1:
        triple[size - 2] = ((codes[size - 2] * STEP ^ codes[size - 1]) * STEP * MIX) >> 17
    if size:
        triple[size - 1] = (codes[size - 1] * STEP * STEP * MIX) >> 17
