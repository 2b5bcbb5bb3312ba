"""Which ids name the same peer."""

import pytest

from appliance.room.people.who import same_peer

JOHN = "john.smith@meet.example.com"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (JOHN, f"{JOHN}/1f2e3d4c", True),
        (JOHN, JOHN.upper(), True),
        (f"{JOHN}/1", f"{JOHN}/2", True),
        (JOHN, "john.smith@other.example.com", False),
        ("https://meet.example.com/c/200", "https://meet.example.com/c/201", False),
        ("https://meet.example.com/c/200", "HTTPS://meet.example.com/c/200", True),
    ],
)
def test_instances_of_a_user_are_the_user_and_parts_of_a_link_are_no_instances(
    one: str, other: str, same: bool
) -> None:
    assert same_peer(one, other) is same
