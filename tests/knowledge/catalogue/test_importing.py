"""Tables become the category files, the same tables always the same files."""

from knowledge.catalogue.importing import import_majors
from tests.knowledge.catalogue.conftest import HEALTH, TEACHING, contents


def test_tables_give_the_catalogue_that_the_same_content_by_hand_gives(folder, run):
    by_hand = folder.load().catalogue

    done = run()

    assert done.written == (HEALTH, TEACHING)
    assert done.majors == 9
    assert folder.load().catalogue == by_hand


def test_the_same_tables_again_change_nothing(folder, run):
    run()
    before = contents(folder)

    done = run()

    assert (done.written, done.removed) == ((), ())
    assert done.unchanged == (HEALTH, TEACHING)
    assert contents(folder) == before


def test_the_order_of_rows_does_not_matter(folder, run, tables):
    run()
    before = contents(folder)
    for name in ("majors.csv", "classes.csv", "categories.csv"):
        head, *rows = (tables / name).read_text(encoding="utf-8").splitlines()
        (tables / name).write_text("\n".join([head, *reversed(rows)]), encoding="utf-8")

    assert run().written == ()
    assert contents(folder) == before


def test_tables_from_windows_give_the_same_files(run, tables):
    run()
    for file in tables.iterdir():
        text = file.read_text(encoding="utf-8").replace("\n", "\r\n")
        file.write_bytes(b"\xef\xbb\xbf" + text.encode())

    assert run().written == ()


def test_a_file_is_readable_and_says_only_what_is_known(folder, run):
    run()
    text = (folder.path / TEACHING).read_text(encoding="utf-8")

    assert (
        text.split("\nnumber", 1)[1]
        == """\
: 17
zh: 教育与体育大类
en: Education and Sports
codes: {secondary: '77', diploma: '57', bachelor: '37'}
classes:
  - number: '01'
    zh: 教育类
    en: Education
    secondary:
      - code: '770101'
        zh: 幼儿保育
        en: Early Childhood Care
        edition: '2021'
        years: 3
        occupations: [保育师]
        continues:
          diploma: [学前教育]
    diploma:
      - code: '570101'
        zh: 学前教育
        en: Preschool Education
        edition: '2024'
"""
    )


def test_an_edit_by_hand_is_overwritten(folder, run):
    run()
    before = contents(folder)
    folder.change(HEALTH, "zh: 助产\n", "zh: 助产士\n")

    assert run().written == (HEALTH,)
    assert contents(folder) == before


def test_a_category_file_that_can_not_be_read_is_written_anew(folder, run):
    run()
    before = contents(folder)
    folder.write(HEALTH, "number: [")

    assert run().written == (HEALTH,)
    assert contents(folder) == before


def test_the_file_of_a_category_that_got_another_name_is_replaced(folder, run, tables):
    run()
    table = tables / "categories.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Sports", "Sport"), encoding="utf-8")

    done = run()

    assert done.written == ("majors/17-education-and-sport.yaml",)
    assert done.removed == (TEACHING,)
    assert folder.load().catalogue.categories["57"].name.en == "Education and Sport"


def test_editions_written_by_hand_are_kept(folder, run):
    editions = (folder.path / "majors/editions.yaml").read_bytes()

    run()

    assert (folder.path / "majors/editions.yaml").read_bytes() == editions


def test_other_tables_can_be_named(folder, tables, tmp_path):
    for name in ("categories", "classes"):
        (tables / f"{name}.csv").rename(tmp_path / f"our-{name}.csv")

    done = import_majors(
        tables / "majors.csv",
        folder.path,
        categories=tmp_path / "our-categories.csv",
        classes=tmp_path / "our-classes.csv",
    )

    assert done.majors == 9
