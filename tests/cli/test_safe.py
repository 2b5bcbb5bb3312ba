"""`offhook safe`, which systemd runs after a crash."""

from pathlib import Path

from click.testing import CliRunner
from gpiozero import LED
from gpiozero.pins.mock import MockFactory

from appliance.cli.main import main
from appliance.cli.safe import make_safe
from appliance.config.load import parse


def test_without_outputs_there_is_nothing_to_do(tmp_path: Path) -> None:
    path = tmp_path / "room.toml"
    path.write_text('[room]\nname = "Neptune"\n[terminal]\nhost = "192.0.2.20"\n[lamps.muted]\npin = 5\n')
    result = CliRunner().invoke(main, ["safe", "--config", str(path)])
    assert (result.exit_code, result.output) == (0, "")


RELAYS = """\
[room]
name = "Neptune"
[terminal]
host = "127.0.0.1"
[relays.lights]
pin = 17
[relays.screen]
pin = 5
active_high = false
safe = "on"
"""


def test_relays_are_made_safe_and_one_that_cannot_be_had_costs_no_other() -> None:
    factory = MockFactory()
    config = parse(RELAYS, Path("room.toml"))
    assert list(make_safe(config, lambda: factory)) == []
    assert [bool(factory.pin(pin).states[-1].state) for pin in (17, 5)] == [False, False], "the screen is active low"
    with LED(17, pin_factory=factory):
        (trouble,) = make_safe(config, lambda: factory)
        assert "relay 'lights': pin 17 cannot be used" in trouble


def test_a_machine_without_pins_says_so(tmp_path: Path) -> None:
    (tmp_path / "room.toml").write_text(RELAYS)
    outcome = CliRunner().invoke(main, ["safe", "--config", str(tmp_path / "room.toml")])
    assert (outcome.exit_code, "no GPIO chip" in outcome.output) == (1, True)
