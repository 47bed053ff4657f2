"""Words replies from the catalogue of majors."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.majors.additions import Overviews
from bot.majors.asking import (
    Wanted,
    at_one_level,
    levels_of,
    names_several,
    narrow,
    settle,
)
from bot.majors.cards import card_text, card_title
from bot.majors.comparing import side_by_side, told_apart
from bot.majors.lists import Lists
from bot.majors.said import Said
from bot.majors.speaking import Speaker
from bot.majors.telling import tell_slot
from bot.reply import Choice, Cited
from bot.words.wording import Wording
from intents import Language
from intents.majors import Look
from knowledge import Source
from knowledge.catalogue import Catalogue, Major

_LISTING = frozenset({"list", "how_many"})
_MOST_OFFERED = 3
# With more majors side by side, only the first few names go into a cell.
_SPACIOUS = 2


class MajorAnswerer:
    """Answers look-ups, and shows the entries that its buttons name."""

    def __init__(self, catalogue: Catalogue, say: Wording, *, known_slots: Iterable[str]) -> None:
        """Answer from `catalogue`; it can hold what `known_slots` ask for, nothing else."""
        self._catalogue = catalogue
        self._say = say
        self._known_slots = frozenset(known_slots)

    def answer(self, look: Look, language: Language) -> Said | None:
        """Return what to say to a question that names something, `None` when it names nothing."""
        meant = settle(look, self._catalogue)
        if not meant:
            return None
        if len(meant) > 1 and ("compare" in look.slots or not look.slots):
            return self._several(meant, look, language)
        alternatives, word = meant[0], look.mentions[0].word
        if "compare" in look.slots and len(alternatives) == 1 and len(alternatives[0].majors) > 1:
            # One name at several levels.
            return self.compare(alternatives[0].majors, language)
        # What a major leads to is a list as well, but not of majors of that name.
        is_listing = bool(look.slots & _LISTING) and "next" not in look.slots
        if len(alternatives) == 1 and alternatives[0].majors and not is_listing:
            return self._one(alternatives[0], look, language)
        if len(alternatives) > 1 and not is_listing:
            return self._offered(alternatives, language)
        return self._listed(alternatives, look, word, language)

    def _several(
        self, meant: Sequence[Sequence[Wanted]], look: Look, language: Language
    ) -> Said | None:
        if not look.slots and _may_be_one_name(look):
            others = (one for each in meant for one in each[1:])
            return self._offered([*(each[0] for each in meant), *others], language)
        found = [majors for one in meant if (majors := _majors_of(one))]
        majors = at_one_level(found[:_MOST_OFFERED])
        return self.compare(majors, language) if majors else None

    def can_tell(self, look: Look) -> bool:
        """Return whether all that a question asks is something that the catalogue can hold."""
        return look.slots <= self._known_slots

    def show(self, entry: str, language: Language) -> Said | None:
        """Return what stands behind an entry of the catalogue, `None` when nothing does."""
        kind, _, rest = entry.partition(":")
        codes = rest.split(",")
        majors = [self._catalogue.majors[code] for code in codes if code in self._catalogue.majors]
        if kind == "major" and len(majors) == 1:
            return self.card(majors, language)
        if kind == "compare" and len(majors) == len(set(codes)) == len(codes) > 1:
            return self.compare(majors, language)
        overviews = Overviews(self._catalogue, self._speaker(language), self._lists(language))
        return self._lists(language).page(entry) or overviews.page(entry)

    def overview(self, look: Look, language: Language) -> Said | None:
        """Return a list that no name leads to: what a year added, or what stands at a level."""
        overviews = Overviews(self._catalogue, self._speaker(language), self._lists(language))
        if look.mentions or look.rest or "list" not in look.slots:
            return None
        if "added" in look.slots and len(look.years) == 1:
            return overviews.added(int(look.years[0]))
        levels = levels_of(look)
        if look.slots == {"list"} and len(levels) == 1 and not look.years:
            return overviews.at(levels[0])
        return None

    def not_listed(self, look: Look, language: Language) -> Said:
        """Return that the catalogue has no such major, with the nearest that it has."""
        speaker = self._speaker(language)
        near = [narrow(named, (), self._catalogue) for named in look.near]
        return Said(
            outcome="missed",
            blocks=(speaker("not_listed_at_all"), *([speaker("nearest")] if near else [])),
            choices=tuple(self._choice(one, language) for one in near),
            reason="not_in_catalogue",
        )

    def choices(self, look: Look, language: Language) -> tuple[Choice, ...]:
        """Return at most three things that a question may be about."""
        meant = [one for alternatives in settle(look, self._catalogue) for one in alternatives]
        return tuple(self._choice(one, language) for one in meant[:_MOST_OFFERED])

    def _listed(
        self, alternatives: Sequence[Wanted], look: Look, word: str, language: Language
    ) -> Said:
        named = alternatives[0].named
        if len(alternatives) == 1:
            word = named.zh if language == "zh" else named.en
        said = self._lists(language).of(alternatives, levels_of(look), word)
        if len(alternatives) > 1:
            # Several names are no entry: what they are is listed, and each can be picked.
            offered = self._offered(alternatives, language)
            return replace(offered, blocks=(*said.blocks, *offered.blocks))
        if not look.slots - self._known_slots:
            return said
        not_held = self._speaker(language)("not_held", name=word)
        return replace(said, blocks=(not_held, *said.blocks), reason="not_in_catalogue")

    def _one(self, wanted: Wanted, look: Look, language: Language) -> Said:
        speaker = self._speaker(language)
        lacking = bool(look.slots - self._known_slots)
        told: list[str] = []
        if wanted.is_elsewhere:
            levels = speaker.join(speaker.level(level) for level in levels_of(look))
            told.append(speaker("not_at_level", name=speaker.name(wanted.majors[0]), level=levels))
        for slot in sorted(look.slots - _LISTING if "next" in look.slots else look.slots):
            if slot in self._known_slots:
                text = tell_slot(slot, speaker, wanted.majors)
                lacking = lacking or text is None
                told += [text] if text else []
        if lacking:
            told.append(speaker("not_held", name=speaker.name(wanted.majors[0])))
        return self.card(wanted.majors, language, told=told, lacking=lacking)

    def card(
        self,
        majors: Sequence[Major],
        language: Language,
        *,
        told: Sequence[str] = (),
        lacking: bool = False,
    ) -> Said:
        """Return the card of majors of one name, the lowest level first, below what is `told`."""
        speaker = self._speaker(language)
        others = [one for one in self._catalogue.named(majors[0].name.zh) if one not in majors]
        levels = [*majors[1:], *others] if len(majors) > 1 else others
        return Said(
            outcome="answered",
            title=card_title(speaker, majors[0]),
            blocks=(*told, card_text(speaker, majors)),
            entry=f"major:{majors[0].code}",
            citations=self._cite(majors, f"major:{majors[0].code}", language),
            choices=tuple(self._level_choice(major, language) for major in levels),
            menu=self._lists(language).around(majors[0]),
            reason="not_in_catalogue" if lacking else None,
        )

    def compare(self, majors: Sequence[Major], language: Language) -> Said:
        """Return the first three different ones of `majors` side by side, of only one its card."""
        majors = tuple({major.code: major for major in majors}.values())[:_MOST_OFFERED]
        if len(majors) == 1:
            return self.card(majors, language)
        entry = f"compare:{','.join(major.code for major in majors)}"
        speaker = self._speaker(language)
        shown = speaker.in_short() if len(majors) > _SPACIOUS else speaker
        citations = self._cite(majors, entry, language)
        return Said(
            outcome="answered",
            title=speaker("versus").join(told_apart(shown, majors)),
            blocks=(side_by_side(shown, self._catalogue, majors, citations),),
            entry=entry,
            citations=citations,
            menu=tuple(self._level_choice(major, language) for major in majors),
        )

    def _offered(self, alternatives: Sequence[Wanted], language: Language) -> Said:
        return Said(
            outcome="offered",
            blocks=(self._speaker(language)("which"),),
            choices=tuple(self._choice(one, language) for one in alternatives[:_MOST_OFFERED]),
            reason="several_majors",
        )

    def _choice(self, wanted: Wanted, language: Language) -> Choice:
        title = wanted.named.zh if language == "zh" else wanted.named.en
        return Choice(entry=wanted.entry, title=title)

    def _level_choice(self, major: Major, language: Language) -> Choice:
        speaker = self._speaker(language)
        title = speaker("name_at_level", name=speaker.name(major), level=speaker.level(major.level))
        return Choice(entry=f"major:{major.code}", title=title)

    def _cite(self, majors: Iterable[Major], entry: str, language: Language) -> tuple[Cited, ...]:
        citations = [self._catalogue.citation_for(major) for major in majors]
        sources = {source.id: source for one in citations for source in one.sources}
        return self._cite_sources(sources.values(), entry, language)

    def _cite_listing(
        self, majors: Iterable[Major], entry: str, language: Language
    ) -> tuple[Cited, ...]:
        citations = [self._catalogue.citation_for(major) for major in majors]
        sources = {source.id: source for one in citations for source in one.listing}
        return self._cite_sources(sources.values(), entry, language)

    @staticmethod
    def _cite_sources(
        sources: Iterable[Source], entry: str, language: Language
    ) -> tuple[Cited, ...]:
        return tuple(
            Cited(
                claim=entry,
                source=source.id,
                title=source.title.in_(language),
                publisher=source.publisher.in_(language),
                date=source.published,
                at=None,
                url=source.url,
            )
            for source in sources
        )

    def _speaker(self, language: Language) -> Speaker:
        return Speaker(self._catalogue, self._say, language)

    def _lists(self, language: Language) -> Lists:
        return Lists(self._catalogue, self._speaker(language), self._cite_listing)


def _may_be_one_name(look: Look) -> bool:
    """Return whether everyday words beside each other may name something else together."""
    return names_several(look) and any(one.how == "alias" for one in look.mentions)


def _majors_of(alternatives: Iterable[Wanted]) -> tuple[Major, ...]:
    """Return every major that a word may mean, the likeliest first."""
    return tuple(major for one in alternatives for major in one.majors)
