"""Turns a wish into the change that it makes."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.editing.deciding.drafting import draft_entry, draft_lines, usable
from bot.editing.errors import EditingError
from bot.editing.wishes import (
    AddCounterexample,
    AddPhrasing,
    Assign,
    Dismiss,
    GapWish,
    Link,
    Merge,
    Phrase,
    Reopen,
    SplitOff,
    TellAgain,
    WriteAnswer,
)
from bot.memory.access import StoreAccess
from knowledge import Answer, Knowledge
from storage.editing import Change, Gap, GapChange, NewAddition, Split, Wording

# So many of a gap's own wordings become phrasings of its answer, or counterexamples of another.
_MOST_PHRASES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is decided on: the gap as it stands with its wordings, by whom, when, knowing what."""

    gap: Gap
    wordings: Sequence[Wording]
    knowledge: Knowledge
    actor: int
    at: datetime

    def find_entry(self, entry: str) -> Answer:
        """Return the entry.

        Raises:
            EditingError: There is none.
        """
        found = self.knowledge.answers.get(entry)
        if found is None:
            raise EditingError("unknown_entry", entry=entry)
        return found

    def change(self, action: str, seen: int, values: Mapping[str, object], **more: Any) -> Change:
        """Return the change of the gap's columns by this action."""
        changed = GapChange(gap=self.gap.id, seen=seen, values=values)
        return Change(at=self.at, editor=self.actor, action=action, gaps=(changed,), **more)


async def make_change(access: StoreAccess, wish: GapWish, case: Case) -> Change:
    """Return the change that `wish` makes of the gap of `case`, tried on nothing yet.

    Raises:
        EditingError: It can't be made.
        StorageError: The database can't be read.
    """
    gap = case.gap
    _check_state(gap, wish)
    seen = gap.version if wish.seen is None else wish.seen
    if isinstance(wish, Merge):
        return await _merge(access, wish, case, seen)
    if isinstance(wish, (AddPhrasing, WriteAnswer, Link)):
        return _answer(wish, case, seen)
    if isinstance(wish, AddCounterexample):
        return _keep_apart(wish, case, seen)
    if isinstance(wish, TellAgain):
        note = {"entry": gap.entry, "people": gap.told.unsure}
        return case.change("tell_again", seen, {}, note=note, tells_again=True)
    if isinstance(wish, SplitOff):
        split = Split(gap=gap.id, wordings=wish.wordings)
        return case.change("split", seen, {}, split=split)
    return _set_state(wish, case, seen)


def _check_state(gap: Gap, wish: GapWish) -> None:
    if gap.state == "merged":
        raise EditingError("merged", gap=gap.id, into=gap.merged_into)
    if isinstance(wish, TellAgain):
        if gap.state != "answered" or not gap.told.unsure:
            raise EditingError("nobody", gap=gap.id)
    elif isinstance(wish, Reopen):
        if gap.is_open:
            raise EditingError("is_open", gap=gap.id)
    elif not gap.is_open and not isinstance(wish, SplitOff):
        raise EditingError(f"is_{gap.state}", gap=gap.id)


def digest_of(answer: Answer) -> str:
    """Return what changes when an entry says something else."""
    said = repr((answer.title, answer.text, [one.claim_id for one in answer.citations]))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _set_state(wish: Assign | Dismiss | Reopen, case: Case, seen: int) -> Change:
    if isinstance(wish, Assign):
        values: dict[str, object] = {
            "state": "open" if wish.to is None else "assigned",
            "assignee": wish.to,
        }
        action = "give_back" if wish.to is None else "take" if wish.to == case.actor else "assign"
        return case.change(action, seen, values)
    if isinstance(wish, Dismiss):
        if not wish.why.strip():
            raise EditingError("no_reason")
        towards = case.find_entry(wish.towards) if wish.towards else None
        values = {
            "state": "dismissed",
            "why": " ".join(wish.why.split()),
            "entry": towards.id if towards else None,
            "entry_digest": digest_of(towards) if towards else None,
        }
        return case.change("dismiss", seen, values)
    state = "open" if case.gap.assignee is None else "assigned"
    values = {"state": state, "why": None, "entry": None, "entry_digest": None}
    return case.change("reopen", seen, values)


def _answer(wish: AddPhrasing | WriteAnswer | Link, case: Case, seen: int) -> Change:
    additions: tuple[NewAddition, ...] = ()
    if isinstance(wish, WriteAnswer):
        draft = wish.draft
        # However else it shall be found, whoever asks as most did must find it.
        own = phrases_of(case.wordings[:1] if draft.phrases else case.wordings)
        draft = draft.model_copy(update={"phrases": (*draft.phrases, *own)})
        drafted = draft_entry(draft, case.gap, case.knowledge, today=case.at.date())
        entry, additions, action = drafted.entry, drafted.additions, "answer"
    else:
        found = case.find_entry(wish.entry)
        entry, action = found.id, "link"
        if isinstance(wish, AddPhrasing):
            phrases = wish.phrases or phrases_of(case.wordings[:1])
            additions, action = draft_lines("phrasing", phrases, found), "add_phrasing"
    note = _note(entry, [one for one in additions if one.kind == "phrasing"])
    values = {"state": "answered", "entry": entry}
    return case.change(action, seen, values, note=note, additions=additions, answered=entry)


def _keep_apart(wish: AddCounterexample, case: Case, seen: int) -> Change:
    found = case.find_entry(wish.entry)
    # What another has masked in it, or is an ask of the entry, keeps back none of the others.
    own = [
        one
        for one in usable(phrases_of(case.wordings))
        if one.text not in found.asks.in_(one.language)
    ]
    additions = draft_lines("counterexample", wish.phrases or own, found)
    note = _note(found.id, additions)
    return case.change("add_counterexample", seen, {}, note=note, additions=additions)


def _note(entry: str, lines: Sequence[NewAddition]) -> dict[str, object]:
    return {"entry": entry, **({"phrases": [one.content for one in lines]} if lines else {})}


def phrases_of(wordings: Sequence[Wording]) -> tuple[Phrase, ...]:
    """Return the most frequent wordings of a gap as phrases."""
    return tuple(
        Phrase("zh" if one.language == "zh" else "en", one.text) for one in wordings[:_MOST_PHRASES]
    )


async def _merge(access: StoreAccess, wish: Merge, case: Case, seen: int) -> Change:
    gap = case.gap
    into = await access.use(lambda store: store.editing.show_gap(wish.into))
    if into is None:
        raise EditingError("unknown_gap", gap=wish.into)
    if gap.id in {into.id, into.merged_into}:
        raise EditingError("same_gap", gap=gap.id)
    if into.state == "merged":
        raise EditingError("merged", gap=into.id, into=into.merged_into)
    # Whatever was merged into it goes along, so that nothing is ever two steps away.
    along = await access.use(lambda store: store.editing.list_merged(gap.id))
    own = case.change(
        "merge", seen, {"state": "merged", "merged_into": into.id}, note={"into": into.id}
    )
    rest = (GapChange(gap=one, seen=None, values={"merged_into": into.id}) for one in along)
    return replace(own, gaps=(*own.gaps, *rest))
