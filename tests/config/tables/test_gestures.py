"""What `room.toml` may say of presses, holds, releases and chords, and which of it is refused, at which key."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.config.load import ConfigError, parse
from appliance.language.text import Unusable
from appliance.room.actions import Action
from appliance.room.bindings.bindings import bind
from appliance.room.bindings.said import meaning
from appliance.room.situation import Situation

ROOM = '[room]\nname = "Neptune"\n[terminal]\nhost = "127.0.0.1"\n'
A = '[buttons.a]\npin = 17\npress = "call"\n'
B = '[buttons.b]\npin = 27\npress = "redial"\n'
CHORD = '[chords.c]\nbuttons = ["a", "b"]\n'


def mistakes(lines: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse(ROOM + lines, Path("room.toml"))
    return [line.removeprefix("room.toml:") for line in str(caught.value).splitlines()]


@pytest.mark.parametrize(
    ("lines", "mistake"),
    [
        (A + 'held = { 1s = "redial", "1.0" = "clear" }', "8: buttons.a.held: `1s`: there is another action"),
        (A + 'held = { 40s = "redial" }', "8: buttons.a.held: `40s` is no hold time; expected 0.1 to 30 seconds"),
        (A + 'held = { 0.5s = "redial" }', "8: buttons.a.held: `0` is no hold time"),
        (A + 'held = { 1s = "redial", idle = "clear" }', "8: buttons.a.held: `idle` is no hold time"),
        (A + 'held = { 1s = "camera left" }', "8: buttons.a.held: `camera left`: cannot be a hold action"),
        (A + 'held = { 1s = "redial" }\nhold = 2', "9: buttons.a.hold: has no effect: `held` says its own times"),
        (A + "hold = 2", "8: buttons.a.hold: has no effect without `held`"),
        (A + 'double = "camera left"', "8: buttons.a.double: `camera left`: cannot be what a double press does"),
        (A + 'release = "camera left"', "8: buttons.a.release: `camera left`: cannot be what a release does"),
        (A + 'release = "mute"\nheld = "redial"', "8: buttons.a.release: the press would act at the release, too"),
        (A + 'confirm = "thrice"', "8: buttons.a.confirm: "),
        (A + 'confirm = "twice"\nheld = "redial"', "8: buttons.a.confirm: a press that is to be confirmed"),
        (A + 'confirm = { idel = "twice" }', "8: buttons.a.confirm: unknown state `idel`; did you mean `idle`?"),
        ('[buttons.a]\npin = 17\npress = "hang_up"\ndouble = "call"', "8: buttons.a.double: `hang_up` acts as soon as"),
        ('[buttons.a]\npin = 17\npress = { ringing = "anwser" }', "7: buttons.a.press: for `ringing`: unknown action"),
        ("[buttons.a]\npin = 17\npress = [1]", "7: buttons.a.press: "),
        ('[buttons.a]\npin = 17\npress = { idle = { idle = "call" } }', "7: buttons.a.press: "),
        (
            '[buttons.a]\npin = 17\npress = ["restart_terminal", "call"]',
            "7: buttons.a.press: `call` is never reached: `restart_terminal` ends the link",
        ),
        (A + CHORD, "9: chords.c.buttons: there is no button `b`; expected one of a"),
        (
            A + '[buttons.bb]\npin = 27\npress = "call"\n' + CHORD,
            "12: chords.c.buttons: there is no button `b`; did you",
        ),
        (A + B + '[chords.c]\nbuttons = ["a"]', "12: chords.c.buttons: "),
        (A + B + '[chords.c]\nbuttons = ["a", "a"]', "12: chords.c.buttons: a chord takes different buttons"),
        (A + B + CHORD + '[chords.d]\nbuttons = ["b", "a"]', "14: chords.d.buttons: no chord can be part of another"),
        (A + B + CHORD + 'press = "camera left"', "13: chords.c.press: `camera left`: cannot be what a chord does"),
        (A + B.replace("redial", "mute") + CHORD, "12: chords.c.buttons: `b` does `mute` as soon as it is down"),
        (A + B + 'double = "clear"\n' + CHORD, "13: chords.c.buttons: `b` has `double` and cannot be part"),
        (
            '[encoders.e]\na = 5\nb = 6\nclockwise = ["mute", "call"]',
            "8: encoders.e.clockwise: several actions in a row",
        ),
        ('[encoders.e]\na = 5\nb = 6\nclockwise = "camera in"', "8: encoders.e.clockwise: `camera in`: a detent"),
    ],
)
def test_a_mistake_is_at_its_key(lines: str, mistake: str) -> None:
    (found,) = mistakes(lines)
    assert found.startswith(mistake)


def test_a_meeting_that_is_never_soon_is_no_state() -> None:
    room = ROOM.replace("[terminal]", "meeting_soon = 0\n[terminal]")
    with pytest.raises(ConfigError, match=r"8: buttons.a.press: `meeting_soon` never comes"):
        parse(
            f'{room}[buttons.a]\npin = 17\npress = {{ meeting_soon = "join next", idle = "call" }}', Path("room.toml")
        )


def test_no_password_is_in_a_repr() -> None:
    config = parse(f'{ROOM}[buttons.a]\npin = 17\npress = {{ idle = ["mute", "join x 4711"] }}', Path("room.toml"))
    assert "4711" not in repr(config.buttons)
    assert "4711" not in repr(config.bindings())


WORDS = st.sampled_from(["call", "mute on", "wait 2", "wait 99", "camera left", "hang_up", "answer", "call x", "no"])
ROWS = WORDS | st.lists(WORDS | st.text(max_size=5), max_size=4)
KEYS = st.sampled_from([*Situation, "1s", "2", "0.5s", "99s", "idel"]) | st.text(max_size=5)
SAID = ROWS | st.dictionaries(KEYS, ROWS, max_size=3)


@given(SAID)
def test_whatever_is_said_is_an_action_or_a_mistake(said: str | list[str] | dict[str, str | list[str]]) -> None:
    with suppress(Unusable):
        assert isinstance(meaning(said), Action)


@given(SAID, SAID | st.none(), SAID | st.none())
def test_whatever_is_bound_is_a_binding_or_a_mistake(
    press: str | list[str] | dict[str, str | list[str]],
    held: str | list[str] | dict[str, str | list[str]] | None,
    double: str | list[str] | dict[str, str | list[str]] | None,
) -> None:
    try:
        binding = bind(press, held, double=double, confirm="twice")
    except Unusable:
        return
    assert all(isinstance(action, Action) for action in binding.actions)
