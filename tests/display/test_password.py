"""The page on which a password is typed: one character can be read for a moment, and no longer."""

import pytest

from appliance.display.draw import compose, draw
from appliance.room.parts.call import PasswordEntry
from appliance.room.secret import Secret
from tests.display.scenes import ANNA, NOW, room, view


def entry(text: str, readable_for: float = 0.0) -> PasswordEntry:
    return PasswordEntry(ANNA, Secret(text), readable_until=NOW + readable_for)


def test_it_is_drawn_again_when_the_last_character_hides() -> None:
    assert compose(view(room(password=entry("12", 0.4)))).changes_in == pytest.approx(0.4)


def test_what_is_hidden_looks_alike() -> None:
    one, other = (draw(view(room(password=entry(text)))) for text in ("1234", "ABCD"))
    assert one.tobytes() == other.tobytes()


def test_only_the_last_character_can_be_read() -> None:
    one, other, third = (draw(view(room(password=entry(text, 0.4)))) for text in ("1239", "ABC9", "ABC8"))
    assert one.tobytes() == other.tobytes() != third.tobytes()
