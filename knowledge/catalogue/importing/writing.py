"""Writes a category as YAML, always the same way for the same content."""

import re
from typing import Any

import yaml

from knowledge.catalogue.models import LEVELS, CategoryEntry, ClassEntry, MajorEntry
from knowledge.catalogue.reading import FOLDER

_HEAD = """\
# {zh} · {en}
# What each key means and how to change it: CONTRIBUTING.md, "Add a major".
# `voced knowledge import-majors` writes this file anew.
"""
_WIDTH = 100


class _Line(list[str]):
    """A list that is written in one line."""


class _Pairs(dict[str, str]):
    """A mapping that is written in one line."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, indentless=False)


_Dumper.add_representer(
    _Line,
    lambda dumper, line: dumper.represent_sequence("tag:yaml.org,2002:seq", line, flow_style=True),
)
_Dumper.add_representer(
    _Pairs,
    lambda dumper, pairs: dumper.represent_mapping("tag:yaml.org,2002:map", pairs, flow_style=True),
)


def file_name(category: CategoryEntry) -> str:
    """Return the name of a category's file below the knowledge folder."""
    slug = "-".join(re.findall(r"[a-z0-9]+", category.en.lower()))
    return f"{FOLDER}/{category.number:02}-{slug}.yaml"


def write_category(category: CategoryEntry) -> str:
    """Return the text of a category's file, classes and majors in the order of their codes."""
    head = {
        "number": category.number,
        "zh": category.zh,
        "en": category.en,
        "codes": _Pairs(category.codes.model_dump()),
    }
    classes = (_class(group) for group in sorted(category.classes, key=lambda one: one.number))
    return "\n".join(
        [
            _HEAD.format(zh=category.zh, en=category.en) + _dump(head) + "classes:",
            *(re.sub(r"(?m)^(?=.)", "  ", _dump([group])) for group in classes),
        ]
    )


def _dump(data: Any) -> str:
    return yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH, indent=2
    )


def _class(group: ClassEntry) -> dict[str, Any]:
    return {
        "number": group.number,
        "zh": group.zh,
        "en": group.en,
        **{
            level: [_major(major) for major in sorted(group.at(level), key=lambda one: one.code)]
            for level in LEVELS
            if group.at(level)
        },
    }


def _major(major: MajorEntry) -> dict[str, Any]:
    """Return what is known of a major in the order of the model; the rest is left out."""
    data = major.model_dump(exclude_defaults=True)
    if major.occupations is not None:
        data["occupations"] = _Line(major.occupations)
    if major.continues is not None:
        data["continues"] = {kind: _Line(names) for kind, names in data["continues"].items()}
    return data
