"""One change at a time: of the text, or of the box as a whole by a restore.

What is on trial returns unless it is kept. A restore in between would be overwritten by that, and so would a text by a
restore that is decided and not carried out yet.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator

from appliance.card.backup.staging import READY
from appliance.deputy import trial
from appliance.deputy.place import NotNow, Place
from appliance.language.text import Text


@contextlib.contextmanager
def alone(place: Place) -> Iterator[None]:
    """Raises `NotNow` where another change is made just now, is on trial, or is decided; and `OSError`."""
    descriptor = os.open(place.own_folder() / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _waits(place):
            raise NotNow(Text("deputy.on_trial"))
        yield
    except BlockingIOError:
        raise NotNow(Text("deputy.on_trial")) from None
    finally:
        os.close(descriptor)


def _waits(place: Place) -> bool:
    """Whether a change does. A trial that is over and has not returned for whatever reason returns first."""
    if trial.is_over(place):
        trial.give_up(place)
        place.machine.settle()
        return True
    if returns := (place.state / trial.RETURNING).exists():
        place.machine.settle()  # it was not at its end
    return returns or trial.trial_of(place) is not None or (place.root / READY).exists()
