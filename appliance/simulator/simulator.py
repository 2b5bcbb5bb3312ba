"""A running simulated terminal in the hands of tests, the demo and the control interface."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import trio
from starlette.types import ASGIApp

from appliance.panel.web.answers import Revision
from appliance.simulator.accounts import Account
from appliance.simulator.connection import Connection
from appliance.simulator.dispatch import answer
from appliance.simulator.faults import GARBAGE, HUGE, Faults
from appliance.simulator.options import SimulatorOptions
from appliance.simulator.ports import Ports
from appliance.simulator.terminal import Terminal
from appliance.terminal.messages.enums import ConferenceType, EvictionCause, RejectCause


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
        self._connections: set[Connection] = set()
        self._timers = trio.lowlevel.ParkingLot()
        self._restart = trio.Event()

    # the far side

    def peer(self, peer_id: str) -> "PeerHandle":
        """What one peer does."""
        return PeerHandle(self, peer_id)

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
            with trio.move_on_at(self.terminal.due):
                await self._timers.park()
            if self.terminal.due <= trio.current_time():
                with self.changing() as terminal:
                    terminal.advance()

    async def restarted(self) -> None:
        """Returns when a restart is asked for."""
        await self._restart.wait()

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
        while self.terminal.outbox:
            session, event = self.terminal.outbox.popleft()
            for connection in self._connections:
                if connection.session is session or (session is None and connection.session.account is not None):
                    connection.send(event)
        self.revision.changed()
        self._timers.unpark_all()


class PeerHandle:
    """One peer's verbs; each happens at once."""

    def __init__(self, simulator: Simulator, peer_id: str) -> None:
        self._simulator = simulator
        self._peer_id = peer_id

    def call(self, kind: ConferenceType | int = ConferenceType.POINT_TO_POINT, title: str = "") -> None:
        """Calls the room, asks it into a group conference (`kind` 1 to 3), or asks to join the room's own."""
        with self._simulator.changing() as terminal:
            terminal.far_side.call(self._peer_id, ConferenceType(kind), title)

    def answer(self) -> None:
        """Takes the room's call, comes into its conference, or lets it into theirs."""
        with self._simulator.changing() as terminal:
            terminal.far_side.answer(self._peer_id)

    def reject(self, cause: RejectCause | int = RejectCause.REJECTED) -> None:
        """Declines the room's call, for any cause."""
        with self._simulator.changing() as terminal:
            terminal.far_side.reject(self._peer_id, RejectCause(cause))

    def busy(self) -> None:
        """Declines as busy; while nobody calls, is busy from now on."""
        with self._simulator.changing() as terminal:
            terminal.far_side.busy(self._peer_id)

    def leave(self) -> None:
        """Leaves the conversation, stops calling, or ends their own conference."""
        with self._simulator.changing() as terminal:
            terminal.far_side.leave(self._peer_id)

    def offline(self) -> None:
        """Disappears from the server."""
        with self._simulator.changing() as terminal:
            terminal.far_side.offline(self._peer_id)

    def online(self) -> None:
        """Comes back to the server, or is free again."""
        with self._simulator.changing() as terminal:
            terminal.far_side.online(self._peer_id)

    def host(self, kind: ConferenceType | int = ConferenceType.SYMMETRIC, title: str = "") -> None:
        """Opens a group conference of their own, which the room may ask to join."""
        with self._simulator.changing() as terminal:
            terminal.far_side.host(self._peer_id, ConferenceType(kind), title)
