"""Paragraphs of a village's notes: an honest page's text."""

from __future__ import annotations

TOPICS = ("The pond", "Our library", "The east gate", "A new bench", "The choir", "Room nine", "The garden")
DOINGS = (
    "is open again after the repairs.",
    "was painted by volunteers in May.",
    "needs help on Saturday.",
    "has a new lock.",
)
PARAGRAPHS = "".join(f"<p>{topic} {doing}</p>" for doing in DOINGS for topic in TOPICS)
