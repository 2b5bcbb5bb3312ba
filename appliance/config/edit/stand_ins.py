"""Values in the place of secrets that were left out, so that a text can be checked by who does not know them.

The firmware is shown `(kept)` wherever the file has a secret. Some keys take no `(kept)`: a lock's PIN has digits, an
address a scheme. With values that such keys take, all else is checked as `offhook check` does, and lines stay where
they are. Whether a secret itself is right, only who writes the file can say, and does.
"""

import base64
import itertools
import json
import re
from typing import Final

from appliance.config.secret_places import SECRET_PLACES
from appliance.terminal.config import KEPT

_ADDRESS: Final = "https://stand-in.invalid/"
_OF: Final = {
    "lock_pin": "4071",
    "url": _ADDRESS,
    "ics": _ADDRESS,
    "secret": "whsec_" + base64.b64encode(bytes(range(32))).decode(),
}
_LINE: Final = re.compile(
    r"((?:^|[{,.\s])[\"']?(" + "|".join(sorted({path[-1] for path in SECRET_PLACES})) + r")[\"']?\s*=\s*)"
    rf"[\"']{re.escape(KEPT)}[\"']",
    re.MULTILINE,
)


def with_stand_ins(text: str) -> str:
    """Returns a text with a value for each secret that is `(kept)` in it; it may be no TOML."""
    numbers = itertools.count(1)
    return _LINE.sub(lambda found: found[1] + json.dumps(_OF.get(found[2]) or _other(next(numbers))), text)


def _other(number: int) -> str:
    return f"stand-in-secret-{number:08}"  # as long as the shortest that a key takes, and no two are the same
