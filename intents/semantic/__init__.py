"""Finds what is meant alike under other words: Chinese and English sentences as vectors.

An extra that nothing depends on. What does the encoding is a package of its own; without it
`load_encoder` raises `SemanticUnavailable`, and a `BackgroundEncoder` says so once in the log.
"""

from intents.semantic.encoder import Encoder, SentenceEncoder, load_encoder
from intents.semantic.loading import BackgroundEncoder
from intents.semantic.vectors import encode_cached

__all__ = ["BackgroundEncoder", "Encoder", "SentenceEncoder", "encode_cached", "load_encoder"]
