"""(action, state) -> intents: what an action means in the state that the room is in."""
