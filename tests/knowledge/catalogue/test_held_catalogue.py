"""The catalogue that comes with the package is whole, cited and stays as it is when rewritten."""

import re

import pytest
import yaml

from knowledge import checkout_folder, load_knowledge
from knowledge.catalogue.importing.writing import file_name, write_category
from knowledge.catalogue.models import CategoryEntry

HANZI = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge(normalise=str.casefold)


@pytest.fixture(scope="module")
def catalogue(knowledge):
    return knowledge.catalogue


def category_files():
    return sorted((checkout_folder() / "majors").glob("[0-9]*.yaml"))


def test_it_holds_every_major_class_and_category(catalogue):
    assert catalogue.counts.by_level == {"secondary": 368, "diploma": 811, "bachelor": 321}
    assert len(catalogue.classes) == 277
    assert len(catalogue.categories) == 57
    assert len(category_files()) == 19


def test_every_code_stands_below_its_class_and_category(catalogue):
    for code, major in catalogue.majors.items():
        assert catalogue.classes[code[:4]].level == major.level
        assert catalogue.categories[code[:2]].level == major.level


def test_names_are_chinese_and_english(catalogue):
    for major in catalogue.majors.values():
        assert HANZI.search(major.name.zh), major.code
        assert not HANZI.search(major.name.en), major.code


def test_additions_by_year_are_as_held(catalogue):
    held = {
        year: (len(added.certain), len(added.possible))
        for year in range(2021, 2028)
        for added in [catalogue.added_in(year)]
    }

    assert held == {
        2021: (0, 0),
        2022: (0, 66),
        2023: (0, 66),
        2024: (20, 67),
        2025: (55, 44),
        2026: (9, 0),
        2027: (0, 0),
    }


def test_all_additions_of_2026_that_are_held_are_at_diploma_level(catalogue):
    assert {major.level for major in catalogue.added_in(2026).certain} == {"diploma"}
    assert catalogue.editions["2026"].is_partly_held


def test_one_continuation_is_not_in_the_catalogue(catalogue):
    missing = [
        (major.code, continuation.name)
        for major in catalogue.majors.values()
        for continuation in catalogue.continuations(major)
        if continuation.standing == "not_in_catalogue"
    ]

    assert missing == [(code, "建筑材料智能生产技术") for code in ("630702", "630703", "630704")]


def test_nursing_leads_from_secondary_to_bachelor(catalogue):
    secondary, diploma, bachelor = catalogue.named("护理")

    assert [one.code for one in (secondary, diploma, bachelor)] == ["720201", "520201", "320201"]
    assert diploma in catalogue.next_level(secondary)
    assert bachelor in catalogue.next_level(diploma)
    assert bachelor in [one.major for one in catalogue.continuations(diploma)]


def test_a_missing_length_of_study_stays_missing(catalogue):
    assert sum(major.years is None for major in catalogue.majors.values()) == 286
    assert catalogue.majors["210104"].years is None


def test_state_control_is_at_diploma_level_only(catalogue):
    levels = [major.level for major in catalogue.majors.values() if major.is_state_controlled]

    assert levels == ["diploma"] * 49
    assert catalogue.majors["520101"].official_code == "520101K"


def test_every_major_can_be_cited(catalogue, knowledge):
    for major in catalogue.majors.values():
        citation = catalogue.citation_for(major)
        assert citation.listing, major.code
        assert {one.id for one in citation.sources} <= set(knowledge.sources), major.code
        assert (citation.profile is not None) == major.has_profile, major.code


def test_the_weakest_majors_are_all_additions(catalogue):
    weakest = [major for major in catalogue.majors.values() if major.has_one_source]

    assert len(weakest) == 84
    assert all(major.is_addition for major in weakest)


@pytest.mark.parametrize("path", category_files(), ids=lambda path: path.stem)
def test_writing_a_file_anew_loses_nothing(path):
    category = CategoryEntry.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))

    again = CategoryEntry.model_validate(yaml.safe_load(write_category(category)))

    assert again == category
    assert file_name(category) == f"majors/{path.name}"
