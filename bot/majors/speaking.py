"""Says what the catalogue holds of a major, in short phrases."""

from collections.abc import Iterable

from bot.majors.fitting import count_fitting
from bot.words.wording import Wording
from intents import Language
from knowledge.catalogue import Catalogue, ContinuationKind, Level, Major

# How many names a list shows, and on how many columns, in more and more want of space.
_SPACES = ((5, 120), (3, 36), (1, 1))


class Speaker:
    """Speaks of majors in one language."""

    def __init__(
        self,
        catalogue: Catalogue,
        say: Wording,
        language: Language,
        *,
        space: int = 0,
    ) -> None:
        """Speak `language`; the higher `space`, from 0, the fewer a list names."""
        self._catalogue = catalogue
        self._say = say
        self._space = min(space, len(_SPACES) - 1)
        self.language = language

    def in_short(self) -> "Speaker":
        """Return a speaker that names fewer, for what would not fit on a phone screen."""
        return Speaker(self._catalogue, self._say, self.language, space=self._space + 1)

    def __call__(self, key: str, **values: object) -> str:
        """Return the wording under `major.` and `key`."""
        return self._say(f"major.{key}", self.language, **values)

    def join(self, words: Iterable[str]) -> str:
        """Return words as a list in a sentence."""
        return self._say("list_separator", self.language).join(words)

    def level(self, level: Level) -> str:
        """Return the name of a level."""
        return self(f"level.{level}")

    def said_of(self, words: str, major: Major) -> str:
        """Return `words` with the level of `major` behind them."""
        return self("name_at_level", name=words, level=self.level(major.level))

    def bullet(self, text: str) -> str:
        """Return `text` as a line of a list."""
        # A space would let a terminal break the line behind the bullet: Chinese has none itself.
        return f"\u30fb{text}" if self.language == "zh" else f"\u2022 {text}"

    def name(self, major: Major) -> str:
        """Return the name of a major in this language."""
        return major.name.in_(self.language)

    def names(self, majors: Iterable[Major]) -> str:
        """Return the names of majors, the first few and how many there are in all."""
        return self.some(self.name(major) for major in majors)

    def some(self, words: Iterable[str]) -> str:
        """Return the first few of `words` as a list, with their number when some are left out."""
        words = tuple(dict.fromkeys(words))
        most = count_fitting(words, *_SPACES[self._space])
        shown = self.join(words[:most])
        if len(words) <= most:
            return shown
        return self("and_more", words=shown, count=len(words))

    def years(self, major: Major) -> str | None:
        """Return the length of study, `None` where unknown."""
        return self("years", count=major.years) if major.years else None

    def occupations(self, major: Major) -> str | None:
        """Return the occupations, `None` where unknown; they are only known in Chinese."""
        return self.some(major.occupations) if major.occupations else None

    def pathway(self, major: Major) -> str | None:
        """Return what officially continues a major, `None` where no source says."""
        official: dict[ContinuationKind, list[str]] = {}
        for one in self._catalogue.continuations(major):
            name = self.name(one.major) if one.major else one.name
            if one.standing == "not_in_catalogue":
                name = self("not_listed", name=name)
            official.setdefault(one.kind, []).append(name)
        if not official:
            return None
        return self("parts_separator").join(
            self("continues", at=self(f"continues.{kind}"), names=self.some(names))
            for kind, names in official.items()
        )

    def next_level(self, major: Major) -> str | None:
        """Return the majors of the same class one level up, `None` where there are none."""
        following = self._catalogue.next_level(major)
        if not following:
            return None
        level = self.level(following[0].level)
        return self("same_class_next", level=level, names=self.names(following))

    def siblings(self, major: Major) -> str | None:
        """Return the other majors of the class at this level, `None` where it is the only one."""
        others = self._catalogue.siblings(major)
        return self.names(others) if others else None

    def count_siblings(self, major: Major) -> str | None:
        """Return how many other majors its class has, `None` where it is the only one."""
        others = self._catalogue.siblings(major)
        return str(len(others)) if others else None

    def place(self, major: Major) -> str:
        """Return category and class."""
        category = self._catalogue.categories[major.category_code].name.in_(self.language)
        group = self._catalogue.classes[major.class_code].name.in_(self.language)
        return f"{category} \u203a {group}"

    def edition(self, major: Major) -> str:
        """Return when the major came into the catalogue."""
        edition = major.edition
        if edition.is_whole:
            return self("edition.whole", year=edition.first)
        if edition.first == edition.last:
            return self("edition.added", year=edition.first)
        return self("edition.added_between", first=edition.first, last=edition.last)
