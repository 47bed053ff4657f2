"""Opens what the front ends need, in order, and closes it again."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.answering import Answerer
from bot.assistant import Assistant
from bot.cache import Cache, identify_code
from bot.editing import Desk
from bot.gathering import Gatherer
from bot.heap import collecting_nothing
from bot.learned import learn_knowledge
from bot.live import Live
from bot.live.building import Builder
from bot.majors import MajorAnswerer
from bot.memory.asker import AskerHash
from bot.memory.recording import Recorder
from bot.memory.spare import Spare, open_spare
from bot.settings import ConfigError, Settings
from bot.upkeep import keep_up
from bot.words.wording import Wording, load_wording
from intents import Normaliser, Understander, WordLists, load_word_lists
from intents.majors import MajorFinder
from intents.match.alike import Alike
from intents.semantic import BackgroundEncoder
from knowledge import Knowledge, load_knowledge
from storage import SchemaTooNewError, StorageError, Store, open_store


@dataclass(frozen=True, slots=True, kw_only=True)
class Brain:
    """Everything that answers, without anything that remembers."""

    knowledge: Knowledge
    understander: Understander
    finder: MajorFinder
    wording: Wording
    words: WordLists
    meaning: BackgroundEncoder | None = None

    def wait_for_meaning(self) -> None:
        """Return once questions are matched by meaning too, or it is clear that they can't be."""
        if self.meaning is not None:
            self.meaning.wait()

    @property
    def answerer(self) -> Answerer:
        """Return what words replies."""
        known = [slot.id for slot in self.words.requests.slots if slot.known]
        majors = MajorAnswerer(self.knowledge.catalogue, self.wording, known_slots=known)
        return Answerer(self.knowledge, self.understander, self.finder, majors, self.wording)


def _tell_nobody(_line: str) -> None:
    return


@collecting_nothing()
def load_brain(
    settings: Settings, *, check_again: bool = False, tell: Callable[[str], None] = _tell_nobody
) -> Brain:
    """Return knowledge, understanding and wording, loaded and checked.

    Knowledge that passed before is checked again only with `check_again`. What takes a while is
    announced by `tell`. The semantic extra, where it is switched on, goes on loading.

    Raises:
        ConfigError: The knowledge folder is not there.
        KnowledgeError: The knowledge breaks a rule.
    """
    folder = settings.knowledge_dir
    if folder is not None and not folder.is_dir():
        raise ConfigError(f"VOCED_KNOWLEDGE_DIR: there is no folder {folder}")
    # The cache is the first to need the data folder, which will hold what people asked.
    with suppress(OSError):
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    cache = Cache(settings.cache_dir)
    code = identify_code("knowledge", "intents")
    words = load_word_lists(cache=cache, code=code)
    normaliser = Normaliser(words.fillers)
    rules = None if check_again else code
    knowledge = load_knowledge(folder, normalise=normaliser, cache=cache, rules=rules)
    understander, finder = learn_knowledge(
        knowledge,
        words,
        normaliser,
        cache=cache,
        code=code,
        before_learning=lambda: tell("Learning the knowledge anew; that takes some seconds ..."),
    )
    meaning = None
    if settings.semantic == "on":
        meaning = BackgroundEncoder(prepare=understander.use_meaning)
        meaning.start()
    return Brain(
        knowledge=knowledge,
        understander=understander,
        meaning=meaning,
        finder=finder,
        wording=load_wording(),
        words=words,
    )


@asynccontextmanager
async def open_assistant(
    settings: Settings,
    brain: Brain,
    *,
    asker_hash: AskerHash | None = None,
    editors: frozenset[int] | None = None,
    serves: bool = False,
) -> AsyncIterator[Assistant]:
    """Yield the assistant on top of the database of `settings`, with the editors' desk.

    What editors have added answers as well, and what they add in another process does so within
    seconds. `editors` are those of the settings where it is `None`. What `serves` people goes on
    gathering what they miss, and has a reserve for what the database can't take.

    A database that can't be opened does not keep people from being answered: the assistant then
    runs without one, its recorder names the fault and tries again.

    Raises:
        SchemaTooNewError: The database belongs to a newer version of voced.
    """
    async with AsyncExitStack() as stack:

        async def open_() -> Store:
            return await stack.enter_async_context(open_store(settings.database))

        store: Store | None = None
        fault: str | None = None
        try:
            store = await open_()
        except SchemaTooNewError:
            raise
        except StorageError as error:
            fault = str(error)
        spare = Spare()
        if serves:
            spare = await stack.enter_async_context(open_spare(settings.reserve))
        recorder = Recorder(
            store,
            retention=timedelta(days=settings.retention_days),
            asker_hash=asker_hash,
            fault=fault,
            open_store=open_,
            spare=spare,
        )
        await recorder.load()
        assistant = Assistant(brain.answerer, recorder, brain.wording)
        live = Live(
            Builder(brain, folder=settings.knowledge_dir, cache_dir=settings.cache_dir),
            recorder.access,
            use=lambda brain: assistant.use(brain.answerer),
            retires=serves,
        )

        def alike() -> Alike:
            return live.brain.understander.alike()

        gatherer = Gatherer(recorder.access, alike)
        assistant.desk = Desk(
            recorder.access,
            live,
            editors=settings.editor_ids if editors is None else editors,
            gather=gatherer.gather,
        )
        try:
            async with keep_up(live, gatherer if serves else None, recorder.access):
                yield assistant
        finally:
            await assistant.people.finish()
            await recorder.finish()
