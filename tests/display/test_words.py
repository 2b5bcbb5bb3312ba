"""What a page says, for who hears it: from the same source as the picture, whole, and nothing that is secret."""

import msgspec
import pytest

from appliance.display.draw import compose
from appliance.display.view import View
from appliance.language.languages import language
from appliance.room.parts.call import PasswordEntry
from appliance.room.secret import Secret
from tests.display.scenes import ANNA, LONG, NOW, SCENES, room, view


def words(view: View) -> tuple[str, ...]:
    return compose(view).words


@pytest.mark.parametrize("name", SCENES)
def test_every_page_says_something(name: str) -> None:
    assert words(SCENES[name])
    assert all(words(SCENES[name]))


def test_a_name_that_scrolls_is_said_whole() -> None:
    assert LONG.label in words(SCENES["ringing_long_name"])


def test_they_come_in_the_order_in_which_a_page_is_read() -> None:
    assert words(SCENES["in_call_all_muted"]) == (
        "Иван Ёлкин",
        "1:00:00",
        "Loudspeaker off",
        "Camera off",
        "Microphone off",
    )


def test_they_are_in_the_language_of_the_room() -> None:
    spoken = msgspec.structs.replace(SCENES["in_call_muted"], language=language("ru"))
    assert words(spoken)[-1] == "Микрофон выключен"


def test_what_was_asked_of_the_terminal_comes_first() -> None:
    assert words(SCENES["asked_mute"])[0] == "Mic mute requested…"


def test_what_is_not_known_is_not_said_as_a_dash() -> None:
    assert words(SCENES["idle_unknown"]) == ("Microphone: not known",)


def test_a_password_is_not_among_them() -> None:
    entry = PasswordEntry(ANNA, Secret("12A"), readable_until=NOW + 0.5)
    assert words(view(room(password=entry))) == ("Password for Anna Larsen", "3 characters, then Call")
