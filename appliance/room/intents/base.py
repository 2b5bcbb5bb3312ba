"""What every intent is."""

import msgspec


class Intent(msgspec.Struct, frozen=True):
    """Base of every intent."""
