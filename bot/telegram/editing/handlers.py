"""What editors can write and press; for anybody else all of it is as if it did not exist."""

from collections.abc import Awaitable, Callable

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.editing import EditingError, NotAnEditorError
from bot.telegram.editing import insight
from bot.telegram.editing.acting import act_on_gap, show_gap, show_list
from bot.telegram.editing.buttons import PREFIX, OnGap, OnTrial, TakeBack, ToList, decode
from bot.telegram.editing.dialogue import keeping
from bot.telegram.editing.dialogue.taking import take_words
from bot.telegram.editing.dialogue.trying import act_on_trial, undo
from bot.telegram.editing.presenting import present_on_writing
from bot.telegram.editing.refusing import refuse
from bot.telegram.editing.turn import Turn, find_turn, is_editor
from bot.telegram.handlers.context import AnyApplication, Context, assistant_of
from bot.telegram.handlers.presses import press
from bot.telegram.handlers.questions import answer
from bot.telegram.sending import confirm
from bot.telegram.showing.links import gap_of_start
from storage import StorageError


class _ByEditor(filters.MessageFilter):
    """What an editor writes to the bot in private."""

    def __init__(self, application: AnyApplication) -> None:
        super().__init__(name="BY_EDITOR")
        self._application = application

    def filter(self, message: Message) -> bool:
        user = message.from_user
        return user is not None and is_editor(user.id, self._application.bot_data)


class _OpensGap(filters.MessageFilter):
    """A link from the editors' chat."""

    def filter(self, message: Message) -> bool:
        return gap_of_start((message.text or "").partition(" ")[2].strip()) is not None


async def list_missed(update: Update, context: Context) -> None:
    """Show what was missed, most people first."""
    await _in_turn(update, context, lambda turn: show_list(turn, ToList()))


async def show_stats(update: Update, context: Context) -> None:
    """Show how the bot does."""
    access = assistant_of(context).recorder.access
    await _in_turn(update, context, lambda turn: insight.show_stats(turn, access))


async def tell_why(update: Update, context: Context) -> None:
    """Say why a question is answered as it is."""
    message = update.message
    if message is not None:
        people = assistant_of(context).people
        await _in_turn(update, context, lambda turn: insight.explain_answer(turn, message, people))


async def open_gap(update: Update, context: Context) -> None:
    """Show the gap that a link leads to."""
    gap = gap_of_start(context.args[0] if context.args else "")
    if gap is not None:
        pressed = OnGap(action="show", gap=gap, seen=0)
        await _in_turn(update, context, lambda turn: show_gap(turn, pressed))


async def go_on(update: Update, context: Context) -> None:
    """Take what is typed for the dialogue that the editor is in; else it is a question."""
    turn, message = await find_turn(update, context), update.message
    try:
        dialogue = await keeping.find(turn) if turn is not None else None
    except StorageError:
        dialogue = None
    if dialogue is None or not dialogue.takes_words or message is None or not message.text:
        await answer(update, context)
        return
    begun, text, number = dialogue, message.text, message.message_id
    await _in_turn(update, context, lambda turn: take_words(turn, begun, text, number))


async def press_as_editor(update: Update, context: Context) -> None:
    """Act on an editor's button; to anybody else it is one that the bot does not know."""
    query = update.callback_query
    pressed = decode(query.data) if query is not None else None
    if query is None or pressed is None or await find_turn(update, context) is None:
        await press(update, context)
        return
    await confirm(query)
    match pressed:
        case ToList() as page:
            await _in_turn(update, context, lambda turn: show_list(turn, page))
        case OnGap() as on_gap:
            await _in_turn(update, context, lambda turn: act_on_gap(turn, on_gap), gap=on_gap.gap)
        case OnTrial() as on_trial:
            await _in_turn(update, context, lambda turn: act_on_trial(turn, on_trial))
        case TakeBack() as taken_back:
            await _in_turn(update, context, lambda turn: undo(turn, taken_back))


async def _in_turn(
    update: Update,
    context: Context,
    act: Callable[[Turn], Awaitable[None]],
    *,
    gap: str | None = None,
) -> None:
    """Let an editor do something; what can't be done is told in clear words."""
    turn = await find_turn(update, context)
    if turn is None:
        return
    try:
        await act(turn)
    except NotAnEditorError:
        return
    except EditingError as error:
        await refuse(turn, error, gap)
    except StorageError:
        await turn.add(turn.say("telegram.not_kept"))


EDITOR_COMMANDS = {"missed": list_missed, "stats": show_stats, "why": tell_why}


def add_editing_handlers(application: AnyApplication) -> None:
    """Put the editors' handlers in place; whoever is no editor gets past them."""
    by_editor = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & ~filters.VIA_BOT
    by_editor = by_editor & _ByEditor(application)
    for name, handle in EDITOR_COMMANDS.items():
        application.add_handler(CommandHandler(name, handle, by_editor))
    application.add_handler(CommandHandler("start", open_gap, by_editor & _OpensGap()))
    application.add_handler(MessageHandler(by_editor & filters.TEXT & ~filters.COMMAND, go_on))
    application.add_handler(CallbackQueryHandler(press_as_editor, pattern=f"^{PREFIX}"))
    # Beside whatever answers the message, and after it.
    application.add_handler(MessageHandler(by_editor, present_on_writing), group=1)
