"""Answers what is asked of the catalogue of majors: cards, lists, comparisons."""

from bot.majors.answering import MajorAnswerer
from bot.majors.asking import names_a_guess, names_several
from bot.majors.judging import counts_majors, is_about_catalogue
from bot.majors.requests import MajorRequests
from bot.majors.vocabulary import make_finder, names_of_majors

__all__ = [
    "MajorAnswerer",
    "MajorRequests",
    "counts_majors",
    "is_about_catalogue",
    "make_finder",
    "names_a_guess",
    "names_of_majors",
    "names_several",
]
