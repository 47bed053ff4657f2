"""Holds the catalogue of majors: read from `majors/`, checked, and asked by code, name or place."""

from knowledge.catalogue.building import build_catalogue
from knowledge.catalogue.catalogue import Catalogue
from knowledge.catalogue.checks import check_catalogue
from knowledge.catalogue.models import LEVELS, ContinuationKind, CountKey, Level
from knowledge.catalogue.reading import read_catalogue
from knowledge.catalogue.values import (
    Additions,
    Category,
    CitedCount,
    Continuation,
    Continues,
    Counts,
    Edition,
    Major,
    MajorCitation,
    MajorClass,
)

__all__ = [
    "LEVELS",
    "Additions",
    "Catalogue",
    "Category",
    "CitedCount",
    "Continuation",
    "ContinuationKind",
    "Continues",
    "CountKey",
    "Counts",
    "Edition",
    "Level",
    "Major",
    "MajorCitation",
    "MajorClass",
    "build_catalogue",
    "check_catalogue",
    "read_catalogue",
]
