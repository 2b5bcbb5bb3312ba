"""A running simulated terminal in the hands of tests, the demo and the control interface."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import trio
from starlette.types import ASGIApp

from appliance.runtime.web.answers import Revision
from appliance.simulator.model.dispatch import answer
from appliance.simulator.model.machine.accounts import Account
from appliance.simulator.model.options import SimulatorOptions
from appliance.simulator.model.terminal import Terminal
from appliance.simulator.process.exchange import Exchange
from appliance.simulator.process.peer_handle import PeerHandle
from appliance.simulator.wire.connection import Connection
from appliance.simulator.wire.faults import GARBAGE, HUGE, Faults
from appliance.simulator.wire.ports import Ports
from appliance.terminal.messages.enums import EvictionCause


class Simulator:
    """The terminal, its connections, and everything the world can do to it. `terminal` is the model.

    What the far side cannot do now raises `Impossible`; somebody who does not exist, `UnknownPeer`.
    """

    def __init__(self, options: SimulatorOptions, ports: Ports, wall_clock: Callable[[], float]) -> None:
        self.ports = ports
        self.terminal = Terminal(options, now=trio.current_time, wall_clock=wall_clock)
        self.terminal.http.values["port"] = ports.http
        self.revision = Revision()  # grows with everything that happens
        self.faults = Faults(trio.current_time)
        self.control_app: ASGIApp
        self.exchange: Exchange | None = None  # to other rooms
        self._connections: set[Connection] = set()
        self._timers = trio.lowlevel.ParkingLot()
        self._wakes_at = math.inf  # when the timers look next
        self._restart = trio.Event()
        self._outages = {"restart": options.restart_time, "shutdown": options.shutdown_time}
        self._off_for = options.restart_time

    # the far side

    def peer(self, peer_id: str) -> PeerHandle:
        """What one peer does."""
        return PeerHandle(self.changing, peer_id)

    def mute_room(self, device: str = "mic", *, mute: bool = True) -> None:
        """The owner of the conference mutes or unmutes the room's `mic` or `video`."""
        with self.changing() as terminal:
            terminal.far_side.mute_room(device, mute=mute)

    def press_hook_off(self) -> None:
        """The call key of the terminal's own speakerphone."""
        self._say("hookOffPressed")

    def press_hang_up(self) -> None:
        """The hang-up key of the terminal's own speakerphone."""
        self._say("hangUpPressed")

    def lose_server(self) -> None:
        """The terminal's server is gone."""
        with self.changing() as terminal:
            terminal.lose_server()

    def restore_server(self) -> None:
        """The terminal's server is there again."""
        with self.changing() as terminal:
            terminal.restore_server()

    # what goes wrong

    def drop(self) -> None:
        """Every connection disappears, without a close frame."""
        for connection in list(self._connections):
            connection.drop()

    def stall(self, seconds: float) -> None:
        """Every connection hangs for so long, and new ones do."""
        self.faults.stall(seconds)

    def garbage(self) -> None:
        """Every authorised session receives nonsense of many kinds."""
        for frame in GARBAGE:
            self.send_raw(frame)

    def huge(self) -> None:
        """Every authorised session receives a frame of 16 MiB."""
        self.send_raw('{"method":"event","event":"huge","value":"' + "x" * HUGE + '"}')

    def restart(self) -> None:
        """The terminal restarts: everything disconnects, tokens die, the ports refuse for a while."""
        with self.changing() as terminal:
            terminal.restart()
        self._off_for = self._outages["restart"]
        self._restart.set()

    def take_over(self, account: Account | str) -> None:
        """Another controller authorises for `admin` or `user`."""
        with self.changing() as terminal:
            terminal.accounts.take_over(Account(account))

    def evict(self, account: Account | str, cause: EvictionCause | int) -> None:
        """Whoever controls the terminal as `admin` or `user` loses it, for any cause."""
        with self.changing() as terminal:
            terminal.accounts.evict(Account(account), EvictionCause(cause))

    def send_raw(self, frame: str | bytes) -> None:
        """Sends a frame as it is to every authorised session."""
        for connection in self._connections:
            if connection.session.account is not None:
                connection.send_raw(frame)

    # following it

    def state(self) -> dict[str, Any]:
        """Everything the terminal knows, as `GET /state` gives it."""
        return {"revision": self.revision.value, **self.terminal.describe()}

    async def until(self, condition: Callable[[Terminal], bool], *, within: float = 60.0) -> None:
        """Returns as soon as the condition holds; raises `trio.TooSlowError` where it does not `within` seconds."""
        with trio.fail_after(within):
            while not condition(self.terminal):
                await self.revision.newer_than(self.revision.value)

    # what the server needs

    @contextmanager
    def changing(self) -> Iterator[Terminal]:
        """Change the terminal within; what it says then goes out, and its next time-out is looked at anew."""
        try:
            yield self.terminal
        finally:
            self._flush()

    async def serve(self, stream: trio.abc.Stream) -> None:
        """One client, from connecting to gone."""
        connection = Connection(self.faults)
        self._connections.add(connection)
        try:
            await connection.serve(stream, self._heard)
        finally:
            self._connections.discard(connection)
            with self.changing() as terminal:
                terminal.accounts.forget(connection.session)

    async def run_timers(self) -> None:
        """Lets happen what happens by itself, when it is due."""
        while True:
            self._wakes_at = self.terminal.due
            with trio.move_on_at(self._wakes_at):
                await self._timers.park()
            if self.terminal.due <= trio.current_time():
                with self.changing() as terminal:
                    terminal.advance()

    async def restarted(self) -> None:
        """Returns when a restart is asked for."""
        await self._restart.wait()

    @property
    def off_for(self) -> float:
        """How long it stays off after a restart that was asked for, in seconds."""
        return self._off_for

    def boot(self) -> None:
        """The terminal is up again after a restart, and connects to its server."""
        self._restart = trio.Event()
        with self.changing() as terminal:
            terminal.uplink.begin_connecting()

    def _heard(self, connection: Connection, frame: str | bytes) -> None:
        with self.changing() as terminal:
            connection.reply(answer(terminal, connection.session, frame))

    def _say(self, event: str) -> None:
        with self.changing() as terminal:
            terminal.emit(event)

    def _flush(self) -> None:
        outage, self.terminal.power.outage = self.terminal.power.outage, None
        if outage is not None:
            self._off_for = self._outages[outage]
            self._restart.set()
        while self.terminal.outbox:
            session, event = self.terminal.outbox.popleft()
            for connection in self._connections:
                if connection.session is session or (session is None and connection.session.account is not None):
                    connection.send(event)
        self.revision.changed()
        if self.terminal.due < self._wakes_at:  # what comes later is looked at when that time has come
            self._timers.unpark_all()
        while self.terminal.outgoing:
            act = self.terminal.outgoing.popleft()
            if self.exchange is not None:
                self.exchange.deliver(self, act)
