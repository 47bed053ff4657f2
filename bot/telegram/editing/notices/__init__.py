"""What the editors' chat is told unasked: each thing once, however many processes run."""

from bot.telegram.editing.notices.watching import Notices, keep_informed

__all__ = ["Notices", "keep_informed"]
