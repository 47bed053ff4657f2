"""A Bot API server, in memory or on loopback, and conversations with the bot through it."""

import asyncio
import json
import os
import re
import signal
import socket
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass, field
from html import unescape
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import yaml
from aiohttp import web
from telegram import Update
from telegram.request import BaseRequest, RequestData

from bot.asker import AskerHash
from bot.services import Brain, load_brain, open_assistant
from bot.settings import Settings
from bot.telegram import build_application
from bot.telegram.handlers import AnyApplication, Context

TOKEN = "4242:TheTokenOfTheTests"  # noqa: S105 - made up
ASKER_KEY = b"the key of the tests"
BOT_NAME = "voced_test_bot"
_CHAT = 7001
_MOST_CHARACTERS = 4096
_MOST_INLINE_RESULTS = 50
_MOST_ID_BYTES = 64
_PATIENCE_S = 60


# -- HTML, read as strictly as Telegram reads it

_TOKEN_OF_HTML = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-z-]+)(?P<more>[^<>]*)>"
    r"|(?P<text>[^<>&]+|&(?:lt|gt|amp|quot|#x?[0-9a-f]+);)"
)
_ATTRIBUTES = {
    "b": re.compile(r""),
    "blockquote": re.compile(r"( expandable)?"),
    "a": re.compile(r' href="https?://[^"\s]+"'),
}


class BadHtmlError(Exception):
    """HTML that Telegram refuses, or a tag that the bot never writes."""


@dataclass(frozen=True, slots=True)
class ReadHtml:
    """What a person sees of a message, and the tags in it."""

    text: str
    tags: Counter[str]


def _read_html(html: str) -> ReadHtml:
    """Return the text and the tags of a message; only b, a and blockquote are allowed."""
    text: list[str] = []
    tags: Counter[str] = Counter()
    opened: list[str] = []
    at = 0
    while at < len(html):
        token = _TOKEN_OF_HTML.match(html, at)
        if token is None:
            raise BadHtmlError(f"stray character at {at}: {html[at : at + 20]!r}")
        at = token.end()
        tag = token["tag"]
        if tag is None:
            text.append(unescape(token["text"]))
        elif token["end"]:
            if not opened or opened.pop() != tag or token["more"]:
                raise BadHtmlError(f"unexpected end of {tag}")
        elif tag in _ATTRIBUTES and _ATTRIBUTES[tag].fullmatch(token["more"]):
            opened.append(tag)
            tags[tag] += 1
        else:
            raise BadHtmlError(f"unexpected start of {tag}{token['more']}")
    if opened:
        raise BadHtmlError(f"{opened} not ended")
    return ReadHtml("".join(text), tags)


@pytest.fixture(scope="session")
def read_html() -> Callable[[str], ReadHtml]:
    """Return what reads HTML as strictly as Telegram, and takes only tags that the bot writes."""
    return _read_html


def _length_on_telegram(text: str) -> int:
    """Return the length in UTF-16 units, the strictest way in which Telegram may count."""
    return len(text.encode("utf-16-le")) // 2


# -- the Bot API server


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the Bot API."""

    method: str
    values: Mapping[str, Any]

    @property
    def text(self) -> str:
        """Return the text as it was sent, with its HTML."""
        text = self.values["text"]
        assert isinstance(text, str)
        return text

    @property
    def shown(self) -> str:
        """Return the text as a person sees it."""
        return _read_html(self.text).text if self.is_html else self.text

    @property
    def is_html(self) -> bool:
        return self.values.get("parse_mode") == "HTML"

    @property
    def buttons(self) -> list[dict[str, str]]:
        """Return the buttons from top to bottom, each with `text` and `callback_data`."""
        rows = self.values.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]


@dataclass(slots=True)
class Refusal:
    """An answer of the server that is not OK."""

    code: int
    description: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


class BotApi:
    """Answers like Telegram's server: it keeps messages and refuses what Telegram refuses.

    `calls` holds what was asked of it, without getUpdates. `refuse` makes the next call of a
    method fail, `queue_update` puts an update where getUpdates finds it.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.offsets: list[int] = []
        self._refusals: dict[str, list[Refusal]] = {}
        self._messages: dict[int, tuple[Any, ...]] = {}
        self._message_ids = count(500)
        self._updates: list[dict[str, Any]] = []
        self._changed = asyncio.Condition()

    def refuse(self, method: str, code: int, description: str, **parameters: Any) -> None:
        """Refuse one call of `method`."""
        self._refusals.setdefault(method, []).append(Refusal(code, description, parameters))

    async def queue_update(self, update: dict[str, Any]) -> None:
        """Let getUpdates find `update`."""
        async with self._changed:
            self._updates.append(update)
            self._changed.notify_all()

    async def wait_for(self, method: str) -> Call:
        """Return the first call of `method`, once it is there."""

        def found() -> list[Call]:
            return [call for call in self.calls if call.method == method]

        async with asyncio.timeout(_PATIENCE_S), self._changed:
            await self._changed.wait_for(found)
        return found()[0]

    async def answer(self, token: str, method: str, values: Mapping[str, Any]) -> tuple[int, Any]:
        """Return the status and the answer to one call."""
        if token != TOKEN:
            return _refused(Refusal(401, "Unauthorized"))
        if refusals := self._refusals.get(method):
            result: Any = refusals.pop(0)
        elif method == "getUpdates":
            result = await self._get_updates(values)
        else:
            result = self._do(Call(method, values))
        if method != "getUpdates":
            async with self._changed:
                self.calls.append(Call(method, values))
                self._changed.notify_all()
        return _refused(result) if isinstance(result, Refusal) else (200, _accepted(result))

    def _do(self, call: Call) -> Any:
        match call.method:
            case "getMe":
                return {"id": 4242, "is_bot": True, "first_name": "voced", "username": BOT_NAME}
            case "sendMessage":
                return self._keep(call, next(self._message_ids))
            case "editMessageText":
                return self._keep(call, int(call.values["message_id"]))
            case "answerCallbackQuery" | "deleteWebhook":
                return True
            case "answerInlineQuery":
                fault = _fault_of_inline(call.values)
                return Refusal(400, f"Bad Request: {fault}") if fault else True
        return Refusal(404, "Not Found")

    def _keep(self, call: Call, message_id: int) -> Any:
        try:
            shown = call.shown
        except BadHtmlError as error:
            return Refusal(400, f"Bad Request: can't parse entities: {error}")
        if not shown.strip():
            return Refusal(400, "Bad Request: message text is empty")
        if _length_on_telegram(shown) > _MOST_CHARACTERS:
            return Refusal(400, "Bad Request: message is too long")
        if any(not 1 <= len(one["callback_data"].encode()) <= 64 for one in call.buttons):
            return Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        content = (call.text, call.values.get("parse_mode"), str(call.values.get("reply_markup")))
        if self._messages.get(message_id) == content:
            return Refusal(400, "Bad Request: message is not modified: it is exactly the same")
        self._messages[message_id] = content
        chat_id = int(call.values["chat_id"])
        return make_message(shown, chat_id=chat_id, message_id=message_id)

    async def _get_updates(self, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        offset = int(values.get("offset", 0))
        async with self._changed:
            self.offsets.append(offset)
            self._updates = [one for one in self._updates if one["update_id"] >= offset]
            try:
                async with asyncio.timeout(float(values.get("timeout", 0))):
                    await self._changed.wait_for(lambda: self._updates)
            except TimeoutError:
                return []
            return self._updates


def _fault_of_inline(values: Mapping[str, Any]) -> str | None:
    """Return what Telegram would refuse in the answer to an inline query, else `None`."""
    results = values["results"]
    ids = [one["id"] for one in results]
    button = values.get("button", {"text": "-", "start_parameter": "-"})
    rules = {
        "query id is invalid": values["inline_query_id"],
        "RESULTS_TOO_MUCH": len(results) <= _MOST_INLINE_RESULTS,
        "RESULT_ID_DUPLICATE": len(set(ids)) == len(ids),
        "RESULT_ID_INVALID": all(1 <= len(one.encode()) <= _MOST_ID_BYTES for one in ids),
        "CACHE_TIME_INVALID": int(values.get("cache_time", 300)) >= 0,
        "START_PARAM_INVALID": re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button["start_parameter"]),
        "BUTTON_TEXT_EMPTY": button["text"].strip(),
    }
    broken = [rule for rule, is_kept in rules.items() if not is_kept]
    return next(iter([*broken, *filter(None, map(_fault_of_article, results))]), None)


def _fault_of_article(article: Mapping[str, Any]) -> str | None:
    if article.keys() - {"type", "id", "title", "description", "input_message_content"}:
        return f"the bot never writes {sorted(article)}"
    if article["type"] != "article" or not article["title"].strip():
        return "ARTICLE_TITLE_EMPTY"
    try:
        shown = _read_html(article["input_message_content"]["message_text"]).text
    except BadHtmlError as error:
        return f"can't parse entities: {error}"
    if not shown.strip() or _length_on_telegram(shown) > _MOST_CHARACTERS:
        return "MESSAGE_TOO_LONG"
    return None


def _accepted(result: Any) -> dict[str, Any]:
    return {"ok": True, "result": result}


def _refused(refusal: Refusal) -> tuple[int, dict[str, Any]]:
    more = {"parameters": refusal.parameters} if refusal.parameters else {}
    body = {"ok": False, "error_code": refusal.code, "description": refusal.description, **more}
    return refusal.code, body


def _read_values(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the values of a form; what is JSON in it is read."""
    values: dict[str, Any] = dict(pairs)
    for name in ("reply_markup", "link_preview_options", "allowed_updates", "results", "button"):
        if name in values:
            values[name] = json.loads(values[name])
    return values


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
        values = _read_values(parse_qsl(form, keep_blank_values=True, strict_parsing=bool(form)))
        status, answer = await self._api.answer(token, called, values)
        return status, json.dumps(answer).encode()


@dataclass(slots=True)
class BotApiServer:
    """A `BotApi` on loopback. `url` is for VOCED_API_URL; before `start` nobody listens there."""

    api: BotApi
    url: str
    token: str
    start: Callable[[], Awaitable[None]]


@pytest.fixture
async def silent_bot_api_server() -> AsyncIterator[BotApiServer]:
    """Return a Bot API server that refuses every connection until it is started."""
    api = BotApi()

    async def handle(request: web.Request) -> web.Response:
        form = await request.post()
        values = _read_values((name, str(value)) for name, value in form.items())
        token, method = request.match_info["token"], request.match_info["method"]
        status, answer = await api.answer(token, method, values)
        return web.json_response(answer, status=status)

    server = web.Application()
    server.router.add_post("/bot{token}/{method}", handle)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=1)
    await runner.setup()
    # Bound, not listening: the port is this server's and refuses connections.
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}"
        yield BotApiServer(api, url, TOKEN, lambda: web.SockSite(runner, bound).start())
        await runner.cleanup()


@pytest.fixture
async def bot_api_server(silent_bot_api_server: BotApiServer) -> BotApiServer:
    """Return a Bot API server on loopback, bound to a free port."""
    await silent_bot_api_server.start()
    return silent_bot_api_server


# -- updates as Telegram sends them


def make_user(user_id: int = _CHAT, language: str | None = "en") -> dict[str, Any]:
    """Return a person whose names must never be stored."""
    code = {} if language is None else {"language_code": language}
    names = {"first_name": "Xiaoming", "last_name": "Secretname", "username": "xiaoming_hidden"}
    return {"id": user_id, "is_bot": False, **names, **code}


def make_message(
    text: str | None = None, *, chat_id: int = _CHAT, message_id: int = 10, **more: Any
) -> dict[str, Any]:
    """Return a message; a leading command gets the entity that Telegram marks it with."""
    message: dict[str, Any] = {
        "message_id": message_id,
        "date": 1_760_000_000,
        "chat": {"id": chat_id, "type": "private" if chat_id > 0 else "group", "title": "chat"},
    }
    if text is not None:
        message["text"] = text
        if command := re.match(r"/[A-Za-z0-9_]+(@\w+)?", text):
            entity = {"type": "bot_command", "offset": 0, "length": command.end()}
            message["entities"] = [entity]
    return message | more


@pytest.fixture
def make_question_update() -> Callable[..., dict[str, Any]]:
    """Return the update of one message with text."""

    def make(text: str, *, update_id: int = 1, language: str | None = "en") -> dict[str, Any]:
        message = make_message(text, **{"from": make_user(language=language)})
        return {"update_id": update_id, "message": message}

    return make


# -- conversations


@dataclass(slots=True)
class Conversation:
    """One person (or several) talking to the bot; each method returns what the bot called."""

    application: AnyApplication
    api: BotApi
    database: Path
    faults: list[BaseException | None] = field(default_factory=list)
    update_ids: Iterator[int] = field(default_factory=lambda: count(1))

    async def receive(self, **update: Any) -> list[Call]:
        """Let the bot handle one update."""
        before = len(self.api.calls)
        data = {"update_id": next(self.update_ids), **update}
        await self.application.process_update(Update.de_json(data, self.application.bot))
        return self.api.calls[before:]

    async def say(self, text: str, *, language: str | None = "en", **more: Any) -> list[Call]:
        """Write a text to the bot."""
        sender = {"from": make_user(language=language)}
        return await self.receive(message=make_message(text, **(sender | more)))

    async def send_file(self, language: str = "en", **content: Any) -> list[Call]:
        """Send the bot something that is not text."""
        sender = {"from": make_user(language=language)}
        return await self.receive(message=make_message(**(sender | content)))

    async def press(
        self, data: str | None, *, message_id: int = 500, language: str = "en", **more: Any
    ) -> list[Call]:
        """Press a button under a message of the bot."""
        query: dict[str, Any] = {
            "id": "77",
            "from": make_user(language=language),
            "chat_instance": "1",
            "message": make_message("the offer", message_id=message_id),
        }
        return await self.receive(
            callback_query=query | ({} if data is None else {"data": data}) | more
        )

    async def type_inline(self, query: str, *, language: str | None = "en") -> Call:
        """Type a query behind the name of the bot in any chat; return the bot's one answer."""
        sender = make_user(language=language)
        asked = {"id": "88", "from": sender, "query": query, "offset": "", "chat_type": "group"}
        calls = await self.receive(inline_query=asked)
        assert [call.method for call in calls] == ["answerInlineQuery"]
        return calls[0]

    @staticmethod
    def make_message(text: str | None = None, *, chat_id: int = _CHAT, **more: Any) -> Any:
        """Return a message of this person for `receive`."""
        return make_message(text, chat_id=chat_id, **({"from": make_user()} | more))

    @staticmethod
    def read_html(html: str) -> ReadHtml:
        """Return what a person sees of HTML, and its tags; other tags than ours are an error."""
        return _read_html(html)

    def stored(self) -> list[dict[str, Any]]:
        """Return the questions in the database, in the order they were asked."""
        with closing(sqlite3.connect(self.database)) as connection:
            connection.row_factory = sqlite3.Row
            rows = connection.execute("SELECT * FROM questions ORDER BY id").fetchall()
        return [dict(row) for row in rows]

    def take_faults(self) -> list[BaseException | None]:
        """Return what handlers raised, and hold it for expected."""
        taken, self.faults = self.faults, []
        return taken


@pytest.fixture
def bot_api() -> BotApi:
    return BotApi()


@pytest.fixture
def open_conversation(
    bot_api: BotApi, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> Callable[[Brain], AbstractAsyncContextManager[Conversation]]:
    """Return what opens a conversation through the real application, answered by any brain.

    No handler may raise in it but for the faults that the test takes.
    """

    @asynccontextmanager
    async def open_(brain: Brain) -> AsyncIterator[Conversation]:
        settings = Settings(data_dir=tmp_path, _env_file=None)
        asker_hash = AskerHash(ASKER_KEY)
        application = build_application(
            TOKEN,
            api_url="http://offline.test",
            open_assistant=lambda: open_assistant(settings, brain, asker_hash=asker_hash),
            request=OfflineRequest(bot_api),
        )
        talk = Conversation(application, bot_api, tmp_path / "voced.sqlite")

        async def collect(_update: object, context: Context) -> None:
            talk.faults.append(context.error)

        application.add_error_handler(collect)
        async with application:
            # As run_polling does; entering the application does not.
            assert application.post_init is not None
            assert application.post_shutdown is not None
            await application.post_init(application)
            yield talk
        await application.post_shutdown(application)
        assert talk.faults == []
        # An error handler that fails itself is only ever logged.
        records = (*caplog.get_records("setup"), *caplog.get_records("call"))
        assert [one.message for one in records if one.name.startswith("telegram")] == []

    return open_


@pytest.fixture
async def conversation(
    open_conversation: Callable[[Brain], AbstractAsyncContextManager[Conversation]], brain: Brain
) -> AsyncIterator[Conversation]:
    """Yield a conversation about the made knowledge."""
    async with open_conversation(brain) as talk:
        yield talk


# -- a real process


@dataclass(slots=True)
class BotProcess:
    """`voced run` in a folder of its own, which is its data folder too; it sees no other settings.

    `started` is the process, `folder` its working folder.
    """

    started: asyncio.subprocess.Process
    folder: Path
    _read: list[str] = field(default_factory=list)

    async def wait_for_line(self, words: str) -> str:
        """Return the first line from now on that the process writes with `words` in it."""
        assert self.started.stderr is not None
        async with asyncio.timeout(_PATIENCE_S):
            while line := (await self.started.stderr.readline()).decode():
                self._read.append(line)
                if words in line:
                    return line
        raise AssertionError(f"the process ended without {words!r}: {''.join(self._read)}")

    async def end(self, *, with_signal: signal.Signals | None = None) -> tuple[int | None, str]:
        """Return the exit status and all of standard error, once the process has ended.

        Standard output must stay empty.
        """
        if with_signal is not None:
            self.started.send_signal(with_signal)
        async with asyncio.timeout(_PATIENCE_S):
            out, rest = await self.started.communicate()
        assert out == b""
        return self.started.returncode, "".join(self._read) + rest.decode()


@pytest.fixture
async def start_bot(tmp_path: Path) -> AsyncIterator[Callable[..., Awaitable[BotProcess]]]:
    """Return what starts `voced run` with the given settings, by their names without VOCED_."""
    processes: list[asyncio.subprocess.Process] = []

    async def start(**chosen: str) -> BotProcess:
        folder = tmp_path / "bot"
        folder.mkdir(exist_ok=True)
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        chosen = {"DATA_DIR": str(folder)} | chosen
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            cwd=folder,
            env={**kept, "HOME": str(folder), **{f"VOCED_{k}": v for k, v in chosen.items()}},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        processes.append(process)
        return BotProcess(process, folder)

    yield start
    for process in processes:
        if process.returncode is None:
            process.kill()
        await process.communicate()


# -- knowledge


def _entry(
    entry_id: str, title: tuple[str, str], zh: str, en: str, **more: object
) -> dict[str, object]:
    return {
        "id": entry_id,
        "topic": "made",
        "title": {"zh": title[0], "en": title[1]},
        "asks": {"zh": zh.split("/"), "en": en.split("/")},
        "hits": {"zh": ["测试一", "测试二"], "en": ["first test", "second test"]},
        "misses": {"zh": ["测试三"], "en": ["third test"]},
        "says": {
            "zh": f"关于“{title[0]}”的回答：R&D 的 <b>比例</b>。",
            "en": f"The answer on {title[1]}: if R&D <b>counts</b>.",
        },
        "cites": ["made-01", "made-02"],
        "review_by": "2999-12-31",
        **more,
    }


def _write_knowledge(folder: Path) -> None:
    files = {
        "topics.yaml": [{"id": "made", "title": {"zh": "样例话题", "en": "Made-up things"}}],
        "terms.yaml": ["1+X"],
        "sources/made.yaml": {
            "id": "made",
            "kind": "article",
            "title": {"zh": "样例 <来源> & 其他", "en": "A made <source> & others"},
            "publisher": {"zh": "样例社", "en": "Made & Sons"},
            "language": "en",
            "reliability": "press",
            "published": "2026-01-02",
            "url": "https://example.org/read?a=1&b=<2>",
            "claims": {
                f"made-0{number}": {
                    "says": {"zh": "事实", "en": "A fact"},
                    "as_of": "2026",
                    "confidence": "high",
                    "at": {"zh": f"第{number}段", "en": f"paragraph {number}"},
                }
                for number in (1, 2)
            },
        },
        "answers/made.yaml": [
            _entry(
                "number-of-majors",
                ("专业有多少个 <总数>", "How many majors <in all> & more"),
                "一共有多少个专业/有多少个专业/专业总数/专业数量/专业共几个",
                "how many majors are there/number of majors/majors in total/count of majors"
                "/how many programmes are there",
                see_also=["first-episode"],
            ),
            _entry(
                "first-episode",
                ("第一期什么时候播出", "When the first episode is broadcast"),
                "第一期什么时候播出/首期哪天播/第一集几号播出/第一期播出时间/节目首播时间",
                "when is the first episode broadcast/date of the first episode/first broadcast date"
                "/when does the series begin/when does episode one air",
            ),
            *(
                _entry(
                    f"canteen-{en}",
                    (f"{zh}色食堂的饭菜", f"Meals in the {en} canteen"),
                    f"{zh}色食堂有什么饭菜/{zh}色食堂的饭菜/{zh}色食堂今天有什么饭菜"
                    f"/{zh}色食堂的饭菜单/{zh}色食堂饭菜",
                    f"what are the meals in the {en} canteen/meals in the {en} canteen"
                    f"/which meals does the {en} canteen serve/the {en} canteen and its meals"
                    f"/{en} canteen meals",
                )
                for zh, en in (("红", "red"), ("蓝", "blue"), ("绿", "green"), ("黄", "yellow"))
            ),
        ],
    }
    for name, data in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


@pytest.fixture(scope="session")
def knowledge_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small made knowledge folder, full of characters that HTML must escape."""
    folder = tmp_path_factory.mktemp("made-knowledge")
    _write_knowledge(folder)
    return folder


@pytest.fixture(scope="session")
def brain(knowledge_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Brain:
    """Return what answers from the made knowledge."""
    data_dir = tmp_path_factory.mktemp("made-brain")
    return load_brain(Settings(knowledge_dir=knowledge_folder, data_dir=data_dir, _env_file=None))


@pytest.fixture(scope="session")
def real_brain(tmp_path_factory: pytest.TempPathFactory) -> Brain:
    """Return what answers from the knowledge that comes with voced."""
    return load_brain(Settings(data_dir=tmp_path_factory.mktemp("real-brain"), _env_file=None))
