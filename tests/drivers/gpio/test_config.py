import msgspec
import pytest

from drivers.gpio.config import GLITCH, ButtonConfig, GpioConfig, LampConfig


def test_a_pin_is_enough() -> None:
    button = msgspec.convert({"pin": 17}, ButtonConfig)
    assert (button.pull, button.debounce, button.hold) == ("up", 0.02, None)
    assert msgspec.convert({"pin": "GPIO27"}, LampConfig) == LampConfig(pin="GPIO27", active_high=True)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({}, "pin"),
        ({"pin": -1}, r"pin"),
        ({"pin": ""}, r"pin"),
        ({"pin": 17, "pull": "sideways"}, r"pull"),
        ({"pin": 17, "debounce": 0.6}, r"debounce"),
        ({"pin": 17, "hold": 0}, r"hold"),
        ({"pin": 17, "bounce": 1}, r"bounce"),
    ],
)
def test_wrong_values_are_named(table: dict[str, object], message: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=message):
        msgspec.convert(table, ButtonConfig)


@pytest.mark.parametrize(
    ("config", "level"),
    [
        (ButtonConfig(pin=17), False),
        (ButtonConfig(pin=17, pull="down"), True),
        (ButtonConfig(pin=17, pull="none"), False),
        (ButtonConfig(pin=17, active_high=True), True),
    ],
)
def test_level_of_a_pressed_button_follows_the_wiring(config: ButtonConfig, level: bool) -> None:
    assert config.pressed_level is level


def test_more_fields_can_be_added() -> None:
    class Named(ButtonConfig, frozen=True, kw_only=True, forbid_unknown_fields=True):
        name: str

    assert msgspec.convert({"pin": 17, "name": "call"}, Named).name == "call"


@pytest.mark.parametrize("chip", ["pinctrl-rp1", "/dev/gpiochip15", 15, 0])
def test_a_chip_has_a_label_a_path_or_a_number(chip: int | str) -> None:
    assert msgspec.convert({"chip": chip}, GpioConfig).chip == chip


@pytest.mark.parametrize("chip", ["", -1, 1.5, True, []])
def test_what_names_no_chip_is_refused(chip: object) -> None:
    with pytest.raises(msgspec.ValidationError, match="chip"):
        msgspec.convert({"chip": chip}, GpioConfig)


@pytest.mark.parametrize(
    ("config", "seconds"),
    [
        (ButtonConfig(pin=17), GLITCH),
        (ButtonConfig(pin=17, edge="trailing"), 0.02),
        (ButtonConfig(pin=17, debounce=0.001), 0.001),
        (ButtonConfig(pin=17, debounce=0), 0),
    ],
)
def test_a_press_counts_early_at_its_leading_edge_and_never_after_the_debounce(
    config: ButtonConfig, seconds: float
) -> None:
    assert config.press_after == seconds
