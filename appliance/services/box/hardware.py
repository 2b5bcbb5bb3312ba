"""How each kind of device is opened: on a Pi, or anywhere else that offers the same."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path

import msgspec

from appliance.config.schema import Config
from appliance.deputy.client import SOCKET
from appliance.services.box.hotplug import Watch
from appliance.services.cameras.local import opener
from drivers.gpio.factory import pin_factory
from drivers.gpio.pins import Factory
from drivers.hotplug import watch
from drivers.keypad.device import open_device as open_keypad
from drivers.keypad.keypad import OpenKeypad
from drivers.oled.config import OledConfig
from drivers.oled.oled import Oled, open_oled
from drivers.outputs.screens.screen import OpenLine as OpenScreen
from drivers.outputs.screens.screen import serial_line
from drivers.speakerphone.device import open_device as open_speakerphone
from drivers.speakerphone.profiles import Profile
from drivers.speakerphone.speakerphone import OpenSpeakerphone
from drivers.spi import OpenBus, Spi
from drivers.tones.config import TonesConfig
from drivers.tones.player import Aplay, Player
from drivers.visca.config import CameraConfig, SerialConfig
from drivers.visca.controller.driven import OpenLine


class Hardware(msgspec.Struct, frozen=True):
    """The openers; all that there may be several of are asked for by their name in the configuration."""

    pins: Callable[[], Factory] = pin_factory
    display: Callable[[OledConfig], AbstractAsyncContextManager[Oled]] = open_oled
    keypad: Callable[[str], OpenKeypad] = lambda _name: open_keypad
    speakerphone: Callable[[str], OpenSpeakerphone] = lambda _name: open_speakerphone
    serial: Callable[[str, SerialConfig], SerialConfig] = lambda _name, config: config
    tones: Callable[[TonesConfig], Player] = Aplay
    camera: Callable[[str, CameraConfig], OpenLine] = lambda _name, config: opener(config)
    bar: Callable[[str], OpenBus] = lambda _name: Spi
    screen: Callable[[str], OpenScreen] = lambda _name: serial_line
    watch: Watch | None = None  # what is plugged in
    profiles: tuple[Profile, ...] = ()  # of speakerphones, added by the user
    deputy: Path = SOCKET  # of whoever is root here


def renewed(hardware: Hardware, config: Config, profiles: tuple[Profile, ...], before: Config) -> Hardware:
    """Returns the openers of another configuration of the same box; `before`: that of `hardware`.

    Whoever goes on keeps the device that it has; therefore those that have one stay known as long as all of their kind
    want the same as before.
    """
    new = hardware_of(config, profiles)
    if config.wanted_keyboards() == before.wanted_keyboards():
        new = msgspec.structs.replace(new, keypad=hardware.keypad)
    if config.wanted_phones() == before.wanted_phones():
        new = msgspec.structs.replace(new, speakerphone=hardware.speakerphone)
    return new


def hardware_of(config: Config, profiles: tuple[Profile, ...] = ()) -> Hardware:
    """Returns the openers of a Pi, which give no two entries of the configuration the same device."""
    keyboards, phones = config.keyboards(), config.phones()
    pins = partial(pin_factory, config.gpio.chip, config.gpio.backend)
    return Hardware(
        pins=pins,
        display=partial(open_oled, pins=pins),
        keypad=lambda name: partial(open_keypad, claim=keyboards.claim(name)),
        speakerphone=lambda name: partial(open_speakerphone, claim=phones.claim(name)),
        watch=watch,
        profiles=profiles,
    )
