"""`voced knowledge`: for those who look after the answers."""

from bot.cli.knowledge.command import knowledge

__all__ = ["knowledge"]
