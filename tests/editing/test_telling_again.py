"""Of whom it is not known whether they were told, an editor may have told once more."""

import asyncio
from datetime import timedelta

import pytest

from bot.editing import ConflictError, EditingError, TellAgain, Undo
from bot.reply import Reply
from bot.telling import Told, Unreachable, Wait
from storage.editing import Gap, Telling
from tests.editing.conftest import ANNE, BO, Office, OpenOffice
from tests.editing.mailing import NOW, Mail, count_told, let_wait_and_link, tell_all
from tests.editing.wishing import CLUB, refusal, try_out


@pytest.fixture
def mail() -> Mail:
    return Mail()


async def _leave_one_unsure(office: Office, mail: Mail) -> Gap:
    """Let the first of two be in hand when the process dies: nothing has arrived."""

    async def die(_telling: Telling, _reply: Reply) -> Told | Unreachable | Wait:
        raise asyncio.CancelledError

    gap = await let_wait_and_link(office, 1, 2)
    with pytest.raises(asyncio.CancelledError):
        await mail.teller(office, die).tell_next()
    mail.now += timedelta(minutes=3)
    assert await tell_all(mail.teller(office)) == 1
    assert [chat for chat, _ in mail.arrived] == [2]
    return gap


async def test_whoever_may_not_have_been_told_is_told_when_an_editor_says_so(
    office: Office, open_office: OpenOffice, mail: Mail
) -> None:
    gap = await _leave_one_unsure(office, mail)
    assert await count_told(office, gap) == (0, 1, 0, 1)
    async with open_office(brain=office.desk.live.brain) as after:
        trial = await try_out(after, TellAgain(gap=gap.id))
        assert (trial.people, trial.is_repeat, trial.entry) == (1, True, "grants")
        assert trial.previews["en"].text.startswith("Apply at your school.")
        assert await count_told(after, gap) == (0, 1, 0, 1)
        await after.desk.confirm(ANNE, trial.id)
        assert await tell_all(mail.teller(after)) == 1
        assert [chat for chat, _ in mail.arrived] == [2, 1]
        assert await count_told(after, gap) == (0, 2, 0, 0)
        (line, *_) = await after.desk.journal(ANNE)
        assert (line.action, line.after[""]) == ("tell_again", {"entry": "grants", "people": 1})
        held = await after.store.people.show_everything("p1", chat_id=1)
        assert held.tellings == ()


async def test_of_two_editors_who_have_them_told_again_one_is_refused(
    office: Office, mail: Mail
) -> None:
    gap = await _leave_one_unsure(office, mail)
    one = await try_out(office, TellAgain(gap=gap.id), ANNE)
    two = await try_out(office, TellAgain(gap=gap.id), BO)
    await office.desk.confirm(ANNE, one.id)
    with pytest.raises(ConflictError):
        await office.desk.confirm(BO, two.id)
    assert await tell_all(mail.teller(office)) == 1
    assert await refusal(office, TellAgain(gap=gap.id)) == "nobody"


async def test_a_message_is_not_taken_back_and_keeps_no_answer_from_being_taken_back(
    office: Office, mail: Mail
) -> None:
    gap = await _leave_one_unsure(office, mail)
    trial = await try_out(office, TellAgain(gap=gap.id))
    done = await office.desk.confirm(ANNE, trial.id)
    assert await refusal(office, Undo(line=done.line)) == "sent"
    await office.desk.decide(ANNE, Undo(line=done.line - 1))
    # Who was to be told again waits again, and is told of the next answer.
    assert (await office.newest()).told.waiting == 1
    assert await tell_all(mail.teller(office)) == 0


async def test_whoever_asks_again_themselves_is_told_and_not_counted_twice(
    office: Office, mail: Mail
) -> None:
    gap = await _leave_one_unsure(office, mail)
    reply = office.replies[0]
    assert reply.record is not None
    await office.assistant.people.wait("telegram:p1", reply.record, chat_id=1, language="en")
    assert await tell_all(mail.teller(office)) == 1
    assert [chat for chat, _ in mail.arrived] == [2, 1]
    assert await count_told(office, gap) == (0, 2, 0, 0)


async def test_with_the_time_the_chat_is_forgotten_and_nobody_can_be_told_any_more(
    office: Office, mail: Mail
) -> None:
    gap = await _leave_one_unsure(office, mail)
    await office.store.forget_texts(NOW + timedelta(days=1))
    rows = await office.store.people.show_everything("p1", chat_id=1)
    assert rows.tellings == ()
    assert await count_told(office, gap) == (0, 1, 1, 0)
    with pytest.raises(EditingError):
        await office.desk.decide(ANNE, TellAgain(gap=gap.id))


async def test_nobody_is_told_again_of_what_everybody_was_told(office: Office, mail: Mail) -> None:
    open_gap = await office.miss(CLUB)
    assert await refusal(office, TellAgain(gap=open_gap.id)) == "nobody"
    gap = await let_wait_and_link(office, 1)
    assert await tell_all(mail.teller(office)) == 1
    assert await refusal(office, TellAgain(gap=gap.id)) == "nobody"
