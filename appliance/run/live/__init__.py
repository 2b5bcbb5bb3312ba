"""A configuration that changes while the room runs: what of the room it concerns, and how that takes its place."""
