"""A call from the first sign of it to its end, and what is held and muted in it."""
