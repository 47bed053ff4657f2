"""How the bot does, and why it answers as it does: for editors, whatever the front end."""
