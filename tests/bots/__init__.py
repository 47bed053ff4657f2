"""The bot under test: in this process, or as a process of its own."""
