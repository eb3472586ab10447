"""From paths to reports: walking, reading, judging on many cores, writing back, configuration, exit codes."""
