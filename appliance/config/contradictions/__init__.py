"""What contradicts itself in a `room.toml` although each value by itself is right."""
