"""Puts together the card of a major: everything known about it, on one phone screen."""

from collections.abc import Callable, Iterable, Sequence

from bot.majors.fitting import count_rows
from bot.majors.speaking import Speaker
from knowledge.catalogue import Major

# With the title above it, the card fills one screen of a phone.
_MOST_ROWS = 20


def card_title(speaker: Speaker, major: Major) -> str:
    """Return the name in both languages, that of the reader first."""
    names = (major.name.zh, major.name.en)
    first, second = names if speaker.language == "zh" else names[::-1]
    return f"{first} \u00b7 {second}"


def card_text(speaker: Speaker, majors: Sequence[Major]) -> str:
    """Return the card of majors of one name, at one level or several, lowest level first."""
    speaker = speaker.in_short() if len(majors) > 1 else speaker
    text = _write(speaker, majors)
    return (
        text
        if count_rows(text) <= _MOST_ROWS
        else _write(speaker.in_short().in_short(), majors, is_tight=True)
    )


def _write(speaker: Speaker, majors: Sequence[Major], *, is_tight: bool = False) -> str:
    lines = [_level_line(speaker, major) for major in majors]
    lines += _rows(speaker, majors, is_tight=is_tight)
    if any(major.is_state_controlled for major in majors):
        lines.append(speaker("state_controlled"))
    lines.append(speaker("translated"))
    return "\n".join(lines)


def _level_line(speaker: Speaker, major: Major) -> str:
    parts = [speaker.level(major.level), major.official_code]
    years = speaker.years(major)
    if years:
        parts.append(years)
    return speaker.bullet(speaker("parts_separator").join(parts))


def _rows(speaker: Speaker, majors: Sequence[Major], *, is_tight: bool) -> Iterable[str]:
    """Yield what is known, a row each; where space is tight, the levels of most share one."""

    def siblings(major: Major) -> str | None:
        return speaker.count_siblings(major) if is_tight else speaker.siblings(major)

    def next_level(major: Major) -> str | None:
        # Over several levels the card is long, and where it leads is said where a source says it.
        is_told = len(majors) > 1 and speaker.pathway(major) is not None
        return None if is_told else speaker.next_level(major)

    rows: tuple[tuple[str, Callable[[Major], str | None]], ...] = (
        ("place", speaker.place),
        ("occupations", speaker.occupations),
        ("pathway", speaker.pathway),
        ("next_level", next_level),
        ("siblings", siblings),
        ("edition", speaker.edition),
    )
    for key, value_of in rows:
        values = [(major, value) for major in majors if (value := value_of(major))]
        name = speaker(f"row.{key}")
        if len({value for _, value in values}) == 1 and len(values) == len(majors):
            yield speaker("row", name=name, value=values[0][1])
            continue
        if is_tight and key != "pathway":
            told = [speaker.said_of(value, major) for major, value in values]
            if told:
                yield speaker("row", name=name, value=speaker("levels_separator").join(told))
            continue
        for major, value in values:
            level = speaker.level(major.level)
            named = speaker("name_at_level", name=name, level=level) if len(majors) > 1 else name
            yield speaker("row", name=named, value=value)
