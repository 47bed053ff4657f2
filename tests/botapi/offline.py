"""Calls a Bot API server in memory, without a network."""

import json
from typing import Any
from urllib.parse import parse_qsl

from telegram.request import BaseRequest, RequestData

from tests.botapi.calls import read_values
from tests.botapi.server import BotApi


class OfflineRequest(BaseRequest):
    """Takes the place of the HTTP client: every call goes straight to a `BotApi`."""

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
        # What can't be a form could not be sent over the network either.
        form = request_data.url_encoded_parameters() if request_data else ""
        token, _, called = url.partition("/bot")[2].rpartition("/")
        values = read_values(parse_qsl(form, keep_blank_values=True, strict_parsing=bool(form)))
        status, answer = await self._api.answer(token, called, values)
        return status, json.dumps(answer).encode()
