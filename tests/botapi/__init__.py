"""A Bot API server as strict as Telegram's, for tests.

Fixtures: `bot_api` (in memory), `bot_api_server` (the same on loopback: `.api`, `.url`, `.token`),
`silent_bot_api_server` (refuses connections until `await server.start()`).

Every call must fit aiogram's models of the Bot API, and so must every update that reaches the bot;
every text is read by Telegram's own library (tdjson). What no bot may do (an unknown method or
parameter, a value of the wrong kind, broken HTML) is in `api.violations` and fails the test at its
end; a test that provokes it takes it with `api.take_violations()`. What Telegram merely refuses (a
text too long, an edit that changes nothing, a query answered twice) is refused.

Updates: `await api.queue_update(update)`, found by getUpdates until confirmed (one poller at a
time: a second one ends the first with 409), or brought to the webhook that the bot has set, chat
by chat in order, tried again until answered 2xx. `queue_body(body, update_id)` sends bytes that
are no update at all. `tests.botapi.updates` makes users, chats, messages and questions.

What has come of it: `api.calls`, `api.exchanges` (with outcome and time), `api.screen(chat_id)`
(what stands in a chat now), `api.confirmed` and `api.offsets`, `api.account.webhook.tries`,
`api.account.profile`. To wait: `await api.wait_for("sendMessage", number=2, chat_id=7001)`,
`await api.wait_until_confirmed(1, 2)`, `await api.wait_until_tried(3)` (deliveries to the webhook).

Trouble (`tests.botapi.trouble.faults` has the usual refusals):

    api.refuse("sendMessage", 502, "Bad Gateway", times=3)
    api.faults.plant("sendMessage", too_many(7), chat_id=7001)      # 429, for one chat
    api.faults.plant("sendMessage", Cut(is_done=True))              # reset after it was stored
    api.faults.plant("sendMessage", Silence(is_done=True))          # stored, but no answer comes
    api.faults.plant("getUpdates", Garbled(200, b"<html>"))         # not the Bot API at all
    api.close_chat(7001, BLOCKED)    api.migrate_chat(-1, -100)     api.revoke_token()
    api.limits.per_chat = 1          api.limits.set_as_on_telegram()
    api.account.webhook.pause_s = 2  # the first pause after a failed delivery, then doubled

`BotApi(is_strict=False)` judges no shapes, for measuring speed.
"""
