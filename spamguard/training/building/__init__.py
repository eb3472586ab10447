"""Builds a corpus folder from the public sources that ``data/sources.toml`` names."""
