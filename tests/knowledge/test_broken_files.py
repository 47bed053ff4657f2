"""A file that can't be read or has the wrong shape is named with its line and key."""

import pytest

from knowledge import KnowledgeError, load_knowledge

WORK = "answers/work.yaml"
SPARE = "sources/spare.yaml"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            "id: spare\ntitle: a: b\n",
            "2: not valid YAML: mapping values are not allowed in this context",
            id="bad syntax",
        ),
        pytest.param(
            "id: spare\nkind: news\nid: spare\n",
            "3: not valid YAML: the key 'id' stands twice",
            id="a key that stands twice",
        ),
        pytest.param(
            "id: spare\ntitle: {zh: 甲, en: a, zh: 乙}\n",
            "2: not valid YAML: the key 'zh' stands twice",
            id="a key that stands twice further in",
        ),
        pytest.param(
            "id: spare\nclaims:\n  2024: {}\n",
            "3: not valid YAML: a key must be plain text",
            id="a number as key",
        ),
        pytest.param(
            "id: spare\nclaims:\n  no: {}\n",
            "3: not valid YAML: a key must be plain text",
            id="a key that YAML takes for false",
        ),
        pytest.param(
            "? [a, b]\n: spare\n",
            "1: not valid YAML: a key must be plain text",
            id="a list as key",
        ),
        pytest.param(
            "id: spare\n---\nid: spare\n",
            "2: not valid YAML: but found another document",
            id="two documents in one file",
        ),
        pytest.param(
            "id: spare\nkind: !!python/object:os.system {}\n",
            "2: not valid YAML: could not determine a constructor for the tag "
            "'tag:yaml.org,2002:python/object:os.system'",
            id="a tag that would run code",
        ),
    ],
)
def test_a_file_that_is_not_valid_yaml_is_named_with_its_line(folder, text, problem):
    folder.write("sources/extra.yaml", text)

    assert folder.problems() == [f"sources/extra.yaml:{problem}"]


def test_a_file_that_is_not_utf_8_is_named(folder):
    (folder.path / "sources/extra.yaml").write_bytes("id: 职业".encode("utf-16"))

    (problem,) = folder.problems()

    assert problem.startswith("sources/extra.yaml: can't be read as UTF-8 text: ")


def test_a_required_file_that_is_not_utf_8_is_not_called_missing(folder):
    (folder.path / "terms.yaml").write_bytes(b"- \xff")

    problems = [problem for problem in folder.problems() if problem.startswith("terms.yaml")]

    assert len(problems) == 1
    assert "can't be read as UTF-8 text" in problems[0]


@pytest.mark.parametrize("name", ["topics.yaml", "terms.yaml"])
def test_a_missing_file_is_named(folder, name):
    (folder.path / name).unlink()

    assert f"{name}: the file is missing" in folder.problems()


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(tmp_path / "nowhere", normalise=str)

    assert f"{tmp_path / 'nowhere'}: can't be read as a folder: No such file or directory" in {
        str(problem) for problem in caught.value.problems
    }


@pytest.mark.parametrize("name", ["topics.yaml", "terms.yaml", "answers/extra.yaml"])
@pytest.mark.parametrize("text", ["id: work\n", "", "work\n"])
def test_a_file_that_is_not_a_list_is_named(folder, name, text):
    folder.write(name, text)

    assert f"{name}:1: must be a list of entries, each after '- '" in folder.problems()


@pytest.mark.parametrize("text", ["", "- id: extra\n", "extra\n"])
def test_a_source_that_is_not_a_mapping_is_named(folder, text):
    folder.write("sources/extra.yaml", text)

    assert folder.problems() == [
        "sources/extra.yaml:1: Input should be a valid dictionary or instance of Source"
    ]


def test_an_entry_that_is_not_a_mapping_is_named_by_its_place(folder):
    folder.append(WORK, "- fees\n")

    assert folder.problems() == [
        f"{WORK}:37: [2]: Input should be a valid dictionary or instance of AnswerEntry"
    ]


def test_an_entry_without_an_id_is_named_by_its_place(folder):
    folder.change(WORK, "- id: pay\n  topic: work\n", "- topic: work\n")

    assert folder.problems() == [f"{WORK}:18: [1].id: is missing"]


@pytest.mark.parametrize("term", ["2025", "{zh: 甲}", "' '", "[1+X]"])
def test_a_term_that_is_not_text_is_named(folder, term):
    folder.append("terms.yaml", f"- {term}\n")

    assert folder.problems() == ["terms.yaml:3: [2]: a term must be text"]


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        pytest.param(
            WORK,
            "  cites: [press-01, press-03]\n",
            "",
            "18: pay.cites: is missing",
            id="a missing key",
        ),
        pytest.param(
            WORK,
            "{zh: 工资, en: Pay}",
            "{zh: 工资}",
            "20: pay.title.en: is missing",
            id="a missing language of a title",
        ),
        pytest.param(
            WORK,
            "    en: [do they pay well, monthly pay]\n",
            "",
            "25: pay.hits.en: is missing",
            id="a missing language of phrasings",
        ),
        pytest.param(
            WORK,
            "en: Pay}",
            "en: ' '}",
            "20: pay.title.en: String should have at least 1 character",
            id="an empty text",
        ),
        pytest.param(
            WORK,
            "en: Pay}",
            "en: Pay, de: Lohn}",
            "20: pay.title.de: is not a known key",
            id="a third language",
        ),
        pytest.param(
            WORK,
            "  gap: too_general",
            "  gaps: too_general",
            "36: pay.gaps: is not a known key",
            id="an unknown key",
        ),
        pytest.param(
            WORK,
            "en: Pay}",
            "en: 12}",
            "20: pay.title.en: Input should be a valid string",
            id="a number as text",
        ),
        pytest.param(
            WORK,
            "zh: [学费多少]",
            "zh: 学费多少",
            "28: pay.misses.zh: Input should be a valid tuple",
            id="text as list",
        ),
        pytest.param(
            WORK,
            "月薪多少]",
            "12]",
            "25: pay.hits.zh[1]: Input should be a valid string",
            id="a number as phrasing",
        ),
        pytest.param(
            WORK,
            "id: pay",
            "id: Pay_2",
            "18: Pay_2.id: String should match pattern '^[a-z0-9]+(-[a-z0-9]+)*$'",
            id="an entry id with capitals",
        ),
        pytest.param(
            WORK,
            "id: pay",
            "id: 工资",
            "18: 工资.id: String should match pattern '^[a-z0-9]+(-[a-z0-9]+)*$'",
            id="an entry id in Chinese",
        ),
        pytest.param(
            WORK,
            "id: pay",
            f"id: {'p' * 41}",
            f"18: {'p' * 41}.id: String should have at most 40 characters",
            id="an entry id too long for a button",
        ),
        pytest.param(
            WORK,
            "gap: too_general",
            "gap: Too general",
            "36: pay.gap: String should match pattern '^[a-z]+(_[a-z]+)*$'",
            id="a gap that is no reason",
        ),
        pytest.param(
            WORK,
            "cites: [press-01, press-03]",
            "cites: []",
            "33: pay.cites: Tuple should have at least 1 item after validation, not 0",
            id="no claim cited",
        ),
        pytest.param(
            WORK,
            "review_by: 2026-12-31\n  see_also",
            "review_by: 2026-02-30\n  see_also",
            "34: pay.review_by: Input should be a valid date or datetime, "
            "day value is outside expected range",
            id="an impossible review date",
        ),
        pytest.param(
            "topics.yaml",
            "id: study",
            "id: study-more",
            "3: study-more.id: String should match pattern '^[a-z]+(_[a-z]+)*$'",
            id="a bad topic id",
        ),
        pytest.param(
            SPARE,
            "publisher: {zh: 教育部, en: Ministry of Education}\n",
            "",
            "1: spare.publisher: is missing",
            id="a source without publisher",
        ),
        pytest.param(
            SPARE,
            "reliability: press",
            "reliability: rumour",
            "7: spare.reliability: Input should be 'official', 'press' or 'other'",
            id="an unknown reliability",
        ),
        pytest.param(
            SPARE,
            "published: 2024",
            "published: 2023-02-29",
            "5: spare.published: day is out of range for month",
            id="an impossible day of publication",
        ),
        pytest.param(
            SPARE,
            "published: 2024",
            "published: May 2024",
            "5: spare.published: must be a date: YYYY, YYYY-MM or YYYY-MM-DD",
            id="a day of publication in words",
        ),
        pytest.param(
            SPARE,
            "published: 2024",
            "published: yes",
            "5: spare.published: Input should be a valid string",
            id="a truth value as date",
        ),
        pytest.param(
            SPARE,
            "published: 2024",
            "published: 2024\nurl: example.org",
            r"6: spare.url: String should match pattern '^https?://\S+$'",
            id="an address that is none",
        ),
        pytest.param(
            SPARE,
            "    as_of: 2024\n",
            "",
            "10: spare.claims.spare-01.as_of: is missing",
            id="a claim without a date",
        ),
        pytest.param(
            SPARE,
            "as_of: 2024",
            "as_of: 2024-13",
            "11: spare.claims.spare-01.as_of: month must be in 1..12",
            id="an impossible month",
        ),
        pytest.param(
            SPARE,
            "as_of: 2024",
            "as_of: 2012-2019",
            "11: spare.claims.spare-01.as_of: must be a date: YYYY, YYYY-MM or YYYY-MM-DD",
            id="a claim about several years",
        ),
        pytest.param(
            SPARE,
            "as_of: 2024",
            "as_of: ２０２４",
            "11: spare.claims.spare-01.as_of: must be a date: YYYY, YYYY-MM or YYYY-MM-DD",
            id="a date in full-width digits",
        ),
        pytest.param(
            SPARE,
            "confidence: medium",
            "confidence: sure",
            "16: spare.claims.spare-01.confidence: Input should be 'high', 'medium' or 'low'",
            id="an unknown confidence",
        ),
        pytest.param(
            SPARE,
            "      places: 12",
            "      Places-in-all: 12",
            "14: spare.claims.spare-01.figures.Places-in-all: "
            "String should match pattern '^[a-z][A-Za-z0-9_]*$'",
            id="a bad name of a figure",
        ),
        pytest.param(
            SPARE,
            "opened: 2024-03",
            "opened: 2024-02-30",
            "15: spare.claims.spare-01.figures.opened: day is out of range for month",
            id="an impossible date as figure",
        ),
    ],
)
def test_a_value_of_the_wrong_shape_is_named(folder, file, old, new, problem):
    folder.change(file, old, new)

    assert folder.problems() == [f"{file}:{problem}"]


@pytest.mark.parametrize(
    "figure",
    ["a dozen", "'12%'", "'12'", "1,200", "12:30", "0x1F", ".nan", ".inf", "yes", "~", "[12]"],
)
def test_a_figure_that_is_neither_a_number_nor_an_iso_date_is_named(folder, figure):
    folder.change(SPARE, "places: 12", f"places: {figure}")

    assert folder.problems() == [
        f"{SPARE}:14: spare.claims.spare-01.figures.places: must be a bare number or an ISO date"
    ]
