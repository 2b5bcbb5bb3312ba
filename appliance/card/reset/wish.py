"""The wish to reset, from a file that anybody can put on the card to the last step; never the same wish twice.

`factory-reset*` on the boot partition is the wish. Its first step replaces it by `reset.running` with a random token in
it; only a partition on which that works is reset, else the file would do so at every start. The data partition is told
the token (`reset`), and answers with it when it is empty (`reset.done`, by the initial file system). As long as that
answer is there, a `reset.running` with this token, however it came back, is only removed.
"""

import re
import secrets
from pathlib import Path

from appliance.runtime import atomic

WISH = "factory-reset*"
ASKED = "factory-reset"
RUNNING = "reset.running"
TOLD, DONE = "data/reset", "data/reset.done"
_TOKEN = re.compile(rb"[0-9a-f]{32}")


def ask(boot: Path) -> None:
    """Puts the wish on the card, for the next start. Raises `OSError`."""
    atomic.write(boot / ASKED, b"This box is reset to a fresh card at its next start.\r\n", None)


def taken(boot: Path) -> bytes | None:
    """Takes the wish: returns its token, None where there is none. Raises `OSError` where it would stay."""
    token = _token(boot / RUNNING)
    wishes = sorted(boot.glob(WISH))
    if token is None and wishes:
        token = secrets.token_hex(16).encode()
        atomic.write(boot / RUNNING, token, None)
    for wish in wishes:
        atomic.remove(wish)
    return token


def tell(root: Path, token: bytes) -> None:
    """Tells the data partition to be empty at the next start."""
    atomic.write(root / TOLD, token, 0o600)


def was_told(root: Path, token: bytes) -> bool:
    """Whether it has been told already, and is not empty all the same."""
    return _token(root / TOLD) == token


def was_done(root: Path, token: bytes) -> bool:
    """Whether it has been emptied for this token."""
    return _token(root / DONE) == token


def close(root: Path, boot: Path) -> None:
    """Removes what is left of a wish that was carried out, or cannot be; what stops it happening again goes last."""
    atomic.remove(boot / RUNNING)
    for name in (TOLD, DONE):
        atomic.remove(root / name)


def _token(path: Path) -> bytes | None:
    content = atomic.content_of(path) or b""
    return content if _TOKEN.fullmatch(content) else None
