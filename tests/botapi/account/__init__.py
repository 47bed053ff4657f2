"""What the server keeps for a bot, and the methods on it.

`chats` are the screens of people, `messages` and `queries` the methods that change them; `pending`
are the updates that wait, `webhook` brings them to the bot; `profile` is how the bot introduces
itself. `Account` finds the method by its name.
"""
