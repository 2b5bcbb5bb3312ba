"""Messages and files between the room and others."""
