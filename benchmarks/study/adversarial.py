"""Keyword runs and link blocks whose words are written so that a filter misses them: how many are found?"""

from __future__ import annotations

import dataclasses
import random
from typing import TYPE_CHECKING, Any, Final

from benchmarks.study.attacks import Attack, attacks
from benchmarks.study.pages import Case, asked, bytes_found, grounds_of, made, recall
from benchmarks.study.setting import shipped_weights
from benchmarks.study.written import kept, percent, report, say
from spamguard.guard import Guard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.study.setting import Study
    from spamguard.training.dataset import Host
    from spamguard.training.inject import Injected
    from spamguard.training.scene import Rewrite

ATTACKED: Final = (
    "en-replica-marquee-1px",
    "generic-hidden-block",
    "generic-visible-block",
    "id-after-html-list",
    "id-hidden-div-footer-links",
    "ja-hidden-links-in-foreign-page",
    "malformed-and-deep-markup",
    "paid-text-link-block",
    "random-id-js-style-hide",
    "rare-container-hide",
    "same-colour-text",
    "script-hide-by-id",
    "split-docwrite-wrapper",
    "style-block-class-hide",
    "tr-hacklink-after-html",
    "tr-visible-footer-dash-list",
    "vi-hidden-links",
    "zh-gambling-links-js-hide",
    "zh-piracy-trending-run",
    "zh-porn-footer-pipe-run",
)
"""Families whose keywords stand in runs and lists that an attacker can rewrite."""
_PAGES: Final = 150
_TRIES: Final = 40


class _Watched:
    """A rewriting that remembers whether it changed anything: an attack that leaves a page alone is none."""

    def __init__(self, rewrite: Rewrite) -> None:
        self._rewrite = rewrite
        self.changed = False

    def __call__(self, rng: random.Random, items: list[str]) -> list[str]:
        written = self._rewrite(rng, items)
        self.changed = self.changed or written != items
        return written


def adversarial(study: Study) -> None:
    """Every attack on the shipped model."""
    grounds = grounds_of(study.measured(), study.seed)
    results = {attack.name: _asked(study, attack, grounds) for attack in attacks()}
    head = ("attack", "pages", "pages found %", "labelled bytes found %")
    rows, everything = [], []
    for number, (name, result) in enumerate(results.items()):
        cases = [Case(*case) for case in result]
        everything += cases if number else []
        rows.append(_row(name, cases))
    rows.append(_row("**all attacks**", everything))
    kinds = ("disguise", "honest words between", "word swap")
    attacked = {kind: [n for n in results if n.startswith(kind)] for kind in kinds}
    rows += [_row(f"**{kind}**", [Case(*c) for n in names for c in results[n]]) for kind, names in attacked.items()]
    told = (
        f"The shipped model on runs and link blocks of {len(ATTACKED)} families in held-out pages, every item of the "
        "block rewritten by the attacker. A word swap replaces listed keywords by words that the list does not know "
        "(`benchmarks/study/synonyms.toml`); honest words are put inside each item. Pages on which an attack "
        "changes nothing are made anew."
    )
    report(study, "adversarial", told, [("Attacks", head, rows)], results)


def _row(name: str, cases: Sequence[Case]) -> list[str]:
    return [name, str(len(cases)), percent(recall(cases)), percent(bytes_found(cases))]


def _asked(study: Study, attack: Attack, grounds: Sequence[Host]) -> list[list[Any]]:
    def run() -> list[list[Any]]:
        rng = random.Random(f"{study.seed}/{attack.name}")  # noqa: S311 - repeatable, not secret
        pages = []
        for number in range(study.pages or _PAGES):
            language, topic = attack.targets[number % len(attack.targets)]
            page = _page(attack, grounds, rng, language, topic)
            if page is not None:
                pages.append(page)
        cases = asked(pages, Guard(), study.jobs)
        say(f"{attack.name}: {sum(case.found for case in cases)} of {len(cases)}")
        return [list(dataclasses.astuple(case)) for case in cases]

    name = "".join(c if c.isalnum() else "-" for c in attack.name)
    result: list[list[Any]] = kept(
        study.folder("adversarial") / f"{name}.json", study.result_key(attack, study.pages, shipped_weights()), run
    )
    return result


def _page(
    attack: Attack, grounds: Sequence[Host], rng: random.Random, language: str, topic: str | None
) -> Injected | None:
    """One page on which the attack changed something."""
    rewrite = attack.rewrite(language, topic)
    for _ in range(_TRIES):
        watched = _Watched(rewrite) if rewrite is not None else None
        pages = made(grounds, rng, 1, names=ATTACKED, languages=(language,), category=topic, rewrite=watched)
        if pages and (watched is None or watched.changed):
            return pages[0]
    return None
