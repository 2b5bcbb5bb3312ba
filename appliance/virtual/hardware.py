"""A room's hardware without hardware: the drivers' own fakes in one place, for whoever moves and watches them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, TypedDict, TypeVar, Unpack

import msgspec
import trio

from appliance.runtime.web.answers import Revision
from drivers.gpio.config import ButtonConfig, LampConfig
from drivers.gpio.fake import VirtualGpio
from drivers.keypad.fake import VirtualKeypad
from drivers.oled.fake import VirtualOled
from drivers.outputs.bars.config import BarConfig
from drivers.outputs.bars.fake import VirtualBar
from drivers.outputs.config import LightConfig, RelayConfig
from drivers.outputs.screens.config import ScreenConfig
from drivers.outputs.screens.fake import VirtualScreen
from drivers.presence.config import PresenceConfig
from drivers.speakerphone.fake import VirtualSpeakerphone
from drivers.tones.fake import SilentPlayer
from drivers.visca.virtual.emulator import Head
from drivers.visca.virtual.fake import VirtualSerial

D = TypeVar("D")


class Others(TypedDict, total=False):
    """What there is beside buttons and lamps, by name; of those left out, one keypad, speakerphone and serial line."""

    keypads: Sequence[str]
    speakerphones: Sequence[str]
    serials: Sequence[str]
    cameras: Sequence[str]
    relays: Mapping[str, RelayConfig] | None
    sensors: Mapping[str, PresenceConfig] | None
    lights: Mapping[str, LightConfig] | None
    bars: Mapping[str, BarConfig] | None
    screens: Mapping[str, ScreenConfig] | None


class VirtualHardware(msgspec.Struct, frozen=True, kw_only=True):
    """Every virtual device by its name in the configuration; `revision` grows with every change of any of them."""

    revision: Revision
    buttons: dict[str, ButtonConfig]
    gpio: VirtualGpio
    display: VirtualOled
    keypads: dict[str, VirtualKeypad]
    speakerphones: dict[str, VirtualSpeakerphone]
    serials: dict[str, VirtualSerial]
    cameras: dict[str, Head]
    bars: dict[str, VirtualBar]
    screens: dict[str, VirtualScreen]
    tones: SilentPlayer
    lines: ExitStack  # closes the pseudo-terminals

    def become(
        self, buttons: Mapping[str, ButtonConfig], lamps: Mapping[str, LampConfig], **others: Unpack[Others]
    ) -> None:
        """Becomes the hardware of another configuration. What both name stays as it is, in whatever state that is."""
        told, bars, screens = self.revision.changed, others.get("bars") or {}, others.get("screens") or {}
        relays, sensors, lights = others.get("relays"), others.get("sensors"), others.get("lights")
        self.gpio.become(buttons, lamps, relays=relays, sensors=sensors, lights=lights)
        self.buttons.clear()
        self.buttons.update(buttons)
        _match(self.keypads, others.get("keypads", ("keypad",)), VirtualKeypad)
        phones = others.get("speakerphones", ("speakerphone",))
        _match(self.speakerphones, phones, lambda _name: VirtualSpeakerphone(told))
        _match(self.serials, others.get("serials", ("joystick",)), lambda _name: self._line())
        _match(self.cameras, others.get("cameras", ()), lambda _name: Head(trio.current_time))
        _match(self.bars, bars, lambda name: VirtualBar(bars[name], told), *_other(self.bars, bars))
        _match(self.screens, screens, lambda name: VirtualScreen(screens[name], told), *_other(self.screens, screens))
        told()

    def _line(self) -> VirtualSerial:
        return self.lines.enter_context(VirtualSerial())

    def describe(self) -> dict[str, Any]:
        """Everything there is to see, as JSON has it."""
        return {
            "revision": self.revision.value,
            "buttons": {name: self.gpio.pressed(name) for name in self.buttons},
            "lamps": self.gpio.lamps(),
            "relays": self.gpio.relays(),
            "lights": self.gpio.lights(),
            "screens": {name: screen.on for name, screen in self.screens.items()},
            "bars": {name: bar.colours for name, bar in self.bars.items()},
            "presence": self.gpio.sensors(),
            "keypads": {name: {"plugged": keypad.plugged} for name, keypad in self.keypads.items()},
            "speakerphones": {
                name: {"plugged": phone.plugged, "lamps": phone.lamps} for name, phone in self.speakerphones.items()
            },
            "serial": {name: {"plugged": line.plugged, "path": line.path} for name, line in self.serials.items()},
            "cameras": {name: msgspec.structs.asdict(head.position()) for name, head in self.cameras.items()},
            "display": self._glass(),
        }

    def _glass(self) -> dict[str, Any]:
        config = self.display.config
        size = {"width": config.width, "height": config.height, "mode": config.mode}
        return {"panel": self.display.name, **size, "revision": self.display.revision}


@contextmanager
def virtual_hardware(
    buttons: Mapping[str, ButtonConfig], lamps: Mapping[str, LampConfig], **others: Unpack[Others]
) -> Iterator[VirtualHardware]:
    """The hardware that a configuration names, everything plugged in; pseudo-terminals are closed at the end."""
    revision = Revision()
    with ExitStack() as stack:
        hardware = VirtualHardware(
            revision=revision,
            buttons={},
            gpio=VirtualGpio({}, {}, revision.changed),
            display=VirtualOled(revision.changed),
            keypads={},
            speakerphones={},
            serials={},
            cameras={},
            bars={},
            screens={},
            tones=SilentPlayer(),
            lines=stack,
        )
        hardware.become(buttons, lamps, **others)
        yield hardware


def _match(devices: dict[str, D], wanted: Iterable[str], make: Callable[[str], D], *replaced: str) -> None:
    """Takes away devices that nobody wants, and makes those that are missing; `replaced` are made anew."""
    names = list(wanted)
    kept = {name: device for name, device in devices.items() if name in names and name not in replaced}
    devices.clear()
    devices.update((name, kept[name] if name in kept else make(name)) for name in names)


def _other(devices: Mapping[str, VirtualBar | VirtualScreen], configs: Mapping[str, object]) -> list[str]:
    """Returns those whose configuration is another."""
    return [name for name, device in devices.items() if device.config != configs.get(name)]
