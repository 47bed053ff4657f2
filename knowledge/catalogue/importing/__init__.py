"""Turns the catalogue as a table (CSV) into the files below `majors/`."""

from knowledge.catalogue.importing.importer import Imported, import_majors

__all__ = ["Imported", "import_majors"]
