"""How far an editor is: what is kept between two messages, in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bot.editing import (
    AddCounterexample,
    AddPhrasing,
    AnswerDraft,
    Link,
    Merge,
    TellAgain,
    Undo,
    WriteAnswer,
)
from intents import Language
from storage.editing import Draft

# The steps up to `ready` are the fields of an answer, those from `phrase` to `dismiss` take words.
Step = Literal[
    "title_zh", "says_zh", "title_en", "says_en", "cite",
    "source_title", "source_publisher", "source_published", "source_url",
    "ready", "topic", "phrase", "link", "except", "merge", "dismiss", "towards", "split", "tried",
]  # fmt: skip
_SILENT: frozenset[Step] = frozenset({"ready", "topic", "towards", "split", "tried"})

Tried = AddCounterexample | AddPhrasing | WriteAnswer | Link | Merge | TellAgain | Undo
_WISHES: dict[str, TypeAdapter[Any]] = {one.__name__: TypeAdapter(one) for one in get_args(Tried)}


class Notes(BaseModel):
    """What an editor has typed and chosen so far.

    `seen` is the version of the gap that they look at, `language` that of its questions. `lacks`
    is a language left out, `source` a new one being typed, by its fields. `chosen` are wordings to
    split off, `why` the reason to dismiss. `wish` is what was tried as `trial`. `taken` is the last
    message that went into a field: Telegram may bring it again.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    seen: int
    language: Language = "zh"
    answer: AnswerDraft = Field(default_factory=AnswerDraft)
    lacks: Language | None = None
    source: dict[str, str] = Field(default_factory=dict)
    chosen: tuple[str, ...] = ()
    why: str = ""
    wish: tuple[str, dict[str, Any]] | None = None
    trial: str | None = None
    taken: int | None = None

    @property
    def has_answer(self) -> bool:
        """Whether anything of an answer was typed or chosen."""
        return self.answer != AnswerDraft() or bool(self.source)

    def trying(self, wish: Tried) -> "Notes":
        """Return the notes with what is tried, so that it can be tried again."""
        name = type(wish).__name__
        values = _WISHES[name].dump_python(wish, mode="json")
        return self.model_copy(update={"wish": (name, values), "trial": None})

    def find_wish(self) -> Tried | None:
        """Return what was tried last, `None` where nothing was."""
        if self.wish is None or self.wish[0] not in _WISHES:
            return None
        found: Tried = _WISHES[self.wish[0]].validate_python(self.wish[1])
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """An editor's dialogue about a gap, as it stands."""

    gap: str
    step: Step
    notes: Notes

    @property
    def takes_words(self) -> bool:
        """Whether what the editor types next belongs to it."""
        return self.step not in _SILENT

    def at(self, step: Step, **changed: object) -> "Dialogue":
        """Return the dialogue at another step, with changed notes."""
        notes = self.notes.model_copy(update=changed) if changed else self.notes
        return Dialogue(gap=self.gap, step=step, notes=notes)


def as_draft(dialogues: Sequence[Dialogue], editor: int) -> Draft:
    """Return what the database keeps: the first dialogue, and the others as standing aside."""
    current, *aside = dialogues
    others = [{"gap": one.gap, "notes": one.notes.model_dump(mode="json")} for one in aside]
    return Draft(
        editor=editor,
        gap=current.gap,
        step=current.step,
        data={**current.notes.model_dump(mode="json"), "aside": others},
        updated_at=datetime.now(UTC),
    )


def read_dialogues(draft: Draft | None) -> list[Dialogue]:
    """Return the dialogues that were kept, the current one first, as far as this version can."""
    if draft is None:
        return []
    current = _read(draft.gap, draft.step, draft.data)
    aside = draft.data.get("aside", ())
    # Those go on where they are taken up again.
    found = [current, *(_read(one["gap"], "ready", one["notes"]) for one in aside)]
    return [one for one in found if one is not None]


def _read(gap: str, step: str, data: Mapping[str, Any]) -> Dialogue | None:
    if step not in get_args(Step):
        return None
    try:
        notes = Notes.model_validate(dict(data))
    except ValidationError:
        return None
    return Dialogue(gap=gap, step=step, notes=notes)  # type: ignore[arg-type]
