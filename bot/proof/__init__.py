"""Proves the knowledge: by held-out phrasings, and by labelled questions."""
