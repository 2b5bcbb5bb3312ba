"""Podium, recording, participants' devices and cameras: what the black-box test does not reach."""

import pytest

from appliance.simulator.model.common.errors import Impossible
from appliance.simulator.option_types import Tariff
from appliance.simulator.options import DOMAIN
from appliance.simulator.process.simulator import Simulator
from tests.simulator.client import Client, authorised, status_of
from tests.simulator.conftest import Start

JOHN, ANNA = f"john.smith@{DOMAIN}", f"anna.petrova@{DOMAIN}"


async def lecture(client: Client, simulator: Simulator) -> None:
    """John's role-based conference, with the room in it."""
    simulator.peer(JOHN).call(3, "Lecture")
    await client.do("accept")


async def own(client: Client, simulator: Simulator, kind: str = "role") -> None:
    await client.do("createConference", confType=kind, inviteList=[JOHN, ANNA])
    simulator.peer(JOHN).answer()
    simulator.peer(ANNA).answer()


async def test_a_remark_counts_down_and_ends(client: Client, simulator: Simulator) -> None:
    await lecture(client, simulator)
    await client.do("startRemark")
    assert await client.refused("startRemark") == "on the podium already"
    for left in range(30, -1, -1):
        await client.event("remarkCountDown", timeout=left)
    await client.event("roleEventOccured", role=1, broadcast=False)


async def test_the_owner_answers_the_rooms_request(client: Client, simulator: Simulator) -> None:
    await lecture(client, simulator)
    await client.do("gotoPodium")
    assert (await client.do("getAppState"))["requests"]["outgoingPodiumRequest"][0]["peerId"] == JOHN
    simulator.peer(JOHN).let_speak(allow=False)
    await client.event("roleEventOccured", type=1, result=1)
    await client.do("gotoPodium")
    await client.event("roleEventOccured", type=1, result=5)  # nobody answers
    await client.do("gotoPodium")
    simulator.peer(JOHN).let_speak()
    await client.event("roleEventOccured", type=3, role=4, broadcast=True)
    await client.do("leavePodium")
    assert await client.refused("leavePodium") == "not on the podium"


@pytest.mark.parametrize(("end", "reason"), [(None, 2), ("hangUp", 3)])
async def test_invitations_that_end_by_themselves(
    client: Client, simulator: Simulator, end: str | None, reason: int
) -> None:
    await lecture(client, simulator)
    simulator.peer(JOHN).invite_to_speak()
    if end:
        await client.do(end)
    assert (await client.event("incomingPodiumInvitationRemoved"))["reason"] == reason


async def test_settings_answer_for_the_podium(client: Client, simulator: Simulator) -> None:
    wanted = {"autoAcceptPodiumFromOwner": True, "autoAllowPartToTakePodium": True}
    await client.do("setSettings", settings=wanted)
    await lecture(client, simulator)
    simulator.peer(JOHN).invite_to_speak()
    assert (await client.event("incomingPodiumInvitationRemoved"))["reason"] == 0
    await client.do("hangUp")
    await client.event("appStateChanged", appState=3)
    simulator.peer(JOHN).leave()  # ends their conference
    await own(client, simulator)
    simulator.peer(ANNA).ask_to_speak()
    assert (await client.event("incomingRequestToPodiumAnswered"))["allow"] is True
    people = {p["peerId"]: p for p in (await client.do("getConferenceParticipants"))["participants"]}
    assert (people[ANNA]["role"], people[ANNA]["broadcast"], people[JOHN]["role"]) == (4, True, 1)


async def test_the_podium_has_so_many_places(start: Start) -> None:
    simulator = await start(tariff=Tariff(rl_max_number=1))
    async with authorised(simulator) as client:
        await own(client, simulator)
        simulator.peer(JOHN).ask_to_speak()
        simulator.peer(ANNA).ask_to_speak()
        await client.do("acceptRequestToPodium", peerId=JOHN)
        assert await client.refused("acceptRequestToPodium", peerId=ANNA) == "the podium is full"
        await client.do("kickFromPodium", peerId=JOHN)
        await client.do("acceptRequestToPodium", peerId=ANNA)


async def test_only_in_role_based_conferences(client: Client, simulator: Simulator) -> None:
    await own(client, simulator, "symmetric")
    assert await client.refused("gotoPodium") == "not a role-based conference"
    with pytest.raises(Impossible):
        simulator.peer(JOHN).ask_to_speak()


@pytest.mark.parametrize(("policy", "allowed"), [(0, False), (2, True), (3, True)])
async def test_recording_by_setting(client: Client, simulator: Simulator, policy: int, allowed: bool) -> None:
    await client.do("setSettings", settings={"record": policy})
    await own(client, simulator, "symmetric")
    simulator.peer(JOHN).ask_to_record()
    assert (await client.event("recordRequestReply"))["recordAllowed"] is allowed
    if allowed:
        await client.event("userRecordingMeStatusChanged", status=True)
        simulator.peer(JOHN).stop_recording()
        await client.event("userRecordingMeStatusChanged", status=False)


async def test_the_address_book_decides_who_records(client: Client, simulator: Simulator) -> None:
    guest = simulator.peer(f"guest@{DOMAIN}")
    guest.call()  # not in the book
    await client.do("accept")
    guest.ask_to_record()
    assert (await client.event("recordRequestReply"))["recordAllowed"] is False


async def test_moderators_may_mute_guests_may_not(client: Client, simulator: Simulator) -> None:
    simulator.peer(JOHN).call(1, "Review")
    await client.do("accept")
    refusal = "only the owner or a moderator of a group conference"
    assert await client.refused("turnRemoteMic", peerId=JOHN, on=False) == refusal
    simulator.peer(JOHN).make_moderator()
    await client.do("turnRemoteMic", peerId=JOHN, on=False)
    assert (await client.event("deviceStatusReceived"))["mic"] == 1


@pytest.mark.parametrize("reason", range(6))
async def test_cameras_that_are_refused(client: Client, simulator: Simulator, reason: int) -> None:
    await own(client, simulator, "symmetric")
    await client.do("requestParticipantCameraControl", callId=JOHN)
    match reason:
        case 1:
            pass  # nobody answers
        case 4:
            await client.do("hangUp")
        case 5:
            simulator.peer(JOHN).leave()
        case _:
            simulator.peer(JOHN).give_camera(allow=False, reason=reason)
    assert (await client.event("outgoingRequestCameraControlRejected"))["reason"] == reason


async def test_steering_somebodys_camera(client: Client, simulator: Simulator) -> None:
    await own(client, simulator, "symmetric")
    way = "remotelyControlledCameraPtzLeft"
    assert "not controlled" in await client.refused(way, cameraOwnerCallId=JOHN)
    await client.do("requestParticipantCameraControl", callId=JOHN)
    simulator.peer(JOHN).give_camera()
    await client.event("outgoingRequestCameraControlAccepted")
    await client.do(way, cameraOwnerCallId=JOHN)
    simulator.peer(JOHN).give_camera(allow=False)
    await client.event("remotelyControlledCameraNotAvailableAnymore")
    assert (await client.do("getRemotelyControlledCameras"))["callIdList"] == []


@pytest.mark.parametrize(("end", "reason"), [("rejectRequestCameraControl", 0), ("", 1), ("hangUp", 2), ("leave", 3)])
async def test_keeping_the_rooms_camera(client: Client, simulator: Simulator, end: str, reason: int) -> None:
    await client.do("setSettings", settings={"cameraRemoteControlAccess": 1})
    await own(client, simulator, "symmetric")
    simulator.peer(JOHN).ask_for_camera()
    await client.event("requestCameraControlReceived", callId=JOHN)
    if end == "leave":
        simulator.peer(JOHN).leave()
    elif end:
        await client.do(end, **({"callId": JOHN} if reason == 0 else {}))
    assert (await client.event("incomingRequestCameraControlRejected"))["reason"] == reason


async def test_somebody_steers_the_rooms_camera(client: Client, simulator: Simulator) -> None:
    await own(client, simulator, "symmetric")
    with pytest.raises(Impossible):
        simulator.peer(JOHN).drive_camera("pan", 1)
    simulator.peer(JOHN).ask_for_camera()  # everybody may, as the setting is
    simulator.peer(JOHN).drive_camera("pan", 1)
    assert (await client.event("ptzControlsChanged"))["pan"]["currentValue"] > 0
    simulator.peer(JOHN).drive_camera("pan", 0)
    await client.do("setSettings", settings={"cameraRemoteControlAccess": 2})
    with pytest.raises(Impossible):
        simulator.peer(ANNA).ask_for_camera()


async def test_leaving_ones_own_conference_frees_the_room_only(client: Client, simulator: Simulator) -> None:
    await client.do("createConference", confType="symmetric", inviteList=[JOHN])
    simulator.peer(JOHN).answer()
    await client.do("hangUp", forAll=False)
    await client.event("appStateChanged", appState=3)
    book = (await client.do("getAbook"))["abook"]
    assert next(contact["status"] for contact in book if contact["peerId"] == JOHN) == 2  # still in it
    await client.do("call", peerId=JOHN)
    assert (await client.event("rejectReceived"))["cause"] == 2


async def test_ending_ones_own_conference_frees_everybody(client: Client, simulator: Simulator) -> None:
    await client.do("createConference", confType="symmetric", inviteList=[JOHN])
    simulator.peer(JOHN).answer()
    await client.do("hangUp", forAll=True)
    await client.event("appStateChanged", appState=3)
    await client.event("usersStatusesChanged", usersStatuses=[status_of(JOHN, "John Smith", 1, 2)])


@pytest.mark.parametrize("kind", [None, 0])
async def test_files_and_messages_name_group_conferences_only(
    client: Client, simulator: Simulator, kind: int | None
) -> None:
    if kind is not None:
        simulator.peer(JOHN).call(kind)
        await client.do("accept")
    simulator.peer(JOHN).say("Hello")
    assert "confId" not in await client.event("incomingChatMessage")
    simulator.peer(JOHN).send_file("a.txt")
    offer = await client.event("receivedFileRequest")
    assert "confId" not in offer
    await client.do("acceptFile", id=offer["id"])
    assert "confId" not in await client.event("fileAccepted")
    assert "confId" not in await client.event("fileStatus")
