"""Values in the place of secrets that were left out, so that a text can be checked by who does not know them.

The firmware is shown `(kept)` wherever the file has a secret. Some keys take no `(kept)`: a lock's PIN has digits, an
address a scheme. With values that such keys take, all else is checked as `offhook check` does, and lines stay where
they are. Whether a secret itself is right, only who writes the file can say, and does.
"""

import base64
import hashlib
import json
import re
from typing import Final

from appliance.config.secrets.places import SECRET_PLACES
from appliance.terminal.config import KEPT

_ADDRESS: Final = "https://stand-in.invalid/"
_OF: Final = {
    "lock_pin": "4071",
    "url": _ADDRESS,
    "ics": _ADDRESS,
    "secret": "whsec_" + base64.b64encode(bytes(range(32))).decode(),
}
_LINE: Final = re.compile(
    r"^[ \t]*\[(?P<table>[^\[\]\n]+)\]|(?P<before>(?:^|[{,.\s])[\"']?)(?P<key>"
    + "|".join(sorted({path[-1] for path in SECRET_PLACES}))
    + rf")(?P<equals>[\"']?\s*=\s*)[\"']{re.escape(KEPT)}[\"']",
    re.MULTILINE,
)


def with_stand_ins(text: str) -> str:
    """Returns a text with a value for each secret that is `(kept)` in it; it may be no TOML.

    The value depends on where the secret stands and on nothing else of the text: of two texts that are compared, a
    secret that only one has makes no other secret a different one.
    """
    table = ""

    def stand_in(found: re.Match[str]) -> str:
        nonlocal table
        if found["key"] is None:
            table = found["table"].strip()
            return found[0]
        value = _OF.get(found["key"]) or _other(f"[{table}] {_line_before(text, found.start('key'))}{found['key']}")
        return f"{found['before']}{found['key']}{found['equals']}{json.dumps(value)}"

    return _LINE.sub(stand_in, text)


def _line_before(text: str, at: int) -> str:
    """Returns what a line says before a place in it: of a dotted key, or of an inline table, where that belongs."""
    return text[:at].rpartition("\n")[2].lstrip()


def _other(place: str) -> str:
    """As long as what the keys take that need the most, and no two are the same."""
    return f"stand-in-secret-{hashlib.sha256(place.encode(errors='surrogatepass')).hexdigest()[:16]}"
