"""The words of the bot: fixed texts, how sources are cited, and how Chinese is spelled."""
