"""A break of a rule of the catalogue is named with file, line and key."""

import pytest

HEALTH = "majors/12-medicine-and-health.yaml"
TEACHING = "majors/17-education-and-sports.yaml"
EDITIONS = "majors/editions.yaml"
MIDWIFERY = "classes[1].diploma[2]"


def test_the_tiny_catalogue_breaks_no_rule(folder):
    assert len(folder.load().catalogue.majors) == 9


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("'520202'", "'52020'", "44: {}.code: must be 6 digits, in quotes: '520201'"),
        ("'520202'", "520202", "44: {}.code: must be 6 digits, in quotes: '520201'"),
        ("'520202'", "520202K", "44: {}.code: must be 6 digits, in quotes: '520201'"),
        ("en: Midwifery", "en: ''", "46: {}.en: String should have at least 1 character"),
        ("        en: Midwifery\n", "", "44: {}.en: is missing"),
        ("en: Midwifery", "en: Midwifery\n        fee: 1", "47: {}.fee: is not a known key"),
        ("[助产士]", "[助产士, 护士, 助产士]", "49: {}.occupations: '助产士' stands twice"),
        (
            "[助产学, 护理学]",
            "[护理学, 护理学]",
            "52: {}.continues.general_bachelor: '护理学' stands twice",
        ),
    ],
)
def test_a_major_of_the_wrong_shape_is_named(folder, old, new, problem):
    folder.change(HEALTH, old, new)

    assert folder.problems() == [f"{HEALTH}:{problem.format(MIDWIFERY)}"]


@pytest.mark.parametrize(
    ("years", "complaint"),
    [
        ("0", "Input should be greater than or equal to 1"),
        ("7", "Input should be less than or equal to 6"),
        ("'4'", "Input should be a valid integer"),
    ],
)
def test_a_number_of_years_outside_1_to_6_is_named(folder, years, complaint):
    folder.change(HEALTH, "years: 4", f"years: {years}")

    assert folder.problems() == [f"{HEALTH}:27: classes[1].bachelor[0].years: {complaint}"]


@pytest.mark.parametrize("edition", ["2024", "'24'", "2024-2022", "2024-2024", "spring"])
def test_an_edition_that_is_no_year_in_quotes_is_named(folder, edition):
    folder.change(HEALTH, "edition: 2022-2024", f"edition: {edition}")

    assert folder.problems() == [
        (
            f"{HEALTH}:67: classes[1].secondary[1].edition: must be a year or a range of years,"
            " in quotes: '2024' or '2022-2024'"
        )
    ]


def test_an_edition_without_an_entry_is_named(folder):
    folder.change(HEALTH, "edition: 2022-2024", "edition: 2023-2024")

    assert folder.problems() == [
        f"{HEALTH}:67: 720202.edition: unknown edition '2023-2024' (see {EDITIONS})"
    ]


def test_a_code_of_another_category_or_level_is_named(folder):
    folder.change(HEALTH, "'520202'", "'570202'")

    assert folder.problems() == [
        f"{HEALTH}:44: 570202.code: must begin with '52', its category's code"
    ]


def test_a_code_of_another_class_is_named(folder):
    folder.change(HEALTH, "'520202'", "'520302'")

    assert folder.problems() == [
        f"{HEALTH}:44: 520302.code: must begin with '5202', its class's code"
    ]


def test_a_code_that_stands_twice_is_named(folder):
    folder.change(HEALTH, "'520202'", "'520201'")

    assert folder.problems() == [f"{HEALTH}:44: 520201.code: the code stands in {HEALTH} too"]


def test_a_name_that_stands_twice_at_one_level_is_named(folder):
    folder.change(HEALTH, "zh: 护理照护", "zh: 幼儿保育")

    assert folder.problems() == [
        f"{TEACHING}:11: 770101.zh: '幼儿保育' is the name of 720202 at the same level"
    ]


def test_a_continuation_that_no_major_is_called_is_named(folder):
    folder.change(TEACHING, "[学前教育]", "[学前教育, 早期教育]")

    assert folder.problems() == [
        (
            f"{TEACHING}:17: 770101.continues.diploma[1]: no diploma major is called '早期教育';"
            f" if the source says so, add it to not_in_catalogue in {EDITIONS}"
        )
    ]


def test_a_continuation_at_another_level_only_is_named(folder):
    folder.change(
        HEALTH, "vocational_bachelor: [护理, 老年护理]", "vocational_bachelor: [助产, 老年护理]"
    )

    assert folder.problems() == [
        (
            f"{HEALTH}:62: 720201.continues.vocational_bachelor[0]: no bachelor major is called"
            f" '助产'; if the source says so, add it to not_in_catalogue in {EDITIONS}"
        )
    ]


def test_a_continuation_marked_as_missing_that_is_there_is_named(folder):
    folder.change(EDITIONS, "not_in_catalogue:\n", "not_in_catalogue:\n  diploma: [学前教育]\n")

    assert folder.problems() == [
        f"{EDITIONS}:17: not_in_catalogue.diploma[0]: '学前教育' is in the catalogue"
    ]


def test_a_mark_that_no_major_needs_is_named(folder):
    folder.change(HEALTH, "vocational_bachelor: [护理, 老年护理]", "vocational_bachelor: [护理]")

    assert folder.problems() == [
        f"{EDITIONS}:17: not_in_catalogue.vocational_bachelor[0]: '老年护理' continues no major"
    ]


def test_a_bachelor_major_that_is_continued_is_named(folder):
    folder.change(
        HEALTH, "[执业护士]", "[执业护士]\n        continues: {general_bachelor: [护理学]}"
    )

    assert folder.problems() == [
        f"{HEALTH}:29: 320201.continues: a bachelor major is not continued"
    ]


def test_a_diploma_major_continued_at_its_own_level_is_named(folder):
    folder.change(
        HEALTH,
        "general_bachelor: [助产学, 护理学]",
        "general_bachelor: [助产学]\n          diploma: [护理]",
    )

    assert folder.problems() == [
        f"{HEALTH}:53: 520202.continues.diploma: a diploma major is not continued by another"
    ]


def test_a_category_in_a_file_of_another_number_is_named(folder):
    folder.change(TEACHING, "number: 17", "number: 16")

    assert folder.problems() == [
        f"{TEACHING}:1: number: must stand in majors/16-….yaml, in small letters",
        f"{TEACHING}:4: codes.bachelor: category 16 has the code '36' at this level",
        f"{TEACHING}:4: codes.diploma: category 16 has the code '56' at this level",
        f"{TEACHING}:4: codes.secondary: category 16 has the code '76' at this level",
        f"{TEACHING}:10: 770101.code: must begin with '76', its category's code",
        f"{TEACHING}:19: 570101.code: must begin with '56', its category's code",
    ]


@pytest.mark.parametrize("number", ["0", "20"])
def test_a_category_beyond_the_nineteen_is_named(folder, number):
    folder.change(TEACHING, "number: 17", f"number: {number}")

    (problem,) = folder.problems()
    assert problem.startswith(f"{TEACHING}:1: number: Input should be")


def test_a_category_in_two_files_is_named(folder):
    folder.write("majors/17-more.yaml", TEACHING_AGAIN)

    assert folder.problems() == [
        f"majors/17-more.yaml:1: number: category 17 stands in {TEACHING} too",
    ]


TEACHING_AGAIN = """\
number: 17
zh: 教育与体育大类
en: Education and Sports
codes: {secondary: '77', diploma: '57', bachelor: '37'}
classes:
  - number: '02'
    zh: 语言类
    en: Languages
    bachelor: [{code: '370201', zh: 应用英语, en: Applied English, edition: 2022-2024}]
"""


def test_a_class_that_stands_twice_is_named(folder):
    folder.append(
        TEACHING,
        "  - {number: '01', zh: 语言类, en: Languages, diploma:"
        " [{code: '570102', zh: 应用英语, en: Applied English, edition: '2022-2024'}]}\n",
    )

    assert folder.problems() == [f"{TEACHING}:23: classes[1].number: class '01' stands twice"]


def test_a_class_without_majors_is_named(folder):
    folder.append(TEACHING, "  - {number: '02', zh: 语言类, en: Languages}\n")

    assert folder.problems() == [f"{TEACHING}:23: classes[1]: class '02' has no majors"]


def test_a_class_number_of_the_wrong_shape_is_named(folder):
    folder.change(TEACHING, "number: '01'", "number: 1")

    assert folder.problems() == [
        f"{TEACHING}:6: classes[0].number: must be 2 digits, in quotes: '02'"
    ]


def test_what_can_not_be_read_is_not_also_missed_elsewhere(folder):
    folder.write(TEACHING, "number: [")

    (problem,) = folder.problems()
    assert problem.startswith(f"{TEACHING}:2: not valid YAML")


def test_breaks_of_majors_are_told_together_with_others(folder):
    folder.change(HEALTH, "'520202'", "'520302'")
    folder.change("sources/spare.yaml", "id: spare", "id: reserve")

    assert [problem.split(":")[0] for problem in folder.problems()] == [
        HEALTH,
        "sources/spare.yaml",
    ]
