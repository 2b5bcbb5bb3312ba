"""A calendar of the house for rooms whose terminal has no schedule: fetched, read apart, and given to the room."""
