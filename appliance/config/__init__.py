"""`room.toml`: what it may say, where each mistake in it is, and what contradicts itself."""
