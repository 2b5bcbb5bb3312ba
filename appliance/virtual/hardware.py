"""A room's hardware without hardware: the drivers' own fakes in one place, for whoever moves and watches them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

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


class VirtualHardware(msgspec.Struct, frozen=True, kw_only=True):
    """Every virtual device by its name in the configuration; `revision` grows with every change of any of them."""

    revision: Revision
    buttons: Mapping[str, ButtonConfig]
    gpio: VirtualGpio
    display: VirtualOled
    keypads: dict[str, VirtualKeypad]
    speakerphones: dict[str, VirtualSpeakerphone]
    serials: dict[str, VirtualSerial]
    cameras: dict[str, Head]
    bars: Mapping[str, VirtualBar]
    screens: Mapping[str, VirtualScreen]
    tones: SilentPlayer

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
    buttons: Mapping[str, ButtonConfig],
    lamps: Mapping[str, LampConfig],
    *,
    keypads: Sequence[str] = ("keypad",),
    speakerphones: Sequence[str] = ("speakerphone",),
    serials: Sequence[str] = ("joystick",),
    cameras: Sequence[str] = (),
    relays: Mapping[str, RelayConfig] | None = None,
    sensors: Mapping[str, PresenceConfig] | None = None,
    lights: Mapping[str, LightConfig] | None = None,
    bars: Mapping[str, BarConfig] | None = None,
    screens: Mapping[str, ScreenConfig] | None = None,
) -> Iterator[VirtualHardware]:
    """The hardware that a configuration names, everything plugged in; pseudo-terminals are closed at the end."""
    revision = Revision()
    with ExitStack() as stack:
        yield VirtualHardware(
            revision=revision,
            buttons=buttons,
            gpio=VirtualGpio(buttons, lamps, revision.changed, relays=relays, sensors=sensors, lights=lights),
            display=VirtualOled(revision.changed),
            keypads={name: VirtualKeypad(name) for name in keypads},
            speakerphones={name: VirtualSpeakerphone(revision.changed) for name in speakerphones},
            serials={name: stack.enter_context(VirtualSerial()) for name in serials},
            cameras={name: Head(trio.current_time) for name in cameras},
            bars={name: VirtualBar(config, revision.changed) for name, config in (bars or {}).items()},
            screens={name: VirtualScreen(config, revision.changed) for name, config in (screens or {}).items()},
            tones=SilentPlayer(),
        )
