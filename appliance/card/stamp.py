"""The stamp: which file was applied last, and by which version. At boot a few lines of shell compare it."""

import hashlib
import importlib.metadata

STATE = "var/lib/offhook-card"
STAMP = f"{STATE}/stamp"


def stamp(content: bytes) -> str:
    """What `card-unchanged` expects for a file that needs not be applied again."""
    return f"{hashlib.sha256(content).hexdigest()} offhook-{importlib.metadata.version('offhook')}.dist-info\n"
