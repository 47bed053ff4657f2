"""Gets messages to their chats, at once or later, whatever Telegram answers."""
