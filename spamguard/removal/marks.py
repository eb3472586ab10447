"""What the intruder's own tools leave beside a block: a comment with a random word in it, a tag of an invented name."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import TYPE_CHECKING, Final

from spamguard.findings import Span
from spamguard.removal.gaps import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMENT: Final = rb"<!-- ?(?P<word>/?[\w:. \x80-\xff-]{2,40}?) ?-->"
_PAGE_END: Final = rb"(?i:</(?=(?:html|body)>))(?P<end>[a-zA-Z]+)>"
_NAME: Final = rb"(?P<tag>[a-z]{2,12}[0-9]{0,3})>"
_BEFORE: Final = re.compile(rb"(?:%s|%s|<%s)\s{0,40}\Z" % (_COMMENT, _PAGE_END, _NAME))
_AFTER: Final = re.compile(rb"\s{0,40}(?:%s|%s|</?%s)" % (_COMMENT, _PAGE_END, _NAME))
_NOTHING: Final = (
    rb"<(?!div>)(?P<tag>i|b|em|s|u|span|div|bdo|kbd|dfn|acronym|listing)"
    rb"(?: id=[\"'](?=[a-z]*[0-9])[a-z0-9]{4,8}[\"']| style=[\"']display: ?none;?[\"'])?></(?P=tag)>"
)
_EMPTY: Final = re.compile(rb"\s{0,9}" + _NOTHING)
_CALLED: Final = rb"(?: (?:id|class)=[\"'][a-z0-9]{3,12}[\"']){0,2}"
_INVENTED: Final = re.compile(
    rb"\s{0,9}<(?P<tag>[a-z]{2,12})%s>(?:<(?P<inner>[a-z]{2,12})%s></(?P=inner)>){0,6}</(?P=tag)>" % (_CALLED, _CALLED)
)
_NOTICE: Final = re.compile(
    rb"<!--[^<>]{0,80}?(?:do ?n[o']t (?:remove|delete)|ne pas (?:supprimer|enlever)|nicht (?:entfernen|l\xc3\xb6schen)"
    rb"|no (?:borr|elimin|quit)|n\xc3\xa3o (?:remov|apag)|non (?:rimuovere|cancellare|togliere)|niet verwijderen"
    rb"|nie usuwa|silmeyin|jangan (?:di)?hapus|\xd0\xbd\xd0\xb5 \xd1\x83\xd0\xb4\xd0\xb0\xd0\xbb"
    rb"|\xe5\x88\xa0\xe9\x99\xa4)[^<>]{0,80}-->\s{0,9}\Z",
    re.IGNORECASE,
)
"""What asks not to take out the links that it stands before."""
_ROUNDS: Final = 3
_EMPTY_BEFORE: Final = re.compile(
    rb"(?:<(?P<tag>i|b|u|s|em|span) style=[\"']display: ?none;?[\"']></(?P=tag)>|(?<=[\s>])\xef\xbf\xbd)\s{0,40}\Z"
)
"""An element without anything in it: behind a cut bare (a box may wait for a script), hidden or named at random, before
one hidden, or what is left of a letter that was lost."""
_BODY_ENDS: Final = re.compile(rb"</body\s{0,9}>\s{0,9}\Z", re.IGNORECASE)
_HTML_ENDS: Final = re.compile(rb"</html\s{0,9}>", re.IGNORECASE)
_BODY_END: Final = re.compile(rb"</body\s{0,9}>", re.IGNORECASE)
_PAGE_ENDS: Final = re.compile(
    rb"(?:</body\s{0,9}>\s{0,9})?(?P<html></html\s{0,9}>)(?:\s|<!--[^>]{0,400}-->)*\Z", re.IGNORECASE
)
_FIRST_TAG: Final = re.compile(rb"\s*<" + _NAME)
_LAST_TAG: Final = re.compile(
    rb"(?i:</body>\s{0,9}(?:</html>\s{0,9})?)(?P<mark></?%s(?:\s{0,9}<!--[\w:. ]{2,24}-->)?)\s*(?i:</html>\s*)?\Z"
    % _NAME
)
_SIGNATURE: Final = re.compile(rb"\s*(?:<br ?/?>\s*)+[-_=*~]{2,80}\s*<br ?/?>\s*\Z", re.IGNORECASE)
_RULED: Final = re.compile(rb"(?:[-_=*~]{2,80}|\xe2\x80\x94{1,3})\s*<br ?/?>", re.IGNORECASE)
_BREAK_BEFORE: Final = re.compile(rb"\s*<br ?/?>\s*\Z", re.IGNORECASE)
_ENDS_TEXT: Final = re.compile(rb"\s*</(?:p|div|td|li|dd|section|article|blockquote)\s*>", re.IGNORECASE)
"""The line that parts a signature from what is said above it, at the end of a text."""
_DECLARED: Final = re.compile(rb"<\?xml [^<>]{4,120}\?>\s*\Z")
_A_FEED: Final = re.compile(rb"<(?:urlset|sitemapindex|rss|feed)\b", re.IGNORECASE)
_LOST: Final = re.compile(rb"(?:\s{0,9}\xef\xbf\xbd(?:\xef\xbf\xbd|\?){0,2}|\?{1,2})(?=\s*(?:<|\Z))")
_REPLACEMENT: Final = "\ufffd".encode()
_LONGEST: Final = 80
_LONGEST_BLOCK: Final = 300
_LONGEST_END: Final = 900
_NEAR: Final = 20_000
_HEXADECIMAL: Final = re.compile(
    rb"(?:[a-z]{2}: ?)?(?=[0-9a-f]*[0-9])[0-9a-f]{4,16}"
    rb"|[a-z]{2,6}[:_-] ?(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{3,16}",
    re.IGNORECASE,
)
_WORD: Final = re.compile(rb"[a-z]{3,8}")
_FIRST_WORD: Final = re.compile(rb"^(?:begin|start) (?:of )?| (?:begin|start|anfang|s)$")
_ENDED: Final = re.compile(rb"[-_:](begin|start|anfang|end|stop|ende)$")
_OF_LINKS: Final = frozenset(
    b"links link backlinks counter hit-counter widget code seo sponsors partners friends".split()
)
"""What the comments around links, or around the pretext for them, are called."""
_BLOCK_OPENS: Final = re.compile(rb"<!-- wp:[a-z/-]{1,40}(?: \{[^<>]{0,200}\})? /?-->\s{0,9}\Z")
_BLOCK_CLOSES: Final = re.compile(rb"\s{0,9}<!-- /wp:[a-z/-]{1,40} -->")
"""The comments around each block of an editor."""
_VERSION: Final = re.compile(rb"\s{1,3}v?\d[\d.]{0,9}$")
_LAST_WORD: Final = re.compile(rb"^/|^end (?:of )?| (?:end|stop|ende|e)$")
_KNOWN: Final = frozenset(
    b"more nextpage noteaser noindex nav navi menu header footer head body main content sidebar aside top bottom "
    b"logo search banner begin start end eof page wrapper wrap container left right center middle col row article "
    b"post section title form links link list item text intro script scripts style styles css js ads adsense "
    b"google analytics piwik matomo gtm slider slideshow carousel social share comments comment copyright contact "
    b"about news home beginning ende anfang fin inicio debut inhalt".split()
)
_TAGS: Final = frozenset(
    b"a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote "
    b"body br button canvas caption center cite code col colgroup command content data datalist dd del details dfn "
    b"dialog dir div dl dt element em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 "
    b"h5 h6 head header hgroup hr html i iframe image img input ins isindex kbd keygen label legend li link "
    b"listing main map mark marquee math menu menuitem meta meter multicol nav nextid nobr noembed noframes "
    b"noindex noscript object ol optgroup option output p param picture plaintext portal pre progress q rb rp rt "
    b"rtc ruby s samp script search section select shadow slot small source spacer span strike strong style sub "
    b"summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr "
    b"xmp".split()
)


def with_marks(raw: bytes, cuts: Sequence[Span]) -> list[Span]:
    """The cuts, each with the marks right beside it; two that meet become one."""
    marked = [_with_lost_byte(raw, _with_all_marks(raw, _with_block(raw, cut))) for cut in cuts]
    behind = _LAST_TAG.search(raw, max(0, len(raw) - _LONGEST))
    if behind is not None and any(_opens_pair(raw, cut, behind) for cut in marked):
        marked.append(Span(behind.start("mark"), behind.end("mark")))
    marked = [_with_order(raw, _before_page_end(raw, _with_empty(raw, cut))) for cut in marked]
    return joined(raw, [_with_declaration(raw, with_signature_line(raw, cut)) for cut in marked])


def with_signature_line(raw: bytes, cut: Span) -> Span:
    """A cut at the end of a text with the line that parts it, as a signature, from what stands above."""
    if _ENDS_TEXT.match(raw, cut.end) is None:
        return cut
    before = _SIGNATURE if _RULED.match(raw, cut.start) is None else _BREAK_BEFORE
    line = before.search(raw, max(0, cut.start - _LONGEST * 2), cut.start)
    return Span(line.start(), cut.end) if line is not None else cut


def _with_declaration(raw: bytes, cut: Span) -> Span:
    """A cut of a feed with the declaration before it, which opens a file and nothing within a page."""
    declared = _DECLARED.search(raw, max(0, cut.start - 2 * _LONGEST), cut.start)
    if declared is None or not raw[: declared.start()].strip() or _A_FEED.match(raw, cut.start) is None:
        return cut
    return Span(declared.start(), cut.end)


def _with_all_marks(raw: bytes, cut: Span) -> Span:
    """A cut with the marks beside it, and those beside the empty elements beside these."""
    for _ in range(_ROUNDS):
        wider = _with_notice(raw, _with_marks(raw, cut))
        further = _with_empty(raw, wider)
        if further == cut or _with_marks(raw, further) == further:
            return wider
        cut = further
    return cut


def _with_notice(raw: bytes, cut: Span) -> Span:
    """A cut with the comment before it that asks not to take it out."""
    notice = _NOTICE.search(raw, max(0, cut.start - _LONGEST_BLOCK), cut.start)
    return Span(notice.start(), cut.end) if notice is not None else cut


def _with_empty(raw: bytes, cut: Span) -> Span:
    """A cut with the empty elements right beside it, as machines sow them."""
    start, end = cut.start, cut.end
    while (match := _EMPTY.match(raw, end) or _invented(raw, end)) is not None:
        end = match.end()
    before = _EMPTY_BEFORE.search(raw, max(0, start - _LONGEST), start)
    return Span(before.start() if before is not None else start, end)


def _with_block(raw: bytes, cut: Span) -> Span:
    """A cut with the comments of an editor that open the first of its blocks and close the last."""
    inside = raw[cut.start : cut.end]
    opened, closed = inside.count(b"<!-- wp:"), inside.count(b"<!-- /wp:")
    before = _BLOCK_OPENS.search(raw, max(0, cut.start - _LONGEST_BLOCK), cut.start)
    behind = _BLOCK_CLOSES.match(raw, cut.end)
    # Whatever stands around a cut of which all comments are in pairs is around it for its own sake.
    if before is None or behind is None or opened != closed:
        return cut
    return Span(before.start(), behind.end())


def _invented(raw: bytes, place: int) -> re.Match[bytes] | None:
    """An empty element of a name that nobody knows, with others in it, behind a place."""
    match = _INVENTED.match(raw, place, place + _LONGEST_BLOCK)
    names = match.group("tag", "inner") if match is not None else ()
    return match if names and all(name is None or name not in _TAGS for name in names) else None


def _with_lost_byte(raw: bytes, cut: Span) -> Span:
    """A cut with what stands for the last byte of a run that was cut in the middle of a letter."""
    lost = _LOST.match(raw, cut.end)
    if lost is None or not raw[cut.start : cut.end].strip():
        return cut
    box = raw[cut.end - 1 : cut.end] == b">" and raw.startswith(_REPLACEMENT, cut.end)
    return Span(cut.start, lost.end()) if box or raw[cut.start - 1 : cut.start] == b">" else cut


def _before_page_end(raw: bytes, cut: Span) -> Span:
    """A cut without the end tags of the page, which a tag or a box that is never closed has swallowed.

    They are the page's own when nothing outside of the cut ends it.
    """
    ends = _PAGE_ENDS.search(raw, max(cut.start, len(raw) - _LONGEST_END)) if cut.end == len(raw) else None
    if ends is None or _ends_before(raw, cut.start, _HTML_ENDS):
        return cut
    start = ends.start("html") if _ends_before(raw, cut.start, _BODY_END) else ends.start()
    return Span(cut.start, start) if start > cut.start else cut


def _ends_before(raw: bytes, place: int, end: re.Pattern[bytes]) -> bool:
    """Whether a page ends before a place; what a comment holds ends nothing."""
    return any(
        raw.rfind(b"<!--", 0, found.start()) <= raw.rfind(b"-->", 0, found.start())
        for found in end.finditer(raw, 0, place)
    )


def _with_order(raw: bytes, cut: Span) -> Span:
    """A cut with the byte order mark of the file that it was kept in, which stands within no page of its own."""
    before = cut.start - len(BOM_UTF8)
    return Span(before, cut.end) if before > 0 and raw[before : cut.start] == BOM_UTF8 else cut


def _opens_pair(raw: bytes, cut: Span, behind: re.Match[bytes]) -> bool:
    """Whether a cut before the end of the page begins with a tag of an invented name, as does what stands behind it."""
    opening = _FIRST_TAG.match(raw, cut.start)
    if opening is None or cut.end > behind.start() or raw[cut.end : behind.start()].strip():
        return False
    tags = [opening["tag"], behind["tag"]]
    return all(tag not in _TAGS and raw.count(b"<" + tag) == tags.count(tag) for tag in tags)


def _second_body(raw: bytes, cut: Span) -> Span:
    """A block that closes the body before it opens one of its own: the end tag that stays is the page's."""
    closing = _BODY_ENDS.search(raw, max(0, cut.start - _LONGEST), cut.start)
    own = _BODY_ENDS.search(raw, max(cut.start, cut.end - _LONGEST), cut.end)
    if closing is None or own is None or raw[cut.start : cut.start + 5].lower() != b"<body":
        return cut
    return Span(closing.start(), cut.start + len(raw[cut.start : own.start()].rstrip()))


def _with_marks(raw: bytes, cut: Span) -> Span:
    within = _second_body(raw, cut)
    if within != cut:
        return within
    block, start, end = cut, cut.start, cut.end
    befores, afters = [], []
    for _ in range(3):
        match = _BEFORE.search(raw, max(0, start - _LONGEST), start)
        if match is not None:
            befores.append(match)
            start = match.start()
        match = _AFTER.match(raw, end, end + _LONGEST)
        if match is not None:
            afters.append(match)
            end = match.end()
    paired = bool(befores and afters)
    if paired and _is_closed(befores[0], afters[0]):
        cut = Span(befores.pop(0).start(), afters.pop(0).end())
    taken = cut
    for match in befores:
        if match["end"] or not _is_mark(raw, match, block, paired=paired):
            break
        taken = Span(match.start(), taken.end)
    for match in afters:
        if not _is_mark(raw, match, block, paired=paired):
            break
        taken = Span(taken.start, match.end())
    return taken


def _is_closed(before: re.Match[bytes], after: re.Match[bytes]) -> bool:
    """Whether the comment before a block opens by its words what the one behind it closes: a stroke or a word says so.

    Parts of a page that every page has are not the intruder's.
    """
    opened, closed = ((match["word"] or b"").lower().strip() for match in (before, after))
    named = _VERSION.sub(b"", _FIRST_WORD.sub(b"", _ENDED.sub(rb" \1", opened)).strip())
    if not named or opened == closed or named != _LAST_WORD.sub(b"", _ENDED.sub(rb" \1", closed)).strip():
        return False
    words = set(named.replace(b"-", b" ").split())
    return bool(words & _OF_LINKS) or words.isdisjoint(_KNOWN)


def _is_mark(raw: bytes, match: re.Match[bytes], block: Span, *, paired: bool) -> bool:
    near = raw[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    if match["end"] is not None:
        # The page ended before: this end came with the block. One that the block opened itself ends nothing else.
        earlier = re.compile(rb"</" + match["end"] + rb"\s{0,9}>", re.IGNORECASE)
        inside, name = raw[block.start : block.end].lower(), match["end"].lower()
        whole = inside.count(b"<" + name) == inside.count(b"</" + name) > 0
        return earlier.search(raw, 0, block.start if whole else match.start()) is not None
    if match["tag"] is not None:
        # An element that nobody knows and that is written nowhere else.
        return paired and match["tag"] not in _TAGS and near.count(b"<" + match["tag"]) <= 1
    word = match["word"].strip()
    if _HEXADECIMAL.fullmatch(word):
        return True
    if _WORD.fullmatch(word) is None or word in _KNOWN:
        return False
    return len(re.findall(rb"\b" + word + rb"\b", near, re.IGNORECASE)) <= 2 and (paired or _unspeakable(word))


def _unspeakable(word: bytes) -> bool:
    """Whether no language would write a word so: three consonants on end, or hardly a vowel."""
    vowels = sum(word.count(vowel) for vowel in (b"a", b"e", b"i", b"o", b"u", b"y"))
    return vowels * 4 < len(word) or re.search(rb"[^aeiouy]{4}|^[^aeiouy]{3}", word) is not None
