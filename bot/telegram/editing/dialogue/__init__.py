"""What takes an editor several messages; how far they are stands in the database."""
