"""What is remembered about people is theirs: shown whole, forgotten at once, kept no longer."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from storage import Store, open_store
from storage.people import Erased, Feedback, FoundAnswer, SentAnswer
from storage.people.tables import feedback as feedback_table
from storage.tables import dead_letters, outbox, questions, unreachable
from tests.storage.conftest import AskQuestion
from tests.storage.gathering import list_missed

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CHAT = 7001


def _feedback(**values: Any) -> Feedback:
    usual: dict[str, Any] = {
        "asker": "a1",
        "entry": "tuition",
        "knowledge_version": "v1",
        "verdict": "up",
        "reason": None,
        "given_at": NOW,
    }
    return Feedback(**(usual | values))


def _sent(**values: Any) -> SentAnswer:
    usual: dict[str, Any] = {
        "place": "p1",
        "question": 10,
        "answer": 11,
        "asker": "a1",
        "record": None,
        "sent_at": NOW,
    }
    return SentAnswer(**(usual | values))


async def _wait(store: Store, number: int, **values: Any) -> bool:
    usual: dict[str, Any] = {"asker": "a1", "chat_id": CHAT, "language": "zh", "since": NOW}
    return await store.people.wait(number, **(usual | values))


async def _rows(store: Store, table: Any) -> list[Any]:
    async with store._database.read("look") as connection:
        return list((await connection.execute(select(table))).mappings())


# -- language


async def test_a_chosen_language_outlives_the_process(url: str) -> None:
    async with open_store(url) as store:
        assert await store.people.language_of("a1") is None
        await store.people.choose_language("a1", "zh")
        await store.people.choose_language("a1", "en")
    async with open_store(url) as store:
        assert await store.people.language_of("a1") == "en"
        assert await store.people.language_of("a2") is None


async def test_a_choice_that_is_taken_back_leaves_nothing(store: Store) -> None:
    await store.people.choose_language("a1", "zh")
    await store.people.choose_language("a1", None)
    assert await store.people.language_of("a1") is None
    assert await store.people.forget("a1", chat_id=CHAT) == Erased()


# -- feedback


async def test_a_person_has_one_opinion_of_an_answer_in_a_version(store: Store) -> None:
    await store.people.rate(_feedback())
    await store.people.rate(_feedback(verdict="down", reason="wrong"))
    await store.people.rate(_feedback(knowledge_version="v2"))
    await store.people.rate(_feedback(asker="a2"))
    found = [
        (row["asker"], row["knowledge_version"], row["verdict"], row["reason"])
        for row in await _rows(store, feedback_table)
    ]
    assert found == [
        ("a1", "v1", "down", "wrong"),
        ("a1", "v2", "up", None),
        ("a2", "v1", "up", None),
    ]
    assert (await store.status()).feedback == {"up": 2, "down": 1}


@pytest.mark.parametrize("answered", ["entry", "chosen"])
async def test_a_complaint_puts_the_question_before_editors(
    store: Store, ask: AskQuestion, answered: str
) -> None:
    """Also when the answer was picked from an offer."""
    if answered == "entry":
        number = await store.record(ask(outcome="answered", entry="tuition", gap=None))
    else:
        number = await store.record(ask(outcome="offered", gap=None))
        await store.choose(number, entry="tuition", at=NOW, asker="a1")
    complain = {"asker": "a1", "entry": "tuition", "reason": "feedback:wrong"}
    assert await list_missed(store) == ()
    assert await store.people.put_before_editors(number, **complain)
    (missed,) = await list_missed(store)
    assert missed.reason == "feedback:wrong"


async def test_a_complaint_keeps_the_reason_that_editors_see_already(
    store: Store, ask: AskQuestion
) -> None:
    number = await store.record(ask(outcome="answered", entry="tuition", gap="expired"))
    await store.people.put_before_editors(
        number, asker="a1", entry="tuition", reason="feedback:wrong"
    )
    assert [one.reason for one in await list_missed(store)] == ["expired"]


@pytest.mark.parametrize(
    "forged",
    [{"asker": "a2"}, {"entry": "grants"}, {"number": 99}, {"number": 0}, {"number": 2**70}],
)
async def test_nobody_complains_in_the_name_of_another(
    store: Store, ask: AskQuestion, forged: dict[str, Any]
) -> None:
    number = await store.record(ask(outcome="answered", entry="tuition", gap=None))
    values = {"asker": "a1", "entry": "tuition"} | forged
    number = values.pop("number", number)
    assert not await store.people.put_before_editors(number, **values, reason="feedback:wrong")
    assert await list_missed(store) == ()


async def test_a_forgotten_question_does_not_come_back_before_editors(
    store: Store, ask: AskQuestion
) -> None:
    number = await store.record(ask(outcome="answered", entry="tuition", gap=None))
    await store.forget_texts(NOW + timedelta(days=1))
    assert await store.people.put_before_editors(
        number, asker="a1", entry="tuition", reason="feedback:wrong"
    )
    assert await list_missed(store) == ()


# -- waits


async def test_somebody_waits_once_for_what_editors_have_before_them(
    store: Store, ask: AskQuestion
) -> None:
    first = await store.record(ask())
    again = await store.record(ask())
    assert await _wait(store, first)
    assert await _wait(store, again)
    held = await store.people.show_everything("a1", chat_id=CHAT)
    assert [row["chat_id"] for row in held.waits] == [CHAT]
    assert (await store.status()).waits == 1


@pytest.mark.parametrize(
    "forged", [{"asker": "a2"}, {"number": 99}, {"number": -1}, {"number": 2**70}]
)
async def test_nobody_waits_for_the_question_of_another(
    store: Store, ask: AskQuestion, forged: dict[str, Any]
) -> None:
    number = await store.record(ask())
    assert not await _wait(store, forged.pop("number", number), **forged)
    assert (await store.status()).waits == 0


async def test_nobody_waits_for_what_is_answered(store: Store, ask: AskQuestion) -> None:
    number = await store.record(ask(outcome="answered", entry="tuition", gap=None))
    assert not await _wait(store, number)


async def test_a_wait_is_ended_by_who_waits_alone(store: Store, ask: AskQuestion) -> None:
    number = await store.record(ask())
    await _wait(store, number)
    assert not await store.people.stop_waiting(number, asker="a2")
    assert not await store.people.stop_waiting(2**70, asker="a1")
    assert await store.people.stop_waiting(number, asker="a1")
    assert not await store.people.stop_waiting(number, asker="a1")
    assert (await store.status()).waits == 0


async def test_nobody_waits_longer_than_the_question_is_kept(
    store: Store, ask: AskQuestion
) -> None:
    number = await store.record(ask())
    await _wait(store, number)
    await store.forget_texts(NOW)
    assert (await store.status()).waits == 1
    await store.forget_texts(NOW + timedelta(seconds=1))
    assert (await store.status()).waits == 0


# -- messages


async def test_the_message_that_answered_another_is_found(store: Store, ask: AskQuestion) -> None:
    number = await store.record(ask("学费多少"))
    await store.people.remember_answers([_sent(), _sent(question=20, record=number)], now=NOW)
    find = store.people.find_answer
    assert await find(place="p1", question=10, now=NOW) == FoundAnswer(answer=11, text=None)
    found = FoundAnswer(answer=11, text="学费多少")
    assert await find(place="p1", question=20, now=NOW) == found
    assert await find(place="p2", question=10, now=NOW) is None
    assert await find(place="p1", question=11, now=NOW) is None


async def test_the_second_answer_takes_the_place_of_the_first(store: Store) -> None:
    await store.people.remember_answers([_sent()], now=NOW)
    await store.people.remember_answers([_sent(answer=12)], now=NOW)
    assert await store.people.find_answer(place="p1", question=10, now=NOW) == FoundAnswer(
        answer=12, text=None
    )


async def test_message_ids_are_kept_for_48_hours(store: Store) -> None:
    """Not found any more, and with the next answer to anybody gone from the table."""
    await store.people.remember_answers([_sent()], now=NOW)
    later = NOW + timedelta(hours=48)
    assert await store.people.find_answer(place="p1", question=10, now=later)
    later += timedelta(seconds=1)
    assert await store.people.find_answer(place="p1", question=10, now=later) is None
    assert (await store.people.show_everything("a1", chat_id=CHAT)).messages
    await store.people.remember_answers([], now=later)
    assert not (await store.people.show_everything("a1", chat_id=CHAT)).messages


# -- everything


async def _fill(store: Store, ask: AskQuestion, asker: str, chat_id: int) -> None:
    """Let everything be held about a person that can be."""
    missed = await store.record(ask(f"秘密问题{asker}", asker=asker, update_id=chat_id))
    await store.people.choose_language(asker, "zh")
    await store.people.rate(_feedback(asker=asker, verdict="down", reason="unclear"))
    await _wait(store, missed, asker=asker, chat_id=chat_id)
    await store.people.remember_answers([_sent(place=asker, asker=asker)], now=NOW)
    another = {"from": {"id": 9999 - chat_id}, "chat": {"id": -5}}
    letter = {
        "update_id": chat_id,
        "message": {
            "from": {"id": chat_id},
            "chat": {"id": -5},
            "text": f"未处理{asker}",
            "reply_to_message": another,
        },
    }
    async with store._database.write("fill") as connection:
        await connection.execute(insert(unreachable).values(who=asker, since=NOW))
        await connection.execute(
            insert(outbox).values(
                chat_id=chat_id, method="sendMessage", payload={"text": f"未发{asker}"},
                is_answer=True, created_at=NOW, due_at=NOW, tries=0,
            )
        )  # fmt: skip
        await connection.execute(
            insert(dead_letters).values(
                update_id=chat_id, kind="message", payload=letter, error="KeyError",
                tries=3, failed_at=NOW,
            )
        )  # fmt: skip


async def test_a_person_sees_all_that_is_held_and_nothing_of_another(
    store: Store, ask: AskQuestion
) -> None:
    await _fill(store, ask, "a1", CHAT)
    await _fill(store, ask, "a2", CHAT + 1)
    held = await store.people.show_everything("a1", chat_id=CHAT)
    assert held.language == "zh"
    assert held.blocked_since == NOW
    assert [row["text"] for row in held.questions] == ["秘密问题a1"]
    assert [row["reason"] for row in held.feedback] == ["unclear"]
    assert [row["chat_id"] for row in held.waits] == [CHAT]
    assert [row["answer"] for row in held.messages] == [11]
    assert [row["payload"] for row in held.unsent] == [{"text": "未发a1"}]
    assert [row["update_id"] for row in held.unhandled] == [CHAT]
    assert "a2" not in str(held)
    assert str(CHAT + 1) not in str(held)


@pytest.mark.parametrize(
    ("payload", "is_theirs"),
    [
        ({"message": {"chat": {"id": CHAT}}}, True),
        ({"message": {"from": {"id": CHAT}, "chat": {"id": -5}}}, True),
        ({"callback_query": {"from": {"id": 8}, "message": {"chat": {"id": CHAT}}}}, True),
        ({"message": {"from": {"id": 8}, "reply_to_message": {"from": {"id": CHAT}}}}, False),
        ({"update_id": CHAT, "message": {"message_id": CHAT, "chat": {"id": 8}}}, False),
        ({"unknown": {}}, False),
        ({}, False),
    ],
    ids=["private", "in a group", "pressed", "replied to", "numbers", "unknown", "empty"],
)
async def test_an_update_that_was_not_handled_is_its_senders(
    store: Store, payload: dict[str, Any], is_theirs: Any
) -> None:
    async with store._database.write("fill") as connection:
        await connection.execute(
            insert(dead_letters).values(
                update_id=1, kind="message", payload=payload, error="KeyError",
                tries=3, failed_at=NOW,
            )
        )  # fmt: skip
    held = await store.people.show_everything("a1", chat_id=CHAT)
    assert bool(held.unhandled) == is_theirs


async def test_who_is_forgotten_leaves_counts_alone(
    store: Store, ask: AskQuestion, database_file: Path
) -> None:
    """Nothing of the person can be found, in the tables or in the bytes of the files."""
    await _fill(store, ask, "a1", CHAT)
    await _fill(store, ask, "a2", CHAT + 1)
    of_another = await store.people.show_everything("a2", chat_id=CHAT + 1)
    counted = await store.status()
    assert await store.people.forget("a1", chat_id=CHAT) == Erased(
        questions=1, feedback=1, waits=1, messages=1, choices=1, undelivered=2
    )
    nothing = await store.people.show_everything("a1", chat_id=CHAT)
    assert (nothing.language, nothing.blocked_since) == (None, None)
    assert not any(
        (nothing.questions, nothing.feedback, nothing.waits, nothing.messages, nothing.unsent)
    )
    assert not nothing.unhandled
    assert await store.people.show_everything("a2", chat_id=CHAT + 1) == of_another
    after = await store.status()
    assert (after.outcomes, after.feedback) == (counted.outcomes, counted.feedback)
    kept = {row["id"]: row for row in await _rows(store, questions)}
    assert (kept[1]["text"], kept[1]["asker"], kept[1]["gap_id"]) == ("", None, None)
    written = b"".join(file.read_bytes() for file in database_file.parent.glob("store.db*"))
    for secret in ("秘密问题a1", "未发a1", "未处理a1"):
        assert secret.encode() not in written
        assert secret.encode("unicode-escape") not in written
    assert "秘密问题a2".encode() in written


async def test_nobody_is_forgotten_twice(store: Store, ask: AskQuestion) -> None:
    await _fill(store, ask, "a1", CHAT)
    await store.people.forget("a1", chat_id=CHAT)
    assert await store.people.forget("a1", chat_id=CHAT) == Erased()


async def test_who_is_forgotten_can_ask_again(store: Store, ask: AskQuestion) -> None:
    await _fill(store, ask, "a1", CHAT)
    await store.people.forget("a1", chat_id=CHAT)
    number = await store.record(ask("新问题", asker="a1"))
    assert await _wait(store, number)
    held = await store.people.show_everything("a1", chat_id=CHAT)
    assert [row["text"] for row in held.questions] == ["新问题"]
