"""`offhook check`: what it prints of a configuration that is right, and where it looks."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from appliance.cli.main import main
from tests.cli.processes import offhook

ROOM = """\
[room]
name = "Neptune"
contact = "anna@example.com"
[terminal]
host = "192.0.2.20"
pin_file = "/run/no/such/file"
[buttons.call]
pin = 17
press = "call"
[buttons.mute]
pin = 27
press = "volume 40"
held = "hang_up"
[buttons.big]
pin = 22
press = { meeting_soon = "join next", in_conference = "podium ask", otherwise = ["mute on", "wait 2", "redial"] }
confirm = { meeting_soon = "twice" }
[buttons.times]
pin = 23
press = "volume 10"
held = { 1s = "volume 20", 3s = "volume 30" }
[buttons.talk]
pin = 24
press = "mute off"
release = "mute on"
[buttons.two]
pin = 25
press = "volume 50"
double = "volume 60"
[chords.both]
buttons = ["call", "times"]
press = "volume 70"
[encoders.volume]
a = 20
b = 21
[readers.badge]
device = "RFID"
codes = { "1" = "hang_up" }
other = "call {code}"
[keypads.pad.keys]
F1 = "join 100@example.com 4711"
"""


@pytest.fixture
def room(tmp_path: Path) -> Path:
    path = tmp_path / "room.toml"
    path.write_text(ROOM)
    return path


def test_what_is_right_is_said_in_one_line(room: Path) -> None:
    assert offhook("check", "--off-box", str(room)) == (0, f"{room}: no mistakes\n", "")


def test_files_of_the_box_are_looked_for_unless_told_otherwise(room: Path) -> None:
    code, out, err = offhook("check", str(room))
    assert (code, out) == (2, "")
    assert err.startswith(f"{room}:6: terminal.pin_file: ")


def test_secrets_that_a_box_keeps_need_not_be_here(room: Path) -> None:
    room.write_text(ROOM.replace('pin_file = "/run/no/such/file"', 'pin = "(kept)"'))
    assert offhook("check", "--off-box", str(room))[0] == 0
    assert offhook("check", str(room))[0] == 2


def test_the_users_pin_is_worth_a_warning(room: Path) -> None:
    for section, noted in (
        ('pin = "FA6"\nrole = "user"', True),
        ('pin = "FA6"', False),
        ('password = "FA6"\nrole = "user"', False),
    ):
        room.write_text(ROOM.replace('pin_file = "/run/no/such/file"', section))
        code, out, err = offhook("check", str(room))
        assert (code, out, "changeUserAuthPinAfterConf" in err) == (0, f"{room}: no mistakes\n", noted)
        assert "FA6" not in err


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('host = "broker.example.com"\ntls = false\npassword = "xyzzy"', "`password`"),
        ('host = "localhost"\nfallback = ["broker.example.com"]\ntls = false\npassword = "xyzzy"', "`password`"),
        ('host = "broker.example.com"\ntls = false\npassword_file = "credential:offhook.mqtt"', "`password_file`"),
        ('host = "broker.example.com"\npassword = "xyzzy"', None),
        ('host = "127.0.0.1"\npassword = "xyzzy"', None),
        ('host = "broker.example.com"\ntls = false', None),
    ],
)
def test_a_password_for_the_broker_without_tls_is_worth_a_warning(room: Path, said: str, told: str | None) -> None:
    room.write_text(f'{ROOM}[mqtt]\nsite = "hq"\nroom = "neptune"\n{said}\n')
    code, _, err = offhook("check", "--off-box", str(room))
    assert (code, "xyzzy" in err) == (0, False)
    warning = f"{room}: warning: [mqtt] has a {told}, which everybody on the network can read on its way to broker"
    assert (warning in err) == (told is not None)


@pytest.mark.parametrize("there", [True, False])
def test_a_box_without_the_library_for_arabic_is_worth_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    path = tmp_path / "room.toml"
    monkeypatch.setattr("PIL.features.check", lambda feature: there and feature == "raqm")
    for display, options, noted in (("[display]", (), True), ("[display]", ("--off-box",), False), ("", (), False)):
        path.write_text(f'[room]\nname = "Neptune"\n[terminal]\nhost = "192.0.2.20"\n{display}\n')
        result = CliRunner().invoke(main, ["check", *options, str(path)])
        assert result.exit_code == 0
        assert ("apt install libfribidi0" in result.output) == (noted and not there)


def test_the_table_says_what_each_input_does_in_each_state(room: Path) -> None:
    code, out, _ = offhook("check", "--off-box", "--table", str(room))
    assert code == 0
    rows = {line.split("  ")[0]: line for line in out.splitlines()[1:]}
    states = ["idle", "meeting soon", "somebody calls", "calling", "in a call", "in a conference", "another calls"]
    states += ["somebody asks to join", "no link"]
    assert re.split(r" {2,}", rows["input"]) == ["input", *states]
    call = re.split(r" {2,}", rows["buttons.call"])
    assert call[1:4] == ["call anna@example.com", "call anna@example.com", "answer"]
    assert call[7:9] == ["answer", "accept request join"]
    assert '"No link to the terminal"' in rows["buttons.call"]
    assert "set volume 0.4" in rows["buttons.mute"]
    assert "decline" in rows["buttons.mute, held"]
    assert "set volume 0.55" in rows["encoders.volume, clockwise"]
    assert "hang up" in rows["readers.badge, code 1"]
    assert "call {code}" in rows["readers.badge, another code"]
    assert "call 100@example.com" in rows["keypads.pad.KEY_F1"]
    assert "4711" not in out


def test_the_table_has_every_gesture_and_the_states_in_which_something_is_different(room: Path) -> None:
    _, out, _ = offhook("check", "--off-box", "--table", str(room))
    rows = {line.split("  ")[0]: re.split(r" {2,}", line)[1:] for line in out.splitlines()[1:]}
    assert rows["buttons.big"][0] == "mute mic on, then wait 2, then redial"
    assert rows["buttons.big"][1] == '"Press again: join next"'
    assert rows["buttons.big"][5] == "ask for podium"
    assert rows["buttons.big, confirmed"][:2] == ["-", "call next-meeting"]
    assert rows["buttons.times"][0] == "set volume 0.1"
    assert (rows["buttons.times, held 1 s"][0], rows["buttons.times, held 3 s"][0]) == (
        "set volume 0.2",
        "set volume 0.3",
    )
    assert (rows["buttons.talk"][0], rows["buttons.talk, released"][0]) == ("mute mic off", "mute mic on")
    assert (rows["buttons.two"][0], rows["buttons.two, twice"][0]) == ("set volume 0.5", "set volume 0.6")
    assert rows["chords.both"][0] == "set volume 0.7"
