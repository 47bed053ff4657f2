"""Tables that break a rule are refused, each break by its line, and nothing is written."""

import pytest

from tests.knowledge.catalogue.conftest import TEACHING, change, contents


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "320201,护理",
            "32020K,护理",
            "majors.csv:2: 32020K.code: must be 6 digits, in quotes: '520201'",
        ),
        (
            "320201,护理",
            "320301,护理",
            "majors.csv:2: 320301.code: must begin with '3202', its class's code",
        ),
        (
            "320201,护理",
            ",护理",
            "majors.csv:2: (no code).code: must be 6 digits, in quotes: '520201'",
        ),
        ("520202,助产", "520203,助产", "majors.csv:6: 520203.code: the code stands in {} too"),
        (
            "520202,助产",
            "520202,护理",
            "majors.csv:5: 520201.name_zh: '护理' is the name of 520202 at the same level",
        ),
        (
            "Preschool Education",
            "",
            "majors.csv:7: 570101.name_en: String should have at least 1 character",
        ),
        (",5201,yes,", ",5201,K,", "majors.csv:3: 520101.state_controlled: must be yes or no"),
        (
            "no,2024,",
            "no,spring,",
            (
                "majors.csv:7: 570101.edition: must be a year or a range of years, in quotes:"
                " '2024' or '2022-2024'"
            ),
        ),
        (
            "no,2024,",
            "no,2025,",
            "majors.csv:7: 570101.edition: unknown edition '2025' (see majors/editions.yaml)",
        ),
        (
            "2021,4,",
            "2021,7,",
            "majors.csv:2: 320201.study_years: Input should be less than or equal to 6",
        ),
        (
            "2021,4,",
            "2021,four,",
            "majors.csv:2: 320201.study_years: Input should be a valid integer",
        ),
        (
            "护理；助产,",
            "护理；护工,",
            (
                "majors.csv:8: 720201.next_diploma_zh: no diploma major is called '护工';"
                " if the source says so, add it to not_in_catalogue in majors/editions.yaml"
            ),
        ),
        (
            ",护理；助产,护理；老年护理,护理学,\n",
            ",护理；助产,护理；老年护理,护理学,0\n",
            "majors.csv:8: 720201.independent_sources: must be a number from 1, or empty",
        ),
        (
            ",bachelor,32,",
            ",Bachelor,32,",
            "majors.csv:2: 320201.level: must be one of secondary, diploma, bachelor",
        ),
        (
            ",bachelor,32,",
            ",diploma,32,",
            "majors.csv:2: 320201.class_code: the class stands at bachelor level",
        ),
        (",57,5701,", ",57,5702,", "majors.csv:7: 570101.class_code: unknown class '5702'"),
        (
            ",57,5701,",
            ",52,5701,",
            "majors.csv:7: 570101.category_code: is not the category of the class",
        ),
        ("护理学,5\n", "护理学,5,\n", "majors.csv:5: has 15 cells instead of 14"),
        (
            "next_voc_bachelor_zh,",
            "next_bachelor_zh,",
            "majors.csv:1: next_bachelor_zh: is not a known column",
        ),
        (
            "next_voc_bachelor_zh,",
            "next_voc_bachelor_zh,code,",
            "majors.csv:1: code: the column stands twice",
        ),
        (
            '"Nursing, with Care"',
            '"Nursing, with Care',
            "majors.csv:9: not valid CSV: unexpected end of data",
        ),
    ],
)
def test_a_break_in_the_table_of_majors_is_named_with_its_line(complain, tables, old, new, problem):
    change(tables / "majors.csv", old, new)

    assert problem.format(tables / "majors.csv") in [
        line.replace("in majors.csv too", f"in {tables / 'majors.csv'} too") for line in complain()
    ]


@pytest.mark.parametrize(
    ("table", "broken", "problem"),
    [
        ("categories", ("32,医", "3K,医"), "2: 3K.code: is not a code of 2 digits at this level"),
        ("categories", ("32,医", "42,医"), "2: 42.code: is not a code of 2 digits at this level"),
        (
            "categories",
            ("72,医药卫生大类", "72,医药大类"),
            "5: 72.name_zh: is called '医药卫生大类', 'Medicine and Health' at another level",
        ),
        ("categories", ("77,教", "57,教"), "6: 57.code: is not a code of 2 digits at this level"),
        ("categories", ("77,教", "72,教"), "6: 72.code: the code stands twice"),
        ("categories", ("32,医药卫生大类", "32,"), "2: 32: needs a name in both languages"),
        (
            "categories",
            ("Sports,secondary", "Sports,middle"),
            "6: 77.level: must be one of secondary, diploma, bachelor",
        ),
        ("classes", ("secondary,77", "secondary,72"), "7: 7701.category_code: must be '77'"),
        ("classes", ("7701,教育类", "7801,教育类"), "7: 7801.category_code: must be '78'"),
        (
            "classes",
            ("diploma,57\n", "diploma,57\n5702,语言类,Languages,diploma,57\n"),
            "6: 5702.code: no major belongs to it",
        ),
    ],
)
def test_a_break_in_the_other_tables_is_named_with_its_line(
    complain, tables, table, broken, problem
):
    change(tables / f"{table}.csv", *broken)

    assert f"{table}.csv:{problem}" in complain()


def test_a_class_of_a_category_that_is_in_no_table_is_named(complain, tables):
    change(tables / "categories.csv", "77,教育与体育大类,Education and Sports,secondary\n", "")

    assert complain() == ["classes.csv:7: 7701.category_code: unknown category '77'"]


def test_a_table_that_is_missing_is_named(complain, tables):
    (tables / "classes.csv").unlink()

    assert complain() == ["classes.csv: can't be read: No such file or directory"]


def test_a_table_that_is_no_text_is_named(complain, tables):
    (tables / "classes.csv").write_bytes("护理类".encode("gb18030"))

    assert complain() == ["classes.csv: is not UTF-8 text"]


def test_nothing_is_written_when_a_rule_is_broken(folder, complain, tables):
    before = contents(folder)
    change(tables / "majors.csv", "no,2024,", "no,2025,")

    assert complain()
    assert contents(folder) == before


def test_a_table_with_fewer_majors_than_its_edition_had_is_refused(complain, tables):
    for name in ("majors.csv", "classes.csv"):
        rows = (tables / name).read_text(encoding="utf-8").splitlines()
        left = [row for row in rows if not row.startswith(("5201,", "520101,"))]
        (tables / name).write_text("\n".join(left), encoding="utf-8")

    assert complain() == [
        (
            "majors/editions.yaml:5: editions.2021.holds.diploma: reg-01.diploma is 3,"
            " but the files hold 2"
        ),
        (
            "majors/editions.yaml:5: editions.2021.holds.total: reg-01.total is 6,"
            " but the files hold 5"
        ),
    ]


def test_a_folder_without_editions_is_refused(folder, complain):
    (folder.path / "majors/editions.yaml").unlink()

    assert complain() == ["majors/editions.yaml: the file is missing"]


def test_a_folder_that_can_not_be_written_is_refused(folder, complain):
    (folder.path / TEACHING).unlink()
    (folder.path / TEACHING).mkdir()

    (problem,) = complain()
    assert problem.startswith(f"{folder.path / TEACHING}: can't be written: ")
