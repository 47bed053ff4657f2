"""Takes out of English questions the words that look as if they asked or denied, and do not.

*Who*, *where* and *when* also join clauses ("a pupil who left", "when I was small"), and a negated
verb before its subject asks for a yes ("isn't there a grant").
"""

import re

# After these who, where and when ask, even in the middle of a sentence.
_ASK_BEFORE = frozenset(
    "about and are as ask asking be but by check clear clue decide decides depend depends do does "
    "explain for from hear idea is just know knows know learn n not of on or out "
    "question remember remembers say says see since so sure tell than that then till to "
    "understand until was were which who wonder wondering with yet exactly please "
    "where when what how why me us him them".split()
)
_VERBS = frozenset(
    "is are was were am do does did can could may might must shall should will would has have had "
    "to s".split()
)
_PEOPLE = frozenset("i u you he she it we they".split())
_WANTING = frozenset("can could may might must shall should will would need".split())
_JOINT = re.compile(
    r"(?:(?<=^)|(?P<before>[a-z0-9]+) )(?P<word>who|where|when)"
    r"(?= (?P<after>[a-z0-9]+)(?: (?P<next>[a-z0-9]+))?)"
)
# Going, but not king.
_GOING = re.compile("[a-z]{2,}ing")
_YES = re.compile(
    r"(?<!why )(?<!how come )\b(?:isnt|arent|wasnt|werent|dont|doesnt|didnt|cant|couldnt|shouldnt|"
    r"wouldnt|wont|hasnt|havent|aint) (?=(?:it|there|they|he|she|we|you|that|this|i)\b)"
)


def without_joints(text: str) -> str:
    """Return a normalised text with a dash for each of these words that only joins."""
    if " " not in text:
        return text
    return _JOINT.sub(_judge, _YES.sub("- ", text))


def _judge(match: re.Match[str]) -> str:
    whole, word = match[0], match["word"]
    is_joint = _joins(word, match["before"], match["after"], match["next"])
    return f"{whole[: -len(word)]}-" if is_joint else whole


def _joins(word: str, before: str | None, after: str, following: str | None) -> bool:
    if word == "when":
        if before in _ASK_BEFORE - {"and", "but", "so", "or", "n"}:
            return False
        is_telling = after in _PEOPLE and following not in _WANTING
        return is_telling or _GOING.fullmatch(after) is not None
    if before is None or before in _ASK_BEFORE:
        return False
    return word == "who" or after not in _VERBS
