"""A Bot API server as strict as Telegram's, for tests."""
