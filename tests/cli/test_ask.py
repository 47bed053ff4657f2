"""`voced ask`: one answer, or one for each line, as text or as JSON that others rely on."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Voced = Callable[..., Result]

KEYS = [
    "question", "outcome", "language", "entry", "confidence", "text", "citations", "choices",
    "reason", "knowledge_version", "matcher", "milliseconds",
]  # fmt: skip
CITATION_KEYS = ["claim", "source", "title", "publisher", "date", "at", "url"]


def _answers(result: Result) -> list[dict[str, Any]]:
    """Return the objects on standard output, one a line, which holds nothing else."""
    assert result.exit_code == 0
    lines = result.stdout_bytes.decode().split("\n")
    assert lines.pop() == ""
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize(
    ("text", "outcome", "entry", "reason"),
    [
        ("How many majors are there?", "answered", "number-of-majors", None),
        ("第一期什么时候播出?", "answered", "first-episode", None),
        ("第三期讲了什么", "answered", "single-episode", "no_summary"),
        ("how do i apply for a grant", "answered", "grants", "expired"),
        ("北京中专一年学费多少钱", "offered", None, "guard:place"),
        ("zzkqx vbnwq", "missed", None, "no_match"),
        ("hi", "chat", None, None),
        ("我想自杀", "chat", None, None),
        ("", "gated", None, None),
        ("-", "gated", None, None),
    ],
)
def test_every_outcome_is_one_object_with_the_same_keys(
    text: str, outcome: str, entry: str | None, reason: str | None, voced: Voced
) -> None:
    """Exit status 0 and exactly the promised keys, whatever the outcome."""
    typed = f"{text}\n" if text == "-" else ""
    (answer,) = _answers(voced("ask", "--json", "--", text, typed=typed))
    assert list(answer) == KEYS
    assert answer["question"] == text
    assert (answer["outcome"], answer["entry"], answer["reason"]) == (outcome, entry, reason)
    assert answer["language"] in {"zh", "en"}
    assert 0 <= answer["confidence"] <= 1
    assert answer["text"]
    assert answer["milliseconds"] >= 0
    assert len(answer["knowledge_version"]) == 12
    assert bool(answer["citations"]) == (outcome == "answered")
    assert all(list(one) == CITATION_KEYS for one in answer["citations"])
    assert (1 <= len(answer["choices"]) <= 3) == (outcome == "offered")
    assert all(list(one) == ["entry", "title"] for one in answer["choices"])


def test_words_need_no_quotation_marks(voced: Voced) -> None:
    """The arguments are put together with spaces."""
    (answer,) = _answers(voced("ask", "--json", "How", "many", "majors", "are", "there?"))
    assert answer["question"] == "How many majors are there?"
    assert answer["entry"] == "number-of-majors"


def test_each_line_gets_its_object_in_order(voced: Voced) -> None:
    """Blank lines too, whatever ends a line, with or without one at the end of the input."""
    typed = "第一期什么时候播出?\r\n\n  \nHow many majors are there?\nhi"
    answers = _answers(voced("ask", "-", "--json", typed=typed))
    assert [(one["question"], one["outcome"]) for one in answers] == [
        ("第一期什么时候播出?", "answered"),
        ("", "gated"),
        ("  ", "gated"),
        ("How many majors are there?", "answered"),
        ("hi", "chat"),
    ]


def test_no_input_is_no_output(voced: Voced) -> None:
    """An empty file asks nothing."""
    assert _answers(voced("ask", "-", "--json")) == []


def test_input_that_is_not_utf_8_is_answered(voced: Voced) -> None:
    """Bytes that are no text become U+FFFD; the lines around them are as they were."""
    typed = b"\xff\xfe\xd6\xd0\nHow many majors are there?\nabc\x00\xc3\n"
    answers = _answers(voced("ask", "-", "--json", typed=typed))
    assert len(answers) == 3
    assert "\N{REPLACEMENT CHARACTER}" in answers[0]["question"]
    assert answers[1]["entry"] == "number-of-majors"


def test_a_reader_that_splits_lines_everywhere_finds_one_object_a_line(voced: Voced) -> None:
    """Signs that some readers take for line ends are escaped inside the JSON."""
    text = "how many\x85majors\u2028are\u2029there\x0c?"
    result = voced("ask", "--json", text)
    (line,) = result.stdout_bytes.decode().splitlines()
    assert json.loads(line)["question"] == text


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lines=st.lists(st.binary(max_size=20).map(lambda line: line.replace(b"\r", b"")), max_size=8)
)
def test_any_bytes_get_one_object_for_each_line(lines: list[bytes], voced: Voced) -> None:
    """No input breaks the promise of one object a line."""
    typed = b"".join(line.replace(b"\n", b"") + b"\n" for line in lines)
    assert len(_answers(voced("ask", "-", "--json", typed=typed))) == len(lines)


def test_as_text_an_answer_shows_its_source(voced: Voced) -> None:
    """Without --json the answer is for people."""
    result = voced("ask", "How many majors are there?")
    assert result.exit_code == 0
    assert "The catalogue has 1,491 majors." in result.stdout
    assert "https://example.org/catalogue" in result.stdout
    assert "\x1b" not in result.stdout


def test_as_text_lines_are_answered_too(voced: Voced) -> None:
    """One answer after the other."""
    shown = voced("ask", "-", typed="How many majors are there?\n第一期什么时候播出?\n").stdout
    assert shown.index("1,491") < shown.index("2025年5月12日")


def test_what_is_asked_is_recorded(voced: Voced) -> None:
    """The question is in the database afterwards, and its gap is listed."""
    voced("ask", "--json", "who invented the telephone")
    (line,) = voced("missed", "list", "--json").stdout.splitlines()
    assert json.loads(line)["text"] == "who invented the telephone"


@pytest.mark.usefixtures("fresh")
def test_the_data_folder_is_for_its_owner_only(voced: Voced, data_dir: Path) -> None:
    """It holds what people asked."""
    voced("ask", "hi")
    assert data_dir.stat().st_mode & 0o077 == 0


def test_broken_knowledge_is_told_with_every_problem(
    voced: Voced, tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit status 1; each problem has file, line and key; standard output stays empty.

    What a broken file lacks is not told as a problem of all files that name it.
    """
    folder = shutil.copytree(tiny_folder, tmp_path / "knowledge")
    answers = folder / "answers" / "fees.yaml"
    broken = answers.read_text(encoding="utf-8").replace("cites: [notice-02]", "quotes: [fees]")
    answers.write_text(broken, encoding="utf-8")
    (folder / "sources" / "notice.yaml").write_text("id: [notice", encoding="utf-8")
    (folder / "terms.yaml").unlink()
    monkeypatch.setenv("VOCED_KNOWLEDGE_DIR", str(folder))
    for arguments in (("ask", "--json", "hi"), ("knowledge", "check"), ("knowledge", "stats")):
        result = voced(*arguments)
        assert result.exit_code == 1
        assert result.stdout == ""
        assert "unknown claim" not in result.stderr
        assert "answers/fees.yaml:" in result.stderr
        assert "school-tuition.quotes: is not a known key" in result.stderr
        assert "sources/notice.yaml:" in result.stderr
        assert "terms.yaml: the file is missing" in result.stderr
        assert "Traceback" not in result.stderr


def test_a_knowledge_folder_that_is_not_there_is_told(
    voced: Voced, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the setting and the folder."""
    monkeypatch.setenv("VOCED_KNOWLEDGE_DIR", str(tmp_path / "nowhere"))
    result = voced("ask", "--json", "hi")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"Error: VOCED_KNOWLEDGE_DIR: there is no folder {tmp_path}/nowhere\n"


def test_a_database_of_a_newer_version_stops_the_start(voced: Voced, data_dir: Path) -> None:
    """Nothing is answered on a database that this version might harm."""
    voced("ask", "hi")
    with closing(sqlite3.connect(data_dir / "voced.sqlite")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    result = voced("ask", "--json", "hi")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "9999" in result.stderr
