"""The HTTP client: the library's own falls behind with many requests in flight."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
# A server closes idle connections after a minute or more; a request into a closed one is lost.
_KEEP_ALIVE_S = 25


class CutOffError(NetworkError):
    """The connection broke before an answer came that can be read; the call may have been done."""


class _Answer(dict[str, Any]):
    """An answer of the Bot API; one that lacks what it must have can't be read."""

    def __missing__(self, key: str) -> Any:
        raise CutOffError(f"the answer has no {key}")


class AiohttpRequest(BaseRequest):
    """Calls the Bot API through aiohttp, with at most `connections` calls in flight.

    `timeout_s` is how long each stage may take: waiting for a connection, connecting, and every
    wait for an answer.

    Raises:
        NetworkError: No connection could be made, or the server says that it is in trouble.
        TimedOut: No answer came in time, though the call may have been carried out.
        CutOffError: The connection broke, and the call may have been carried out.
    """

    def __init__(self, *, connections: int, timeout_s: float = 10) -> None:
        self._connections = connections
        self._timeout_s = timeout_s
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Return how long an answer is waited for, in seconds."""
        return self._timeout_s

    async def initialize(self) -> None:
        """Open the client; a second time does nothing."""
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._connections, keepalive_timeout=_KEEP_ALIVE_S
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(  # noqa: PLR0917 - as the library calls it
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - no such stage here
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return the status and the body of the answer."""
        if self._session is None:
            raise RuntimeError("the client is not open")
        connecting = self._or_usual(connect_timeout)
        waiting = self._or_usual(pool_timeout)
        timeout = aiohttp.ClientTimeout(
            # Waiting for a place among the connections is counted with connecting.
            connect=None if connecting is None or waiting is None else connecting + waiting,
            sock_connect=connecting,
            sock_read=self._or_usual(read_timeout),
        )
        body, headers = _encode(request_data)
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
                proxy=find_proxy(url.partition("/bot")[0]),
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NetworkError(_name(error)) from error
        except TimeoutError as error:
            raise TimedOut(_name(error)) from error
        except aiohttp.ClientError as error:
            raise CutOffError(_name(error)) from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer in a body.

        Nothing of it gets into the log: it may hold what people wrote.

        Raises:
            CutOffError: It is none, as from a proxy in trouble.
        """
        try:
            answer = json.loads(payload.decode(errors="replace"))
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict) or not isinstance(answer.get("parameters", {}), dict):
            # Without the fault of the parser, which quotes.
            raise CutOffError("the answer can't be read")
        return _Answer(answer)

    def _or_usual(self, timeout: Any) -> float | None:
        if timeout is BaseRequest.DEFAULT_NONE:
            return self._timeout_s
        return None if timeout is None else float(timeout)


@lru_cache(maxsize=8)
def find_proxy(root: str) -> str | None:
    """Return the proxy that the environment names for a server, as the library's client does.

    aiohttp would find it as well, but would look for a password file at each request.
    """
    server = urlsplit(root)
    if proxy_bypass(server.netloc):
        return None
    proxies = getproxies_environment()
    return proxies.get(server.scheme) or proxies.get("all")


def _encode(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if data is None:
        return None, {}
    if not data.contains_files:
        return _as_form(data.json_parameters), _FORM
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, {}


def _as_form(parameters: Mapping[str, str]) -> bytes:
    """Return parameters as a form in which every byte of a value is escaped.

    `urlencode` asks of each whether it has to be, which takes longer than all else about a message.
    """
    escaped = (
        f"{name}=%{value.encode().hex('%')}" if value else f"{name}="
        for name, value in parameters.items()
    )
    return "&".join(escaped).encode()


def _name(error: Exception) -> str:
    # The message of an error may hold the address, and that the token.
    return type(error).__name__
