"""What keys of a keypad mean while a modifier is down."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.config.tables.keypads import Keypad
from drivers.keypad.codes import CODES, name_of
from drivers.keypad.config import KeypadConfig, WedgeConfig
from drivers.keypad.fake import input_event
from drivers.keypad.key_events import EV_KEY, EV_SYN, SYN_DROPPED, SYN_REPORT, KeyDecoder
from drivers.keypad.keys import KEYMAP
from drivers.keypad.modifiers import MODIFIERS, OTHERS, SHIFTS, Modifiers, reachable


class Pad:
    """A keypad of one or two nodes with its modifiers."""

    def __init__(self, config: KeypadConfig | None = None, down: tuple[str, ...] = ()) -> None:
        config = config or KeypadConfig()
        modifiers = Modifiers(config.modifiers())
        codes = [CODES[f"KEY_{name}"] for name in down]
        self.nodes = [KeyDecoder(config.keymap(), now, modifiers) for now in (codes, [])]

    def feed(self, moves: str, node: int = 0) -> list[str]:
        """`+3` presses KEY_3, `-3` releases it; returns what is heard of it, in the same form."""
        data = b"".join(input_event(EV_KEY, CODES[f"KEY_{move[1:]}"], move[0] == "+") for move in moves.split())
        return [f"{'+' if event.down else '-'}{event.symbol}" for event in self.nodes[node].feed(data)]


@pytest.mark.parametrize("shift", ["LEFTSHIFT", "RIGHTSHIFT"])
@pytest.mark.parametrize(("key", "symbol"), [("3", "#"), ("8", "*")])
def test_shift_makes_pound_and_star(shift: str, key: str, symbol: str) -> None:
    for order in ((key, shift), (shift, key)):
        up = " ".join(f"-{each}" for each in order)
        assert Pad().feed(f"+{shift} +{key} {up} +{key}") == [f"+{symbol}", f"-{symbol}", f"+{key}"]


@pytest.mark.parametrize("key", ["1", "2", "4", "5", "6", "7", "9", "0", "KP3", "KP8", "NUMERIC_5", "HOME"])
def test_shift_with_another_digit_means_nothing(key: str) -> None:
    assert Pad().feed(f"+LEFTSHIFT +{key} -{key} -LEFTSHIFT") == []


@pytest.mark.parametrize("modifier", sorted(name_of(code).removeprefix("KEY_") for code in OTHERS))
@pytest.mark.parametrize("key", ["5", "KP5", "3", "KPASTERISK", "KPSLASH", "A", "KPENTER", "BACKSPACE"])
def test_other_modifiers_with_a_key_mean_nothing(modifier: str, key: str) -> None:
    assert Pad().feed(f"+{modifier} +{key} -{modifier} -{key}") == []
    assert Pad().feed(f"+LEFTSHIFT +{modifier} +{key} -{modifier} -{key}") == []


def test_shift_changes_nothing_else() -> None:
    assert Pad().feed("+LEFTSHIFT +A -A +KPENTER -KPENTER +KPASTERISK") == ["+A", "-A", "+call", "-call", "+*"]


def test_a_key_that_is_down_already_stays_what_it_is() -> None:
    assert Pad().feed("+3 +LEFTSHIFT -3 -LEFTSHIFT") == ["+3", "-3"]


def test_a_modifier_counts_wherever_it_is_and_since_whenever() -> None:
    pad = Pad(down=("LEFTSHIFT",))
    assert pad.feed("+3 -3", node=1) == ["+#", "-#"]
    assert pad.feed("-LEFTSHIFT +3") == ["+3"]


def test_after_lost_events_the_device_says_which_are_down() -> None:
    pad = Pad()
    pad.feed("+LEFTCTRL")
    pad.nodes[0].feed(input_event(EV_SYN, SYN_DROPPED, 0) + input_event(EV_SYN, SYN_REPORT, 0))
    pad.nodes[0].resync({CODES["KEY_LEFTSHIFT"]})
    assert pad.feed("+3 +5") == ["+#"]


class TestConfigured:
    def test_shift_alone_can_be_bound(self) -> None:
        pad = Pad(Keypad(keys={"LEFTSHIFT": "mute"}))
        assert pad.feed("+LEFTSHIFT -LEFTSHIFT") == ["+KEY_LEFTSHIFT", "-KEY_LEFTSHIFT"]
        assert pad.feed("+LEFTSHIFT +3 -3") == ["+KEY_LEFTSHIFT", "+#", "-#"]

    def test_in_a_chord_it_is_a_key_like_any_other(self) -> None:
        pad = Pad(Keypad(keys={"LEFTCTRL+5": "mute"}))
        assert pad.feed("+LEFTCTRL +5 -5 -LEFTCTRL") == ["+KEY_LEFTCTRL", "+5", "-5", "-KEY_LEFTCTRL"]
        assert pad.feed("+RIGHTCTRL +5 -5 -RIGHTCTRL") == []

    def test_a_key_with_a_meaning_of_its_own_keeps_it(self) -> None:
        pad = Pad(Keypad(keys={"F13": "mute", "KEY_4": "redial"}))
        assert pad.feed("+LEFTCTRL +F13 +4") == ["+KEY_F13", "+KEY_4"]

    def test_what_is_said_of_a_symbol_is_said_of_shift_and_its_digit(self) -> None:
        assert Pad(Keypad(keys={"#": "none"})).feed("+LEFTSHIFT +3 -3") == []
        assert Pad(Keypad(keys={"#": "clear"})).feed("+LEFTSHIFT +3") == ["+clear"]

    def test_a_key_that_means_nothing_means_nothing(self) -> None:
        assert Pad(Keypad(keys={"KEY_3": "none"})).feed("+LEFTSHIFT +3") == []

    def test_a_reader_has_none(self) -> None:
        assert WedgeConfig(device="RFID").modifiers() == frozenset()


moves = st.tuples(
    st.integers(0, 1), st.sampled_from("+-"), st.sampled_from(sorted(KEYMAP.keys() | MODIFIERS)).map(name_of)
)


@given(st.lists(moves, max_size=40))
def test_no_digit_while_any_modifier_is_down(sequence: list[tuple[int, str, str]]) -> None:
    pad = Pad()
    down: set[tuple[int, str]] = set()
    heard: list[str] = []
    for node, move, name in sequence:
        (down.add if move == "+" else down.discard)((node, name))
        more = pad.feed(f"{move}{name.removeprefix('KEY_')}", node)
        heard += more
        modified = {CODES[each] for _, each in down} & MODIFIERS
        if modified and move == "+":
            assert not {*more} & {f"+{digit}" for digit in range(10)}
            assert not more or modified <= SHIFTS
    for symbol, count in ((each[1:], heard.count(each)) for each in {*heard} if each[0] == "-"):
        assert count <= heard.count(f"+{symbol}")


def test_all_combinations_of_two_modifiers_mean_nothing_but_two_shifts() -> None:
    for one, other in itertools.combinations(sorted(name_of(code).removeprefix("KEY_") for code in MODIFIERS), 2):
        heard = Pad().feed(f"+{one} +{other} +3")
        assert heard == (["+#"] if "SHIFT" in one and "SHIFT" in other else [])


def test_what_a_device_can_type() -> None:
    digits = frozenset(CODES[f"KEY_{digit}"] for digit in range(10))
    assert reachable(digits, KEYMAP) == {*"0123456789"}
    assert reachable(digits | {CODES["KEY_LEFTSHIFT"]}, KEYMAP) == {*"0123456789*#"}
