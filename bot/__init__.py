"""Answers people: the assistant and its front ends."""
