"""The line of every value in a YAML file is found, so that a problem can name it."""

import pytest
import yaml

from knowledge.documents import Document

TEXT = """\
# Majors
- id: nursing
  says:
    zh: 护理
    en: >-
      Nursing, and
      more
  cites: [a, b]
- id: welding
  cites:
    - a
    - b
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        ((0,), 2),
        ((0, "id"), 2),
        ((0, "says"), 4),
        ((0, "says", "en"), 5),
        ((0, "cites", 1), 8),
        ((1,), 9),
        ((1, "cites"), 11),
        ((1, "cites", 1), 12),
    ],
)
def test_the_line_of_a_value_is_found(path, line):
    assert Document("majors.yaml", TEXT, yaml.safe_load(TEXT)).line_of(*path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((7,), 1),
        (("id",), 1),
        ((1, "title"), 9),
        ((0, "says", "de"), 4),
        ((0, "cites", 2), 8),
        ((0, "cites", 5), 8),
        ((0, "cites", "a"), 8),
        ((0, "id", "zh"), 2),
    ],
)
def test_the_line_of_a_value_that_is_not_there_is_that_of_its_nearest_parent(path, line):
    assert Document("majors.yaml", TEXT, yaml.safe_load(TEXT)).line_of(*path) == line


def test_an_empty_file_has_a_first_line():
    assert Document("majors.yaml", "", None).line_of(0, "id") == 1
