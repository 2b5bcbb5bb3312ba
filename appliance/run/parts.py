"""What the services of one room share: the state in the middle, the link, and who carries out what people do.

The way of the data is a circle: what the terminal tells becomes the room's state, an input meets that state and becomes
a command, and the command goes to the terminal by the link that what it tells came from. `Parts` closes the circle in
one place, `_report`; everything else gets what it needs when it is built.

`become` is the one exception: it takes another configuration while the room runs. What holds the room together stays as
it is, above all the store, the link and the controller; what is made of the configuration alone is built anew where
that differs. Whoever is made of such a part is a service that `live.made_of` knows, and has ended by then.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import trio

from appliance.api.following.recent import Recent
from appliance.config.schema import Config
from appliance.config.toml import Mistake
from appliance.deputy.client import Deputy
from appliance.fleet.conditions import Conditions
from appliance.fleet.metrics.counts import Counts
from appliance.language.catalogue import Language
from appliance.language.codes import AUTO
from appliance.language.languages import Followed, language
from appliance.maintain.answers import Answers
from appliance.maintain.audit import Audit
from appliance.maintain.link import LinkRecord
from appliance.maintain.news import News
from appliance.maintain.trying import Trying
from appliance.panel.pair.origin import origin
from appliance.room.bindings.bindings import FAR_END, Bindings
from appliance.room.happened import Event
from appliance.room.in_use import is_quiet
from appliance.room.inputs import PresetAsked
from appliance.room.intents.base import Intent
from appliance.room.intents.camera import HomeLocalCamera, MoveLocalCamera
from appliance.room.local_events.awaited import ProgramDid
from appliance.room.parts.link import LinkPhase
from appliance.room.state import RoomState
from appliance.run.ending import end_of_service
from appliance.run.live.made_of import access_of, far_camera_of, told_by
from appliance.run.live.reactions import same
from appliance.run.reactions import reactions
from appliance.run.reported import count, noted
from appliance.run.settings import SettingsRoom, settings_of
from appliance.run.signs import lamps_of, signs_of
from appliance.services.box.hardware import Hardware
from appliance.services.box.machine import MachineDeeds
from appliance.services.box.surroundings import Address, CardMistakes, Clock
from appliance.services.cameras.far_end import FarCameraService
from appliance.services.cameras.local_cameras import LocalCameras
from appliance.services.cameras.presets import PresetService
from appliance.services.inputs.speakerphone import SpeakerphoneService
from appliance.services.link.asking import Asking
from appliance.services.link.controller import Controller
from appliance.services.link.listening import FINGERS, Listening
from appliance.services.link.terminal import TerminalService
from appliance.services.link.wire_time import Observer
from appliance.services.network.blame import NetworkBlame
from appliance.services.outputs.bars import BarService
from appliance.services.outputs.display import DisplayService, Said
from appliance.services.outputs.lamps import LampService
from appliance.services.outputs.named import Outputs
from appliance.services.outputs.tones import ToneService
from appliance.services.pages import avatars, pictures
from appliance.services.pages.access import AccessService
from appliance.services.pages.avatars import Avatars
from appliance.services.pages.pictures import CameraPictures
from appliance.services.pages.served import Served
from appliance.services.programs.outcomes import Outcomes
from appliance.services.programs.sharing import SharingService
from appliance.services.reactions import ReactionService
from appliance.services.running import Running
from appliance.services.settings.reading import Reading
from appliance.services.settings.service import SettingsService
from appliance.services.state_files import state_directory
from appliance.services.store import RoomStore
from appliance.services.update import UpdateService, runtime_directory
from appliance.terminal.link import Link
from appliance.terminal.messages import AnyEvent
from appliance.terminal.messages.enums import Privileges
from appliance.terminal.reports import Report
from drivers.gpio.pins import Factory

if TYPE_CHECKING:
    from appliance.services.programs.happenings import Happenings

_ACCOUNTS = {Privileges.ADMINISTRATOR: "admin", Privileges.USER: "user"}


class Parts:
    """The parts of one room, built and not running yet."""

    def __init__(self, config: Config, hardware: Hardware) -> None:
        """Raises `ValueError` when the file that the configuration names for the credentials cannot be read."""
        self.config = config
        self.hardware = hardware
        self.file: Path | None = None  # where the configuration is from, for whoever has no deputy to ask for it
        self.served_at = ""  # the origin of the pages, where it is not that of `[panel]`, as in the demo
        self.mistakes: Sequence[Mistake] = ()  # of a file that was to take the place of this configuration
        self.deputy = Deputy(hardware.deputy)
        self.conditions = Conditions()
        self.news = News()
        self.counts = Counts() if _is_counted(config) else None
        self.store = RoomStore(None if self.counts is None else self.counts.changed)
        self.lamps = LampService(lamps_of(config), signs_of(config), self._pins, self.store.followed)
        self.language = self._language()
        self.address = Address(config.terminal.host)
        self.card = CardMistakes()
        self.clock = Clock()
        self.audit = Audit(self.clock, lambda: self.news.tell("audit"))
        self.said = Said()
        self.trying = Trying(self.store.followed, is_quiet)
        self.page_tried = ""  # of the display: `run.trying.drawn`
        self.bars = Running[BarService]()
        self.speakerphones = Running[SpeakerphoneService]()
        self.displays = Running[DisplayService]()
        self.tones = self._tones()
        self.local_cameras = LocalCameras(config.cameras, hardware.camera, state_directory())
        self.presets = PresetService(state_directory(), asked=self._preset_asked)
        self.outputs = Outputs()
        self.answers = Answers()
        self.link_record = LinkRecord()
        self.link = Link(config.terminal, self._report, hear=self._hear, took=self.answers.took)
        served = Served(config.terminal.host, self.link)
        self.avatars = Avatars(partial(served.fetch, "avatars", within=avatars.WITHIN, largest=avatars.LARGEST))
        frames = partial(served.fetch, "frames", within=pictures.WITHIN, largest=pictures.LARGEST)
        self.pictures = CameraPictures(frames, self.link, self.store, state_directory())
        self.far_camera = FarCameraService(config.far_end.number, self.store, self.link)
        self.update = self._update()
        self.listening = Listening(FINGERS, self.counts) if config.tells_events else None
        self.recent = None if config.api is None else Recent()
        self.happenings = self._happenings()
        self.outcomes = Outcomes()
        self.access = self._access()
        self.machine = MachineDeeds(
            self.deputy,
            self.store,
            self.update,
            self.audit,
            room=lambda: self.config.room.name,
            quiet=is_quiet,
            end=end_of_service(),
        )
        self.bindings = _bindings(config)
        self.buttons = tuple(config.push_buttons())
        self.controller = Controller(
            self.store,
            self.link,
            self.bindings,
            move_local=self._move_camera,
            switch=self.outputs.switch,
            renew=self.update.want,
            show_password=self._show_password,
            invite_phone=self._invite_phone,
            intended=self._intended,
            outcome=self.outcomes.heard,
            observer=self._observer(),
        )
        self.reactions = ReactionService(
            reactions(config, self.clock), self.store, self.controller.put, self.link.request
        )
        self.asking = Asking(self.controller.put)
        self.network = NetworkBlame(self.store, config.terminal.host, self._network_changed)
        self.terminal = TerminalService(
            self.store,
            self.link,
            heard_key=self.controller.put,
            renewed=self.controller.forget,
            network=lambda: self.network.text,
        )
        self.sharing = SharingService(self.link, tell=self._program_told, did=self._program_did)
        self.settings = self._settings()

    def become(self, config: Config, hardware: Hardware) -> None:
        """Takes another configuration. What it changes has ended, and begins with what is here afterwards.

        Raises `ValueError` when the file that it names for the PIN of the lock cannot be read.
        """
        before, self.config, self.hardware = self.config, config, hardware
        self.bindings, self.buttons = _bindings(config), tuple(config.push_buttons())
        if config.room.language != before.room.language:
            self.language = self._language()
        if config.tones != before.tones:
            self.tones = self._tones()
        if config.cameras != before.cameras:
            self.local_cameras.become(config.cameras, hardware.camera)
        if far_camera_of(config) != far_camera_of(before):
            self.far_camera = FarCameraService(config.far_end.number, self.store, self.link)
        if access_of(config) != access_of(before):
            self.access = self._access()
        if told_by(config) != told_by(before):
            self._count_and_listen()
        self.controller.become(self.bindings, self._observer())
        self.outputs.keep({f"relay {name}" for name in config.relays} | {f"screen {name}" for name in config.screens})
        if (lamps_of(config), signs_of(config)) != (lamps_of(before), signs_of(before)):
            self.lamps.become(lamps_of(config), signs_of(config))
        table = reactions(config, self.clock)
        self.reactions.become(table, same(table, before, config))

    @property
    def account(self) -> str:
        """The account that we have on the terminal, or ask for: `admin` or `user`; empty where that is not known."""
        authorised = self.link.authorised
        told = "" if authorised is None or authorised.privileges is None else _ACCOUNTS.get(authorised.privileges, "")
        return told or self.config.terminal.role or ""

    def _settings(self) -> SettingsService:
        def changed() -> None:
            self.news.tell("terminal")

        def happens(event: Event) -> None:
            if self.happenings is not None:
                self.happenings.happens(event)

        room = SettingsRoom(self.store, self.asking.ask, lambda: self.config, lambda: self.account)
        reading = Reading(self.link, lambda: self.store.state, lambda: self.account, changed)
        return settings_of(room, reading, self.outcomes, self.clock, happens, self.audit, changed)

    def _update(self) -> UpdateService:
        changed = partial(self.news.tell, "health")
        runtime, state = runtime_directory(), state_directory()
        return UpdateService(self.store, is_quiet, runtime=runtime, state=state, changed=changed)

    def _count_and_listen(self) -> None:
        """Begins or ceases to count and to listen, where that is wanted by somebody for the first time, or no more."""
        config = self.config
        if _is_counted(config) != (self.counts is not None):
            self.counts = Counts() if _is_counted(config) else None
            self.store.tell_changes(None if self.counts is None else self.counts.changed)
        self.listening = Listening(FINGERS, self.counts) if config.tells_events else None
        if (config.api is None) != (self.recent is None):
            self.recent = None if config.api is None else Recent()
        self.happenings = self._happenings()

    def _access(self) -> AccessService:
        config, shows = self.config.access, self.config.display is not None
        return AccessService(
            *(state_directory(), self.store, self.clock, config, self.audit), has_display=shows, origin=self._origin
        )

    def _observer(self) -> Observer | None:
        return self.counts if self.listening is None else self.listening

    def _show_password(self) -> None:
        self.access.show_password()

    @property
    def invites(self) -> bool:
        """Whether phones can be paired at all."""
        return bool(self.served_at) or (self.config.panel is not None and self.config.panel.invites)

    def _invite_phone(self) -> None:
        self.access.inviting.toggle()

    def _origin(self) -> str:
        panel = self.config.panel
        return self.served_at or ("" if panel is None else origin(panel, self.address.text))

    def _pins(self) -> Factory:
        return self.hardware.pins()

    @property
    def shows_secret(self) -> bool:
        """Whether the display shows a new password or a code now, which only whoever stands before it may see."""
        return self.store.state.new_password is not None or self.store.state.pairing is not None

    def secrets(self) -> tuple[str, ...]:
        """Returns what the terminal has told that nobody else may know."""
        authorised = self.link.authorised
        return () if authorised is None else (authorised.token, authorised.http_token)

    def _language(self) -> Language:
        code = self.config.room.language
        return Followed(lambda: self.store.state.language) if code == AUTO else language(code)

    def _happenings(self) -> "Happenings | None":
        if self.listening is None:
            return None
        from appliance.services.programs.happenings import Happenings  # noqa: PLC0415  # who tells no program has no use for it

        always = () if self.recent is None else (self.recent.hear,)
        return Happenings(self.store, self.listening.next, self.clock, always)

    def _tones(self) -> ToneService | None:
        config = self.config.tones
        return None if config is None else ToneService(config, self.store.followed, self.hardware.tones(config))

    def _move_camera(self, intent: MoveLocalCamera | HomeLocalCamera) -> None:
        camera = self.far_camera if intent.camera == FAR_END else self.local_cameras
        camera.move(intent)

    def _preset_asked(self, number: int, there: bool) -> None:  # noqa: FBT001  # as `Presets` calls it
        self.controller.put(PresetAsked(number, there))

    def _network_changed(self) -> None:
        self.terminal.network_changed()

    def _report(self, report: Report) -> None:
        self._record(report)
        self.terminal.hear(report)
        self.settings.hear(report)
        self.sharing.report(report)

    def _record(self, report: Report) -> None:
        """Before the store hears of it: it says how the link was until now."""
        now, was_up = trio.current_time(), self.store.state.link.phase is LinkPhase.UP
        if (record := noted(self.link_record, report, now, was_up=was_up)) is not None:
            self.link_record = record
            self.news.tell("health")
        if self.counts is not None:
            count(report, self.counts, now)

    def _hear(self, event: AnyEvent, frame: str) -> None:
        self.sharing.hear(event, frame)

    def _program_told(self, told: ProgramDid) -> None:
        if self.config.display is not None and self.config.display.who:
            self.store.apply(told)

    def _program_did(self, who: str, method: str) -> None:
        self.audit.note(who, method, by="program")

    def _intended(self, intent: Intent, before: RoomState) -> None:
        if self.config.panel is not None:
            self.pictures.intended(intent)
        if self.tones is not None:
            self.tones.intended(intent, before)
        self.asking.intended(intent)


def _bindings(config: Config) -> Bindings:
    return msgspec.structs.replace(config.bindings(), lock_pin=config.room.unlocked_by())


def _is_counted(config: Config) -> bool:
    """Whether anything shows the room's figures: their own page, or the interface for programs."""
    return config.metrics is not None or config.api is not None
