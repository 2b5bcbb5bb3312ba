"""Whether the box's own network is the reason where the terminal is not reached."""
