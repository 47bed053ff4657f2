"""An answer as far as it is written, with what is asked for next."""

from collections.abc import Iterable, Sequence
from html import escape

from bot.telegram.editing.buttons import Action, OnGap
from bot.telegram.editing.dialogue.filling import can_skip, is_complete
from bot.telegram.editing.dialogue.notes import Dialogue, Notes, Step
from bot.telegram.editing.showing.words import join, shorten
from bot.telegram.editing.turn import Row, make_button
from bot.telegram.showing.voice import Voice
from bot.words.citing import cite_source, details_of, title_of
from knowledge import Knowledge, Source

_MOST_SHOWN = 500
_TEXTS: tuple[tuple[Step, Step], ...] = (("title_zh", "says_zh"), ("title_en", "says_en"))
_MOST_LABEL = 50


def render_form(dialogue: Dialogue, knowledge: Knowledge, voice: Voice) -> str:
    """Return the answer so far as HTML, and below it what to type next."""
    head = voice("editing.form.head", gap=dialogue.gap)
    ask = voice(f"editing.ask.{dialogue.step}")
    fields = join(_fields(dialogue.notes, knowledge, voice))
    return f"<b>{escape(head)}</b>\n\n{fields}\n\n<b>{escape(ask, quote=False)}</b>"


def form_buttons(dialogue: Dialogue, voice: Voice) -> list[Row]:
    """Return a button for each field, and for the ways on."""
    rows = [
        [one for step in steps for one in _button(voice, f"editing.field.{step}", dialogue, step)]
        for steps in _TEXTS
    ]
    rows.append(
        [
            *_button(voice, "editing.field.cite", dialogue, "cite"),
            *_button(voice, "editing.field.topic", dialogue, "topic"),
        ]
    )
    ways: Row = []
    if can_skip(dialogue):
        ways += _act(voice, "editing.do.skip", dialogue, "skip")
    if is_complete(dialogue.notes):
        ways += _act(voice, "editing.do.try", dialogue, "try")
    return [*rows, [*ways, *_act(voice, "editing.do.drop", dialogue, "drop")]]


def source_buttons(dialogue: Dialogue, sources: Sequence[Source], voice: Voice) -> list[Row]:
    """Return a button for each source, and one for a new source."""
    rows = [
        make_button(
            shorten(voice.spell_text(_name(one, voice)), _MOST_LABEL),
            _on(dialogue, "source", one.id),
        )
        for one in sources
    ]
    rows.append(_act(voice, "editing.do.new_source", dialogue, "new_source"))
    return [row for row in rows if row]


def topic_buttons(dialogue: Dialogue, knowledge: Knowledge, voice: Voice) -> list[Row]:
    """Return a button for each topic, two in a row."""
    buttons = [
        button
        for topic in knowledge.topics.values()
        for button in make_button(
            voice.spell_text(topic.title.in_(voice.language)), _on(dialogue, "topic", topic.id)
        )
    ]
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def _fields(notes: Notes, knowledge: Knowledge, voice: Voice) -> Iterable[str]:
    answer = notes.answer
    for steps in _TEXTS:
        for step in steps:
            name, _, language = step.partition("_")
            texts = answer.title if name == "title" else answer.says
            text = texts.get("zh" if language == "zh" else "en", "")
            missing = "editing.form.lacks" if language == notes.lacks else "editing.form.empty"
            yield _field(
                voice(f"editing.field.{step}"), shorten(text, _MOST_SHOWN) or voice(missing)
            )
    cited = [*answer.cites]
    if answer.source is not None and answer.source in knowledge.sources:
        cited.insert(0, _name(knowledge.sources[answer.source], voice))
    if answer.new_source is not None:
        new = answer.new_source
        parts = (new.title, new.publisher, new.published, new.url)
        cited.insert(0, ", ".join(one for one in parts if one))
    yield _field(voice("editing.field.cite"), "; ".join(cited) or voice("editing.form.empty"))
    if answer.topic is not None:
        yield _field(voice("editing.field.topic"), answer.topic)


def _field(name: str, text: str) -> str:
    return f"<i>{escape(name)}</i>: {escape(text, quote=False)}"


def _name(source: Source, voice: Voice) -> str:
    cited = cite_source(source, voice.language, voice.wording)
    return f"{title_of(cited, voice.language)} {details_of(cited, voice.language)}"


def _button(voice: Voice, key: str, dialogue: Dialogue, step: Step) -> Row:
    return make_button(voice(key), _on(dialogue, "ask", step))


def _act(voice: Voice, key: str, dialogue: Dialogue, action: Action) -> Row:
    return make_button(voice(key), _on(dialogue, action))


def _on(dialogue: Dialogue, action: Action, argument: str = "") -> OnGap:
    return OnGap(action=action, gap=dialogue.gap, seen=dialogue.notes.seen, argument=argument)
