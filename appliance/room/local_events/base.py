"""What every local event is."""

import msgspec


class LocalEvent(msgspec.Struct, frozen=True):
    """Base of every local event."""
