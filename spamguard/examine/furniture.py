"""What is a site's own by the box that it stands in, whatever it names: one that opens, unfolds or answers a form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spamguard.examine.hosts import host_of
from spamguard.examine.linklists import is_loud, items_inside
from spamguard.page.outline import once_a_page

if TYPE_CHECKING:
    from spamguard.examine.closely import Block
    from spamguard.examine.describe import Scene
    from spamguard.examine.structure import Facts
    from spamguard.page.outline import Node

_PANELS: Final = frozenset({"tabpanel", "dialog", "alertdialog", "menu", "tooltip", "listbox", "alert", "status"})
_OPENED: Final = re.compile(
    r"(?:^|[\s_-])(?:modal|dialog|popup|pop-up|lightbox|offcanvas|drawer|cookie)(?:$|[\s_-])", re.IGNORECASE
)
"""What sites call a box that opens when people ask for it or come for the first time."""
_FADING: Final = frozenset({"opacity", "visibility"})
_FADES: Final = re.compile(
    r"(?:^|[\s_-])(?:wow|aos|animated?|animation|fade|fade(?:in|up|out)\w{0,8}|reveal|lazy\w{0,8}|in-?view|slide(?:in|up)|on-?scroll)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
"""What boxes are called that come into sight when people have scrolled so far."""
_ANIMATED: Final = ("data-aos", "data-anim", "data-settings", "data-wow", "data-sal", "data-scroll", "data-reveal")
"""How what comes into sight is told to the scripts that show it."""
_SAYS: Final = 8
"""Letters of a summary that says what it stands for."""
_REFERS: Final = ("href", "data-target", "data-bs-target", "aria-controls", "data-tab")
_CONTROLS: Final = frozenset({"a", "button", "label", "summary", "li", "div", "span"})
_TYPED: Final = frozenset({"text", "number", "range", "tel", "search", "date", "radio", "checkbox"})
_MOST_LINKS: Final = 12
_BEACON: Final = 2
"""Pixels of a picture that counts visits, at most."""
_FEW: Final = 2
_MAIL: Final = "mso-hide"
_PADDING: Final = re.compile(r"(?:[\u00a0\u00ad\u034f\u2007\u200b\u200c\ufeff]\s*){4,}$")
"""Signs that nobody sees, behind a line for mail programs: no words of the mail itself come up beside it."""


def is_panel(hider: Node) -> bool:
    """Whether an element says of itself that it is shown when people ask for it."""
    return (hider.attribute("role") or "").strip().lower() in _PANELS


def opens(scene: Scene, block: Block) -> bool:
    """Whether each box that hides a block is called like those that open or fade in, the first without links away.

    What it is called costs nothing.
    """
    facts = scene.facts_in(block.stretch)
    # The picture for those without scripts says what the one says that comes into sight.
    return all(map(_opens, [fact for fact in facts if fact.hidden_by != "noscript"] or facts))


def _opens(fact: Facts) -> bool:
    names = (fact.hider.attribute("class") or "") if fact.hider is not None else ""
    if fact.hidden_by in _FADING:
        animated = fact.hider is not None and any(name.startswith(_ANIMATED) for name in fact.hider.attributes)
        return _FADES.search(names) is not None or animated
    return fact.domain is None and _OPENED.search(names) is not None


def is_a_component(fact: Facts) -> bool:
    """Whether what hides something is hidden by its attribute, and has data of its own for the script that shows it."""
    hider = fact.hider
    if hider is None or fact.hidden_by != "hidden-attribute":
        return False
    return "class" in hider.attributes and any(name.startswith("data-") for name in hider.attributes)


def is_folded(scene: Scene, block: Block) -> bool:
    """Whether people unfold what hides a block: by words of a summary, or by a link or a button that refers to it.

    That hides nothing from them: what is in there they see.
    """
    hiders = {id(fact.hider): fact.hider for fact in scene.facts_in(block.stretch)}
    return all(
        hider is not None and (_has_summary(scene, hider) or _is_referred_to(hider)) for hider in hiders.values()
    )


def _has_summary(scene: Scene, hider: Node) -> bool:
    """Whether an element is hidden by nothing but the closed details around it, whose summary says what it is."""
    around = hider.parent
    if (
        around is None
        or around.tag != "details"
        or {"style", "hidden"} & (hider.attributes.keys() | around.attributes.keys())
    ):
        return False
    summary = next((child for child in around.children if child.tag == "summary"), None)
    if summary is None:
        return False
    inside = items_inside(scene, summary)
    return (
        not any(is_loud(scene, index) for index in inside)
        and sum(len(scene.items[index].text) for index in inside) >= _SAYS
    )


def _is_referred_to(hider: Node) -> bool:
    """Whether a link or a button of the page says that it opens an element."""
    name = (hider.attribute("id") or "").strip()
    places = _references(hider).get(name, ()) if name else ()
    return any(not hider.start <= place < hider.end for place in places)


@once_a_page
def _references(root: Node) -> dict[str, list[int]]:
    """Where the controls of a page begin that refer to each ``id``; asked for one block of the page after the other."""
    found: dict[str, list[int]] = {}
    for node in root.walk():
        if node.tag in _CONTROLS and node.attributes:
            for key in _REFERS:
                if value := node.attribute(key):
                    found.setdefault(value.removeprefix("#"), []).append(node.start)
    return found


def answers_a_form(scene: Scene, block: Block) -> bool:
    """Whether links to the site itself stand in a hidden box with an ``id`` beside a form that people fill in.

    A script shows it with what the form comes to.
    """
    facts = scene.facts_in(block.stretch)
    hider = facts[0].hider
    if hider is None or not hider.attribute("id") or any(fact.hider is not hider for fact in facts):
        return False
    if any(fact.domain is not None for fact in facts) or len(facts) > _MOST_LINKS or hider.parent is None:
        return False
    forms = [node for node in hider.parent.children if node.tag == "form"]
    if hider.parent.tag == "form":
        forms.append(hider.parent)
    return any(
        node.tag == "select" or (node.tag == "input" and _is_typed(node)) for form in forms for node in form.walk()
    )


def _is_typed(field: Node) -> bool:
    return (field.attribute("type") or "text").strip().lower() in _TYPED


def is_beside_a_counter(scene: Scene, block: Block) -> bool:
    """Whether a link or two are hidden together with a picture of a dot from another site: what counts visits."""
    facts = scene.facts_in(block.stretch)
    hider = facts[0].hider
    if hider is None or len(facts) > _FEW or any(fact.hider is not hider for fact in facts):
        return False
    links = sum(node.tag == "a" for node in hider.walk())
    return links <= _FEW and any(node.tag == "img" and _is_a_dot(node) for node in hider.walk())


def _is_a_dot(picture: Node) -> bool:
    sides = [(picture.attribute(side) or "").strip().removesuffix("px") for side in ("width", "height")]
    return host_of(picture.attribute("src") or "") is not None and all(
        side.isdigit() and int(side) <= _BEACON for side in sides
    )


def is_a_preheader(scene: Scene, block: Block) -> bool:
    """Whether hidden words are those that mail programs show beside the subject, with the padding behind them."""
    facts = scene.facts_in(block.stretch)
    hiders = [fact.hider for fact in facts if fact.hider is not None]
    if len(hiders) < len(facts) or any(fact.anchor is not None for fact in facts):
        return False
    if all(_MAIL in (hider.attribute("style") or "").lower() for hider in hiders):
        return True
    return _PADDING.search(scene.leaf_of(block.stretch.last - 1).readable.text) is not None
