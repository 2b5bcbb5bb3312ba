"""Secrets in a `room.toml`: where they may stand, which of them everybody can read, and a room shown without them."""
