"""Fills an answer in, field by field: which comes next, and what a typed text makes of it."""

from pydantic import ValidationError

from bot.editing import EditingError, NewSource
from bot.telegram.editing.dialogue.notes import Dialogue, Notes, Step
from intents import Language
from intents.text.language import contains_han
from knowledge import Knowledge

_FIELDS: dict[Step, tuple[str, Language]] = {
    "title_zh": ("title", "zh"), "says_zh": ("says", "zh"),
    "title_en": ("title", "en"), "says_en": ("says", "en"),
}  # fmt: skip
_OF_LANGUAGE: dict[Language, tuple[Step, Step]] = {
    "zh": ("title_zh", "says_zh"), "en": ("title_en", "says_en"),
}  # fmt: skip
_SOURCE: tuple[Step, ...] = (
    "source_title", "source_publisher", "source_published", "source_url",
)  # fmt: skip
_OPTIONAL: frozenset[Step] = frozenset({"source_published", "source_url"})


def other(language: Language) -> Language:
    """Return the language that an answer in `language` may lack."""
    return "en" if language == "zh" else "zh"


def is_complete(notes: Notes) -> bool:
    """Return whether there is enough to try the answer."""
    answer = notes.answer
    has_text = any(answer.title.get(one) and answer.says.get(one) for one in _OF_LANGUAGE)
    return has_text and has_citation(notes)


def has_citation(notes: Notes) -> bool:
    """Return whether anything is cited."""
    answer = notes.answer
    return bool(answer.cites or answer.source or answer.new_source)


def next_step(notes: Notes) -> Step:
    """Return the first field that is still to be filled in, `ready` when there is none."""
    for language in (notes.language, other(notes.language)):
        if language == notes.lacks:
            continue
        for step in _OF_LANGUAGE[language]:
            field, _ = _FIELDS[step]
            if not getattr(notes.answer, field).get(language):
                return step
    return "ready" if has_citation(notes) else "cite"


def can_skip(dialogue: Dialogue) -> bool:
    """Return whether the field that is asked for may stay empty."""
    field = _FIELDS.get(dialogue.step)
    is_second = field is not None and field[1] == other(dialogue.notes.language)
    return is_second or dialogue.step in _OPTIONAL


def skip(dialogue: Dialogue) -> Dialogue:
    """Return the dialogue with the field that is asked for left empty."""
    if dialogue.step in _OPTIONAL:
        return _after_source_field(dialogue, dialogue.notes.source)
    field = _FIELDS.get(dialogue.step)
    if field is None or field[1] != other(dialogue.notes.language):
        return dialogue
    language = field[1]
    answer = dialogue.notes.answer
    kept = {
        name: {one: text for one, text in getattr(answer, name).items() if one != language}
        for name in ("title", "says")
    }
    notes = dialogue.notes.model_copy(
        update={"lacks": language, "answer": answer.model_copy(update=kept)}
    )
    return Dialogue(gap=dialogue.gap, step=next_step(notes), notes=notes)


def ask_for(dialogue: Dialogue, step: Step) -> Dialogue:
    """Return the dialogue as it asks for a field, also for one that was left out."""
    field = _FIELDS.get(step)
    if field is not None and field[1] == dialogue.notes.lacks:
        return dialogue.at(step, lacks=None)
    return dialogue.at(step)


def fill_in(dialogue: Dialogue, text: str, knowledge: Knowledge) -> Dialogue:
    """Return the dialogue with what was typed in the field that it asks for, at the next one.

    Words to search the sources by leave it as it is.

    Raises:
        EditingError: A new source does not fit.
    """
    notes, step = dialogue.notes, dialogue.step
    if step in _FIELDS:
        field, language = _FIELDS[step]
        texts = {**getattr(notes.answer, field), language: text.strip()}
        answer = notes.answer.model_copy(update={field: texts})
        return _forward(dialogue, notes.model_copy(update={"answer": answer}))
    if step in _SOURCE:
        return _after_source_field(dialogue, {**notes.source, _name_of(step): text.strip()})
    if step == "cite" and text.strip() in knowledge.claims:
        cites = tuple(dict.fromkeys((*notes.answer.cites, text.strip())))
        answer = notes.answer.model_copy(update={"cites": cites})
        return _forward(dialogue, notes.model_copy(update={"answer": answer}))
    return dialogue


def cite(dialogue: Dialogue, source: str) -> Dialogue:
    """Return the dialogue with a source chosen, in the place of any other."""
    answer = dialogue.notes.answer.model_copy(update={"source": source, "new_source": None})
    return _forward(dialogue, dialogue.notes.model_copy(update={"answer": answer}))


def _forward(dialogue: Dialogue, notes: Notes) -> Dialogue:
    return Dialogue(gap=dialogue.gap, step=next_step(notes), notes=notes)


def _after_source_field(dialogue: Dialogue, source: dict[str, str]) -> Dialogue:
    at = _SOURCE.index(dialogue.step) + 1
    if at < len(_SOURCE):
        return dialogue.at(_SOURCE[at], source=source)
    try:
        new = NewSource(
            title=source.get("title", ""),
            publisher=source.get("publisher", ""),
            published=source.get("published"),
            url=source.get("url"),
            language="zh" if contains_han(source.get("title", "")) else "en",
        )
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        raise EditingError("odd_source", field=field) from error
    answer = dialogue.notes.answer.model_copy(update={"new_source": new, "source": None})
    return _forward(dialogue, dialogue.notes.model_copy(update={"answer": answer, "source": {}}))


def _name_of(step: Step) -> str:
    return step.removeprefix("source_")
