"""What the first look lets go, the full one would not have shown."""

from __future__ import annotations

from pathlib import Path

from spamguard.closer import MOST_LESS
from spamguard.examine.closely import blocks_of, scored
from spamguard.examine.glance import glance
from spamguard.examine.patience import shown_from
from spamguard.examine.sketch import drawn, hidden_in, sketch_of
from spamguard.guard import Guard
from spamguard.model.weights import load
from spamguard.page.segments import read

DATA = Path(__file__).parents[2] / "data"
PAGES = sorted(path for folder in ("sample-site/site", "hard-clean") for path in (DATA / folder).rglob("*.html"))


def test_no_page_is_let_go_on_which_the_full_look_shows_a_block() -> None:
    model = load()
    shown = 0
    for path in PAGES:
        page = read(path.read_bytes(), path=path.name)
        sketch = sketch_of(page, model)
        scene = scored(drawn(sketch, hidden_in(sketch)), model)
        full = [
            b for b in blocks_of(scene, model) if b.probability >= shown_from(scene, b, model.thresholds, model.lexicon)
        ]
        if full:
            shown += 1
            _, blocks = glance(sketch, model)
            assert any(b.probability >= model.thresholds.review - MOST_LESS for b in blocks), path.name
    assert shown


def test_words_that_only_hiding_gives_away_are_found_where_a_sheet_hides_them() -> None:
    links = " ".join(
        f'<a href="https://shop{n}.example.com/{w}">{w}</a>'
        for n, w in enumerate(("cheap viagra", "online casino bonus", "buy cialis online", "slot gacor hari ini"))
    )
    page = (
        "<html><head><title>The harbour</title><style>.deep .far{position:absolute;left:-9999px}</style></head><body>"
        "<p>Boats leave the old harbour at seven in the morning, and come back late in the evening with the tide.</p>"
        f'<div class="deep"><div class="far">{links}</div></div>'
        "<p>The museum beside it is open all summer long, and the cafe serves tea and cake to whoever asks.</p>"
        "</body></html>"
    )
    report = Guard().scan(page.encode(), path="harbour.html")
    assert [finding.hidden_by for finding in report.findings] == ["off-screen"]
