"""Guides a person through the keys of a speakerphone and records what happens, as the driver sees it."""

import math
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final, Protocol

import trio

from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.speakerphone.profiles import Profile
from drivers.speakerphone.recording import Asked, Heard, How, Line, Lit, Outcome, Sent, Understood, in_hex
from drivers.speakerphone.requests import Request
from drivers.speakerphone.speakerphone import OpenSpeakerphone, Speakerphone
from drivers.speakerphone.steps import Step
from drivers.speakerphone.tap import Tap
from drivers.speakerphone.telephony import Lamps

PATIENCE: Final = 30.0  # seconds that a person has for one step
SETTLE: Final = 1.0  # seconds in which a device answers its lamps
QUEUED: Final = 100  # requests that may wait; more than a person can cause


class Person(Protocol):
    """The person in front of the device."""

    def say(self, text: str) -> None:
        """Shows a line."""
        ...

    async def enter(self) -> str:
        """Waits for Enter and returns what was typed; waits for ever where nothing can be typed."""
        ...


class Recorder:
    """One recording of one device; `write` gets every line as it happens. Create it inside a trio run."""

    def __init__(
        self,
        config: SpeakerphoneConfig,
        open_device: OpenSpeakerphone,
        person: Person,
        write: Callable[[Line], object],
        profiles: Sequence[Profile] = (),
    ) -> None:
        self._phone = Speakerphone(config, Tap(open_device, self._heard, self._sent).open, profiles)
        self._person = person
        self._write = write
        self._began = trio.current_time()
        self._asked, self._requests = trio.open_memory_channel[Request](QUEUED)
        self._lamps = Lamps()
        self._reports = 0

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Opens the device, and turns its lamps off in the end. Raises what `Speakerphone.run` raises."""
        async with trio.open_nursery() as nursery:
            await nursery.start(self._phone.run, self._understood)
            yield
            nursery.cancel_scope.cancel()

    async def run(self, step: Step) -> How:
        """Runs one step, from its lamps to the device's answer."""
        self._write(Asked(self._now(), step.name))
        self._light(step.before)
        with trio.move_on_after(SETTLE):  # answers to the lamps are not key presses
            await self._swallow()
        self._person.say(f"{step.ask}. (Enter: skip)")
        self._reports = 0
        how = await self._wait_for(step)
        self._write(Outcome(self._now(), step.name, how))
        if how == "understood":
            self._light(step.after)
        with trio.move_on_after(SETTLE):
            await self._swallow()
        return how

    def _heard(self, report: bytes) -> None:
        self._reports += 1
        self._write(Heard(self._now(), in_hex(report)))

    def _sent(self, report: bytes) -> None:
        self._write(Sent(self._now(), in_hex(report)))

    def _understood(self, request: Request) -> None:
        self._write(Understood(self._now(), repr(request)))
        try:
            self._asked.send_nowait(request)
        except trio.WouldBlock:
            return  # it is written down already; nobody presses that often

    async def _swallow(self) -> None:
        async for _ in self._requests:
            pass

    async def _wait_for(self, step: Step) -> How:
        hows: list[How] = []
        with trio.move_on_after(PATIENCE):
            async with trio.open_nursery() as nursery:

                async def first(wait: Callable[[], Awaitable[How]]) -> None:
                    hows.append(await wait())
                    nursery.cancel_scope.cancel()

                nursery.start_soon(first, lambda: self._expected(step))
                nursery.start_soon(first, self._skipped)
        return hows[0] if hows else self._unheard("nothing")

    async def _expected(self, step: Step) -> How:
        async for request in self._requests:
            if request in step.means:
                break
        return "understood"

    async def _skipped(self) -> How:
        await self._person.enter()
        return self._unheard("skipped")

    def _unheard(self, otherwise: How) -> How:
        return "not understood" if self._reports else otherwise

    def _light(self, lamps: Lamps) -> None:
        if lamps != self._lamps:
            self._lamps = lamps
            lit = [name for name in lamps.__struct_fields__ if getattr(lamps, name)]
            self._write(Lit(self._now(), lit))
            self._phone.set_lamps(lamps)

    def _now(self) -> float:
        return math.floor((trio.current_time() - self._began) * 1000) / 1000
