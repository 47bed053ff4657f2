"""All that a bot's account can be asked, by the names of the Bot API."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from tests.botapi.account.chats import Chats
from tests.botapi.account.messages import Messages
from tests.botapi.account.pending import Pending
from tests.botapi.account.profile import ME, Profile
from tests.botapi.account.queries import Queries
from tests.botapi.account.webhook import Webhook
from tests.botapi.calls import Call


class Account:
    """One bot on the server. getUpdates is not among its methods: it answers with raw bytes."""

    def __init__(self) -> None:
        self.chats = Chats()
        self.queries = Queries()
        self.profile = Profile()
        self.pending = Pending()
        self.webhook = Webhook(self.pending)
        messages = Messages(self.chats, ME)
        profile = self.profile
        self._methods: Mapping[str, Callable[[Call], Any]] = {
            "getme": lambda _call: ME,
            "sendmessage": messages.send,
            "senddocument": messages.send_document,
            "sendphoto": messages.send_photo,
            "sendchataction": messages.show_action,
            "editmessagetext": messages.edit_text,
            "editmessagereplymarkup": messages.edit_markup,
            "deletemessage": messages.delete,
            "answercallbackquery": self.queries.answer_press,
            "answerinlinequery": self.queries.answer_inline,
            "setmycommands": profile.set_commands,
            "getmycommands": profile.get_commands,
            "deletemycommands": profile.delete_commands,
            "setmyname": partial(profile.set_text, name="name"),
            "getmyname": partial(profile.get_text, name="name"),
            "setmydescription": partial(profile.set_text, name="description"),
            "getmydescription": partial(profile.get_text, name="description"),
            "setmyshortdescription": partial(profile.set_text, name="short_description"),
            "getmyshortdescription": partial(profile.get_text, name="short_description"),
            "getwebhookinfo": lambda _call: self.webhook.describe(),
        }

    def knows(self, method: str) -> bool:
        """Return whether the account can do that."""
        return method.lower() in {*self._methods, "getupdates", "setwebhook", "deletewebhook"}

    async def do(self, call: Call) -> Any:
        """Return the result of a call.

        Raises:
            RefusedError: Telegram refuses it.
        """
        match call.method.lower():
            case "setwebhook":
                return await self.webhook.point_to(call.values)
            case "deletewebhook":
                return await self.webhook.point_to({**call.values, "url": ""})
            case method:
                return self._methods[method](call)

    def learn_from(self, update: Mapping[str, Any]) -> None:
        """Note what an update tells of chats, messages and queries."""
        self.chats.learn_from(update)
        self.queries.learn_from(update)
