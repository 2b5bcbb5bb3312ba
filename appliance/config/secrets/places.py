"""Where in `room.toml` a secret may stand as text: one list for whatever shows, keeps or changes a configuration."""

from typing import Final

from appliance.config.network.secrets import SECRETS as OF_NETWORK
from appliance.config.statements import Path

ANY: Final = "*"  # for any name

SECRET_PLACES: Final[frozenset[Path]] = frozenset(
    {
        *(("terminal", key) for key in ("pin", "password", "token")),
        *(("share", "clients", ANY, key) for key in ("pin", "password", "token")),
        *(("webhooks", ANY, key) for key in ("secret", "url")),  # an address to post to often is a password, too
        *(("room", "lock_pin"), ("mqtt", "password"), ("calendar", "ics"), ("fleet", "enrol", "password")),
        *OF_NETWORK,
    }
)
"""The keys that end in `_file` name files and are none; codes of readers and words of actions are told elsewhere."""


def is_secret(path: Path) -> bool:
    """Returns whether the value of this key is a secret."""
    return any(len(path) == len(place) and all(map(_fits, place, path)) for place in SECRET_PLACES)


def _fits(pattern: str, name: str) -> bool:
    return pattern in {ANY, name}
