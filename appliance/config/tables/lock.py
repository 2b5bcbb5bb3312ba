"""The PIN that unlocks the room: `lock_pin` of `[room]`, or a file with it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from appliance.config.document import Contradiction
from appliance.config.tables.speed_dial import bound_texts
from appliance.config.words import words_of
from appliance.language.text import Text, Unusable
from appliance.room.secret import NO_SECRET, Secret
from appliance.terminal.config import CREDENTIAL_STORE, CredentialsError, secret_in

_DIGITS: Final = re.compile("[0-9]{4,12}")
_KEYS: Final = ("lock_pin", "lock_pin_file")


def check_lock_pin(pin: str | None, file: str | None) -> None:
    """Refuses both at once, and what nobody can type or anybody would guess. Raises `Unusable`."""
    if pin is not None and file is not None:
        raise Unusable(Text("mistake.two_lock_pins"), key="lock_pin_file", beside="lock_pin")
    if pin is not None:
        _check(pin, "lock_pin")


def read_lock_pin(pin: str | None, file: str | None, store: Path = CREDENTIAL_STORE) -> Secret:
    """Returns the PIN, read from the file if one is named. Raises `CredentialsError` and `Unusable`."""
    if file is None:
        return Secret(pin) if pin is not None else NO_SECRET
    secret = secret_in("lock_pin_file", file, store)
    _check(secret, "lock_pin_file")
    return Secret(secret)


def lock_contradictions(document: dict[str, Any], store: Path | None) -> Iterator[Contradiction]:
    """Yields actions that lock a room which nobody could unlock, and a file that has no PIN.

    `store`: of credentials; None: not on the box, whose files nobody can look at.
    """
    room = document.get("room")
    given = room if isinstance(room, dict) else {}
    if not any(key in given for key in _KEYS):
        locks = (key for key, words in bound_texts(document) if words.split() == ["lock"])
        yield from ((key, Text("mistake.no_lock_pin")) for key in locks)
    if store is not None and "lock_pin" not in given and isinstance(file := given.get("lock_pin_file"), str):
        try:
            read_lock_pin(None, file, store)
        except (CredentialsError, Unusable) as error:
            yield ("room", "lock_pin_file"), words_of(error)


def _check(pin: str, key: str) -> None:
    if not _DIGITS.fullmatch(pin) or len(set(pin)) == 1:
        raise Unusable(Text("mistake.lock_pin"), key=key)
