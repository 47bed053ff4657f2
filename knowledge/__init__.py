"""Holds what is true: sources, claims and curated answers, loaded and checked.

Errors: `KnowledgeError` is the only one that leaves the package; its `problems` name file, line
and key of every break.
"""

from knowledge.errors import KnowledgeError, Problem
from knowledge.loader import Answer, Citation, Knowledge, load_knowledge
from knowledge.models import Claim, Language, Localised, Phrasings, Source, Topic

__all__ = [
    "Answer",
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
    "load_knowledge",
]
