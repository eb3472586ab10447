"""The families of the threat catalogue, one small function each."""

from spamguard.training.families import carriers, chinese, comments, east_asia, english, hidden, prose, scripts, world
from spamguard.training.registry import REGISTRY

__all__ = ["REGISTRY", "carriers", "chinese", "comments", "east_asia", "english", "hidden", "prose", "scripts", "world"]
