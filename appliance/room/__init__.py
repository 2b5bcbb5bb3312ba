"""What the room is and what it does. No I/O, no trio, no clock of its own: time comes in as a number."""
