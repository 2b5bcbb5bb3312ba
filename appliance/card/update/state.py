"""What the update service knows from one run to the next, in one file that a power cut cannot halve.

The file is written after each step, before the next one begins: a step that was cut short is done again. Its part
`told` is for people; the firmware shows it. An older version that the box has come back to reads it as well, so keys
are added and never change their meaning.
"""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec
import structlog

from appliance.room.update import Said, Update
from appliance.runtime import atomic
from appliance.runtime.files import read_file

log = structlog.get_logger()

FOLDER: Final = Path("/var/lib/offhook-update")
FILE: Final = "state.json"
BUNDLE: Final = "bundle.raucb"
LARGEST: Final = 64 * 1024  # bytes; ours have a few thousand
MOST_BAD: Final = 16  # versions that are remembered not to work


class Stage(StrEnum):
    """How far the box is with a version: the last thing that is certain."""

    WANTED = "wanted"
    FETCHED = "fetched"  # the bundle is here, whole, and what was asked for
    VERIFIED = "verified"  # signed by somebody whom we trust, for this kind of box, of this version
    WRITTEN = "written"  # it is in the other slot
    COMPARED = "compared"  # and can be read from there as it was written
    FITS = "fits"  # it can use this box's configuration
    SWITCHING = "switching"  # about to make the other slot the first, or just done so
    SWITCHED = "switched"  # the other slot is the first


class Target(msgspec.Struct, frozen=True, omit_defaults=True):
    """A version on its way. `url`: of the bundle; empty: it is here already, brought by hand.

    `size`, `sha256`: what the channel file says of it; nothing where it was brought. `by_hand`: somebody has asked for
    it; `older`: even if it is older; `at_once`: even during a call.
    """

    version: str
    url: str = ""
    size: int = 0
    sha256: str = ""
    by_hand: bool = False
    older: bool = False
    at_once: bool = False


class Before(msgspec.Struct, frozen=True, omit_defaults=True):
    """How the box was when its slot was changed: what is as well afterwards is no fault of the new version's.

    `slot`: the one it ran from, and `version` what it ran; `boot`: the id of that start of the machine. `link`: whether
    the link to the terminal was up; `offline`: services whose hardware was missing.
    """

    slot: str
    version: str
    boot: str
    link: bool = False
    offline: tuple[str, ...] = ()


class State(msgspec.Struct, frozen=True, omit_defaults=True):
    """All of it. `serials`: the highest one seen of each channel. `bad`: versions that came back, and how often.

    `trials`: how often the target was started; `boot`: the id of the last such start; `why`: what was wrong then.
    `looked`: when the repository was asked last (Unix time).
    """

    format: int = 1
    serials: Mapping[str, int] = {}
    target: Target | None = None
    stage: Stage = Stage.WANTED
    before: Before | None = None
    trials: int = 0
    boot: str = ""
    why: Said | None = None
    bad: Mapping[str, int] = {}
    looked: float = 0.0
    told: Update = Update()


def changed(state: State, **fields: object) -> State:
    """Returns the state with these fields changed."""
    return msgspec.structs.replace(state, **fields)


def without_target(state: State) -> State:
    """Returns the state in which nothing is on its way; what is known stays."""
    return changed(state, target=None, stage=Stage.WANTED, before=None, trials=0, boot="", why=None)


class Kept:
    """The state in its file; `save` returns when it is on the disk. Blocks."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self.path = folder / FILE
        self.bundle = folder / BUNDLE

    def load(self) -> State:
        """Returns the state; that of a new box where there is none, or none that can be read. Raises `OSError`."""
        try:
            return msgspec.json.decode(read_file(self.path, LARGEST, follow=False), type=State)
        except FileNotFoundError:
            return State()
        except (msgspec.MsgspecError, RecursionError) as error:
            log.warning("update_state_not_read", path=str(self.path), reason=str(error))
            return State()

    def save(self, state: State) -> None:
        """Writes the state, where it differs. Everybody may read it. Raises `OSError`."""
        atomic.write(self.path, msgspec.json.format(msgspec.json.encode(state)) + b"\n", 0o644)


def remembered_bad(state: State, version: str) -> Mapping[str, int]:
    """Returns the versions that came back, with this one: it is not tried again unless somebody asks for it."""
    bad = {name: count for name, count in state.bad.items() if name != version}
    bad[version] = state.bad.get(version, 0) + 1
    return dict(list(bad.items())[-MOST_BAD:])
