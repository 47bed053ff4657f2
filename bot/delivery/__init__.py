"""Brings every update to its handler and every reply to its chat, whatever breaks in between."""
