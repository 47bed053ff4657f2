"""The catalogue tells what stands where, what a major leads to and what a year added."""

import pytest

from knowledge.catalogue import Catalogue, Continuation


def codes(majors):
    return [major.code for major in majors]


def test_majors_stand_in_the_order_of_level_and_code(catalogue):
    assert list(catalogue.majors) == [
        "720201", "720202", "770101", "520101", "520201", "520202", "520203", "570101", "320201",
    ]  # fmt: skip


def test_a_major_carries_all_that_its_file_says(catalogue):
    nursing = catalogue.majors["720201"]

    assert (nursing.name.zh, nursing.name.en) == ("护理", "Nursing")
    assert (nursing.level, nursing.category_code, nursing.class_code) == ("secondary", "72", "7202")
    assert nursing.years == 3
    assert nursing.occupations == ("护士", "医疗护理员")
    assert nursing.continues.diploma == ("护理", "助产")
    assert nursing.edition.id == "2021"


def test_what_is_unknown_is_none_or_empty(catalogue):
    care = catalogue.majors["720202"]

    assert care.years is None
    assert care.occupations == ()
    assert catalogue.continuations(care) == ()
    assert not care.has_profile


def test_only_a_state_controlled_major_has_a_k_after_its_code(catalogue):
    assert catalogue.majors["520101"].official_code == "520101K"
    assert catalogue.majors["520201"].official_code == "520201"


def test_a_name_finds_its_major_at_every_level_lowest_first(catalogue):
    assert codes(catalogue.named("护理")) == ["720201", "520201", "320201"]


def test_a_name_that_no_major_has_finds_nothing(catalogue):
    assert catalogue.named("占星") == ()


def test_siblings_are_the_other_majors_of_class_and_level(catalogue):
    assert codes(catalogue.siblings(catalogue.majors["520201"])) == ["520202", "520203"]
    assert catalogue.siblings(catalogue.majors["320201"]) == ()


def test_the_next_level_is_the_same_class_one_level_up(catalogue):
    def next_level(code):
        return codes(catalogue.next_level(catalogue.majors[code]))

    assert next_level("720202") == ["520201", "520202", "520203"]
    assert next_level("520203") == ["320201"]


@pytest.mark.parametrize("code", ["320201", "520101", "570101"])
def test_a_class_that_does_not_occur_one_level_up_leads_nowhere(catalogue, code):
    assert catalogue.next_level(catalogue.majors[code]) == ()


def test_continuations_tell_the_catalogue_from_universities_and_from_what_is_missing(catalogue):
    majors = catalogue.majors

    assert catalogue.continuations(majors["720201"]) == (
        Continuation(name="护理", kind="diploma", standing="catalogue", major=majors["520201"]),
        Continuation(name="助产", kind="diploma", standing="catalogue", major=majors["520202"]),
        Continuation(
            name="护理", kind="vocational_bachelor", standing="catalogue", major=majors["320201"]
        ),
        Continuation(name="老年护理", kind="vocational_bachelor", standing="not_in_catalogue"),
        Continuation(name="护理学", kind="general_bachelor", standing="general_university"),
    )


def test_a_university_major_is_never_taken_for_the_vocational_one_of_its_name(catalogue):
    (continuation,) = catalogue.continuations(catalogue.majors["520101"])

    assert continuation.name == "临床医学"
    assert continuation.major is None


def test_classes_and_categories_stand_only_at_levels_with_majors(catalogue):
    assert list(catalogue.categories) == ["72", "77", "52", "57", "32"]
    assert list(catalogue.classes) == ["7202", "7701", "5201", "5202", "5701", "3202"]


def test_a_category_lists_its_classes_and_majors(catalogue):
    assert [one.name.en for one in catalogue.classes_of("52")] == ["Clinical Medicine", "Nursing"]
    assert codes(catalogue.in_category("52")) == ["520101", "520201", "520202", "520203"]
    assert codes(catalogue.in_class("5202")) == ["520201", "520202", "520203"]


def test_a_class_is_found_at_another_level_by_its_key(catalogue):
    nursing = catalogue.classes["7202"]

    assert catalogue.class_at(nursing.key, "bachelor") == catalogue.classes["3202"]
    assert catalogue.class_at(catalogue.classes["5201"].key, "secondary") is None


def test_majors_are_counted_by_level_category_class_and_edition(catalogue):
    counts = catalogue.counts

    assert counts.total == 9
    assert counts.by_level == {"secondary": 3, "diploma": 5, "bachelor": 1}
    assert counts.by_category == {"72": 2, "77": 1, "52": 4, "57": 1, "32": 1}
    assert counts.by_class["5202"] == 3
    assert counts.by_edition == {"2021": 6, "2022-2024": 1, "2024": 1, "2026": 1}


def test_a_year_tells_what_it_surely_added_from_what_it_may_have_added(catalogue):
    added = catalogue.added_in(2024)

    assert codes(added.certain) == ["570101"]
    assert codes(added.possible) == ["720202"]
    assert added.edition.adds["total"].count == 2
    assert added.edition.adds["total"].claim_id == "reg-02"


def test_a_year_without_an_edition_may_have_added_what_a_range_holds(catalogue):
    added = catalogue.added_in(2023)

    assert added.certain == ()
    assert codes(added.possible) == ["720202"]
    assert added.edition is None


def test_a_whole_edition_adds_nothing(catalogue):
    added = catalogue.added_in(2021)

    assert (added.certain, added.possible) == ((), ())
    assert added.edition.is_whole
    assert not catalogue.majors["520201"].is_addition
    assert catalogue.majors["570101"].is_addition


def test_an_edition_that_is_partly_held_says_so(catalogue):
    assert catalogue.editions["2026"].is_partly_held
    assert not catalogue.editions["2024"].is_partly_held


def cited(catalogue, code):
    citation = catalogue.citation_for(catalogue.majors[code])
    return [source.id for source in citation.sources]


def test_a_major_is_cited_with_the_sources_of_its_edition_and_of_its_profile(catalogue):
    assert cited(catalogue, "720201") == ["register", "profiles"]


def test_a_major_without_a_profile_does_not_cite_the_profiles(catalogue):
    assert cited(catalogue, "570101") == ["supplement", "register"]


def test_a_major_that_one_source_gives_cites_that_one_alone(catalogue):
    assert catalogue.majors["720202"].has_one_source
    assert cited(catalogue, "720202") == ["register"]


def test_a_knowledge_folder_without_majors_has_an_empty_catalogue(folder):
    for file in (folder.path / "majors").iterdir():
        file.unlink()

    assert folder.load().catalogue == Catalogue()
