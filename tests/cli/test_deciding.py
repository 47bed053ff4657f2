"""Decisions on the command line: who may, what is shown, what must be confirmed, what is undone."""

import asyncio
import io
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from bot.cli.missed.showing import trial_rows
from bot.editing import Replay, Trial
from bot.words.wording import load_wording
from intents import Language
from storage import open_store
from storage.editing import Change, GapChange

pytestmark = pytest.mark.usefixtures("database", "editors")

Voced = Callable[..., Result]
Remember = Callable[..., None]

CANTEEN, SNOW = "学校食堂好吃吗", "下雪了要不要上学"
TUITION = "念书要掏多少银子"


@pytest.fixture
def editors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be two editors, the first of whom sits here."""
    monkeypatch.setenv("VOCED_EDITORS", "11, 22")
    monkeypatch.setenv("VOCED_EDITOR", "11")
    monkeypatch.setenv("VOCED_RETENTION_DAYS", "3650")


@pytest.fixture
def gap_of(voced: Voced, remember: Remember) -> Callable[..., str]:
    """Return what lets people ask, and returns the gap that comes of it."""

    def gap_of_(*texts: str, **values: Any) -> str:
        remember(*texts, **values)
        shown = voced("missed", "list", "--json").stdout.splitlines()
        (gap,) = [one["gap"] for one in map(json.loads, shown) if one["text"] == texts[-1]]
        return str(gap)

    return gap_of_


def _shown(voced: Voced, gap: str) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(voced("missed", "show", gap, "--json").stdout)
    return shown


def _done(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    done: dict[str, Any] = json.loads(result.stdout)
    return done


# -- who decides


def test_nobody_decides_where_there_are_no_editors(
    voced: Voced, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The setting is named; looking works all the same."""
    monkeypatch.delenv("VOCED_EDITORS")
    monkeypatch.delenv("VOCED_EDITOR")
    result = voced("missed", "take", "g00000000")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: VOCED_EDITORS names nobody")
    assert voced("missed", "list").exit_code == 0


def test_of_several_editors_one_must_say_who_they_are(
    voced: Voced, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is wrong use."""
    monkeypatch.delenv("VOCED_EDITOR")
    result = voced("missed", "take", "g00000000")
    assert result.exit_code == 2
    assert "--editor" in result.stderr


def test_a_stranger_decides_nothing(voced: Voced, gap_of: Callable[..., str]) -> None:
    """The gap stays as it is, and nothing of it is told."""
    gap = gap_of(CANTEEN)
    result = voced("missed", "take", gap, "--editor", "99", "--language", "en")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: Only editors can do that.\n"
    assert _shown(voced, gap)["state"] == "open"


# -- what takes effect at once


def test_a_gap_goes_from_hand_to_hand(voced: Voced, gap_of: Callable[..., str]) -> None:
    """Taken, given to another, given back; the journal has a line for each, the newest first."""
    gap = gap_of(CANTEEN)
    taken = _done(voced("missed", "take", gap, "--json"))
    assert (taken["line"], taken["gap"]["assignee"], taken["replay"]) == (1, 11, None)
    voced("missed", "assign", gap, "22")
    assert _shown(voced, gap)["assignee"] == 22
    back = voced("missed", "assign", gap, "nobody", "--language", "en")
    assert back.stdout == (
        f"Gap {gap} is now: open.\nLine 3 of the journal; voced missed undo 3 takes it back.\n"
    )
    lines = [json.loads(line) for line in voced("missed", "journal", "--json").stdout.splitlines()]
    assert [(one["line"], one["editor"], one["action"]) for one in lines] == [
        (3, 11, "give_back"),
        (2, 11, "assign"),
        (1, 11, "take"),
    ]
    assert lines[2]["after"][gap]["assignee"] == 11
    (newest, *_) = voced("missed", "journal", gap, "--limit", "1").stdout.splitlines()
    assert "editor 11  give_back" in newest
    assert "assignee: 22 → -" in newest


def test_what_another_has_taken_is_not_taken_from_them_unawares(
    voced: Voced, gap_of: Callable[..., str]
) -> None:
    """It is said who looks after it, and how to take it over all the same."""
    gap = gap_of(CANTEEN)
    voced("missed", "take", gap, "--editor", "22")
    refused = voced("missed", "take", gap, "--language", "en")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"Error: Editor 22 looks after gap {gap}. To take it over: voced missed assign {gap} 11\n"
    )
    assert _done(voced("missed", "assign", gap, "11", "--json"))["gap"]["assignee"] == 11


def test_a_gap_is_given_to_editors_alone(voced: Voced, gap_of: Callable[..., str]) -> None:
    """To a number that is in the settings; what is no number is wrong use."""
    gap = gap_of(CANTEEN)
    refused = voced("missed", "assign", gap, "99", "--language", "en")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith("Error: 99 is no editor")
    assert _shown(voced, gap)["state"] == "open"
    assert voced("missed", "assign", gap, "anna").exit_code == 2


def test_a_dismissed_gap_waits_no_more_until_it_is_reopened(
    voced: Voced, gap_of: Callable[..., str]
) -> None:
    """With the reason, without which it can't be dismissed."""
    gap = gap_of(CANTEEN)
    assert voced("missed", "dismiss", gap).exit_code == 2
    done = _done(
        voced("missed", "dismiss", gap, "--why", "not ours", "--towards", "grants", "--json")
    )
    state = done["gap"]
    assert (state["state"], state["why"], state["entry"]) == ("dismissed", "not ours", "grants")
    assert voced("missed", "list", "--json").stdout == ""
    voced("missed", "reopen", gap)
    assert json.loads(voced("missed", "list", "--json").stdout)["gap"] == gap


def test_gaps_are_merged_and_split(voced: Voced, gap_of: Callable[..., str]) -> None:
    """What was split off is a gap of its own, with the wordings that were named."""
    gap = gap_of(CANTEEN)
    other = gap_of(SNOW, asker="a1")
    assert _done(voced("missed", "merge", gap, other, "--json"))["gap"]["merged_into"] == other
    merged = _shown(voced, other)
    assert merged["count"] == 2
    (wording,) = [one["wording"] for one in merged["wordings"] if one["text"] == CANTEEN]
    opened = _done(voced("missed", "split", other, wording, "--json"))["opened"]
    assert _shown(voced, opened)["text"] == CANTEEN
    assert _shown(voced, other)["text"] == SNOW


def test_a_link_is_shown_and_confirmed_before_it_answers_the_gap(
    voced: Voced, gap_of: Callable[..., str]
) -> None:
    """With an entry that is there; another one is told by its name."""
    gap = gap_of(CANTEEN)
    wrong = voced("missed", "link", gap, "no-such-entry", "--language", "en")
    assert (wrong.exit_code, wrong.stderr) == (1, "Error: There is no entry 'no-such-entry'.\n")
    call = ("missed", "link", gap, "grants", "--language", "en")
    refused = voced(*call, typed="n\n")
    assert refused.exit_code == 1
    shown = " ".join(refused.stdout.split())
    assert "No question is answered otherwise by this." in shown
    assert "Apply at your school." in shown
    assert "People who wait and will be told: 0." in shown
    assert _shown(voced, gap)["state"] == "open"
    done = _done(voced(*call, "--yes", "--json"))
    assert (done["gap"]["state"], done["gap"]["entry"]) == ("answered", "grants")
    assert (done["replay"], done["previews"]["zh"]["entry"]) == (None, "grants")


# -- what is tried first


def test_what_changes_the_knowledge_is_tried_shown_and_confirmed(
    voced: Voced, gap_of: Callable[..., str]
) -> None:
    """Whoever says no changes nothing; whoever says yes has it in force, and can undo it."""
    gap = gap_of(TUITION, TUITION)
    call = ("missed", "phrase", gap, "school-tuition", "--language", "en")
    refused = voced(*call, typed="n\n")
    assert refused.exit_code == 1
    shown = " ".join(refused.stdout.split())
    assert "fixes 2, changes 0, breaks 0." in shown
    assert f"+ {TUITION} (2x): - → school-tuition" in shown
    assert "It differs by school." in shown
    assert "各校不同。" in shown
    assert _shown(voced, gap)["state"] == "open"
    assert json.loads(voced("ask", TUITION, "--json").stdout)["entry"] is None

    assert voced(*call, typed="y\n").exit_code == 0
    assert json.loads(voced("ask", TUITION, "--json").stdout)["entry"] == "school-tuition"
    undone = voced("missed", "undo", "1", "--yes", "--despite-breaks", "--language", "en")
    assert undone.exit_code == 0
    assert "breaks 4." in " ".join(undone.stdout.split())
    assert json.loads(voced("ask", TUITION, "--json").stdout)["entry"] is None
    assert _shown(voced, gap)["state"] == "open"


def test_what_a_decision_changes_is_shown_with_both_answers(
    voced: Voced, gap_of: Callable[..., str]
) -> None:
    """It was answered with another entry before; that breaks nothing."""
    slip = "how do i aply for a grant"
    gap = gap_of(slip, language="en")
    call = ("missed", "phrase", gap, "school-tuition", "--language", "en")
    shown = " ".join(voced(*call, typed="n\n").stdout.split())
    assert "fixes 0, changes 1, breaks 0." in shown
    assert f"~ {slip}: grants → school-tuition" in shown


def test_an_entry_is_denied_a_question_that_waits_on(
    voced: Voced, gap_of: Callable[..., str]
) -> None:
    """What loses the wrong answer is fixed; with texts of one's own, only those are meant."""
    appeal, other = "steps of a grant application appeal", "how do i write a grant application"
    gap = gap_of(appeal, language="en")
    assert json.loads(voced("ask", appeal, "--json").stdout)["entry"] == "grants"
    call = ("missed", "except", gap, "grants", "--language", "en")
    shown = " ".join(voced(*call, typed="n\n").stdout.split())
    assert "fixes 2, changes 0, breaks 0." in shown
    assert f"+ {appeal} (2x): grants → -" in shown
    assert "will be told" not in shown
    done = _done(voced(*call, other, "--yes", "--json"))
    assert done["gap"]["state"] == "open"
    (line,) = _shown(voced, gap)["journal"]
    assert (line["action"], line["after"][""]["phrases"]) == ("add_counterexample", [other])
    assert json.loads(voced("ask", other, "--json").stdout)["entry"] is None
    again = voced(*call, other, "--yes")
    assert again.stderr.strip().endswith("The entry has these counterexamples already.")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_trial_that_was_cut_says_how_far_it_came(language: Language) -> None:
    """And that there is more than is shown."""
    replay = Replay(changed=50, asked=70, known=900, unshown=10)
    trial = Trial(id="t00000000", gap=None, entry=None, replay=replay, previews={})
    wording = load_wording()
    first, cut, more = trial_rows(trial, wording, language)
    assert "70" in first
    assert "900" in first
    assert cut == wording("editing.trial.cut", language)
    assert more.strip() == wording("digest.rest", language, count=10)


def test_a_script_gets_one_object(voced: Voced, gap_of: Callable[..., str]) -> None:
    """With what was tried and how it will look; nothing is asked."""
    gap = gap_of(TUITION)
    done = _done(
        voced("missed", "phrase", gap, "school-tuition", "中专念书的费用", "--yes", "--json")
    )
    assert done["gap"]["state"] == "answered"
    assert done["replay"]["held_out"] == 36
    assert done["previews"]["zh"]["entry"] == "school-tuition"
    (line,) = _shown(voced, gap)["journal"]
    assert line["after"][""]["phrases"] == ["中专念书的费用"]


def test_what_breaks_needs_a_word_more(voced: Voced, gap_of: Callable[..., str]) -> None:
    """`--yes` is not enough; typed, it is asked a second time."""
    # A line that must not find the entry becomes one of its phrasings.
    gap = gap_of(CANTEEN)
    call = ("missed", "phrase", gap, "school-tuition", "中专有没有宿舍楼", "--language", "en")
    refused = voced(*call, "--yes")
    assert (refused.exit_code, "breaks 1." in " ".join(refused.stdout.split())) == (1, True)
    assert "! 中专有没有宿舍: - → school-tuition [school-tuition]" in refused.stdout
    assert "This breaks 1 questions" in refused.stderr
    once = voced(*call, typed="y\n")
    assert once.exit_code == 1
    assert _shown(voced, gap)["state"] == "open"
    assert voced(*call, typed="y\ny\n").exit_code == 0
    assert _shown(voced, gap)["state"] == "answered"


def test_of_two_who_decide_at_once_the_second_is_told(
    voced: Voced, gap_of: Callable[..., str], data_dir: Path
) -> None:
    """What the first decided stays; of the second nothing changes, and nothing is lost."""
    gap = gap_of(TUITION)
    version = _shown(voced, gap)["version"]

    def decide_elsewhere() -> None:
        async def write() -> None:
            async with open_store(f"sqlite:///{data_dir / 'voced.sqlite'}") as store:
                change = GapChange(gap=gap, seen=version, values={"state": "dismissed", "why": "x"})
                await store.editing.decide(
                    Change(
                        at=(await store.editing.list_gaps())[0].last,
                        editor=22,
                        action="dismiss",
                        gaps=(change,),
                    )
                )

        asyncio.run(write())

    typed = _Meanwhile(b"y\n", decide_elsewhere)
    result = voced("missed", "phrase", gap, "school-tuition", "--language", "en", typed=typed)
    assert result.exit_code == 1
    assert f"Editor 22 decided on gap {gap} meanwhile (dismiss" in result.stderr
    assert _shown(voced, gap)["state"] == "dismissed"
    assert json.loads(voced("ask", TUITION, "--json").stdout)["entry"] is None


class _Meanwhile(io.BytesIO):
    """What somebody types while something else happens."""

    def __init__(self, typed: bytes, happens: Callable[[], None]) -> None:
        super().__init__(typed)
        self._happens: Callable[[], None] | None = happens

    def read1(self, size: int | None = -1, /) -> bytes:
        if self._happens is not None:
            # Another process has a loop of its own.
            thread = threading.Thread(target=self._happens)
            self._happens = None
            thread.start()
            thread.join()
        return super().read1(size)
