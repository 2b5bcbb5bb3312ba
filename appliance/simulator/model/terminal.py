"""The simulated terminal as a model: state and rules, no I/O. What it says collects in `outbox`."""

from collections import deque
from collections.abc import Callable
from typing import Any

from appliance.simulator.model.calls.calls import Calls
from appliance.simulator.model.calls.far_side import FarSide
from appliance.simulator.model.calls.meeting_side import MeetingSide
from appliance.simulator.model.calls.outgoing import Outgoing
from appliance.simulator.model.errors import Impossible
from appliance.simulator.model.machine.accounts import Account, Accounts, Session
from appliance.simulator.model.machine.containers import Containers, Properties
from appliance.simulator.model.machine.files import Files
from appliance.simulator.model.machine.http_service import HttpService
from appliance.simulator.model.machine.tariff import Tariff
from appliance.simulator.model.machine.updates import Power, Updates
from appliance.simulator.model.machine.uplink import Uplink
from appliance.simulator.model.media.devices import Mutes, Settings
from appliance.simulator.model.media.equipment import Equipment
from appliance.simulator.model.media.layout import Layout
from appliance.simulator.model.media.presets import Presets, Sleep
from appliance.simulator.model.media.ptz import Camera
from appliance.simulator.model.media.screen import Screen
from appliance.simulator.model.media.sharing import Sharing
from appliance.simulator.model.media.slides import Slides
from appliance.simulator.model.media.sound_checks import SoundChecks
from appliance.simulator.model.option_types import License
from appliance.simulator.model.options import SimulatorOptions
from appliance.simulator.model.people.chats import Chats
from appliance.simulator.model.people.groups import BlockList, Groups
from appliance.simulator.model.people.people import Directory, History, Schedule
from appliance.simulator.model.people.transfers import Transfers
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

    options: SimulatorOptions
    accounts: Accounts
    tariff: Tariff
    directory: Directory
    history: History
    schedule: Schedule
    mutes: Mutes
    settings: Settings
    camera: Camera
    uplink: Uplink
    calls: Calls
    far_side: FarSide
    meeting_side: MeetingSide
    groups: Groups
    blocked: BlockList
    files: Files
    transfers: Transfers
    chats: Chats
    containers: Containers
    properties: Properties
    equipment: Equipment
    screen: Screen
    layout: Layout
    sound_checks: SoundChecks
    slides: Slides
    sharing: Sharing
    http: HttpService
    updates: Updates
    power: Power
    presets: Presets
    sleep: Sleep

    def __init__(self, options: SimulatorOptions, *, now: Callable[[], float], wall_clock: Callable[[], float]) -> None:
        self.options = options
        self.now = now
        self.wall_clock = wall_clock
        self.outbox: deque[Saying] = deque()
        self.outgoing: deque[Outgoing] = deque()  # what it does to others, for whoever carries it there
        self.received: deque[dict[str, Any]] = deque(maxlen=COMMANDS_KEPT)  # commands without their credentials
        self.version = options.version
        self.accounts = Accounts(options, now, self._evicted, lambda: self.tariff.license is not License.NONE)
        self.tariff = Tariff(self)
        self.directory = Directory(options, self.emit)
        self.history = History(self.directory, wall_clock, self.emit)
        self.schedule = Schedule(options, wall_clock, self.emit)
        self.mutes = Mutes(self.emit)
        self.settings = Settings(self.emit)
        self.camera = Camera(now, self.emit, supported=options.ptz)
        self.uplink = Uplink(self)
        self._furnish()
        self.calls = Calls(self)
        self.far_side = FarSide(self)
        self.meeting_side = MeetingSide(self)
        self._timed = (
            self.accounts,
            self.uplink,
            self.calls,
            self.camera,
            self.sound_checks,
            self.transfers,
            self.http,
            self.updates,
            self.power,
        )
        self._announced = self.app_state

    def _furnish(self) -> None:
        self.groups = Groups(self)
        self.blocked = BlockList(self)
        self.files = Files(self)
        self.transfers = Transfers(self)
        self.chats = Chats(self)
        self.containers = Containers(self)
        self.properties = Properties(self)
        self.equipment = Equipment(self)
        self.screen = Screen(self)
        self.layout = Layout(self)
        self.sound_checks = SoundChecks(self)
        self.slides = Slides(self)
        self.sharing = Sharing(self)
        self.http = HttpService(self)
        self.updates = Updates(self)
        self.power = Power(self)
        self.presets = Presets(self)
        self.sleep = Sleep(self)

    @property
    def app_state(self) -> AppState:
        """What the terminal is doing; a call comes before the connection."""
        state = self.calls.app_state
        return self.uplink.app_state if state is None else state

    @property
    def due(self) -> float:
        """When something happens by itself (monotonic seconds); infinity while nothing is to come."""
        return min(part.due for part in self._timed)

    def advance(self) -> None:
        """Does what is due."""
        for part in self._timed:
            part.advance()

    def emit(self, event: str, **fields: object) -> None:
        """Says something to every authorised session; names as on the wire."""
        self.outbox.append((None, {"method": "event", "event": event, **fields}))

    def emit_to_administrator(self, event: str, **fields: object) -> None:
        """Says something to whoever is the administrator."""
        administrator = self.accounts.holders.get(Account.ADMINISTRATOR)
        if administrator is not None:
            self.outbox.append((administrator, {"method": "event", "event": event, **fields}))

    def party(self, peer_id: str) -> dict[str, str]:
        """`peerId` and `peerDn` of anybody, the room itself among them."""
        return self.uplink.me if peer_id == self.options.room_id else self.directory.party(peer_id)

    def announce_state(self) -> None:
        """Says what the terminal is doing, where that has changed."""
        if self.app_state is not self._announced:
            self._announced = self.app_state
            self.emit("appStateChanged", **self.describe_state())
        self.transfers.check_availability()

    def describe_state(self) -> dict[str, Any]:
        """The fields of `appStateChanged` and of the reply to `getAppState`."""
        fields: dict[str, Any] = {
            "appState": int(self.app_state),
            "embeddedHttpPort": str(self.http.open_port),
            **self.sharing.describe(),
            "audioCaptureTest": self.sound_checks.capturing,
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
        for part in (self.mutes, self.sound_checks, self.sharing, self.http, self.updates, self.layout):
            part.reset()
        self.sleep = Sleep(self)
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
            "participants": calls.conference.everybody() if calls.conference else [],
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
