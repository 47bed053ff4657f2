"""`voced eval`: the command, and how it shows what it finds."""
