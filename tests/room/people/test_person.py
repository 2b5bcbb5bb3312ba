"""Whom people are told of: by name where it says something, else by id."""

import pytest

from appliance.room.parts.person import Person


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Anna", "Anna"),
        ("", "anna@example.com"),
        ("สมชาย", "สมชาย"),  # a page can show it
        ("🎉", "anna@example.com"),
        ("\u200b \u2060", "anna@example.com"),
        ("7", "7"),
    ],
)
def test_a_name_without_a_letter_gives_way_to_the_id(name: str, label: str) -> None:
    assert Person("anna@example.com", name).label == label


def test_without_an_id_any_name_will_do() -> None:
    assert Person("", "🎉").label == "🎉"
    assert Person("").label == ""
