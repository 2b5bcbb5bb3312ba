import pytest
from trio.testing import MockClock

from appliance.simulator.model.common.errors import Impossible, UnknownPeer
from appliance.simulator.options import DOMAIN, Contact, PlannedMeeting
from appliance.simulator.process.simulator import Simulator
from tests.simulator.client import Client, authorised, status_of
from tests.simulator.conftest import UNIX_TIME, Start
from tests.some import some

JOHN = f"john.smith@{DOMAIN}"
ANNA = f"anna.petrova@{DOMAIN}"
RECEPTION = f"100@{DOMAIN}"
ROOM = f"room3@{DOMAIN}"

ENDED = ("appStateChanged 6", "conferenceDeleted", "appStateChanged 3")


async def talk(client: Client, simulator: Simulator) -> None:
    """A call to John that he takes."""
    await client.do("call", peerId=JOHN)
    simulator.peer(JOHN).answer()
    await client.event("usersStatusesChanged")


async def test_calling_somebody_who_answers(client: Client, simulator: Simulator) -> None:
    await client.do("call", peerId=JOHN)
    sent, state = await client.events("inviteSent", "appStateChanged 4")
    assert (sent["peerId"], sent["peerDn"], sent["confType"]) == (JOHN, "John Smith", 0)
    assert state["requests"] == {"outgoingP2PCall": [{"peerId": JOHN, "peerDn": "John Smith"}]}
    simulator.peer(JOHN).answer()
    created, state, came, busy = await client.events(
        "conferenceCreated", "appStateChanged 5", "newParticipantInConference", "usersStatusesChanged"
    )
    assert (created["peerId"], created["confType"], created["confId"]) == (JOHN, 0, sent["confId"])
    assert "conferenceOwner" not in state
    assert (came["peerId"], came["mic"]) == (JOHN, 2)
    assert busy["usersStatuses"] == [status_of(JOHN, "John Smith", 2, 7)]
    await client.do("hangUp")
    await client.events(*ENDED, "usersStatusesChanged")
    await client.quiet()


@pytest.mark.parametrize("cause", range(23))
async def test_every_reject_cause(client: Client, simulator: Simulator, cause: int) -> None:
    await client.do("call", peerId=JOHN)
    await client.events("inviteSent", "appStateChanged 4")
    simulator.peer(JOHN).reject(cause)
    rejected, stopped, _ = await client.events("rejectReceived", "stopCalling", "appStateChanged 3")
    assert (rejected["cause"], rejected["peerId"], rejected["peerDn"]) == (cause, JOHN, "John Smith")
    assert (stopped["side"], stopped["peerId"]) == (2, JOHN)


@pytest.mark.parametrize(("who", "cause"), [(f"d.volkov@{DOMAIN}", 3), ("nobody@nowhere", 5), ("4711", 5), (ROOM, 10)])
async def test_calls_that_fail_at_once(client: Client, who: str, cause: int) -> None:
    await client.do("call", peerId=who)
    *_, rejected, _, _ = await client.events(
        "inviteSent", "appStateChanged 4", "rejectReceived", "stopCalling", "appStateChanged 3"
    )
    assert (rejected["cause"], rejected["peerId"]) == (cause, who)


async def test_a_number_calls_somebody_of_the_rooms_own_server(client: Client) -> None:
    await client.do("call", peerId="100")
    assert (await client.event("inviteSent"))["peerId"] == RECEPTION


async def test_nobody_answers(client: Client, clock: MockClock) -> None:
    await client.do("call", peerId=JOHN)
    began = clock.current_time()
    assert (await client.event("rejectReceived"))["cause"] == 16
    assert 60 <= clock.current_time() - began < 61


async def test_giving_up_calling(client: Client, simulator: Simulator) -> None:
    await client.do("call", peerId=JOHN)
    await client.events("inviteSent", "appStateChanged 4")
    assert "forAll" in await client.refused("hangUp", forAll=False)
    await client.do("hangUp")
    stopped, _ = await client.events("stopCalling", "appStateChanged 3")
    assert (stopped["side"], stopped["peerId"]) == (1, ROOM)
    with pytest.raises(Impossible, match="cannot answer now"):
        simulator.peer(JOHN).answer()


async def test_busy_peers(client: Client, simulator: Simulator) -> None:
    await client.do("call", peerId=JOHN)
    simulator.peer(JOHN).busy()
    assert (await client.event("rejectReceived"))["cause"] == 2
    await client.event("appStateChanged", appState=3)
    simulator.peer(JOHN).busy()  # nobody calls: is busy from now on
    await client.event("usersStatusesChanged")
    await client.do("call", peerId=JOHN)
    assert (await client.event("rejectReceived"))["cause"] == 2
    simulator.peer(JOHN).online()
    assert (await client.event("usersStatusesChanged"))["usersStatuses"][0]["status"] == 1


async def test_being_called(client: Client, simulator: Simulator) -> None:
    simulator.peer(ANNA).call()
    invited, state = await client.events("inviteReceived", "appStateChanged 4")
    assert (invited["peerId"], invited["peerDn"], invited["type"]) == (ANNA, "Анна Петрова", 0)
    assert "confTitle" not in invited
    assert state["requests"] == {"incomingP2PCall": [{"peerId": ANNA, "peerDn": "Анна Петрова"}]}
    assert "appState 4" in await client.refused("call", peerId=JOHN)
    assert await client.refused("hangUp") == "no call"
    await client.do("accept")
    created, _, _ = await client.events("conferenceCreated", "appStateChanged 5", "newParticipantInConference")
    assert "peerId" not in created
    await client.event("usersStatusesChanged")
    simulator.peer(ANNA).leave()
    await client.events("participantLeftConference", "usersStatusesChanged", *ENDED)


async def test_declining(client: Client, simulator: Simulator) -> None:
    simulator.peer(ANNA).call()
    await client.events("inviteReceived", "appStateChanged 4")
    await client.do("reject")
    sent, stopped, _ = await client.events("rejectSent", "stopCalling", "appStateChanged 3")
    assert (sent["cause"], sent["peerId"], stopped["side"]) == (0, ANNA, 1)


async def test_the_caller_gives_up(client: Client, simulator: Simulator) -> None:
    simulator.peer(ANNA).call()
    await client.events("inviteReceived", "appStateChanged 4")
    simulator.peer(ANNA).leave()
    stopped, _ = await client.events("stopCalling", "appStateChanged 3")
    assert (stopped["side"], stopped["peerId"]) == (2, ANNA)
    assert "appState 3" in await client.refused("accept")


async def test_a_caller_does_not_wait_for_ever(client: Client, simulator: Simulator, clock: MockClock) -> None:
    simulator.peer(ANNA).call()
    assert (await client.event("stopCalling"))["side"] == 2
    assert clock.current_time() >= 60


async def test_a_peer_that_goes_offline_ends_the_call(client: Client, simulator: Simulator) -> None:
    await talk(client, simulator)
    simulator.peer(JOHN).offline()
    await client.event("appStateChanged", appState=3)
    assert (await client.do("getAbook"))["abook"][1]["status"] == 0


async def test_auto_accept(client: Client, simulator: Simulator) -> None:
    await client.do("setSettings", settings={"autoAccept": True})
    await client.events("settingsChanged")
    simulator.peer(ANNA).call()
    await client.events("inviteReceived", "appStateChanged 4", "conferenceCreated", "appStateChanged 5")


async def test_a_room_may_take_calls_from_its_address_book_only(client: Client, simulator: Simulator) -> None:
    await client.do("setSettings", settings={"rejectCallsNotFromAB": True})
    with pytest.raises(Impossible):
        simulator.peer("guest").call()
    simulator.peer(ANNA).call()


async def test_conferences_in_each_state(client: Client, simulator: Simulator, clock: MockClock) -> None:
    assert (await client.do("getConferences"))["confState"] == 2
    await client.do("call", peerId=JOHN)
    calling = await client.do("getConferences")
    assert (calling["confState"], calling["direction"], calling["type"]) == (0, "outgoing", "p2p")
    assert "peerId" not in calling
    simulator.peer(JOHN).answer()
    clock.jump(5)
    talking = await client.do("getConferences")
    assert (talking["confState"], talking["confType"], talking["duration"]) == (1, 0, 5)
    assert (talking["peerId"], talking["peerDn"]) == (JOHN, "John Smith")
    assert "direction" not in talking
    participants = (await client.do("getConferenceParticipants"))["participants"]
    assert [(p["peerId"], p["mic"]) for p in participants] == [(ROOM, 2), (JOHN, 2)]


async def test_invited_to_a_group_conference(client: Client, simulator: Simulator) -> None:
    simulator.peer(ANNA).call(3, "Code review")
    invited = await client.event("inviteReceived")
    assert (invited["type"], invited["confTitle"]) == (3, "Code review")
    waiting = await client.do("getConferences")
    assert (waiting["direction"], waiting["type"], waiting["confTitle"]) == ("incoming", "conference", "Code review")
    await client.do("accept")
    _, created, state, came = await client.events(
        "appStateChanged 4", "conferenceCreated", "appStateChanged 5", "newParticipantInConference"
    )
    assert (created["conferenceOwner"], created["confTitle"], created["confType"]) == (ANNA, "Code review", 3)
    assert state["conferenceOwner"] == ANNA
    assert (came["role"], came["broadcast"], came["leaderType"]) == (2, True, 1)
    assert "forAll" in await client.refused("hangUp", forAll=True)
    for command in ("kickPeer", "inviteToConference", "acceptPeer", "rejectPeer"):
        assert await client.refused(command, peerId=ANNA) == "not the owner of a group conference"
    simulator.mute_room(mute=True)
    await client.events("micStateChangedByConferenceOwner", "audioCapturerMute")
    simulator.peer(ANNA).leave()
    await client.event("conferenceDeleted")


async def test_asking_to_join_the_conference_of_a_peer(client: Client, simulator: Simulator) -> None:
    simulator.peer(ANNA).host(title="Stand-up")
    assert (await client.event("usersStatusesChanged"))["usersStatuses"][0]["status"] == 5
    await client.do("call", peerId=ANNA)
    asked, state = await client.events("inviteRequestSent", "appStateChanged 4")
    assert (asked["peerId"], list(state["requests"])) == (ANNA, ["outgoingGroupConf"])
    simulator.peer(ANNA).reject(14)
    assert (await client.event("rejectReceived"))["cause"] == 14
    await client.event("appStateChanged", appState=3)
    await client.do("call", peerId=ANNA)
    simulator.peer(ANNA).answer()
    created = await client.event("conferenceCreated")
    assert (created["conferenceOwner"], created["confTitle"], created["confType"]) == (ANNA, "Stand-up", 1)


MEETINGS = (
    PlannedMeeting(id="1", topic="Open", owner=ANNA, starts_in=-60),
    PlannedMeeting(id="2", topic="Locked", owner=ANNA, starts_in=-60, pin="42"),
    PlannedMeeting(id="3", topic="Later", owner=ANNA, starts_in=600),
    PlannedMeeting(id="4", topic="Over", owner=ANNA, starts_in=-7200),
)


async def test_joining_a_meeting_by_its_id(start: Start) -> None:
    async with authorised(await start(meetings=MEETINGS)) as client:
        await client.do("call", peerId="\\c\\1")
        _, _, created, _, came, _ = await client.events(
            "inviteRequestSent",
            "appStateChanged 4",
            "conferenceCreated",
            "appStateChanged 5",
            "newParticipantInConference",
            "usersStatusesChanged",
        )
        assert (created["peerId"], created["confTitle"], created["conferenceOwner"]) == ("\\c\\1", "Open", ANNA)
        assert came["peerId"] == ANNA
        await client.do("hangUp")
        await client.event("conferenceDeleted", confId=f"1@{DOMAIN}#vcs")
        await client.event("appStateChanged", appState=3)
        await client.do("call", peerId="\\c\\2", pin="42")
        await client.event("conferenceCreated")


@pytest.mark.parametrize(
    ("meeting", "more", "cause"),
    [("2", {}, 12), ("2", {"pin": "1"}, 13), ("3", {}, 17), ("4", {}, 18), ("5", {}, 19)],
)
async def test_meetings_that_cannot_be_joined(start: Start, meeting: str, more: dict[str, str], cause: int) -> None:
    async with authorised(await start(meetings=MEETINGS)) as client:
        await client.do("call", peerId=f"\\c\\{meeting}", **more)
        assert (await client.event("rejectReceived"))["cause"] == cause
        await client.event("appStateChanged", appState=3)


async def test_joining_a_hosted_conference_by_its_id(client: Client, simulator: Simulator) -> None:
    simulator.peer(ANNA).host(title="Stand-up")
    hosting = simulator.terminal.directory.peer(ANNA).hosting
    assert hosting is not None
    await client.do("call", peerId="\\c\\" + hosting.conf_id.split("@")[0])
    assert (await client.event("conferenceCreated"))["confId"] == hosting.conf_id


async def test_a_conference_with_a_password(client: Client, simulator: Simulator) -> None:
    simulator.peer(ANNA).host(title="Board", pin="1A2")
    await client.event("usersStatusesChanged")
    for more, cause in (({}, 12), ({"pin": "1A3"}, 13)):
        await client.do("call", peerId=ANNA, **more)
        *_, rejected, stopped, _ = await client.events(
            "inviteRequestSent", "appStateChanged 4", "rejectReceived", "stopCalling", "appStateChanged 3"
        )
        assert (rejected["cause"], rejected["peerId"], stopped["side"]) == (cause, ANNA, 2)
    await client.do("call", peerId=ANNA, pin="1A2")
    assert (await client.event("conferenceCreated"))["confTitle"] == "Board"


async def test_its_id_needs_the_password_too(client: Client, simulator: Simulator) -> None:
    simulator.peer(ANNA).host(title="Board", pin="1A2")
    address = "\\c\\" + some(simulator.terminal.directory.peer(ANNA).hosting).conf_id
    await client.do("call", peerId=address)
    assert (await client.event("rejectReceived"))["cause"] == 12
    await client.event("appStateChanged", appState=3)
    await client.do("call", peerId=address, pin="1A2")
    await client.event("conferenceCreated")


async def test_a_conference_that_is_there_from_the_start(start: Start) -> None:
    board = Contact(peer_id=f"200@{DOMAIN}", name="Board", conference_pin="1A2")
    async with authorised(await start(contacts=(board,))) as client:
        assert (await client.do("getAbook"))["abook"] == [{"peerId": board.peer_id, "peerDn": "Board", "status": 5}]
        await client.do("call", peerId="200")
        assert (await client.event("rejectReceived"))["cause"] == 12
        await client.event("appStateChanged", appState=3)
        await client.do("call", peerId="200", pin="1A2")
        await client.event("conferenceCreated")


async def test_a_group_conference_of_the_rooms_own(client: Client, simulator: Simulator) -> None:
    await client.do(
        "createConference", title="Review", confType="symmetric", autoAccept=False, inviteList=[JOHN, "nobody@x"]
    )
    created, state, *_ = await client.events(
        "conferenceCreated", "appStateChanged 5", "inviteSent", "inviteSent", "rejectReceived"
    )
    assert (created["conferenceOwner"], created["confTitle"], state["conferenceOwner"]) == (ROOM, "Review", ROOM)
    simulator.peer(JOHN).answer()
    await client.events("newParticipantInConference", "usersStatusesChanged")
    await client.do("inviteToConference", peerId=ANNA)
    assert (await client.event("inviteSent"))["confType"] == 1
    simulator.peer(ANNA).reject(2)
    await client.event("rejectReceived", peerId=ANNA, cause=2)
    conference = await client.do("getConferences")
    assert (conference["autoJoin"], conference["conferenceOwner"], conference["confTitle"]) == (False, ROOM, "Review")
    await client.do("kickPeer", peerId=JOHN)
    await client.event("participantLeftConference", peerId=JOHN)
    assert await client.refused("kickPeer", peerId=JOHN) == "peer is not in the conference"
    await client.do("hangUp", forAll=True)
    await client.event("appStateChanged", appState=3)
    assert (await client.do("getLastSelectedConference"))["confType"] == "symmetric"


async def test_an_invitation_that_nobody_answers(client: Client) -> None:
    await client.do("createConference", confType="role", inviteList=[JOHN])
    assert (await client.event("rejectReceived"))["cause"] == 16
    assert (await client.do("getAppState"))["appState"] == 5


async def test_peers_ask_to_come_in(client: Client, simulator: Simulator) -> None:
    await client.do("createConference", title="Open house", confType="symmetric")
    simulator.peer(JOHN).call()
    await client.event("requestInviteReceived", peerId=JOHN)
    assert "incomingJoinToMyConf" in (await client.do("getAppState"))["requests"]
    await client.do("acceptPeer", peerId=JOHN)
    await client.events("peerAccepted", "newParticipantInConference", "usersStatusesChanged")
    simulator.peer(ANNA).call()
    await client.do("rejectPeer", peerId=ANNA)
    await client.event("rejectSent", peerId=ANNA)
    assert await client.refused("acceptPeer", peerId=ANNA) == "peer has not asked to join"


async def test_whoever_asks_may_come_in_by_themselves(client: Client, simulator: Simulator) -> None:
    await client.do("createConference", confType="symmetric", autoAccept=True)
    simulator.peer(JOHN).call()
    await client.event("newParticipantInConference", peerId=JOHN)


async def test_a_conference_has_a_limit(start: Start) -> None:
    crowd = tuple(Contact(peer_id=f"{n}@{DOMAIN}", name=str(n)) for n in range(10))
    async with authorised(await start(contacts=crowd)) as client:
        await client.do("createConference", confType="symmetric", inviteList=[c.peer_id for c in crowd[:9]])
        assert await client.refused("inviteToConference", peerId=crowd[9].peer_id) == "too many participants"
        assert await client.refused("createConference", confType="symmetric") == "not allowed in this state: appState 5"


async def test_tones(client: Client, simulator: Simulator) -> None:
    assert await client.refused("toneDial", symbol="1") == "not allowed in this state: appState 3"
    await talk(client, simulator)
    for symbol in ("5", "*", "#", "a"):
        await client.do("toneDial", symbol=symbol)
        assert (await client.event("toneDial"))["symbol"] == symbol
    assert await client.refused("toneDial", symbol="E") == "wrong parameter: symbol must be one of 0-9 * # A-D"
    assert simulator.state()["tones"] == ["5", "*", "#", "a"]


async def test_history(client: Client, simulator: Simulator, clock: MockClock) -> None:
    clock.jump(10)
    await talk(client, simulator)
    clock.jump(30)
    await client.do("hangUp")
    await client.event("appStateChanged", appState=3)
    simulator.peer(ANNA).call()
    simulator.peer(ANNA).leave()
    simulator.peer(RECEPTION).call()
    await client.do("reject")
    reply = await client.do("getCallHistory", count=10)
    calls = [(c["type"], c["confType"], c["peerId"], c["duration"], c["viewed"]) for c in reply["calls"]]
    assert calls == [(0, 0, RECEPTION, 0, False), (2, 0, ANNA, 0, False), (1, 0, JOHN, 30, False)]
    assert reply["calls"][2]["startTime"] >= UNIX_TIME + 10
    assert all("confId" not in call for call in reply["calls"])
    await client.do("setLastCallsViewed")
    viewed = await client.event("lastCallsViewed")
    assert (await client.do("getLastCallsViewTime"))["time"] == viewed["lastView"]
    assert all(call["viewed"] for call in (await client.do("getCallHistory", count=2))["calls"])


async def test_the_far_side_can_do_only_what_makes_sense(client: Client, simulator: Simulator) -> None:
    john = simulator.peer(JOHN)
    for act in (john.answer, john.reject, john.leave, john.online):
        with pytest.raises(Impossible, match="possible: busy, call, host, offline"):
            act()
    with pytest.raises(UnknownPeer, match="nobody"):
        simulator.peer("nobody").call()
    with pytest.raises(Impossible, match="group conference"):
        simulator.mute_room()
    await talk(client, simulator)
    with pytest.raises(Impossible, match="appState 5"):
        john.call()  # is in the call
    await client.do("hangUp")
    with pytest.raises(Impossible):
        john.call()  # still closing


async def test_a_call_that_goes_on_has_not_been_viewed(client: Client, simulator: Simulator, clock: MockClock) -> None:
    await talk(client, simulator)
    clock.jump(5)
    await client.do("setLastCallsViewed")
    clock.jump(5)
    await client.do("hangUp")
    await client.event("appStateChanged", appState=3)
    assert [call["viewed"] for call in (await client.do("getCallHistory", count=1))["calls"]] == [False]
    await client.do("setLastCallsViewed")
    assert [call["viewed"] for call in (await client.do("getCallHistory", count=1))["calls"]] == [True]
