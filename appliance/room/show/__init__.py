"""state -> what lamps and displays show."""
