"""How updates come in: fetched, or brought to an address."""
