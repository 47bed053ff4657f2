"""Puts a few lines into the text of a YAML file, and leaves every other byte as it is."""

import yaml

from knowledge.amending.writing import write_lines, write_scalar
from knowledge.documents import compose
from knowledge.models import LANGUAGES

_MAY_BE_MISSING = frozenset({"counterexamples"})


class SpliceError(Exception):
    """The file has no place for what is to be put in; the message says why."""


def add_item(text: str, item: str) -> str:
    """Return the text of a list, with `item` (the lines of one, from its dash on) at its end."""
    node = _compose(text)
    if node is None:
        return item
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        raise SpliceError("is no list with an item a line")
    text = _with_end(text)
    # A line apart, as the entries before it are, unless they stand without.
    gap = "" if text.endswith("\n\n") or "\n\n- " not in text else "\n"
    return f"{text}{gap}{item}"


def add_claim(text: str, claim: str) -> str:
    """Return the text of a source, with `claim` (its lines) below its last one."""
    claims = _child(_compose(text), "claims")
    if not isinstance(claims, yaml.MappingNode):
        raise SpliceError("has no claims")
    if claims.flow_style:
        if claims.value:
            raise SpliceError("has its claims in one line")
        start, end = claims.start_mark.index, claims.end_mark.index
        return f"{text[:start].rstrip(' ')}\n{claim}{text[end:].removeprefix(chr(10))}"
    text = _with_end(text)
    return _insert_line(text, _last_line_of(claims, text), claim)


def add_line(text: str, entry: str, name: str, language: str, line: str) -> str:
    """Return the text of a list of entries, with a further line below `name` of one of them.

    Args:
        text: The list.
        entry: The id of the entry.
        name: Where the line belongs: `asks`, or `counterexamples`, which an entry need not have.
        language: The key of its language there.
        line: The line itself.
    """
    root = _compose(text)
    entries = root.value if isinstance(root, yaml.SequenceNode) else []
    found = next((one for one in entries if _value_of(_child(one, "id")) == entry), None)
    if name in _MAY_BE_MISSING and found is not None and _child(found, name) is None:
        return _add_first_line(text, found, name, language, line)
    lines = _child(_child(found, name), language)
    if not isinstance(lines, yaml.SequenceNode):
        raise SpliceError(f"has no {name}.{language} of '{entry}'")
    written = write_scalar(line)
    if lines.flow_style:
        # A comma may end the list already.
        at = lines.value[-1].end_mark.index if lines.value else lines.start_mark.index + 1
        comma = ", " if lines.value else ""
        return f"{text[:at]}{comma}{written}{text[at:]}"
    text = _with_end(text)
    indent = " " * lines.start_mark.column
    return _insert_line(text, _last_line_of(lines, text), f"{indent}- {written}\n")


def _add_first_line(text: str, entry: yaml.Node, name: str, language: str, line: str) -> str:
    """Return the text with `name` and its first line behind the other lines of an entry."""
    before = _child(entry, "misses") or _child(entry, "asks")
    is_block = isinstance(entry, yaml.CollectionNode) and not entry.flow_style
    if before is None or not is_block or language not in LANGUAGES:
        raise SpliceError(f"has no place for {name} of '{_value_of(_child(entry, 'id'))}'")
    lines = {one: [line] if one == language else [] for one in LANGUAGES}
    written = "\n".join(write_lines(name, lines, indent=entry.start_mark.column))
    text = _with_end(text)
    return _insert_line(text, _last_line_of(before, text), written)


def _compose(text: str) -> yaml.Node | None:
    try:
        return compose(_with_end(text))
    except yaml.YAMLError as error:
        raise SpliceError("is not valid YAML") from error


def _child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def _value_of(node: yaml.Node | None) -> object:
    return node.value if isinstance(node, yaml.ScalarNode) else None


def _last_line_of(node: yaml.Node, text: str) -> int:
    """Return the number of the last line (from 0) of a block that has something in it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    if not (isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}):
        return node.end_mark.line
    # A folded text ends where the next thing begins.
    line = node.end_mark.line - 1
    lines = text.split("\n")
    while line > node.start_mark.line and not lines[line].strip():
        line -= 1
    return line


def _insert_line(text: str, after: int, new: str) -> str:
    lines = text.split("\n")
    return "\n".join([*lines[: after + 1], new.removesuffix("\n"), *lines[after + 1 :]])


def _with_end(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"
