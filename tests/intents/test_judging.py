"""Judging and tuning: labelled files, measures, what becomes of a question."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents import Candidate, IntentError, Subject
from intents.judging import (
    Judged,
    Labelled,
    find_confused,
    judge_one,
    read_index,
    read_questions,
    sum_up,
)
from intents.judging.metrics import auroc, calibration_error, percentile
from intents.judging.threshold import find_threshold
from intents.match.confidence import Outcome

# -- labelled files


def test_a_line_is_a_label_a_tab_and_a_text() -> None:
    content = b"fees\twhat does it cost\n-\twho won\n"
    assert read_questions(content, "q.tsv") == (
        Labelled("what does it cost", "fees"),
        Labelled("who won", None),
    )


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbffees\thow much",
        b"fees\thow much\r\n",
        b"\n  \n\t\nfees\thow much\n\n",
        b" fees \t how much \n",
    ],
)
def test_marks_line_ends_and_blank_lines_say_nothing(content: bytes) -> None:
    assert read_questions(content, "q.tsv") == (Labelled("how much", "fees"),)


def test_only_the_first_tab_and_only_line_feeds_divide() -> None:
    (one,) = read_questions("fees\thow\tmuch\u2028is it\x0bnow\n".encode(), "q.tsv")
    assert one == Labelled("how\tmuch\u2028is it\x0bnow", "fees")


def test_every_broken_line_is_named_with_file_and_line() -> None:
    with pytest.raises(IntentError) as caught:
        read_questions(b"fees\thow much\nno tab\n\n\tno label\nno text\t \n", "q.tsv")
    assert str(caught.value).splitlines() == [
        "q.tsv:2: there is no tab between a label and a text",
        "q.tsv:4: there is no label before the tab",
        "q.tsv:5: there is no text behind the tab",
    ]


def test_of_many_broken_lines_the_first_ten_are_named() -> None:
    with pytest.raises(IntentError) as caught:
        read_questions(b"broken\n" * 12, "q.tsv")
    lines = str(caught.value).splitlines()
    assert len(lines) == 11
    assert lines[-1] == "… and 2 more"


def test_a_line_that_is_not_utf_8_is_named() -> None:
    with pytest.raises(IntentError, match=r"^q\.tsv:2: is not UTF-8$"):
        read_questions(b"\xef\xbb\xbffees\thow much\nfees\t\xff\n", "q.tsv")


@pytest.mark.parametrize("read", [read_questions, read_index])
def test_a_file_without_a_line_is_broken(read: Callable[[bytes, str], object]) -> None:
    with pytest.raises(IntentError, match=r"^q\.tsv: holds no line"):
        read(b"\n\n", "q.tsv")


def test_an_index_has_an_entry_for_each_label_in_the_order_of_the_file() -> None:
    content = b"b\tone\na\ttwo\nb\tthree\nb\tone\n"
    assert read_index(content, "i.tsv") == (
        Subject(entry="b", phrasings=("one", "three")),
        Subject(entry="a", phrasings=("two",)),
    )


def test_what_must_not_be_answered_can_have_no_phrasing() -> None:
    with pytest.raises(IntentError, match=r"^i\.tsv:2: the label '-'"):
        read_index(b"a\tone\n-\ttwo\n", "i.tsv")


# -- measures

values = st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.5, 0.9, 1.0]), min_size=1, max_size=12)


@given(values, values)
def test_auroc_is_the_share_of_pairs_in_order_with_ties_counted_half(
    wanted: list[float], unwanted: list[float]
) -> None:
    pairs = [(a > b) + (a == b) / 2 for a in wanted for b in unwanted]
    assert auroc(wanted, unwanted) == pytest.approx(sum(pairs) / len(pairs))


def test_auroc_needs_both_kinds() -> None:
    assert auroc([], [0.1]) is None
    assert auroc([0.1], []) is None


def test_calibration_error_weighs_ten_bins_by_what_is_in_them() -> None:
    # 0.95 and 1.0 share the last bin: 1.95 claimed, one right. 0.2 claims 0.2, and is right.
    error = calibration_error([0.95, 1.0, 0.2], [True, False, True])
    assert error == pytest.approx((0.95 + 0.8) / 3)
    assert calibration_error([], []) is None


def test_a_percentile_lies_between_its_neighbours() -> None:
    assert percentile([3.0, 1.0, 2.0], 50) == 2.0
    assert percentile([1.0, 2.0], 75) == pytest.approx(1.75)
    assert percentile([], 50) is None


# -- one question


def candidate(entry: str, *vetoes: str, score: float = 0.0, confidence: float = 0.5) -> Candidate:
    return Candidate(
        entry=entry,
        phrasing="",
        score=score,
        covered=0,
        known=0,
        vetoes=vetoes,
        confidence=confidence,
        parts=(),
    )


def test_the_best_is_the_first_without_a_veto() -> None:
    candidates = (candidate("a", "level", confidence=0.9), candidate("b", confidence=0.4))
    judged = judge_one("b", candidates, outcome="miss")
    assert (judged.best, judged.confidence, judged.is_right) == ("b", 0.4, True)


def test_what_is_vetoed_is_right_or_wrong_but_has_no_confidence() -> None:
    judged = judge_one("a", (candidate("a", "level"), candidate("b", "year")), outcome="offer")
    assert (judged.best, judged.confidence, judged.is_right) == ("a", None, True)


def test_a_question_without_candidates_has_no_best() -> None:
    judged = judge_one(None, (), outcome="miss")
    assert (judged.best, judged.confidence, judged.rival) == (None, None, None)
    assert not judged.is_right


@pytest.mark.parametrize(
    ("candidates", "rival", "lead"),
    [
        ((candidate("a", score=5), candidate("b", score=3)), "b", 2),
        ((candidate("b", score=5), candidate("a", score=3)), "b", -2),
        ((candidate("b", "level", score=5), candidate("a", score=3)), None, None),
        ((candidate("b", score=5), candidate("c", score=3)), "b", None),
        ((candidate("a", "level", score=5), candidate("c", score=3)), "c", None),
    ],
)
def test_the_rival_is_what_stands_before_or_closest_behind(
    candidates: tuple[Candidate, ...], rival: str | None, lead: float | None
) -> None:
    judged = judge_one("a", candidates, outcome="miss")
    assert (judged.rival, judged.lead) == (rival, lead)


# -- many questions


def judged(
    label: str | None, best: str | None, confidence: float | None, outcome: Outcome
) -> Judged:
    return Judged(label=label, best=best, confidence=confidence, outcome=outcome)


def test_figures_count_what_was_answered_and_what_was_rightly_refused() -> None:
    figures = sum_up(
        [
            judged("a", "a", 0.9, "answer"),
            judged("a", "b", 0.8, "answer"),
            judged("b", "b", 0.3, "offer"),
            judged("b", "b", None, "miss"),
            judged(None, "a", 0.7, "answer"),
            judged(None, "a", 0.2, "offer"),
            judged(None, None, None, "miss"),
        ],
        threshold=0.5,
    )
    assert (figures.questions, figures.top1, figures.threshold) == (7, 0.75, 0.5)
    assert (figures.answered, figures.right, figures.wrong) == (3, 1, 2)
    assert (figures.refused_rightly, figures.offered) == (2, 2)
    assert figures.precision == pytest.approx(1 / 3)
    # With an answer: 0.9, 0.8, 0.3, below all. Without: 0.7, 0.2, below all.
    assert figures.auroc == pytest.approx((3 + 3 + 2 + 0.5) / 12)


def test_figures_that_nothing_tells_are_none() -> None:
    figures = sum_up([judged(None, None, None, "miss")], threshold=0.5)
    assert (figures.top1, figures.auroc, figures.precision) == (None, None, None)
    assert (figures.calibration_error, figures.refused_rightly) == (0.0, 1)


def test_the_most_confused_pair_is_the_one_whose_scores_are_nearest() -> None:
    def one(label: str, rival: str, lead: float | None) -> Judged:
        return Judged(
            label=label, best=None, confidence=None, outcome="miss", rival=rival, lead=lead
        )

    found = find_confused(
        [one("a", "b", 4.0), one("a", "b", 5.0), one("c", "d", -1.0), one("c", "d", 2.0),
         one("e", "f", None), one("e", "f", None)]
    )  # fmt: skip
    assert [(one.entry, one.other, one.instead, one.behind, one.lead) for one in found] == [
        ("e", "f", 2, 0, None),
        ("c", "d", 1, 1, -1.0),
        ("a", "b", 0, 2, 4.0),
    ]
    assert len(find_confused([one("a", str(n), 1.0) for n in range(12)])) == 10


# -- thresholds

answers = st.lists(
    st.tuples(st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9]), st.booleans()), min_size=1, max_size=12
)


@given(answers, st.sampled_from([0.4, 0.5, 0.8, 0.95, 1.0]))
def test_the_threshold_is_the_lowest_that_reaches_the_precision_or_comes_nearest(
    answers: list[tuple[float, bool]], wanted: float
) -> None:
    def precision_from(threshold: float) -> float:
        kept = [is_right for confidence, is_right in answers if confidence >= threshold]
        return sum(kept) / len(kept)

    all_of_them = {one: precision_from(one) for one, _ in answers}
    reaching = [one for one, precision in all_of_them.items() if precision >= wanted]
    nearest = [one for one, p in all_of_them.items() if p == max(all_of_them.values())]
    threshold = min(reaching or nearest)
    assert find_threshold(answers, precision=wanted) == (threshold, precision_from(threshold))


def test_without_answers_there_is_no_threshold() -> None:
    assert find_threshold([], precision=0.9) is None
