"""Access in a room that is built: who is known at its pages."""

from appliance.access.digests import digest
from appliance.access.gate import Gate, panel_name
from appliance.run.parts import Parts


def gate_of(parts: Parts) -> Gate:
    """Returns what says of each request who sent it."""
    return Gate(
        lambda: parts.access.paired.digests,
        sessions=parts.access.sessions,
        tokens=parts.access.tokens,
        view_is_open=parts.config.access.view == "open",
    )


def paired(parts: Parts) -> str:
    """Returns the secret of a screen that is paired now; that is a deed, and names the screen in later ones."""
    secret = parts.access.paired.add()
    parts.audit.note(panel_name(digest(secret)), "paired", by="panel", soon=True)
    return secret
