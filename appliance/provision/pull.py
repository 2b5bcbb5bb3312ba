"""A box fetches its own `room.toml`, and takes it where it is signed, meant for it, new, and right as a whole.

Nothing that cannot be used changes anything: the box goes on with what it has. The file is applied from a folder in
memory, so that its secrets never stand on the card's first partition; what stands there afterwards says `(kept)`.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import msgspec
import trio

from appliance.card.apply import FILE, Outcome, apply
from appliance.config.load import ConfigError, parse
from appliance.config.reading import Reading
from appliance.config.tables.fleet import FleetConfig
from appliance.provision import identity
from appliance.provision.discovery.find import find
from appliance.provision.enrol.pair import PAIR, in_force
from appliance.provision.enrol.password import taken_out
from appliance.provision.judged import judge
from appliance.provision.place import STATE, Place, PullError, Taken, Unreached
from appliance.provision.sealed import LARGEST, Package, SealError, unseal
from appliance.runtime.atomic import make_folder, write
from appliance.runtime.fetch import Answer, Ask, FetchError, fetch

_WITHIN = 60.0  # seconds for an answer
_WITHIN_EACH = 20.0  # seconds, where several servers may have to be asked
_ALTOGETHER = 90.0  # seconds: with two enrolments less than systemd gives the service (TimeoutStartSec=)
_UNCHANGED, _NOT_FOUND, _OK = 304, 404, 200
_NOWHERE = "[fleet] has no `url`, and the network tells of no server; expected DHCP option 224, or a domain with one"


class Fetched(msgspec.Struct, frozen=True):
    """What the server `url` said."""

    url: str
    answer: Answer


async def pull(place: Place) -> Outcome | None:
    """Fetches and applies; None where nothing is new. Raises `PullError`.

    A box that never took a room, and gets none, says who it is: see `identity`.
    """
    reading, taken = await trio.to_thread.run_sync(place.reading), place.taken()
    fleet = reading.card.fleet
    if fleet is None:
        raise PullError(f"{place.boot / FILE}: expected a usable [fleet] with `signers`")
    try:
        return await _taken_from(place, fleet, taken)
    except PullError as error:
        if not taken.serial:
            await _say_who(place, reading, str(error))
        raise


async def _taken_from(place: Place, fleet: FleetConfig, taken: Taken) -> Outcome | None:
    fetched = await _fetched(place, fleet, taken)
    return None if fetched.answer.status == _UNCHANGED else await _take(place, fleet, taken, fetched)


async def _take(place: Place, fleet: FleetConfig, taken: Taken, fetched: Fetched) -> Outcome | None:
    try:
        package = await unseal(fetched.answer.body, fleet.signers, place.root / identity.KEY)
        judge(package, place.machine, taken.serial, place.now())
    except SealError as error:
        raise PullError(str(error)) from None
    if package.serial == taken.serial:  # of a server that tells no marks
        return None
    _check(package)
    outcome = await trio.to_thread.run_sync(_apply, place, package.room)
    if not outcome.mistakes:  # else it is fetched again, and comes out otherwise once the cause is mended
        _remember(place, Taken(package.serial, _mark(fetched.answer.headers), fetched.url))
    return outcome


async def _say_who(place: Place, reading: Reading, why: str) -> None:
    try:
        await identity.show(place.boot, place.root, place.machine, reading, why)
    except OSError as error:
        raise PullError(f"{why}\n{identity.ON_THE_CARD} cannot be written: {error}") from None


async def _fetched(place: Place, fleet: FleetConfig, taken: Taken) -> Fetched:
    """What the first server says that has a file for this box. Raises `Unreached` with what was wrong with each."""
    if fleet.url is not None:
        return await _from(await _known(place), fleet.url, taken, _WITHIN)
    troubles: list[str] = []
    with trio.move_on_after(_ALTOGETHER):
        for offer in await find(place.root, place.name_servers):
            try:
                return await _from(place, offer.url, taken, _WITHIN_EACH)
            except Unreached as error:
                troubles.append(f"{error} (told by {offer.by})")
    raise Unreached("\n".join(troubles) or _NOWHERE)


async def _known(place: Place) -> Place:
    """The same, showing servers who asks. Not with a pair that is over: who would do without one refuses that."""
    has, now = await in_force(place.root), place.now()
    return place.with_pair(PAIR) if has is not None and (now is None or now < has.end) else place


async def _from(place: Place, url: str, taken: Taken, within: float) -> Fetched:
    """What one server says."""
    ask = Ask(headers={"If-None-Match": taken.mark} if taken.mark and taken.url == url else {})
    try:
        answer = await fetch(
            f"{url.rstrip('/')}/{place.machine}.room", ask, within=within, way=place.way, largest=LARGEST
        )
    except FetchError as error:
        raise Unreached(str(error)) from None
    if answer.status not in {_OK, _UNCHANGED}:
        raise Unreached(_refused(url, place.machine, answer.status))
    return Fetched(url, answer)


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
    with tempfile.TemporaryDirectory(prefix="offhook-fleet-", dir=place.memory) as folder:
        staged = Path(folder)
        write(staged / FILE, taken_out(room.encode(), place.root), 0o600)
        outcome = apply(staged, place.root)
        write(place.boot / FILE, (staged / FILE).read_bytes(), None)
        identity.hide(place.boot, place.root)
        return outcome


def _remember(place: Place, taken: Taken) -> None:
    make_folder((place.root / STATE).parent, 0o755)
    write(place.root / STATE, msgspec.json.encode(taken), 0o644)
