"""What the firmware has asked for: a file that it writes, without any rights of its own.

Whoever could write it could be anybody who has taken over the firmware. So it says one of two words: to look what the
repository has, or to install that. Which repository and which version is not up to it.
"""

from pathlib import Path
from typing import Final, Literal

import msgspec
import structlog

from appliance.runtime.files import read_file

log = structlog.get_logger()

ASKED: Final = Path("/var/lib/offhook/update.asked")
LARGEST: Final = 1024  # bytes

Wish = Literal["check", "install"]


class _Asked(msgspec.Struct):
    wish: Wish


def taken(path: Path = ASKED) -> Wish | None:
    """Returns what is asked for, once: the file is gone then. None where nothing is, or nothing that can be read."""
    try:
        content = read_file(path, LARGEST, follow=False)
    except FileNotFoundError:
        return None
    except OSError as error:
        log.warning("asked_not_read", reason=str(error))
        return None
    path.unlink(missing_ok=True)
    try:
        return msgspec.json.decode(content, type=_Asked).wish
    except msgspec.MsgspecError as error:
        log.warning("asked_not_read", reason=str(error))
        return None
