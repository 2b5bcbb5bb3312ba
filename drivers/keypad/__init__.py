"""USB keypads and readers: the keys of evdev devices as symbols and lines."""
