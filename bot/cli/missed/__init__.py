"""`voced missed`: the gaps that wait for an editor, and everything an editor can do with them."""

from bot.cli.missed.group import missed

__all__ = ["missed"]
