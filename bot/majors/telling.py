"""Answers directly what was asked of a major, before its card."""

from collections.abc import Callable, Mapping, Sequence

from bot.majors.speaking import Speaker
from knowledge.catalogue import Major


def tell_slot(slot: str, speaker: Speaker, majors: Sequence[Major]) -> str | None:
    """Return the answer to one thing asked of majors of one name, `None` where it is not known."""
    if slot == "which_level":
        levels = speaker.join(speaker.level(major.level) for major in majors)
        return speaker("told.which_level", name=speaker.name(majors[0]), levels=levels)
    tellers: Mapping[str, Callable[[Major], str | None]] = {
        "how_long": speaker.years,
        "code": lambda major: major.official_code,
        "jobs": speaker.occupations,
        "next": lambda major: speaker.pathway(major) or speaker.next_level(major),
        "class": speaker.place,
        "state_controlled": lambda major: speaker(
            "has_k" if major.is_state_controlled else "has_no_k"
        ),
    }
    teller = tellers.get(slot)
    if teller is None:
        return None
    told = [(major, text) for major in majors if (text := teller(major))]
    if not told:
        return None
    is_same_everywhere = len(told) == len(majors) and len({text for _, text in told}) == 1
    values = (
        told[0][1]
        if is_same_everywhere
        else speaker("levels_separator").join(speaker.said_of(text, major) for major, text in told)
    )
    return speaker(f"told.{slot}", name=speaker.name(majors[0]), values=values)
