"""The id of an answer that waited is noted once it is sent, and nothing is kept for longer."""

from __future__ import annotations

from bot.telegram.post.waiting.answers import WaitingAnswers

_CHAT, _REPLY = 7001, 3


def _waiting() -> tuple[WaitingAnswers, list[int]]:
    """Return what knows of a reply that waits, and the ids that are noted of it."""
    answers, noted = WaitingAnswers(), []
    answers.note_reply(_CHAT, _REPLY)
    answers.note_answer(_CHAT, noted.append)
    return answers, noted


def test_an_answer_is_noted_once_when_it_is_sent() -> None:
    answers, noted = _waiting()
    answers.note_reply(_CHAT, _REPLY + 1)
    answers.settle(_REPLY + 1, 499)
    for sent in (500, 501):
        answers.settle(_REPLY, sent)
    assert noted == [500]


def test_what_is_given_up_or_forgotten_is_never_noted() -> None:
    for end in (lambda one: one.settle(_REPLY, None), lambda one: one.forget(_CHAT)):
        answers, noted = _waiting()
        end(answers)
        answers.settle(_REPLY, 500)
        assert noted == []


def test_what_waits_for_another_chat_is_not_taken_for_the_answer() -> None:
    answers, noted = WaitingAnswers(), []
    answers.note_reply(_CHAT + 1, _REPLY)
    answers.note_answer(_CHAT, noted.append)
    answers.settle(_REPLY, 500)
    assert noted == []
