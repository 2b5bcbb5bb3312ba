"""Plays days in one room, and judges each evening and each night."""

import functools
from collections.abc import Callable, Mapping
from typing import Any
from unittest import mock

import msgspec
import trio
from trio.testing import MockClock

from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase
from appliance.simulator.option_types import Generation
from appliance.simulator.options import CONTACTS, DOMAIN, SimulatorOptions
from tests.e2e.campaign.play import KEYS, ON_ITS_WAY, OWNER, READER, TAKEOVER, Failure, agree
from tests.e2e.campaign.script import Step
from tests.e2e.chaos.box import Box, a_box
from tests.e2e.chaos.growth import Left, left
from tests.e2e.chaos.play import Chaos
from tests.e2e.month.days import chance_of, day_of
from tests.e2e.month.wall import DAY, HOUR, Wall
from tests.e2e.month.watched import Lines, Rounds
from tests.virtual_time import real

PIN = "FA6"
GUESTS = 50
EVENING, NIGHT, RESTART, MORNING = 21.5, 0.0, 3.5, 6.0  # hours
ROUNDS_AN_HOUR = 3000  # of appliance and terminal together, at night
LINES_A_DAY = 100
RESTARTS_EVERY = 4  # nights
LATE = 90.0  # seconds by which the time on the glass may be behind


class Judged(msgspec.Struct, frozen=True):
    """What a day has shown.

    `rounds` of the event loop an hour, at night; `lines` of the log, and their `length`; what is `left` in the evening.
    """

    rounds: float
    lines: int
    length: int
    left: Left


def play(days: int, told: Callable[[int, Judged], None] = lambda _number, _judged: None) -> Failure | list[Judged]:
    """Plays days; returns what each has shown, or what went wrong. `told` is called after each."""
    lines, rounds = Lines(), Rounds()
    lines.listen()
    clock = MockClock(autojump_threshold=real(ON_ITS_WAY))
    return trio.run(functools.partial(_play, days, lines, rounds, told), clock=clock, instruments=[rounds])


async def _play(days: int, lines: Lines, rounds: Rounds, told: Callable[[int, Judged], None]) -> Failure | list[Judged]:
    wall = Wall()
    options = SimulatorOptions(control_port=None, generation=Generation.NEW, contacts=(*CONTACTS, OWNER), pin=PIN)
    terminal = f'pin = "{PIN}"\n{TAKEOVER}\n{READER}'
    with mock.patch("appliance.run.parts.Clock", return_value=wall.local):
        async with a_box(options, terminal=terminal, keys=KEYS, wall_clock=wall.time) as box:
            await box.world.until(lambda state: state.link.phase is LinkPhase.UP)
            return await Month(box, wall, lines, rounds).days(days, told)


class Month(Chaos):
    """One room, day after day."""

    def __init__(self, box: Box, wall: Wall, lines: Lines, rounds: Rounds) -> None:
        super().__init__(box, chance_of(0))
        self._wall = wall
        self._lines = lines
        self._rounds = rounds
        self._step = Step("morning")
        self._guests: list[str] = []

    async def days(self, count: int, told: Callable[[int, Judged], None]) -> Failure | list[Judged]:
        """Plays days 1 to `count`."""
        judged = list[Judged]()
        for number in range(1, count + 1):
            try:
                judged.append(await self._day(number))
            except (AssertionError, trio.TooSlowError) as error:
                return Failure(number, self._step, f"{self._wall.local():%A %H:%M}: {str(error) or repr(error)}")
            told(number, judged[-1])
        return judged

    async def _day(self, number: int) -> Judged:
        for hour, script in day_of(number, chance_of(number)):
            await self._until(hour)
            for step in script:
                self._step = step
                await self.do(step)
        await self._until(EVENING)
        await self._end_of_the_day()
        remains = left()
        rounds = await self._night(restarts=number % RESTARTS_EVERY == 1)
        lines, length = self._lines.taken()
        assert lines <= LINES_A_DAY, f"{lines} lines in the log of a day"
        return Judged(rounds, lines, length, remains)

    async def _end_of_the_day(self) -> None:
        self._step = Step("quiet")
        self.late = 0.0
        await self.do(Step("press", ("hangup",), 60.0))  # whoever still rings
        await self.do(self._step)
        agree("what the room is about in the evening", self.world.state.phase, Phase.IDLE)
        self._clock_is_right()
        self.simulator.terminal.received.clear()
        self.counted.clear()

    def _clock_is_right(self) -> None:
        shown = self._drawn().clock
        assert shown is not None
        behind = (self._wall.local() - shown).total_seconds()
        assert 0 <= behind < LATE, f"the glass is drawn for a clock that is {behind:.0f} s behind"
        agree("the hour that the glass shows", shown.utcoffset(), self._wall.local().utcoffset())

    async def _night(self, *, restarts: bool) -> float:
        """Nothing happens, but for a restart of the box; returns how many rounds of the event loop an hour took."""
        self._step = Step("night")
        await self._until(NIGHT)
        agree("whether the glass is lit at night", self.hardware.display.awake, False)
        self.posted.clear()
        began, before = trio.current_time(), self._rounds.count
        await self._until(RESTART)
        rounds = (self._rounds.count - before) / (trio.current_time() - began) * HOUR
        assert rounds <= ROUNDS_AN_HOUR, f"{rounds:.0f} rounds of the event loop in an hour of the night"
        agree("what was sent at night", [command.method for command in self.posted], [])
        if restarts:
            await self.do(Step("box restarts"))
            await self.do(Step("same as before"))
        await self._until(MORNING)
        agree("what was sent at night", [command.method for command in self.posted], [])
        return rounds

    async def _until(self, hour: float) -> None:
        """Waits for an hour of the clock, which may be set meanwhile; returns at once where it has just been."""
        rest = self._wall.seconds_to(hour)
        if 1 < rest < DAY - 4 * HOUR:
            await trio.sleep(min(rest, HOUR / 2))
            await self._until(hour)

    async def do(self, step: Step) -> None:
        """Does a step of the campaign, of chaos, or one of its own."""
        own = VERBS.get(step.verb)
        if own is None:
            await super().do(step)
            return
        self.posted.clear()
        self.before = None
        await own(self, *step.about)
        await trio.sleep(step.wait)
        self._nothing_unasked(step)

    async def guests(self, number: int) -> None:
        """Yesterday's guests leave the address book, and today's come into it."""
        today = [f"guest{guest}.day{number}@{DOMAIN}" for guest in range(GUESTS)]
        with self.simulator.changing() as terminal:
            for guest in self._guests:
                terminal.directory.remove(guest)
            for guest in today:
                terminal.directory.add(guest, f"Guest of day {number}")
        self._guests = today

    async def update(self) -> None:
        """The terminal installs a new version, and restarts."""
        with self.simulator.changing() as terminal:
            terminal.updates.offer("8.0.0.0", mandatory=True)
            terminal.updates.start()

    async def clock_is_set(self, by: float) -> None:
        self._wall.set_by(by)


VERBS: Mapping[str, Callable[..., Any]] = {
    "guests": Month.guests,
    "update": Month.update,
    "clock is set": Month.clock_is_set,
}
