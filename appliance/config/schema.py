"""The room's configuration: what `room.toml` may say."""

import unicodedata
from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from appliance.api.config import ApiConfig
from appliance.calendar.config import CalendarConfig
from appliance.config.log import Log
from appliance.config.machine import Ssh, Time
from appliance.config.network.network import Network
from appliance.config.share import ShareConfig
from appliance.config.tables.access import NO_ACCESS, AccessConfig
from appliance.config.tables.automations import Automations, Peer, Percent
from appliance.config.tables.chords import ChordConfig
from appliance.config.tables.far_end import FarEnd
from appliance.config.tables.fleet import FleetConfig
from appliance.config.tables.gestures import Confirm, check, hold_times
from appliance.config.tables.keypads import Keypad
from appliance.config.tables.lock import check_lock_pin, read_lock_pin
from appliance.config.tables.metrics import MetricsConfig
from appliance.config.tables.panel import Panel, PanelButton
from appliance.config.tables.signs import Bar, Lamp, Light, PatternConfig
from appliance.config.update import UpdateConfig
from appliance.display.burnin import DisplayPolicy
from appliance.fleet.mqtt.config import MqttConfig
from appliance.hooks.config import HookConfig
from appliance.kiosk.config import KioskConfig
from appliance.language.codes import Choice
from appliance.language.text import Text, Unusable
from appliance.room import actions
from appliance.room.bindings.bindings import (
    TERMINAL,
    Binding,
    Bindings,
    Chord,
    Codes,
    Knob,
    bind,
    bind_codes,
    bind_knob,
    chord_name,
    key_name,
    panel_name,
)
from appliance.room.bindings.said import Holds, Said
from appliance.room.secret import Secret
from appliance.room.show.indicators import Indicator
from appliance.terminal.config import TerminalConfig
from drivers.claims import Claims
from drivers.errors import about
from drivers.gpio.config import ButtonConfig, EncoderConfig, GpioConfig, Pin
from drivers.keypad.config import WedgeConfig
from drivers.keypad.reader.lines import LONGEST, can_be_read
from drivers.oled.config import OledConfig
from drivers.outputs.config import RelayConfig
from drivers.outputs.patterns import BUILT_IN, Pattern
from drivers.outputs.screens.config import ScreenConfig
from drivers.presence.config import PresenceConfig
from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.tones.config import TonesConfig
from drivers.visca.config import CameraConfig, NetworkConfig, SerialConfig

_NOT_SHOWN = {"Cc", "Cs", "Cn", "Zl", "Zp"}  # control, half a character, none at all, ends of lines


class Button(ButtonConfig, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[buttons.NAME]`: a push button, and what it does when it is pressed and (after `hold` seconds) held.

    Each action may be one, several in a row, or a table by the state of the room; `held` also one by hold times.
    `double`: what it does when it is pressed twice. `release`: what it does when it goes up. `confirm`: what it does
    when it is pressed is done only after a second press, or when it is kept down.
    `camera`: which one it moves, `terminal`, `far_end` or one of `[cameras]`; left out: the room's.
    """

    press: Said
    held: Holds | None = None
    double: Said | None = None
    release: Said | None = None
    confirm: Confirm | None = None
    camera: str | None = None

    def __post_init__(self) -> None:
        """Refuses words that are no action, seconds after which nothing would happen, and what can never be."""
        check(self.press, self.held, self.hold, self.double, self.release, self.confirm)

    def __repr__(self) -> str:
        return actions.repr_of(self)

    def binding(self, camera: str = TERMINAL) -> Binding:
        """What it does; `camera`: which one the room's buttons move. Raises `ValueError` where that is no action."""
        camera = self.camera or camera
        camera = "" if camera == TERMINAL else camera
        return bind(self.press, self.held, camera, double=self.double, release=self.release, confirm=self.confirm)

    def hardware(self) -> ButtonConfig:
        """What the driver needs to know; of several hold times the first."""
        hold = next(iter(self.hold_times()), None)
        fields = {name: getattr(self, name) for name in ButtonConfig.__struct_fields__}
        return ButtonConfig(**fields | {"hold": hold})

    def hold_times(self) -> tuple[float, ...]:
        """The seconds after which it counts as held."""
        return hold_times(self.held, self.hold, self.confirm)


class Encoder(EncoderConfig, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[encoders.NAME]`: a rotary encoder, and what each detent does; a volume knob unless said otherwise.

    `press_pin`: the pin of its push contact, which is a button of the encoder's name with the keys that follow.
    """

    clockwise: Said = "volume up"
    counterclockwise: Said = "volume down"
    press_pin: Pin | None = None
    press: Said | None = None
    held: Holds | None = None
    hold: Annotated[float, msgspec.Meta(ge=0.1, le=30)] | None = None
    double: Said | None = None
    release: Said | None = None
    confirm: Confirm | None = None

    def __post_init__(self) -> None:
        """Refuses words that are no action, and half of a push contact."""
        self._check_press()
        with about("clockwise"):
            bind_knob(self.clockwise, "none")
        with about("counterclockwise"):
            bind_knob("none", self.counterclockwise)

    def __repr__(self) -> str:
        return actions.repr_of(self)

    def _check_press(self) -> None:
        gestures = (self.press, self.held, self.hold, self.double, self.release, self.confirm)
        if self.press is not None:
            check(self.press, *gestures[1:])
        if (self.press_pin, *gestures) != (None,) * 7 and None in (self.press_pin, self.press):
            beside, key = ("press", "press_pin") if self.press is None else ("press_pin", "press")
            raise Unusable(Text("mistake.half_a_press"), key=key, beside=beside)

    def button(self) -> Button | None:
        """Returns the button that its push contact is; None where it has none."""
        if self.press_pin is None or self.press is None:
            return None
        return Button(
            pin=self.press_pin,
            press=self.press,
            held=self.held,
            hold=self.hold,
            double=self.double,
            release=self.release,
            confirm=self.confirm,
        )

    def knob(self) -> Knob:
        """What it does. Raises `ValueError` where that is no action."""
        return bind_knob(self.clockwise, self.counterclockwise)


class Reader(WedgeConfig, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[readers.NAME]`: a reader that types; `codes` says what each does, `other` what all others do.

    In `other`, {code} stands for what was read.
    """

    codes: Mapping[str, str] = msgspec.field(default_factory=dict)
    other: str = "none"

    def __post_init__(self) -> None:
        """Refuses words that are no action, and codes that can never be read."""
        WedgeConfig.__post_init__(self)
        with about("other"):
            bind_codes({}, self.other)
        with about("codes"):
            bind_codes(self.codes, "none")
        for number, code in enumerate(self.codes, 1):
            if not can_be_read(code, self.alt_codes):
                wrong = Text("mistake.unreadable_code", number=str(number), most=str(LONGEST))
                raise Unusable(wrong, key="codes", beside="alt_codes")

    def __repr__(self) -> str:
        return actions.repr_of(self)

    def binding(self) -> Codes:
        """What it does. Raises `ValueError` where that is no action."""
        return bind_codes(self.codes, self.other)


class Relay(RelayConfig, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[relays.NAME]`: a relay, which actions switch (`relay NAME on`), or which follows what a lamp would show."""

    shows: Indicator | None = None

    def hardware(self) -> RelayConfig:
        """What the driver needs to know."""
        return RelayConfig(**{name: getattr(self, name) for name in RelayConfig.__struct_fields__})


class Display(OledConfig, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[display]`: the OLED, and `[display.policy]`: how it spares its glass.

    `who`: it shows for a few seconds which program has muted, called, answered or hung up.
    """

    who: bool = False
    policy: DisplayPolicy = DisplayPolicy()


class Room(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[room]`: its name, the language that display and pages speak, and its habits.

    `meeting_soon`: minutes before a meeting from which it is soon; 0: it never is. `lock_pin`: what unlocks the room
    after the action `lock`, 4 to 12 digits; `lock_pin_file`: the file that has it.
    """

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    language: Choice = "en"
    contact: Annotated[str, msgspec.Meta(max_length=256)] = ""
    hang_up_for_all: bool = False
    volume_step: Annotated[float, msgspec.Meta(ge=0.01, le=1)] = 0.05
    camera: str = TERMINAL
    meeting_soon: Annotated[int, msgspec.Meta(ge=0, le=60)] = 10
    volume_min: Percent = 0
    volume_max: Percent = 100
    speed_dial: Annotated[tuple[Peer, ...], msgspec.Meta(max_length=actions.SLOTS)] = ()
    lock_pin: str | None = None
    lock_pin_file: str | None = None

    def __post_init__(self) -> None:
        """Refuses a name that neither a display nor a picture can show, and limits the wrong way round."""
        check_lock_pin(self.lock_pin, self.lock_pin_file)
        if self.volume_min > self.volume_max:
            raise Unusable(Text("mistake.volume_limits"), key="volume_min", beside="volume_max")
        wrong = next((letter for letter in self.name if unicodedata.category(letter) in _NOT_SHOWN), None)
        if wrong is not None:
            raise Unusable(Text("mistake.room_name", code=f"{ord(wrong):04X}"), key="name")

    def __repr__(self) -> str:
        fields = (name for name in self.__struct_fields__ if name != "lock_pin")
        return f"Room({', '.join(f'{name}={getattr(self, name)!r}' for name in fields)})"

    def unlocked_by(self) -> Secret:
        """Returns the PIN that unlocks the room, read from its file if it is in one.

        Raises `CredentialsError` and `Unusable`.
        """
        return read_lock_pin(self.lock_pin, self.lock_pin_file)


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole `room.toml`."""

    room: Room
    terminal: TerminalConfig
    hardware: Literal["pi", "virtual"] = "pi"
    gpio: GpioConfig = GpioConfig()
    buttons: dict[str, Button] = {}
    chords: dict[str, ChordConfig] = {}
    encoders: dict[str, Encoder] = {}
    lamps: dict[str, Lamp] = {}
    lights: dict[str, Light] = {}
    bars: dict[str, Bar] = {}
    patterns: dict[str, PatternConfig] = {}
    relays: dict[str, Relay] = {}
    screens: dict[str, ScreenConfig] = {}
    presence: dict[str, PresenceConfig] = {}
    keypads: dict[str, Keypad] = {}
    readers: dict[str, Reader] = {}
    speakerphones: dict[str, SpeakerphoneConfig] = {}
    joysticks: dict[str, SerialConfig] = {}
    visca: dict[str, NetworkConfig] = {}
    cameras: dict[str, CameraConfig] = {}
    far_end: FarEnd = FarEnd()
    tones: TonesConfig | None = None
    display: Display | None = None
    automations: Automations = Automations()
    panel: Panel | None = None
    access: AccessConfig = NO_ACCESS
    kiosk: KioskConfig | None = None
    api: ApiConfig | None = None
    share: ShareConfig | None = None
    mqtt: MqttConfig | None = None
    webhooks: dict[str, HookConfig] = {}
    calendar: CalendarConfig | None = None
    metrics: MetricsConfig | None = None
    log: Log = Log()
    update: UpdateConfig | None = None
    network: Network | None = None
    time: Time | None = None
    ssh: Ssh | None = None
    fleet: FleetConfig | None = None

    @property
    def tells_events(self) -> bool:
        """Whether any program is told what happens in the room."""
        return self.mqtt is not None or self.api is not None or bool(self.webhooks)

    def bindings(self) -> Bindings:
        """What inputs mean in this room."""
        return Bindings(
            buttons=self._pressed(),
            chords=self._chords(),
            parts=self._parts(),
            encoders={name: encoder.knob() for name, encoder in self.encoders.items()},
            readers={name: reader.binding() for name, reader in self.readers.items()},
            contact=self.room.contact,
            hang_up_for_all=self.room.hang_up_for_all,
            volume_step=self.room.volume_step,
            volume_min=self.room.volume_min / 100,
            volume_max=self.room.volume_max / 100,
            speed_dial=self.room.speed_dial,
        )

    def push_buttons(self) -> dict[str, Button]:
        """All that is pressed and has a pin: `[buttons]`, and the push contacts of encoders."""
        contacts = {name: encoder.button() for name, encoder in self.encoders.items()}
        return self.buttons | {name: button for name, button in contacts.items() if button is not None}

    def _pressed(self) -> dict[str, Binding]:
        """All that is pressed: buttons, chords of them, keys, and buttons of the panel."""
        buttons = {name: button.binding(self.room.camera) for name, button in self.push_buttons().items()}
        chords = {chord_name(name): chord.binding() for name, chord in self.chords.items()}
        return buttons | chords | self._keys() | {name: button.binding() for name, button in self._on_panel().items()}

    def _on_panel(self) -> dict[str, PanelButton]:
        buttons = {} if self.panel is None else self.panel.buttons
        return {panel_name(name): button for name, button in buttons.items()}

    def _chords(self) -> dict[str, Chord]:
        """The chords, and each button of the panel that may be held."""
        chords = {chord_name(name): chord.chord() for name, chord in self.chords.items()}
        on_panel = {name: button.hold_times() for name, button in self._on_panel().items()}
        return chords | {name: Chord(frozenset({name}), times) for name, times in on_panel.items() if times}

    def _parts(self) -> dict[str, tuple[str, ...]]:
        """The chords that each button is part of."""
        chords = {name: chord.buttons for name, chord in self._chords().items()}
        return {
            part: tuple(name for name, parts in chords.items() if part in parts)
            for part in sorted(frozenset().union(*chords.values()))
        }

    def hold_times(self) -> dict[str, tuple[float, ...]]:
        """The seconds after which each button, chord and key counts as held, by its name among the buttons."""
        buttons = {name: button.hold_times() for name, button in self.push_buttons().items()}
        buttons |= {name: chord.holds for name, chord in self._chords().items()}
        keys = {
            key_name(name, key): times
            for name, keypad in self.keypads.items()
            for key, times in keypad.hold_times().items()
        }
        return buttons | keys

    def wanted_keyboards(self) -> dict[str, str]:
        """The input device that each keypad and reader wants."""
        keypads = {name: keypad.device for name, keypad in self.keypads.items()}
        return keypads | {name: reader.device for name, reader in self.readers.items()}

    def wanted_phones(self) -> dict[str, str]:
        """The device that each speakerphone wants."""
        return {name: phone.device for name, phone in self.speakerphones.items()}

    def keyboards(self) -> Claims:
        """Which keypad or reader may have which input device; nobody has one yet."""
        return Claims(self.wanted_keyboards())

    def phones(self) -> Claims:
        """Which speakerphone may have which device; nobody has one yet."""
        return Claims(self.wanted_phones())

    def moves(self, camera: str) -> bool:
        """Returns whether any button or key moves this camera, one that is not the terminal's."""
        return any(binding.camera == camera for binding in self.bindings().buttons.values())

    def _keys(self) -> dict[str, Binding]:
        return {
            key_name(name, key): binding
            for name, keypad in self.keypads.items()
            for key, binding in keypad.bindings(self.room.camera).items()
        }

    def shown_by_lamps(self) -> dict[str, Indicator]:
        """What each lamp stands for."""
        return {name: lamp.shows or Indicator(name) for name, lamp in self.lamps.items()}

    def all_patterns(self) -> dict[str, Pattern]:
        """Every pattern that the room has, by name: those that are built in, unless the file has another."""
        return BUILT_IN | {name: each.pattern() for name, each in self.patterns.items()}
