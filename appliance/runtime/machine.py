"""Which machine this is, as others may know it: in an inventory, at a broker, in the name of a file on a web server.

machine-id(5) wants /etc/machine-id itself kept on the machine, since other programs derive their own ids from it, and
every program to give others a keyed hash of it instead. This is ours, and the only one: what one place calls a box, all
places do.
"""

import hashlib
import hmac
from pathlib import Path
from typing import Final

from appliance.runtime.files import read_file

PLACE: Final = "etc/machine-id"
LENGTH: Final = 20  # digits: 80 bits, and short enough for a client id with every broker (MQTT 5, 3.1.3.1)
_APPLICATION: Final = b"offhook"
_WHOLE: Final = 32  # digits of machine-id(5); "uninitialized" stands there before the first start
_LARGEST: Final = 256  # bytes


def machine_id(root: Path = Path("/")) -> str | None:
    """Returns the id of the machine whose files are in `root`: `LENGTH` digits 0 to f; None while it has none."""
    try:
        told = read_file(root / PLACE, _LARGEST, follow=True).decode(errors="replace").strip()
    except OSError:
        return None
    if len(told) < _WHOLE:
        return None
    return hmac.new(told.encode(), _APPLICATION, hashlib.sha256).hexdigest()[:LENGTH]
