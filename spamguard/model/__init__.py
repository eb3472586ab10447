"""What was learned: stored, verified, scored, explained."""
