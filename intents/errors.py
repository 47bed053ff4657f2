"""What can go wrong in understanding, apart from any message."""


class IntentError(Exception):
    """Something that understanding is made of is broken; the message names it: file and key."""


class SemanticUnavailable(IntentError):  # noqa: N818 - a state of the installation, no fault
    """The semantic extra is not installed or can't be used; the message is a whole sentence."""
