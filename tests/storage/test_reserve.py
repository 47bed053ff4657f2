"""What the store can't take is kept beside it, whole, for one process at a time."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from storage import QuestionRecord, StorageError
from storage.delivery import WaitingReply
from storage.reserve import open_reserve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2026, 3, 2, tzinfo=UTC)
REPLY = WaitingReply(
    chat_id=7001,
    method="sendMessage",
    payload={"text": "学费 & more", "buttons": None},
    is_answer=True,
    created_at=NOW,
    due_at=NOW + timedelta(seconds=7),
    tries=2,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "reserve.sqlite"


async def test_what_is_kept_is_there_at_the_next_opening(
    file: Path, ask: Callable[..., QuestionRecord]
) -> None:
    question = ask("学费多少", nearest=("grants",), update_id=41, asker="a")
    async with open_reserve(file) as reserve:
        await reserve.keep_question(question)
        await reserve.keep_reply(REPLY)
        await reserve.keep_handled(41, at=NOW)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    async with open_reserve(file) as reserve:
        assert [one.value for one in await reserve.list_questions(limit=9)] == [question]
        assert [one.value for one in await reserve.list_replies(limit=9)] == [REPLY]
        assert await reserve.list_handled(limit=9) == (41,)


async def test_what_is_dropped_is_gone_and_leaves_no_word_in_the_file(
    file: Path, ask: Callable[..., QuestionRecord]
) -> None:
    async with open_reserve(file) as reserve:
        numbers = [await reserve.keep_question(ask(f"secret {at}")) for at in range(3)]
        assert await reserve.drop(*numbers[:2])
        assert not await reserve.drop(*numbers[:2])
        (left,) = await reserve.list_questions(limit=9)
        assert (left.id, await reserve.count("question")) == (numbers[2], 1)
        assert b"secret 2" in file.read_bytes()
        await reserve.drop(numbers[2])
    assert b"secret" not in file.read_bytes()


async def test_old_ones_of_a_kind_are_dropped_and_no_others(
    file: Path, ask: Callable[..., QuestionRecord]
) -> None:
    async with open_reserve(file) as reserve:
        await reserve.keep_question(ask("old", asked_at=NOW - timedelta(days=9)))
        await reserve.keep_handled(1, at=NOW - timedelta(days=3))
        await reserve.keep_handled(2, at=NOW)
        await reserve.drop_older("update", NOW - timedelta(days=2))
        assert await reserve.list_handled(limit=9) == (2,)
        assert await reserve.count("question") == 1


async def test_the_questions_of_one_person_are_found_and_changed(
    file: Path, ask: Callable[..., QuestionRecord]
) -> None:
    async with open_reserve(file) as reserve:
        for asker in ("a", "b", "a"):
            await reserve.keep_question(ask(f"of {asker}", asker=asker))
        first, second = await reserve.list_questions(asker="a", limit=9)
        blank = replace(first.value, text="", asker=None)
        assert await reserve.change_question(number=first.id, question=blank)
        assert [one.id for one in await reserve.list_questions(asker="a", limit=9)] == [second.id]
        assert (await reserve.list_questions(limit=1))[0].value == blank
        assert not await reserve.change_question(number=99, question=blank)


async def test_a_second_process_does_not_get_it(file: Path) -> None:
    async with open_reserve(file):
        with pytest.raises(StorageError, match="another process holds the database"):
            async with open_reserve(file):
                pass
    async with open_reserve(file) as reserve:
        assert await reserve.count("reply") == 0


async def test_a_damaged_file_is_set_aside(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"no database at all " * 99)
    with pytest.raises(StorageError, match="not an SQLite database"):
        async with open_reserve(file):
            pass
    async with open_reserve(file) as reserve:
        assert await reserve.count("question") == 0
    assert file.with_name("reserve.sqlite.damaged").read_bytes().startswith(b"no database")


async def test_a_file_in_the_place_of_its_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StorageError, match=r"reserve\.sqlite"):
        async with open_reserve(tmp_path / "data" / "reserve.sqlite"):
            pass


async def test_what_no_version_can_read_stands_in_nobodys_way(
    file: Path, ask: Callable[..., QuestionRecord]
) -> None:
    """A value of another version is read by what is known of it; what is left out stays there."""
    async with open_reserve(file) as reserve:
        for text in ("broken", "later", "whole"):
            await reserve.keep_question(ask(text))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE kept SET body = 'none' WHERE id = 1")
        sql = "UPDATE kept SET body = json_set(body, '$.new_field', 1) WHERE id = 2"
        connection.execute(sql)
    async with open_reserve(file) as reserve:
        assert [one.value.text for one in await reserve.list_questions(limit=9)] == [
            "later",
            "whole",
        ]
        assert await reserve.count("question") == 2
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT body FROM kept WHERE id = 1").fetchall() == [("none",)]


async def test_a_thousand_questions_fit_into_what_is_set_aside(
    file: Path, ask: Callable[..., QuestionRecord]
) -> None:
    """So that a full disk, which has room for no more pages, can take them."""
    async with open_reserve(file) as reserve:
        journal = file.with_name("reserve.sqlite-journal")
        before = file.stat().st_size, journal.stat().st_size
        for number in range(1000):
            text = f"what does a fitter of elevators learn in the second year {number}"
            await reserve.keep_question(ask(text, normalised=text, asker="0" * 32))
        assert (file.stat().st_size, journal.stat().st_size) == before
