"""Each cause of a refusal says what to do, in a line of its own."""

import pytest

from appliance.language.english import SENTENCES
from appliance.language.text import NOTHING, Text
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.show.advice import what_to_do

WAIT = {"evicted.taken_over", "evicted.other"}
"""What the page itself says what to do about, and what nobody knows."""


@pytest.mark.parametrize("key", [key for key in SENTENCES if key.startswith(("refused.", "evicted."))])
def test_every_refusal_says_what_to_do(key: str) -> None:
    said = what_to_do(Link(LinkPhase.REFUSED, Text(key)))
    assert bool(said) is (key not in WAIT)
    assert not said or said.key in SENTENCES


def test_what_passes_by_itself_asks_nobody_to_do_anything() -> None:
    assert what_to_do(Link(LinkPhase.DOWN, Text("lost.closed"))) == NOTHING
    assert what_to_do(Link(LinkPhase.DOWN)) == NOTHING
