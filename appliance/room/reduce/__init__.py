"""(state, event) -> state: what the room is after something happened."""
