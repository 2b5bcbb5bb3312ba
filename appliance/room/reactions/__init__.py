"""(before, state, now) -> inputs, and when to look again: what follows from a change of the room, or from time."""
