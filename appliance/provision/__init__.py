"""One inventory of all rooms becomes the `room.toml` of each: made, checked, signed, and fetched by its box."""
