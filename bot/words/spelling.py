"""Writes a reply in traditional characters, for those who write in them."""

from dataclasses import replace

from bot.reply import Choice, Cited, Reply
from intents.text.traditional import to_traditional


def in_traditional(reply: Reply) -> Reply:
    """Return a Chinese reply with everything that a person reads in traditional characters."""
    return replace(
        reply,
        blocks=tuple(map(to_traditional, reply.blocks)),
        title=_spell(reply.title),
        citations=tuple(map(_spell_citation, reply.citations)),
        choices=_spell_choices(reply.choices),
        menu=_spell_choices(reply.menu),
        related=_spell_choices(reply.related),
    )


def _spell(text: str | None) -> str | None:
    return None if text is None else to_traditional(text)


def _spell_citation(cited: Cited) -> Cited:
    return replace(
        cited,
        title=to_traditional(cited.title),
        publisher=to_traditional(cited.publisher),
        at=_spell(cited.at),
    )


def _spell_choices(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return tuple(replace(one, title=to_traditional(one.title)) for one in choices)
