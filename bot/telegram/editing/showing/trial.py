"""What a decision would change: counts, examples, and the buttons that put it into force."""

from collections.abc import Iterator
from html import escape

from bot.editing import Changed, Replay, Trial
from bot.editing.outcomes import Verdict
from bot.telegram.editing.buttons import OnGap, OnTrial, ToList
from bot.telegram.editing.showing.words import join, shorten
from bot.telegram.editing.turn import Row, make_button
from bot.telegram.showing.voice import Voice

_MOST_TEXT = 80
# A message has room for so many, in this order.
_MOST_SHOWN: dict[Verdict, int] = {"broken": 6, "changed": 6, "fixed": 4}


def render_trial(trial: Trial, voice: Voice) -> str:
    """Return the report as HTML."""
    if trial.replay is None:
        parts = [f"<b>{escape(voice('editing.trial.same'), quote=False)}</b>"]
    else:
        parts = [*_tell_replay(trial.replay, voice)]
    if trial.entry is not None:
        key = "editing.told.again" if trial.is_repeat else "editing.told.people"
        parts.append(escape(voice(key, count=trial.people), quote=False))
    ask = voice("editing.trial.breaks" if trial.broken else "editing.trial.harmless")
    return "\n\n".join([*parts, escape(ask, quote=False)])


def trial_buttons(trial: Trial, voice: Voice, *, seen: int | None) -> list[Row]:
    """Return the buttons to confirm, to change what was written (`seen` the gap), and to drop."""
    key = "editing.do.confirm_breaking" if trial.broken else "editing.do.confirm"
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


def _tell_replay(replay: Replay, voice: Voice) -> Iterator[str]:
    counts = {"fixed": replay.fixed, "changed": replay.changed, "broken": replay.broken}
    yield f"<b>{escape(voice('editing.trial.head', **counts), quote=False)}</b>"
    asked = voice(
        "editing.trial.asked", asked=replay.asked, known=replay.known, held_out=replay.held_out
    )
    cut = voice("editing.trial.cut") if replay.is_cut else ""
    yield escape(join([asked, cut]), quote=False)
    shown = [
        one
        for verdict, most in _MOST_SHOWN.items()
        for one in [each for each in replay.examples if each.verdict == verdict][:most]
    ]
    lines = [_tell(one, voice) for one in shown]
    if more := len(replay.examples) - len(shown) + replay.unshown:
        lines.append(voice("digest.rest", count=more))
    if lines:
        yield escape(join(lines), quote=False)


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
