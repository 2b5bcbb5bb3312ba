"""The machine that fetches its file, and what it took last."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from appliance.card.apply import FILE, STORE
from appliance.config.content import Undecodable, read_content
from appliance.config.reading import Reading, read_parts
from appliance.runtime.atomic import content_of
from appliance.runtime.fetch import Way
from appliance.runtime.machine import PLACE, machine_id

STATE = "var/lib/offhook-card/fleet.json"
_SET = "run/systemd/timesync/synchronized"  # see systemd-timesyncd.service(8)


class PullError(Exception):
    """Why nothing was taken; the box goes on with what it has."""


class Unreached(PullError):
    """No server said anything usable; later it may."""


class Taken(msgspec.Struct, frozen=True):
    """What a box took last: the serial number, and the mark (ETag) of its file on the server `url`.

    None of it before the first.
    """

    serial: int = 0
    mark: str = ""
    url: str = ""


class Place(msgspec.Struct, frozen=True):
    """A machine: where its first partition and its root are, and how servers are reached from it.

    `name_servers`: addresses and ports in place of those in its resolv.conf.
    """

    boot: Path
    root: Path
    way: Way = Way()
    name_servers: tuple[tuple[str, int], ...] | None = None

    @property
    def machine(self) -> str:
        """The id by which the inventory knows the machine. Raises `PullError`."""
        known = machine_id(self.root)
        if known is None:
            raise PullError(f"{self.root / PLACE} has no id; expected 32 digits, see systemd-machine-id-setup(1)")
        return known

    def reading(self) -> Reading:
        """Its room.toml. Raises `PullError`."""
        try:
            return read_parts(read_content(self.boot / FILE), self.root / STORE)
        except Undecodable as error:
            raise PullError(f"{self.boot / FILE}: {error.mistake.message}") from None

    def taken(self) -> Taken:
        """What it took last; a file that a person damaged counts as none."""
        try:
            return msgspec.json.decode(content_of(self.root / STATE) or b"{}", type=Taken)
        except (msgspec.MsgspecError, OSError):
            return Taken()

    def now(self) -> float | None:
        """Seconds since 1970, None while no time server has set the clock."""
        return datetime.now(UTC).timestamp() if (self.root / _SET).exists() else None
