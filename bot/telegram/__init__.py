"""The bot on Telegram."""

from bot.telegram.application import build_application

__all__ = ["build_application"]
