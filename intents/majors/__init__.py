"""Finds majors, classes and categories of the catalogue as people name them."""

from intents.majors.finder import MajorFinder
from intents.majors.names import Look, Mention, Named

__all__ = ["Look", "MajorFinder", "Mention", "Named"]
