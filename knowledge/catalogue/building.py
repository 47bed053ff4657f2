"""Makes the catalogue out of entries that have passed every check."""

from collections.abc import Mapping

from knowledge.catalogue.catalogue import Catalogue, make_catalogue
from knowledge.catalogue.counting import figure_in
from knowledge.catalogue.models import (
    LEVELS,
    CategoryEntry,
    CountKey,
    EditionsFile,
    FigureRef,
    Level,
    MajorEntry,
    category_code,
)
from knowledge.catalogue.reading import CatalogueEntries
from knowledge.catalogue.values import (
    Category,
    CitedCount,
    Continues,
    Edition,
    Major,
    MajorClass,
)
from knowledge.models import Claim, Localised, Source


def build_catalogue(
    entries: CatalogueEntries, *, sources: Mapping[str, Source], claims: Mapping[str, Claim]
) -> Catalogue:
    """Return the catalogue of `entries`, which break no rule."""
    if entries.editions is None:
        return Catalogue()
    found = [placed.value for placed in entries.categories]
    editions = _make_editions(entries.editions.value, sources, claims)
    majors = [
        _make_major(one.placed.value, one.level, editions[one.placed.value.edition])
        for one in entries.majors
    ]
    majors.sort(key=lambda major: (LEVELS.index(major.level), major.code))
    return make_catalogue(
        categories={one.code: one for level in LEVELS for one in _make_categories(found, level)},
        classes={one.code: one for level in LEVELS for one in _make_classes(found, level)},
        majors={major.code: major for major in majors},
        editions=editions,
        profiles=sources[entries.editions.value.profiles],
    )


def _make_editions(
    file: EditionsFile, sources: Mapping[str, Source], claims: Mapping[str, Claim]
) -> dict[str, Edition]:
    def count(references: Mapping[CountKey, FigureRef]) -> dict[CountKey, CitedCount]:
        counts: dict[CountKey, CitedCount] = {}
        for key, reference in references.items():
            figure = figure_in(claims, reference)
            if figure is not None:
                counts[key] = CitedCount(count=figure, claim_id=reference.partition(".")[0])
        return counts

    return {
        edition: Edition(
            id=edition,
            first=int(edition[:4]),
            last=int(edition[-4:]),
            is_whole=entry.whole,
            is_partly_held=entry.partly_held,
            sources=tuple(sources[source] for source in entry.sources),
            adds=count(entry.adds),
            holds=count(entry.holds),
        )
        for edition, entry in sorted(file.editions.items())
    }


def _make_categories(categories: list[CategoryEntry], level: Level) -> list[Category]:
    return [
        Category(
            code=category_code(one.number, level),
            number=one.number,
            level=level,
            name=Localised(zh=one.zh, en=one.en),
        )
        for one in sorted(categories, key=lambda one: one.number)
        if any(group.at(level) for group in one.classes)
    ]


def _make_classes(categories: list[CategoryEntry], level: Level) -> list[MajorClass]:
    return [
        MajorClass(
            code=category_code(category.number, level) + group.number,
            key=f"{category.number:02}{group.number}",
            level=level,
            category_code=category_code(category.number, level),
            name=Localised(zh=group.zh, en=group.en),
        )
        for category in sorted(categories, key=lambda one: one.number)
        for group in sorted(category.classes, key=lambda one: one.number)
        if group.at(level)
    ]


def _make_major(entry: MajorEntry, level: Level, edition: Edition) -> Major:
    continues = entry.continues
    return Major(
        code=entry.code,
        level=level,
        name=Localised(zh=entry.zh, en=entry.en),
        category_code=entry.code[:2],
        class_code=entry.code[:4],
        edition=edition,
        is_state_controlled=entry.state_controlled,
        years=entry.years,
        occupations=entry.occupations or (),
        continues=Continues()
        if continues is None
        else Continues(
            diploma=continues.diploma or (),
            vocational_bachelor=continues.vocational_bachelor or (),
            general_bachelor=continues.general_bachelor or (),
        ),
        has_one_source=entry.agreeing_sources is not None,
    )
