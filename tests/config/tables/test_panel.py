"""Buttons of the panel in a `room.toml`."""

from pathlib import Path

import pytest

from appliance.cli.check.table import rows
from appliance.config.load import ConfigError, parse
from appliance.config.tables.panel import MOST
from appliance.panel.config import ShownButton
from appliance.room.actions import Confirmed, HangUp, Mute, Row, Switch, Wait
from appliance.room.bindings.bindings import Binding, Chord
from appliance.room.situation import Situation

ROOM = """\
[room]
name = "Neptune"
[terminal]
host = "127.0.0.1"
[relays.lights]
pin = 17
[panel]
listen = "127.0.0.1:8080"
"""
EVERYTHING = """\
[panel.buttons.lights]
press = "relay lights"
held = "relay lights on"
label = "Свет"
icon = "light"
colour = "amber"
order = 2
[panel.buttons.end]
press = "hang_up"
confirm = "hold"
hold = 2
place = "call"
lit = "in_call"
only = ["in_call"]
[panel.buttons.start]
press = ["relay lights on", "wait 1", "mute on"]
"""


def mistakes(text: str) -> str:
    """What is wrong with it."""
    with pytest.raises(ConfigError) as caught:
        parse(ROOM + text, Path("room.toml"))
    return str(caught.value)


def test_a_button_of_the_panel_is_bound_as_one_on_a_pin() -> None:
    config = parse(ROOM + EVERYTHING, Path("room.toml"))
    bindings = config.bindings()
    row = Row((Switch("relay", "lights", on=True), Wait(1.0), Mute("mic", on=True)))
    assert bindings.buttons == {
        "panel.buttons.lights": Binding(Switch("relay", "lights"), (Switch("relay", "lights", on=True),)),
        "panel.buttons.end": Binding(Confirmed(HangUp(), "hold")),
        "panel.buttons.start": Binding(row),
    }
    assert bindings.chords == {
        "panel.buttons.lights": Chord(frozenset({"panel.buttons.lights"}), (1.0,)),
        "panel.buttons.end": Chord(frozenset({"panel.buttons.end"}), (2.0,)),
    }
    assert bindings.parts == {name: (name,) for name in bindings.chords}
    assert config.hold_times() == {"panel.buttons.lights": (1.0,), "panel.buttons.end": (2.0,)}


def test_what_pages_need_to_know_is_all_said() -> None:
    panel = parse(ROOM + EVERYTHING, Path("room.toml")).panel
    assert panel is not None
    assert [button.shown(name) for name, button in panel.buttons.items()] == [
        ShownButton(label="Свет", icon="light", colour="amber", order=2, lit="relay lights"),
        ShownButton(label="end", place="call", lit="in_call", only=(Situation.IN_CALL,)),
        ShownButton(label="start", lit="relay lights"),
    ]


def test_the_table_says_what_they_do() -> None:
    config = parse(ROOM + EVERYTHING, Path("room.toml"))
    cells = {row[0]: row[1] for row in rows(config.bindings(), config.hold_times())}
    assert cells == {
        "input": "idle",
        "panel.buttons.lights": "relay lights on",
        "panel.buttons.lights, held": "relay lights on",
        "panel.buttons.end": '"Keep it down: end the call"',
        "panel.buttons.end, confirmed": "-",
        "panel.buttons.start": "relay lights on, then wait 1, then mute on",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('press = "mut"', "panel.buttons.b.press: unknown action `mut`; did you mean `mute`?"),
        ('press = "relay light"', "panel.buttons.b.press: there is no `relay light`; expected one of relay lights"),
        ('press = "none"\nheld = "relay light"', "panel.buttons.b.held: there is no `relay light`"),
        ('press = "speed_dial 2"', "panel.buttons.b.press"),
        ('press = "lock"', "panel.buttons.b.press"),
        ('press = "camera left"', "panel.buttons.b.press: `camera left`: cannot be what a button of the panel does"),
        ('press = "mute"\nlit = "mutd"', "panel.buttons.b.lit: there is no `mutd`; did you mean `muted`?"),
        ('press = "mute"\nlit = "relay lamp"', "panel.buttons.b.lit: there is no `relay lamp`"),
        ('press = "mute"\nicon = "sun"', "panel.buttons.b.icon: 'sun' is none of the possible values"),
        ('press = "mute"\nplace = "door"', "panel.buttons.b.place"),
        ('press = "mute"\nonly = ["busy"]', "panel.buttons.b.only"),
        ('press = "mute"\nhold = 2', "panel.buttons.b.hold"),
        ('press = { in_cal = "mute" }', "panel.buttons.b.press: unknown state `in_cal`; did you mean `in_call`?"),
        ('held = "mute"', "panel.buttons.b.press: is missing"),
        ('press = "mute"\npin = 4', "panel.buttons.b.pin: unknown key"),
    ],
)
def test_mistakes(text: str, said: str) -> None:
    assert said in mistakes(f"[panel.buttons.b]\n{text}\n")


def test_a_label_is_no_action() -> None:
    assert parse(ROOM + '[panel.buttons.b]\npress = "mute"\nlabel = "lock"\n', Path("room.toml")).panel is not None


def test_no_more_than_fit() -> None:
    many = "".join(f'[panel.buttons.b{n}]\npress = "mute"\n' for n in range(MOST + 1))
    assert f"panel.buttons: expected at most {MOST} buttons" in mistakes(many)


def test_no_meeting_is_ever_soon() -> None:
    room = ROOM.replace('name = "Neptune"', 'name = "Neptune"\nmeeting_soon = 0')
    for key in ('press = { meeting_soon = "mute" }', 'press = "mute"\nonly = ["meeting_soon"]'):
        with pytest.raises(ConfigError, match="never comes"):
            parse(f"{room}[panel.buttons.b]\n{key}\n", Path("room.toml"))
