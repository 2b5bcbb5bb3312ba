"""One room: the services of a configuration, joined to each other."""

import functools
from collections.abc import Generator, Iterator, Sequence

import trio

from appliance.config.schema import Config, Display
from appliance.panel.certificate import CertificateError
from appliance.room.inputs import PresetAsked
from appliance.room.local_events import Halted
from appliance.runtime.supervisor import Condition, Health, Service, Supervisor
from appliance.runtime.systemd import Notifier
from appliance.services.buttons import ButtonService
from appliance.services.cameras.controllers import CameraService
from appliance.services.cameras.far_end import FarCameraService
from appliance.services.cameras.lent import LentCameraService
from appliance.services.cameras.local import DrivenCameraService, asked
from appliance.services.cameras.presets import PresetService, state_directory
from appliance.services.cameras.requests import CameraRequestService
from appliance.services.cameras.terminal_presets import TerminalPresetService
from appliance.services.controller import Controller
from appliance.services.display import DisplayService
from appliance.services.encoders import EncoderService
from appliance.services.hardware import Hardware
from appliance.services.hold import HoldService
from appliance.services.hotplug import HotplugService
from appliance.services.keypad import KeypadService
from appliance.services.lamps import LampService
from appliance.services.reader import ReaderService
from appliance.services.speakerphone import SpeakerphoneService
from appliance.services.store import RoomStore
from appliance.services.surroundings import Address, CardMistakes, Clock
from appliance.services.terminal import TerminalService
from appliance.services.tones import ToneService
from appliance.terminal.errors import TerminalError
from drivers.errors import DeviceError
from drivers.keypad.keypad import Keypad
from drivers.speakerphone.speakerphone import Speakerphone
from drivers.tones.config import TonesConfig
from drivers.visca.camera.chain import ChainedCamera
from drivers.visca.camera.discovery import Discovery

EXPECTED = (DeviceError, TerminalError, CertificateError, OSError)


class Appliance:
    """The services of one room, joined to each other and not running yet."""

    def __init__(self, config: Config, hardware: Hardware) -> None:
        self.store = RoomStore()
        self._config = config
        self._hardware = hardware
        self._address = Address(config.terminal.host)
        self._card = CardMistakes()
        self._terminal = TerminalService(self.store, config.terminal)
        self._controller = Controller(self.store, self._terminal.link, config.bindings())
        self._terminal.heard_key = self._controller.put
        self._terminal.renewed = self._controller.forget

    def services(self) -> Iterator[Service]:
        """In the order of their start: what shows first, then what is shown, then what people touch."""
        wakes_on = set()
        for service in self._working():
            wakes_on.add(service.wakes_on)
            yield service
        subsystems = sorted(filter(None, wakes_on))
        if subsystems and self._hardware.watch is not None:
            yield Service("hotplug", HotplugService(self._hardware.watch, subsystems, self._plugged_in).run)

    def _plugged_in(self, subsystem: str) -> None:
        self._supervisor.wake(subsystem)

    def _working(self) -> Iterator[Service]:
        yield from self._shows()
        yield Service("notices", self.store.expire_notices)
        yield Service("address", self._address.run)
        yield Service("card", self._card.run)
        yield Service("link", self._terminal.run)
        yield Service("reads", self._terminal.read_again)
        yield Service("controller", self._controller.run)
        requests = CameraRequestService(self._config.far_end, self.store, self._terminal.link)
        yield Service("hold", HoldService(self.store.followed, self._controller.put).run)
        yield Service("camera requests", requests.run)
        yield from self._inputs()

    def _shows(self) -> Iterator[Service]:
        config, hardware = self._config, self._hardware
        if config.display is not None:
            yield Service("display", self._display(config.display).run, wakes_on="i2c-dev")
        if config.lamps:
            shows = config.shown_by_lamps()
            yield Service("lamps", LampService(config.lamps, shows, hardware.pins, self.store.followed).run)
        if config.tones is not None:
            yield Service("tones", self._tones(config.tones).run, wakes_on="sound")
        for name, phone_config in config.speakerphones.items():
            phone = Speakerphone(phone_config, hardware.speakerphone(name))
            service = SpeakerphoneService(name, phone, self.store, self._controller.put)
            yield Service(_called("speakerphone", name), service.run, wakes_on="hidraw")

    def _tones(self, config: TonesConfig) -> ToneService:
        tones = ToneService(config, self.store.followed, self._hardware.tones(config))
        self._controller.wanted = tones.wanted
        return tones

    def _inputs(self) -> Iterator[Service]:
        config, hardware, put = self._config, self._hardware, self._controller.put
        if config.buttons:
            buttons = {name: button.hardware() for name, button in config.buttons.items()}
            yield Service("buttons", ButtonService(buttons, hardware.pins, put).run)
        if config.encoders:
            yield Service("encoders", EncoderService(config.encoders, hardware.pins, put).run)
        for name, keypad_config in config.keypads.items():
            keypad = Keypad(keypad_config, hardware.keypad(name))
            bound = frozenset(keypad_config.bindings())
            keys = KeypadService(name, keypad, keypad_config.gestures(), bound, put)
            yield Service(_called("keypad", name), keys.run, wakes_on="input")
        for name, reader_config in config.readers.items():
            keyboard = Keypad(reader_config, hardware.keypad(name))
            yield Service(_called("reader", name), ReaderService(name, keyboard, put).run, wakes_on="input")
        if config.joysticks or config.visca or config.cameras:
            yield from self._cameras()

    def _cameras(self) -> Iterator[Service]:
        """Whom we are a camera to; all of them share the presets, and find the same cameras beside the terminal's."""
        put = self._controller.put
        kept = PresetService(state_directory(), asked=lambda number, there: put(PresetAsked(number, there)))
        yield Service("presets", kept.run)
        yield Service("terminal presets", TerminalPresetService(self.store, self._terminal.link).run)
        neighbours = yield from self._driven_cameras()
        room = self.store.followed
        for name, line in self._config.joysticks.items():
            joystick = CameraService(name, self._hardware.serial(name, line), room, put, kept.presets, neighbours)
            yield Service(_called("joystick", name), joystick.run, wakes_on="tty")
        for name, network in self._config.visca.items():
            controllers = CameraService(name, network, room, put, kept.presets, neighbours)
            yield Service(_called("visca", name), controllers.run)
            if network.discovery:
                yield Service(f"discovery {name}", Discovery(network).run)

    def _driven_cameras(self) -> Generator[Service, None, list[ChainedCamera]]:
        neighbours, cameras = [], dict[str, DrivenCameraService]()
        self._controller.beside = lambda intent: cameras[intent.camera].ask(asked(intent))
        for name, camera in self._config.cameras.items():
            kept = PresetService(state_directory(), f"presets-{camera.number}.json")
            driven = DrivenCameraService(camera, kept.presets, self._hardware.camera(name, camera))
            neighbours.append(driven.neighbour)
            cameras[name] = driven
            if name == self._config.room.camera:
                yield Service(
                    "lent camera", LentCameraService(self.store.followed, driven.ask, driven.neighbour.position).run
                )
            yield Service(f"presets {name}", kept.run)
            yield Service(_called("camera", name), driven.run, wakes_on="tty")
        if self._config.far_end.number is not None:
            far = FarCameraService(self._config.far_end.number, self.store, self._terminal.link)
            neighbours.append(far.neighbour)
            yield Service("far camera", far.run)
        return neighbours

    def _display(self, display: Display) -> DisplayService:
        return DisplayService(
            functools.partial(self._hardware.display, display),
            self.store,
            display.policy,
            name=self._config.room.name,
            address=lambda: self._address.text,
            clock=Clock(),
            remark=lambda: self._card.text,
        )

    def _service_is(self, name: str, health: Health) -> None:
        self.store.service_is(name, online=health.condition is not Condition.OFFLINE)

    async def run(
        self, more: Sequence[Service] = (), *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
    ) -> None:
        """Runs the services, and `more` beside them, until `stop()`; started when each has had its chance."""
        self.store.touch()  # a display begins awake
        services = [*self.services(), *more]
        self._supervisor = Supervisor(services, report=self._service_is, notifier=Notifier(), expected=EXPECTED)
        await self._supervisor.run(task_status=task_status)

    def stop(self) -> None:
        """Ends everything in under two seconds: lamps off, the display says so, sockets closed."""
        self.store.apply(Halted())
        self._supervisor.stop()


def _called(kind: str, name: str) -> str:
    """A service's name for people: `keypad`, or `keypad lectern` where it has a name of its own."""
    return kind if name == kind else f"{kind} {name}"
