"""Adds to the knowledge files as an editor would by hand: nothing else in them changes a byte.

What is in force before it is in the files is added to their texts in memory, and what is exported
is written into the files, both by the same code: so an answer is the same before and after.
"""

from knowledge.amending.amending import Amendment, amend, is_held
from knowledge.amending.splicing import SpliceError
from knowledge.amending.writing import write_claim, write_entry, write_source

__all__ = [
    "Amendment",
    "SpliceError",
    "amend",
    "is_held",
    "write_claim",
    "write_entry",
    "write_source",
]
