"""Bytes to a page: charset, tokens, outline, segments. Every offset is an offset into the bytes."""
