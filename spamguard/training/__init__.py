"""Fitting and measuring the model: never imported by a scan."""
