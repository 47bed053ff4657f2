"""What the catalogue has to say, before it becomes a reply."""

from dataclasses import dataclass

from bot.reply import Choice, Cited, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The parts of a reply that the catalogue gives; see `bot.reply.Reply`."""

    outcome: Outcome
    blocks: tuple[str, ...]
    title: str | None = None
    entry: str | None = None
    citations: tuple[Cited, ...] = ()
    choices: tuple[Choice, ...] = ()
    menu: tuple[Choice, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCard:
    """A card with the two lines by which somebody picks it from several."""

    headline: str
    summary: str
    said: Said
