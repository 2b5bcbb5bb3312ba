"""Names of hosts and domains in the card's own sections."""

import re

from appliance.language.text import Text, Unusable

LONGEST_NAME = 253  # characters of a host's name (RFC 1035, 2.3.4, without the length bytes)
_LABEL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")


def is_host(text: str) -> bool:
    """Whether a host could have this name; an address in digits is none."""
    labels = text.removesuffix(".").split(".")
    return len(text) <= LONGEST_NAME and all(_LABEL.fullmatch(label) for label in labels)


def domain(key: str, text: str) -> str:
    """Returns a domain as it was given. Raises `Unusable`, which names the key."""
    if not is_host(text) or re.fullmatch(r"[0-9.]+", text):
        raise Unusable(Text("mistake.domain", key=key, name=text), key=key)
    return text
