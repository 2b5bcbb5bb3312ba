"""A box fetches its own `room.toml`, and takes it where it is signed, meant for it, new, and right as a whole.

Nothing that cannot be used changes anything: the box goes on with what it has. The file is applied from a folder in
memory, so that its secrets never stand on the card's first partition; what stands there afterwards says `(kept)`.
"""

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import trio

from appliance.card.apply import FILE, STORE, Outcome, apply
from appliance.config.content import Undecodable, read_content
from appliance.config.fleet import FleetConfig
from appliance.config.load import ConfigError, parse
from appliance.config.reading import read_parts
from appliance.provision.judged import judge
from appliance.provision.sealed import LARGEST, Package, SealError, unseal
from appliance.runtime.atomic import content_of, make_folder, write
from appliance.runtime.fetch import Answer, Ask, FetchError, Way, fetch
from appliance.runtime.machine import PLACE, machine_id

STATE = "var/lib/offhook-card/fleet.json"
IDENTITY = "etc/credstore/offhook-fleet.age"
_SET = "run/systemd/timesync/synchronized"  # see systemd-timesyncd.service(8)
_WITHIN = 60.0  # seconds for an answer
_UNCHANGED, _NOT_FOUND, _OK = 304, 404, 200


class PullError(Exception):
    """Why nothing was taken; the box goes on with what it has."""


class Unreached(PullError):
    """No server said anything usable; later it may."""


class Taken(msgspec.Struct, frozen=True):
    """What a box took last: the serial number and the server's mark for its file (ETag); none before the first."""

    serial: int = 0
    mark: str = ""


class Place(msgspec.Struct, frozen=True):
    """A machine: where its first partition and its root are, and how servers are reached from it."""

    boot: Path
    root: Path
    way: Way = Way()

    @property
    def machine(self) -> str:
        """The id by which the inventory knows the machine. Raises `PullError`."""
        known = machine_id(self.root)
        if known is None:
            raise PullError(f"{self.root / PLACE} has no id; expected 32 digits, see systemd-machine-id-setup(1)")
        return known

    def fleet(self) -> FleetConfig:
        """`[fleet]` of its room.toml. Raises `PullError`."""
        try:
            reading = read_parts(read_content(self.boot / FILE), self.root / STORE)
        except Undecodable as error:
            raise PullError(f"{self.boot / FILE}: {error.mistake.message}") from None
        if reading.card.fleet is None:
            raise PullError(f"{self.boot / FILE}: expected a usable [fleet] with `signers`")
        return reading.card.fleet

    def taken(self) -> Taken:
        """What it took last; a file that a person damaged counts as none."""
        try:
            return msgspec.json.decode(content_of(self.root / STATE) or b"{}", type=Taken)
        except (msgspec.MsgspecError, OSError):
            return Taken()

    def now(self) -> float | None:
        """Seconds since 1970, None while no time server has set the clock."""
        return datetime.now(UTC).timestamp() if (self.root / _SET).exists() else None


async def pull(place: Place) -> Outcome | None:
    """Fetches and applies; None where nothing is new. Raises `PullError`."""
    fleet, taken = place.fleet(), place.taken()
    answer = await _fetched(place, fleet, taken)
    if answer.status == _UNCHANGED:
        return None
    try:
        package = await unseal(answer.body, fleet.signers, place.root / IDENTITY)
        judge(package, place.machine, taken.serial, place.now())
    except SealError as error:
        raise PullError(str(error)) from None
    _check(package)
    outcome = await trio.to_thread.run_sync(_apply, place, package.room)
    if not outcome.mistakes:  # else it is fetched again, and comes out otherwise once the cause is mended
        _remember(place, Taken(package.serial, _mark(answer.headers)))
    return outcome


async def _fetched(place: Place, fleet: FleetConfig, taken: Taken) -> Answer:
    if fleet.url is None:
        raise Unreached("[fleet] has no `url`")
    url = f"{fleet.url.rstrip('/')}/{place.machine}.room"
    try:
        answer = await fetch(url, _ask(taken), within=_WITHIN, way=place.way, largest=LARGEST)
    except FetchError as error:
        raise Unreached(str(error)) from None
    if answer.status not in {_OK, _UNCHANGED}:
        raise Unreached(_refused(fleet.url, place.machine, answer.status))
    return answer


def _ask(taken: Taken) -> Ask:
    return Ask(headers={"If-None-Match": taken.mark} if taken.mark else {})


def _mark(headers: Mapping[str, str]) -> str:
    return headers.get("etag", "")


def _refused(url: str, machine: str, status: int) -> str:
    if status == _NOT_FOUND:
        return f"{url} has nothing for the machine {machine}; expected a room with it in the inventory"
    return f"{url}: status {status}; expected the file of the machine {machine}"


def _check(package: Package) -> None:
    """The whole file, or nothing of it: it was made for this box by a program, not typed on it."""
    try:
        config = parse(package.room, Path(FILE), None)
    except ConfigError as error:
        raise PullError(f"serial {package.serial} is not for this version of the firmware:\n{error}") from None
    if config.fleet is None:
        raise PullError(f"serial {package.serial} has no [fleet]: this box would never ask again; expected one")


def _apply(place: Place, room: str) -> Outcome:
    """Applies from memory, and leaves on the card what is left of the file once its secrets are stored."""
    with tempfile.TemporaryDirectory(prefix="offhook-fleet-", dir=_memory(place.root)) as folder:
        staged = Path(folder)
        write(staged / FILE, room.encode(), 0o600)
        outcome = apply(staged, place.root)
        write(place.boot / FILE, (staged / FILE).read_bytes(), None)
        return outcome


def _memory(root: Path) -> Path:
    """A folder in memory: the service's own, or that of all."""
    return next((folder for folder in (root / "run/offhook-fleet", root / "run") if folder.is_dir()), root)


def _remember(place: Place, taken: Taken) -> None:
    make_folder((place.root / STATE).parent, 0o755)
    write(place.root / STATE, msgspec.json.encode(taken), 0o644)
