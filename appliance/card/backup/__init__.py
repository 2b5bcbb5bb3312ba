"""One file with everything that belongs to the room, encrypted, and the way back: to this box or to another."""
