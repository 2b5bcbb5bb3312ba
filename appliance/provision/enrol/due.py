"""Does what is due of a box's enrolment: nothing, the first certificate, or the next one."""

import tempfile
from pathlib import Path

import msgspec
import trio

from appliance.config.schema import Config
from appliance.config.tables.enrol import EnrolConfig
from appliance.provision.enrol import est, pair
from appliance.provision.enrol.pair import Pair, PairError, Whose, day
from appliance.provision.enrol.password import password
from appliance.provision.enrol.request import new_key, request, request_again
from appliance.provision.place import Place
from appliance.provision.programs import ProgramError
from appliance.runtime.atomic import remove
from appliance.runtime.fetch import Way


class EnrolError(Exception):
    """There is no new certificate; the box goes on with what it has. The message says why."""


async def enrol(place: Place) -> str | None:
    """What was done, in words; None where nothing was due, or nothing is to be. Raises `EnrolError`, `PullError`.

    Before a box has its room it asks only where `[fleet.enrol]` has a `name`: the one without it comes with the room.
    """
    reading = await trio.to_thread.run_sync(place.reading)
    config = reading.card.fleet.enrol if reading.card.fleet else None
    if config is None or not (name := _name(config, reading.config, place.machine)):
        return None
    whose = Whose(name, "/".join((config.url.rstrip("/"), config.label)))
    try:
        has = await pair.in_force(place.root)
        if has is not None and has.whose == whose and not _is_due(has, place):
            return None
        return await _Enrolment(place, config, whose, has).run()
    except (est.EstError, PairError, ProgramError, OSError) as error:
        raise EnrolError(f"{config.url}: {error}") from None


def _name(config: EnrolConfig, room: Config | None, machine: str) -> str:
    if config.name or room is None:
        return config.name or ""
    return f"{room.mqtt.site}/{room.mqtt.room}" if room.mqtt else machine


def _is_due(has: Pair, place: Place) -> bool:
    now = place.now()
    return now is not None and now >= has.renewed_from(place.machine)


class _Enrolment:
    def __init__(self, place: Place, config: EnrolConfig, whose: Whose, has: Pair | None) -> None:
        self._place, self._config, self._whose, self._has = place, config, whose, has

    async def run(self) -> str:
        root = self._place.root
        key = await self._key()
        with tempfile.TemporaryDirectory(prefix="offhook-fleet-", dir=self._place.memory) as folder:
            answer = await (self._again(key, Path(folder)) if self._renews else self._first(key, Path(folder)))
            content = await pair.joined(self._whose, key, answer, self._place.now())
            await self._try(content, Path(folder))
        await trio.to_thread.run_sync(pair.put, root, content)
        await trio.to_thread.run_sync(remove, root / pair.NEXT_KEY)
        return await self._said()

    @property
    def _renews(self) -> bool:
        """Whether the pair in force can ask for the next one itself: it is for the same name, and not over."""
        now = self._place.now()
        return self._has is not None and self._has.whose == self._whose and (now is None or now < self._has.end)

    async def _key(self) -> bytes:
        """The key that waits for its certificate, or a new one."""
        waits = pair.next_key(self._place.root)
        if waits is None:
            waits = await new_key()
            await trio.to_thread.run_sync(pair.keep_next_key, self._place.root, waits)
        return waits

    async def _first(self, key: bytes, memory: Path) -> bytes:
        said = password(self._config.password, self._place.root)
        if self._config.password is not None and said is None:
            raise EnrolError("the password is (kept), and this box has none; expected it in room.toml once more")
        user = None if said is None else (self._config.user, said)
        asks = await request(key, self._whose.name, memory)
        return await est.asked(self._config, "simpleenroll", asks, user, self._way(None))

    async def _again(self, key: bytes, memory: Path) -> bytes:
        own = self._place.root / pair.PAIR
        asks = await request_again(key, own, memory)
        return await est.asked(self._config, "simplereenroll", asks, None, self._way(own))

    async def _try(self, content: bytes, memory: Path) -> None:
        new = memory / "box.pem"
        new.touch(0o600)
        new.write_bytes(content)
        await est.tried(self._config, self._way(new))

    def _way(self, own: Path | None) -> Way:
        return msgspec.structs.replace(self._place.way, certificate=own, key=own)

    async def _said(self) -> str:
        has = await pair.in_force(self._place.root)
        if has is None:
            raise EnrolError("the new pair cannot be read back; expected what was just written")
        due = has.renewed_from(self._place.machine)
        return f"certificate for {has.whose.name} until {day(has.end)}, renewed from {day(due)}"
