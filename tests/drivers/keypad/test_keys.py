import evdev.ecodes
import msgspec
import pytest

from drivers.keypad.config import KeypadConfig
from drivers.keypad.keys import CODES, KEYMAP, SYMBOLS, code_of


@pytest.mark.parametrize("name", CODES)
def test_codes_are_the_kernels(name: str) -> None:
    assert CODES[name] == evdev.ecodes.ecodes[name]


def test_every_symbol_has_a_key() -> None:
    assert set(KEYMAP.values()) == set(SYMBOLS)
    assert all(KEYMAP[code_of(symbol)] == symbol for symbol in SYMBOLS)


@pytest.mark.parametrize(
    ("numeric", "navigation"),
    [
        ("KEY_KP0", "KEY_INSERT"),
        ("KEY_KP1", "KEY_END"),
        ("KEY_KP2", "KEY_DOWN"),
        ("KEY_KP3", "KEY_PAGEDOWN"),
        ("KEY_KP4", "KEY_LEFT"),
        ("KEY_KP6", "KEY_RIGHT"),
        ("KEY_KP7", "KEY_HOME"),
        ("KEY_KP8", "KEY_UP"),
        ("KEY_KP9", "KEY_PAGEUP"),
        ("KEY_KPDOT", "KEY_DELETE"),
    ],
)
def test_num_lock_makes_no_difference(numeric: str, navigation: str) -> None:
    assert KEYMAP[CODES[numeric]] == KEYMAP[CODES[navigation]]


def test_num_lock_itself_means_nothing() -> None:
    assert CODES["KEY_NUMLOCK"] not in KEYMAP


def test_configuration_changes_and_removes_keys() -> None:
    config = msgspec.convert({"keys": {"KEY_KPPLUS": "#", "KEY_KPDOT": "none"}}, KeypadConfig)
    assert config.keymap()[CODES["KEY_KPPLUS"]] == "#"
    assert CODES["KEY_KPDOT"] not in config.keymap()
    assert config.keymap()[CODES["KEY_KP5"]] == "5"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"keys": {"KEY_WARP": "1"}}, "KEY_WARP.*expected"),
        ({"keys": {"KEY_KP1": "E"}}, "enum"),
        ({"device": " "}, "expected.*auto"),
        ({"devise": "auto"}, "unknown field"),
    ],
)
def test_wrong_configuration_says_what_was_expected(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=said):
        msgspec.convert(wrong, KeypadConfig)


def test_no_such_key() -> None:
    with pytest.raises(ValueError, match=r"'E'.*expected one of"):
        code_of("E")
