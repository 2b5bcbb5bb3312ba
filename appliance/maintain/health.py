"""How each service does, for whoever maintains the box: since when, what went wrong last, and what to do about it."""

from collections.abc import Mapping
from typing import Final, Protocol

import msgspec

from appliance.language.text import NOTHING, Text
from appliance.room.show.devices import device
from appliance.runtime.supervisor import Condition, Health


class Known(Protocol):
    """What is known of a service; times are monotonic seconds."""

    @property
    def health(self) -> Health:
        """How it does."""

    @property
    def since(self) -> float:
        """Since when."""

    @property
    def failures(self) -> int:
        """How often it went offline."""

    @property
    def error(self) -> str:
        """The last error; empty where there was none."""

    @property
    def failed_at(self) -> float | None:
        """When that was."""


class Row(msgspec.Struct, frozen=True):
    """A service. `since` and `failed_at`: monotonic seconds; `error`: the last one, of a driver or the system."""

    name: str
    called: Text
    condition: Condition
    since: float
    error: str
    failed_at: float | None
    do: Text
    failures: int


_PINS: Final = Text("maintain.do_pins")
_LINES: Final = Text("maintain.do_line")
_USB: Final = Text("maintain.do_usb")
_SERVER: Final = Text("maintain.do_server")
_PORT: Final = Text("maintain.do_port")
_FILES: Final = Text("maintain.do_files")

_TO_DO: Final[Mapping[str, Text]] = {
    "display": Text("maintain.do_display"),
    **dict.fromkeys(("lamp", "lamps", "light", "button", "encoder", "presence", "relay"), _PINS),
    "bar": Text("maintain.do_spi"),
    "screen": _LINES,
    **dict.fromkeys(("speakerphone", "keypad", "reader"), _USB),
    "tones": Text("maintain.do_sound"),
    **dict.fromkeys(("joystick", "camera"), _LINES),
    **dict.fromkeys(("visca", "discovery"), Text("maintain.do_network")),
    **dict.fromkeys(("mqtt", "calendar"), _SERVER),
    **dict.fromkeys(("metrics", "panel", "kiosk", "network"), _PORT),
    **dict.fromkeys(("presets", "terminal", "bookings", "audit", "update", "sharing"), _FILES),
}
"""What to do, by the first word of a service's name."""


def rows(known: Mapping[str, Known]) -> tuple[Row, ...]:
    """Returns all services: first those that do not work, then the others, each in the order of their start."""
    every = [_row(name, each) for name, each in known.items()]
    return tuple(sorted(every, key=lambda row: row.condition is not Condition.OFFLINE))


def _row(name: str, known: Known) -> Row:
    offline = known.health.condition is Condition.OFFLINE
    do = _TO_DO.get(name.partition(" ")[0], Text("maintain.do_other")) if offline else NOTHING
    return Row(
        name=name,
        called=device(name),
        condition=known.health.condition,
        since=known.since,
        error=known.error,
        failed_at=known.failed_at,
        do=do,
        failures=known.failures,
    )
