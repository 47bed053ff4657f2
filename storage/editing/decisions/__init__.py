"""What editors decided: the journal, what it changes, and who is told of it."""
