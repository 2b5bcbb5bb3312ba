"""What the room orders of the terminal: the commands, the time until they are confirmed, and what is taken back."""
