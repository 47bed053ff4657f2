"""What a decision would change: counts, examples, and the buttons that put it into force."""

from html import escape

from bot.editing import Changed, Trial
from bot.telegram.editing.buttons import OnGap, OnTrial, ToList
from bot.telegram.editing.showing.words import join, shorten
from bot.telegram.editing.turn import Row, make_button
from bot.telegram.showing.voice import Voice

_MOST_TEXT = 80


def render_trial(trial: Trial, voice: Voice) -> str:
    """Return the report as HTML."""
    replay = trial.replay
    head = voice(
        "editing.trial.head", fixed=replay.fixed, changed=replay.changed, broken=replay.broken
    )
    asked = voice(
        "editing.trial.asked", asked=replay.asked, known=replay.known, held_out=replay.held_out
    )
    examples = [escape(_tell(one, voice), quote=False) for one in replay.examples]
    ask = voice("editing.trial.harmless" if replay.is_harmless else "editing.trial.breaks")
    parts = (f"<b>{escape(head)}</b>", escape(asked), join(examples), escape(ask))
    return "\n\n".join(part for part in parts if part)


def trial_buttons(trial: Trial, voice: Voice, *, seen: int | None) -> list[Row]:
    """Return the buttons to confirm, to change what was written (`seen` the gap), and to drop."""
    key = "editing.do.confirm" if trial.replay.is_harmless else "editing.do.confirm_breaking"
    confirm = make_button(voice(key), OnTrial(action="confirm", trial=trial.id))
    rest: Row = []
    if trial.gap is not None and seen is not None:
        rest += make_button(
            voice("editing.do.change"), OnGap(action="go_on", gap=trial.gap, seen=seen)
        )
    rest += make_button(voice("editing.do.drop"), OnTrial(action="drop", trial=trial.id))
    return [confirm, rest]


def insist_buttons(trial: str, voice: Voice) -> list[Row]:
    """Return the buttons of the second confirmation."""
    return [
        make_button(voice("editing.do.insist"), OnTrial(action="insist", trial=trial)),
        make_button(voice("editing.do.drop"), OnTrial(action="drop", trial=trial)),
    ]


def to_list_buttons(voice: Voice) -> list[Row]:
    """Return the way back to the list."""
    return [make_button(voice("editing.do.list"), ToList())]


def _tell(changed: Changed, voice: Voice) -> str:
    nothing = voice("editing.trial.nothing")
    key = "editing.trial.held_out" if changed.held_out_of else "editing.trial.past"
    return voice(
        key,
        verdict=voice(f"editing.verdict.{changed.verdict}"),
        text=shorten(changed.text, _MOST_TEXT),
        times=changed.times,
        before=changed.before or nothing,
        after=changed.after or nothing,
    )
