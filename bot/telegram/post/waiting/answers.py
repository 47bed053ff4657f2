"""Which replies that wait answer which messages."""

from collections.abc import Callable

NoteSent = Callable[[int], None]


class WaitingAnswers:
    """Knows what waiting replies answer, so that their ids are noted once they are sent.

    A restart forgets it, and so does a store in trouble: a question that is edited then keeps its
    old answer.
    """

    def __init__(self) -> None:
        self._last: dict[int, int] = {}
        self._answers: dict[int, tuple[int, NoteSent]] = {}

    def note_reply(self, chat_id: int, reply: int) -> None:
        """Note the reply that was put in last for a chat."""
        self._last[chat_id] = reply

    def note_answer(self, chat_id: int, note_sent: NoteSent) -> None:
        """Let the last reply put in for a chat answer a message; `note_sent` is told its id."""
        if (reply := self._last.get(chat_id)) is not None:
            self._answers[reply] = chat_id, note_sent

    def settle(self, reply: int, sent: int | None) -> None:
        """Tell the id of a reply that was sent; `None` where it never will be."""
        noted = self._answers.pop(reply, None)
        if noted is not None and sent is not None:
            noted[1](sent)

    def forget(self, chat_id: int) -> None:
        """Forget what waits for a chat."""
        self._last.pop(chat_id, None)
        self._answers = {reply: one for reply, one in self._answers.items() if one[0] != chat_id}
