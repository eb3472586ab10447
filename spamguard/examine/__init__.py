"""The closer look at pages with a candidate."""
