"""The schedule on the status page, and in the room as JSON."""

from datetime import UTC, datetime, timedelta

import pytest

from appliance.panel.status import rows, status_app
from appliance.room.meetings.agenda import Agenda, Booking
from appliance.room.state import RoomState
from tests.panel.conftest import Serve
from tests.runtime.web.client import get

NINE = datetime(2026, 11, 27, 9, tzinfo=UTC)
STANDUP = Booking(title="<b>Stand-up</b>", start=NINE, end=NINE + timedelta(minutes=30), peer_id="\\c\\1")
OPEN = Booking(title="", start=NINE + timedelta(hours=5))
TODAY = (STANDUP, OPEN)


@pytest.mark.parametrize(
    ("agenda", "now", "coming"),
    [
        (Agenda(), "–", "–"),
        (Agenda(known=True), "–", "–"),
        (Agenda(known=True, now=STANDUP, next=OPEN, today=TODAY), "09:00–09:30 <b>Stand-up</b>", "14:00 Meeting"),
        (Agenda(known=True, next=STANDUP), "–", "Tomorrow, 09:00–09:30 <b>Stand-up</b>"),
    ],
)
def test_the_page_says_which_meeting_is_on_and_which_comes(agenda: Agenda, now: str, coming: str) -> None:
    page = dict(rows(RoomState(agenda=agenda), 0.0))
    assert (page["Meeting"], page["Next meeting"]) == (now, coming)


async def test_a_title_is_no_markup_and_times_are_told_with_their_offset(serve: Serve) -> None:
    state = RoomState(agenda=Agenda(known=True, now=STANDUP, today=(STANDUP,)))
    address = await serve(status_app(lambda: state))
    assert "09:00–09:30 &lt;b&gt;Stand-up&lt;/b&gt;" in (await get(address, "/")).body.decode()
    told = (await get(address, "/state")).json["agenda"]
    assert (told["now"]["start"], told["soon"], told["next"]) == ("2026-11-27T09:00:00Z", False, None)
