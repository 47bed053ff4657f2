"""How the bot introduces itself: its name, its commands, and what it says that it can do."""

import json
import re
from typing import Any

from tests.botapi.account.messages import RefusedError
from tests.botapi.calls import Call
from tests.botapi.judging.markup import find_fault_of_commands

ME = {
    "id": 4242,
    "is_bot": True,
    "first_name": "voced",
    "username": "voced_test_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}
_MOST_CHARACTERS = {"description": 512, "short_description": 120, "name": 64}


class Profile:
    """What is set with setMyCommands, setMyDescription and their like, by scope and language."""

    def __init__(self) -> None:
        self.commands: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.texts: dict[tuple[str, str], str] = {}

    def set_commands(self, call: Call) -> bool:
        """Keep the commands of one scope and language."""
        commands = call.values["commands"]
        if fault := find_fault_of_commands(commands):
            raise RefusedError(fault)
        self.commands[_place_of(call)] = commands
        return True

    def get_commands(self, call: Call) -> list[dict[str, Any]]:
        return self.commands.get(_place_of(call), [])

    def delete_commands(self, call: Call) -> bool:
        self.commands.pop(_place_of(call), None)
        return True

    def set_text(self, call: Call, name: str) -> bool:
        """Keep the name or a description in one language."""
        text = call.values.get(name, "")
        if len(text) > _MOST_CHARACTERS[name]:
            raise RefusedError(f"bot {name.replace('_', ' ')} is too long")
        self.texts[name, _language_of(call)] = text
        return True

    def get_text(self, call: Call, name: str) -> dict[str, str]:
        return {name: self.texts.get((name, _language_of(call)), "")}


def _place_of(call: Call) -> tuple[str, str]:
    scope = call.values.get("scope", {"type": "default"})
    return json.dumps(scope, sort_keys=True), _language_of(call)


def _language_of(call: Call) -> str:
    language = str(call.values.get("language_code", ""))
    if language and not re.fullmatch("[a-z]{2}", language):
        raise RefusedError("invalid language code specified")
    return language
