import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from appliance.api.config import ApiConfig
from appliance.calendar.config import CalendarConfig
from appliance.config.content import LARGEST_FILE
from appliance.config.load import ConfigError, load, parse
from appliance.config.log import Log
from appliance.config.schema import Button, Config, Encoder, Reader, Relay
from appliance.config.share import ShareClient, ShareConfig
from appliance.config.tables.access import AccessConfig
from appliance.config.tables.chords import ChordConfig
from appliance.config.tables.far_end import FarEnd
from appliance.config.tables.keypads import KeyBinding, Keypad
from appliance.config.tables.metrics import MetricsConfig
from appliance.config.tables.signs import Bar, Lamp, Light, PatternConfig
from appliance.display.burnin import DisplayPolicy
from appliance.fleet.mqtt.config import MqttConfig
from appliance.hooks.config import HookConfig
from appliance.panel.door.config import DoorConfig
from appliance.room.actions import (
    ByState,
    CallPeer,
    CameraHome,
    Confirmed,
    Decline,
    Dial,
    DoNotDisturb,
    HangUp,
    HookOff,
    Mute,
    Reclaim,
    Redial,
    Row,
    Volume,
    VolumeStep,
    Wait,
)
from appliance.room.bindings.bindings import Binding, Chord, Knob
from appliance.room.meetings.door import Deed
from appliance.room.secret import Secret
from appliance.room.show.indicators import Indicator, Pattern
from appliance.room.situation import Situation
from appliance.terminal.config import TerminalConfig
from drivers.gpio.config import ButtonConfig, GpioConfig
from drivers.oled.config import OledConfig
from drivers.outputs.screens.config import ScreenConfig
from drivers.presence.config import PresenceConfig
from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.tones.config import TonesConfig
from drivers.visca.config import CameraConfig, NetworkConfig, SerialConfig

HALF = "of a push contact it takes `press_pin`, where it is, and `press`, what it does; expected both, or neither"

EVERY_KEY = """\
hardware = "pi"

[room]
name = "Нептун"
language = "ru"
contact = "100@meet.example.com"
hang_up_for_all = true
volume_step = 0.1
volume_min = 10
volume_max = 90
speed_dial = ["101@meet.example.com"]
lock_pin = "4711"
meeting_soon = 5
camera = "back"

[terminal]
host = "terminal.example.com"
web_port = 8080
ws_port = 9765
http_port = 9766
pin = "FA6"
role = "admin"
on_takeover = "reclaim"
reclaim_after = 90
command_timeout = 2.5

[gpio]
chip = "pinctrl-rp1"
backend = "lgpio"

[buttons.call]
pin = 17
press = "call"
camera = "terminal"

[buttons.hangup]
pin = "BOARD13"
press = "mute on"
held = "hang_up"
pull = "down"
edge = "trailing"
debounce = 0.05
hold = 2
active_high = true

[buttons.more]
pin = 23
press = { in_call = ["volume 10", "wait 2", "hang_up"], otherwise = "call" }
double = "redial"
[buttons.talk]
pin = 22
press = "mute off"
release = "mute on"
[buttons.end]
pin = 19
press = "decline"
confirm = "twice"
[chords.help]
buttons = ["call", "end"]
press = "call help@video.example.com"
held = { 1s = "reclaim", "2.5s" = "hang_up" }

[encoders.volume]
a = 20
b = 21
detents_per_cycle = 2
clockwise = "dial 1"
counterclockwise = "none"
press_pin = 1
press = "mute"
held = "hang_up"
hold = 2.0

[lamps.in_call]
pin = 6

[lamps.door]
pin = 13
shows = "in_call"
active_high = false
patterns = { on = "pulse" }

[lights.outside]
red = 4
green = 5
blue = 8
active_high = false
shows = "room"
colour = "amber"
colours = { in_call = "#00ff80" }
patterns = { muted = "pulse" }

[bars.door]
spi = "2.0"
kind = "sk6812rgbw"
pixels = 24
order = "rgb"
limit = 300
brightness = 20
night = 5
timing = "6.6"
shows = "muted"
colour = "#ff0000"
colours = { unknown = "blue" }
patterns = { on = "pulse" }

[screens.wall]
kind = "nec"
line = "/dev/ttyUSB1"
number = 3
baud = 19200

[patterns.pulse]
steps = ["on 0.2", "30% 0.2", "red 1.6"]

[relays.lights]
pin = 16
active_high = false
safe = "on"

[relays.door]
pin = 12
shows = "in_call"

[presence.door]
pin = 26
absent_after = 5
pull = "none"
active_high = true

[keypads.keypad]
device = "USB Keypad"
grab = false
[keypads.keypad.keys]
KEY_KPPLUS = "#"
F1 = "call anna@video.example.com"
"*" = { held = "hang_up", hold = 2.0 }
"1+3" = { press = "camera home", camera = "terminal" }

[readers.badge]
device = "RFID"
grab = false
alt_codes = "cyrillic"
codes = { "0006871123" = "hang_up" }
other = "call {code}"

[speakerphones.table]
device = "0b0e:0412"

[joysticks.desk]
port = "/dev/serial/by-id/usb-FTDI-if00-port0"
baud = 38400
address = 3
model = "brc-300"

[visca.desk]
transport = "udp"
listen = "[2001:db8::5]:1259"
allow = ["2001:db8::/64", "2001:db8:1::7"]
model = "ptzoptics"

[visca.sony]
transport = "sony-udp"
listen = "192.0.2.5:52381"
allow = ["192.0.2.0/24"]
discovery = "192.0.2.255:52380"

[cameras.back]
line = "sony-udp://192.0.2.9"
number = 2
baud = 19200
address = 4
model = "brc-h700"
sequence = "constant"

[far_end]
number = 7
requests = "ask"
patience = 30

[tones]
device = "plughw:CARD=Device"
volume = 80
ring = false
keys = true
presses = true
ring_file = "/etc/offhook/ring.wav"

[display]
driver = "st7789"
size = "240x240"
bus = 3
address = 0x3D
spi = "0.1"
speed = 16
spi_mode = 3
dc_pin = 24
reset_pin = "GPIO25"
backlight_pin = 18
rotate = 2
h_offset = 0
v_offset = 80
who = true

[display.policy]
dim_after = 10
off_after = 0
shift_every = 30
contrast = 128
dimmed = 1

[automations]
mute_on_entry = true
restore_volume = 40
unmute_after = true
wake_on_touch = true
wake_on_presence = true
join_meetings = true
hang_up_alone = 15
end_countdown = [5, 1]
daily_restart = "04:00"
decline_undisturbed = true
[automations.auto_answer]
delay = 3
allow = ["*@meet.example.com"]
mute = true
[automations.retry_busy]
times = 2
pause = 20
[automations.night]
begins = "22:00"
ends = "06:30"

[panel]
listen = "[::1]:8080"
names = ["room-1.example.com"]
titles = false
inches = 7
dark = true
hang_up = "hold"
certificate = "/etc/offhook/tls/certificate.pem"
key = "/etc/offhook/tls/key.pem"
language = "pl"
[panel.buttons.quiet]
press = "dnd"
confirm = "hold"
label = "Не беспокоить"
icon = "bell"
colour = "violet"
place = "idle"
order = 1
lit = "undisturbed"
only = ["idle"]
[panel.door]
allow = ["start", "check_in", "release", "extend", "end"]
check_in_before = 15
check_in_after = 5
release_after = 8

[kiosk]
page = "door"
rotate = 90
inches = 10.1

[access]
view = "login"
session_idle = 10
session_longest = 8

[api]
actions = ["mute", "volume 40"]

[webhooks.bookings]
url = "http://192.0.2.7/hooks/neptune"
events = ["call", "button.held"]
secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ca = "/etc/offhook/ca.pem"
plain = true

[calendar]
caldav = "https://dav.example.com/neptune/"
ca = "/etc/offhook/calendar.pem"
refresh = 30
titles = false

[metrics]
listen = "[::1]:9650"
allow = ["2001:db8::/64", "192.0.2.7"]
certificate = "/etc/offhook/tls/certificate.pem"
key = "/etc/offhook/tls/key.pem"
names = ["room-1.example.com"]

[share]
listen = "[::1]:8765"
listen_tls = "[::1]:8767"
allow = ["2001:db8::/64", "192.0.2.7"]
certificate = "/etc/offhook/tls/certificate.pem"
key = "/etc/offhook/tls/key.pem"
[share.clients.crestron]
role = "admin"
power = true
stay = true
password = "mind the gap"
[share.clients.board]
role = "read"
token = "1b7f0c5d2e9a4c63"

[mqtt]
host = "broker.example.com"
fallback = ["broker2.example.com"]
port = 8884
site = "hq"
room = "neptune"
tls = true
ca = "/etc/offhook/ca.pem"
certificate = "/etc/offhook/room.pem"
key = "/etc/offhook/room.key"
user = "neptune"
password = "open sesame"
actions = ["mute", "volume 40"]
titles = true
rooms = 20
keepalive = 30
home_assistant = "homeassistant"

[log]
level = "debug"
syslog = "logs.example.com:6515"
syslog_name = "log-1.example.com"
ca = "/etc/offhook/logs.pem"
certificate = "/etc/offhook/tls/certificate.pem"
key = "/etc/offhook/tls/key.pem"

[update]
url = "https://updates.example.com/offhook"
channel = "testing"
automatic = true
window = "22:30-04:00"
stick = true
ca = "/etc/offhook/ca.pem"
confirm_after = 5

[network]
address = "192.168.1.30/24"
gateway = "192.168.1.1"
dns = ["192.168.1.1", "2001:db8::1"]
interface = "eth0"
untagged = true
ipv4 = true
ipv6 = false
default_route = true
routes = ["10.20.0.0/16"]
domains = ["av.example.com"]
metric = 50
proxy = "http://proxy.example.com:3128"
proxy_user = "room-3"
proxy_password = "for the proxy"
no_proxy = ["example.com", "10.0.0.0/8"]
ca = ["company.pem"]
[network.eap]
method = "tls"
identity = "room-3@example.com"
anonymous_identity = "anonymous@example.com"
ca = "radius-ca.pem"
server = "radius.example.com"
certificate = "box.pem"
key = "box.key"
key_password = "for the key"
[network.vlans.office]
id = 120
[network.wires.guests]
interface = "eth1"
[network.wifi]
ssid = "Гости"
country = "RU"
hidden = true
wpa3_only = true
[network.wifi.eap]
method = "ttls"
inner = "pap"
identity = "room-3"
password = "long enough"
ca = "radius-ca.pem"
server = "example.com"

[time]
zone = "Europe/Moscow"
servers = ["ntp.example.com"]

[ssh]
keys = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB2v6y9ZR0zHxU4bE7k5Jm4DdN1xT8m0Jt0kz7f0gS2w admin"]

[fleet]
url = "https://rooms.example.com/riga"
signers = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB2v6y9ZR0zHxU4bE7k5Jm4DdN1xT8m0Jt0kz7f0gS2w fleet"]

[fleet.enrol]
url = "https://est.example.com:8443"
label = "rooms"
user = "rooms"
password = "only once"
name = "hq/neptune"
"""

OUTSIDE = Light(
    red=4,
    green=5,
    blue=8,
    active_high=False,
    shows="room",
    colour="amber",
    colours={"in_call": "#00ff80"},
    patterns={"muted": "pulse"},
)
NOT_ANY_KEYBOARD = "a reader looks like any keyboard; expected a path, a USB port, vendor:product or a part of its name"
ROOM = """\
[room]
name = "Neptune"
[terminal]
host = "127.0.0.1"
"""  # the least that a room needs; what tests add begins on line 5


def mistakes(text: str) -> list[str]:
    """What is wrong with a configuration, as `offhook check` prints it."""
    with pytest.raises(ConfigError) as caught:
        parse(text, Path("room.toml"))
    return str(caught.value).splitlines()


def test_an_encoder_is_a_volume_knob_unless_said_otherwise() -> None:
    text = (
        '[room]\nname = "N"\n[terminal]\nhost = "t"\n'
        "[encoders.volume]\na = 20\nb = 21\n[encoders.dial]\na = 5\nb = 6\nclockwise = 'dial 1'\n"
    )
    bindings = parse(text, Path("room.toml")).bindings()
    assert bindings.encoders == {
        "volume": Knob(VolumeStep(1), VolumeStep(-1)),
        "dial": Knob(Dial("1"), VolumeStep(-1)),
    }


def test_every_key_that_there_is_reaches_the_value() -> None:
    config = parse(EVERY_KEY, Path("room.toml"))
    assert config.hardware == "pi"
    assert (config.room.name, config.room.language) == ("Нептун", "ru")
    assert config.room.contact == "100@meet.example.com"
    assert (config.room.hang_up_for_all, config.room.volume_step) == (True, 0.1)
    assert config.room.unlocked_by() == Secret("4711")
    assert "4711" not in repr(config)

    assert config.terminal == TerminalConfig(
        host="terminal.example.com",
        web_port=8080,
        ws_port=9765,
        http_port=9766,
        pin="FA6",
        role="admin",
        on_takeover="reclaim",
        reclaim_after=90,
        command_timeout=2.5,
    )
    assert config.gpio == GpioConfig(chip="pinctrl-rp1", backend="lgpio")
    assert config.buttons == {
        "call": Button(pin=17, press="call", camera="terminal"),
        "hangup": Button(
            pin="BOARD13",
            press="mute on",
            held="hang_up",
            pull="down",
            edge="trailing",
            debounce=0.05,
            hold=2,
            active_high=True,
        ),
        "more": Button(
            pin=23,
            press={"in_call": ["volume 10", "wait 2", "hang_up"], "otherwise": "call"},
            double="redial",
        ),
        "talk": Button(pin=22, press="mute off", release="mute on"),
        "end": Button(pin=19, press="decline", confirm="twice"),
    }
    assert config.chords == {
        "help": ChordConfig(
            buttons=("call", "end"), press="call help@video.example.com", held={"1s": "reclaim", "2.5s": "hang_up"}
        )
    }
    assert config.encoders == {
        "volume": Encoder(
            a=20,
            b=21,
            detents_per_cycle=2,
            clockwise="dial 1",
            counterclockwise="none",
            press_pin=1,
            press="mute",
            held="hang_up",
            hold=2.0,
        )
    }
    assert config.lamps == {
        "in_call": Lamp(pin=6),
        "door": Lamp(pin=13, shows=Indicator.IN_CALL, active_high=False, patterns={Pattern.ON: "pulse"}),
    }
    assert config.lights == {"outside": OUTSIDE}
    assert config.bars == {
        "door": Bar(
            spi="2.0",
            kind="sk6812rgbw",
            pixels=24,
            order="rgb",
            limit=300,
            brightness=20,
            night=5,
            timing="6.6",
            shows="muted",
            colour="#ff0000",
            colours={"unknown": "blue"},
            patterns={"on": "pulse"},
        )
    }
    assert config.screens == {"wall": ScreenConfig(kind="nec", line="/dev/ttyUSB1", number=3, baud=19200)}
    assert config.patterns == {"pulse": PatternConfig(steps=["on 0.2", "30% 0.2", "red 1.6"])}
    assert config.relays == {
        "lights": Relay(pin=16, active_high=False, safe="on"),
        "door": Relay(pin=12, shows=Indicator.IN_CALL),
    }
    assert config.presence == {"door": PresenceConfig(pin=26, absent_after=5, pull="none", active_high=True)}
    keys: dict[str, str | KeyBinding] = {
        "KEY_KPPLUS": "#",
        "F1": "call anna@video.example.com",
        "*": KeyBinding(held="hang_up", hold=2.0),
        "1+3": KeyBinding(press="camera home", camera="terminal"),
    }
    assert config.keypads == {"keypad": Keypad(device="USB Keypad", grab=False, keys=keys)}
    assert config.readers == {
        "badge": Reader(
            device="RFID", grab=False, alt_codes="cyrillic", codes={"0006871123": "hang_up"}, other="call {code}"
        )
    }
    assert config.speakerphones == {"table": SpeakerphoneConfig(device="0b0e:0412")}
    assert config.joysticks == {
        "desk": SerialConfig(port="/dev/serial/by-id/usb-FTDI-if00-port0", baud=38400, address=3, model="brc-300")
    }
    assert config.visca == {
        "desk": NetworkConfig(
            transport="udp",
            listen="[2001:db8::5]:1259",
            allow=("2001:db8::/64", "2001:db8:1::7"),
            model="ptzoptics",
        ),
        "sony": NetworkConfig(
            transport="sony-udp",
            listen="192.0.2.5:52381",
            allow=("192.0.2.0/24",),
            discovery="192.0.2.255:52380",
        ),
    }
    assert config.cameras == {
        "back": CameraConfig(
            line="sony-udp://192.0.2.9", number=2, baud=19200, address=4, model="brc-h700", sequence="constant"
        )
    }
    assert config.far_end == FarEnd(number=7, requests="ask", patience=30)
    assert config.tones == TonesConfig(
        device="plughw:CARD=Device", volume=80, ring=False, keys=True, presses=True, ring_file="/etc/offhook/ring.wav"
    )
    display = config.display
    assert display is not None
    fields = {name: getattr(display, name) for name in OledConfig.__struct_fields__}
    assert display.who is True
    assert fields == {
        "driver": "st7789",
        "size": "240x240",
        "bus": 3,
        "address": 0x3D,
        "spi": "0.1",
        "speed": 16,
        "spi_mode": 3,
        "dc_pin": 24,
        "reset_pin": "GPIO25",
        "backlight_pin": 18,
        "rotate": 2,
        "h_offset": 0,
        "v_offset": 80,
    }
    assert display.policy == DisplayPolicy(dim_after=10, off_after=0, shift_every=30, contrast=128, dimmed=1)
    assert config.panel is not None
    assert config.panel.listen == "[::1]:8080"
    assert config.panel.titles is False
    assert config.panel.door == DoorConfig(allow=get_args(Deed), check_in_before=15, check_in_after=5, release_after=8)
    assert (config.panel.inches, config.panel.dark) == (7, True)
    assert config.panel.hang_up == "hold"
    assert config.panel.certificate == "/etc/offhook/tls/certificate.pem"
    assert config.panel.key == "/etc/offhook/tls/key.pem"
    assert config.share == ShareConfig(
        listen="[::1]:8765",
        listen_tls="[::1]:8767",
        allow=("2001:db8::/64", "192.0.2.7"),
        certificate="/etc/offhook/tls/certificate.pem",
        key="/etc/offhook/tls/key.pem",
        clients={
            "crestron": ShareClient(role="admin", power=True, stay=True, password="mind the gap"),
            "board": ShareClient(role="read", token="1b7f0c5d2e9a4c63"),
        },
    )
    assert config.mqtt == MqttConfig(
        host="broker.example.com",
        fallback=("broker2.example.com",),
        port=8884,
        site="hq",
        room="neptune",
        tls=True,
        ca="/etc/offhook/ca.pem",
        certificate="/etc/offhook/room.pem",
        key="/etc/offhook/room.key",
        user="neptune",
        password="open sesame",
        actions=("mute", "volume 40"),
        titles=True,
        rooms=20,
        keepalive=30,
        home_assistant="homeassistant",
    )
    assert config.access == AccessConfig(view="login", session_idle=10, session_longest=8)
    assert config.api == ApiConfig(actions=("mute", "volume 40"))
    assert config.webhooks == {
        "bookings": HookConfig(
            url="http://192.0.2.7/hooks/neptune",
            events=("call", "button.held"),
            secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            ca="/etc/offhook/ca.pem",
            plain=True,
        )
    }
    assert config.calendar == CalendarConfig(
        caldav="https://dav.example.com/neptune/", ca="/etc/offhook/calendar.pem", refresh=30, titles=False
    )
    assert config.metrics == MetricsConfig(
        listen="[::1]:9650",
        allow=("2001:db8::/64", "192.0.2.7"),
        certificate="/etc/offhook/tls/certificate.pem",
        key="/etc/offhook/tls/key.pem",
        names=("room-1.example.com",),
    )
    assert config.log == Log(
        level="debug",
        syslog="logs.example.com:6515",
        syslog_name="log-1.example.com",
        ca="/etc/offhook/logs.pem",
        certificate="/etc/offhook/tls/certificate.pem",
        key="/etc/offhook/tls/key.pem",
    )


@pytest.mark.parametrize("code", ["auto", "en", "es", "pl", "ru"])
def test_a_room_speaks_a_language_or_its_terminals(code: str) -> None:
    text = ROOM.replace("[terminal]", f'language = "{code}"\n[terminal]')
    assert parse(text, Path("room.toml")).room.language == code


def test_a_language_that_no_room_speaks_is_told_with_those_that_there_are() -> None:
    text = ROOM.replace("[terminal]", 'language = "de"\n[terminal]')
    assert mistakes(text) == [
        "room.toml:3: room.language: 'de' is none of the possible values; expected one of auto, en, es, pl, ru"
    ]


def structs(kind: Any) -> Iterator[type[msgspec.Struct]]:  # any annotation
    """Every struct type that an annotation mentions, and those that these mention."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
        for field in msgspec.structs.fields(kind):
            yield from structs(field.type)
    for part in get_args(kind):
        yield from structs(part)


def test_the_configuration_above_does_use_every_key() -> None:
    keys = {field.name for kind in structs(Config) for field in msgspec.structs.fields(kind)}
    assert {
        key for key in keys if not re.search(rf"^\W*(display\.|keypads\.keypad\.)?{key}\b", EVERY_KEY, re.MULTILINE)
    } == {
        *("eap", "vlans", "wires", "wifi"),  # tables of [network]
        "enrol",  # a table of [fleet]
        "clients",  # tables of [share]
        "door",  # a table of [panel]
        *("auto_answer", "retry_busy"),  # tables of [automations]
        *("pin_file", "password_file", "token_file", "lock_pin_file"),  # one secret at a time
        *("ics", "ics_file"),  # one calendar
        *("url_file", "secret_file"),  # one address and one secret of a webhook
    }


def test_what_inputs_mean_and_lamps_show() -> None:
    config = parse(EVERY_KEY, Path("room.toml"))
    bindings = config.bindings()
    buttons = {name: binding for name, binding in bindings.buttons.items() if not name.startswith("keypads.")}
    more = ByState(((Situation.IN_CALL, Row((Volume(10), Wait(2.0), HangUp()))), (Situation.OTHERWISE, HookOff())))
    assert buttons == {
        "call": Binding(HookOff()),
        "hangup": Binding(Mute("mic", on=True), (HangUp(),), "back"),
        "more": Binding(more, (), "back", double=Redial()),
        "talk": Binding(Mute("mic", on=False), (), "back", release=Mute("mic", on=True)),
        "end": Binding(Confirmed(Decline(), "twice"), (), "back"),
        "volume": Binding(Mute(), (HangUp(),), "back"),
        "chords.help": Binding(CallPeer("help@video.example.com"), (Reclaim(), HangUp())),
        "panel.buttons.quiet": Binding(Confirmed(DoNotDisturb(), "hold")),
    }
    assert bindings.chords == {
        "chords.help": Chord(frozenset({"call", "end"}), (1.0, 2.5)),
        "panel.buttons.quiet": Chord(frozenset({"panel.buttons.quiet"}), (1.0,)),
    }
    assert bindings.parts == {
        "call": ("chords.help",),
        "end": ("chords.help",),
        "panel.buttons.quiet": ("panel.buttons.quiet",),
    }
    keys = {
        name.removeprefix("keypads.keypad."): binding for name, binding in bindings.buttons.items() - buttons.items()
    }
    assert keys == {
        "KEY_F1": Binding(CallPeer("anna@video.example.com"), camera="back"),
        "*": Binding(Dial("*"), (HangUp(),), "back"),
        "1+3": Binding(CameraHome()),
        "1": Binding(Dial("1")),
        "3": Binding(Dial("3")),
    }
    assert (bindings.contact, bindings.hang_up_for_all, bindings.volume_step) == ("100@meet.example.com", True, 0.1)
    assert config.shown_by_lamps() == {"in_call": Indicator.IN_CALL, "door": Indicator.IN_CALL}


def test_a_button_that_can_be_held_counts_as_held_after_a_second_unless_it_says_otherwise() -> None:
    assert Button(pin=1, press="mute", held="hang_up").hardware() == ButtonConfig(pin=1, hold=1.0)
    assert Button(pin=1, press="mute", held="hang_up", hold=3).hardware() == ButtonConfig(pin=1, hold=3)
    assert Button(pin=1, press="mute").hardware() == ButtonConfig(pin=1, hold=None)


def test_the_least_that_a_room_needs() -> None:
    config = parse(ROOM, Path("room.toml"))
    assert config.terminal == TerminalConfig(host="127.0.0.1")
    assert (config.panel, config.display, config.buttons, config.hardware) == (None, None, {}, "pi")


def test_every_mistake_is_on_a_line_of_its_own_with_file_line_and_key() -> None:
    text = """\
hardwear = "pi"
[room]
name = 5
volume_step = 7
[terminal]
host = "x"
web_port = 0
on_takeover = "fight"
[buttons.call]
pin = 17
press = "cal"
[buttons.two]
pin = "GPIO17"
press = "mute"
[lamps.foo]
pin = 3
[lamps.bar]
pin = -1
shows = "moon"
[display]
bus = "1"
[panel]
listen = "80"
[log]
level = "all"
"""
    shown = "ringing, calling, in_call, waiting_room, idle, muted, camera_muted, on_hold, camera_asked, asked, podium"
    shown += ", offline, link, undisturbed, locked, error"
    listen = "127.0.0.1:8080 or [::1]:8080"
    found = mistakes(text)
    assert found[4].startswith("room.toml:8: terminal.on_takeover: ")
    assert found[5] == "room.toml:11: buttons.call.press: unknown action `cal`; did you mean `call`?"
    del found[4:6]
    assert found == [
        "room.toml:1: hardwear: unknown key; did you mean `hardware`?",
        "room.toml:3: room.name: expected text in quotes, got a whole number",
        "room.toml:4: room.volume_step: expected a number up to 1",
        "room.toml:7: terminal.web_port: expected a whole number from 1 on",
        "room.toml:13: buttons.two.pin: pin GPIO17 is used by buttons.call already",
        f"room.toml:15: lamps.foo: `shows` is missing, and `foo` is not one of {shown}",
        "room.toml:18: lamps.bar.pin: expected a whole number from 0 on",
        "room.toml:19: lamps.bar.shows: 'moon' is none of the possible values; expected one of " + shown,
        "room.toml:21: display.bus: expected a whole number, got text in quotes",
        "room.toml:23: panel.listen: `80` is not an address to listen on; expected HOST:PORT such as " + listen,
        "room.toml:25: log.level: 'all' is none of the possible values; expected one of debug, info, warning, error",
    ]


@pytest.mark.parametrize(
    ("lines", "mistake"),
    [
        ("[bttons.x]", "5: bttons: unknown key; did you mean `buttons`?"),
        (
            "[buttons]\ncall = 17",
            "6: buttons.call: expected a table, got a whole number; one begins with [buttons.NAME]",
        ),
        ("[buttons.x]\npress = 'mute'", "5: buttons.x.pin: is missing"),
        ("[buttons.x]\npin = 4", "5: buttons.x.press: is missing"),
        (
            "[buttons.b]\npin = 4\npress = 'mute'\nheld = 'camera in'",
            "8: buttons.b.held: `camera in`: cannot be a hold action; a camera moves from the press to the release",
        ),
        (
            "[lamps.link]\npin = 4\n[encoders.x]\na = 4\nb = 5",
            "6: lamps.link.pin: pin 4 is used by encoders.x already",
        ),
        (
            "[lamps.link]\npin = 4\n[encoders.x]\na = 6\nb = 5\npress_pin = 4\npress = 'mute'",
            "6: lamps.link.pin: pin 4 is used by encoders.x already",
        ),
        (
            "[encoders.x]\na = 6\nb = 5\npress_pin = 4",
            f"8: encoders.x.press_pin: {HALF}",
        ),
        ("[encoders.x]\na = 6\nb = 5\npress = 'mute'", f"8: encoders.x.press: {HALF}"),
        ("[encoders.x]\na = 6\nb = 5\nheld = 'mute'", f"5: encoders.x.press_pin: {HALF}"),
        (
            "[encoders.x]\na = 6\nb = 5\npress_pin = 4\npress = 'hangup'",
            "9: encoders.x.press: unknown action `hangup`; did you mean `hang_up`?",
        ),
        (
            "[buttons.x]\npin = 17\npress = 'mute'\n[encoders.x]\na = 6\nb = 5\npress_pin = 4\npress = 'mute'",
            (
                "11: encoders.x.press_pin: there is a buttons.x already; expected another name, "
                "which the encoder's press has as well"
            ),
        ),
        (
            "[encoders.x]\na = 4\nb = 5\nclockwise = 'camera in'",
            (
                "8: encoders.x.clockwise: `camera in`: a detent has no end; "
                "a camera moves from a button's press to its release"
            ),
        ),
        (
            "[lamps.link]\npin = 17\n[lamps.muted]\npin = 'BOARD11'",
            "8: lamps.muted.pin: pin BOARD11 is used by lamps.link already",
        ),
        (
            "[lamps.link]\npin = 'BCM2'\n[display]",
            "6: lamps.link.pin: pin BCM2 is used by display already",
        ),
        (
            "[lamps.link]\npin = 4\n[lamps.muted]\npin = 4",
            "8: lamps.muted.pin: pin 4 is used by lamps.link already",
        ),
        (
            "[readers.x]\ndevice = 'auto'",
            "6: readers.x.device: " + NOT_ANY_KEYBOARD,
        ),
        ("[keypad]\ndevice = 'auto'", "5: keypad: unknown key; did you mean `[keypads.keypad]`?"),
        (
            "[keypads]\ndevice = 'auto'",
            "6: keypads.device: expected a table, got text in quotes; one begins with [keypads.NAME]",
        ),
        (
            "[keypads.x]\ndevice = '1-1.3'\n[readers.y]\ndevice = '1-1.3'",
            "8: readers.y.device: 1-1.3 is used by keypads.x already",
        ),
        (
            "[speakerphones.x]\ndevice = '/dev/hidraw0'\n[speakerphones.y]\ndevice = '/dev/hidraw0'",
            "8: speakerphones.y.device: /dev/hidraw0 is used by speakerphones.x already",
        ),
        (
            "[readers.x]\ndevice = 'R'\nother = 'camera in'",
            "7: readers.x.other: `camera in`: a code has no end; a camera moves from a button's press to its release",
        ),
        ("[keypads.x]\n[readers.x]\ndevice = 'R'", "6: readers.x: there is a keypads.x already; expected another name"),
        (
            "[visca.x]\ntransport = 'udp'\nlisten = '0.0.0.0:1259'\nallow = ['192.0.2.1']",
            "7: visca.x.listen: `0.0.0.0:1259`: expected one address of this machine, not all of them",
        ),
        (
            "[visca.x]\ntransport = 'udp'\nlisten = 'camera:1259'\nallow = ['192.0.2.1']",
            "7: visca.x.listen: `camera:1259`: expected ADDRESS:PORT such as 192.0.2.5:52381 or [2001:db8::5]:52381",
        ),
        (
            "[visca.x]\ntransport = 'udp'\nlisten = '192.0.2.5:99999'\nallow = ['192.0.2.1']",
            "7: visca.x.listen: `192.0.2.5:99999`: `99999` is no port; expected 0 (any free one) to 65535",
        ),
        (
            "[visca.x]\ntransport = 'tcp'\nlisten = '192.0.2.5:5678'\nallow = ['::1/9']",
            (
                "8: visca.x.allow: `::1/9`: expected an address or a network such as 192.0.2.0/24 "
                "(::1/9 has host bits set)"
            ),
        ),
        (
            "[visca.x]\ntransport = 'tcp'\nlisten = '192.0.2.5:5678'\nallow = []",
            "8: visca.x.allow: is empty",
        ),
        (
            "[cameras.x]\nline = 'http://x'\nnumber = 2",
            "6: cameras.x.line: `http://x`: expected a serial device, tcp://HOST, udp://HOST or sony-udp://HOST",
        ),
        ("[cameras.x]\nline = '/dev/x'\nnumber = 1", "7: cameras.x.number: expected a whole number from 2 on"),
        (
            "[cameras.x]\nline = '/dev/x'\nnumber = 3\n[cameras.y]\nline = '/dev/y'\nnumber = 3",
            "10: cameras.y.number: number 3 is used by cameras.x already",
        ),
        (
            "[cameras.terminal]\nline = '/dev/x'\nnumber = 3",
            "5: cameras.terminal: `terminal` is the terminal's own camera; expected another name",
        ),
        (
            "[cameras.x]\nline = '/dev/x'\nnumber = 3\n[buttons.b]\npin = 2\npress = 'none'\ncamera = 'y'",
            "11: buttons.b.camera: `y` is none of terminal, far_end, x",
        ),
        (
            "[cameras.x]\nline = '/dev/x'\nnumber = 3\n[far_end]\nnumber = 3",
            "9: far_end.number: number 3 is used by cameras.x already",
        ),
        ("[joysticks.x]\nport = ''", "6: joysticks.x.port: is empty"),
        (
            "[keypads.x.keys]\nKEY_KPPLSU = '#'",
            "6: keypads.x.keys.KEY_KPPLSU: no key `KEY_KPPLSU`; did you mean KEY_KPPLUS?",
        ),
        ("[display.policy]\ncontrast = 256", "6: display.policy.contrast: expected a whole number up to 255"),
    ],
)
def test_each_kind_of_mistake(lines: str, mistake: str) -> None:
    assert mistakes(ROOM + lines + "\n") == [f"room.toml:{mistake}"]


def test_two_secrets_are_one_too_many_and_neither_is_shown() -> None:
    (mistake,) = mistakes(ROOM + 'pin = "FA6"\npassword = "hunter2"\n')
    secrets = "pin, password, token, pin_file, password_file, token_file"
    assert mistake == f"room.toml:3: terminal: only one of {secrets} may be given, not pin and password"


def test_a_secret_that_is_not_text_is_not_shown() -> None:
    assert mistakes(ROOM + "pin = 4711\n") == ["room.toml:5: terminal.pin: expected text in quotes, got a whole number"]


def test_a_file_with_a_secret_that_is_missing_or_empty(tmp_path: Path) -> None:
    assert mistakes(ROOM + f'pin_file = "{tmp_path}/pin"\n') == [
        f"room.toml:5: terminal.pin_file: pin_file = '{tmp_path}/pin': No such file or directory"
    ]
    (tmp_path / "pin").write_text("\n")
    assert mistakes(ROOM + f'password_file = "{tmp_path}/pin"\n') == [
        f"room.toml:5: terminal.password_file: password_file = '{tmp_path}/pin': the file is empty"
    ]
    (tmp_path / "pin").write_text("FA6\n")
    assert parse(ROOM + f'pin_file = "{tmp_path}/pin"\n', Path("room.toml")).terminal.pin_file == f"{tmp_path}/pin"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('[buttons.x]\npin = "GPIO14"\npress = "call"\n[joysticks.a]\nport = "/dev/serial0"\n', "joysticks.a.port"),
        ('[lamps.link]\npin = 15\n[cameras.a]\nnumber = 2\nline = "/dev/ttyAMA0"\n', "cameras.a.line"),
        ('[joysticks.a]\nport = "/dev/serial0"\n[joysticks.b]\nport = "/dev/ttyS0"\n', "joysticks.b.port"),
        ('[joysticks.a]\nport = "/dev/serial0"\n[cameras.b]\nnumber = 2\nline = "/dev/serial0"\n', "cameras.b.line"),
    ],
)
def test_the_pins_of_a_serial_line_are_used_once(text: str, wrong: str) -> None:
    (mistake,) = mistakes(ROOM + text)
    assert f" {wrong}: /dev/" in mistake
    assert "which is used by" in mistake


def test_cameras_share_a_serial_line() -> None:
    line = 'line = "/dev/serial0"\n'
    text = f"[cameras.a]\nnumber = 2\n{line}[cameras.b]\nnumber = 3\naddress = 2\n{line}"
    assert len(parse(ROOM + text, Path("room.toml")).cameras) == 2


@pytest.mark.parametrize("name", ["a\\u0007b", "\\u0085", "\\uFFFE", "a\\nb"])
def test_a_name_has_no_characters_that_cannot_be_shown(name: str) -> None:
    (mistake,) = mistakes(ROOM.replace('name = "', f'name = "{name}'))
    assert ": room.name: `name` has the character U+" in mistake


def test_virtual_hardware_without_a_panel_could_not_be_moved() -> None:
    text = '# a room without a room\nhardware = "virtual"\n' + ROOM
    assert mistakes(text) == [
        "room.toml:2: hardware: virtual hardware is moved over HTTP: a table [panel] with `listen` is missing"
    ]
    assert parse(text + '[panel]\nlisten = "127.0.0.1:0"\n', Path("room.toml")).hardware == "virtual"


def test_text_that_is_no_toml_says_where() -> None:
    assert mistakes(ROOM + "[log]\nlevel = \n") == ["room.toml:6: log.level: not TOML: Invalid value"]


def refusal(path: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        load(path)
    return str(caught.value)


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    path = tmp_path / "room.toml"
    assert refusal(path) == f"{path}:1: cannot be read: No such file or directory"
    assert refusal(tmp_path) == f"{tmp_path}:1: cannot be read: it is a folder"


def test_a_file_that_is_no_text_or_too_much_says_so(tmp_path: Path) -> None:
    path = tmp_path / "room.toml"
    path.write_bytes(b'[room]\nname = "caf\xe9"\n[terminal]\nhost = "127.0.0.1"\n')
    assert refusal(path) == f"{path}:2: not UTF-8: byte 0xe9 (invalid continuation byte); save the file as UTF-8"
    path.write_bytes(ROOM.encode("utf-16"))
    assert refusal(path) == f"{path}:1: is saved as UTF-16 (in some editors: Unicode); save it as UTF-8"
    path.write_bytes(ROOM.encode() + b"#" * LARGEST_FILE)
    assert refusal(path) == f"{path}:1: is too large: expected at most {LARGEST_FILE} bytes"


def test_a_file_from_another_system_is_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "room.toml"
    path.write_bytes(b"\xef\xbb\xbf" + ROOM.replace("\n", "\r\n").encode())
    assert load(path) == parse(ROOM, path)


@pytest.mark.parametrize("key", ["pin", "password", "token"])
def test_no_secret_is_in_a_repr(key: str) -> None:
    config = parse(ROOM + f'{key} = "hunter2"\n', Path("room.toml"))
    assert getattr(config.terminal, key) == "hunter2"
    for text in (repr(config), str(config), repr(config.terminal), f"{config.terminal!r}"):
        assert "hunter2" not in text


def test_the_password_of_a_conference_is_in_no_repr() -> None:
    text = """
[room]
name = "Neptune"
[terminal]
host = "127.0.0.1"
[buttons.board]
pin = 17
press = "join board@example.org 1A2"
held = "join board@example.org 1A2"
[encoders.knob]
a = 5
b = 6
clockwise = "join board@example.org 1A2"
[keypads.pad.keys]
F1 = "join board@example.org 1A2"
F2 = { held = "join board@example.org 1A2" }
[readers.badge]
device = "RFID"
other = "join {code} 1A2"
[readers.badge.codes]
"4711" = "join board@example.org 1A2"
"""
    config = parse(text, Path("room.toml"))
    assert "1A2" not in repr(config)
    assert "1A2" not in repr(config.bindings())
    assert repr(config.buttons["board"].binding().press).startswith("Join(peer_id='board@example.org'")
