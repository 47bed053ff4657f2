"""Finds the entries a question may mean, and judges how sure that is."""
