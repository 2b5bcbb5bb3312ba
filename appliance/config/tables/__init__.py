"""Tables of `room.toml`, one a module: what each may say, and what in it contradicts itself."""
