"""USB keypads: the keys of an evdev device as symbols."""
