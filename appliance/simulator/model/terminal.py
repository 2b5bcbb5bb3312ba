"""The simulated terminal as a model: it builds its parts and joins them. No I/O.

Each part is built with what it uses: the context (options, clocks, `emit`), the parts below it, and callbacks where
something above it has to hear of a change. So they are built from the bottom up: settings and directory, the uplink
to the server, accounts and licence, sound and picture, messages, calls, and at last what the far side does.

Whoever runs a terminal changes it, by a client's command (`dispatch.answer`), by the far side (`far_side`,
`meeting_side`) or because time has passed (`advance` when `due` has come). It says what follows in two queues:
`outbox` holds events for sessions, `outgoing` what the room does to others.
"""

from collections import deque
from collections.abc import Callable
from typing import Any

from appliance.simulator.model.calls.calls import Calls
from appliance.simulator.model.calls.conference import Conference
from appliance.simulator.model.calls.effects import CallEffects
from appliance.simulator.model.calls.far_side import FarSide
from appliance.simulator.model.calls.joining import Joining
from appliance.simulator.model.calls.meeting_side import MeetingSide
from appliance.simulator.model.common.context import Context
from appliance.simulator.model.common.errors import Impossible
from appliance.simulator.model.common.outgoing import Outgoing
from appliance.simulator.model.common.session import Account, Session
from appliance.simulator.model.conversation.current import CurrentCall
from appliance.simulator.model.conversation.roster import Roster
from appliance.simulator.model.dialects.dialect import Dialect
from appliance.simulator.model.machine.accounts import Accounts
from appliance.simulator.model.machine.client_settings import ClientSettings
from appliance.simulator.model.machine.containers import Containers, Properties
from appliance.simulator.model.machine.files import Files
from appliance.simulator.model.machine.http_service import HttpService
from appliance.simulator.model.machine.newer_machine import NewerMachine
from appliance.simulator.model.machine.power import Power
from appliance.simulator.model.machine.settings import Settings
from appliance.simulator.model.machine.sleep import Sleep
from appliance.simulator.model.machine.tariff import Tariff
from appliance.simulator.model.machine.updates import Updates
from appliance.simulator.model.machine.uplink import Uplink
from appliance.simulator.model.media.camera import Camera
from appliance.simulator.model.media.enhancements import Enhancements
from appliance.simulator.model.media.equipment import Equipment, Use
from appliance.simulator.model.media.layout import Layout
from appliance.simulator.model.media.mutes import Mutes
from appliance.simulator.model.media.presets import Presets
from appliance.simulator.model.media.screen import Screen
from appliance.simulator.model.media.sharing import Sharing
from appliance.simulator.model.media.slides import Slides
from appliance.simulator.model.media.sound_checks import SoundChecks
from appliance.simulator.model.messaging.chats import Chats
from appliance.simulator.model.messaging.transfer import Transfer
from appliance.simulator.model.messaging.transfers import Transfers
from appliance.simulator.model.people.address_book import AddressBook
from appliance.simulator.model.people.block_list import BlockList
from appliance.simulator.model.people.directory import Directory
from appliance.simulator.model.people.groups import Groups
from appliance.simulator.model.people.history import History
from appliance.simulator.model.people.schedule import Schedule
from appliance.simulator.model.system_info import SystemInfo
from appliance.simulator.option_types import License
from appliance.simulator.options import SimulatorOptions
from appliance.terminal.messages.enums import AppState, EvictionCause, ServerState

Addressed = tuple[Session, dict[str, Any]]  # for whom, and the event

COMMANDS_KEPT = 200


class Terminal:
    """One room terminal. `now` returns monotonic seconds, `wall_clock` Unix seconds.

    Whoever changes it takes the `outbox` afterwards, and calls `advance` when `due` has come.
    """

    def __init__(self, options: SimulatorOptions, *, now: Callable[[], float], wall_clock: Callable[[], float]) -> None:
        self.options = options
        self.wall_clock = wall_clock
        self._context = Context(options, now, wall_clock, self.emit)
        self.outbox: deque[Addressed] = deque()
        self.outgoing: deque[Outgoing] = deque()  # what it does to others, for whoever carries it there
        self.received: deque[dict[str, Any]] = deque(maxlen=COMMANDS_KEPT)  # commands without their credentials
        self.dialect = Dialect(options.generation, self)
        self._current = CurrentCall()
        self._build_machine()
        self._build_people()
        self._build_media()
        self._build_messaging()
        self._build_calls()
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

    def _build_machine(self) -> None:
        options, now, emit = self.options, self._context.now, self._context.emit
        self.settings = Settings(emit)
        self.directory = Directory(options, emit)
        self.uplink = Uplink(
            self._context,
            self.settings,
            announce_state=self.announce_state,
            after_login=self._logged_in,
        )
        self.client_settings = ClientSettings(self.settings, self.uplink)
        self.files = Files(options.files, self._context.wall_clock)
        self.accounts = Accounts(options, now, self._evicted, self._licensed)
        self.tariff = Tariff(self._context, self.accounts, self.uplink, self.files)
        self.http = HttpService(now, self.emit_to_administrator)
        self.power = Power(now, end_calls=self._end_calls, restart=self.restart)
        self.updates = Updates(self._context, self.power)
        self.containers = Containers(emit)
        self.properties = Properties(options.properties, emit)
        self.sleep = Sleep(emit)
        self.newer = NewerMachine(options.com_port, options.com_ports, emit, self._report_state)

    def _build_people(self) -> None:
        emit, wall_clock = self._context.emit, self._context.wall_clock
        self.address_book = AddressBook(self.directory, self.tariff, emit)
        self.groups = Groups(self.directory, self.tariff, emit)
        self.blocked = BlockList(self.directory, emit)
        self.history = History(self.directory, wall_clock, emit)
        self.schedule = Schedule(self.options, wall_clock, emit)

    def _build_media(self) -> None:
        context, current, emit = self._context, self._current, self._context.emit
        self.mutes = Mutes(emit)
        self.equipment = Equipment(self.options, emit, self._device_changed)
        self.camera = Camera(context.now, emit, supported=lambda: self.equipment.ptz)
        self.enhancements = Enhancements(context.emit)
        self.presets = Presets(context, self.camera, self._describe_camera)
        self.settings.microphone(there=self.equipment.has("audioCapturer"))
        self.sound_checks = SoundChecks(context, self.settings, self.equipment, self.mutes, current)
        self.screen = Screen(self.options.monitors, self.settings, emit)
        self.sharing = Sharing(self.options.capture_sources, self.files, self.tariff, emit)
        self.slides = Slides(context, self.files, self.tariff, current, matrix_changed=self._matrix_changed)
        self.layout = Layout(context, self.directory, self.settings, self.uplink, self.screen, self.slides, current)
        self.system_info = SystemInfo(self.options, self.uplink, self.tariff, self.updates, self.equipment, current)

    def _build_messaging(self) -> None:
        context, current, act = self._context, self._current, self.outgoing.append
        self.chats = Chats(context, self.directory, self.blocked, self.uplink, current, act)
        self.transfers = Transfers(
            context, self.files, self.directory, self.blocked, self.uplink, self.http, current, act
        )

    def _build_calls(self) -> None:
        self.calls = Calls(
            self._context,
            self._current,
            directory=self.directory,
            history=self.history,
            settings=self.settings,
            tariff=self.tariff,
            joining=Joining(self.options.domain, self.directory, self.schedule, self._context.wall_clock),
            effects=self._effects(),
            open_conference=self._conference,
            act=self.outgoing.append,
            announce_state=self.announce_state,
        )
        self.far_side = FarSide(
            self.options.domain,
            self.calls,
            self._current,
            directory=self.directory,
            blocked=self.blocked,
            settings=self.settings,
            mutes=self.mutes,
            emit=self._context.emit,
            app_state=lambda: self.app_state,
        )
        self.meeting_side = MeetingSide(
            self.calls,
            self._current,
            directory=self.directory,
            chats=self.chats,
            transfers=self.transfers,
            emit=self._context.emit,
        )

    def _effects(self) -> CallEffects:
        return CallEffects(
            directory=self.directory,
            settings=self.settings,
            accounts=self.accounts,
            sleep=self.sleep,
            sound_checks=self.sound_checks,
            slides=self.slides,
            sharing=self.sharing,
            layout=self.layout,
        )

    def _conference(self, roster: Roster) -> Conference:
        return Conference(
            self._context,
            roster,
            directory=self.directory,
            tariff=self.tariff,
            settings=self.settings,
            equipment=self.equipment,
            mutes=self.mutes,
            camera=self.camera,
            slides=self.slides,
            act=self.outgoing.append,
            matrix_changed=self._matrix_changed,
        )

    @property
    def app_state(self) -> AppState:
        """What the terminal is doing; a call takes precedence over the connection to the server."""
        state = self._current.app_state
        return self.uplink.app_state if state is None else state

    @property
    def due(self) -> float:
        """When something happens by itself (monotonic seconds); infinity while nothing will."""
        return min(part.due for part in self._timed)

    def advance(self) -> None:
        """Does what is due."""
        for part in self._timed:
            part.advance()

    def emit(self, event: str, /, **fields: object) -> None:
        """Sends an event to every session that is authorised now; names as on the wire."""
        self._send(tuple(self.accounts.holders.values()), event, fields)

    def emit_to_administrator(self, event: str, /, **fields: object) -> None:
        """Sends an event to whoever is the administrator."""
        administrator = self.accounts.holders.get(Account.ADMINISTRATOR)
        if administrator is not None:
            self._send((administrator,), event, fields)

    def _send(self, sessions: tuple[Session, ...], event: str, fields: dict[str, Any]) -> None:
        for name, said in self.dialect.events(event, fields):
            self.outbox.extend((session, {"method": "event", "event": name, **said}) for session in sessions)

    def announce_state(self) -> None:
        """Reports what the terminal is doing, if that has changed."""
        if self.app_state is not self._announced:
            self._announced = self.app_state
            self._report_state()
        self.transfers.check_availability()

    def describe_state(self) -> dict[str, Any]:
        """Returns the fields of `appStateChanged` and of the reply to `getAppState`."""
        fields: dict[str, Any] = {
            "appState": int(self.app_state),
            "embeddedHttpPort": str(self.http.open_port),
            **self.sharing.describe(),
            "audioCaptureTest": self.sound_checks.capturing,
        }
        roster = self._current.roster
        if roster is not None and roster.group:
            fields["conferenceOwner"] = roster.owner
        requests = self.calls.requests()
        return {**fields, "requests": requests} if requests else fields

    def lose_server(self) -> None:
        """Cuts the terminal off from its server, and with it from every call."""
        if self.uplink.state is not ServerState.CONNECTED:
            raise Impossible("the terminal has no server to lose")
        self.uplink.lose()
        self.calls.cut_off()

    def restore_server(self) -> None:
        """Brings the server back, to which the terminal then connects."""
        if self.uplink.state is ServerState.CONNECTED:
            raise Impossible("the terminal has its server")
        self.uplink.restore()

    def restart(self) -> None:
        """Switches the power off: sessions, tokens, calls and mutes are gone, settings stay; nothing is reported."""
        for session in list(self.accounts.holders.values()):
            self.accounts.forget(session)
        self.accounts.clear_tokens()
        self.calls.drop_everything()
        for part in (self.mutes, self.sound_checks, self.sharing, self.http, self.updates, self.layout, self.sleep):
            part.reset()
        self.uplink.switch_off()
        self._announced = self.app_state
        self.outbox.clear()

    def describe(self) -> dict[str, Any]:
        """Returns everything that the terminal knows, for the far side; no credentials."""
        calls = self.calls
        return {
            "appState": int(self.app_state),
            "room": self.options.me,
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

    # how it speaks (terminal_face)

    @property
    def ext_status(self) -> int:
        """What the others see of it."""
        return self.newer.ext_status

    @property
    def additional_status(self) -> str:
        """The text beside that."""
        return self.newer.additional_status

    @property
    def in_a_call_between_two(self) -> bool:
        """Whether there is one other side."""
        return self._current.roster is not None and not self._current.roster.group

    @property
    def asking_for_podium(self) -> list[str]:
        """Who asks to speak, the room perhaps."""
        return self.calls.conference.podium.askers if self.calls.conference else []

    @property
    def invited_to_podium(self) -> list[str]:
        """Who is asked to speak, the room perhaps."""
        return self.calls.conference.podium.guests if self.calls.conference else []

    @property
    def camera_in_use(self) -> tuple[str, str]:
        """Name and description of the camera in use."""
        device = self.equipment.chosen["videoCapturer"]
        return device.name, device.description

    @property
    def com_ports(self) -> tuple[str, ...]:
        """Serial ports on which it could drive a camera by itself."""
        return self.newer.ports

    @property
    def hidden(self) -> list[str]:
        """Video slots that are not shown."""
        return self.layout.hidden

    @property
    def latest_transfer(self) -> str:
        """The newest file on its way, as newer terminals name it."""
        return self.transfers.latest

    def transfer(self, number: int) -> Transfer:
        """A file on its way."""
        return self.transfers.get(number)

    def party_of(self, transfer: Transfer) -> dict[str, Any]:
        """Who is at the other end; nothing for a file to everybody."""
        return self.transfers.party(transfer)

    def meetings(self) -> list[dict[str, Any]]:
        """The planned meetings as the manual's event has them."""
        return self.schedule.describe()

    # what parts are built with before the part that it needs is there

    def _logged_in(self) -> None:
        self.directory.report_after_login()
        self.tariff.report()

    def _report_state(self) -> None:
        self.emit("appStateChanged", **self.describe_state())

    def _licensed(self) -> bool:
        return self.tariff.license is not License.NONE

    def _end_calls(self, for_all: bool | None) -> None:  # noqa: FBT001  # the wire's parameter: absent, true or false
        self.calls.end_all(for_all)

    def _device_changed(self, use: Use) -> None:
        if use == "videoCapturer":
            self.camera.chosen()
        elif use == "audioCapturer":
            self.settings.microphone(there=self.equipment.has(use))

    def _describe_camera(self) -> dict[str, Any]:
        name, description = self.camera_in_use
        return {
            "videoCapturerName": name,
            "videoCapturerDescription": description,
            "comPort": self.newer.com_port,
        }

    def _matrix_changed(self) -> None:
        self.layout.changed()

    def _evicted(self, session: Session, cause: EvictionCause) -> None:
        event = {"method": "event", "event": "authorizationNeeded", "cause": int(cause)}
        self.outbox.append((session, event))
