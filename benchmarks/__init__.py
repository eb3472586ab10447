"""Speed, start-up and memory of spamguard, measured beside other programs in one run on one machine."""
