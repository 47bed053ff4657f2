"""The editors' loop: from a missed question to an answer that everyone who asked receives.

`Desk` is everything that editors can do, the same for every front end. `EditingError` is what it
raises for a wish that can't be met, with words for whoever wished; `StorageError` where the
database is in trouble.
"""

from bot.editing.desk import Desk, ShownGap
from bot.editing.errors import ConflictError, EditingError, NotAnEditorError
from bot.editing.outcomes import Changed, Done, Replay, Trial
from bot.editing.wishes import (
    AddCounterexample,
    AddPhrasing,
    AnswerDraft,
    Assign,
    Dismiss,
    Link,
    Merge,
    NewSource,
    Phrase,
    Reopen,
    SplitOff,
    TellAgain,
    Undo,
    Wish,
    WriteAnswer,
)

__all__ = [
    "AddCounterexample",
    "AddPhrasing",
    "AnswerDraft",
    "Assign",
    "Changed",
    "ConflictError",
    "Desk",
    "Dismiss",
    "Done",
    "EditingError",
    "Link",
    "Merge",
    "NewSource",
    "NotAnEditorError",
    "Phrase",
    "Reopen",
    "Replay",
    "ShownGap",
    "SplitOff",
    "TellAgain",
    "Trial",
    "Undo",
    "Wish",
    "WriteAnswer",
]
