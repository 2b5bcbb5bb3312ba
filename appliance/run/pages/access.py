"""Access in a room that is built: who is known at its pages."""

from appliance.access.gate import Gate
from appliance.run.parts import Parts


def gate_of(parts: Parts) -> Gate:
    """Returns what says of each request who sent it."""
    return Gate(
        lambda: parts.access.paired.digests,
        sessions=parts.access.sessions,
        tokens=parts.access.tokens,
        view_is_open=parts.config.access.view == "open",
    )
