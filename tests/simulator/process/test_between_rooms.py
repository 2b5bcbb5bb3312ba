"""What passes between rooms besides calls: messages, files, the podium, cameras, and who is free."""

from typing import Any

from appliance.simulator.process.simulator import Simulator
from tests.simulator.client import Client
from tests.simulator.process.three import DOMAIN, ONE, THREE, TWO, clients


async def conference(owner: Client, *guests: Client, kind: str = "symmetric") -> None:
    """A conference of the first room, with the others in it."""
    ids = [TWO, THREE][: len(guests)]
    await owner.do("createConference", title="Review", confType=kind, inviteList=ids)
    for guest, guest_id in zip(guests, ids, strict=True):
        await guest.event("inviteReceived")
        await guest.do("accept")
        await owner.event("newParticipantInConference", peerId=guest_id)
        await guest.event("newParticipantInConference", peerId=ONE)


async def status(client: Client, peer_id: str) -> int:
    book: list[dict[str, Any]] = (await client.do("getAbook"))["abook"]
    return int(next(contact["status"] for contact in book if contact["peerId"] == peer_id))


async def test_messages_travel(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, three):
        await one.do("sendMessage", peerId=TWO, message="Hello")
        assert (await two.event("incomingChatMessage", peerId=ONE))["message"] == "Hello"
        await conference(one, two, three)
        await one.do("sendGroupMessage", message="Welcome")
        for guest in (two, three):
            assert (await guest.event("incomingGroupChatMessage", peerId=ONE))["message"] == "Welcome"
        await two.do("sendGroupMessage", message="Thanks")
        assert (await one.event("incomingGroupChatMessage", peerId=TWO))["message"] == "Thanks"
        await one.do("sendCommand", peerId=TWO, command="lights")
        assert (await two.event("commandReceived", peerId=ONE))["command"] == "lights"


async def test_a_file_travels_once_it_is_taken(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, _):
        with rooms[0].changing() as terminal:
            file = terminal.files.add("agenda.txt", b"1. Welcome")
        await one.do("sendFile", fileId=file.id, peerId=TWO)
        await one.event("fileSent")
        offer = await two.event("receivedFileRequest", peerId=ONE)
        assert offer["fileName"] == "agenda.txt"
        assert (await one.do("getFileUploads"))["files"][0]["status"] == 5  # waits for consent
        await two.do("acceptFile", id=offer["id"])
        await one.event("fileStatus", status=3)
        await two.event("fileStatus", status=3)
        received = next(f for f in (await two.do("getFileList"))["fileList"] if f["fileName"] == "agenda.txt")
        assert rooms[1].terminal.files.get(received["fileId"]).data == b"1. Welcome"


async def test_a_file_is_refused(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, _):
        with rooms[0].changing() as terminal:
            file = terminal.files.add("agenda.txt", b"1. Welcome")
        await one.do("sendFile", fileId=file.id, peerId=TWO)
        await two.do("rejectFile", id=(await two.event("receivedFileRequest"))["id"])
        await one.event("fileStatus", status=1)
        await two.do("block", peerId=ONE)
        await one.do("sendFile", fileId=file.id, peerId=TWO)
        await one.event("fileStatus", status=1)


async def test_a_file_for_everybody(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, three):
        with rooms[0].changing() as terminal:
            file = terminal.files.add("agenda.txt", b"1. Welcome")
        await conference(one, two, three)
        await one.do("sendConferenceFile", fileId=file.id)
        for guest in (two, three):
            offer = await guest.event("receivedFileRequest", peerId=ONE)
            assert offer["confId"] == (await one.do("getConferences"))["confId"]


async def test_a_guest_asks_for_the_podium(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, _):
        await conference(one, two, kind="role")
        await two.do("gotoPodium")
        await one.event("roleEventOccured", peerId=TWO, type=0)
        await one.do("acceptRequestToPodium", peerId=TWO)
        await two.event("roleEventOccured", peerId=TWO, role=4, broadcast=True)
        await two.do("leavePodium")
        await one.event("roleEventOccured", peerId=TWO, role=1, broadcast=False)
        await two.do("gotoPodium")
        await one.event("roleEventOccured", peerId=TWO, type=0)
        await one.do("rejectRequestToPodium", peerId=TWO)
        await two.event("roleEventOccured", type=1, result=1)


async def test_the_owner_invites_to_the_podium_and_sends_off_it(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, _):
        await conference(one, two, kind="role")
        await one.do("inviteToPodium", peerId=TWO)
        await two.event("roleEventOccured", type=0)
        await two.do("rejectInvitationToPodium")
        await one.event("roleEventOccured", peerId=TWO, type=1, result=3)
        await one.do("inviteToPodium", peerId=TWO)
        await two.event("roleEventOccured", type=0)
        await two.do("acceptInvitationToPodium")
        await one.event("roleEventOccured", peerId=TWO, role=4)
        await one.do("kickFromPodium", peerId=TWO)
        await two.event("roleEventOccured", peerId=TWO, role=1, broadcast=False)


async def test_a_remark_and_the_silence_of_the_owner_are_seen(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, _):
        await conference(one, two, kind="role")
        await two.do("startRemark")
        await one.event("roleEventOccured", peerId=TWO, broadcast=True)
        await one.event("roleEventOccured", peerId=TWO, broadcast=False)  # the countdown is over
        await one.do("leavePodium")
        await two.event("roleEventOccured", peerId=ONE, broadcast=False)
        await one.do("gotoPodium")
        await two.event("roleEventOccured", peerId=ONE, broadcast=True)


async def test_a_camera_is_asked_for_given_and_moved(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, _):
        await two.do("setSettings", settings={"cameraRemoteControlAccess": 1})
        await conference(one, two)
        await one.do("requestParticipantCameraControl", callId=TWO)
        await two.event("requestCameraControlReceived", callId=ONE)
        await two.do("acceptRequestCameraControl", callId=ONE)
        await one.event("outgoingRequestCameraControlAccepted", callId=TWO)
        await one.do("remotelyControlledCameraPtzRight", cameraOwnerCallId=TWO)
        assert (await two.until("ptzControlsChanged", "pan", lambda pan: pan >= 5))["pan"]["currentValue"] == 5


async def test_a_camera_is_refused(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, _):
        await two.do("setSettings", settings={"cameraRemoteControlAccess": 1})
        await conference(one, two)
        await one.do("requestParticipantCameraControl", callId=TWO)
        await two.event("requestCameraControlReceived")
        await two.do("rejectRequestCameraControl", callId=ONE)
        assert (await one.event("outgoingRequestCameraControlRejected"))["reason"] == 0
        await two.do("setVideoCapturer", name="none", description="none")
        await one.do("requestParticipantCameraControl", callId=TWO)
        assert (await one.event("outgoingRequestCameraControlRejected"))["reason"] == 2  # there is none


async def test_who_is_free_busy_and_away_is_seen(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, three):
        await one.do("call", peerId=TWO)
        await two.event("inviteReceived")
        assert (await status(three, ONE), await status(three, TWO)) == (2, 2)
        await two.do("reject")
        assert (await status(three, ONE), await status(three, TWO)) == (1, 1)
        await conference(one, two)
        assert (await status(three, ONE), await status(three, TWO)) == (5, 2)
        await three.event("usersStatusesChanged")
        await two.do("hangUp")
        await two.event("appStateChanged", appState=3)
        await two.do("logout")
        assert (await status(three, ONE), await status(three, TWO)) == (5, 0)


async def test_a_room_that_is_called_twice_stays_busy(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, three):
        await one.do("call", peerId=TWO)
        await two.event("inviteReceived")
        await two.do("accept")
        await three.do("call", peerId=TWO)
        await two.event("inviteReceived", peerId=THREE)
        await two.do("accept")
        await three.event("newParticipantInConference", peerId=TWO)
        await one.event("appStateChanged", appState=3)
        assert await status(one, TWO) == 2


async def test_a_room_asks_to_join_the_conference_of_another(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, three):
        await conference(one, two)
        await three.do("call", peerId=ONE)
        await three.event("inviteRequestSent")
        await one.event("requestInviteReceived", peerId=THREE)
        await one.do("rejectPeer", peerId=THREE)
        assert (await three.event("rejectReceived"))["cause"] == 0
        await three.event("appStateChanged", appState=3)
        await three.do("call", peerId=ONE)
        await one.event("requestInviteReceived", peerId=THREE)
        await one.do("acceptPeer", peerId=THREE)
        created = await three.event("conferenceCreated")
        assert (created["conferenceOwner"], created["confTitle"]) == (ONE, "Review")
        assert created["confId"] == (await one.do("getConferences"))["confId"]


async def test_a_room_that_restarts_is_gone_from_its_call(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, _):
        await one.do("call", peerId=TWO)
        await two.event("inviteReceived")
        await two.do("accept")
        rooms[1].restart()
        await one.event("participantLeftConference", peerId=TWO)
        await one.event("appStateChanged", appState=3)
        assert await status(one, TWO) == 0
        await rooms[1].until(lambda terminal: terminal.app_state == 3)
        assert await status(one, TWO) == 1


async def test_guests_see_each_other_come_and_go(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, three):
        await conference(one, two, three)
        await two.event("newParticipantInConference", peerId=THREE)
        await three.event("newParticipantInConference", peerId=TWO)
        everybody = (await three.do("getConferenceParticipants"))["participants"]
        assert {participant["peerId"] for participant in everybody} == {ONE, TWO, THREE}
        await two.do("sendGroupMessage", message="Hello")
        assert (await three.event("incomingGroupChatMessage", peerId=TWO))["message"] == "Hello"
        await two.do("hangUp")
        await three.event("participantLeftConference", peerId=TWO)
        await one.do("kickPeer", peerId=THREE)
        await three.event("conferenceDeleted")


async def test_guests_see_each_other_on_the_podium(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, three):
        await conference(one, two, three, kind="role")
        await two.do("gotoPodium")
        await one.event("roleEventOccured", peerId=TWO, type=0)
        await one.do("acceptRequestToPodium", peerId=TWO)
        await three.event("roleEventOccured", peerId=TWO, role=4, broadcast=True)
        await one.do("kickFromPodium", peerId=TWO)
        await three.event("roleEventOccured", peerId=TWO, broadcast=False)


async def test_guests_stay_together_when_the_owner_leaves(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, three):
        await conference(one, two, three)
        await one.do("hangUp", forAll=False)
        for guest in (two, three):
            await guest.event("participantLeftConference", peerId=ONE)
        await two.do("sendGroupMessage", message="Still there?")
        await three.event("incomingGroupChatMessage", peerId=TWO)
        await three.do("hangUp")
        await two.event("participantLeftConference", peerId=THREE)
        assert (await two.do("getAppState"))["appState"] == 5


async def test_somebody_who_is_no_room_is_seen_by_the_guests(rooms: list[Simulator]) -> None:
    async with clients(rooms) as (one, two, _):
        await conference(one, two)
        await one.do("inviteToConference", peerId="100")
        rooms[0].peer("100").answer()
        await two.event("newParticipantInConference", peerId=f"100@{DOMAIN}")
        rooms[0].peer("100").leave()
        await two.event("participantLeftConference", peerId=f"100@{DOMAIN}")
