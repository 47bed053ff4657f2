"""Why a question is answered as it is: the figures add up, and whatever decided is named."""

from collections.abc import Callable
from datetime import date
from math import exp

import pytest

from bot.health.explaining import explain
from bot.health.why import Why, find_out_why
from bot.reply import Question
from bot.services import Brain

Ask = Callable[[str], Why]
TODAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def ask(brain: Brain) -> Ask:
    def ask_(text: str) -> Why:
        question = Question(text=text, front="cli")
        return find_out_why(question, brain.answerer, brain.understander, today=TODAY)

    return ask_


@pytest.mark.parametrize("text", ["中专毕业能考公务员吗", "what does the army give a student back"])
def test_the_parts_add_up(text: str, ask: Ask) -> None:
    """The score is the sum of its parts; the confidence comes from the sum of its own."""
    candidates = ask(text).candidates
    assert len(candidates) == 5
    for one in candidates:
        assert one.score == pytest.approx(sum(part.share for part in one.score_parts))
        logit = one.bias + sum(part.share for part in one.confidence_parts)
        assert one.logit == pytest.approx(logit)
        confidence = 1 / (1 + exp(-(one.slope * logit + one.offset)))
        assert one.confidence == pytest.approx(confidence)
    scores = [one.score for one in candidates]
    assert scores == sorted(scores, reverse=True)


def test_the_reply_is_the_one_that_people_get(ask: Ask, brain: Brain) -> None:
    """Outcome, entry and confidence agree with it, and the entry reaches its threshold."""
    why = ask("请问中专毕业能考公务员吗")
    reply = brain.answerer.answer(
        Question(text="请问中专毕业能考公务员吗", front="cli"), today=TODAY
    )
    assert (why.outcome, why.entry, why.reason) == (reply.outcome, reply.entry, reply.reason)
    assert why.outcome == "answered"
    first = why.candidates[0]
    assert first.entry == reply.entry
    assert first.vetoes == ()
    assert why.offers_from < first.answers_from <= first.confidence
    assert round(first.confidence, 4) == why.confidence
    assert why.knowledge_version == brain.knowledge.version
    assert (why.normalised, why.matcher) == ("中专毕业能考公务员吗", "lexical")


def test_a_veto_is_named(ask: Ask) -> None:
    """The entry about diplomas is no answer to a question about secondary school."""
    vetoes = {one.entry: one.vetoes for one in ask("中专毕业能考公务员吗").candidates}
    assert "level" in vetoes["civil-service-diploma"]


def test_where_the_stakes_are_high_the_threshold_is(ask: Ask, brain: Brain) -> None:
    """It is that of the entry's topic."""
    calibration = brain.understander.calibration
    found = {
        brain.knowledge.topics[brain.knowledge.answers[one.entry].topic].high_stakes: one
        for text in ("中专毕业能考公务员吗", "中职免学费吗")
        for one in ask(text).candidates
    }
    assert found[True].answers_from == calibration.sure_from
    assert found[False].answers_from == calibration.answer_from


@pytest.mark.parametrize(
    ("text", "by", "outcome"),
    [
        ("你好", "talk", "chat"),
        ("?", "talk", "gated"),
        ("职高毕业能考公务员吗", "phrasing", "answered"),
        ("中专毕业能考公务员吗", "candidates", "answered"),
        ("护理", "catalogue", "answered"),
        ("how long is nursing at a vocational college in Hunan", "both", "offered"),
    ],
)
def test_whatever_decided_is_named(text: str, by: str, outcome: str, ask: Ask) -> None:
    """Talk, a phrasing, the candidates, the catalogue, or the last two together."""
    why = ask(text)
    assert (why.by, why.outcome) == (by, outcome)
    assert bool(why.candidates) == (by != "talk")


def test_of_a_long_message_the_part_is_named_that_it_rests_on(ask: Ask) -> None:
    """In the form in which it was compared."""
    story = "我是农村的，今年初三，成绩不太好，家里想让我去读书，" * 2
    assert ask(f"{story}请问中专毕业能考公务员吗？").focus == "中专毕业能考公务员吗"
    assert ask("中专毕业能考公务员吗").focus == ""


def test_what_tells_the_language_is_counted(ask: Ask) -> None:
    """Chinese characters, and words in Latin letters."""
    why = ask("what is 职业本科")
    assert (why.language, why.han, why.words) == ("zh", 4, 2)


def test_what_could_tell_who_asked_is_masked(ask: Ask, brain: Brain) -> None:
    """In all that is shown."""
    why = ask("我叫王小明，电话13800138000，中专毕业能考公务员吗")
    shown = repr(why) + explain(why, brain.wording, "zh")
    assert "13800138000" not in shown
    assert "王小明" not in shown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_in_words_the_decision_comes_first(language: str, ask: Ask, brain: Brain) -> None:
    """Then each candidate with its sums; no line of it is empty but those between candidates."""
    why = ask("中专毕业能考公务员吗")
    decision, *candidates = explain(why, brain.wording, language).split("\n\n")  # type: ignore[arg-type]
    assert "civil-service-secondary" in decision
    assert why.knowledge_version in decision
    assert len(candidates) == 5
    for number, (text, one) in enumerate(zip(candidates, why.candidates, strict=True), start=1):
        assert text.startswith(f"{number}. {one.title} [{one.entry}]\n")
        assert one.phrasing in text
        assert f"{one.score:.2f} = " in text
        assert f"{one.answers_from:.3f}" in text
        assert all(veto in text for veto in one.vetoes)


def test_without_candidates_that_is_said(ask: Ask, brain: Brain) -> None:
    """Small talk is not compared with anything."""
    lines = explain(ask("谢谢"), brain.wording, "en").splitlines()
    assert "Outcome: small talk, because it is no question" in lines
    assert lines[-1] == "There are no candidates."
