"""The machine that fetches its file, and what it took last."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from appliance.card.apply import FILE, STORE
from appliance.config.content import Undecodable, read_content
from appliance.config.reading import Reading, read_parts
from appliance.provision.enrol.password import taken_out
from appliance.runtime.atomic import content_of, write
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
            return read_parts(self._without_password(), self.root / STORE)
        except Undecodable as error:
            raise PullError(f"{self.boot / FILE}: {error.mistake.message}") from None
        except (OSError, ValueError) as error:
            raise PullError(f"{self.boot / FILE}: the password of [fleet.enrol] cannot be kept: {error}") from None

    def _without_password(self) -> bytes:
        content = read_content(self.boot / FILE)
        kept = taken_out(content, self.root)
        if kept != content:
            write(self.boot / FILE, kept, None)
        return kept

    def with_pair(self, path: str) -> "Place":
        """The same, which shows servers the pair at `path` below its root."""
        pair = self.root / path
        return msgspec.structs.replace(self, way=msgspec.structs.replace(self.way, certificate=pair, key=pair))

    @property
    def memory(self) -> Path:
        """A folder in memory: the service's own, or that of all."""
        return next((path for path in (self.root / "run/offhook-fleet", self.root / "run") if path.is_dir()), self.root)

    def taken(self) -> Taken:
        """What it took last; a file that a person damaged counts as none."""
        try:
            return msgspec.json.decode(content_of(self.root / STATE) or b"{}", type=Taken)
        except (msgspec.MsgspecError, OSError):
            return Taken()

    def now(self) -> float | None:
        """Seconds since 1970, None while no time server has set the clock."""
        return datetime.now(UTC).timestamp() if (self.root / _SET).exists() else None
