"""Reads scripts without running them: their strings, disguises undone, and what is done with them."""
