"""What is cut out of a page, and the proof that nothing else is."""
