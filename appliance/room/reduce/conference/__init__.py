"""The conference that the room is in: who is there, and what they ask, write, show and move."""
