"""What is asked again is answered as before, as long as nothing it rests on has changed."""

from datetime import date

import pytest

from bot.memory.recent import RecentReplies
from bot.reply import Question, Reply
from bot.services import Brain

TODAY = date(2026, 1, 1)


@pytest.fixture
def recent(tiny_brain: Brain) -> RecentReplies:
    return RecentReplies(tiny_brain.answerer)


def ask(recent: RecentReplies, text: str, today: date = TODAY, **values: object) -> Reply:
    return recent.answer(Question(text=text, front="telegram", **values), today=today)


def test_the_same_question_gets_the_same_reply_without_looking_again(recent, tiny_brain) -> None:
    first = ask(recent, "steps of a grant application?", asker="a", update_id=1)
    assert first.outcome == "answered"
    assert ask(recent, "steps of a grant application?", asker="b", update_id=2) is first
    question = Question(text="steps of a grant application?", front="cli")
    fresh = tiny_brain.answerer.answer(question, today=TODAY)
    assert first == fresh


def test_what_the_reply_depends_on_tells_questions_apart(recent) -> None:
    first = ask(recent, "how do i apply for a grant")
    assert ask(recent, "how do i apply for a grant", language="zh").language == "zh"
    assert ask(recent, "how do i apply for a grant", wants="major") != first
    assert ask(recent, "how do i apply for a grant", today=date(2010, 1, 1)).gap is None
    assert ask(recent, "how do i apply for a grant", today=date(2060, 1, 1)).gap == "expired"
    assert ask(recent, "how do i apply for a grant") is first


@pytest.mark.parametrize(
    "text",
    [
        "my name is Tom, how do i apply for a grant",
        "how do i apply for a grant 13812345678",
        "how do i apply for a grant " + "?" * 100,
        "qwerty asdfgh zxcvbn",
    ],
)
def test_nothing_is_kept_of_what_is_personal_or_long_or_unanswered(recent, text) -> None:
    assert ask(recent, text) is not ask(recent, text)


def test_only_the_latest_are_kept(recent) -> None:
    first = ask(recent, "how do i apply for a grant")
    for number in range(1000):
        ask(
            recent,
            "how do i apply for a grant",
            today=date.fromordinal(TODAY.toordinal() - number - 1),
        )
    again = ask(recent, "how do i apply for a grant")
    assert again is not first
    assert again == first
