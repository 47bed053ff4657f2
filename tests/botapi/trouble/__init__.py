"""What goes wrong on purpose: refusals, broken connections, silence, and limits of speed."""
