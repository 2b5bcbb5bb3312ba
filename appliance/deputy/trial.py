"""A configuration on trial: the one before returns unless somebody confirms, whatever happens to box and power.

1. `trial.copy` and `trial.json` have the text before, the credentials before, and the new text; both are flushed.
   Nothing else has changed.
2. `settle` starts the timer, writes the new text to its file, and notes that it has, and until when it is on trial.
3. **Keep** removes `trial.json`. This one step decides: from here on the new text stays.
4. **Return** renames it to `returning.json`. This one step decides, too: nobody can keep the new text any more.
   Then the credentials, then the file become what they were, and `returning.json` is removed.

`settle` runs in a unit of its own (offhook-return.service) at each start of the machine, when the timer elapses, and
when the deputy wants it. It decides by what it finds, never by who has started it: a trial of another start of the
machine, or one whose time is over, returns; any other goes on. So it can be started at any time, and twice.

A card may spoil `trial.json` or `returning.json`. What cannot be read returns, and nobody can keep it: `trial.copy` has
the same from the beginning, and is read in their place. Where that cannot be read either, the note is put aside and the
text in force stays, which the journal says; no unit fails again and again over it.

A card moves secrets of its file into the box's store when it applies it, over those before. That is why a trial keeps
the store as well: else `(kept)` in the returned text would mean the new secret.
"""

import contextlib
import errno
import shutil
from pathlib import Path
from typing import Final

import msgspec
import structlog

from appliance.deputy.machine import Moment
from appliance.deputy.place import Place
from appliance.runtime import atomic
from appliance.runtime.files import NotAFile, read_file

log = structlog.get_logger()

SECONDS: Final = 60.0
EARLY: Final = 1.0  # seconds: a process that was started a moment too soon need not be started again
LARGEST: Final = 8 << 20  # bytes: two texts of 256 KiB, and the store
MOST: Final = 200  # credentials; a room has ten
TRIAL, RETURNING, COPY = "trial.json", "returning.json", "trial.copy"
ASIDE: Final = f"{RETURNING}.unreadable"


class Unreadable(OSError):
    """A note is there and says nothing: of another version, or of a card that failed."""


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
    """Returns what is on trial. Raises `OSError`, and of its kinds `Unreadable`."""
    return _read(place.state / TRIAL)


def begin(place: Place, former: str, new: str, who: str) -> None:
    """Notes the trial, and nothing else: from here on the text before returns. Raises `OSError`."""
    now = place.machine.now()
    until = Moment(now.boot, now.seconds + SECONDS)
    trial = Trial(until, who, former, new, _stored(place))
    _write(place, trial, COPY)  # first: where there is a trial, the copy is its own
    _write(place, trial)


def is_over(place: Place) -> bool:
    """Returns whether there is a trial that can only return. Raises `OSError`."""
    try:
        trial = trial_of(place)
    except Unreadable as error:
        log.warning("trial_not_read", reason=str(error))
        return True
    return trial is not None and trial.left(place.machine.now()) <= EARLY


def keep(place: Place) -> bool:
    """Decides for the new text; returns whether one was on trial. Raises `OSError`."""
    trial = trial_of(place)
    if trial is None or trial.new is not None or trial.left(place.machine.now()) == 0:
        return False
    kept = atomic.remove(place.state / TRIAL)
    with contextlib.suppress(OSError):  # it says nothing without the other, and the next trial replaces it
        atomic.remove(place.state / COPY)
    return kept


def give_up(place: Place) -> bool:
    """Decides for the text before; returns whether another was on trial. `settle` does the rest. Raises `OSError`."""
    try:
        atomic.rename(place.state / TRIAL, RETURNING)
    except FileNotFoundError:
        return False
    return True


def settle(place: Place) -> bool:
    """Makes the file what was decided; returns whether it was written. Raises `OSError`; nothing is lost by that."""
    if is_over(place):
        log.info("configuration_not_confirmed")
        give_up(place)
    written = _written(place)
    return _returned(place) or written


def _written(place: Place) -> bool:
    trial = trial_of(place)
    if trial is None or trial.new is None:
        return False
    _place(place, trial, trial.new)
    return True


def _place(place: Place, trial: Trial, new: str) -> None:
    """Its time is counted from before the timer, so that it is over when the timer elapses."""
    now = place.machine.now()
    place.machine.arm(SECONDS)
    place.write(new)
    until = Moment(now.boot, now.seconds + SECONDS)
    _write(place, msgspec.structs.replace(trial, new=None, until=until))


def _returned(place: Place) -> bool:
    returning = _returning(place)
    if returning is not None:
        _restore_store(place, returning.store)
        place.write(returning.former)
        atomic.remove(place.state / TRIAL)  # noted while somebody gave it up
        _clear(place.state / RETURNING)
        log.info("configuration_returned", who=returning.who)
    if trial_of(place) is None:
        atomic.remove(place.state / COPY)
    return returning is not None


def _returning(place: Place) -> Trial | None:
    """Returns what is on its way back, from the copy where that has to be; puts aside what nobody can read."""
    try:
        return _read(place.state / RETURNING)
    except Unreadable as error:
        log.warning("trial_not_read", reason=str(error))
    try:
        if (copy := _read(place.state / COPY)) is not None:
            return copy
        why = f"there is no {COPY}"
    except Unreadable as error:
        why = str(error)
    log.error("configuration_cannot_return", reason=why, do=f"the text in force stays: look at {place.file}")
    _clear(place.state / ASIDE)
    atomic.rename(place.state / RETURNING, ASIDE)
    return None


def _clear(path: Path) -> None:
    """Removes a file, or whatever a failing file system has made of it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        atomic.remove(path)


def _read(path: Path) -> Trial | None:
    try:
        return msgspec.json.decode(read_file(path, LARGEST, follow=False), type=Trial)
    except FileNotFoundError:
        return None
    except (ValueError, NotAFile) as error:
        raise Unreadable(errno.EIO, f"{path} cannot be read: {error}") from None
    except OSError as error:
        if error.errno == errno.EIO:  # a bad block; what else there may be has to do with this moment
            raise Unreadable(errno.EIO, f"{path} cannot be read: {error}") from None
        raise


def _write(place: Place, trial: Trial, name: str = TRIAL) -> None:
    content = msgspec.json.encode(trial)
    if len(content) > LARGEST:
        raise OSError(
            errno.EFBIG, f"the texts and credentials are {len(content):,} bytes; expected at most {LARGEST:,}"
        )
    atomic.write(place.own_folder() / name, content, 0o600)


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
