"""What editors wish and can't have, told in their words."""

from bot.words.wording import Wording
from intents import Language


class EditingError(Exception):
    """A wish that can't be met; nothing was changed.

    `say` tells the editor why, in either language, from `editing.refused.<reason>`.
    """

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values

    def say(self, wording: Wording, language: Language) -> str:
        """Return why, for the editor."""
        return wording(f"editing.refused.{self.reason}", language, **self.values)


class NotAnEditorError(EditingError):
    """Whoever wished is no editor: a front end lets them learn nothing."""

    def __init__(self) -> None:
        super().__init__("not_an_editor")


class ConflictError(EditingError):
    """Something was decided meanwhile; the editor should look again."""
