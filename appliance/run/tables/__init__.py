"""Each table of `room.toml`, as the services of a room that is built."""
