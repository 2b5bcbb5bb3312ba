"""state -> what lamps show and what the room says in words."""
