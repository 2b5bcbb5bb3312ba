"""What the service needs of this room and this box."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec
import structlog
import trio

from appliance.fleet.mqtt.health import Known, Machine
from appliance.panel.view import View
from appliance.room.happened import iso
from appliance.room.inputs import Input
from appliance.room.intents.base import Intent
from appliance.room.state import RoomState
from appliance.runtime.files import read_file
from appliance.runtime.machine import LENGTH, PLACE, machine_id
from appliance.services.programs.happenings import Happenings
from appliance.services.store import RoomStore

if TYPE_CHECKING:
    from appliance.services.mqtt.announcing import HomeAssistant

log = structlog.get_logger()

_LARGEST: Final = 256  # bytes of the file below


class Here(NamedTuple):
    """`view` shows the room, `ask` takes an input and returns what it means; `clock`: the time of day, if known.

    `events`: what happens in the room.
    `services`: those that are offline, with reasons. `machine_now` reads what the machine says of itself.
    `folder`: where files are kept, None: nowhere. `who`: the display shows who has done what.
    `home`: what Home Assistant is told; None: nothing. `did` hears who has done which action.
    """

    store: RoomStore
    view: Callable[[RoomState], View]
    ask: Callable[[Input], tuple[Intent, ...]]
    events: Happenings
    clock: Callable[[], datetime | None]
    services: Callable[[], Mapping[str, str]]
    known: Callable[[], Known]
    machine_now: Callable[[], Awaitable[Machine]]
    folder: Path | None
    machine: str
    boot: str
    who: bool = False
    home: "HomeAssistant | None" = None
    did: Callable[[str, str], None] = lambda _who, _words: None


class Process:
    """What does not change as long as the process runs, and when it began, once the time of day is known."""

    def __init__(self, firmware: str, reason: str, clock: Callable[[], datetime | None]) -> None:
        """`reason`: of the start. The process begins when it is asked first."""
        self._known = Known(firmware=firmware, start_reason=reason)
        self._clock = clock
        self._began: float | None = None

    def __call__(self) -> Known:
        """Returns all of it."""
        now = trio.current_time()
        self._began = now if self._began is None else self._began
        time = self._clock()
        if self._known.started is None and time is not None:
            started = iso(time.timestamp() - (now - self._began))
            self._known = msgspec.structs.replace(self._known, started=started)
        return self._known


def machine_here(root: Path = Path("/")) -> str:
    """Returns the id by which others know this machine; without one it is another at each start, which `log` tells."""
    told = machine_id(root)
    if told is None:
        log.warning("no_machine_id", path=str(root / PLACE))
        return secrets.token_hex(LENGTH // 2)
    return told


def boot_id(root: Path = Path("/")) -> str:
    """Returns the id of this boot; empty where the kernel does not tell it."""
    return _text(root / "proc/sys/kernel/random/boot_id").replace("-", "")[:LENGTH]


def _text(path: Path) -> str:
    try:
        return read_file(path, _LARGEST, follow=True).decode(errors="replace").strip()
    except OSError:
        return ""
