"""Text as it is judged: folded, hashed, looked up. Nothing here is ever cut."""
