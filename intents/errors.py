"""What can be wrong with the word lists."""


class IntentError(Exception):
    """A word list that comes with the package is broken; the message names file and key."""
