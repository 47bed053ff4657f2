"""The history of the terminal is for one pair of eyes and holds nobody's name or distress."""

from pathlib import Path

import pytest

from bot.terminal.prompting import open_history


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history"


def _read_again(file: Path) -> list[str]:
    return list(open_history(file, lambda _: False).load_history_strings())


def test_what_could_tell_who_typed_is_masked(file: Path) -> None:
    """In the file; who typed it can call it back as long as the conversation lasts."""
    history = open_history(file, lambda _: False)
    history.append_string("我叫张三丰，电话13800138000")
    assert history.get_strings() == ["我叫张三丰，电话13800138000"]
    assert _read_again(file) == ["我叫[name]，电话[number]"]


def test_a_private_line_is_not_written(file: Path) -> None:
    """Others are."""
    history = open_history(file, lambda line: "private" in line)
    for line in ("one", "something private", "two"):
        history.append_string(line)
    assert _read_again(file) == ["two", "one"]


@pytest.mark.parametrize("was_there", [False, True])
def test_only_the_owner_can_read_it(file: Path, *, was_there: bool) -> None:
    """Also a file of an older version."""
    if was_there:
        file.parent.mkdir()
        file.touch(mode=0o644)
    open_history(file, lambda _: False).append_string("one")
    assert file.stat().st_mode & 0o777 == 0o600


def test_where_no_file_can_be_the_conversation_goes_on(file: Path) -> None:
    """What was typed is remembered until the end."""
    file.mkdir(parents=True)
    history = open_history(file, lambda _: False)
    history.append_string("one")
    assert history.get_strings() == ["one"]
