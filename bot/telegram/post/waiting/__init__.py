"""Keeps replies that must wait, and sends them when their time has come."""
