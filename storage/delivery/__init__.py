"""Remembers what is under way between Telegram and the bot."""

from storage.delivery.store import DeliveryStore
from storage.delivery.values import Begun, DeadLetter, WaitingReply

__all__ = ["Begun", "DeadLetter", "DeliveryStore", "WaitingReply"]
