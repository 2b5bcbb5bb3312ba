from appliance.simulator.options import DOMAIN, PlannedMeeting
from appliance.simulator.process.simulator import Simulator
from appliance.terminal.messages.enums import ConferenceType
from tests.simulator.client import Client, authorised, status_of
from tests.simulator.conftest import UNIX_TIME, Start

JOHN = f"john.smith@{DOMAIN}"
GUEST = f"guest@{DOMAIN}"


async def test_the_address_book(client: Client, simulator: Simulator) -> None:
    book = {c["peerId"]: c for c in (await client.do("getAbook"))["abook"]}
    assert book[JOHN] == {"peerId": JOHN, "peerDn": "John Smith", "status": 1}
    assert book[f"d.volkov@{DOMAIN}"]["status"] == 0
    assert GUEST not in book
    simulator.peer(JOHN).offline()
    assert (await client.event("usersStatusesChanged"))["usersStatuses"] == [status_of(JOHN, "John Smith", 0, 0)]
    simulator.peer(GUEST).offline()  # not in the book: nobody is told
    await client.quiet()


async def test_contacts_come_change_and_go(client: Client) -> None:
    assert (await client.do("addToAbook", peerId="guest"))["peerId"] == GUEST
    (added,) = await client.events("contactsAdded")
    assert added["contacts"] == [{"peerId": GUEST, "peerDn": "Guest", "status": 1}]
    assert await client.refused("addToAbook", peerId=GUEST) == "peer is in the address book already"
    await client.do("renameInAbook", peerId=GUEST, peerDn="Big Boss")
    (renamed,) = await client.events("contactsRenamed")
    assert renamed["contacts"] == [{"peerId": GUEST, "peerDn": "Big Boss"}]
    assert (await client.do("getDisplayNameById", peerId=GUEST))["peerDn"] == "Big Boss"
    await client.do("removeFromAbook", peerId=GUEST)
    (removed,) = await client.events("contactsDeleted")
    assert removed["contacts"] == [{"peerId": GUEST, "peerDn": "Big Boss"}]
    assert await client.refused("removeFromAbook", peerId=GUEST) == "peer is not in the address book"


async def test_somebody_whom_the_server_does_not_know(client: Client) -> None:
    await client.do("addToAbook", peerId="ghost@elsewhere", peerDn="Ghost")
    assert (await client.event("contactsAdded"))["contacts"][0]["status"] == -1
    assert await client.refused("getDisplayNameById", peerId="spectre@elsewhere") == "unknown peer"


async def test_details_come_as_an_event(client: Client) -> None:
    await client.do("getContactDetails", peerId=JOHN)
    (details,) = await client.events("detailInfo")
    assert (details["firstName"], details["lastName"]) == ("John", "Smith")


async def test_the_schedule_comes_as_an_event(client: Client) -> None:
    reply = await client.do("getScheduler")
    (schedule,) = await client.events("conferenceList")
    assert (reply["cnt"], reply["conferences"]) == (2, schedule["conferences"])  # as newer terminals answer
    now, later = schedule["conferences"]
    assert (schedule["succeed"], schedule["cnt"]) == (True, 2)
    assert (now["state"], later["state"]) == ("running", "stopped")
    assert abs(now["schedule"]["start_time"] - (UNIX_TIME - 600)) < 2


async def test_kinds_of_scheduled_conferences_have_numbers_of_their_own(start: Start) -> None:
    kinds = (ConferenceType.SYMMETRIC, ConferenceType.ASYMMETRIC, ConferenceType.ROLE_BASED)
    plans = [PlannedMeeting(id=str(kind), topic="", owner="", type=kind) for kind in kinds]
    async with authorised(await start(meetings=tuple(plans))) as client:
        await client.do("getScheduler")
        conferences = (await client.event("conferenceList"))["conferences"]
    assert [conference["type"] for conference in conferences] == [0, 1, 3]
