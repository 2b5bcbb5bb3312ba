"""A configuration on trial: the one before returns unless somebody confirms, whatever happens to box and power.

1. `trial.json` has the text before, the credentials before, and the new text; it is flushed. Nothing else has changed.
2. `settle` starts the timer, writes the new text to its file, and notes that it has, and until when it is on trial.
3. **Keep** removes `trial.json`. This one step decides: from here on the new text stays.
4. **Return** renames it to `returning.json`. This one step decides, too: nobody can keep the new text any more.
   Then the credentials, then the file become what they were, and `returning.json` is removed.

`settle` runs in a unit of its own (offhook-return.service) at each start of the machine, when the timer elapses, and
when the deputy wants it. It decides by what it finds, never by who has started it: a trial of another start of the
machine, or one whose time is over, returns; any other goes on. So it can be started at any time, and twice.

A card moves secrets of its file into the box's store when it applies it, over those before. That is why a trial keeps
the store as well: else `(kept)` in the returned text would mean the new secret.
"""

import errno
from pathlib import Path
from typing import Final

import msgspec
import structlog

from appliance.deputy.machine import Moment
from appliance.deputy.place import Place
from appliance.runtime import atomic
from appliance.runtime.files import read_file

log = structlog.get_logger()

SECONDS: Final = 60.0
EARLY: Final = 1.0  # seconds: a process that was started a moment too soon need not be started again
LARGEST: Final = 8 << 20  # bytes: two texts of 256 KiB, and the store
MOST: Final = 200  # credentials; a room has ten
TRIAL, RETURNING = "trial.json", "returning.json"


class Trial(msgspec.Struct, frozen=True):
    """What is on trial. `until`: when it returns. `new`: what is still to be written; None once it has been.

    `former`: the text before. `store`: the credentials before, by the names of their files.
    """

    until: Moment
    who: str
    former: str
    new: str | None
    store: dict[str, bytes]

    def __repr__(self) -> str:
        return f"Trial(until={self.until!r}, who={self.who!r})"

    def left(self, now: Moment) -> float:
        """Returns the seconds that it has left; none where the machine was started since."""
        return max(0.0, self.until.seconds - now.seconds) if now.boot == self.until.boot else 0.0


def trial_of(place: Place) -> Trial | None:
    """Returns what is on trial. Raises `OSError`."""
    return _read(place.state / TRIAL)


def begin(place: Place, former: str, new: str, who: str) -> None:
    """Notes the trial, and nothing else: from here on the text before returns. Raises `OSError`."""
    now = place.machine.now()
    until = Moment(now.boot, now.seconds + SECONDS)
    _write(place, Trial(until, who, former, new, _stored(place)))


def keep(place: Place) -> bool:
    """Decides for the new text; returns whether one was on trial. Raises `OSError`."""
    trial = trial_of(place)
    if trial is None or trial.new is not None or trial.left(place.machine.now()) == 0:
        return False
    return atomic.remove(place.state / TRIAL)


def give_up(place: Place) -> bool:
    """Decides for the text before; returns whether another was on trial. `settle` does the rest. Raises `OSError`."""
    try:
        atomic.rename(place.state / TRIAL, RETURNING)
    except FileNotFoundError:
        return False
    return True


def settle(place: Place) -> bool:
    """Makes the file what was decided; returns whether it was written. Raises `OSError`; nothing is lost by that."""
    trial, written = trial_of(place), False
    if trial is not None and trial.left(place.machine.now()) <= EARLY:
        log.info("configuration_not_confirmed", who=trial.who)
        give_up(place)
    elif trial is not None and trial.new is not None:
        _place(place, trial, trial.new)
        written = True
    return _returned(place) or written


def _place(place: Place, trial: Trial, new: str) -> None:
    """Its time is counted from before the timer, so that it is over when the timer elapses."""
    now = place.machine.now()
    place.machine.arm(SECONDS)
    place.write(new)
    until = Moment(now.boot, now.seconds + SECONDS)
    _write(place, msgspec.structs.replace(trial, new=None, until=until))


def _returned(place: Place) -> bool:
    returning = _read(place.state / RETURNING)
    if returning is None:
        return False
    _restore_store(place, returning.store)
    place.write(returning.former)
    atomic.remove(place.state / TRIAL)  # noted while somebody gave it up
    atomic.remove(place.state / RETURNING)
    log.info("configuration_returned", who=returning.who)
    return True


def _read(path: Path) -> Trial | None:
    try:
        return msgspec.json.decode(read_file(path, LARGEST, follow=False), type=Trial)
    except FileNotFoundError:
        return None
    except ValueError as error:  # of another version, or of a disk that failed: it decides nothing
        raise OSError(errno.EIO, f"{path} cannot be read: {error}") from None


def _write(place: Place, trial: Trial) -> None:
    atomic.write(place.own_folder() / TRIAL, msgspec.json.encode(trial), 0o600)


def _stored(place: Place) -> dict[str, bytes]:
    """The credentials, where applying the file may change them."""
    if place.boot is None:
        return {}
    found = sorted(place.store.glob("offhook.*"))[:MOST]
    return {path.name: read_file(path, atomic.LARGEST, follow=False) for path in found}


def _restore_store(place: Place, store: dict[str, bytes]) -> None:
    if place.boot is None:
        return
    for path in place.store.glob("offhook.*"):
        if path.name not in store:
            atomic.remove(path)
    for name, content in store.items():
        atomic.write(place.store / name, content, 0o600)
