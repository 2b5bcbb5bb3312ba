"""Somebody calls while the room talks to somebody else: the second call waits beside the first."""

import pytest
from trio.testing import MockClock

from appliance.simulator.model.common.errors import Impossible
from appliance.simulator.process.simulator import Simulator
from tests.simulator.client import Client, authorised
from tests.simulator.conftest import Start
from tests.simulator.model.calls.test_calls import ANNA, ENDED, JOHN, RECEPTION, ROOM, talk

WAITS = {"incomingP2PCall": [{"peerId": ANNA, "peerDn": "Анна Петрова"}]}


async def two_calls(client: Client, simulator: Simulator) -> None:
    """A call with John, and Anna calls."""
    await talk(client, simulator)
    simulator.peer(ANNA).call()
    await client.events("inviteReceived")


async def history(client: Client) -> list[tuple[int, str]]:
    return [(call["type"], call["peerId"]) for call in (await client.do("getCallHistory", count=10))["calls"]]


async def test_it_waits_beside_the_first(client: Client, simulator: Simulator) -> None:
    await talk(client, simulator)
    simulator.peer(ANNA).call()
    (invited,) = await client.events("inviteReceived")
    assert (invited["peerId"], invited["type"]) == (ANNA, 0)
    state = await client.do("getAppState")
    assert (state["appState"], state["requests"]) == (5, WAITS)
    talking = await client.do("getConferences")
    assert (talking["confState"], talking["peerId"]) == (1, JOHN)
    assert talking["confId"] != invited["confId"]
    await client.quiet()


async def test_accepting_it_ends_the_first(client: Client, simulator: Simulator) -> None:
    await two_calls(client, simulator)
    await client.do("accept")
    closing, gone, waiting, free, created, talking, came, busy = await client.events(
        "appStateChanged 6",
        "conferenceDeleted",
        "appStateChanged 4",
        "usersStatusesChanged",
        "conferenceCreated",
        "appStateChanged 5",
        "newParticipantInConference",
        "usersStatusesChanged",
    )
    assert closing["requests"] == waiting["requests"] == WAITS
    assert "requests" not in talking
    assert gone["confId"] != created["confId"]
    assert (came["peerId"], free["usersStatuses"][0]["peerId"]) == (ANNA, JOHN)
    assert busy["usersStatuses"][0]["status"] == 2
    assert await history(client) == [(1, JOHN)]
    await client.do("hangUp")
    await client.events(*ENDED, "usersStatusesChanged")
    assert await history(client) == [(0, ANNA), (1, JOHN)]


async def test_accepting_it_in_no_time(start: Start) -> None:
    simulator = await start(control_port=None, closing_time=0)
    async with authorised(simulator) as client:
        await two_calls(client, simulator)
        await client.do("accept")
        await client.event("newParticipantInConference", peerId=ANNA)
        assert (await client.do("getConferences"))["peerId"] == ANNA


async def test_rejecting_it_leaves_the_first_alone(client: Client, simulator: Simulator) -> None:
    await two_calls(client, simulator)
    await client.do("reject")
    sent, stopped = await client.events("rejectSent", "stopCalling")
    assert (sent["peerId"], stopped["side"], stopped["peerId"]) == (ANNA, 1, ROOM)
    assert "requests" not in await client.do("getAppState")
    assert (await client.do("getConferences"))["peerId"] == JOHN
    assert await client.refused("reject") == "no incoming call"
    await client.quiet()


async def test_the_second_caller_gives_up(client: Client, simulator: Simulator) -> None:
    await two_calls(client, simulator)
    simulator.peer(ANNA).leave()
    (stopped,) = await client.events("stopCalling")
    assert (stopped["side"], stopped["peerId"]) == (2, ANNA)
    assert await history(client) == [(2, ANNA)]
    assert await client.refused("accept") == "no incoming call"
    assert (await client.do("getConferences"))["peerId"] == JOHN


async def test_the_second_caller_does_not_wait_for_ever(client: Client, simulator: Simulator, clock: MockClock) -> None:
    await two_calls(client, simulator)
    began = clock.current_time()
    assert (await client.event("stopCalling"))["side"] == 2
    assert clock.current_time() - began >= 59
    assert (await client.do("getAppState"))["appState"] == 5


async def test_hanging_up_ends_the_first_and_the_second_rings_on(client: Client, simulator: Simulator) -> None:
    await two_calls(client, simulator)
    await client.do("hangUp")
    _, _, waiting, _ = await client.events(
        "appStateChanged 6", "conferenceDeleted", "appStateChanged 4", "usersStatusesChanged"
    )
    assert waiting["requests"] == WAITS
    await client.do("accept")
    await client.events("conferenceCreated", "appStateChanged 5", "newParticipantInConference", "usersStatusesChanged")


async def test_the_first_ends_from_the_other_side_and_the_second_rings_on(client: Client, simulator: Simulator) -> None:
    await two_calls(client, simulator)
    simulator.peer(JOHN).leave()
    await client.event("appStateChanged", appState=6)
    await client.events("conferenceDeleted", "appStateChanged 4")
    await client.do("reject")
    await client.events("rejectSent", "stopCalling", "appStateChanged 3")


async def test_the_second_caller_gives_up_while_the_first_closes_for_them(client: Client, simulator: Simulator) -> None:
    await two_calls(client, simulator)
    await client.do("accept")
    simulator.peer(ANNA).leave()
    closing, stopped, *_ = await client.events(
        "appStateChanged 6", "stopCalling", "conferenceDeleted", "appStateChanged 3", "usersStatusesChanged"
    )
    assert (closing["requests"], stopped["side"]) == (WAITS, 2)
    await client.quiet()


async def test_only_one_waits(client: Client, simulator: Simulator) -> None:
    await two_calls(client, simulator)
    with pytest.raises(Impossible, match="appState 5"):
        simulator.peer(RECEPTION).call()


async def test_automatic_answering_does_not_end_a_call(client: Client, simulator: Simulator) -> None:
    await client.do("setSettings", settings={"autoAccept": True})
    await client.events("settingsChanged")
    await two_calls(client, simulator)
    assert (await client.do("getConferences"))["peerId"] == JOHN
    await client.do("hangUp")
    await client.event("newParticipantInConference", peerId=ANNA)  # now there is nothing to end


async def test_an_invitation_into_a_conference_during_the_rooms_own(client: Client, simulator: Simulator) -> None:
    await client.do("createConference", title="Mine", confType="symmetric", inviteList=[])
    await client.events("conferenceCreated", "appStateChanged 5")
    simulator.peer(ANNA).call(1, "Hers")
    assert (await client.event("inviteReceived"))["confTitle"] == "Hers"
    await client.do("accept")
    assert (await client.event("conferenceCreated"))["conferenceOwner"] == ANNA


async def test_without_the_server_both_end(client: Client, simulator: Simulator) -> None:
    await two_calls(client, simulator)
    simulator.lose_server()
    await client.event("stopCalling", side=1)
    await client.event("conferenceDeleted")
    assert await history(client) == [(1, JOHN), (2, ANNA)]
    assert (await client.do("getConferences"))["confState"] == 2


async def test_shutting_down_ends_both(client: Client, simulator: Simulator) -> None:
    await two_calls(client, simulator)
    await client.do("shutdown")
    await client.events("rejectSent", "stopCalling", "appStateChanged 6")
