"""The signature of a message, as the specification Standard Webhooks 1.0.0 says ("Verifying webhook authenticity").

What is signed is `ID.TIMESTAMP.BODY`, by HMAC-SHA256. Neither an id nor a timestamp has a full stop in it, so that no
other three parts give the same bytes. With several keys there are several signatures: who takes one of them takes it.
"""

import base64
import binascii
import hashlib
import hmac
from typing import Final

import msgspec

from appliance.language.text import Text, Unusable

PREFIX: Final = "whsec_"
SHORTEST, LONGEST = 24, 64  # bytes of a key, as the specification has it
MOST: Final = 4  # keys: the one that comes, the one that goes, and two for who is slow


class Keys(msgspec.Struct, frozen=True):
    """What messages are signed with; `repr` does not show it."""

    each: tuple[bytes, ...]

    def __repr__(self) -> str:
        return f"Keys({len(self.each)})"


def keys_in(key: str, text: str) -> Keys:
    """Returns the secrets in a file, one a line: `whsec_` and Base64; empty lines and those with # are left out.

    `key`: of the configuration. Raises `Unusable`, which says the number of the line and not what is in it.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    given = [(number, line) for number, line in lines if line and not line.startswith("#")]
    if not 1 <= len(given) <= MOST:
        raise Unusable(Text("mistake.webhook_secrets", key=key, most=MOST), key=key)
    return Keys(tuple(_key(key, number, line) for number, line in given))


def _key(key: str, number: int, line: str) -> bytes:
    try:
        found = base64.b64decode(line.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if not SHORTEST <= len(found) <= LONGEST or len(set(found)) == 1:
        raise Unusable(Text("mistake.webhook_secret", key=key, number=number), key=key)
    return found


def headers(keys: Keys, name: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Returns what says who sends a body: `name` is the event's id, `timestamp` that of this try (Unix seconds)."""
    signed = f"{name}.{timestamp}.".encode() + body
    return {
        "webhook-id": name,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(_signature(key, signed) for key in keys.each),
    }


def _signature(key: bytes, signed: bytes) -> str:
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"
