"""The command itself: help, version, check, devices; and what importing it costs."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from appliance.cli.terminal.command import terminal
from tests.cli.processes import PATIENCE, ROOT, offhook

ROOM = """\
[room]
name = "Neptune"
[terminal]
host = "127.0.0.1"
"""

COMMANDS = [
    "",
    "run",
    "check",
    "demo",
    "simulate",
    "terminal",
    "terminal call",
    "terminal doctor",
    "terminal record",
    "terminal watch",
    "devices",
    "devices record",
    "devices probe",
    "devices keys",
    "hardware-test",
    "wiring",
    "version",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    code, out, err = offhook(*command.split(), "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage: offhook {command}".rstrip())


@pytest.mark.parametrize("name", sorted(terminal.commands))
def test_the_page_of_commands_names_every_option_that_talks_to_a_terminal(name: str) -> None:
    page = (ROOT / "docs/commands.md").read_text()
    synopsis = next(line for line in page.splitlines() if line.startswith(f"offhook terminal {name} "))
    shared = next(line for line in page.splitlines() if line.strip().startswith("CONNECTION: "))
    options = {
        option for each in terminal.commands[name].params if isinstance(each, click.Option) for option in each.opts
    }
    assert [option for option in options if f"[{option}" not in synopsis and f"{option}" not in shared] == []
    assert "[CONNECTION]" in synopsis


def test_help_lists_every_command_and_the_exit_codes() -> None:
    _, out, _ = offhook("--help")
    for command in ("run", "check", "demo", "simulate", "terminal", "devices", "version"):
        assert f"\n  {command} " in out
    assert "3 no connection" in out


def test_the_installed_command_prints_its_version() -> None:
    installed = Path(sys.executable).parent / "offhook"
    done = subprocess.run([installed, "version"], capture_output=True, text=True, timeout=PATIENCE)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == offhook("version")[1]
    assert done.stdout.strip().replace(".", "").isdigit()


@pytest.mark.parametrize("wrong", [["fly"], ["run", "--config"], ["check"], ["--loud"], ["version", "now"]])
def test_wrong_use_is_exit_code_2(wrong: list[str]) -> None:
    code, out, err = offhook(*wrong)
    assert (code, out) == (2, "")
    assert "Error: " in err


def test_a_good_configuration_takes_one_line(tmp_path: Path) -> None:
    path = tmp_path / "room.toml"
    path.write_text(ROOM)
    assert offhook("check", path) == (0, f"{path}: no mistakes\n", "")


@pytest.mark.parametrize("command", [["check"], ["run", "--config"], ["devices", "--config"]])
def test_a_wrong_configuration_lists_every_mistake_and_nothing_starts(command: list[str], tmp_path: Path) -> None:
    path = tmp_path / "room.toml"
    path.write_text(ROOM + 'web_port = "eighty"\n[buttons.call]\npin = 4\npres = "call"\n')
    code, out, err = offhook(*command, path)
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        f"{path}:5: terminal.web_port: expected a whole number, got text in quotes",
        f"{path}:6: buttons.call.press: is missing",
        f"{path}:8: buttons.call.pres: unknown key; did you mean `press`?",
    ]


def test_a_configuration_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "room.toml"
    for command in (["check"], ["run", "--config"]):
        assert offhook(*command, path) == (2, "", f"{path}:1: cannot be read: No such file or directory\n")


def test_devices_says_of_each_kind_what_there_is() -> None:
    code, out, err = offhook("devices")
    assert (code, err) == (0, "")
    for kind, words in [("gpio", "GPIO chip"), ("i2c", "I2C bus"), ("serial", "serial line")]:
        assert f"{kind}  " in out or f"no {words} found" in out
    code, out, err = offhook("devices", "--json")
    assert (code, err) == (0, "")
    assert set(json.loads(out)) == {"found", "lacking", "configured"}


def test_devices_says_which_device_of_a_room_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "room.toml"
    path.write_text(
        ROOM + '[joysticks.desk]\nport = "/dev/serial/by-id/nowhere"\n[joysticks.null]\nport = "/dev/null"\n'
    )
    code, out, err = offhook("devices", "--config", path)
    assert (code, err) == (1, "")
    lines = [line.split(maxsplit=3) for line in out.splitlines()]
    port = "/dev/serial/by-id/nowhere"
    assert ["MISSING", "joysticks.desk", port, f"there is no {port}"] in lines
    assert ["there", "joysticks.null", "/dev/null"] in lines


def test_devices_is_content_with_a_room_that_lacks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "room.toml"
    path.write_text(ROOM)
    assert offhook("devices", "--config", path, "--json")[0] == 0


def loaded_by(*statements: str) -> set[str]:
    """The top-level packages and our modules in a Python that did this and nothing else."""
    code = "; ".join([*statements, "import sys", "print(*sys.modules)"])
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    return {name for name in done.stdout.split() if "." not in name or name.startswith("appliance.")}


HEAVY = {
    "starlette",
    "jinja2",
    "gpiozero",
    "lgpio",
    "serial",
    "evdev",
    "luma",
    "PIL",
    "trio_websocket",
    "h11",
}
NEVER = {"hypothesis", "playwright", "pytest"}


def test_the_command_itself_loads_nothing_of_what_its_subcommands_need() -> None:
    loaded = loaded_by("import appliance.cli.main")
    assert not loaded & (
        HEAVY | NEVER | {"trio", "msgspec", "structlog", "appliance.config.schema", "appliance.run.appliance"}
    )


def test_reading_a_configuration_loads_no_driver_library_and_no_web() -> None:
    loaded = loaded_by("import appliance.config.schema")
    assert not loaded & (HEAVY | NEVER | {"trio", "asyncio", "structlog"})


def test_a_room_without_a_broker_loads_nothing_of_mqtt_but_what_its_configuration_may_say() -> None:
    loaded = {name for name in loaded_by("import appliance.run.appliance, appliance.run.process") if "mqtt" in name}
    assert loaded == {"appliance.fleet.mqtt", "appliance.fleet.mqtt.config"}


def test_a_room_on_a_broker_loads_nothing_for_home_assistant() -> None:
    loaded = loaded_by("import appliance.run.appliance, appliance.run.tables.mqtt")
    assert "mqtt5" in loaded
    assert not {name for name in loaded if "home_assistant" in name or "announcing" in name}


def test_a_room_without_a_panel_loads_no_web() -> None:
    loaded = loaded_by("import appliance.run.appliance")
    assert not loaded & (
        NEVER
        | {
            "starlette",
            "jinja2",
            "appliance.runtime.web.server",
            "evdev",
            "appliance.simulator",
            "appliance.run.demo.virtual",
        }
    )
