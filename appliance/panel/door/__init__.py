"""The display at the door: what people may do there, and what the configuration says of it."""
