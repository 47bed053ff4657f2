"""How the bot looks on Telegram: its voice, links, keyboards, and what it says of itself."""
