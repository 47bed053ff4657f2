"""Judges how well questions are understood, and tunes that on labelled ones."""

from intents.judging.confusing import Confusion, find_confused
from intents.judging.figures import Figures, sum_up
from intents.judging.judge import Judged, judge, judge_one
from intents.judging.labelled import Labelled, read_index, read_questions
from intents.judging.tuning import Tuned, tune

__all__ = [
    "Confusion",
    "Figures",
    "Judged",
    "Labelled",
    "Tuned",
    "find_confused",
    "judge",
    "judge_one",
    "read_index",
    "read_questions",
    "sum_up",
    "tune",
]
