"""Hands the names of the catalogue to the finder as values."""

from collections import defaultdict
from collections.abc import Iterable

from intents import Normaliser, WordLists
from intents.majors import MajorFinder, Named
from intents.wordlists import Alias
from knowledge.catalogue import LEVELS, Catalogue


def make_finder(catalogue: Catalogue, words: WordLists, normaliser: Normaliser) -> MajorFinder:
    """Return what finds majors, classes and categories in questions."""
    return MajorFinder(
        tuple(_names_of(catalogue)),
        aliases=(*_occupations_of(catalogue, words.aliases), *words.aliases),
        requests=words.requests,
        # Other stages of schooling, such as a master's, are nothing that the catalogue speaks of.
        levels=[concept for concept in words.concepts if concept.id in LEVELS],
        pinyin=words.pinyin,
        normaliser=normaliser,
    )


def names_of_majors(catalogue: Catalogue) -> dict[str, str]:
    """Return the official names of majors, in both languages, each with what it names.

    A name that several majors have names them all: the same major at different levels is one.
    """
    return {
        name: one.name.zh
        for one in catalogue.majors.values()
        for name in (one.name.zh, one.name.en)
    }


def _names_of(catalogue: Catalogue) -> Iterable[Named]:
    codes: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for major in catalogue.majors.values():
        codes["major", major.name.zh, major.name.en].append(major.code)
    for group in catalogue.classes.values():
        codes["class", group.name.zh, group.name.en].append(group.code)
    for category in catalogue.categories.values():
        codes["category", category.name.zh, category.name.en].append(category.code)
    for (kind, zh, en), found in codes.items():
        yield Named(
            kind=kind,  # type: ignore[arg-type]
            id=f"{kind}:{found[0]}",
            zh=zh,
            en=en,
            codes=tuple(found),
        )


def _occupations_of(catalogue: Catalogue, listed: Iterable[Alias]) -> Iterable[Alias]:
    """Yield each occupation as an alias of the majors that lead to it.

    Behind those that people mean by it, where they mean several; what has one meaning keeps it.
    """
    meant = {word: alias.majors for alias in listed for word in alias.zh}
    majors: dict[str, dict[str, None]] = defaultdict(dict)
    for major in catalogue.majors.values():
        for occupation in major.occupations:
            majors[occupation][major.name.zh] = None
    for occupation, names in majors.items():
        first = meant.get(occupation, ())
        if occupation not in meant or len(first) > 1:
            yield Alias(zh=(occupation,), majors=tuple(dict.fromkeys((*first, *names))))
