import json

import msgspec
import pytest

from appliance.panel.live.feed import Feed
from appliance.panel.view import Meetings, View
from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase

VIEW = View(
    room="Neptune", link=LinkPhase.UP, phase=Phase.IDLE, doing="Free", door="free", meetings=Meetings(known=True)
)


def test_all_is_told_to_whom_nothing_was_told() -> None:
    feed = Feed[View](lambda view: view)
    feed.renew(VIEW)
    assert msgspec.json.decode(feed.since(0), type=View) == VIEW


def test_only_what_changed_is_told_after_that() -> None:
    feed = Feed[View](lambda view: view)
    feed.renew(VIEW)
    before = feed.revision
    feed.renew(msgspec.structs.replace(VIEW, door="in_use", phase=Phase.IN_CALL))
    assert json.loads(feed.since(before)) == {"phase": "in_call", "door": "in_use"}
    feed.renew(msgspec.structs.replace(VIEW, door="booked"))
    assert json.loads(feed.since(before)) == {"phase": "idle", "door": "booked"}
    assert json.loads(feed.since(feed.revision)) == {}


def test_what_looks_the_same_is_nothing_new() -> None:
    feed = Feed[View](lambda view: view)
    feed.renew(VIEW)
    before = feed.revision
    feed.renew(msgspec.structs.replace(VIEW))
    assert feed.revision == before


@pytest.mark.parametrize("pages", [1, 20])
def test_a_change_is_looked_at_once_however_many_pages_there_are(pages: int) -> None:
    looks: list[View] = []

    def look(view: View) -> View:
        looks.append(view)
        return view

    feed = Feed[View](look)
    for _ in range(pages):
        feed.renew(VIEW)
    assert looks == [VIEW]
