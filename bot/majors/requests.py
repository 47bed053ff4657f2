"""Serves texts that are known to name majors: of a command, or typed for a card in any chat."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.majors.answering import MajorAnswerer
from bot.majors.asking import Wanted, at_one_level, levels_of, majors_in, narrow, settle
from bot.majors.naming import split_names
from bot.majors.said import FoundCard, Said
from bot.majors.speaking import Speaker
from bot.words.wording import Wording
from intents import Language
from intents.majors import Look, MajorFinder
from knowledge.catalogue import Catalogue, Major

_COMPARED = range(2, 4)
_LONGEST_NAME = 40


class MajorRequests:
    """Looks up, compares and finds; unlike in a question, no word can be about anything else."""

    def __init__(
        self,
        finder: MajorFinder,
        majors: MajorAnswerer,
        catalogue: Catalogue,
        say: Wording,
        *,
        normalise: Callable[[str], str],
    ) -> None:
        self._finder = finder
        self._majors = majors
        self._catalogue = catalogue
        self._say = say
        self._normalise = normalise
        self._spelled = {
            major.name.zh: _spell(catalogue.named(major.name.zh))
            for major in catalogue.majors.values()
        }

    def look_up(self, text: str, language: Language) -> Said:
        """Return the card, the choices, or that the catalogue has no such major."""
        look = self._look(text)
        said = self._majors.answer(look, language) if look.mentions and not look.rest else None
        if said is not None:
            return said
        choices = self._majors.choices(look, language)
        if not choices:
            return self._majors.not_listed(look, language)
        which = self._say("major.which", language)
        return Said(outcome="offered", blocks=(which,), choices=choices, reason="not_sure")

    def compare(self, text: str, language: Language) -> Said:
        """Return two or three majors side by side, or what keeps them from being compared."""
        named = self._looks_of(text)
        meant: dict[str, tuple[Major, ...]] = {}
        for name, look in named:
            wanted = next((one[0] for one in settle(look, self._catalogue)), None)
            if wanted is None or not wanted.majors or look.rest:
                # A single word that names no major is no attempt at a comparison yet.
                return (
                    self._no_major(name, look, language) if len(named) > 1 else self._how(language)
                )
            meant.setdefault(wanted.entry, wanted.majors)
        if len(meant) not in _COMPARED:
            return self._how(language)
        return self._majors.compare(at_one_level(list(meant.values())), language)

    def find_cards(self, text: str, language: Language, *, limit: int) -> tuple[FoundCard, ...]:
        """Return the cards that a text being typed may be after, best first, at most `limit`."""
        text = self._normalise(text)
        if not text:
            return ()
        look = self._finder.look(text, guess=True)
        is_sure = all(mention.how != "slip" for mention in look.mentions)
        meant = [majors for one in self._wanted(look) for majors in self._by_name(one, look)]
        begun = self._by_part_of_name(text)
        found: dict[str, tuple[Major, ...]] = {}
        for majors in (*meant, *begun) if is_sure else (*begun, *meant):
            found.setdefault(majors[0].name.zh, majors)
        near = [named for named in look.near if named.kind == "major"]
        for named in near if not found else ():
            found[named.zh] = narrow(named, (), self._catalogue).majors
        return tuple(self._card(majors, language) for majors in list(found.values())[:limit])

    def _wanted(self, look: Look) -> Iterable[Wanted]:
        for alternatives in settle(look, self._catalogue):
            yield from alternatives

    def _by_part_of_name(self, text: str) -> Iterable[tuple[Major, ...]]:
        """Return what is called something with `text` in it, or has a code that begins with it."""
        found = [name for name, spelled in self._spelled.items() if f"\n{text}" in spelled]
        if not text.isdecimal():  # digits in the middle of a code say nothing
            found += [name for name, spelled in self._spelled.items() if text in spelled]
        return [self._catalogue.named(name) for name in dict.fromkeys(found)]

    def _look(self, text: str) -> Look:
        return self._finder.look(self._normalise(text), guess=True)

    def _looks_of(self, text: str) -> list[tuple[str, Look]]:
        """Return each name in a text, with what it is."""
        whole = self._look(text)
        if len(whole.mentions) > 1 and not whole.rest:
            return [(one.word, replace(whole, mentions=(one,))) for one in whole.mentions]
        return [(name, self._look(name)) for name in split_names(text)]

    def _by_name(self, wanted: Wanted, look: Look) -> Iterable[tuple[Major, ...]]:
        """Yield the majors behind something, those of one name together."""
        if wanted.majors:
            yield wanted.majors
            return
        levels = levels_of(look)
        names: dict[str, list[Major]] = {}
        for major in majors_in(wanted, self._catalogue):
            if not levels or major.level in levels:
                names.setdefault(major.name.zh, []).append(major)
        yield from map(tuple, names.values())

    def _card(self, majors: tuple[Major, ...], language: Language) -> FoundCard:
        speaker = Speaker(self._catalogue, self._say, language)
        levels = speaker.join(speaker.level(major.level) for major in majors)
        codes = speaker.join(major.official_code for major in majors)
        return FoundCard(
            headline=speaker("name_at_level", name=speaker.name(majors[0]), level=levels),
            summary=speaker("parts_separator").join((codes, speaker.place(majors[0]))),
            said=self._majors.card(majors, language),
        )

    def _no_major(self, name: str, look: Look, language: Language) -> Said:
        """Return that a comparison names something else than a major, and what is near it."""
        missing = self._say("major.no_such_major", language, name=name[:_LONGEST_NAME])
        choices = self._majors.choices(look, language)
        if choices:
            which = self._say("major.which", language)
            blocks = (missing, which)
            return Said(outcome="offered", blocks=blocks, choices=choices, reason="not_sure")
        said = self._majors.not_listed(look, language)
        return replace(said, blocks=(missing, *said.blocks[1:]))

    def _how(self, language: Language) -> Said:
        how = self._say("major.compare_how", language)
        return Said(outcome="gated", blocks=(how,), reason="names_to_compare")


def _spell(majors: Sequence[Major]) -> str:
    """Return what majors of one name go by: a line for each name and code, none at first."""
    first = majors[0].name
    return "\n".join(("", first.zh, first.en.lower(), *(major.code for major in majors)))
