"""The evaluation that a sceptic can run again: on what the model never saw, and beside simpler models."""
