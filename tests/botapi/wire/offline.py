"""Calls a Bot API server in memory, without a network."""

from typing import Any
from urllib.parse import parse_qsl

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from tests.botapi.calls import Upload
from tests.botapi.server import BotApi
from tests.botapi.trouble.faults import Cut, Silence


class OfflineRequest(BaseRequest):
    """Takes the place of the HTTP client: every call goes straight to a `BotApi`.

    A connection that is cut and an answer that never comes are the errors of the library.
    """

    def __init__(self, api: BotApi) -> None:
        self._api = api

    @property
    def read_timeout(self) -> float | None:
        return 5

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **_timeouts: Any
    ) -> tuple[int, bytes]:
        token, _, called = url.partition("/bot")[2].rpartition("/")
        outcome = await self._api.answer(token, called, _read_form(request_data))
        match outcome:
            case Cut():
                raise NetworkError("the connection was reset")
            case Silence():
                raise TimedOut
        return outcome.status, outcome.body


def _read_form(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if data.contains_files:
        files = {
            name: Upload(filename, content if isinstance(content, bytes) else content.read(), kind)
            for name, (filename, content, kind) in data.multipart_data.items()
        }
        return {**data.json_parameters, **files}
    # What can't be a form could not be sent over the network either.
    form = data.url_encoded_parameters()
    return dict(parse_qsl(form, keep_blank_values=True, strict_parsing=bool(form)))
