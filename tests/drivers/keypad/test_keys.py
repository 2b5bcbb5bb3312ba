import evdev.ecodes
import msgspec
import pytest

from drivers.keypad.codes import CODES, MOST, code_of, full_name, name_of
from drivers.keypad.config import KeypadConfig
from drivers.keypad.keys import KEYMAP, SYMBOLS, canonical, codes_of


def test_codes_are_the_kernels() -> None:
    assert len(CODES) > 600
    assert {name: code for name, code in CODES.items() if code != evdev.ecodes.ecodes[name]} == {}


@pytest.mark.parametrize("name", ["KEY_SLEEP", "KEY_WAKEUP", "KEY_POWER", "KEY_CALC", "BTN_0", "BTN_SOUTH", "BTN_TL2"])
def test_keys_of_second_nodes_pedals_and_gamepads_have_names(name: str) -> None:
    assert codes_of(name) == (evdev.ecodes.ecodes[name],)


def test_every_name_of_the_kernel_means_its_code() -> None:
    nothing = {"KEY_RESERVED", "KEY_MAX", "KEY_CNT", "KEY_UNKNOWN", "KEY_MIN_INTERESTING"}
    names = [name for name in evdev.ecodes.ecodes if name.startswith(("KEY_", "BTN_")) and name not in nothing]
    known = {name: codes_of(name)[0] for name in names if full_name(name)}
    assert known == {name: evdev.ecodes.ecodes[name] for name in known}
    assert len(known) >= 600  # the others are newer than Debian 12


def test_every_code_can_be_named() -> None:
    assert all(code_of(full_name(name_of(code))) == code for code in range(1, MOST + 1))
    assert name_of(266) == "CODE_266"
    assert canonical("CODE_59") == "KEY_F1"


@pytest.mark.parametrize("name", ["CODE_0", "CODE_768", "CODE_07", "CODE_", "BTN_", "KEY_"])
def test_what_names_no_code(name: str) -> None:
    with pytest.raises(ValueError, match="no key"):
        codes_of(name)


def test_every_symbol_has_a_key() -> None:
    assert set(KEYMAP.values()) == set(SYMBOLS)
    assert all(KEYMAP[code] == symbol for symbol in SYMBOLS for code in codes_of(symbol))


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


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"device": " "}, "expected.*auto"),
        ({"devise": "auto"}, "unknown field"),
    ],
)
def test_wrong_configuration_says_what_was_expected(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=said):
        msgspec.convert(wrong, KeypadConfig)


@pytest.mark.parametrize("names", [("NUMERIC_{}", "KP{}", "{}")])
@pytest.mark.parametrize("digit", range(10))
def test_a_digit_is_one_wherever_it_stands(names: tuple[str, ...], digit: int) -> None:
    assert {KEYMAP[CODES[f"KEY_{name.format(digit)}"]] for name in names} == {str(digit)}


def test_every_code_has_one_name() -> None:
    assert len(set(CODES.values())) == len(CODES)


@pytest.mark.parametrize(
    ("name", "one"),
    [("F1", "KEY_F1"), ("KEY_F1", "KEY_F1"), ("1", "1"), ("A", "A"), ("*", "*"), ("BTN_A", "BTN_SOUTH")],
)
def test_a_key_has_one_canonical_name(name: str, one: str) -> None:
    assert canonical(name) == one


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("KEY_KPPLSU", "did you mean KEY_KPPLUS"),
        ("f1", "did you mean KEY_F1 or"),
        ("enter", "did you mean KEY_ENTER or KEY_KPENTER"),
        ("WARP", "expected 0 1 2"),
        ("", "expected 0 1 2"),
    ],
)
def test_no_such_key(wrong: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"no key `{wrong}`; .*{said}"):
        codes_of(wrong)
