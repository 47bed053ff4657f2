"""Puts majors side by side."""

from collections.abc import Callable, Sequence

from bot.majors.speaking import Speaker
from bot.reply import Cited
from knowledge import Source
from knowledge.catalogue import Catalogue, Major

_FROM_PROFILE = frozenset({"years", "occupations", "pathway"})


def side_by_side(
    speaker: Speaker, catalogue: Catalogue, majors: Sequence[Major], citations: Sequence[Cited]
) -> str:
    """Return one paragraph a row, each cell with the numbers of the `citations` it rests on."""
    rows: tuple[tuple[str, Callable[[Major], str | None]], ...] = (
        ("level", lambda major: speaker.level(major.level)),
        ("code", lambda major: major.official_code),
        ("years", speaker.years),
        ("place", speaker.place),
        ("occupations", speaker.occupations),
        ("pathway", speaker.pathway),
        ("siblings", lambda major: speaker.siblings(major) or speaker("none")),
    )
    names = told_apart(speaker, majors)
    numbers = {cited.source: number for number, cited in enumerate(citations, start=1)}
    paragraphs = []
    for key, value_of in rows:
        lines = [speaker(f"row.{key}")]
        for name, major in zip(names, majors, strict=True):
            value = value_of(major)
            marks = "".join(f"[{numbers[one.id]}]" for one in _sources(catalogue, major, key))
            text = f"{value} {marks}" if value else speaker("unknown")
            lines.append(speaker.bullet(speaker("row", name=name, value=text)))
        paragraphs.append("\n".join(lines))
    return "\n".join(paragraphs)


def told_apart(speaker: Speaker, majors: Sequence[Major]) -> list[str]:
    """Return the names of majors, with their levels where they have the same."""
    names = [speaker.name(major) for major in majors]
    if len(set(names)) == len(names):
        return names
    return [speaker.said_of(name, major) for name, major in zip(names, majors, strict=True)]


def _sources(catalogue: Catalogue, major: Major, row: str) -> Sequence[Source]:
    citation = catalogue.citation_for(major)
    if row in _FROM_PROFILE and citation.profile is not None:
        return (citation.profile,)
    return citation.listing
