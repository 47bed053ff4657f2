"""Settles which majors, classes or categories a look-up means, at which levels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from intents.majors import Look, Named
from knowledge.catalogue import LEVELS, Catalogue, Category, Level, Major, MajorClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One thing that is asked about: `majors` of one name, or the classes or categories of one.

    Each goes by level, the lowest first, narrowed to the levels that the question names where
    there are any; `is_elsewhere` says that it stands at none of them.
    """

    named: Named
    majors: tuple[Major, ...] = ()
    classes: tuple[MajorClass, ...] = ()
    categories: tuple[Category, ...] = ()
    is_elsewhere: bool = False

    @property
    def entry(self) -> str:
        """Return the entry: the kind and the code at the lowest level."""
        codes = [one.code for one in self.majors or self.classes or self.categories]
        return f"{self.named.kind}:{codes[0]}"


def settle(look: Look, catalogue: Catalogue) -> tuple[tuple[Wanted, ...], ...]:
    """Return for each mention what it may mean, best first, at the levels asked for if any.

    Of several levels between which something leads on, it stands at the lowest.
    """
    levels = levels_of(look)[: 1 if "next" in look.slots else None]
    meant = []
    for mention in look.mentions:
        wanted = [narrow(named, levels, catalogue, code=mention.code) for named in mention.named]
        meant.append(tuple([one for one in wanted if not one.is_elsewhere] or wanted))
    return tuple(meant)


def names_several(look: Look) -> bool:
    """Return whether mentions mean different things: not 中医学 and 中医."""
    return any(set(one.named).isdisjoint(other.named) for one, other in pairwise(look.mentions))


def names_a_guess(look: Look) -> bool:
    """Return whether it is all about a major whose name is only guessed: 用法语专业好就业吗."""
    is_all = look.says_major and not look.rest and bool(look.mentions)
    return is_all and all(one.how == "slip" for one in look.mentions)


def at_one_level(majors: Sequence[Sequence[Major]]) -> tuple[Major, ...]:
    """Return the first of each, at a level where all of them stand if there is one."""
    for level in LEVELS:
        chosen = [next((one for one in each if one.level == level), None) for each in majors]
        if None not in chosen:
            return tuple(one for one in chosen if one is not None)
    return tuple(each[0] for each in majors)


def levels_of(look: Look) -> tuple[Level, ...]:
    """Return the levels that a question names, the lowest first."""
    return tuple(level for level in LEVELS if level in look.levels)


def narrow(
    named: Named, levels: Sequence[Level], catalogue: Catalogue, *, code: str | None = None
) -> Wanted:
    """Return what `named` is at `levels` (none: at every level), or all of it where it is at none.

    A code means just the level it belongs to.
    """
    codes = [code] if code else named.codes
    everything = [_look_up(one, catalogue) for one in codes]
    kept = [one for one in everything if not levels or one.level in levels]
    chosen = kept or everything
    return Wanted(
        named=named,
        majors=tuple(one for one in chosen if isinstance(one, Major)),
        classes=tuple(one for one in chosen if isinstance(one, MajorClass)),
        categories=tuple(one for one in chosen if isinstance(one, Category)),
        is_elsewhere=not kept,
    )


def _look_up(code: str, catalogue: Catalogue) -> Major | MajorClass | Category:
    for held in (catalogue.majors, catalogue.classes, catalogue.categories):
        if code in held:
            return held[code]
    raise KeyError(code)


def majors_in(wanted: Wanted, catalogue: Catalogue) -> tuple[Major, ...]:
    """Return the majors that something stands for: its own, or all of its class or category."""
    found: Iterable[Major] = wanted.majors
    if wanted.classes:
        found = [major for one in wanted.classes for major in catalogue.in_class(one.code)]
    elif wanted.categories:
        found = [major for one in wanted.categories for major in catalogue.in_category(one.code)]
    return tuple(found)
