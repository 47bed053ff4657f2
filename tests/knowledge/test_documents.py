"""YAML files become plain data with a version, a cache and the line of every value."""

import json
import os
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.documents import read_documents

TEXT = """\
# Majors
- id: nursing
  says: {zh: 护理, en: Nursing}
- id: welding
"""


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "files"
    (folder / "answers").mkdir(parents=True)
    (folder / "topics.yaml").write_text("- id: work\n", encoding="utf-8")
    (folder / "answers" / "work.yaml").write_text("- id: pay\n", encoding="utf-8")
    return folder


class Shelf(dict):
    """A cache in memory, of as many versions as are kept."""

    load = dict.get
    keep = dict.__setitem__

    def only_name(self):
        (name,) = self
        return name


@pytest.fixture
def cache():
    return Shelf()


def tell_apart(cache):
    """Change what the cache holds, so that data from it can be told from data of the files."""
    name = cache.only_name()
    cache[name] = json.dumps(json.loads(cache[name]) | {"topics.yaml": "from the cache"}).encode()


def test_files_are_read_in_the_order_of_their_names_with_their_folders(root):
    (root / "answers" / "aid.yml").write_text("[]", encoding="utf-8")
    (root / "notes.md").write_text("{", encoding="utf-8")

    documents = read_documents(root)

    assert list(documents.files) == ["answers/aid.yml", "answers/work.yaml", "topics.yaml"]
    assert [one.name for one in documents.below("answers")] == [
        "answers/aid.yml",
        "answers/work.yaml",
    ]
    assert documents.files["topics.yaml"].data == [{"id": "work"}]
    assert documents.problems == ()


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("2025-05-12", "2025-05-12"),
        ("2025-02-30", "2025-02-30"),
        ("2025", 2025),
        ("1_400", 1400),
        ("-3", -3),
        ("5.25", 5.25),
        ("010", 10),
        ("12:30", "12:30"),
        ("1:30.5", "1:30.5"),
        ("0x1F", "0x1F"),
        ("0b_", "0b_"),
        (".inf", ".inf"),
        ("'12'", "12"),
        ("yes", True),
        ("~", None),
    ],
)
def test_dates_stay_as_typed_and_only_decimal_digits_are_numbers(root, text, data):
    (root / "topics.yaml").write_text(text, encoding="utf-8")

    read = read_documents(root).files["topics.yaml"].data

    assert read == data
    assert type(read) is type(data)


def test_a_byte_order_mark_is_no_part_of_the_text(root):
    (root / "topics.yaml").write_text("- id: work\n", encoding="utf-8-sig")

    assert read_documents(root).files["topics.yaml"].data == [{"id": "work"}]


def test_a_file_with_a_problem_is_left_out_and_the_others_are_read(root):
    (root / "topics.yaml").write_text("a: b: c", encoding="utf-8")

    documents = read_documents(root)

    assert list(documents.files) == ["answers/work.yaml"]
    assert [problem.file for problem in documents.problems] == ["topics.yaml"]


def change_a_value(root):
    (root / "topics.yaml").write_text("- id: play\n", encoding="utf-8")


def add_a_comment(root):
    (root / "topics.yaml").write_text("- id: work\n# new\n", encoding="utf-8")


def add_a_file(root):
    (root / "terms.yaml").write_text("[]", encoding="utf-8")


def remove_a_file(root):
    (root / "topics.yaml").unlink()


def rename_a_file(root):
    (root / "topics.yaml").rename(root / "terms.yaml")


def move_a_file(root):
    (root / "topics.yaml").rename(root / "answers" / "topics.yaml")


def swap_two_files(root):
    (root / "topics.yaml").rename(root / "swapped")
    (root / "answers" / "work.yaml").rename(root / "topics.yaml")
    (root / "swapped").rename(root / "answers" / "work.yaml")


@pytest.mark.parametrize(
    "change",
    [
        change_a_value,
        add_a_comment,
        add_a_file,
        remove_a_file,
        rename_a_file,
        move_a_file,
        swap_two_files,
    ],
)
def test_the_version_changes_with_any_change(root, change):
    before = read_documents(root).version
    change(root)

    assert read_documents(root).version != before


def touch_a_file(root):
    os.utime(root / "topics.yaml", (0, 0))


def write_a_file_again(root):
    text = (root / "topics.yaml").read_text(encoding="utf-8")
    (root / "topics.yaml").unlink()
    (root / "topics.yaml").write_text(text, encoding="utf-8")


def add_a_file_that_is_not_yaml(root):
    (root / "README.md").write_text("new", encoding="utf-8")


def add_an_empty_folder(root):
    (root / "sources").mkdir()


@pytest.mark.parametrize(
    "change", [touch_a_file, write_a_file_again, add_a_file_that_is_not_yaml, add_an_empty_folder]
)
def test_the_version_stays_when_no_knowledge_changes(root, change):
    before = read_documents(root).version
    change(root)

    assert read_documents(root).version == before


def test_the_version_does_not_depend_on_the_place_of_the_folder(root, tmp_path):
    before = read_documents(root).version

    assert read_documents(root.rename(tmp_path / "elsewhere")).version == before


def test_the_version_is_twelve_hexadecimal_digits(root):
    version = read_documents(root).version

    assert len(version) == 12
    int(version, 16)


def test_parsed_files_are_kept_and_used_again(root, cache):
    read_documents(root, cache=cache)
    tell_apart(cache)

    assert read_documents(root, cache=cache).files["topics.yaml"].data == "from the cache"


def test_data_from_the_cache_is_the_data_of_the_files(root, cache):
    (root / "topics.yaml").write_text(TEXT, encoding="utf-8")

    cold = read_documents(root, cache=cache)
    warm = read_documents(root, cache=cache)

    assert warm == cold == read_documents(root)


def test_lines_are_found_in_data_from_the_cache(root, cache):
    (root / "topics.yaml").write_text(TEXT, encoding="utf-8")
    read_documents(root, cache=cache)

    assert read_documents(root, cache=cache).files["topics.yaml"].line_of(1, "id") == 4


def test_the_cache_is_built_anew_after_a_change(root, cache):
    read_documents(root, cache=cache)
    tell_apart(cache)
    change_a_value(root)

    assert read_documents(root, cache=cache).files["topics.yaml"].data == [{"id": "play"}]
    assert len(cache) == 2
    assert {name.partition("-")[0] for name in cache} == {"knowledge"}


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff", b"[]", b"null", b"{}", b'{"topics.yaml": [], "other.yaml": []}']
)
def test_a_corrupt_cache_is_ignored_and_mended(root, cache, content):
    read_documents(root, cache=cache)
    sound = dict(cache)
    cache[cache.only_name()] = content

    assert read_documents(root, cache=cache) == read_documents(root)
    assert cache == sound


def test_data_that_json_can_not_hold_is_not_kept(root, cache):
    (root / "topics.yaml").write_text("!!binary aGk=", encoding="utf-8")

    for _ in range(2):
        assert read_documents(root, cache=cache).files["topics.yaml"].data == b"hi"


def test_files_with_a_problem_are_not_kept(root, cache):
    (root / "topics.yaml").write_text("a: b: c", encoding="utf-8")

    assert read_documents(root, cache=cache).problems
    assert not cache


@pytest.mark.parametrize("text", ["&a [*a, *a]", "&a {b: *a}", "- id: work\n- &a [[*a]]"])
def test_a_value_that_holds_itself_is_a_problem(root, cache, text):
    (root / "topics.yaml").write_text(text, encoding="utf-8")

    (problem,) = read_documents(root, cache=cache).problems

    assert problem.file == "topics.yaml"
    assert "found unconstructable recursive node" in problem.message


def test_a_value_that_stands_twice_is_read(root, cache):
    (root / "topics.yaml").write_text("[&a [1], *a]", encoding="utf-8")

    assert read_documents(root, cache=cache).files["topics.yaml"].data == [[1], [1]]


def test_what_is_no_regular_file_is_a_problem_and_is_not_waited_for(root):
    os.mkfifo(root / "pipe.yaml")
    (root / "astray.yaml").symlink_to(root / "nowhere")

    problems = read_documents(root).problems

    assert [str(problem) for problem in problems] == [
        "astray.yaml: is not a regular file",
        "pipe.yaml: is not a regular file",
    ]


PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
DATA = st.recursive(
    PLAIN, lambda inner: st.lists(inner) | st.dictionaries(PLAIN, inner), max_leaves=8
)


def read_twice(text):
    """Return the documents of one file with `text`, read without and then with what is kept."""
    with tempfile.TemporaryDirectory() as folder:
        root, cache = Path(folder, "files"), Shelf()
        root.mkdir()
        (root / "some.yaml").write_text(text, encoding="utf-8", newline="")
        return read_documents(root, cache=cache), read_documents(root, cache=cache)


@settings(deadline=None)  # how long writing a file takes is the disk's affair
@given(DATA)
def test_the_first_and_the_second_start_see_the_same_whatever_is_written(data):
    cold, warm = read_twice(yaml.safe_dump(data, allow_unicode=True))

    assert warm == cold


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8")))
def test_any_text_is_either_read_or_named_as_a_problem(text):
    documents, _ = read_twice(text)

    assert bool(documents.files) != bool(documents.problems)
