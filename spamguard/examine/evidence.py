"""Why a block was found, in words: what each feature added to the verdict, strongest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spamguard.examine.describe import NAMES
from spamguard.findings import Evidence
from spamguard.text.words import repeated

if TYPE_CHECKING:
    from spamguard.examine.blocks import Stretch
    from spamguard.examine.closely import Block
    from spamguard.examine.describe import Scene
    from spamguard.model.weights import Model

_MOST: Final = 6
_SMALLEST: Final = 0.05
_MOST_ITEMS: Final = 500
_EXCERPT: Final = 160

_SAYS: Final[dict[str, str]] = {
    "word_mean": "its character n-grams are those of spam (mean weight {value:.2f})",
    "word_window": "its worst 24 characters weigh {value:.2f}",
    "digit_share": "{value:.0%} of it are digits",
    "sentence_share": "{value:.1%} of it are marks that end sentences",
    "space_share": "{value:.0%} of it is white space",
    "in_title": "it stands in the page title",
    "in_meta": "it stands in a meta tag",
    "in_comment": "it stands in a comment",
    "in_attribute": "it stands in an attribute",
    "page_mean": "the rest of the page speaks of other things (mean weight {value:.2f})",
    "page_hot": "{value:.0%} of the rest of the page uses such words",
    "script_apart": "{value:.0%} of the page's letters are of another script",
    "strange": "{value:.0%} of its letter groups stand nowhere else on the page",
    "costume_share": "{value:.0%} of its characters are letters in costume, or there to break words",
    "named": "{value:.0%} of it are keywords that honest pages hardly ever name",
    "named_strong": "{value:.0%} of it are keywords that only spam names",
    "hidden": "{value:.0%} of it is hidden from people",
    "hidden_strongly": "{value:.0%} of it is hidden in a way honest pages seldom use",
    "in_anchor": "{value:.0%} of it is link text",
    "foreign_anchor": "{value:.0%} of it links to other sites",
    "anchor_words": "the addresses it links to weigh {value:.2f}",
    "dofollow": "{value:.0%} of it are links marked dofollow",
    "after_end": "{value:.0%} of it stands after the end of the page",
    "in_code": "{value:.0%} of it is shown as code",
    "in_heading": "{value:.0%} of it stands in headings",
    "in_list": "{value:.0%} of it stands in lists",
    "in_cell": "{value:.0%} of it stands in table cells",
    "in_furniture": "{value:.0%} of it stands in menus and the like",
    "unnamed_parent": "{value:.0%} of it stands in elements without class or id",
    "box_length": "the box around it has {count} characters",
    "box_mean": "the box around it weighs {value:.2f}",
    "box_leaves": "the box around it has {count} text nodes",
    "box_links": "the box around it has {count} links",
    "box_foreign": "the box around it has {count} links to other sites",
    "box_domains": "the box around it links to {count} sites",
    "box_sentences": "the box around it ends {value:.2f} sentences in 40 characters",
    "at_block": "{value:.0%} of its items are elements of their own",
    "place": "it stands at {value:.0%} of the page's length",
    "items": "it has {count} items",
    "characters": "it has {count} characters",
    "item_mean": "its items score {value:.1f} on average",
    "item_best": "its worst item scores {value:.1f}",
    "item_worst": "its mildest item scores {value:.1f}",
    "item_sum": "its items together score {value:.1f}",
    "hot_items": "{value:.0%} of its items look like spam on their own",
    "domains": "it links to {count} other sites",
    "domains_per_link": "{value:.2f} sites a link",
    "known_words": "{value:.0%} of its characters are known spam keywords",
    "known_strong": "{value:.0%} of its characters are strong spam keywords",
    "known_kinds": "{count} different known keywords",
    "distinct_words": "{value:.0%} of its words are different",
    "compressed": "it compresses to {value:.0%}",
    "length_spread": "its items differ in length by {value:.2f}",
    "elsewhere": "{value:.0%} of its letter groups stand elsewhere on the page too",
    "rest_mean": "what remains of the page weighs {value:.2f}",
    "rest_hot": "{value:.0%} of what remains of the page uses such words",
    "rest_items": "{count} items remain of the page",
    "share_of_page": "it is {value:.0%} of the page's text",
    "neighbour_mean": "the text around it scores {value:.1f}",
    "whole_leaves": "its ends fall on the ends of text nodes",
}


def evidence_of(scene: Scene, block: Block, model: Model, doubt: str | None) -> tuple[Evidence, ...]:
    """The reasons for a block: the words in it, then what counted, strongest first, then a doubt about the plan."""
    found = _told_words(scene, block, model)
    added = model.blocks.contributions(block.features) * model.calibration[0]
    for index in np.argsort(-np.abs(added))[:_MOST]:
        weight = float(added[index])
        if abs(weight) < _SMALLEST:
            break
        name, value = NAMES[index], float(block.features[index])
        text = _SAYS[name].format(value=value, count=round(float(np.expm1(min(value, 40.0)))))
        found.append(Evidence(name, round(value, 4), round(weight, 4), text))
    return (*found, *told_of(doubt))


def told_of(doubt: str | None) -> tuple[Evidence, ...]:
    """The last line of a finding that waits for a person: why it is not cut unasked."""
    return () if doubt is None else (Evidence("doubt", doubt, 0.0, f"not removed without asking: {doubt}"),)


def _told_words(scene: Scene, block: Block, model: Model) -> list[Evidence]:
    """The words an operator recognises. They carry no weight of their own: the features above them count them."""
    found = []
    if block.hits:
        words = list(dict.fromkeys(hit.atom.text for hit in sorted(block.hits, key=lambda h: -h.atom.strength)))[:8]
        found.append(Evidence("keywords", ", ".join(words), 0.0, "known keywords: " + ", ".join(words)))
    items = [item for item in scene.items_in(block.stretch)[:_MOST_ITEMS] if not item.goes_on]
    if len(items) > 2 and (often := repeated(model.lexicon.folded(item.text) for item in items)):
        told = ", ".join(f"{word} ({count})" for word, count in often)
        found.append(Evidence("repeated", told, 0.0, f"words that stand in several of its {len(items)} items: {told}"))
    return found


def excerpt_of(scene: Scene, stretch: Stretch) -> str:
    """The beginning of a block's text on one line."""
    text = ""
    for item in scene.items_in(stretch):
        if item.goes_on:
            continue
        text += (" | " if text else "") + " ".join(item.text.split())
        if len(text) > _EXCERPT:
            return text[: _EXCERPT - 1] + "…"
    return text
