"""The settings of the room's terminal: read for whoever looks at them, followed, and changed."""
