"""The settings of the room's terminal that matter to a room: which there are, and what the terminal tells of them."""
