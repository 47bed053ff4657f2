"""Holds what is true: sources, claims, curated answers and majors, loaded and checked.

Errors: `KnowledgeError` is what broken knowledge raises; its `problems` name file, line and key of
every break. `SpliceError` means that the files have no place for an amendment.
"""

from knowledge.amending import Amendment, SpliceError
from knowledge.catalogue import Catalogue
from knowledge.errors import KnowledgeError, Problem
from knowledge.loader import (
    Answer,
    Citation,
    Knowledge,
    checkout_folder,
    load_knowledge,
    read_folder,
)
from knowledge.models import Claim, Language, Localised, Phrasings, Source, Topic

__all__ = [
    "Amendment",
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
    "SpliceError",
    "Topic",
    "checkout_folder",
    "load_knowledge",
    "read_folder",
]
