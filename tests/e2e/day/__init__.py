"""One working day of a room, minute by minute, as a text that people read."""
