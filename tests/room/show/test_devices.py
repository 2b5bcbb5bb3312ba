"""What is missing, in as few words as a display has room for."""

from appliance.language.catalogue import ENGLISH
from appliance.room.show.devices import device, missing


def said(*services: str) -> list[str]:
    return [ENGLISH.say(text) for text in missing(services)]


def test_what_is_missing_has_its_name() -> None:
    assert said("keypad lectern", "button call", "display") == ["button call", "display", "keypad lectern"]


def test_several_pins_are_a_number_and_all_else_is_not() -> None:
    pins = ("lamp a", "button call", "lamp b", "encoder volume", "button mute", "lamp c")
    assert said("keypad", "keypad lectern", *pins) == [
        "2 buttons",
        "3 lamps",
        "encoder volume",
        "keypad",
        "keypad lectern",
    ]


def test_nothing_is_missing() -> None:
    assert said() == []


def test_what_has_no_name_for_people_is_called_as_it_is() -> None:
    names = [
        ENGLISH.say(device(service)) for service in ("speakerphone", "presets", "joystick podium", "something new")
    ]
    assert names == ["speakerphone", "presets", "joystick podium", "something new"]
