"""Is a page worth the closer look? Most are not, and what decides that is what a scan costs.

Four questions, the cheapest first: which segments sound like spam, hide themselves or stand at an end of the page; does
the gate take any of them for spam; does the sieve agree; and does the page as a whole look broken into. Or else
something long is hidden in a way that honest pages seldom use, whatever its words; or a keyword is named that honest
pages hardly ever name.
"""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from spamguard import kernels
from spamguard.features.characters import Folded, Marks, folded, marks_of, undone
from spamguard.features.strangeness import unlike_the_page
from spamguard.features.table import NAMES as SEGMENT_NAMES
from spamguard.features.table import feature_table
from spamguard.model.score import in_a_row, word_means, words_in
from spamguard.page.tokens import Kind
from spamguard.text import classes
from spamguard.text.fold import codes_of
from spamguard.text.keynotes import STRONG, may_name_much, names_much
from spamguard.text.undone import OVERRIDE, forwards

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from spamguard.features.keywords import Words
    from spamguard.model.weights import Model
    from spamguard.page.segments import Page
    from spamguard.text.lexicon import Hit

_TEXT, _TITLE, _META = int(Kind.TEXT), int(Kind.TITLE), int(Kind.META)
_LONG: Final = 2_000
"""Characters of a text without links that its own element hides, from which on it is looked at whatever it says."""
_SOUNDS: Final = 0.0
"""The worst window of words from which on a segment is described; hidden and stray ones always are."""
_LINKED_AWAY: Final = 3
"""Links to absolute addresses from which on a segment is described whatever it says."""
_IN_COSTUME: Final = 4
"""Styled or invisible characters from which on it is, too."""
_WHISPERED: Final = 2.0
"""Mean word score from which on few hidden words are enough: no honest page of 350 has them that has nothing louder."""
_WHISPERED_LINK: Final = -2.0
"""The same for a link to another site, hidden or behind the end of the page: one honest page in a hundred more."""
_WHISPERED_BESIDE: Final = 3.0
"""The same for such a link a little behind where an element hides itself: one honest page in two hundred more."""
_HIDDEN_BEFORE: Final = SEGMENT_NAMES.index("hidden_before")
_AWAY_BEFORE: Final = SEGMENT_NAMES.index("away_before")
_FOREIGN_SHARE: Final = SEGMENT_NAMES.index("foreign_share")
_BEHIND_THE_END: Final = SEGMENT_NAMES.index("behind_the_end")
_QUIETER_GATE, _QUIETER_SIEVE, _QUIETER_PAGE = 0.7, 0.5, 0.5
"""Words of a language that no list knows sound like nothing, and the gate lets few of them through. Asked again with so
much less of gate, sieve and the judge of pages, and of the words of links, more of such pages are looked at, and four
of 200 honest ones more."""
_CREDITS: Final = 4
"""Segments at the end of a page in one of which a credit line stands."""
_FIRST, _LAST = 3, 6
"""Segments of text at either end of a page that are described whatever they say: most break-ins stand there."""
_SHORT: Final = 1.5
_VEILED_LINK, _FEW = 1.0, 9
"""The same for such a link, of so many characters, that may be hidden: one honest page in a thousand more."""
_BOX, _NEARBY = 12, 3
"""Segments behind a hidden element, or one that may be, that may be in it: three honest pages in a thousand more."""
_HIDES_ITSELF: Final = SEGMENT_NAMES.index("hides_itself")
_HIDES_AWAY: Final = SEGMENT_NAMES.index("hides_away")
_WORD_MEAN: Final = SEGMENT_NAMES.index("word_mean")
_LENGTH: Final = SEGMENT_NAMES.index("length")
_MOST_ROWS: Final = 1_000
_MOST_LINKED: Final = 100
_TELLING_TOGETHER: Final = 2
_SAYS: Final = 2.0
"""Mean weight of the words of structured data from which on it is looked at."""
_MAY_SAY: Final = -7.0
"""The same for data that names several keywords."""
_MOST_SAID: Final = 600
_A_NAME, _NAMES_IT = 15, 5.0
"""Characters and mean weight of one name or description in it: a name that nobody knows stands beside, and drowns it.
Of 542 honest pages with such data none reached 4.2."""
_LIMITS: Final = SimpleNamespace(
    long=_LONG,
    sounds=_SOUNDS,
    linked_away=_LINKED_AWAY,
    in_costume=_IN_COSTUME,
    most_rows=_MOST_ROWS,
    first=_FIRST,
    last=_LAST,
    few=_FEW,
    box=_BOX,
    nearby=_NEARBY,
    veiled_link=_VEILED_LINK,
    short=_SHORT,
    whispered=_WHISPERED,
    whispered_link=_WHISPERED_LINK,
    beside=_WHISPERED_BESIDE,
    most_linked=_MOST_LINKED,
    credits=_CREDITS,
)
"""The limits above that the compiled twin is told."""
_FLOOR, _CEILING, _SILENT = -3.0, 4.0, -2.5
_TOP: Final = (0, 1, 2, 4, 9)

_OF_PAGE: Final = 17
"""Numbers that describe a page before those of its segments."""
PAGE_NAMES: Final = (
    *(f"sieve_{place + 1}" for place in _TOP),
    "run_score",
    "run_rows",
    "run_segments",
    "loud",
    "hot",
    "very_hot",
    "hot_share",
    "hot_characters",
    "hot_character_share",
    "gate_top",
    "page_word_mean",
    "page_characters",
    *(f"best_{name}" for name in SEGMENT_NAMES),
    *(f"mean_{name}" for name in SEGMENT_NAMES),
)


class Suspects(NamedTuple):
    """The segments of a page that are worth describing: their numbers, their feature rows, and the page around them.

    ``veiled`` tells that a link to another site sounds like spam where something may be hidden: the features know
    nothing of such places.
    """

    rows: NDArray[np.intp]
    table: NDArray[np.float32]
    lengths: NDArray[np.int64]
    page_words: float
    veiled: bool = False


def is_candidate(page: Page, model: Model) -> bool:
    """Whether a page may hold spam."""
    return candidacy(page, model)[0]


def candidacy(page: Page, model: Model) -> tuple[bool, bool]:
    """Whether a page may hold spam, and whether for a single place: something hidden, a link away, a keyword."""
    if not len(page):
        return False, False
    answer = _at_first_look(page, model) if kernels.look is not None else _looked_at(page, model)
    if isinstance(answer, bool):
        return answer, answer
    return are_telling(*answer, model), False


def are_telling(suspects: Suspects, gate: NDArray[np.float32], model: Model) -> bool:
    """Whether the suspects of a page, and what the ``gate`` makes of them, tell together of a break-in."""
    if kernels.judge is not None:
        rows, table, lengths, page_words, _ = suspects
        return bool(model.judge.is_broken_into(rows, table, lengths, page_words, gate))
    quiet = np.flatnonzero(gate >= model.thresholds.gate - _QUIETER_GATE)
    if not len(quiet):
        return False
    sieve = model.sieve.score(suspects.table[quiet])
    limits = model.thresholds
    loud = gate[quiet] >= limits.gate
    if _is_broken_into(suspects, quiet[loud], gate, sieve[loud], model, limits.sieve, limits.page):
        return True
    quieter = limits.sieve - _QUIETER_SIEVE, limits.page - _QUIETER_PAGE
    # A hidden link to another site was asked whether it whispers.
    table = suspects.table[quiet]
    left = (table[:, _HIDES_ITSELF] + table[:, _HIDES_AWAY] == 0) | (table[:, _FOREIGN_SHARE] == 0)
    return _is_broken_into(suspects, quiet[left], gate, sieve[left], model, *quieter)


def _looked_at(page: Page, model: Model) -> bool | tuple[Suspects, NDArray[np.float32]]:
    """Whether a page is a candidate by what single segments tell, else its suspects and what the gate makes of them."""
    text = folded(page.text, model.folds)
    marks = marks_of(text)
    if not page.plain and hides_something(text, marks):
        return True
    suspects = suspects_of(text, marks, page.kinds, model)
    if not len(suspects.rows):
        return False
    if suspects.veiled or whispers(suspects) or names_spam(text, suspects.rows, marks, model):
        return True
    return suspects, model.gate.score(suspects.table)


def _at_first_look(page: Page, model: Model) -> bool | tuple[Suspects, NDArray[np.float32]]:
    """The same, compiled."""
    quiet = model.thresholds.gate - _QUIETER_GATE
    answer = model.first_look.look(page.text, _forward(page.text), page.kinds, page.plain, quiet)
    if isinstance(answer, bool):
        return answer
    codes, found, credited, suspects, scores = answer
    if found and _tells(model.keynotes.confirmed(codes, found), credited):
        return True
    return scores is not None and (Suspects(*suspects), scores)


def _forward(text: str) -> NDArray[np.uint32] | None:
    """The characters of a text as it is read, if it is written so that it is read otherwise."""
    return forwards(codes_of(text)) if OVERRIDE in text else None


def first_look(model: Model) -> Any:
    """The compiled first look."""
    gate = model.gate
    return kernels.look.FirstLook(
        (model.folds, classes.class_table()),
        (model.words, model.word_scale, model.word_bias),
        (gate.mean, gate.scale, gate.hidden, gate.hidden_bias, gate.output, gate.output_bias),
        model.keynotes.listed,
        _LIMITS,
        undone,
    )


def judge_of(model: Model) -> Any:
    """The compiled twin of what :func:`is_candidate` asks of the suspects."""
    limits = model.thresholds
    return kernels.judge.Judge(
        *(model.sieve.forest, model.pages.forest),
        (limits.gate, limits.gate - _QUIETER_GATE),
        (limits.sieve, limits.sieve - _QUIETER_SIEVE),
        (limits.page, limits.page - _QUIETER_PAGE),
        (_FLOOR, _CEILING, _SILENT, _TOP),
    )


def _is_broken_into(
    suspects: Suspects,
    loud: NDArray[np.intp],
    gate: NDArray[np.float32],
    sieve: NDArray[np.float64],
    model: Model,
    sieve_from: float,
    page_from: float,
) -> bool:
    """Whether sieve and page judge take a page for broken into by its ``loud`` suspects."""
    if not len(loud) or float(sieve.max()) < sieve_from:
        return False
    row = page_row(suspects, loud, gate[loud], sieve)
    return float(model.pages.score(row[None, :])[0]) >= page_from


def says_spam(page: Page, model: Model) -> bool:
    """Whether structured data of a page sounds like spam."""
    if not page.said:
        return False
    said = [words[:_MOST_SAID] for words in page.said]
    parts = [part for words in said for part in words.split(" | ") if len(part) >= _A_NAME]
    if kernels.look is not None:
        return _says_at_once(said, parts, model)
    means = word_means(said, model)
    if float(means.max()) >= _SAYS or any(
        mean >= _MAY_SAY and names_much(model.lexicon, words) for mean, words in zip(means, said, strict=True)
    ):
        return True
    return bool(parts) and float(word_means(parts, model).max()) >= _NAMES_IT


def _says_at_once(said: list[str], parts: list[str], model: Model) -> bool:
    """The same, compiled."""
    text = in_a_row(said + parts)
    codes, starts, ends, means = model.first_look.heard(text, _forward(text), len(said) + len(parts))
    size = len(said)
    if max(means[:size]) >= _SAYS or max(means[size:], default=_NAMES_IT - 1) >= _NAMES_IT:
        return True
    for number, words in enumerate(said):
        if means[number] >= _MAY_SAY:
            stretch = starts[number : number + 1], ends[number : number + 1]
            if may_name_much(codes, model.keynotes.hits(codes, stretch)) and names_much(model.lexicon, words):
                return True
    return False


def hides_something(text: Folded, marks: Marks) -> bool:
    """Whether a long text without links stands right inside an element that its own style hides."""
    hides = np.flatnonzero(marks.hidden + marks.away)
    return bool(len(hides)) and bool(((text.lengths()[hides] > _LONG) & (marks.links[hides] == 0)).any())


def whispers(suspects: Suspects) -> bool:
    """Whether words of spam stand right inside an element that its own style hides, however few they are."""
    words = suspects.table[:, _WORD_MEAN]
    # Most pages have no segment but a few that are loud enough for any of this.
    table = suspects.table[(words > _WHISPERED_LINK) & (suspects.table[:, _LENGTH] > _SHORT)]
    words = table[:, _WORD_MEAN]
    hidden = table[:, _HIDES_ITSELF] + table[:, _HIDES_AWAY] > 0
    foreign = table[:, _FOREIGN_SHARE] > 0
    away = hidden | (table[:, _BEHIND_THE_END] > 0) | (table[:, _AWAY_BEFORE] > 0)
    beside = foreign & (table[:, _HIDDEN_BEFORE] > 0) & (words > _WHISPERED_BESIDE)
    return bool(((hidden & (words > _WHISPERED)) | (foreign & away) | beside).any())


def names_spam(text: Folded, rows: NDArray[np.intp], marks: Marks, model: Model) -> bool:
    """Whether a strong keyword stands in a suspect segment, or two telling ones, as on one honest page in a hundred.

    Words of links to other sites are asked too, however they sound: what is new there has no sound yet.
    """
    linked = np.flatnonzero(marks.foreign)
    asked = np.zeros(len(marks.foreign), dtype=np.bool_)
    asked[linked[-_MOST_LINKED:]] = True
    asked[rows] = True
    hits = model.keynotes.hits(text.codes, (text.starts[asked], text.ends[asked]))
    last = linked[linked >= len(marks.foreign) - _CREDITS]
    return _tells(hits, list(zip(text.starts[last].tolist(), text.ends[last].tolist(), strict=True)))


def _tells(hits: Sequence[Hit], credited: Iterable[tuple[int, int]]) -> bool:
    """Whether keywords in suspects tell of spam; ``credited`` are the last segments with links to other sites."""
    if len(hits) >= _TELLING_TOGETHER or any(hit.atom.strength >= STRONG for hit in hits):
        return True
    # One is enough where the makers of a page are named: their links are swapped without a word beside them.
    return any(start <= hit.start < end for hit in hits for start, end in credited)


def suspects_of(text: Folded, marks: Marks, kinds: NDArray[np.int8], model: Model) -> Suspects:
    """Describe the segments that sound like spam, hide themselves or stand behind the end of the page."""
    words = words_in(text, model)
    rows = _chosen(text, words, marks, kinds)
    table = feature_table(text, marks, words, kinds, rows)
    lengths = text.lengths()
    page_words = float(words.mean @ lengths) / max(int(lengths.sum()), 1)
    return Suspects(rows, table, lengths, page_words, _is_veiled(words, marks, lengths))


def _is_veiled(words: Words, marks: Marks, lengths: NDArray[np.int64]) -> bool:
    """Whether a link sounds like spam in, or a little behind, what is or may be hidden.

    In a hidden box of many paragraphs the features know of the first few only.
    """
    named = (marks.foreign > 0) & (lengths >= _FEW) & (words.mean > _VEILED_LINK)
    if not named.any():
        return False
    if bool((named & (marks.veiled > 0)).any()):
        return True
    loud = named & (words.mean > _WHISPERED_BESIDE)
    return bool(
        loud.any() and (loud & (_lately(marks.hidden + marks.away, _BOX) | _lately(marks.veiled, _NEARBY))).any()
    )


def _lately(counts: NDArray[np.int64], reach: int) -> NDArray[np.bool_]:
    """Whether something was counted in a segment or in one of the ``reach`` before it."""
    running = np.concatenate((np.zeros(reach + 1, dtype=np.int64), np.cumsum(counts)))
    return running[reach + 1 :] > running[: -reach - 1]


def _chosen(text: Folded, words: Words, marks: Marks, kinds: NDArray[np.int8]) -> NDArray[np.intp]:
    apart = (marks.hidden + marks.away > 0) | marks.after_end | (marks.foreign >= _LINKED_AWAY)
    apart |= (marks.costumes >= _IN_COSTUME) | unlike_the_page(text)
    told = (kinds == _TITLE) | (kinds == _META)
    written = np.flatnonzero(kinds == _TEXT)
    apart[written[:_FIRST]] = apart[written[-_LAST:]] = True
    chosen = np.flatnonzero((words.window >= _SOUNDS) | apart | told)
    if len(chosen) > _MOST_ROWS:
        chosen = np.sort(chosen[np.argsort(-words.window[chosen], kind="stable")[:_MOST_ROWS]])
    return chosen


def page_row(
    suspects: Suspects, loud: NDArray[np.intp], gate: NDArray[np.float32], sieve: NDArray[np.float64]
) -> NDArray[np.float32]:
    """The page as a whole, :data:`PAGE_NAMES`: its loudest segments, and the worst run of them.

    ``loud`` are the suspects that the gate let through, ``gate`` and ``sieve`` their scores. A run is a stretch of
    segments whose clipped sieve scores add up to the most; silent segments in between are paid for.
    """
    scores = np.clip(sieve, _FLOOR, _CEILING)
    top = [_FLOOR] * (_TOP[-1] + 1)
    best = np.sort(scores)[: -len(top) - 1 : -1].tolist()
    top[: len(best)] = best
    numbers = suspects.rows[loud]
    first, last, total = _worst_run(numbers, scores + 0.5)
    hot = scores > 0
    hot_count = int(hot.sum())
    characters = int(suspects.lengths[numbers[hot]].sum()) if hot_count else 0
    whole = max(int(suspects.lengths.sum()), 1)
    table = suspects.table[loud]
    loudest = np.sort(gate)[-3:]
    row = np.empty(len(PAGE_NAMES), dtype=np.float32)
    row[:_OF_PAGE] = (
        *(top[place] for place in _TOP),
        total,
        last - first + 1,
        numbers[last] - numbers[first] + 1,
        len(loud),
        hot_count,
        int((scores > 1).sum()),
        hot_count / len(suspects.lengths),
        math.log1p(characters),
        characters / whole,
        loudest.sum() / len(loudest),
        suspects.page_words,
        math.log1p(whole),
    )
    row[_OF_PAGE : _OF_PAGE + len(SEGMENT_NAMES)] = table[int(sieve.argmax())]
    row[_OF_PAGE + len(SEGMENT_NAMES) :] = table[first : last + 1].sum(axis=0) / np.float32(last + 1 - first)
    return row


def _worst_run(numbers: NDArray[np.intp], gains: NDArray[np.float64]) -> tuple[int, int, float]:
    """The stretch of loud segments with the largest sum: its first and last place, and the sum."""
    steps = np.empty(2 * len(gains))
    steps[::2] = np.diff(numbers, prepend=numbers[0] - 1) - 1
    steps[::2] *= _SILENT
    steps[1::2] = gains
    running = np.cumsum(steps)
    # What stands before a segment, the silence in front of it included: where the sum is least, a run begins.
    before = running[::2]
    least = np.minimum.accumulate(before)
    sums = running[1::2] - least
    last = int(sums.argmax())
    return int(before[: last + 1].argmin()), last, float(sums[last])
