from pathlib import Path

import pytest

from appliance.config.load import ConfigError, parse
from appliance.config.tables.keypads import Keypad, parts
from appliance.room.actions import Backspace, CallPeer, Camera, Dial, HangUp, HookOff, Join, Nothing, Reclaim
from appliance.room.bindings.bindings import Binding
from appliance.room.secret import Secret
from drivers.keypad.codes import CODES
from drivers.keypad.gestures import Gestures
from drivers.keypad.key_events import KeyEvent
from drivers.keypad.keys import KEYMAP

ROOM = '[room]\nname = "Neptune"\n[terminal]\nhost = "127.0.0.1"\n[keypads.pad.keys]\n'
FIRST = ROOM.count("\n") + 1


def keypad(lines: str) -> Keypad:
    return parse(ROOM + lines + "\n", Path("room.toml")).keypads["pad"]


def mistakes(lines: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        keypad(lines)
    return str(caught.value).splitlines()


def typed(gestures: Gestures, name: str) -> list[str]:
    did = [*gestures.key(KeyEvent(name, True), 1.0), *gestures.key(KeyEvent(name, False), 1.1)]
    return [each.kind for each in did if each.name == name]


def test_without_a_word_every_key_is_what_it_is() -> None:
    pad = keypad("")
    assert pad.keymap() == KEYMAP
    assert pad.bindings() == {}
    assert typed(pad.gestures(), "5") == ["pressed", "released"]


def test_a_symbol_moves_to_another_key() -> None:
    pad = keypad('KEY_KPPLUS = "#"\nKPSLASH = "none"\nDOT = "clear"')
    assert pad.keymap() == {code: symbol for code, symbol in KEYMAP.items() if code != CODES["KEY_KPSLASH"]} | {
        CODES["KEY_KPPLUS"]: "#",
        CODES["KEY_DOT"]: "clear",
    }
    assert pad.bindings() == {}


def test_what_is_said_of_one_key_counts_more_than_what_is_said_of_its_symbol() -> None:
    keymap = keypad('KEY_KPSLASH = "*"\n"#" = "none"').keymap()
    assert keymap[CODES["KEY_KPSLASH"]] == "*"
    assert CODES["KEY_NUMERIC_POUND"] not in keymap


def test_a_key_that_means_nothing_by_itself_gets_an_action() -> None:
    pad = keypad('F1 = "call reception@video.example.com"\nVOLUMEUP = "volume up"')
    assert pad.keymap()[CODES["KEY_F1"]] == "KEY_F1"
    assert pad.bindings()["KEY_F1"] == Binding(CallPeer("reception@video.example.com"))


def test_a_held_key_still_does_what_it_is() -> None:
    pad = keypad('"*" = { held = "hang_up" }\nBACKSPACE = { held = "clear" }\ncall = { held = "redial" }')
    assert pad.bindings()["*"] == Binding(Dial("*"), (HangUp(),))
    assert pad.bindings()["KEY_BACKSPACE"].press == Backspace()
    assert pad.bindings()["call"].press == HookOff()
    codes = [code for code, name in pad.keymap().items() if name == "*"]
    assert sorted(codes) == sorted([CODES["KEY_KPASTERISK"], CODES["KEY_NUMERIC_STAR"]])


def test_a_key_that_carries_a_symbol_has_what_is_said_of_the_symbol() -> None:
    pad = keypad('KPPLUS = "#"\n"#" = { held = "reclaim" }')
    assert pad.keymap()[CODES["KEY_KPPLUS"]] == "#"
    assert pad.bindings() == {"#": Binding(Dial("#"), (Reclaim(),))}


def test_a_chord_leaves_its_keys_what_they_are() -> None:
    pad = keypad('"3+1" = "reclaim"\n"KEY_KP7+F2" = { press = "hang_up" }\nKP7 = "4"')
    assert pad.bindings() == {
        "1+3": Binding(Reclaim()),
        "1": Binding(Dial("1")),
        "3": Binding(Dial("3")),
        "KEY_F2+KEY_KP7": Binding(HangUp()),
        "KEY_F2": Binding(Nothing()),
        "KEY_KP7": Binding(Dial("4")),
    }
    assert pad.keymap()[CODES["KEY_KP7"]] == "KEY_KP7"
    assert pad.keymap()[CODES["KEY_7"]] == "7"


def test_a_held_chord() -> None:
    pad = keypad('"1+3" = { held = "reclaim", hold = 3.0 }')
    assert pad.bindings()["1+3"] == Binding(Nothing(), (Reclaim(),))
    gestures = pad.gestures()
    for key in "13":
        gestures.key(KeyEvent(key, True), 1.0)
    gestures.check(1.1)
    assert gestures.deadline == pytest.approx(4.1)


def test_keys_move_the_rooms_camera_or_another() -> None:
    pad = keypad('F1 = "camera left"\nF2 = { press = "camera right", camera = "terminal" }')
    assert pad.bindings("back")["KEY_F1"] == Binding(Camera("left"), camera="back")
    assert pad.bindings("back")["KEY_F2"] == Binding(Camera("right"))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('KPPLSU = "#"', "no key `KPPLSU`; did you mean KEY_KPPLUS?"),
        ('"1+WARP" = "call"', "no key `WARP`; expected 0 1 2"),
        ('"1+" = "call"', "no key ``; expected 0 1 2"),
        ('"1+1" = "call"', "`1+1`: a chord takes different keys"),
        ('F1 = "cal"', "unknown action `cal`; did you mean `call`?"),
        ('F1 = "call a b"', "`call a b`: expected one peer id after `call`; or what a key carries: 0 1 2"),
        ("F1 = {}", "expected `press`, `held` or both"),
        ('F1 = { press = "cal" }', "unknown action `cal`"),
        ('F1 = { held = "camera left" }', "`camera left`: cannot be a hold action"),
        ('F1 = { press = "call", camera = "front" }', "`front` is none of terminal, far_end"),
        ("F1 = 5", "expected text in quotes or a table, got a whole number"),
    ],
)
def test_mistakes_stand_where_they_were_made(lines: str, said: str) -> None:
    (mistake,) = mistakes(lines)
    assert mistake.startswith(f"room.toml:{FIRST}: keypads.pad.keys.")
    assert said in mistake


def test_how_long_a_key_can_be_held() -> None:
    assert mistakes('F1 = { held = "call", hold = 0 }') == [
        f"room.toml:{FIRST}: keypads.pad.keys.F1.hold: expected a number from 0.1 on"
    ]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('F1 = "call"\nKEY_F1 = "redial"', "keypads.pad.keys.KEY_F1: is the same as `F1`"),
        ('"1+3" = "call"\n"3+1" = "redial"', "keypads.pad.keys.3+1: is the same as `1+3`"),
        (
            '"1+3" = "call"\n"5+3+1" = "redial"',
            "keypads.pad.keys.5+3+1: no chord can be part of another, and there is `1+3`",
        ),
        (
            'KEY_KP1 = "reclaim"\n"1" = { held = "redial" }',
            "keypads.pad.keys.1: KEY_KP1 is one of the keys `1`, and `KEY_KP1` says something else about it",
        ),
        (
            '"KEY_KP1+KEY_KP2" = "call"\n"1+3" = "redial"',
            "keypads.pad.keys.1+3: KEY_KP1 is one of the keys `1`, and `KEY_KP1+KEY_KP2` says something else about it",
        ),
    ],
)
def test_conflicts_are_refused(lines: str, said: str) -> None:
    (mistake,) = mistakes(lines)
    assert mistake == f"room.toml:{FIRST + 1}: {said}"


@pytest.mark.parametrize("device", ["", 'device = "auto"\n'])
def test_a_letter_key_of_a_keypad_that_has_none(device: str) -> None:
    room = ROOM.replace("pad.keys]\n", f"pad]\n{device}[keypads.pad.keys]\n")
    with pytest.raises(ConfigError) as caught:
        parse(room + 'Q = "redial"\n"1+KEY_P" = "call"\n', Path("room.toml"))
    first = FIRST + room.count("\n") - ROOM.count("\n")
    why = "`auto` takes no device with letter keys; expected `device` to name it"
    assert str(caught.value).splitlines() == [
        f"room.toml:{first}: keypads.pad.keys.Q: {why}",
        f"room.toml:{first + 1}: keypads.pad.keys.1+KEY_P: {why}",
    ]


def test_a_letter_key_of_a_keypad_that_is_named() -> None:
    room = ROOM.replace("pad.keys]\n", 'pad]\ndevice = "1-1.3"\n[keypads.pad.keys]\n')
    assert parse(room + 'Q = "redial"\n', Path("room.toml")).keypads["pad"].own_names() == {"KEY_Q"}


def test_all_mistakes_in_one_go() -> None:
    assert len(mistakes('F1 = "cal"\nF99X = "call"\nF2 = { held = "x" }')) == 3


def test_parts_are_canonical_and_in_one_order() -> None:
    assert parts("F1") == ("KEY_F1",)
    assert parts("3+F2+1") == parts("KEY_F2+1+3") == ("1", "3", "KEY_F2")


def test_a_key_joins_a_conference_and_nobody_reads_its_password() -> None:
    pad = keypad('F1 = "join \\\\c\\\\0123 1A2"\nF2 = { held = "join a@b 1A2" }')
    assert pad.bindings()["KEY_F1"] == Binding(Join("\\c\\0123", Secret("1A2")))
    assert pad.bindings()["KEY_F2"] == Binding(Nothing(), (Join("a@b", Secret("1A2")),))
    assert "1A2" not in repr(pad.bindings())
    (mistake,) = mistakes('F1 = "join a@b 1A2 x"')
    assert "`join …`: expected join next|PEER PIN" in mistake


def test_e_is_a_letter_and_no_device_of_auto_has_it() -> None:
    assert keypad("").keymap()[CODES["KEY_E"]] == "E"
    assert "takes no device with letter keys" in mistakes('KEY_E = "mute"')[0]
