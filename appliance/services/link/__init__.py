"""The link to the terminal and the room: what the terminal tells, and the way of every command to the wire."""
