"""What a `room.toml` switches."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from appliance.cli.check.boot import unsafe_at_boot
from appliance.cli.main import main
from appliance.config.load import ConfigError, parse

ROOM = """\
[room]
name = "Neptune"
[terminal]
host = "127.0.0.1"
"""


def mistakes(text: str) -> str:
    """What is wrong with it."""
    with pytest.raises(ConfigError) as caught:
        parse(ROOM + text, Path("room.toml"))
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[relays.lights]\npin = 17\n[buttons.b]\npin = 5\npress = "relay light on"\n',
            "room.toml:9: buttons.b.press: there is no `relay light`; expected one of relay lights",
        ),
        (
            '[buttons.b]\npin = 5\npress = "mute"\nheld = "relay light on"\n',
            "room.toml:8: buttons.b.held: there is no `relay light`; expected one of none",
        ),
        (
            '[readers.badge]\ndevice = "RFID"\n[readers.badge.codes]\n"1" = "relay door pulse 1"\n',
            "there is no `relay door`; expected one of none",
        ),
        (
            '[relays.lights]\npin = 17\nshows = "in_call"\n[buttons.b]\npin = 5\npress = "relay lights"\n',
            "room.toml:10: buttons.b.press: `relay lights` follows what it `shows`; actions cannot switch it",
        ),
        ("[lights.a]\nred = 4\ngreen = 5\nblue = 5\n", "pin 5 is used by lights.a already"),
        (
            '[lights.a]\nred = 4\ngreen = 5\nblue = 6\nshows = "dor"\n',
            "there is no `dor`; expected one of door, room, ",
        ),
        ('[lights.a]\nred = 4\ngreen = 5\nblue = 6\ncolour = "mauve"\n', "'mauve' is no colour; expected one of white"),
        (
            '[lights.a]\nred = 4\ngreen = 5\nblue = 6\ncolours = { fre = "red" }\n',
            "lights.a.colours: there is no `fre`; expected one of ended, unknown, busy, soon, free",
        ),
        (
            '[lights.a]\nred = 4\ngreen = 5\nblue = 6\npatterns = { free = "pulse" }\n',
            "there is no `pulse`; expected one of off, on, blink, blink_fast, unknown",
        ),
        ('[lamps.muted]\npin = 4\npatterns = { on = "pulse" }\n', "there is no `pulse`"),
        ('[patterns.a]\nsteps = ["on"  , "off 1"]\n', "patterns.a.steps: step 'on' lasts 0 s"),
        ("[patterns.a]\nsteps = []\n", "patterns.a.steps"),
        (
            '[bars.door]\npixels = 8\n[display]\ndriver = "ssd1322"\nspi = "0.1"\ndc_pin = 24\n',
            "SPI bus 0 is used by display already, and a bar shares none",
        ),
        ('[bars.a]\npixels = 8\n[bars.b]\npixels = 8\nspi = "0.1"\n', "SPI bus 0 is used by bars.a already"),
        ("[bars.a]\npixels = 8\n[relays.b]\npin = 10\n", "pin 10 is used by bars.a already"),
        (
            "[bars.a]\npixels = 500\n",
            "bars.a.pixels: 500 pixels of ws2812 do not fit one transfer; expected at most 329",
        ),
        ("[bars.a]\npixels = 8\nlimit = 5\n", "bars.a.limit"),
        ('[bars.a]\npixels = 8\nshows = "dor"\n', "there is no `dor`"),
        ('[buttons.b]\npin = 5\npress = "screen wall on"\n', "there is no `screen wall`; expected one of none"),
        ('[screens.a]\nkind = "sony"\nline = "/dev/ttyUSB0"\n', "screens.a.kind"),
        ("[relays.a]\npin = 17\n[relays.b]\npin = 17\n", "pin 17 is used by relays.a already"),
        ("[relays.a]\npin = 17\n[presence.b]\npin = 17\n", "pin 17 is used by relays.a already"),
        ("[presence.b]\npin = 28\n", "28"),
        ("[presence.b]\npin = 4\nabsent_after = 0\n", "presence.b.absent_after"),
        ('[relays.a]\npin = 17\nsafe = "maybe"\n', "relays.a.safe"),
    ],
)
def test_mistakes(text: str, said: str) -> None:
    assert said in mistakes(text)


@pytest.mark.parametrize(
    ("pin", "more", "unsafe"),
    [
        (17, "", False),
        (4, "", True),
        (14, "", True),
        (4, "active_high = false", False),
        (17, "active_high = false", True),
        (4, 'safe = "on"', False),
        (17, 'active_high = false\nsafe = "on"', False),
        ('"BOARD7"', "", True),
    ],
)
def test_a_pin_whose_pull_is_not_the_safe_level(pin: object, more: str, unsafe: bool) -> None:
    config = parse(f"{ROOM}[relays.lights]\npin = {pin}\n{more}\n", Path("room.toml"))
    assert bool([*unsafe_at_boot(config)]) is unsafe


def test_check_says_so(tmp_path: Path) -> None:
    (tmp_path / "room.toml").write_text(f"{ROOM}[relays.lights]\npin = 4\n")
    outcome = CliRunner().invoke(main, ["check", "--off-box", str(tmp_path / "room.toml")])
    assert outcome.exit_code == 0
    assert (
        "warning: [relays.lights] pin 4 is pulled up while the Pi starts, and the relay is on until the firmware runs; "
        "expected one of 16 to 27, or a resistor of 10 kΩ that pulls it down" in outcome.output
    )
