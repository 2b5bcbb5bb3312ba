"""Rooms of any configuration: parts that may be there, in one of several ways."""

from pathlib import Path

from hypothesis import strategies as st

from appliance.config.load import parse
from appliance.config.schema import Config

ALWAYS = """\
hardware = "virtual"
[room]
name = "{name}"
language = "{language}"
{room}
[terminal]
host = "127.0.0.1"
[panel]
listen = "127.0.0.1:0"
{panel}
"""


def _table(name: str, *ways: str) -> tuple[str, ...]:
    """Returns a table in each of its ways, and the lack of it."""
    return "", *(f"[{name}]\n{way}\n" for way in ways)


SIGNED = 'secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="'
PARTS: tuple[tuple[str, ...], ...] = (
    _table("buttons.call", 'pin = 17\npress = "call a@b"', 'pin = 17\npress = "mute"\nheld = "hang_up"'),
    _table("buttons.end", 'pin = 27\npress = "hang_up"', 'pin = 22\npress = "hang_up"'),
    _table("encoders.volume", "a = 23\nb = 24", 'a = 23\nb = 24\npress_pin = 25\npress = "mute"'),
    _table("lamps.in_call", "pin = 6", "pin = 6\nactive_high = false"),
    _table("lamps.link", "pin = 19", 'pin = 19\nshows = "muted"'),
    _table("patterns.slow", 'steps = ["on 1", "off 1"]', 'steps = ["on 2", "off 1"]'),
    _table("lights.door", "red = 5\ngreen = 12\nblue = 13", 'red = 5\ngreen = 12\nblue = 13\nshows = "room"'),
    _table("bars.door", 'spi = "2.0"\nkind = "ws2812"\npixels = 8', 'spi = "2.0"\nkind = "ws2812"\npixels = 9'),
    _table("relays.siren", "pin = 16", 'pin = 16\nshows = "ringing"'),
    _table("screens.wall", 'kind = "nec"\nline = "/dev/ttyUSB1"', 'kind = "nec"\nline = "/dev/ttyUSB2"'),
    _table("presence.door", "pin = 26", "pin = 26\nabsent_after = 20"),
    _table("keypads.keypad", "", '[keypads.lectern]\ndevice = "1-1.2"'),
    _table("readers.badge", 'device = "1-1.3"', 'device = "1-1.3"\nother = "call {code}"'),
    _table("speakerphones.speakerphone", ""),
    _table("joysticks.joystick", 'port = "virtual"'),
    _table("visca.desk", 'transport = "tcp"\nlisten = "127.0.0.1:0"\nallow = ["127.0.0.1"]'),
    _table("cameras.back", 'line = "virtual"\nnumber = 2', 'line = "virtual"\nnumber = 3'),
    _table("far_end", "number = 7", 'requests = "refuse"'),
    _table("tones", "", "volume = 20"),
    _table("display", "", "who = true"),
    _table("automations", "mute_on_entry = true", "hang_up_alone = 5"),
    _table("mqtt", *(f'host = "127.0.0.1"\nsite = "berlin"\nroom = "{name}"' for name in ("neptune", "triton"))),
    _table("metrics", 'listen = "127.0.0.1:0"', 'listen = "127.0.0.1:0"\nallow = ["127.0.0.1"]'),
    _table("calendar", 'ics_file = "/nowhere/room.ics"', 'ics_file = "/nowhere/other.ics"'),
    _table("webhooks.chat", *(f'events = ["call"]\nurl = "https://127.0.0.1/{end}"\n{SIGNED}' for end in "ab")),
    _table("api", ""),
    _table("access", 'view = "login"'),
    _table("kiosk", ""),
    _table("update", ""),
)
OF_ROOM = ("", "volume_max = 80", 'speed_dial = ["a@b"]', "meeting_soon = 5", 'lock_pin = "4711"')
OF_PANEL = ("", "dark = true", '[panel.buttons.help]\nlabel = "Help"\npress = "call a@b"')


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Any room, as a text without mistakes."""
    head = ALWAYS.format(
        name=draw(st.sampled_from(["Neptune", "Triton"])),
        language=draw(st.sampled_from(["en", "ru"])),
        room=draw(st.sampled_from(OF_ROOM)),
        panel=draw(st.sampled_from(OF_PANEL)),
    )
    return head + "".join(draw(st.sampled_from(part)) for part in PARTS)


def room(text: str) -> Config:
    """The configuration that a text is."""
    return parse(text, Path("room.toml"), None)
