"""Lists what a year added to the catalogue, and what stands at one level."""

from collections.abc import Iterable

from bot.majors.lists import Lists
from bot.majors.said import Said
from bot.majors.speaking import Speaker
from bot.reply import Choice
from knowledge.catalogue import LEVELS, Catalogue, Level


class Overviews:
    """Makes pages that no name leads to: `added:2025` and `level:diploma`."""

    def __init__(self, catalogue: Catalogue, speaker: Speaker, lists: Lists) -> None:
        self._catalogue = catalogue
        self._speaker = speaker
        self._lists = lists

    def page(self, entry: str) -> Said | None:
        """Return a page by its entry, `None` when there is none."""
        name, _, page = entry.partition("/")
        kind, _, rest = name.partition(":")
        number = int(page) if page.isascii() and page.isdecimal() else 1
        if page and str(number) != page:
            return None
        if kind == "added" and rest.isascii() and rest.isdecimal():
            return self.added(int(rest), number)
        level = next((level for level in LEVELS if level == rest), None)
        return self.at(level, number) if kind == "level" and level else None

    def added(self, year: int, page: int = 1) -> Said | None:
        """Return what `year` added, as far as sources tell; `None` where none tells of it."""
        additions = self._catalogue.added_in(year)
        if not additions.certain and not additions.possible:
            return None
        speaker = self._speaker
        lines = [speaker("added", year=year, count=len(additions.certain))]
        if additions.possible:
            lines.append(speaker("added_possibly", year=year, count=len(additions.possible)))
        announced = additions.edition.adds.get("total") if additions.edition else None
        if announced and announced.count != len(additions.certain):
            lines.append(speaker("announced", year=year, count=announced.count))
        return self._lists.paged(
            f"added:{year}",
            speaker("added_title", year=year),
            "".join(lines) if speaker.language == "zh" else " ".join(lines),
            self._lists.choices_of((*additions.certain, *additions.possible)),
            page,
            back=None,
            majors=(*additions.certain, *additions.possible),
        )

    def at(self, level: Level, page: int = 1) -> Said | None:
        """Return the categories at `level`."""
        return self._lists.paged(
            f"level:{level}",
            self._speaker("browse.title"),
            self._speaker(
                "at_one_level",
                level=self._speaker.level(level),
                count=self._catalogue.counts.by_level.get(level, 0),
            ),
            tuple(self._categories(level)),
            page,
            back=None,
            majors=[one for one in self._catalogue.majors.values() if one.level == level],
        )

    def _categories(self, level: Level) -> Iterable[Choice]:
        counts = self._catalogue.counts.by_category
        for category in self._catalogue.categories.values():
            if category.level == level:
                name = category.name.in_(self._speaker.language)
                yield Choice(
                    entry=f"category:{category.code}",
                    title=self._speaker("with_count", name=name, count=counts[category.code]),
                )
