"""The ways in which people ask for a major."""
