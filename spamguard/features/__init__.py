"""What segments look like in numbers, one family a file."""
