"""Lists what is in a class or a category, and leads through the whole catalogue page by page."""

import re
from collections.abc import Callable, Iterable, Sequence

from bot.majors.asking import Wanted, majors_in
from bot.majors.said import Said
from bot.majors.speaking import Speaker
from bot.reply import Choice, Cited
from intents import Language
from knowledge.catalogue import LEVELS, Catalogue, Category, Level, Major, MajorClass

Cite = Callable[[Iterable[Major], str, Language], tuple[Cited, ...]]
BROWSE = "browse"
# As the buttons write it: 2, not 02.
_PAGE = re.compile(r"[1-9][0-9]{0,2}")
_PER_PAGE = 8
_MOST_CHOICES = 3
# Two characters of a name tell what it is about: 汽车.
_OPENING = 2


class Lists:
    """Makes pages in one language.

    The entry of a page is `browse`, `category:52` or `class:5202`, with `/2` for its second page.
    """

    def __init__(self, catalogue: Catalogue, speaker: Speaker, cite: Cite) -> None:
        self._catalogue = catalogue
        self._speaker = speaker
        self._cite = cite

    def page(self, entry: str) -> Said | None:
        """Return a page by its entry, `None` when there is none."""
        name, slash, number = entry.partition("/")
        if slash and not _PAGE.fullmatch(number):
            return None
        page = int(number or 1)
        kind, _, code = name.partition(":")
        if name == BROWSE:
            return self._root(page)
        if kind == "category" and code in self._catalogue.categories:
            return self._category(self._catalogue.categories[code], page)
        if kind == "class" and code in self._catalogue.classes:
            return self._class(self._catalogue.classes[code], page)
        return None

    def of(self, alternatives: Sequence[Wanted], levels: Sequence[Level], word: str) -> Said:
        """Return how many majors stand for what was asked, level by level, and which.

        `word` is what the person called it.
        """
        first = alternatives[0]
        group = self._group_of(alternatives, levels)
        majors = [
            major
            for one in alternatives
            for major in majors_in(one, self._catalogue)
            if not levels or major.level in levels
        ]
        if group is not None:
            majors = [
                major
                for one in group
                for major in self._catalogue.in_class(one.code)
                if not levels or major.level in levels
            ]
        named = [major for one in alternatives for major in one.majors]
        majors = _likest_first({major.code: major for major in majors}.values(), named)
        speaker = self._speaker
        by_level = {level: [one for one in majors if one.level == level] for level in LEVELS}
        lines = [
            speaker.bullet(
                speaker(
                    "level_count",
                    level=speaker.level(level),
                    count=len(found),
                    names=speaker.names(found) if found else speaker("none"),
                )
            )
            for level, found in by_level.items()
            if found or level in levels
        ]
        entry = f"class:{group[0].code}" if group else first.entry
        title = group[0].name.in_(speaker.language) if group else word
        counted = title
        if levels:
            level_names = speaker.join(speaker.level(level) for level in levels)
            counted = speaker("name_at_level", name=title, level=level_names)
        return Said(
            outcome="answered",
            title=title,
            blocks=(speaker("count", name=counted, count=len(majors)), "\n".join(lines)),
            entry=entry,
            citations=self._cite(majors, entry, speaker.language),
            choices=self._other_levels(entry),
            menu=tuple(self._major_choice(major) for major in majors[:_PER_PAGE]),
        )

    def around(self, major: Major) -> tuple[Choice, ...]:
        """Return where to go from a card: its class and its category."""
        group = self._catalogue.classes[major.class_code]
        category = self._catalogue.categories[major.category_code]
        return (
            Choice(entry=f"class:{group.code}", title=self._named_at(group)),
            Choice(entry=f"category:{category.code}", title=self._named_at(category)),
        )

    def _group_of(
        self, alternatives: Sequence[Wanted], levels: Sequence[Level]
    ) -> tuple[MajorClass, ...] | None:
        """Return the classes to count in when a single major was asked to be counted."""
        if len(alternatives) != 1 or not alternatives[0].majors:
            return None
        key = self._catalogue.classes[alternatives[0].majors[0].class_code].key
        groups = [one for level in LEVELS if (one := self._catalogue.class_at(key, level))]
        return tuple([one for one in groups if one.level in levels] or groups)

    def _root(self, page: int) -> Said | None:
        # A category is entered at its lowest level; its page leads to the others.
        lowest: dict[int, Category] = {}
        for category in self._catalogue.categories.values():
            lowest.setdefault(category.number, category)
        choices = [
            Choice(entry=f"category:{one.code}", title=one.name.in_(self._speaker.language))
            for one in lowest.values()
        ]
        counts = self._catalogue.counts
        text = self._speaker("browse", total=counts.total, categories=len(choices))
        return self.paged(BROWSE, self._speaker("browse.title"), text, choices, page, back=None)

    def _category(self, category: Category, page: int) -> Said | None:
        choices = [
            Choice(
                entry=f"class:{one.code}",
                title=self._speaker(
                    "with_count",
                    name=one.name.in_(self._speaker.language),
                    count=len(self._catalogue.in_class(one.code)),
                ),
            )
            for one in self._catalogue.classes_of(category.code)
        ]
        majors = self._catalogue.in_category(category.code)
        title = self._named_at(category)
        text = self._speaker("category", name=title, classes=len(choices), count=len(majors))
        entry = f"category:{category.code}"
        back = Choice(entry=BROWSE, title=self._speaker("back_to_all"))
        return self.paged(entry, title, text, choices, page, back=back, majors=majors)

    def _class(self, group: MajorClass, page: int) -> Said | None:
        majors = self._catalogue.in_class(group.code)
        category = self._catalogue.categories[group.category_code]
        title = self._named_at(group)
        text = self._speaker("class", name=title, count=len(majors))
        back = Choice(
            entry=f"category:{category.code}",
            title=self._speaker("back_to", name=self._named_at(category)),
        )
        choices = self.choices_of(majors)
        entry = f"class:{group.code}"
        return self.paged(entry, title, text, choices, page, back=back, majors=majors)

    def paged(
        self,
        entry: str,
        title: str,
        text: str,
        choices: Sequence[Choice],
        page: int,
        *,
        back: Choice | None,
        majors: Sequence[Major] = (),
    ) -> Said | None:
        """Return one page of `choices`, with ways to its neighbours; `None` past the last."""
        pages = max(-(-len(choices) // _PER_PAGE), 1)
        if page > pages:
            return None
        shown = list(choices[(page - 1) * _PER_PAGE : page * _PER_PAGE])
        lines = [self._speaker.bullet(choice.title) for choice in shown]
        if page > 1:
            shown.append(Choice(entry=f"{entry}/{page - 1}", title=self._speaker("previous_page")))
        if page < pages:
            shown.append(Choice(entry=f"{entry}/{page + 1}", title=self._speaker("next_page")))
        if back is not None:
            shown.append(back)
        return Said(
            outcome="answered",
            title=title,
            blocks=(text, "\n".join(lines)),
            entry=entry,
            citations=self._cite(majors, entry, self._speaker.language),
            choices=self._other_levels(entry),
            menu=tuple(shown),
        )

    def _other_levels(self, entry: str) -> tuple[Choice, ...]:
        """Return the same class or category at its other levels."""
        kind, _, code = entry.partition(":")
        groups: Iterable[MajorClass | Category] = ()
        if kind == "class" and code in self._catalogue.classes:
            key = self._catalogue.classes[code].key
            groups = (one for one in self._catalogue.classes.values() if one.key == key)
        elif kind == "category" and code in self._catalogue.categories:
            number = self._catalogue.categories[code].number
            groups = (one for one in self._catalogue.categories.values() if one.number == number)
        return tuple(
            Choice(entry=f"{kind}:{one.code}", title=self._named_at(one))
            for one in groups
            if one.code != code
        )[:_MOST_CHOICES]

    def _named_at(self, group: MajorClass | Category) -> str:
        name = group.name.in_(self._speaker.language)
        return self._speaker("name_at_level", name=name, level=self._speaker.level(group.level))

    def choices_of(self, majors: Iterable[Major]) -> tuple[Choice, ...]:
        """Return each major as something to pick, by its name and level."""
        return tuple(self._major_choice(major) for major in majors)

    def _major_choice(self, major: Major) -> Choice:
        name = self._speaker.name(major)
        title = self._speaker("name_at_level", name=name, level=self._speaker.level(major.level))
        return Choice(entry=f"major:{major.code}", title=title)


def _likest_first(majors: Iterable[Major], named: Sequence[Major]) -> list[Major]:
    """Return `majors` with those first that are `named`, then those whose names begin like one."""
    codes = {one.code for one in named}
    openings = {one.name.zh[:_OPENING] for one in named}
    return sorted(
        majors,
        key=lambda one: (one.code not in codes, one.name.zh[:_OPENING] not in openings),
    )
