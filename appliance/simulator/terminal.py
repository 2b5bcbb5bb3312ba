"""The simulated terminal as a model: state and rules, no I/O. What it says collects in `outbox`."""

from collections import deque
from collections.abc import Callable
from typing import Any

from appliance.simulator.accounts import Accounts, Session
from appliance.simulator.calls import Calls
from appliance.simulator.devices import Mutes, Settings
from appliance.simulator.errors import Impossible
from appliance.simulator.far_side import FarSide
from appliance.simulator.options import SimulatorOptions
from appliance.simulator.people import Directory, History, Schedule
from appliance.simulator.ptz import Camera
from appliance.simulator.uplink import Uplink
from appliance.terminal.messages.enums import (
    AppState,
    EvictionCause,
    PeerStatus,
    RejectCause,
    ServerState,
)

Saying = tuple[Session | None, dict[str, Any]]  # to whom (None: every authorised session), and the event

COMMANDS_KEPT = 200


class Terminal:
    """One room terminal. `now` gives monotonic seconds, `wall_clock` Unix seconds.

    Whoever changes it takes the `outbox` afterwards, and calls `advance` when `due` has come.
    """

    def __init__(self, options: SimulatorOptions, *, now: Callable[[], float], wall_clock: Callable[[], float]) -> None:
        self.options = options
        self.now = now
        self.wall_clock = wall_clock
        self.http_port = 0
        self.outbox: deque[Saying] = deque()
        self.received: deque[dict[str, Any]] = deque(maxlen=COMMANDS_KEPT)  # commands without their credentials
        self.accounts = Accounts(options, now, self._evicted)
        self.directory = Directory(options, self.emit)
        self.history = History(self.directory, wall_clock, self.emit)
        self.schedule = Schedule(options, wall_clock, self.emit)
        self.mutes = Mutes(self.emit)
        self.settings = Settings(self.emit)
        self.camera = Camera(now, self.emit, supported=options.ptz)
        self.uplink = Uplink(self)
        self.calls = Calls(self)
        self.far_side = FarSide(self)
        self._announced = self.app_state

    @property
    def app_state(self) -> AppState:
        """What the terminal is doing; a call comes before the connection."""
        state = self.calls.app_state
        return self.uplink.app_state if state is None else state

    @property
    def due(self) -> float:
        """When something happens by itself (monotonic seconds); infinity while nothing is to come."""
        return min(self.uplink.due, self.calls.due, self.camera.due)

    def advance(self) -> None:
        """Does what is due."""
        self.uplink.advance()
        self.calls.advance()
        self.camera.advance()

    def emit(self, event: str, **fields: object) -> None:
        """Says something to every authorised session; names as on the wire."""
        self.outbox.append((None, {"method": "event", "event": event, **fields}))

    def announce_state(self) -> None:
        """Says what the terminal is doing, where that has changed."""
        if self.app_state is not self._announced:
            self._announced = self.app_state
            self.emit("appStateChanged", **self.describe_state())

    def describe_state(self) -> dict[str, Any]:
        """The fields of `appStateChanged` and of the reply to `getAppState`."""
        fields: dict[str, Any] = {
            "appState": int(self.app_state),
            "embeddedHttpPort": str(self.http_port),
            "desktopSharing": {"running": False},
            "broadcastPicture": {"running": False},
            "audioCaptureTest": False,
        }
        conference = self.calls.conference
        if conference is not None and conference.group:
            fields["conferenceOwner"] = conference.owner
        requests = self.calls.requests()
        return {**fields, "requests": requests} if requests else fields

    def refusal_of(self, peer_id: str, *, to_join: bool = False) -> RejectCause | None:
        """Why calling this peer (or asking to join their conference) fails at once; None where it rings."""
        peer = self.directory.find(peer_id)
        if peer_id.lower() == self.options.room_id.lower():
            return RejectCause.CANNOT_COMPLETE
        if peer is None:
            return RejectCause.NOT_FOUND
        if not peer.online:
            return RejectCause.NOT_AVAILABLE
        busy = peer.status is PeerStatus.BUSY or (peer.hosting is not None and not to_join)
        return RejectCause.BUSY if busy else None

    def lose_server(self) -> None:
        """The server is gone, and every call with it."""
        if self.uplink.state is not ServerState.CONNECTED:
            raise Impossible("the terminal has no server to lose")
        self.uplink.lose()
        self.calls.cut_off()

    def restore_server(self) -> None:
        """The server is there again, and the terminal connects to it."""
        if self.uplink.state is ServerState.CONNECTED:
            raise Impossible("the terminal has its server")
        self.uplink.begin_connecting()

    def restart(self) -> None:
        """The power is off: sessions, tokens, calls and mutes are gone, settings stay; nobody hears of it."""
        for session in list(self.accounts.holders.values()):
            self.accounts.forget(session)
        self.accounts.clear_tokens()
        self.calls.drop_everything()
        self.mutes.reset()
        self.uplink.switch_off()
        self._announced = self.app_state
        self.outbox.clear()

    def describe(self) -> dict[str, Any]:
        """Everything the terminal knows, for the far side; no credentials."""
        calls = self.calls
        return {
            "appState": int(self.app_state),
            "room": self.uplink.me,
            "server": self.uplink.describe(),
            "login": self.uplink.describe_login(),
            "connected": self.uplink.state is ServerState.CONNECTED,
            "peers": [self._describe_peer(peer_id) for peer_id in self.directory.peers],
            "call": calls.describe(),
            "requests": calls.requests(),
            "conference": calls.conference.describe() if calls.conference else None,
            "participants": calls.conference.participants() if calls.conference else [],
            "tones": list(calls.tones),
            "mutes": dict(self.mutes.muted),
            "volume": self.settings.values["audioPlayLevel"],
            "settings": dict(self.settings.values),
            "ptz": self.camera.describe(),
            "history": self.history.latest(History.LIMIT),
            "schedule": self.schedule.describe(),
            "accounts": sorted(self.accounts.holders),
            "commands": list(self.received),
        }

    def _describe_peer(self, peer_id: str) -> dict[str, Any]:
        peer = self.directory.peer(peer_id)
        possible = sorted(self.far_side.actions(peer))
        return {
            **self.directory.contact(peer_id),
            "inAddressBook": peer.peer_id in self.directory.book,
            "actions": possible,
        }

    def _evicted(self, session: Session, cause: EvictionCause) -> None:
        event = {"method": "event", "event": "authorizationNeeded", "cause": int(cause)}
        self.outbox.append((session, event))
