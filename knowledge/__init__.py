"""Holds what is true: sources, claims, curated answers and majors, loaded and checked.

Errors: `KnowledgeError` is the only one that leaves the package; its `problems` name file, line
and key of every break.
"""

from knowledge.catalogue import Catalogue
from knowledge.errors import KnowledgeError, Problem
from knowledge.loader import Answer, Citation, Knowledge, checkout_folder, load_knowledge
from knowledge.models import Claim, Language, Localised, Phrasings, Source, Topic

__all__ = [
    "Answer",
    "Catalogue",
    "Citation",
    "Claim",
    "Knowledge",
    "KnowledgeError",
    "Language",
    "Localised",
    "Phrasings",
    "Problem",
    "Source",
    "Topic",
    "checkout_folder",
    "load_knowledge",
]
