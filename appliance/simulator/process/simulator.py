"""A running simulated terminal: the model, its connections and its timers.

Whatever changes the model does so within `changing()`: a client's frame, the far side, a fault, a timer. On leaving,
what the model says is passed on: events to the connections they are for, acts to other rooms, a restart or shutdown to
whoever runs the listeners. The timer task sleeps until the model's `due`; it is woken only if that has become earlier.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import trio

from appliance.runtime.web.answers import Revision
from appliance.simulator.model.common.outgoing import Outgoing
from appliance.simulator.model.common.session import Account
from appliance.simulator.model.dispatch import answer
from appliance.simulator.model.people.directory import HostedConference
from appliance.simulator.model.terminal import Terminal
from appliance.simulator.options import SimulatorOptions
from appliance.simulator.process.peer_handle import PeerHandle
from appliance.simulator.wire.connection import Connection
from appliance.simulator.wire.faults import GARBAGE, HUGE, Faults
from appliance.simulator.wire.ports import Ports
from appliance.terminal.messages.enums import EvictionCause, PeerStatus


class Simulator:
    """The terminal, its connections, and everything that can be done to it. `terminal` is the model.

    What the far side cannot do now raises `Impossible`; a peer who does not exist raises `UnknownPeer`.
    """

    def __init__(self, options: SimulatorOptions, ports: Ports, wall_clock: Callable[[], float]) -> None:
        self.ports = ports
        self.terminal = Terminal(options, now=trio.current_time, wall_clock=wall_clock)
        self.terminal.http.values["port"] = ports.http
        self.revision = Revision()  # grows with every change
        self.faults = Faults(trio.current_time)
        self.carry: Callable[[Outgoing], None] = _nowhere  # what the room does to other rooms
        self.show: Callable[[], None] = lambda: None  # shows other rooms what this one does; called at every change
        self._connections: set[Connection] = set()
        self._timers = trio.lowlevel.ParkingLot()
        self._wakes_at = math.inf  # when the timer wakes by itself, monotonic seconds
        self._restart = trio.Event()
        self._outages = {"restart": options.restart_time, "shutdown": options.shutdown_time}
        self._off_for = options.restart_time

    # the far side

    def peer(self, peer_id: str) -> PeerHandle:
        """Returns a handle that acts for one peer."""
        return PeerHandle(self.changing, peer_id)

    def see(self, peer_id: str, status: PeerStatus, hosting: HostedConference | None) -> None:
        """Sees what another room does, and the conference that it owns; costs little where that concerns nobody."""
        peer = self.terminal.directory.find(peer_id)
        if peer is None or (peer.status is status and peer.hosting == hosting):
            return
        self.terminal.far_side.appear(peer, status, hosting)
        if self.terminal.outbox or status is PeerStatus.OFFLINE:  # that may end a call
            self._flush()
        else:
            self.revision.changed()

    def mute_room(self, device: str = "mic", *, mute: bool = True) -> None:
        """Mutes or unmutes the room's `mic` or `video`, as the owner of the conference does."""
        with self.changing() as terminal:
            terminal.far_side.mute_room(device, mute=mute)

    def press_hook_off(self) -> None:
        """Presses the call key of the terminal's own speakerphone."""
        self._say("hookOffPressed")

    def press_hang_up(self) -> None:
        """Presses the hang-up key of the terminal's own speakerphone."""
        self._say("hangUpPressed")

    def lose_server(self) -> None:
        """Takes the terminal's server away."""
        with self.changing() as terminal:
            terminal.lose_server()

    def restore_server(self) -> None:
        """Brings the terminal's server back."""
        with self.changing() as terminal:
            terminal.restore_server()

    # what goes wrong

    def drop(self) -> None:
        """Drops every connection, without a close frame."""
        for connection in list(self._connections):
            connection.drop()

    def stall(self, seconds: float) -> None:
        """Makes every connection hang for `seconds`, new ones too."""
        self.faults.stall(seconds)

    def garbage(self) -> None:
        """Sends garbage of many kinds to every authorised session."""
        for frame in GARBAGE:
            self.send_raw(frame)

    def huge(self) -> None:
        """Sends a frame of 16 MiB to every authorised session."""
        self.send_raw('{"method":"event","event":"huge","value":"' + "x" * HUGE + '"}')

    def restart(self) -> None:
        """Restarts the terminal: clients are cut off, tokens become invalid, the ports refuse for a while."""
        with self.changing() as terminal:
            terminal.restart()
        self._off_for = self._outages["restart"]
        self._restart.set()

    def take_over(self, account: Account | str) -> None:
        """Lets another controller authorise for `admin` or `user`."""
        with self.changing() as terminal:
            terminal.accounts.take_over(Account(account))

    def evict(self, account: Account | str, cause: EvictionCause | int) -> None:
        """Evicts whoever controls the terminal as `admin` or `user`, for any cause."""
        with self.changing() as terminal:
            terminal.accounts.evict(Account(account), EvictionCause(cause))

    def send_raw(self, frame: str | bytes) -> None:
        """Sends a frame as it is to every authorised session."""
        for connection in self._connections:
            if connection.session.account is not None:
                connection.send_raw(frame)

    # to follow it

    def state(self) -> dict[str, Any]:
        """Returns everything that the terminal knows, as `GET /state` does."""
        return {"revision": self.revision.value, **self.terminal.describe()}

    async def until(self, condition: Callable[[Terminal], bool], *, within: float = 60.0) -> None:
        """Returns as soon as the condition holds; raises `trio.TooSlowError` if it does not `within` seconds."""
        with trio.fail_after(within):
            while not condition(self.terminal):
                await self.revision.newer_than(self.revision.value)

    # for whoever runs it

    @contextmanager
    def changing(self) -> Iterator[Terminal]:
        """Lets the terminal be changed within; afterwards passes on what it says and sets the timer anew."""
        try:
            yield self.terminal
        finally:
            self._flush()

    async def serve(self, stream: trio.abc.Stream) -> None:
        """Serves one client, from its connection to its end."""
        connection = Connection(self.faults)
        self._connections.add(connection)
        try:
            await connection.serve(stream, self._heard)
        finally:
            self._connections.discard(connection)
            with self.changing() as terminal:
                terminal.accounts.forget(connection.session)

    async def run_timers(self) -> None:
        """Advances the terminal whenever something is due; runs until cancelled."""
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
        """How long the terminal stays off after the restart or shutdown that was asked for, in seconds."""
        return self._off_for

    def boot(self) -> None:
        """Starts the terminal again after a restart; it connects to its server."""
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
                if connection.session is session:
                    connection.send(event)
        self.revision.changed()
        if self.terminal.due < self._wakes_at:  # otherwise it is looked at when the timer wakes
            self._timers.unpark_all()
        self.show()
        while self.terminal.outgoing:
            act = self.terminal.outgoing.popleft()
            self.carry(act)


def _nowhere(_act: Outgoing) -> None:
    """Drops what the room does to others: there are no other rooms."""
