"""A client asks a real server (wsgiref, uvicorn) for the pages of a site that stands behind the middleware."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from spamguard import Cleaned, Guard
from tests.web.site import INFECTED, KINDS, ORIGINAL, ORIGINALS, SAMPLE, Reply, ask, serving

pytestmark = pytest.mark.parametrize("kind", KINDS)


class BrokenGuard(Guard):
    def clean(self, *_arguments: object, **_named: object) -> Cleaned:
        raise RuntimeError("a defect of ours")


def test_every_infected_page_arrives_as_it_was_before(kind: str, guard: Guard) -> None:
    site = {f"/{file}": Reply(((SAMPLE / file).read_bytes(),), "text/html") for file in ORIGINALS}
    with serving(kind, site, guard=guard) as served:
        for file, original in ORIGINALS.items():
            assert served.get(f"/{file}").body == (SAMPLE / original).read_bytes(), file
        counts = served.middleware.counts
    assert (counts.seen, counts.judged, counts.cleaned, counts.failed) == (len(site),) * 3 + (0,)
    assert [path for path, _ in served.reports] == list(site)
    assert {report.verdict for _, report in served.reports} == {"infected"}
    assert [report.path for _, report in served.reports] == list(site)


def test_honest_pages_arrive_untouched_with_all_their_headers(kind: str, guard: Guard) -> None:
    files = sorted((SAMPLE / "site").glob("clean-*.html"))
    headers = (("ETag", '"v1"'), ("Last-Modified", "Mon, 02 Nov 2026 08:00:00 GMT"), ("Accept-Ranges", "bytes"))
    site = {f"/{path.name}": Reply((path.read_bytes(),), headers=headers) for path in files}
    with serving(kind, site, guard=guard) as served:
        for path in files:
            answer = served.get(f"/{path.name}")
            assert answer.body == path.read_bytes()
            assert {name.lower(): value for name, value in headers}.items() <= answer.headers.items()
    assert served.middleware.counts.judged == len(files)
    assert (served.middleware.counts.cleaned, served.reports) == (0, [])


def test_a_changed_page_has_its_own_length_and_no_name_of_the_old_one(kind: str, guard: Guard) -> None:
    headers = (
        ("Content-Length", str(len(INFECTED))),
        ("ETag", '"v1"'),
        ("Last-Modified", "Mon, 02 Nov 2026 08:00:00 GMT"),
        ("Accept-Ranges", "bytes"),
        ("Content-MD5", "Q2hlY2sgSW50ZWdyaXR5IQ=="),
        ("Repr-Digest", "sha-256=:AA==:"),
        ("Cache-Control", "max-age=60"),
        ("X-Site", "school"),
    )
    with serving(kind, {"/": Reply(headers=headers)}, guard=guard) as served:
        answer = served.get("/")
    assert answer.body == ORIGINAL
    assert answer.headers["content-length"] == str(len(ORIGINAL))
    assert (answer.headers["cache-control"], answer.headers["x-site"]) == ("max-age=60", "school")
    assert not {"etag", "last-modified", "accept-ranges", "content-md5", "repr-digest"} & answer.headers.keys()


def test_a_page_in_many_pieces_is_judged_as_one(kind: str, guard: Guard) -> None:
    pieces = tuple(INFECTED[place : place + 7] for place in range(0, len(INFECTED), 7))
    with serving(kind, {"/": Reply((b"", *pieces, b""))}, guard=guard) as served:
        assert served.get("/").body == ORIGINAL


def test_error_pages_are_cleaned_as_they_share_the_templates(kind: str, guard: Guard) -> None:
    with serving(kind, {"/": Reply(status=404)}, guard=guard) as served:
        answer = served.get("/")
    assert (answer.status, answer.body) == (404, ORIGINAL)


@pytest.mark.parametrize("content_type", ["text/plain", "application/json", "image/svg+xml", "text/event-stream"])
def test_other_types_pass(kind: str, guard: Guard, content_type: str) -> None:
    with serving(kind, {"/": Reply(content_type=content_type)}, guard=guard) as served:
        assert served.get("/").body == INFECTED
    assert served.middleware.counts.passed["type"] == 1


def test_xhtml_is_a_page_too(kind: str, guard: Guard) -> None:
    with serving(kind, {"/": Reply(content_type="Application/XHTML+XML;charset=UTF-8")}, guard=guard) as served:
        assert served.get("/").body == ORIGINAL


def test_a_page_at_the_address_of_a_text_file_is_a_page(kind: str, guard: Guard) -> None:
    with serving(kind, {"/docs/readme.md": Reply()}, guard=guard) as served:
        assert served.get("/docs/readme.md").body == ORIGINAL


def test_a_part_of_a_page_passes(kind: str, guard: Guard) -> None:
    reply = Reply((INFECTED[:900],), status=206, headers=(("Content-Range", f"bytes 0-899/{len(INFECTED)}"),))
    with serving(kind, {"/": reply}, guard=guard) as served:
        answer = served.get("/")
    assert (answer.status, answer.body) == (206, INFECTED[:900])
    assert served.middleware.counts.passed["status"] == 1


def test_the_head_alone_passes(kind: str, guard: Guard) -> None:
    headers = (("Content-Length", str(len(INFECTED))), ("ETag", '"v1"'))
    with serving(kind, {"/": Reply(headers=headers)}, guard=guard) as served:
        answer = served.get("/", "HEAD")
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"", '"v1"')
    assert served.middleware.counts.passed["head"] == 1


def test_the_site_still_answers_that_nothing_changed(kind: str, guard: Guard) -> None:
    reply = Reply((ORIGINAL,), headers=(("ETag", '"v1"'),))
    with serving(kind, {"/": reply}, guard=guard) as served:
        first = served.get("/")
        again = served.get("/", If_None_Match=first.headers["etag"])
    assert (first.body, again.status, again.body) == (ORIGINAL, 304, b"")
    assert served.middleware.counts.passed["status"] == 1


@pytest.mark.parametrize("name", ["zh-civic-gbk.html", "zh-civic-big5.html"])
@pytest.mark.parametrize("declared", [b"x-unheard-of", b"windows-1252"])
def test_the_charset_of_the_header_beats_that_of_the_page(kind: str, guard: Guard, name: str, declared: bytes) -> None:
    charset = name.removesuffix(".html").rpartition("-")[2]
    before, page = (
        (SAMPLE / room / name).read_bytes().replace(b'charset="%s"' % charset.encode(), b'charset="%s"' % declared)
        for room in ("before", "site")
    )
    assert declared in page
    with serving(kind, {"/": Reply((page,), f'text/html; charset="{charset}"')}, guard=guard) as served:
        assert served.get("/").body == before


def test_a_page_that_cannot_be_judged_passes(kind: str, guard: Guard) -> None:
    body = b"\x89PNG" + bytes(500)
    with serving(kind, {"/": Reply((body,)), "/empty": Reply(())}, guard=guard) as served:
        assert served.get("/").body == body
        assert served.get("/empty").body == b""
    assert served.middleware.counts.passed["skipped"] == 2


def test_an_error_of_ours_lets_the_page_out_as_it_is(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    headers = (("ETag", '"v1"'), ("Content-Length", str(len(INFECTED))))
    with serving(kind, {"/a\nb": Reply(headers=headers)}, guard=BrokenGuard()) as served:
        answer = served.get("/a%0Ab")
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, INFECTED, '"v1"')
    assert (served.middleware.counts.failed, served.middleware.counts.judged) == (1, 0)
    (record,) = [record for record in caplog.records if record.name == "spamguard.web"]
    assert record.exc_info is not None
    assert "\n" not in record.getMessage()


def test_an_error_in_the_report_callback_changes_nothing(
    kind: str, guard: Guard, caplog: pytest.LogCaptureFixture
) -> None:
    def report(_path: str, _report: object) -> None:
        raise RuntimeError("the mail server is down")

    with serving(kind, {"/": Reply()}, guard=guard, report=report) as served:
        assert served.get("/").body == ORIGINAL
    assert (served.middleware.counts.cleaned, served.middleware.counts.failed) == (1, 0)
    assert "report callback" in caplog.text


def test_blocks_for_review_stay_unless_unsafe_is_asked_for(kind: str, guard: Guard) -> None:
    class Unsure(Guard):
        def clean(
            self, data: bytes, *, path: str | None = None, charset: str | None = None, unsafe: bool = False
        ) -> Cleaned:
            cleaned = guard.clean(data, path=path, charset=charset)
            return cleaned if unsafe else Cleaned(data, cleaned.report)

    with serving(kind, {"/": Reply()}, guard=Unsure()) as served:
        assert served.get("/").body == INFECTED
    assert (served.middleware.counts.judged, served.middleware.counts.cleaned, len(served.reports)) == (1, 0, 1)
    with serving(kind, {"/": Reply()}, guard=Unsure(), unsafe=True) as served:
        assert served.get("/").body == ORIGINAL


def test_an_application_that_raises_in_a_page_is_answered_for_by_the_server(kind: str, guard: Guard) -> None:
    with serving(kind, {"/": Reply(raises=True), "/well": Reply()}, guard=guard) as served:
        broken = served.get("/")
        assert served.get("/well").body == ORIGINAL
    assert broken.status == 500
    assert INFECTED not in broken.body
    assert (served.middleware.counts.passed["broken-off"], served.middleware.counts.failed) == (1, 0)


def test_one_connection_serves_page_after_page(kind: str, guard: Guard) -> None:
    length = (("Content-Length", str(len(INFECTED))),)
    site = {"/a": Reply(headers=length), "/b": Reply((ORIGINAL,)), "/c": Reply((b"x",), "text/plain")}
    with serving(kind, site, guard=guard) as served:
        connection = served.connect()
        for path, body in (("/a", ORIGINAL), ("/b", ORIGINAL), ("/c", b"x"), ("/a", ORIGINAL)):
            assert ask(connection, path).body == body
            # wsgiref closes after each answer, uvicorn keeps the connection as long as lengths and chunks are right
            assert (connection.sock is not None) is (kind == "asgi")
        connection.close()


def test_many_visitors_at_once_are_all_counted(kind: str, guard: Guard) -> None:
    site = {"/a": Reply(), "/b": Reply((ORIGINAL,)), "/c": Reply((b"x",), "text/plain")}
    with serving(kind, site, guard=guard) as served, ThreadPoolExecutor(8) as visitors:
        answers = list(visitors.map(served.get, ["/a", "/b", "/c"] * 20))
    assert {answer.body for answer in answers} == {ORIGINAL, b"x"}
    counts = served.middleware.counts
    assert (counts.seen, counts.judged, counts.cleaned, counts.passed["type"]) == (60, 40, 20, 20)
    assert counts.seen == counts.judged + counts.failed + sum(counts.passed.values())
