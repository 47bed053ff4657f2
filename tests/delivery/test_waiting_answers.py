"""The id of an answer that waited is noted once it is sent, and nothing is kept for longer."""

from __future__ import annotations

from bot.telegram.post.waiting.answers import WaitingAnswers

_CHAT, _QUESTION, _REPLY = 7001, 10, 3


def _waiting() -> tuple[WaitingAnswers, list[int]]:
    """Return what knows of a reply that waits, and the ids that are noted of it."""
    answers, noted = WaitingAnswers(), []
    answers.note_reply(_CHAT, _REPLY)
    answers.note_answer(_CHAT, _QUESTION, noted.append)
    return answers, noted


def test_an_answer_is_noted_once_when_it_is_sent() -> None:
    answers, noted = _waiting()
    answers.note_reply(_CHAT, _REPLY + 1)
    assert answers.waits(_CHAT, _QUESTION)
    assert not answers.waits(_CHAT + 1, _QUESTION)
    assert not answers.waits(_CHAT, _QUESTION + 1)
    for sent in (500, 501):
        answers.settle(_REPLY, sent)
    assert noted == [500]
    assert not answers.waits(_CHAT, _QUESTION)


def test_what_is_given_up_or_forgotten_is_never_noted() -> None:
    for end in (lambda one: one.settle(_REPLY, None), lambda one: one.forget(_CHAT)):
        answers, noted = _waiting()
        end(answers)
        assert not answers.waits(_CHAT, _QUESTION)
        answers.settle(_REPLY, 500)
        assert noted == []


def test_where_nothing_was_put_in_nothing_is_waited_for() -> None:
    answers, noted = WaitingAnswers(), []
    answers.note_answer(_CHAT, _QUESTION, noted.append)
    assert not answers.waits(_CHAT, _QUESTION)
